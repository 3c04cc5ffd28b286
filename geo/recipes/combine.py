"""Recipes that put places together: ``buffer``, ``union``, ``hull``, ``members``."""

from __future__ import annotations

from typing import Literal

import shapely
from pydantic import Field

from geo.errors import RecipeError
from geo.issues import Issue, IssueType, make_issue
from geo.placement import Placement, collected, placement_from_parts
from geo.precision import Precision
from geo.recipes.areas import is_at_sea, on_land, stored_from_metric, without_slivers
from geo.recipes.context import (
    Context,
    Located,
    Names,
    Reference,
    Spec,
    accuracy_of,
    at_best,
    basis_of,
    precision_of,
    waypoints_of,
)
from geo.recipes.points import halo_placement

GUESS_RATIO = 3.0
_HULL_RADIUS_M = 1000.0
_HULL_ACCURACY_M = 1000.0
_AREA_KINDS = ("district", "region")


class BufferSpec(Spec):
    """``buffer``: everything so near, inside a district if one is named."""

    recipe: Literal["buffer"]
    of: Names
    within: Reference | None = None
    radius_m: float = Field(gt=0, le=100_000)

    @property
    def guess_m(self) -> float:
        return self.radius_m


class UnionSpec(Spec):
    """``union``: several places together."""

    recipe: Literal["union"]
    of: Names


class HullSpec(Spec):
    """``hull``: the smallest convex area around several places."""

    recipe: Literal["hull"]
    of: Names


class MembersSpec(Spec):
    """``members``: a structure drawn from its members; the caller names them."""

    recipe: Literal["members"]
    members: tuple[str, ...] = ()


def _nothing(method: str, issues: list[Issue]) -> Placement:
    return Placement(None, Precision.UNPLACED, None, method, issues=tuple(issues))


def place_buffer(spec: BufferSpec, context: Context) -> Placement:
    """The land (by the sea: land and water) within a distance of the places."""
    places, issues = context.many(spec.of)
    if not places:
        return _nothing(spec.recipe, issues)
    zone = shapely.union_all([place.metric.buffer(spec.radius_m) for place in places])
    if not all(is_at_sea(place) for place in places):
        zone = on_land(zone)
    bounds = context.one(spec.within, prefer=_AREA_KINDS) if spec.within is not None else None
    if bounds is not None and shapely.get_dimensions(bounds.geometry) == 2:
        zone = zone.intersection(bounds.metric)
    zone, more = without_slivers(zone)
    if zone.is_empty:
        return _fallen_back(spec.recipe, places[0], issues)
    if _is_guess(spec.radius_m, places):
        issues.append(make_issue(IssueType.SMALLER_THAN_ERROR, accuracy=round(places[0].accuracy_m)))
        return placement_from_parts(
            [halo_placement(places[0], spec.recipe)], method=spec.recipe, issues=issues
        )
    return Placement(
        geometry=stored_from_metric(zone),
        precision=at_best(Precision.SCHEMATIC, precision_of(Precision.DERIVED, places)),
        accuracy_m=accuracy_of(places),
        method=spec.recipe,
        basis=basis_of(places),
        issues=(*issues, *more),
        waypoints=waypoints_of(places),
    )


def _is_guess(radius_m: float, places: list[Located]) -> bool:
    """Whether a circle around one point says less than the doubt about where that point is."""
    only_point = len(places) == 1 and shapely.get_dimensions(places[0].geometry) == 0
    return only_point and places[0].accuracy_m > GUESS_RATIO * radius_m


def place_union(spec: UnionSpec, context: Context) -> Placement:
    """Areas, lines and points as they are, together."""
    places, issues = context.many(spec.of)
    geometry = collected(place.geometry for place in places)
    if geometry is None:
        return _nothing(spec.recipe, issues)
    precision = precision_of(Precision.DERIVED, places)
    halos = [place.radius_m for place in places if place.radius_m is not None]
    return Placement(
        geometry=geometry,
        precision=precision,
        accuracy_m=accuracy_of(places),
        method=spec.recipe,
        basis=basis_of(places),
        issues=tuple(issues),
        halo_m=max(halos, default=accuracy_of(places)) if precision is Precision.DISTRICT else None,
        waypoints=waypoints_of(places),
    )


def place_hull(spec: HullSpec, context: Context) -> Placement:
    """The convex area around the places, on land unless they are all at sea."""
    places, issues = context.many(spec.of)
    if not places:
        return _nothing(spec.recipe, issues)
    hull = shapely.union_all([place.metric for place in places]).convex_hull
    if shapely.get_dimensions(hull) < 2:
        issues.append(make_issue(IssueType.TOO_FEW_POINTS, radius=round(_HULL_RADIUS_M)))
        hull = hull.buffer(_HULL_RADIUS_M)
    if not all(is_at_sea(place) for place in places):
        hull = on_land(hull)
    hull, more = without_slivers(hull)
    if hull.is_empty:
        return _fallen_back(spec.recipe, places[0], issues)
    return Placement(
        geometry=stored_from_metric(hull),
        precision=Precision.SCHEMATIC,
        accuracy_m=accuracy_of(places, _HULL_ACCURACY_M),
        method=spec.recipe,
        basis=basis_of(places),
        issues=(*issues, *more),
        waypoints=waypoints_of(places),
    )


def _fallen_back(method: str, place: Located, issues: list[Issue]) -> Placement:
    marker = halo_placement(place, method)
    issue = make_issue(IssueType.NOT_ON_LAND, area=place.name)
    return placement_from_parts([marker], method=method, issues=[*issues, issue])


def place_members(spec: MembersSpec, context: Context) -> Placement:
    """The members' geometry together."""
    if not spec.members:
        issue = make_issue(IssueType.NO_MEMBERS)
        return _nothing(spec.recipe, [issue])
    parts: list[Placement] = []
    issues: list[Issue] = []
    for name in spec.members:
        part = context.feature_geometry(name)
        if part is None:
            raise RecipeError(f"目录中没有条目「{name}」")
        parts.append(part)
        if part.geometry is None:
            issues.append(make_issue(IssueType.PART_UNPLACED, name=name))
    return placement_from_parts(parts, method=spec.recipe, issues=issues)
