"""Areas in metres: kept on land, freed of slivers, with a stand-in where a place has no extent."""

from __future__ import annotations

import math

import shapely
from shapely.geometry.base import BaseGeometry

from geo.base import land_metric
from geo.crs import stored, to_wgs84
from geo.issues import Issue, IssueType, make_issue
from geo.recipes.context import WATER_KINDS, Located

CRUMB_M2 = 2000.0
SLIVER_SHARE = 0.01
SLIVER_THINNESS = 0.15
DEFAULT_RADIUS_M = 1000.0


def polygons_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Areas of a geometry, largest first; lines and points are left out."""
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon" and not p.is_empty]
    for part in shapely.get_parts(geometry):
        if part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            parts.extend(polygons_of(part))
    return sorted(parts, key=lambda part: float(part.area), reverse=True)


def on_land(metric: BaseGeometry) -> BaseGeometry:
    """The part of a metric area that lies on land."""
    clipped: BaseGeometry = land_metric().intersection(metric)
    return clipped


def without_slivers(metric: BaseGeometry) -> tuple[BaseGeometry, list[Issue]]:
    """The area without slivers: crumbs, and thin parts that are nothing beside the largest.

    An islet is no sliver. The issue counts what a reader could have seen.
    """
    parts = polygons_of(metric)
    if not parts:
        return shapely.Polygon(), []
    kept = [part for part in parts if part is parts[0] or not _is_sliver(part, float(parts[0].area))]
    seen = sum(1 for part in parts if part.area >= CRUMB_M2) - sum(
        1 for part in kept if part.area >= CRUMB_M2
    )
    issues = [make_issue(IssueType.SLIVERS_DROPPED, count=seen)] if seen else []
    united: BaseGeometry = shapely.union_all(kept)
    return united, issues


def _is_sliver(part: BaseGeometry, largest_m2: float) -> bool:
    if part.area < CRUMB_M2:
        return True
    thinness = 4.0 * math.pi * part.area / part.length**2
    return bool(part.area < SLIVER_SHARE * largest_m2 and thinness < SLIVER_THINNESS)


def extent_of(place: Located) -> tuple[BaseGeometry, list[Issue]]:
    """Metric area of a place: its own, or a circle of its radius around a point or line."""
    if shapely.get_dimensions(place.geometry) == 2:
        return place.metric, []
    if place.radius_m is not None:
        return place.metric.buffer(place.radius_m), []
    issue = make_issue(IssueType.NO_EXTENT, name=place.name, radius=round(DEFAULT_RADIUS_M))
    return place.metric.buffer(DEFAULT_RADIUS_M), [issue]


def is_at_sea(place: Located) -> bool:
    """Whether what is built on this place belongs to the sea as much as to the land."""
    return place.kind in WATER_KINDS


def stored_from_metric(metric: BaseGeometry) -> BaseGeometry:
    """WGS 84 as stored, from metres."""
    return stored(to_wgs84(metric))
