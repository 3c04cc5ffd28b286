"""What stands on a feature or beside it: within an area, along a line, around a point."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from geo.crs import to_metric
from geo.precision import Precision
from layers.store import Store

BESIDE_M = 1000.0
"""How far from a line or a point something still stands beside it."""

_MOSTLY = 0.5
"""A line or an area belongs to what holds so much of it: a region that merely crosses an axis does not."""


@dataclass(frozen=True)
class Surroundings:
    """What stands on or beside a feature, in catalog order.

    ``reach_m`` is how far beyond its own shape was looked: 0 for an area, None for what is not placed. ``perhaps`` are
    those of which only the district is known: their marks stand here, they themselves may not.
    """

    reach_m: float | None
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


class Nearby:
    """The placed features of a store in metres (EPSG:4549), to be asked for a feature; safe for threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _shapes(self) -> dict[str, BaseGeometry]:
        shapes = {i: to_metric(shape(g)) for i, g in self._store.geometries().items()}
        return {i: s if s.is_valid else shapely.make_valid(s) for i, s in shapes.items()}

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree(list(self._shapes.values()))

    def of(self, feature: str) -> Surroundings:
        """What stands on or beside a feature."""
        own = self._shapes.get(feature)
        if own is None:
            return Surroundings(None, (), ())
        reach_m = 0.0 if own.area else BESIDE_M
        around = own.buffer(reach_m) if reach_m else own
        ids = list(self._shapes)
        near = [ids[i] for i in sorted(int(i) for i in self._tree.query(around, predicate="intersects"))]
        found = [i for i in near if i != feature and _stands_on(self._shapes[i], around)]
        vague = {i for i in found if self._store.features[i].precision == Precision.DISTRICT}
        return Surroundings(
            reach_m, tuple(i for i in found if i not in vague), tuple(i for i in found if i in vague)
        )


def _stands_on(part: BaseGeometry, around: BaseGeometry) -> bool:
    size = part.area or part.length
    if not size:
        return True
    common = part.intersection(around)
    return bool((common.area if part.area else common.length) >= _MOSTLY * size)
