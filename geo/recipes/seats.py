"""Recipe ``seats``: the ground nearest to the seats of streets and towns, inside their district.

Streets and towns have no open boundaries. Each seat gets its Voronoi cell; all cells of a district are cut
from one net of lines, so that neighbours share their border exactly. The result is schematic.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import stored, to_metric, to_wgs84
from geo.districts import districts
from geo.errors import RecipeError
from geo.issues import Issue, IssueType, make_issue
from geo.placement import Placement
from geo.precision import Precision
from geo.recipes.context import Context, Located, Names, Spec, basis_of, centre_of, waypoints_of

_GRID_DEG = 1e-6
_CELL_BASIS = "按街镇驻地划分（泰森多边形），非法定边界"
_ACCURACY_M = 1500.0

SeatKey = tuple[float, float]


class SeatsSpec(Spec):
    """``seats``: the cells of these seats inside their district."""

    recipe: Literal["seats"]
    of: Names


def place_seats(spec: SeatsSpec, context: Context) -> Placement:
    """The cells of the seats asked for, united."""
    places: list[Located] = []
    cells: list[BaseGeometry] = []
    issues: list[Issue] = []
    for reference in spec.of:
        place = context.township(reference)
        if place is None:
            raise RecipeError(f"seats 只接受街道或镇，「{reference}」不是")
        places.append(place)
        found, more = _cells_of(place, context)
        cells += found
        issues += more
    united = shapely.union_all(cells, grid_size=_GRID_DEG)
    return Placement(
        geometry=stored(united),
        precision=Precision.SCHEMATIC,
        accuracy_m=max(_ACCURACY_M, *(place.accuracy_m for place in places)),
        method=spec.recipe,
        basis=f"{basis_of(places)}；{_CELL_BASIS}",
        issues=tuple(issues),
        waypoints=waypoints_of(places),
    )


def cell_of(place: Located, context: Context) -> BaseGeometry | None:
    """Metric cell of one township; None when it lies in no district."""
    cells, _ = _cells_of(place, context)
    return to_metric(shapely.union_all(cells)) if cells else None


def _cells_of(place: Located, context: Context) -> tuple[list[BaseGeometry], list[Issue]]:
    """WGS 84 cells of a township, one for each district it lies in; its outline where that is known."""
    if shapely.get_dimensions(place.geometry) == 2:
        return [shapely.set_precision(place.geometry, _GRID_DEG)], []
    cells: list[BaseGeometry] = []
    issues: list[Issue] = []
    own = _key(place.point)
    for district in place.districts:
        seats = frozenset(
            _key(centre_of(p.geometry)) for p in context.gazetteer.townships if district in p.districts
        )
        if len(seats) < 2:
            issues.append(make_issue(IssueType.NO_NEIGHBOURS, district=district, name=place.name))
        cell = district_cells(district, tuple(sorted(seats | {own})))[own]
        known = [
            t.geometry
            for t in context.gazetteer.townships
            if district in t.districts and shapely.get_dimensions(t.geometry) == 2
        ]
        cells.append(cell.difference(shapely.union_all(known), grid_size=_GRID_DEG) if known else cell)
    return cells, issues


def _key(point: BaseGeometry) -> SeatKey:
    centre = point if isinstance(point, Point) else point.representative_point()
    return (round(centre.x, 6), round(centre.y, 6))


@lru_cache(maxsize=64)
def district_cells(district: str, seats: tuple[SeatKey, ...]) -> dict[SeatKey, BaseGeometry]:
    """Cell of each seat of a district, WGS 84, cut from one net so that neighbours fit exactly.

    Parameters
    ----------
    district
        Name of the district.
    seats
        Longitude and latitude of the seats, sorted.
    """
    outline = shapely.set_precision(districts()[district].geometry, _GRID_DEG)
    if len(seats) == 1:
        return {seats[0]: outline}
    points = to_metric(MultiPoint(seats))
    frame = to_metric(outline.envelope).buffer(20_000)
    net = shapely.voronoi_polygons(points, extend_to=frame, only_edges=True)
    edges = shapely.set_precision(to_wgs84(shapely.segmentize(net, 2000)), _GRID_DEG)
    lines = shapely.union_all([outline.boundary, edges], grid_size=_GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = [face for face in faces if outline.contains(face.representative_point())]
    seat_xy = shapely.get_coordinates(points)
    owners: dict[SeatKey, list[BaseGeometry]] = {seat: [] for seat in seats}
    for face in inner:
        x, y = shapely.get_coordinates(to_metric(face.representative_point()))[0]
        nearest = int(np.argmin(np.hypot(seat_xy[:, 0] - x, seat_xy[:, 1] - y)))
        owners[seats[nearest]].append(face)
    return {seat: shapely.union_all(parts, grid_size=_GRID_DEG) for seat, parts in owners.items()}
