"""A placement: how a feature got its geometry, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import stored
from geo.issues import Issue
from geo.precision import Precision, weakest

Arrow = Literal["none", "start", "end", "both"]


@dataclass(frozen=True)
class Waypoint:
    """A named place a geometry was drawn through or from.

    Attributes
    ----------
    name
        As the catalog writes it; empty for bare coordinates.
    lon, lat
        WGS 84.
    """

    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Placement:
    """Geometry of a feature with its provenance.

    Attributes
    ----------
    geometry
        WGS 84, 6 decimals, valid, RFC 7946 winding; None when unplaced.
    precision
        Class of precision.
    accuracy_m
        How far the truth may be from the geometry; None when that has no meaning (unplaced).
    method
        Name of the recipe.
    basis
        Sources of the places used, in words.
    note
        The curator's note.
    issues
        What was repaired, assumed or given up.
    halo_m
        Radius of the halo of a district-precision marker; None otherwise.
    arrow
        Ends of a line that carry an arrow.
    waypoints
        The places used, in order.
    """

    geometry: BaseGeometry | None
    precision: Precision
    accuracy_m: float | None
    method: str
    basis: str = ""
    note: str = ""
    issues: tuple[Issue, ...] = ()
    halo_m: float | None = None
    arrow: Arrow = "none"
    waypoints: tuple[Waypoint, ...] = ()


def joined_words(words: Iterable[str]) -> str:
    """Sources in words, each once, in order of first use."""
    return "；".join(dict.fromkeys(word for word in words if word))


def collected(geometries: Iterable[BaseGeometry]) -> BaseGeometry | None:
    """Several WGS 84 geometries as one: areas and lines each united, kinds mixed only where they must be.

    Returns None when there is nothing to collect.
    """
    parts = [
        part for geometry in geometries for part in shapely.get_parts(_flat(geometry)) if not part.is_empty
    ]
    merged: list[BaseGeometry] = []
    for dimension in (2, 1, 0):
        same = [part for part in parts if shapely.get_dimensions(part) == dimension]
        if same:
            merged.append(stored(shapely.union_all(same)))
    if not merged:
        return None
    if len(merged) == 1:
        return merged[0]
    return shapely.GeometryCollection([p for m in merged for p in shapely.get_parts(m)])


def _flat(geometry: BaseGeometry) -> BaseGeometry:
    """A collection without collections in it."""
    if geometry.geom_type != "GeometryCollection":
        return geometry
    inner = [part for member in shapely.get_parts(geometry) for part in shapely.get_parts(_flat(member))]
    return shapely.GeometryCollection(inner)


def placement_from_parts(
    parts: Iterable[Placement], *, method: str = "members", note: str = "", issues: Iterable[Issue] = ()
) -> Placement:
    """One placement from several: their geometry together, the weakest precision, the worst accuracy.

    Parts without a geometry are left out; with none left the result is unplaced.
    """
    drawn = [part for part in parts if part.geometry is not None]
    geometry = collected(part.geometry for part in drawn if part.geometry is not None)
    if geometry is None:
        return Placement(None, Precision.UNPLACED, None, method, note=note, issues=tuple(issues))
    return Placement(
        geometry=geometry,
        precision=weakest(part.precision for part in drawn),
        accuracy_m=max((p.accuracy_m for p in drawn if p.accuracy_m is not None), default=None),
        method=method,
        basis=joined_words(word for part in drawn for word in part.basis.split("；")),
        note=note,
        issues=tuple(issues),
        halo_m=max((p.halo_m for p in drawn if p.halo_m is not None), default=None),
        waypoints=tuple(w for part in drawn for w in part.waypoints),
    )
