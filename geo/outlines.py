"""Places whose outline comes from packages: districts, the city, named islands."""

from __future__ import annotations

import math
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from geo.base import named_islands
from geo.crs import area_m2, stored
from geo.districts import CITY, city, districts
from geo.place import BUILT_IN, Place

_ISLAND_SOURCE = "OpenStreetMap land polygons (ODbL)"
_ISLAND_ACCURACY_M = 50.0


def built_in_places() -> tuple[Place, ...]:
    """Districts, the city and named islands, as surveyed outlines."""
    found = districts().values()
    ten = [_outline(d.name, "district", (d.name,), d.geometry, d.source, d.accuracy_m) for d in found]
    sources = "；".join(dict.fromkeys(d.source for d in found))
    whole = _outline(CITY, "city", tuple(districts()), city(), sources, max(d.accuracy_m for d in found))
    islands = [
        _outline(name, "island", _districts_of(f.geometry), f.geometry, _ISLAND_SOURCE, _ISLAND_ACCURACY_M)
        for name, f in named_islands().items()
    ]
    return (*ten, replace(whole, aliases=("青岛市域", "全市")), *islands)


def _outline(
    name: str, kind: str, within: tuple[str, ...], geometry: BaseGeometry, source: str, accuracy_m: float
) -> Place:
    radius = math.sqrt(area_m2(geometry) / math.pi)
    return Place(
        name,
        (),
        kind,
        within,
        stored(geometry),
        round(radius),
        accuracy_m,
        source,
        "",
        BUILT_IN,
        surveyed=True,
    )


def _districts_of(geometry: BaseGeometry) -> tuple[str, ...]:
    return tuple(name for name, d in districts().items() if d.geometry.intersects(geometry))
