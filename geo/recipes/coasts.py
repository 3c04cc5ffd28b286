"""Recipes at the shore: ``coast``, a strip between two places; ``sea``, water closed by headlands."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Literal

import numpy as np
import shapely
from pydantic import Field
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from geo.base import land_metric, mainland, mainland_metric, sea_metric
from geo.crs import to_metric
from geo.issues import Issue, IssueType, make_issue
from geo.placement import Placement, collected
from geo.precision import Precision
from geo.recipes.areas import on_land, polygons_of, stored_from_metric, without_slivers
from geo.recipes.context import (
    Context,
    Located,
    Reference,
    Spec,
    accuracy_of,
    basis_of,
    precision_of,
    waypoints_of,
)
from geo.recipes.points import unplaced

FAR_M = 5000.0
TOO_FAR_M = 12_000.0
_LEAST_ACCURACY_M = 100.0
_OVERLAP_M = 60.0
_ON_SHORE_M = 1.0
_OPEN_SEA_SHARE = 0.5
_MARKER_HALO_M = 3000.0
_HEADLAND_KINDS = ("headland", "island", "coast")


class CoastSpec(Spec):
    """``coast``: the strip of coast between two places."""

    recipe: Literal["coast"]
    from_: Reference = Field(alias="from")
    to: Reference
    inland_m: float = Field(default=0.0, ge=0, le=50_000)
    seaward_m: float = Field(default=0.0, ge=0, le=50_000)

    @property
    def guess_m(self) -> float:
        return max(self.inland_m, self.seaward_m)


class SeaSpec(Spec):
    """``sea``: water closed by headlands."""

    recipe: Literal["sea"]
    between: tuple[Reference, ...] = Field(min_length=2)
    near: Reference | None = None


@cache
def coastlines() -> tuple[LineString, ...]:
    """The mainland's coast in metres, longest first, without the straight edges of the base map."""
    outline = mainland()
    west, south, east, north = outline.bounds
    inner = shapely.box(west + 1e-4, south + 1e-4, east - 1e-4, north - 1e-4)
    rings = shapely.union_all([shapely.get_exterior_ring(p) for p in shapely.get_parts(outline)])
    shore = shapely.line_merge(rings.intersection(inner))
    lines = [to_metric(part) for part in shapely.get_parts(shore) if part.geom_type == "LineString"]
    return tuple(sorted(lines, key=lambda line: float(line.length), reverse=True))


def place_coast(spec: CoastSpec, context: Context) -> Placement:
    """The coast of the mainland between two places, widened inland and seaward as asked."""
    start, end = context.one(spec.from_), context.one(spec.to)
    if start is None or end is None:
        return unplaced(spec.recipe, str(spec.from_ if start is None else spec.to))
    places = [start, end]
    line, issues = _shore_between(start, end)
    if line is None:
        return _two_points(spec.recipe, places, issues)
    strips = [line]
    if spec.inland_m or spec.seaward_m:
        strips = []
        if spec.inland_m:
            strips.append(on_land(_ribbon(line, spec.inland_m)))
        if spec.seaward_m:
            strips.append(_ribbon(line, spec.seaward_m).difference(land_metric()))
    shape = shapely.union_all([_beside(strip, line) for strip in strips])
    if shapely.get_dimensions(shape) == 2:
        shape, more = without_slivers(shape)
        issues += more
    return Placement(
        geometry=stored_from_metric(shape),
        precision=precision_of(Precision.DERIVED, places),
        accuracy_m=accuracy_of(places, _LEAST_ACCURACY_M),
        method=spec.recipe,
        basis=f"{basis_of(places)}；OpenStreetMap 岸线（ODbL）",
        issues=tuple(issues),
        waypoints=waypoints_of(places),
    )


def _beside(strip: BaseGeometry, line: LineString) -> BaseGeometry:
    """The parts of a strip that touch the coast: not the far bank of a river mouth."""
    touching = [part for part in shapely.get_parts(strip) if part.distance(line) < 1.0]
    beside: BaseGeometry = shapely.union_all(touching)
    return beside


def _ribbon(line: LineString, width_m: float) -> BaseGeometry:
    ribbon: BaseGeometry = line.simplify(20).buffer(width_m, cap_style="flat")
    return ribbon


def _shore_between(start: Located, end: Located) -> tuple[LineString | None, list[Issue]]:
    """The stretch of coast between two places, and what was assumed to find it."""
    issues = []
    points = [to_metric(place.point) for place in (start, end)]
    lines = coastlines()
    nearest = [min(lines, key=point.distance) for point in points]
    for place, point, line in zip((start, end), points, nearest, strict=True):
        gap = point.distance(line)
        if gap > FAR_M:
            issues.append(make_issue(IssueType.FAR_FROM_COAST, name=place.name, km=round(gap / 1000, 1)))
    reach = max(point.distance(line) for point, line in zip(points, nearest, strict=True))
    if nearest[0] is not nearest[1] or reach > TOO_FAR_M:
        issues.append(make_issue(IssueType.COAST_NOT_JOINED, start=start.name, end=end.name))
        return None, issues
    shore = nearest[0]
    along = sorted(float(shore.project(point)) for point in points)
    return _shorter_way(shore, along[0], along[1]), issues


def _shorter_way(shore: LineString, low: float, high: float) -> LineString:
    """The part of a coast between two distances along it; of a closed one the shorter part."""
    piece = substring(shore, low, high)
    if not shore.is_ring or high - low <= shore.length / 2:
        return piece
    return LineString(
        np.vstack([substring(shore, high, shore.length).coords[:-1], substring(shore, 0, low).coords])
    )


def _two_points(method: str, places: list[Located], issues: list[Issue]) -> Placement:
    return Placement(
        geometry=collected(place.point for place in places),
        precision=Precision.DISTRICT,
        accuracy_m=_MARKER_HALO_M,
        method=method,
        basis=basis_of(places),
        issues=tuple(issues),
        halo_m=_MARKER_HALO_M,
        waypoints=waypoints_of(places),
    )


def place_sea(spec: SeaSpec, context: Context) -> Placement:
    """The water behind straight lines from headland to headland."""
    places, issues = context.many(spec.between, prefer=_HEADLAND_KINDS)
    near = context.one(spec.near, prefer=("bay",)) if spec.near is not None else None
    used = [*places, *([near] if near is not None else [])]
    if len(places) < 2:
        return unplaced(spec.recipe, "、".join(str(name) for name in spec.between))
    for place in places:
        gap = to_metric(place.point).distance(land_metric().boundary)
        if gap > FAR_M:
            issues.append(make_issue(IssueType.FAR_FROM_COAST, name=place.name, km=round(gap / 1000, 1)))
    reach = max(to_metric(place.point).distance(land_metric().boundary) for place in places)
    water = _closed_water(places, near) if reach <= TOO_FAR_M else None
    if water is None:
        names = "、".join(place.name for place in places)
        issues.append(make_issue(IssueType.SEA_NOT_CLOSED, names=names))
        return _two_points(spec.recipe, [near] if near is not None else places, issues)
    return Placement(
        geometry=stored_from_metric(water),
        precision=precision_of(Precision.DERIVED, places),
        accuracy_m=accuracy_of(places, _LEAST_ACCURACY_M),
        method=spec.recipe,
        basis=f"{basis_of(used)}；OpenStreetMap 岸线（ODbL）",
        issues=tuple(issues),
        waypoints=waypoints_of(used),
    )


def _closed_water(headlands: list[Located], near: Located | None) -> BaseGeometry | None:
    """Metric water cut off by the headlands; None when they close nothing."""
    ends = _anchored([_landfall(place) for place in headlands])
    cuts = [_overlapping(a, b) for a, b in itertools.pairwise(ends)]
    sea = sea_metric()
    lines = shapely.union_all([sea.boundary, *cuts])
    parts = [
        face
        for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
        if sea.contains(face.representative_point())
    ]
    fence = shapely.union_all(cuts)
    closed = [p for p in parts if p.area < _OPEN_SEA_SHARE * sea.area and p.distance(fence) < 1.0]
    if not closed:
        return None
    if near is None:
        return polygons_of(shapely.MultiPolygon(closed))[0]
    point = to_metric(near.point)
    return min(closed, key=lambda part: (round(float(part.distance(point))), -float(part.area)))


def _landfall(place: Located) -> Point:
    """The point of the shore nearest to a headland."""
    point = to_metric(place.point)
    shore = mainland_metric().boundary if place.kind != "island" else land_metric().boundary
    if point.distance(shore) > FAR_M:
        shore = land_metric().boundary
    return nearest_points(shore, point)[0]


def _anchored(ends: list[Point]) -> list[Point]:
    """The landfalls, with the nearest point of the mainland before or after one that is on an island."""
    shore = mainland_metric().boundary
    first, last = (nearest_points(shore, end)[0] for end in (ends[0], ends[-1]))
    before = [first] if first.distance(ends[0]) > _ON_SHORE_M else []
    after = [last] if last.distance(ends[-1]) > _ON_SHORE_M else []
    return [*before, *ends, *after]


def _overlapping(start: Point, end: Point) -> LineString:
    """The straight line between two landfalls, run on a little into the land so that it surely cuts."""
    dx, dy = end.x - start.x, end.y - start.y
    length = max(1.0, float(np.hypot(dx, dy)))
    ux, uy = dx / length * _OVERLAP_M, dy / length * _OVERLAP_M
    return LineString([(start.x - ux, start.y - uy), (end.x + ux, end.y + uy)])
