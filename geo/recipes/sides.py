"""Recipes that take a side: ``bounded`` by roads and places, ``part_of_district``."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from shapely.affinity import rotate
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import RecipeError
from geo.issues import Issue, IssueType, make_issue
from geo.placement import Placement
from geo.precision import Precision
from geo.recipes.areas import extent_of, is_at_sea, on_land, stored_from_metric, without_slivers
from geo.recipes.context import (
    Context,
    Located,
    Names,
    Reference,
    Spec,
    accuracy_of,
    basis_of,
    precision_of,
    waypoints_of,
)
from geo.recipes.points import halo_placement, unplaced
from geo.recipes.seats import cell_of

Side = Literal["west", "east", "north", "south"]
_Segment = tuple[float, float, float, float]

ALONG_RATIO = 1.7
_BESIDE_M = 0.01
_LEAST_ACCURACY_M = 100.0
_AREA_KINDS = ("district", "township", "region")
_LINE_KINDS = ("road", "motorway", "river", "railway", "metro_line", "coast")
_SIDE_WORDS: dict[Side, str] = {"west": "以西", "east": "以东", "north": "以北", "south": "以南"}
_OPPOSITE: dict[Side, Side] = {"west": "east", "east": "west", "north": "south", "south": "north"}
_END_WORDS: dict[Side, str] = {"west": "西", "east": "东", "north": "北", "south": "南"}


class BoundedSpec(Spec):
    """``bounded``: the part of an area on the named sides of roads and places."""

    recipe: Literal["bounded"]
    within: Reference
    west_of: Names | None = None
    east_of: Names | None = None
    north_of: Names | None = None
    south_of: Names | None = None


Direction = Literal[
    "north", "south", "east", "west", "middle", "northeast", "northwest", "southeast", "southwest"
]


class PartOfDistrictSpec(Spec):
    """``part_of_district``: a named side of a district."""

    recipe: Literal["part_of_district"]
    of: Reference
    side: Direction
    share: float = Field(default=0.4, gt=0, lt=1)


@dataclass(frozen=True)
class _Cut:
    """One side to keep, and the places that bound it."""

    side: Side
    places: tuple[Located, ...]


def place_bounded(spec: BoundedSpec, context: Context) -> Placement:
    """The area cut by each bound; bounds are run on, straight, to the edge of the area."""
    asked = _asked_sides(spec)
    whole = context.one(spec.within, prefer=_AREA_KINDS)
    if whole is None:
        return unplaced(spec.recipe, str(spec.within))
    area, issues = _area_of(whole, context)
    places: list[Located] = []
    for side, names in asked:
        found, more = context.many(names, prefer=_LINE_KINDS)
        issues += more
        places += found
        if found and not area.is_empty:
            area, more = _cut(area, _Cut(side, tuple(found)), whole.name)
            issues += more
    area, more = without_slivers(area if is_at_sea(whole) else on_land(area))
    issues += more
    if area.is_empty:
        issue = make_issue(IssueType.EMPTY_RESULT, area=whole.name)
        return replace(
            halo_placement(whole, spec.recipe),
            basis=basis_of([whole, *places]),
            issues=(*issues, issue),
            waypoints=waypoints_of(places),
        )
    best = Precision.DERIVED if shapely.get_dimensions(whole.geometry) == 2 else Precision.SCHEMATIC
    return Placement(
        geometry=stored_from_metric(area),
        precision=precision_of(best, [whole, *places]),
        accuracy_m=accuracy_of([whole, *places], _LEAST_ACCURACY_M),
        method=spec.recipe,
        basis=basis_of([whole, *places]),
        issues=tuple(issues),
        waypoints=waypoints_of(places),
    )


def _asked_sides(spec: BoundedSpec) -> list[tuple[Side, Names]]:
    """The sides a spec names.

    Raises
    ------
    RecipeError
        It names none.
    """
    sides: tuple[tuple[Side, Names | None], ...] = (
        ("west", spec.west_of),
        ("east", spec.east_of),
        ("north", spec.north_of),
        ("south", spec.south_of),
    )
    asked = [(side, names) for side, names in sides if names]
    if not asked:
        raise RecipeError("bounded 至少需要 west_of、east_of、north_of、south_of 之一")
    return asked


def _area_of(place: Located, context: Context) -> tuple[BaseGeometry, list[Issue]]:
    """Metric area to cut: a township without an outline stands in by its cell."""
    if place.kind == "township" and shapely.get_dimensions(place.geometry) == 0:
        cell = cell_of(context.township(place.name) or place, context)
        if cell is not None:
            return cell, []
    return extent_of(place)


def _cut(area: BaseGeometry, cut: _Cut, name: str) -> tuple[BaseGeometry, list[Issue]]:
    """The part of a metric area on one side of its bounds."""
    issues = []
    upright = cut.side in ("west", "east")
    profile_places = []
    for place in cut.places:
        width, height = _extent(place)
        across, beside = (width, height) if upright else (height, width)
        if shapely.get_dimensions(place.geometry) == 1 and across > ALONG_RATIO * beside:
            issues.append(
                make_issue(
                    IssueType.SIDE_ALONG_ROAD,
                    name=place.name,
                    run="东西" if upright else "南北",
                    side=_SIDE_WORDS[cut.side],
                    end=_END_WORDS[_OPPOSITE[cut.side]],
                )
            )
            profile_places.append(_far_end(place, cut.side))
        else:
            profile_places.append(place.metric)
    half = half_plane(profile_places, cut.side, area.bounds)
    kept: BaseGeometry = shapely.make_valid(area).intersection(half)
    if kept.area > 0.999 * area.area:
        names = "、".join(place.name for place in cut.places)
        issues.append(
            make_issue(IssueType.SIDE_MISSES_AREA, name=names, area=name, side=_SIDE_WORDS[cut.side])
        )
    return kept, issues


def _extent(place: Located) -> tuple[float, float]:
    west, south, east, north = place.metric.bounds
    return east - west, north - south


def _far_end(place: Located, side: Side) -> BaseGeometry:
    """The end of a road that leaves most of the area on the side asked for: west of a road, its east end."""
    xy = shapely.get_coordinates(place.metric)
    values = xy[:, 0] if side in ("west", "east") else xy[:, 1]
    index = np.argmax(values) if side in ("west", "south") else np.argmin(values)
    return shapely.Point(xy[int(index)])


def half_plane(
    bounds_of: list[BaseGeometry], side: Side, frame: tuple[float, float, float, float]
) -> BaseGeometry:
    """Everything on one side of metric bounds, within a frame.

    The bound is a profile: for each northing (west, east) or easting (north, south) its position across.
    Past its ends it runs on straight; between several bounds it is interpolated. Of an area the outline on
    the side asked for counts; a line that turns back counts alike from both sides, so that what lies west
    of it and what lies east of it share one border.
    """
    upright = side in ("west", "east")
    west, south, east, north = (frame[0] - 100, frame[1] - 100, frame[2] + 100, frame[3] + 100)
    low, high = (south, north) if upright else (west, east)
    at = _profile(bounds_of, upright, lower=side in ("west", "south"))
    first, last = np.interp([low, high], at[:, 0], at[:, 1])
    inside = at[(at[:, 0] > low) & (at[:, 0] < high)]
    far = {"west": west, "east": east, "north": north, "south": south}[side]
    edge = np.array([[low, first], *inside, [high, last], [high, far], [low, far]])
    ring = edge[:, ::-1] if upright else edge
    return shapely.make_valid(Polygon(ring))


def _profile(bounds_of: list[BaseGeometry], upright: bool, *, lower: bool) -> NDArray[np.float64]:
    """Rows (position along the bound, position across it) in rising order along."""
    along, across = (1, 0) if upright else (0, 1)
    segments = [s for g in bounds_of for s in _segments(g, along, across)]
    is_area = all(shapely.get_dimensions(g) == 2 for g in bounds_of)
    pick = min if is_area and lower else max
    rows: list[tuple[float, float]] = []
    for station in _stations(segments):
        hits = [_at(segment, station) for segment in segments if segment[0] <= station <= segment[2]]
        if hits:
            rows.append((station, pick(hits)))
    return np.array(rows)


def _stations(segments: list[_Segment]) -> list[float]:
    """Positions at which the profile may bend: every vertex, and both sides of one that turns back."""
    starts = Counter(segment[0] for segment in segments)
    ends = Counter(segment[2] for segment in segments)
    stations = {*starts, *ends}
    for station in [*starts, *ends]:
        if starts[station] != 1 or ends[station] != 1:
            stations |= {station - _BESIDE_M, station + _BESIDE_M}
    return sorted(stations)


def _segments(geometry: BaseGeometry, along: int, across: int) -> list[_Segment]:
    """Segments of a line, an outline or a point, the end that comes first along the bound first."""
    parts = shapely.get_parts(geometry.boundary if shapely.get_dimensions(geometry) == 2 else geometry)
    out: list[_Segment] = []
    for line in parts:
        xy = shapely.get_coordinates(line)
        for a, b in pairwise(xy) if len(xy) > 1 else [(xy[0], xy[0])]:
            first, last = sorted(((float(a[along]), float(a[across])), (float(b[along]), float(b[across]))))
            out.append((*first, *last))
    return out


def _at(segment: _Segment, station: float) -> float:
    start, value, end, other = segment
    if station <= start or end - start < 1e-9:
        return value
    return other if station >= end else value + (other - value) * (station - start) / (end - start)


_BEARING_DEG: dict[str, float] = {
    "north": 90.0,
    "northeast": 45.0,
    "east": 0.0,
    "southeast": -45.0,
    "south": -90.0,
    "southwest": -135.0,
    "west": 180.0,
    "northwest": 135.0,
}


def place_part_of_district(spec: PartOfDistrictSpec, context: Context) -> Placement:
    """The outermost share of a district's area in a direction, or its middle."""
    whole = context.one(spec.of, prefer=_AREA_KINDS)
    if whole is None:
        return unplaced(spec.recipe, str(spec.of))
    area, issues = _area_of(whole, context)
    part = _middle(area, spec.share) if spec.side == "middle" else _outermost(area, spec.side, spec.share)
    if not is_at_sea(whole):
        part = on_land(part)
    part, more = without_slivers(part)
    return Placement(
        geometry=stored_from_metric(part),
        precision=Precision.SCHEMATIC,
        accuracy_m=float(round(max(1000.0, whole.accuracy_m, 0.1 * math.sqrt(area.area)))),
        method=spec.recipe,
        basis=basis_of([whole]),
        issues=(*issues, *more),
        waypoints=waypoints_of([whole]),
    )


def _outermost(area: BaseGeometry, side: str, share: float) -> BaseGeometry:
    """The part of a metric area beyond a straight cut across a direction that leaves the given share."""
    centre = area.centroid
    turned = rotate(area, -_BEARING_DEG[side], origin=centre)
    west, south, east, north = turned.bounds
    low, high = west, east
    for _ in range(40):
        cut = (low + high) / 2
        kept = shapely.clip_by_rect(turned, cut, south - 1, east + 1, north + 1)
        low, high = (cut, high) if kept.area > share * area.area else (low, cut)
    box = shapely.box((low + high) / 2, south - 1, east + 1, north + 1)
    back: BaseGeometry = rotate(box, _BEARING_DEG[side], origin=centre)
    return shapely.make_valid(area).intersection(back)


def _middle(area: BaseGeometry, share: float) -> BaseGeometry:
    """The part of a metric area around its centre that makes up the given share."""
    centre = area.centroid
    low, high = 0.0, math.hypot(area.bounds[2] - area.bounds[0], area.bounds[3] - area.bounds[1])
    valid = shapely.make_valid(area)
    for _ in range(30):
        radius = (low + high) / 2
        inside = valid.intersection(centre.buffer(radius, quad_segs=24)).area
        low, high = (radius, high) if inside < share * area.area else (low, radius)
    return valid.intersection(centre.buffer((low + high) / 2, quad_segs=24))
