"""CSV and XLSX, read back by the csv module and openpyxl."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import shapely
from openpyxl import load_workbook
from pyproj import Transformer

from layers.formats import Selection, csv_table, workbook
from layers.store import Store
from layers.styles import Styles
from tests.layers.formats.conftest import Write
from tests.layers.formats.hostile import NAMES, hostile_content
from tests.layers.formats.test_geometry_formats import CRSS, expected, same


def rows_of(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    csv.field_size_limit(10_000_000)
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("crs", CRSS)
def test_csv(write: Write, tiny_store: Store, crs: str) -> None:
    rows = rows_of(write("csv", crs=crs))
    assert [r["编号"] for r in rows] == list(tiny_store.features)
    wanted = expected(tiny_store, crs)
    for row in rows:
        feature = tiny_store.features[row["编号"]]
        assert (row["名称"], row["类别代码"], row["级别"]) == (
            feature.name,
            feature.category,
            str(feature.level),
        )
        assert row["坐标系"] == crs
        assert (row["WKT"] == "") == (feature.id not in wanted)
        assert not row["WKT"] or same(shapely.from_wkt(row["WKT"]), wanted[feature.id], crs)
    assert {"示意", "未落图"} <= {r["落图精度"] for r in rows}


@pytest.fixture
def book(write: Write) -> Any:
    return load_workbook(write("xlsx"))


def cells(book: Any, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_workbook(book: Any, tiny_store: Store) -> None:
    assert book.sheetnames == ["要素", "项目", "出处", "未落图", "说明"]
    features = cells(book, "要素")
    assert [r["编号"] for r in features] == list(tiny_store.features)
    for row in features:
        f = tiny_store.features[row["编号"]]
        assert (row["名称"], row["级别"], row["误差（米）"]) == (f.name, f.level, f.accuracy_m)
        assert (row["X（经度或东）"], row["Y（纬度或北）"]) == pytest.approx(
            (f.lon, f.lat), nan_ok=True, abs=1e-6
        )
    assert len(cells(book, "项目")) == len(tiny_store.projects())
    evidence = [e for f in tiny_store.features for e in tiny_store.evidence(f)]
    assert [r["原文句子"] for r in cells(book, "出处")] == [e.sentence for e in evidence]
    unplaced = {f.name for f in tiny_store.features.values() if f.precision == "unplaced"}
    assert {r["要素"] for r in cells(book, "未落图")} == unplaced
    assert all(r["没有落图的原因"] for r in cells(book, "未落图"))


def test_workbook_says_what_it_is(book: Any, tiny_store: Store) -> None:
    words = {r["项"]: r["内容"] for r in cells(book, "说明")}
    assert words["声明"] == "示意图，不作为法定依据"
    assert words["数据版本"] == tiny_store.version
    assert words["视图链接"] == book.properties.identifier == "/?v=2&level=3"
    assert {f"精度：{w}" for w in ("边界", "定位", "推定", "示意", "辖区", "未落图")} <= words.keys()


def test_workbook_is_laid_out(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes in ("A2", "C2")
        assert sheet.auto_filter.ref
        assert all(d.width >= 6 for d in sheet.column_dimensions.values())
        assert all(cell.font.bold for cell in sheet[1])


def test_workbook_in_metres(write: Write, tiny_store: Store) -> None:
    step = Transformer.from_crs("OGC:CRS84", "EPSG:4549", always_xy=True)
    for row in cells(load_workbook(write("xlsx", crs="EPSG:4549")), "要素"):
        f = tiny_store.features[row["编号"]]
        if f.lon is not None:
            found = (row["X（经度或东）"], row["Y（纬度或北）"])
            assert found == pytest.approx(step.transform(f.lon, f.lat), abs=0.01)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tiny_store: Store, styles: Styles) -> None:
    raw = workbook.render(hostile_content(tiny_store, styles))
    book = load_workbook(io.BytesIO(raw))
    assert [r["名称"] for r in cells(book, "要素")] == list(NAMES)
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [c.coordinate for c in every if c.data_type == "f" or c.hyperlink]
    assert all(c.quotePrefix for c in book["要素"]["B"][1:5])


def test_no_cell_of_a_csv_begins_a_formula(tiny_store: Store, styles: Styles) -> None:
    raw = csv_table.render(hostile_content(tiny_store, styles)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw, newline="")))
    assert [r["名称"] for r in rows] == ["'" + n if n[0] in "=+-@" else n for n in NAMES]
    assert not [v for r in rows for v in r.values() if v.startswith(("=", "+", "-", "@"))]


def test_the_same_data_give_the_same_csv(write: Write, tmp_path: Path) -> None:
    first = write("csv").read_bytes()
    (tmp_path / "out.csv").unlink()
    assert write("csv").read_bytes() == first


def test_a_selection(write: Write) -> None:
    rows = rows_of(write("csv", Selection(ids=("tiny.axis",))))
    assert [r["名称"] for r in rows] == ["沿王沙路—青新高速发展轴"]
