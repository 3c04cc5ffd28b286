"""The style registry: the real one is whole, a wrong one is named."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from geo.precision import Precision
from layers.catalog_entries import Category
from layers.store import Store
from layers.styles import StyleError, read_styles
from tests.conftest import DATA
from tests.layers.damage import replace_in

STYLES = read_styles(DATA / "layers.yaml")


@pytest.fixture
def path(tiny_data: Path) -> Path:
    return tiny_data / "layers.yaml"


def test_every_category_stands_in_one_group() -> None:
    found = [str(c) for g in STYLES.groups for c in g.categories]
    assert sorted(found) == sorted(str(c) for c in Category)
    assert set(STYLES.group_of) == set(STYLES.categories)


def test_the_groups_are_those_of_the_layer_tree() -> None:
    names = [g.name for g in STYLES.groups]
    assert names == ["空间结构", "湾区海岸", "产业", "交通", "生态", "服务人文更新", "行政"]


def test_every_precision_status_and_level_has_a_style(store: Store) -> None:
    assert set(STYLES.precision) == {str(p) for p in Precision}
    assert {f.precision for f in store.features.values()} <= set(STYLES.precision)
    assert {f.status for f in store.features.values()} <= set(STYLES.statuses)
    assert {f.level for f in store.features.values()} <= set(STYLES.levels)


def test_no_two_precisions_are_drawn_alike() -> None:
    drawn = {name: style for name, style in STYLES.precision.items() if name != "unplaced"}
    assert [(a, b) for (a, x), (b, y) in combinations(drawn.items(), 2) if x == y] == []


def test_what_is_vague_is_never_drawn_solid() -> None:
    for name in ("derived", "schematic", "district"):
        style = STYLES.precision[name]
        assert style.dash or style.soft or style.hollow
    for name in ("boundary", "located"):
        style = STYLES.precision[name]
        assert (style.dash, style.soft, style.hollow, style.hatched) == ("", False, False, False)


def test_no_two_categories_look_alike() -> None:
    looks = {(s.color, s.symbol, s.hatch): c for c, s in STYLES.categories.items()}
    assert len(looks) == len(STYLES.categories)
    assert len({s.color for s in STYLES.categories.values()}) == len(STYLES.categories)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"#c4122f"', "red", ["categories.axis.color"]),
        ("symbol: diamond", "symbol: hexagon", ["categories.axis.symbol"]),
        ("width: 7", "width: 0", ["categories.axis.width"]),
        ("name_en: Axis", "nam_en: Axis", ["categories.axis"]),
        ("      axis:", "      axes:", ["axes"]),
        ("version: 1", "version: 2", ["version"]),
        ("stroke_opacity: 0.95", "stroke_opacity: 1.95", ["precision.derived.stroke_opacity"]),
        ("version: 1", "version: [1", ["第", "行", "不是有效的 YAML"]),
    ],
)
def test_a_wrong_entry_is_one_sentence(path: Path, old: str, new: str, words: list[str]) -> None:
    replace_in(path, old, new)
    with pytest.raises(StyleError) as caught:
        read_styles(path)
    message = str(caught.value)
    assert message.startswith("layers.yaml")
    assert "\n" not in message
    assert [w for w in words if w not in message] == []


def test_a_category_without_a_style(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("      bay:")), encoding="utf-8")
    with pytest.raises(StyleError, match="没有类别 bay 的样式"):
        read_styles(path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match=r"layers\.yaml：无法读取"):
        read_styles(tmp_path / "layers.yaml")


@pytest.mark.parametrize("content", [b"", b"- a\n", "version: 1 # 样式".encode("gb18030")])
def test_a_file_that_is_no_registry(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StyleError, match=r"layers\.yaml"):
        read_styles(path)
