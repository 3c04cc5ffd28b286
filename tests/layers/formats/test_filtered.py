"""Data of what the filters of a view keep: every format read back by another reader, with what the filters leave."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyogrio
import pytest

from layers.facets import feature_facets
from layers.formats import FORMATS, ExportError, Selection, format_bytes, select_features, selection_of
from layers.formats.selection import view_state
from layers.store import Store
from layers.styles import Styles
from layers.view_link import FILTERS, ViewState, decode_link, encode_link

VIEWS = [
    ViewState(plan="shinan", filters={"status": ("planned",)}),
    ViewState(filters={"precision": ("boundary", "located"), "district": ("370202",)}),
    ViewState(filters={"projects": ("invested",), "grade": ("1", "2")}, level=2),
    ViewState(filters={"year": ("2025", "none"), "category": ("rail", "road")}),
    ViewState(filters={"precision": ("unplaced",)}, plan="jimo"),
]


def kept(store: Store, state: ViewState) -> set[str]:
    """Ids of the features that a view keeps, worked out here."""
    facets = feature_facets(store)
    return {
        f.id
        for f in store.features.values()
        if (not state.plan or state.plan in f.plans)
        and all(set(facets[f.id].by_filter()[name]) & set(values) for name, values in state.filters.items())
    }


@pytest.mark.parametrize("state", VIEWS, ids=encode_link)
def test_a_view_chooses_what_its_lists_show(store: Store, styles: Styles, state: ViewState) -> None:
    chosen = {f.id for f in select_features(store, styles, selection_of(state))}
    assert chosen == kept(store, state)
    assert 0 < len(chosen) < len(store.features)


def test_every_filter_of_a_link_is_one_of_a_selection() -> None:
    one = {name: ("1",) for name in FILTERS}
    words = selection_of(ViewState(filters=one)).as_words()
    assert sum(map(len, words.values())) == len(FILTERS)


def placed_ids(path: Path) -> set[str]:
    layers = [str(name) for name, _ in pyogrio.list_layers(path)]
    frames = [pyogrio.read_dataframe(path, layer=layer) for layer in layers]
    columns = [next((c for c in ("feature", "id") if c in f), "") for f in frames]
    return {str(fid) for f, column in zip(frames, columns, strict=True) if column for fid in f[column]}


def zipped_ids(path: Path) -> set[str]:
    frames = [pyogrio.read_dataframe(f"/vsizip/{path}/{name}.shp") for name in ("points", "lines", "areas")]
    return {str(fid) for f in frames for fid in f["id"]}


def csv_ids(path: Path) -> set[str]:
    csv.field_size_limit(10_000_000)  # outlines are long
    return {row["编号"] for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))}


def workbook_ids(path: Path) -> set[str]:
    sheet = openpyxl.load_workbook(path, read_only=True)["要素"]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if "编号" in row)
    at = rows[head].index("编号")
    return {str(row[at]) for row in rows[head + 1 :] if row[at]}


def page_ids(path: Path) -> set[str]:
    found = re.search(r'id="atlas-data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return set(json.loads(found.group(1))["features"])


READERS: dict[str, Callable[[Path], set[str]]] = {
    "geojson": placed_ids, "gpkg": placed_ids, "shp": zipped_ids, "kml": placed_ids, "csv": csv_ids, "xlsx": workbook_ids,
    "html": page_ids,
}  # fmt: skip


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_format_holds_what_is_kept(store: Store, styles: Styles, tmp_path: Path, fmt: str) -> None:
    link = "?v=2&plan=shinan&status=planned,under_construction&projects=named&opacity=axis-40"
    state = decode_link(link).state
    content, count = format_bytes(store, styles, fmt, selection_of(state), link=f"/{link}")
    path = tmp_path / f"kept{FORMATS[fmt].extension}"
    path.write_bytes(content)
    wanted = kept(store, state)
    drawn = {f for f in wanted if store.features[f].bbox}
    assert count == len(wanted) > 3
    assert READERS[fmt](path) == (drawn if fmt == "shp" else wanted)


def test_the_file_brings_the_filters_back(store: Store, styles: Styles) -> None:
    link = "/?v=2&plan=shinan&status=planned"
    page = format_bytes(store, styles, "html", selection_of(decode_link(link).state), link=link)[0].decode()
    assert f'name="plan-atlas-link" content="{link.replace("&", "&amp;")}"' in page
    chosen = Selection(plans=("shinan",), statuses=("planned",), districts=("370202",))
    state = view_state(chosen, ())
    assert selection_of(decode_link(encode_link(state)).state) == chosen


def test_faint_layers_are_faint_in_the_web_page(store: Store, styles: Styles) -> None:
    chosen = Selection(plans=("shinan",), levels=(1,))
    faint = format_bytes(store, styles, "html", chosen, link="/?v=2&plan=shinan&opacity=axis-40")[0].decode()
    assert ".leaflet-layer-axis-pane { opacity: 0.4 }" in faint
    assert "-pane { opacity" not in format_bytes(store, styles, "html", chosen)[0].decode()
    unknown = format_bytes(store, styles, "html", chosen, link="/?v=2&opacity=moon-40")[0].decode()
    assert "moon-pane" not in unknown


WRONG = [
    (Selection(statuses=("done",)), "没有状态「done」；可选的有 existing"),
    (Selection(precisions=("exact",)), "没有精度「exact」；可选的有 boundary"),
    (Selection(projects=("many",)), "没有项目条件「many」；可选的有 none、named、invested"),
    (Selection(years=("1999",)), "没有目标年「1999」"),
    (Selection(districts=("110101",)), "没有区市「110101」"),
]


@pytest.mark.parametrize(("chosen", "words"), WRONG)
def test_an_unknown_facet_is_one_sentence(
    store: Store, styles: Styles, chosen: Selection, words: str
) -> None:
    with pytest.raises(ExportError) as raised:
        select_features(store, styles, chosen)
    assert words in str(raised.value)


def test_a_level_that_is_no_number() -> None:
    with pytest.raises(ExportError, match="级别应是整数"):
        selection_of(ViewState(filters={"grade": ("high",)}))
