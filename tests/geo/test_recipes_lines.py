"""Recipes that draw lines, and the two at the shore."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.base import FRAME, land
from geo.crs import area_m2, distance_m, to_metric
from geo.errors import RecipeError
from geo.issues import IssueType
from geo.placement import Placement
from geo.precision import Precision
from geo.recipes.lines import smooth

Place = Callable[..., Placement]


def geometry_of(placement: Placement) -> shapely.Geometry:
    assert placement.geometry is not None
    return placement.geometry


def types(placement: Placement) -> list[IssueType]:
    return [issue.type for issue in placement.issues]


def test_an_axis_passes_its_way_points_in_order(place: Place) -> None:
    axis = place("along", through=["女姑口", "流亭", "红岛", "河套"], arrow="end")
    line = geometry_of(axis)
    assert axis.precision is Precision.SCHEMATIC
    assert axis.arrow == "end"
    at = []
    for waypoint in axis.waypoints:
        point = shapely.Point(waypoint.lon, waypoint.lat)
        assert distance_m(line, point) < 1
        at.append(line.project(point))
    assert at == sorted(at)
    assert [w.name for w in axis.waypoints] == ["女姑口", "流亭", "红岛", "河套"]


def test_roads_are_followed_along_their_own_vertices_whatever_their_direction(place: Place) -> None:
    """「沿正阳路、春阳路」: the second is drawn east to west in the table."""
    axis = place("along", through=["正阳路", "春阳路"])
    line = geometry_of(axis)
    assert line.is_simple
    longitudes = shapely.get_coordinates(line)[:, 0]
    assert np.all(np.diff(longitudes) > 0)
    assert distance_m(line, shapely.Point(120.4100, 36.3080)) < 1


def test_extension_runs_straight_on(place: Place) -> None:
    short = geometry_of(place("along", through=["流亭", "城阳"]))
    long = geometry_of(place("along", through=["流亭", "城阳"], extend_km=[0, 3]))
    assert to_metric(long).length == pytest.approx(to_metric(short).length + 3000, abs=2)
    assert long.coords[0] == short.coords[0]


def test_an_axis_that_leaves_the_map_is_cut_and_carries_an_arrow(place: Place) -> None:
    axis = place("along", through=["流亭", "潍坊"])
    west = geometry_of(axis).bounds[0]
    assert west == pytest.approx(FRAME[0])
    assert axis.arrow == "end"
    assert IssueType.LEAVES_FRAME in types(axis)
    back = place("along", through=["潍坊", "流亭"], arrow="end")
    assert back.arrow == "both"


def test_an_axis_wholly_outside_is_unplaced(place: Place) -> None:
    axis = place("along", through=["潍坊", "远处"])
    assert axis.geometry is None
    assert axis.precision is Precision.UNPLACED
    assert IssueType.OUTSIDE_FRAME in types(axis)


def test_a_turn_back_is_an_issue(place: Place) -> None:
    assert IssueType.SHARP_TURN in types(place("along", through=["流亭", "河套", "夏庄"]))


def test_one_place_makes_no_axis(place: Place) -> None:
    with pytest.raises(RecipeError, match="至少需要两个"):
        place("along", through=["流亭"])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=8, unique=True))
def test_smoothing_keeps_way_points_and_does_not_overshoot(points: list[tuple[int, int]]) -> None:
    vertices = np.array(points, dtype=float) * 1000
    curve = smooth(vertices)
    for vertex in vertices:
        assert np.hypot(*(curve - vertex).T).min() < 1e-6
    longest = np.hypot(*np.diff(vertices, axis=0).T).max()
    straight = shapely.LineString(vertices)
    assert shapely.hausdorff_distance(shapely.LineString(curve), straight) < 0.5 * longest


@pytest.mark.parametrize(("accuracy", "precision"), [(300, Precision.LOCATED), (900, Precision.DERIVED)])
def test_line_is_located_only_when_it_is_accurate(
    place: Place, accuracy: float, precision: Precision
) -> None:
    line = place("line", through=["一号站", "二号站", [120.40, 36.312]], accuracy_m=accuracy)
    expected = Precision.DERIVED if accuracy > 500 else precision
    assert line.precision is expected
    assert len(geometry_of(line).coords) == 3


def test_jiaozhou_bay_is_water_closed_by_its_two_headlands(place: Place) -> None:
    bay = place("sea", between=["团岛", "薛家岛"], near=[120.23, 36.12])
    water = geometry_of(bay)
    assert bay.precision is Precision.DERIVED
    assert 300e6 < area_m2(water) < 400e6
    assert area_m2(water.intersection(land())) < 1000
    assert water.contains(shapely.Point(120.23, 36.12))
    assert not water.contains(shapely.Point(120.35, 36.03))


def test_a_small_bay_and_one_behind_an_island(place: Place) -> None:
    huiquan = geometry_of(place("sea", between=["汇泉角", "太平角"]))
    assert huiquan.contains(shapely.Point(120.3480, 36.0480))
    qingdao = geometry_of(place("sea", between=["团岛", "小青岛"], near=[120.312, 36.057]))
    assert qingdao.contains(shapely.Point(120.312, 36.057))
    assert area_m2(qingdao) < 5e6


def test_headlands_that_close_nothing_leave_a_marker(place: Place) -> None:
    marker = place("sea", between=["惜福镇", "城阳"], near=[120.30, 36.02])
    assert marker.precision is Precision.DISTRICT
    assert IssueType.SEA_NOT_CLOSED in types(marker)
    assert IssueType.FAR_FROM_COAST in types(marker)


def test_the_coast_of_the_bay_head_is_a_strip_on_land(place: Place) -> None:
    """「胶州湾底 流亭、河套、红岛 岸线」."""
    strip = place("coast", from_="女姑口", to="大沽河口", inland_m=800)
    area = geometry_of(strip)
    assert strip.precision is Precision.DERIVED
    assert area_m2(area.difference(land())) < 1000
    assert 20e6 < area_m2(area) < 80e6
    guessed = place("coast", from_="女姑口", to="大沽河口", inland_m=8000, precision="schematic")
    assert guessed.accuracy_m == 8000
    line = geometry_of(place("coast", from_="女姑口", to="大沽河口"))
    assert line.geom_type == "LineString"
    back = geometry_of(place("coast", from_="大沽河口", to="女姑口"))
    assert line.equals(back)


def test_seaward_strips_lie_in_the_water(place: Place) -> None:
    strip = geometry_of(place("coast", from_="团岛", to="太平角", seaward_m=500))
    assert area_m2(strip.intersection(land())) < 1000
