"""Datums: published fixed points, both directions, and round trips within a centimetre."""

from __future__ import annotations

import pytest
import shapely
from GeoToolCN import coords
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import distance_m
from geo.datum import (
    bd09_from_wgs84,
    gcj02_from_wgs84,
    geometry_to_wgs84,
    wgs84_from_bd09,
    wgs84_from_gcj02,
)

LON = st.floats(119.3, 121.4)
LAT = st.floats(35.3, 37.3)
CENTIMETRE_DEG = 1e-7


def test_published_fixed_point_of_the_formula() -> None:
    assert gcj02_from_wgs84(116.404, 39.915) == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-10
    )


def test_published_fixed_point_back() -> None:
    assert wgs84_from_gcj02(116.41024449916938, 39.91640428150164) == pytest.approx(
        (116.404, 39.915), abs=1e-9
    )


def test_published_fixed_point_of_bd09() -> None:
    lon, lat = bd09_from_wgs84(*wgs84_from_gcj02(116.404, 39.915))
    assert (lon, lat) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-9)


def test_offset_at_qingdao_is_about_462_m_east_and_30_m_north() -> None:
    here = shapely.Point(120.3826, 36.0671)
    moved = shapely.Point(gcj02_from_wgs84(here.x, here.y))
    east = distance_m(here, shapely.Point(moved.x, here.y))
    north = distance_m(here, shapely.Point(here.x, moved.y))
    assert 440 < east < 485
    assert 15 < north < 60
    assert moved.x > here.x


@given(LON, LAT)
def test_gcj02_round_trip(lon: float, lat: float) -> None:
    assert wgs84_from_gcj02(*gcj02_from_wgs84(lon, lat)) == pytest.approx((lon, lat), abs=CENTIMETRE_DEG)
    assert gcj02_from_wgs84(*wgs84_from_gcj02(lon, lat)) == pytest.approx((lon, lat), abs=CENTIMETRE_DEG)


@given(LON, LAT)
def test_bd09_round_trip(lon: float, lat: float) -> None:
    assert wgs84_from_bd09(*bd09_from_wgs84(lon, lat)) == pytest.approx((lon, lat), abs=CENTIMETRE_DEG)


@given(LON, LAT)
def test_forward_agrees_with_an_independent_implementation(lon: float, lat: float) -> None:
    assert gcj02_from_wgs84(lon, lat) == pytest.approx(coords.wgs84_to_gcj02(lon, lat), abs=1e-9)
    assert bd09_from_wgs84(lon, lat) == pytest.approx(coords.wgs84_to_bd09(lon, lat), abs=1e-9)


def test_geometry_moves_as_its_points() -> None:
    line = shapely.LineString([(120.1, 36.1), (120.2, 36.2)])
    moved = geometry_to_wgs84(line, "gcj02")
    assert moved.coords[1] == pytest.approx(wgs84_from_gcj02(120.2, 36.2))
    assert geometry_to_wgs84(line, "wgs84") is line


def test_an_unknown_datum_is_named() -> None:
    with pytest.raises(ValueError, match="wgs72"):
        geometry_to_wgs84(shapely.Point(120, 36), "wgs72")
