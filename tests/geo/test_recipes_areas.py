"""Recipes that make areas: sides, seats, unions, hulls, buffers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shapely

from geo.base import land
from geo.crs import area_m2, distance_m, to_metric
from geo.districts import districts
from geo.errors import RecipeError
from geo.issues import IssueType
from geo.placement import Placement
from geo.precision import Precision
from geo.recipes.sides import half_plane

Place = Callable[..., Placement]


def geometry_of(placement: Placement) -> shapely.Geometry:
    assert placement.geometry is not None
    return placement.geometry


def types(placement: Placement) -> list[IssueType]:
    return [issue.type for issue in placement.issues]


def contains(placement: Placement, lon: float, lat: float) -> bool:
    return bool(geometry_of(placement).contains(shapely.Point(lon, lat)))


def on_right_side_of_the_coast(placement: Placement) -> bool:
    return area_m2(geometry_of(placement).difference(land())) < 1000


def test_fushan_bay_district_is_cut_by_its_roads_and_the_sea(place: Place) -> None:
    """「宁夏路以西、太平角六路以东、延吉路以南」: 宁夏路 runs east-west, and that is an issue."""
    bay = place("bounded", within="市南区", west_of="宁夏路", east_of="太平角六路", south_of="延吉路")
    assert bay.precision is Precision.DERIVED
    assert IssueType.SIDE_ALONG_ROAD in types(bay)
    assert contains(bay, 120.3800, 36.0640)
    assert not contains(bay, 120.3500, 36.0600)
    assert not contains(bay, 120.3900, 36.0880)
    assert on_right_side_of_the_coast(bay)


def test_huiquan_bay_district(place: Place) -> None:
    """「太平角六路以西、小青岛以东、太平山以南」."""
    bay = place("bounded", within="市南区", west_of="太平角六路", east_of="小青岛", south_of="太平山")
    assert bay.precision is Precision.DERIVED
    assert bay.issues == ()
    assert contains(bay, 120.3400, 36.0580)
    assert not contains(bay, 120.3100, 36.0650)
    assert on_right_side_of_the_coast(bay)


def test_neighbours_along_one_road_share_it(place: Place) -> None:
    west = geometry_of(place("bounded", within="市南区", west_of="太平角六路"))
    east = geometry_of(place("bounded", within="市南区", east_of="太平角六路"))
    assert area_m2(west.intersection(east)) < 1
    assert area_m2(districts()["市南区"].geometry.difference(west.union(east))) < 2500
    shared = west.boundary.intersection(east.boundary)
    assert to_metric(shared).length > 1500


def test_a_road_that_turns_back_still_parts_two_sides_without_a_gap() -> None:
    road = shapely.LineString([(0, 0), (10, 40), (-5, 30), (0, 100)])
    frame = (-50.0, 0.0, 50.0, 100.0)
    west, east = half_plane([road], "west", frame), half_plane([road], "east", frame)
    box = shapely.box(*frame)
    assert west.intersection(east).area == pytest.approx(0, abs=1e-6)
    assert box.difference(west.union(east)).area == pytest.approx(0, abs=1e-6)
    assert west.contains(shapely.Point(-20, 50))
    assert east.contains(shapely.Point(20, 50))


def test_a_short_bound_runs_on_to_the_edge() -> None:
    road = shapely.LineString([(0, 40), (4, 60)])
    west = half_plane([road], "west", (-50.0, 0.0, 50.0, 100.0))
    assert west.contains(shapely.Point(-1, 10))
    assert not west.contains(shapely.Point(1, 10))
    assert west.contains(shapely.Point(3, 90))


def test_bounds_that_leave_nothing_fall_back_to_the_district(place: Place) -> None:
    nothing = place("bounded", within="市南区", north_of="夏庄街道")
    assert nothing.precision is Precision.DISTRICT
    assert nothing.halo_m is not None
    assert IssueType.EMPTY_RESULT in types(nothing)


def test_bounded_needs_a_side(place: Place) -> None:
    with pytest.raises(RecipeError, match="至少需要"):
        place("bounded", within="市南区")


@pytest.mark.parametrize(
    ("side", "inside", "outside"),
    [
        ("north", (120.40, 36.33), (120.35, 36.23)),
        ("south", (120.35, 36.23), (120.35, 36.33)),
        ("east", (120.50, 36.28), (120.15, 36.26)),
        ("west", (120.15, 36.26), (120.50, 36.28)),
        ("middle", (120.35, 36.28), (120.55, 36.28)),
        ("northeast", (120.50, 36.32), (120.15, 36.24)),
        ("southwest", (120.15, 36.24), (120.50, 36.32)),
    ],
)
def test_part_of_district(
    place: Place, side: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    part = place("part_of_district", of="城阳区", side=side, share=0.4)
    assert part.precision is Precision.SCHEMATIC
    assert contains(part, *inside)
    assert not contains(part, *outside)
    whole = area_m2(districts()["城阳区"].geometry)
    assert area_m2(geometry_of(part)) == pytest.approx(0.4 * whole, rel=0.02)
    assert on_right_side_of_the_coast(part)


def test_cells_of_seats_fill_the_district_and_share_borders_exactly(place: Place) -> None:
    names = ["城阳街道", "流亭街道", "夏庄街道", "惜福镇街道", "棘洪滩街道", "红岛街道", "河套街道"]
    cells = [geometry_of(place("seats", of=name)) for name in names]
    district = districts()["城阳区"].geometry
    together = geometry_of(place("seats", of=names))
    assert area_m2(together.symmetric_difference(district)) < 200
    for k, one in enumerate(cells):
        for other in cells[k + 1 :]:
            assert one.intersection(other).area == 0
    assert sum(area_m2(cell) for cell in cells) == pytest.approx(area_m2(district), rel=1e-6)
    chengyang, liuting = cells[0], cells[1]
    assert shapely.get_dimensions(chengyang.intersection(liuting)) == 1


def test_seats_are_schematic_and_say_how(place: Place) -> None:
    cell = place("seats", of=["流亭", "夏庄"])
    assert cell.precision is Precision.SCHEMATIC
    assert "非法定边界" in cell.basis
    assert contains(cell, 120.398, 36.257)


def test_a_plans_own_seat_does_not_shift_the_cells(place: Place) -> None:
    assert place("seats", of="夏庄街道", scope="licang").geometry == place("seats", of="夏庄街道").geometry


def test_seats_take_only_townships(place: Place) -> None:
    with pytest.raises(RecipeError, match="只接受街道或镇"):
        place("seats", of=["栈桥"])


def test_buffer_stays_on_land(place: Place) -> None:
    near = place("buffer", of="栈桥", radius_m=800)
    assert near.precision is Precision.DERIVED
    assert on_right_side_of_the_coast(near)
    assert area_m2(geometry_of(near)) < 3.1416 * 800**2


def test_a_guessed_radius_may_be_off_by_as_much(place: Place) -> None:
    measured = place("buffer", of="栈桥", radius_m=800)
    guessed = place("buffer", of="栈桥", radius_m=800, precision="schematic")
    assert (measured.accuracy_m or 0) < 800
    assert guessed.accuracy_m == 800


def test_a_circle_smaller_than_the_doubt_is_lowered(place: Place) -> None:
    lowered = place("buffer", of="四百米厂", radius_m=1000)
    assert lowered.precision is Precision.SCHEMATIC
    marker = place("buffer", of="四百米厂", radius_m=300)
    assert marker.precision is Precision.DISTRICT
    assert marker.halo_m == 2000
    assert IssueType.SMALLER_THAN_ERROR in types(marker)


def test_union_and_hull(place: Place) -> None:
    both = place("union", of=["市南区", "市北区"])
    assert both.precision is Precision.DERIVED
    hull = place("hull", of=["流亭", "城阳", "夏庄"])
    assert hull.precision is Precision.SCHEMATIC
    assert contains(hull, 120.413, 36.28)
    two = place("hull", of=["流亭", "城阳"])
    assert IssueType.TOO_FEW_POINTS in types(two)


def test_members_take_the_weakest_and_leave_out_the_unplaced(place: Place) -> None:
    one, two, none = (
        place("place", of="市南区"),
        place("along", through=["流亭", "城阳"]),
        place("unplaced", reason="未列"),
    )
    drawn = place("members", members=["甲", "乙", "丙"], features={"甲": one, "乙": two, "丙": none})
    assert drawn.precision is Precision.SCHEMATIC
    assert drawn.geometry is not None
    assert drawn.geometry.geom_type == "GeometryCollection"
    assert types(drawn) == [IssueType.PART_UNPLACED]
    assert types(place("members")) == [IssueType.NO_MEMBERS]
    empty = place("members", members=["丙"], features={"丙": none})
    assert empty.geometry is None
    assert empty.precision is Precision.UNPLACED


def test_a_feature_is_a_place_too(place: Place) -> None:
    cell = place("seats", of="流亭")
    near = place("buffer", of="feature:片区", radius_m=500, features={"片区": cell})
    assert near.precision is Precision.SCHEMATIC
    assert geometry_of(near).contains(geometry_of(cell).buffer(-0.001))
    with pytest.raises(RecipeError, match="没有条目「别处」"):
        place("buffer", of="feature:别处", radius_m=500)


def test_one_kind_of_distance(place: Place) -> None:
    near = geometry_of(place("buffer", of="park:五四广场", radius_m=1000))
    edge = shapely.Point(shapely.get_coordinates(near)[0])
    assert distance_m(edge, shapely.Point(120.3790, 36.0630)) <= 1001
