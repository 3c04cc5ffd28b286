"""The small map of a structure: its bounds, its parts and its scale."""

from __future__ import annotations

import json
import re

import pytest
import shapely
from shapely.geometry import shape

from layers.records import FeatureSummary
from layers.store import Store
from layers.structure_map import WIDTH, build_map, map_height


def members(store: Store, name: str) -> list[FeatureSummary]:
    structure = next(f for f in store.features.values() if f.name == name)
    return [store.features[m] for group in structure.members.values() for m in group]


@pytest.mark.parametrize("name", ["两横三纵", "三湾一带", "聚湾强心、轴带展开、多极协同", "四极赋能"])
def test_every_placed_member_is_drawn_in_the_sheet(store: Store, name: str) -> None:
    wanted = [m for m in members(store, name) if m.bbox]
    sheet = build_map(store, wanted)
    assert sheet is not None
    assert {d.member for d in sheet.drawn} == {m.id for m in wanted}
    assert sheet.height == map_height(wanted)
    for d in sheet.drawn:
        assert 0 <= d.x <= WIDTH
        assert 0 <= d.y <= sheet.height
        assert d.kind == "point" or re.fullmatch(r"(M[-\d. L]+Z?)+", d.d)


def test_nothing_placed_is_no_map(store: Store) -> None:
    assert build_map(store, [m for m in members(store, "双走廊") if not m.bbox]) is None
    assert build_map(store, []) is None


def test_areas_lie_below_lines_and_points(store: Store) -> None:
    sheet = build_map(store, members(store, "聚湾强心、轴带展开、多极协同"))
    assert sheet is not None
    kinds = [d.kind for d in sheet.drawn]
    assert kinds == sorted(kinds, key=["area", "line", "point"].index)


def test_the_scale_bar_is_round_and_short(store: Store) -> None:
    sheet = build_map(store, members(store, "三湾一带"))
    assert sheet is not None
    assert sheet.scale_px <= WIDTH / 5
    assert f"{sheet.scale_km:g}"[0] in "125"


def test_the_bay_of_the_map_is_where_it_is(store: Store) -> None:
    """胶州湾 lies west of 崂山: the order of pixels is the order of places."""
    by_name = {f.name: f for f in store.features.values()}
    sheet = build_map(store, [by_name["胶州湾"], by_name["崂山"]])
    assert sheet is not None
    at = {d.member: d.x for d in sheet.drawn}
    assert at[by_name["胶州湾"].id] < at[by_name["崂山"].id]


def test_no_band_beside_the_base_map_where_the_members_lie_within(store: Store) -> None:
    """Only members that reach beyond the base map themselves, as rings of cities do, show where it ends."""
    land = json.loads(store.base("land") or "")["features"]
    west, south, east, north = shapely.total_bounds([shape(f["geometry"]) for f in land])
    within = 0
    for structure in store.structures:
        listed = [store.features[m] for group in store.features[structure].members.values() for m in group]
        boxes = [m.bbox for m in listed if m.bbox]
        sheet = build_map(store, listed)
        if sheet and all(b[0] > west and b[1] > south and b[2] < east and b[3] < north for b in boxes):
            within += 1
            assert sheet.known == pytest.approx((0, 0, WIDTH, sheet.height), abs=0.5), structure
    assert within > 30
