"""Recipes that draw lines: ``line`` through control points, ``along`` through way-points.

A road named as a way-point is followed along its own vertices, turned to fit the order.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import Field
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.base import frame_box
from geo.crs import stored, to_metric, to_wgs84
from geo.errors import RecipeError
from geo.issues import Issue, IssueType, make_issue
from geo.placement import Arrow, Placement
from geo.precision import LOCATED_LIMIT_M, Precision
from geo.recipes.context import (
    Context,
    Located,
    Names,
    Spec,
    accuracy_of,
    basis_of,
    precision_of,
    waypoints_of,
)

SHARP_TURN_DEG = 110.0
SCHEMATIC_ACCURACY_M = 1000.0
_STEP_M = 400.0
_LINE_KINDS = ("metro_line", "railway", "motorway", "road", "river", "coast")

Vertices = NDArray[np.float64]


class LineSpec(Spec):
    """``line``: a line through control points as given."""

    recipe: Literal["line"]
    through: Names
    arrow: Arrow = "none"


class AlongSpec(Spec):
    """``along``: a smooth line through way-points in order."""

    recipe: Literal["along"]
    through: Names
    extend_km: tuple[float, float] = Field(default=(0.0, 0.0))
    arrow: Arrow = "none"


def place_line(spec: LineSpec, context: Context) -> Placement:
    """The control points joined by straight segments, cut at the frame."""
    places, issues = context.many(spec.through, prefer=_LINE_KINDS)
    vertices = joined_vertices(places)
    if len(vertices) < 2:
        return _too_short(spec.recipe, places, issues)
    accuracy = max(accuracy_of(places), spec.accuracy_m or 0.0)
    line, arrow, more = cut_at_frame(LineString(vertices), spec.arrow)
    best = Precision.LOCATED if accuracy <= LOCATED_LIMIT_M else Precision.DERIVED
    return Placement(
        geometry=line,
        precision=precision_of(best, places) if line is not None else Precision.UNPLACED,
        accuracy_m=accuracy if line is not None else None,
        method=spec.recipe,
        basis=basis_of(places),
        issues=(*issues, *more),
        arrow=arrow,
        waypoints=waypoints_of(places),
    )


def place_along(spec: AlongSpec, context: Context) -> Placement:
    """A centripetal Catmull-Rom curve through the way-points, straight on at its ends if asked."""
    places, issues = context.many(spec.through, prefer=_LINE_KINDS)
    vertices = joined_vertices(places)
    if len(vertices) < 2:
        return _too_short(spec.recipe, places, issues)
    issues = [*issues, *_sharp_turns(places)]
    curve = smooth(vertices)
    if not LineString(curve).is_simple and LineString(vertices).is_simple:
        issues.append(make_issue(IssueType.LINE_CROSSES_ITSELF))
        curve = vertices
    curve = extended(curve, *(1000.0 * km for km in spec.extend_km))
    line, arrow, more = cut_at_frame(LineString(curve), spec.arrow)
    return Placement(
        geometry=line,
        precision=Precision.SCHEMATIC if line is not None else Precision.UNPLACED,
        accuracy_m=accuracy_of(places, SCHEMATIC_ACCURACY_M) if line is not None else None,
        method=spec.recipe,
        basis=basis_of(places),
        issues=(*issues, *more),
        arrow=arrow,
        waypoints=waypoints_of(places),
    )


def _too_short(method: str, places: list[Located], issues: list[Issue]) -> Placement:
    if not issues:
        raise RecipeError(f"{method} 至少需要两个不同的地点")
    return Placement(None, Precision.UNPLACED, None, method, basis_of(places), issues=tuple(issues))


def joined_vertices(places: list[Located]) -> Vertices:
    """Metric vertices through the places in order; a line gives its own, turned to follow on."""
    pieces = [_vertices(place) for place in places]
    for index, piece in enumerate(pieces):
        if len(piece) < 2:
            continue
        if index > 0:
            last = pieces[index - 1][-1]
            turned = _gap(last, piece[-1]) < _gap(last, piece[0])
        elif len(pieces) > 1:
            following = pieces[1][[0, -1]]
            turned = min(_gap(piece[0], p) for p in following) < min(_gap(piece[-1], p) for p in following)
        else:
            turned = False
        if turned:
            pieces[index] = piece[::-1]
    joined = np.concatenate(pieces) if pieces else np.empty((0, 2))
    if len(joined) < 2:
        return joined
    moved = np.hypot(*np.diff(joined, axis=0).T) > 1.0
    kept: Vertices = joined[np.concatenate([[True], moved])]
    return kept


def _vertices(place: Located) -> Vertices:
    geometry = place.metric
    if shapely.get_dimensions(geometry) == 1:
        longest = max(shapely.get_parts(shapely.line_merge(geometry)), key=lambda part: float(part.length))
        return np.asarray(shapely.get_coordinates(longest))
    return np.asarray(shapely.get_coordinates(to_metric(place.point)))


def _gap(one: Vertices, other: Vertices) -> float:
    return float(np.hypot(*(one - other)))


def smooth(vertices: Vertices) -> Vertices:
    """Centripetal Catmull-Rom curve through metric vertices: no cusps, no loops within a span.

    References
    ----------
    Yuksel, Schaefer, Keyser (2011): Parameterization and applications of Catmull-Rom curves.
    """
    if len(vertices) < 3:
        return vertices
    ends = np.vstack([2 * vertices[0] - vertices[1], vertices, 2 * vertices[-1] - vertices[-2]])
    spans = [_span(ends[k : k + 4]) for k in range(len(vertices) - 1)]
    curve: Vertices = np.vstack([*spans, vertices[-1:]])
    return curve


def _span(p: Vertices) -> Vertices:
    """Points of one span, from its first way-point up to, without, its second."""
    knots = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(p, axis=0).T) ** 0.5)])
    count = int(np.clip(math.ceil(_gap(p[1], p[2]) / _STEP_M), 1, 24))
    t = np.linspace(knots[1], knots[2], count, endpoint=False)[:, None]

    def mix(a: Vertices, b: Vertices, i: int, j: int) -> Vertices:
        mixed: Vertices = ((knots[j] - t) * a + (t - knots[i]) * b) / (knots[j] - knots[i])
        return mixed

    a1, a2, a3 = mix(p[0], p[1], 0, 1), mix(p[1], p[2], 1, 2), mix(p[2], p[3], 2, 3)
    return mix(mix(a1, a2, 0, 2), mix(a2, a3, 1, 3), 1, 2)


def extended(vertices: Vertices, start_m: float, end_m: float) -> Vertices:
    """The line run straight on at either end."""
    line = vertices
    if start_m > 0:
        line = np.vstack([_onward(line[1], line[0], start_m), line])
    if end_m > 0:
        line = np.vstack([line, _onward(line[-2], line[-1], end_m)])
    return line


def _onward(before: Vertices, end: Vertices, distance_m: float) -> Vertices:
    step = end - before
    onward: Vertices = end + step / np.hypot(*step) * distance_m
    return onward


def _sharp_turns(places: list[Located]) -> list[Issue]:
    """An issue for every way-point at which the axis turns back on itself."""
    issues = []
    points = [shapely.get_coordinates(to_metric(place.point))[0] for place in places]
    for k in range(1, len(points) - 1):
        one, other = points[k] - points[k - 1], points[k + 1] - points[k]
        if not (one.any() and other.any()) or shapely.get_dimensions(places[k].geometry) == 1:
            continue
        cosine = float(one @ other / (np.hypot(*one) * np.hypot(*other)))
        degrees = math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
        if degrees > SHARP_TURN_DEG:
            issues.append(make_issue(IssueType.SHARP_TURN, name=places[k].name, degrees=round(degrees)))
    return issues


def cut_at_frame(metric: LineString, arrow: Arrow) -> tuple[BaseGeometry | None, Arrow, list[Issue]]:
    """A metric line in WGS 84, cut where it leaves the map's frame, with an arrow at each cut."""
    line = to_wgs84(metric)
    frame = frame_box()
    if frame.contains(line):
        return stored(line), arrow, []
    pieces = [
        p
        for p in shapely.get_parts(line.intersection(frame))
        if p.geom_type == "LineString" and not p.is_empty
    ]
    if not pieces:
        return None, "none", [make_issue(IssueType.OUTSIDE_FRAME)]
    merged = shapely.line_merge(shapely.union_all(pieces)) if len(pieces) > 1 else pieces[0]
    longest = max(shapely.get_parts(merged), key=lambda part: float(part.length))
    first, last = shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])
    if line.project(shapely.Point(longest.coords[0])) > line.project(shapely.Point(longest.coords[-1])):
        longest = longest.reverse()
    ends = {"start": arrow in ("start", "both"), "end": arrow in ("end", "both")}
    ends["start"] |= not frame.intersects(first)
    ends["end"] |= not frame.intersects(last)
    names: dict[tuple[bool, bool], Arrow] = {
        (True, True): "both",
        (True, False): "start",
        (False, True): "end",
    }
    leaving = names.get((ends["start"], ends["end"]), "none")
    return stored(longest), leaving, [make_issue(IssueType.LEAVES_FRAME)]
