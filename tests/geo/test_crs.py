"""CRSs: axis order, round trips, what is stored."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import area_m2, distance_m, length_m, point_to_metric, stored, to_metric, to_wgs84

LON = st.floats(119.3, 121.4)
LAT = st.floats(35.3, 37.3)


def test_easting_comes_first_and_the_central_meridian_is_120() -> None:
    x, y = point_to_metric(120.0, 36.0)
    assert x == pytest.approx(500_000, abs=0.01)
    assert 3_980_000 < y < 3_990_000


@given(LON, LAT)
def test_round_trip_within_a_centimetre(lon: float, lat: float) -> None:
    back = to_wgs84(to_metric(shapely.Point(lon, lat)))
    assert back.x == pytest.approx(lon, abs=1e-7)
    assert back.y == pytest.approx(lat, abs=1e-7)


def test_measures_are_metres() -> None:
    one, other = shapely.Point(120.3, 36.0), shapely.Point(120.3, 36.1)
    assert distance_m(one, other) == pytest.approx(11_096, rel=0.002)
    assert length_m(shapely.LineString([one, other])) == pytest.approx(11_096, rel=0.002)
    assert area_m2(shapely.box(120.3, 36.0, 120.4, 36.1)) == pytest.approx(1.0e8, rel=0.01)


@given(st.lists(st.tuples(LON, LAT), min_size=3, max_size=8, unique=True))
def test_stored_areas_are_valid_rounded_and_wound_as_rfc_7946_asks(ring: list[tuple[float, float]]) -> None:
    kept = stored(shapely.Polygon(ring))
    assert kept.is_valid
    for part in shapely.get_parts(kept) if not kept.is_empty else []:
        assert part.geom_type == "Polygon"
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)
    for x, y in shapely.get_coordinates(kept):
        assert x == round(x, 6)
        assert y == round(y, 6)
