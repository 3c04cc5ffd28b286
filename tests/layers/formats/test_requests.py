"""Requests that cannot be met: one Chinese sentence each, and no file."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from layers.formats import ALL, FORMATS, ExportError, Selection, select_features, write_format
from layers.formats.selection import view_state
from layers.store import Store
from layers.styles import Styles
from layers.view_link import ViewState
from tests.full_disk import small_files

GOOD: dict[str, Any] = {"fmt": "geojson", "selection": ALL, "crs": "EPSG:4326"}

BAD = {
    "format": ({"fmt": "dwg"}, "没有格式「dwg」；可选的有 geojson、gpkg、shp、kml、csv、xlsx、html"),
    "crs": ({"crs": "EPSG:3857"}, "没有坐标系「EPSG:3857」"),
    "kml in metres": ({"fmt": "kml", "crs": "EPSG:4549"}, "KML.* 只能用 EPSG:4326，不能用 EPSG:4549"),
    "page in metres": ({"fmt": "html", "crs": "EPSG:4490"}, "只能用 EPSG:4326"),
    "plan": ({"selection": Selection(plans=("beijing",))}, "没有规划「beijing」；可选的有 tiny"),
    "category": ({"selection": Selection(categories=("castle",))}, "没有类别「castle」"),
    "level": ({"selection": Selection(levels=(4,))}, "没有级别「4」；可选的有 1、2、3"),
    "id": ({"selection": Selection(ids=("nowhere",))}, "没有要素「nowhere」"),
    "nothing": ({"selection": Selection(ids=("tiny.axis",), levels=(3,))}, "没有要素符合"),
}


@pytest.mark.parametrize(("change", "words"), BAD.values(), ids=BAD)
def test_a_wrong_request(
    tiny_store: Store, styles: Styles, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(ExportError, match=words) as raised:
        write_format(tiny_store, styles, path=tmp_path / "out", **{**GOOD, **change})
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none/out.geojson", "文件夹 .*none 不存在"),
        (".", "是文件夹，请写出文件名"),
        ("there.geojson", "已存在；要覆盖请加 --force"),
        ("长" * 100 + ".geojson", "文件名太长"),
        ("a\0b.geojson", "不能用的字符"),
        ("there.geojson/out.geojson", "不存在"),
    ],
)
def test_a_wrong_path(tiny_store: Store, styles: Styles, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "there.geojson").write_text("former", encoding="utf-8")
    with pytest.raises(ExportError, match=words):
        write_format(tiny_store, styles, path=tmp_path / name, **GOOD)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
        ("there.geojson", "former")
    ]


def test_force_replaces(tiny_store: Store, styles: Styles, tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    path.write_text("former", encoding="utf-8")
    assert write_format(tiny_store, styles, path=path, force=True, **GOOD) == len(tiny_store.features)
    assert path.read_text(encoding="utf-8").startswith("{")
    assert [p.name for p in tmp_path.iterdir()] == ["out.geojson"]


@pytest.mark.parametrize("fmt", list(FORMATS))
def test_a_full_disk_leaves_the_former_file(
    tiny_store: Store, styles: Styles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fmt: str
) -> None:
    path = tmp_path / "out.file"
    path.write_text("former", encoding="utf-8")

    def full(at: Path, body: bytes) -> None:
        with open(at, "wb") as half:
            half.write(body[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match=r"无法写入 .*磁盘已满"):
        write_format(tiny_store, styles, fmt, ALL, "EPSG:4326", path, force=True)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [("out.file", "former")]


@pytest.mark.parametrize(("fmt", "limit"), [("gpkg", 2_000), ("gpkg", 60_000), ("shp", 500), ("csv", 500)])
def test_a_disk_that_fills_on_the_way(
    tiny_store: Store, styles: Styles, tmp_path: Path, fmt: str, limit: int
) -> None:
    """GDAL and Python both meet the end of the disk; what they leave is never handed over."""
    with small_files(limit), pytest.raises(ExportError, match=r"无法生成|无法写入") as raised:
        write_format(tiny_store, styles, fmt, ALL, "EPSG:4326", tmp_path / "out.file")
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_conditions_narrow_together(tiny_store: Store, styles: Styles) -> None:
    names = [f.name for f in select_features(tiny_store, styles, Selection(("tiny",), ("axis",), (1,)))]
    assert names == ["沿王沙路—青新高速发展轴", "青烟城镇发展轴"]
    assert len(select_features(tiny_store, styles, ALL)) == len(tiny_store.features)


def test_the_link_shows_the_selection(tiny_store: Store) -> None:
    assert view_state(ALL, tiny_store.features.values()) == ViewState(level=3)
    asked = Selection(("tiny",), ("axis", "belt"), (1, 2))
    assert view_state(asked, ()) == ViewState(plan="tiny", level=2, layers=("axis", "belt"))


def test_chosen_features_are_linked_with_their_layers(tiny_store: Store) -> None:
    axis = next(f for f in tiny_store.features.values() if f.category == "axis")
    assert view_state(Selection(ids=(axis.id,)), [axis]) == ViewState(
        level=3, layers=("axis",), only=(axis.id,), feature=axis.id
    )
