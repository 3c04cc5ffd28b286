"""What a figure is drawn from: the store's geometries and base map in metres, read once and kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metric
from layers.render.projection import Projection
from layers.store import Store
from layers.styles import Styles

_T = TypeVar("_T")
_CAMERAS = 24


@dataclass(frozen=True)
class BaseArea:
    """A land, water or district area in metres (EPSG:4549)."""

    name: str
    geometry: BaseGeometry


class MapSource:
    """Store and styles as the renderer needs them. Nothing in it changes; it may be shared between threads."""

    def __init__(self, store: Store, styles: Styles) -> None:
        self.store = store
        self.styles = styles
        self._at: Callable[[Any, Projection], Any] = lru_cache(_CAMERAS)(lambda make, at: make(self, at))

    def at(self, projection: Projection, make: Callable[[MapSource, Projection], _T]) -> _T:
        """What ``make`` gives of the base map at a camera, kept for the few cameras last used."""
        found: _T = self._at(make, projection)
        return found

    @cached_property
    def geometries(self) -> dict[str, BaseGeometry]:
        """Geometry by feature id in metres (EPSG:4549), without the unplaced."""
        return {fid: _valid(to_metric(shape(g))) for fid, g in self.store.geometries().items()}

    @cached_property
    def land(self) -> list[BaseArea]:
        return self._base("land")

    @cached_property
    def water(self) -> list[BaseArea]:
        return self._base("water")

    @cached_property
    def districts(self) -> list[BaseArea]:
        return self._base("districts")

    @cached_property
    def ground(self) -> tuple[float, float, float, float]:
        """The box in metres within which the base map is known: ``(x0, y0, x1, y1)``, on the safe side."""
        frame = json.loads(self.store.base("land") or '{"features": []}')
        west, south, east, north = shapely.union_all([shape(f["geometry"]) for f in frame["features"]]).bounds
        edges = [
            to_metric(shapely.linestrings([a, b])).segmentize(2000).bounds
            for a, b in (((west, south), (west, north)), ((east, south), (east, north)),
                         ((west, south), (east, south)), ((west, north), (east, north)))
        ]  # fmt: skip
        return edges[0][2], edges[2][3], edges[1][0], edges[3][1]

    def district(self, name: str) -> BaseGeometry | None:
        """The area of a district, or of 青岛市 as a whole; None for an unknown name."""
        if name == "青岛市":
            return shapely.union_all([d.geometry for d in self.districts])
        return next((d.geometry for d in self.districts if d.name == name), None)

    def _base(self, name: str) -> list[BaseArea]:
        collection = json.loads(self.store.base(name) or '{"features": []}')
        return [
            BaseArea(f["properties"]["name"], _valid(to_metric(shape(f["geometry"]))))
            for f in collection["features"]
        ]


def _valid(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.geom_type == "GeometryCollection" or geometry.is_valid:
        return geometry
    return shapely.make_valid(geometry)
