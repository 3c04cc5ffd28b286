"""Layouts: what is refused, and with which words; keeping and loading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from layers.render import LayoutError, parse_layout, read_layout, read_presets, save_layout
from layers.render.layout_spec import PAPERS_MM, previewed

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"paper": "A7"}, "纸张"),
        ({"dpi": 10_000}, "不能大于 600"),
        ({"dpi": 72}, "不能小于 150"),
        ({"dpi": "many"}, "分辨率"),
        ({"orientation": "upright"}, "方向"),
        ({"layers": ["axis", "moon"]}, "没有图层「moon」"),
        ({"layers": []}, "图层不能为空"),
        ({"levels": [7]}, "级别应是"),
        ({"bbox": [120.5, 36.0, 120.1, 36.3]}, "西小于东"),
        ({"bbox": [120.1, 36.0, 120.1, 36.0]}, "西小于东"),
        ({"bbox": [120.1, 36.0, 120.5]}, "范围"),
        ({"bbox": [120.1, 36.0, 120.5, 36.3], "features": ["x"]}, "只能写一个"),
        ({"features": []}, "要素不能为空"),
        ({"scale": 5}, "不能小于 1000"),
        ({"centre": [120.3, 36.1]}, "就要写比例尺"),
        ({"centre": [320, 36.1], "scale": 50_000}, "经度、纬度"),
        ({"title": "<b>市南</b>"}, "不能含 HTML"),
        ({"notes": "&lt;script&gt;"}, "不能含 HTML"),
        ({"subtitle": "一\x00二"}, "控制字符"),
        ({"title": "长" * 61}, "不能多于 60 个字"),
        ({"paper": "pixels"}, "写明像素宽"),
        ({"width_px": 800, "height_px": 600}, "只用于纸张 pixels"),
        ({"colour": "red"}, "没有「colour」"),
        ({"enlarge": 40}, "不能大于 4"),
    ],
)
def test_wrong_layouts_are_refused_in_words(values: dict[str, Any], words: str) -> None:
    with pytest.raises(LayoutError, match=words) as caught:
        parse_layout(values)
    assert "\n" not in str(caught.value)


def test_each_error_has_its_sentence() -> None:
    with pytest.raises(LayoutError) as caught:
        parse_layout({"dpi": 1, "paper": "A7", "colour": "red"})
    assert str(caught.value).count("；") == 2


def test_a_layout_is_kept_and_loaded(tmp_path: Path) -> None:
    layout = parse_layout(
        {"plan": "shinan", "layers": ["axis", "belt"], "title": "市南区", "bbox": [120.1, 36, 120.5, 36.3]}
    )
    save_layout(layout, tmp_path / "l.json")
    assert parse_layout(read_layout(tmp_path / "l.json")) == layout
    assert [p.name for p in tmp_path.iterdir()] == ["l.json"]


@pytest.mark.parametrize("content", ["{", "[]", "null"])
def test_files_that_are_no_layout(tmp_path: Path, content: str) -> None:
    (tmp_path / "l.json").write_text(content, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"l\.json"):
        read_layout(tmp_path / "l.json")


def test_presets_are_layouts() -> None:
    presets = read_presets(DATA / "layouts.yaml")
    assert list(presets) == ["报告插图", "汇报用图", "大幅展板"]


@pytest.mark.parametrize("paper", PAPERS_MM)
def test_portrait_turns_the_page(paper: str) -> None:
    lying, standing = (parse_layout({"paper": paper, "orientation": o}) for o in ("landscape", "portrait"))
    assert lying.size_mm == standing.size_mm[::-1]
    assert lying.size_mm[0] > lying.size_mm[1]


@pytest.mark.parametrize(
    "values", [{}, {"paper": "A2", "dpi": 600}, {"paper": "pixels", "width_px": 3000, "height_px": 1700}]
)
def test_a_preview_is_the_same_page_in_fewer_dots(values: dict[str, Any]) -> None:
    layout = parse_layout(values)
    small = previewed(layout, 900)
    assert max(small.size_px) == pytest.approx(900, rel=0.03)  # whole dots an inch
    assert small.size_mm == pytest.approx(layout.size_mm, rel=0.005)
    assert small.factor == pytest.approx(layout.factor, rel=0.01)
    assert previewed(layout, 20_000).size_px == layout.size_px


def test_a_preset_has_its_english_name_and_no_name_is_a_value() -> None:
    presets = read_presets(DATA / "layouts.yaml")
    assert presets["大幅展板"].name_en == "Poster"
    assert all("name_en" not in preset.values for preset in presets.values())


@pytest.mark.parametrize(
    "content", ["presets: [1]", "presets: {a: 3}", "nothing: 1", "presets: {a: {dpi: 1}}", "{"]
)
def test_wrong_presets_are_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "layouts.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(LayoutError, match=r"layouts\.yaml"):
        read_presets(tmp_path / "layouts.yaml")
