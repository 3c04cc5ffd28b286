"""The repository's own gazetteer: every row reads, and places known by heart are where they are."""

from __future__ import annotations

import itertools
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


@pytest.mark.parametrize(
    ("line", "stations", "published_km"),
    [
        ("地铁1号线", 41, 59.4),
        ("地铁2号线", 25, 28.2),
        ("地铁3号线", 22, 24.5),
        ("地铁4号线", 25, 30.2),
        ("地铁6号线", 21, 30.1),
        ("地铁8号线北段", 11, 46.6),
        ("地铁11号线", 21, 54.4),
        ("地铁13号线", 23, 69.6),
    ],
)
def test_a_metro_line_is_little_shorter_than_its_published_track(
    real: Gazetteer, line: str, stations: int, published_km: float
) -> None:
    """Straight from station to station is never longer than the track, and a misplaced station makes it so."""
    geometry = real.lookup(f"metro_line:{line}").geometry
    assert len(geometry.coords) == stations
    pairs = itertools.pairwise(shapely.Point(pair) for pair in geometry.coords)
    straight_km = sum(distance_m(one, other) for one, other in pairs) / 1000
    assert 0.87 * published_km < straight_km < published_km


@pytest.mark.parametrize(
    ("station", "at"),
    [
        ("博览中心站", "青岛国际博览中心(蓝谷)"),
        ("洪山坡站", "青岛妇女儿童医院"),
        ("青岛二中站", "青岛第二中学"),
        ("健身中心站", "青岛市民健身中心"),
        ("石油大学站", "中国石油大学(华东)"),
    ],
)
def test_a_station_lies_by_what_it_is_named_after(real: Gazetteer, station: str, at: str) -> None:
    one, other = real.lookup(f"metro_station:{station}"), real.lookup(at)
    assert distance_m(one.geometry, other.geometry) < 900
