"""The repository's own gazetteer: every row reads, and places known by heart are where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geo.base import land
from geo.crs import area_m2, distance_m
from geo.districts import district_at
from geo.gazetteer import GAZETTEER_DIR, Gazetteer, read_gazetteer
from geo.placement import Placement
from geo.recipes import place_feature

PLANS = tuple(path.stem for path in (Path(GAZETTEER_DIR).parent / "plans").glob("*.txt"))


@pytest.fixture(scope="module")
def real() -> Gazetteer:
    return read_gazetteer(scoped=PLANS)


def _placed(real: Gazetteer, scope: str | None = None, **spec: object) -> Placement:
    spec = {key.rstrip("_"): value for key, value in spec.items()}
    return place_feature(spec, gazetteer=real, scope=scope, feature_geometry=lambda name: None)


@pytest.mark.parametrize(
    ("name", "lon", "lat", "within_m"),
    [
        ("栈桥", 120.3148, 36.0590, 500),
        ("park:五四广场", 120.3790, 36.0630, 400),
        ("青岛站", 120.3080, 36.0650, 500),
        ("即墨古城", 120.4630, 36.3885, 600),
        ("崂山水库", 120.4920, 36.2496, 1500),
        ("小青岛", 120.3188, 36.0529, 200),
        ("灵山岛", 120.1679, 35.7598, 3000),
    ],
)
def test_places_known_by_heart(real: Gazetteer, name: str, lon: float, lat: float, within_m: float) -> None:
    place = real.lookup(name)
    assert distance_m(place.geometry, shapely.Point(lon, lat)) < within_m


def test_the_osm_table_is_whole_and_each_row_lies_in_its_district(real: Gazetteer) -> None:
    rows = [place for place in real if place.table == "osm"]
    assert len(rows) > 4000
    assert {place.source for place in rows} == {"OpenStreetMap (ODbL), geopi 0.1.8"}
    assert {place.accuracy_m for place in rows} == {150.0}
    for place in rows[::40]:
        assert place.districts == (district_at(place.geometry.x, place.geometry.y),)


def test_every_township_has_its_district_and_a_radius(real: Gazetteer) -> None:
    assert len(real.townships) >= 130
    for place in real.townships:
        assert len(place.districts) == 1
        assert place.radius_m is not None


@pytest.mark.parametrize("district", ["市南区", "城阳区", "即墨区", "李沧区"])
def test_cells_of_all_seats_make_up_their_district(real: Gazetteer, district: str) -> None:
    names = sorted({place.reference for place in real.townships if district in place.districts})
    cells = _placed(real, recipe="seats", of=names)
    whole = real.lookup(district)
    assert cells.geometry is not None
    assert area_m2(cells.geometry) == pytest.approx(area_m2(whole.geometry), rel=1e-5)


def test_jiaozhou_bay_from_the_tables(real: Gazetteer) -> None:
    bay = _placed(real, recipe="sea", between=["团岛", "薛家岛"], near="胶州湾").geometry
    assert bay is not None
    assert 300e6 < area_m2(bay) < 400e6
    assert area_m2(bay.intersection(land())) < 1000
