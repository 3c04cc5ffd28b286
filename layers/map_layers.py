"""What the map draws: one light FeatureCollection a category, and the base map.

Lighter than the export: what a layer does not draw is asked for by id.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from layers.records import FeatureSummary
from layers.store import Store

GeoJson = dict[str, Any]


def layer_collection(store: Store, category: str) -> GeoJson:
    """The drawn features of a category, large areas first so that small ones stay on top.

    Arrow heads of directed lines are points of their own with ``bearing`` (degrees clockwise from north). Features
    known only to lie in the same street, town or district stand at one point: they come as one feature with
    ``together``, the list of their ids and names.
    """
    return _collection(store, store.geometries(category))


def side_collection(store: Store, features: Collection[str], common: Collection[str]) -> GeoJson:
    """Some features of all categories, for one of two maps side by side.

    Beside what :func:`layer_collection` gives, each has its ``category`` and whether it is ``common`` to both sides.
    """
    drawn = _collection(store, {f: g for f, g in store.geometries().items() if f in features})
    for feature in drawn["features"]:
        properties = feature["properties"]
        properties["category"] = store.features[properties["id"]].category
        properties["common"] = properties["id"] in common
    return drawn


def _collection(store: Store, geometries: dict[str, GeoJson]) -> GeoJson:
    features = sorted((store.features[fid] for fid in geometries), key=_extent, reverse=True)
    drawn: list[GeoJson] = []
    vague: dict[tuple[str, float | None, float | None], list[FeatureSummary]] = defaultdict(list)
    for feature in features:
        if feature.precision == "district" and geometries[feature.id]["type"] == "Point":
            vague[feature.category, feature.lon, feature.lat].append(feature)
        else:
            drawn.extend(_features(feature, geometries[feature.id]))
    drawn.extend(
        _together(sorted(group, key=lambda f: f.level), geometries[group[0].id]) for group in vague.values()
    )
    return {"type": "FeatureCollection", "features": drawn}


def one_feature(store: Store, feature_id: str) -> GeoJson:
    """One feature to be drawn as chosen: each part twice, as ``casing`` (role) below and as itself above.

    Empty when the feature is unplaced or unknown.
    """
    geometry = store.geometry(feature_id)
    if geometry is None:
        return {"type": "FeatureCollection", "features": []}
    feature = store.features[feature_id]
    parts = list(_features(feature, geometry))
    casing = [
        {**p, "properties": {**p["properties"], "role": "casing"}}
        for p in parts
        if "bearing" not in p["properties"]
    ]
    return {"type": "FeatureCollection", "features": [*casing, *parts]}


def _features(f: FeatureSummary, geometry: GeoJson) -> Iterator[GeoJson]:
    """A mixed geometry (a structure drawn from its members) falls into its parts, so that each is styled as it is."""
    parts = geometry["geometries"] if geometry["type"] == "GeometryCollection" else [geometry]
    for part in parts:
        yield {"type": "Feature", "properties": _properties(f), "geometry": part}
        yield from _arrow_heads(f, part)


def _together(group: list[FeatureSummary], geometry: GeoJson) -> GeoJson:
    properties = _properties(group[0])
    if len(group) > 1:
        properties["together"] = [
            {"id": f.id, "name": f.name, "level": f.level, "plans": f.plans} for f in group
        ]
        properties["plans"] = sorted({p for f in group for p in f.plans})
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _properties(f: FeatureSummary) -> GeoJson:
    properties: GeoJson = {
        "id": f.id, "name": f.name, "precision": f.precision, "level": f.level, "plans": f.plans, "at": [f.lon, f.lat],
    }  # fmt: skip
    if f.halo_m:
        properties["halo_m"] = round(f.halo_m)
    return properties


def _extent(f: FeatureSummary) -> float:
    west, south, east, north = f.bbox or (0.0, 0.0, 0.0, 0.0)
    return (east - west) * (north - south)


def _arrow_heads(f: FeatureSummary, geometry: GeoJson) -> Iterator[GeoJson]:
    if f.arrow in (None, "none") or geometry["type"] != "LineString":
        return
    line = geometry["coordinates"]
    ends = [(line[-1], _before(line[::-1]))] if f.arrow in ("end", "both") else []
    ends += [(line[0], _before(line))] if f.arrow in ("start", "both") else []
    for tip, tail in ends:
        yield {
            "type": "Feature",
            "properties": {**_properties(f), "bearing": round(_bearing(tail, tip), 1)},
            "geometry": {"type": "Point", "coordinates": tip},
        }


def _before(line: list[list[float]], reach_deg: float = 0.02) -> list[float]:
    """The point from which the direction at ``line[0]`` is taken: far enough not to follow a wiggle."""
    return next((p for p in line[1:] if math.dist(p, line[0]) > reach_deg), line[-1])


def _bearing(start: list[float], end: list[float]) -> float:
    """Direction on the screen (Web Mercator keeps angles), degrees clockwise from north."""
    east = (end[0] - start[0]) * math.cos(math.radians((start[1] + end[1]) / 2))
    return math.degrees(math.atan2(east, end[1] - start[1])) % 360
