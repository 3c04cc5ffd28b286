"""What stands on a feature or beside it."""

from __future__ import annotations

import pytest
from shapely.geometry import shape

from geo.crs import to_metric
from geo.precision import Precision
from layers.nearby import BESIDE_M, Nearby
from layers.store import Store


@pytest.fixture(scope="module")
def nearby(store: Store) -> Nearby:
    return Nearby(store)


def by_name(store: Store, name: str) -> str:
    return next(f.id for f in store.features.values() if f.name == name)


def test_an_area_holds_what_lies_in_it_and_a_line_what_lies_along_it(store: Store, nearby: Nearby) -> None:
    area = nearby.of(by_name(store, "浮山湾区"))
    assert area.reach_m == 0
    assert by_name(store, "海天中心") in area.sure
    axis = nearby.of(by_name(store, "沿岙东路发展轴"))
    assert axis.reach_m == BESIDE_M
    assert by_name(store, "岙东路") in axis.sure


def test_what_merely_crosses_does_not_stand_on_it(store: Store, nearby: Nearby) -> None:
    axis = by_name(store, "沿岙东路发展轴")
    around = to_metric(shape(store.geometries()[axis])).buffer(BESIDE_M)
    found = nearby.of(axis)
    for feature in (*found.sure, *found.perhaps):
        part = to_metric(shape(store.geometries()[feature]))
        size = part.area or part.length
        common = part.intersection(around)
        assert not size or (common.area if part.area else common.length) >= 0.5 * size
    assert by_name(store, "胶州湾") not in found.sure


def test_a_mark_of_a_district_is_told_apart(store: Store, nearby: Nearby) -> None:
    found = nearby.of(by_name(store, "浮山湾区"))
    assert {store.features[i].precision for i in found.perhaps} == {Precision.DISTRICT}
    assert Precision.DISTRICT not in {store.features[i].precision for i in found.sure}


def test_what_is_not_placed_has_no_surroundings(store: Store, nearby: Nearby) -> None:
    unplaced = next(f.id for f in store.features.values() if f.bbox is None)
    found = nearby.of(unplaced)
    assert (found.reach_m, found.sure, found.perhaps) == (None, (), ())
