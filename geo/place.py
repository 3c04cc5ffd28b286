"""A place with coordinates, as the gazetteer gives it."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

BUILT_IN = "base"
"""Table name of the outlines that come from packages."""

OSM = "osm"
"""Table of OpenStreetMap's named points."""


@dataclass(frozen=True)
class Place:
    """A place with coordinates.

    Attributes
    ----------
    name, aliases
        Toponym and its other names.
    kind
        One of :data:`geo.gazetteer_rows.KINDS`.
    districts
        Districts it lies in; empty outside Qingdao or at sea.
    geometry
        WGS 84 point, line or area.
    radius_m
        Extent of a point place; None when unknown.
    accuracy_m
        How far the truth may be.
    source
        Source in words.
    note
        Anything else.
    table
        Table it comes from, without ``.csv``.
    surveyed
        Whether the geometry is a surveyed or legal outline.
    """

    name: str
    aliases: tuple[str, ...]
    kind: str
    districts: tuple[str, ...]
    geometry: BaseGeometry
    radius_m: float | None
    accuracy_m: float
    source: str
    note: str
    table: str
    surveyed: bool = False

    @property
    def reference(self) -> str:
        """How to write this place in a catalog so that only it is meant."""
        where = f"@{self.districts[0]}" if self.districts else ""
        return f"{self.kind}:{self.name}{where}"
