"""Better geometry for hand-made rows, where another table has it.

An island gets its outline. A rough point of a site (a park, a school, a works) gives way to
OpenStreetMap's point of the same name in the same district, when that lies near.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shapely.geometry import Point

from geo.crs import distance_m
from geo.gazetteer_rows import SITE_KINDS
from geo.place import OSM, Place
from geo.toponym import name_key

ROUGH_M = 300.0
NEAR_M = 2000.0


def improved(places: Iterable[Place], built_in: Iterable[Place]) -> list[Place]:
    """The places, with better geometry where there is any.

    Parameters
    ----------
    places
        Rows of all tables.
    built_in
        Outlines from packages.
    """
    rows = list(places)
    outlines = {place.name: place for place in built_in if place.kind == "island"}
    sites: dict[str, list[Place]] = {}
    for place in rows:
        if place.table == OSM and place.kind in SITE_KINDS:
            sites.setdefault(name_key(place.name), []).append(place)
    return [_sharpened(_outlined(place, outlines), sites) for place in rows]


def _outlined(place: Place, outlines: dict[str, Place]) -> Place:
    """A hand-made island point with the outline of the island of that name."""
    if place.kind != "island" or not isinstance(place.geometry, Point):
        return place
    outline = next((outlines[n] for n in (place.name, *place.aliases) if n in outlines), None)
    if outline is None:
        return place
    return replace(
        outline,
        name=place.name,
        aliases=place.aliases,
        note=place.note,
        table=place.table,
        districts=place.districts,
    )


def _sharpened(place: Place, sites: dict[str, list[Place]]) -> Place:
    """A rough site at OpenStreetMap's point of the same name, when there is just one near."""
    is_rough = place.table != OSM and place.accuracy_m > ROUGH_M and isinstance(place.geometry, Point)
    if not is_rough or place.kind not in SITE_KINDS:
        return place
    same = [
        site for site in sites.get(name_key(place.name), []) if set(site.districts) & set(place.districts)
    ]
    near = [site for site in same if distance_m(site.geometry, place.geometry) <= NEAR_M]
    if len(near) != 1:
        return place
    return replace(place, geometry=near[0].geometry, accuracy_m=near[0].accuracy_m, source=near[0].source)
