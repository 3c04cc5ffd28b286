"""Recipes that name one place: ``place``, ``within``, ``unplaced``."""

from __future__ import annotations

import math
from typing import Literal

import shapely
from pydantic import Field
from shapely.geometry import Point

from geo.crs import area_m2, stored
from geo.issues import IssueType, make_issue
from geo.placement import Placement
from geo.precision import LOCATED_LIMIT_M, Precision
from geo.recipes.context import Context, Located, Reference, Spec

_WITHIN_KINDS = ("township", "district", "village")


class PlaceSpec(Spec):
    """``place``: the place itself."""

    recipe: Literal["place"]
    of: Reference


class WithinSpec(Spec):
    """``within``: known only to lie in this street, town or district."""

    recipe: Literal["within"]
    of: Reference


class UnplacedSpec(Spec):
    """``unplaced``: nothing honest can be drawn."""

    recipe: Literal["unplaced"]
    reason: str = Field(min_length=1)


def unplaced(method: str, place: str) -> Placement:
    """A placement without geometry because the one place it rests on is not placed."""
    issue = make_issue(IssueType.PART_UNPLACED, name=place)
    return Placement(None, Precision.UNPLACED, None, method, issues=(issue,))


def place_place(spec: PlaceSpec, context: Context) -> Placement:
    """Point, line or area of a place; a point that is too uncertain gets a halo."""
    place = context.one(spec.of)
    if place is None:
        return unplaced(spec.recipe, str(spec.of))
    accuracy = max(place.accuracy_m, spec.accuracy_m or 0.0)
    precision = place.precision
    if precision is Precision.LOCATED and accuracy > LOCATED_LIMIT_M:
        is_point = isinstance(place.geometry, Point)
        precision = Precision.DISTRICT if is_point else Precision.DERIVED
    return Placement(
        geometry=stored(place.geometry),
        precision=precision,
        accuracy_m=accuracy,
        method=spec.recipe,
        basis=place.basis,
        halo_m=max(accuracy, place.radius_m or 0.0) if precision is Precision.DISTRICT else None,
        waypoints=(place.waypoint,),
    )


def place_within(spec: WithinSpec, context: Context) -> Placement:
    """A marker somewhere in the place, with a halo as large as the place."""
    place = context.one(spec.of, prefer=_WITHIN_KINDS)
    if place is None:
        return unplaced(spec.recipe, str(spec.of))
    return halo_placement(place, spec.recipe)


def halo_placement(place: Located, method: str) -> Placement:
    """District precision at a place: its point, and a halo of its extent."""
    halo = round(max(halo_radius_m(place), place.accuracy_m if place.radius_m is None else 0.0))
    return Placement(
        geometry=stored(place.point),
        precision=Precision.DISTRICT,
        accuracy_m=float(halo),
        method=method,
        basis=place.basis,
        halo_m=float(halo),
        waypoints=(place.waypoint,),
    )


def halo_radius_m(place: Located) -> float:
    """Radius of a place: of the circle of its area, its own, or its accuracy."""
    if shapely.get_dimensions(place.geometry) == 2:
        return math.sqrt(area_m2(place.geometry) / math.pi)
    return place.radius_m if place.radius_m is not None else place.accuracy_m


def place_unplaced(spec: UnplacedSpec, context: Context) -> Placement:
    """No geometry, and the curator's reason."""
    del context
    issue = make_issue(IssueType.UNPLACED_BY_CHOICE, reason=spec.reason)
    return Placement(None, Precision.UNPLACED, None, spec.recipe, issues=(issue,))
