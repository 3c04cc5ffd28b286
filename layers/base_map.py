"""The offline base map as the screen draws it: land, water and districts, simplified for screen scales."""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.base import read_land, read_water
from geo.crs import stored, to_metric, to_wgs84
from geo.districts import districts

TOLERANCE_M = 25.0
"""Half a pixel at zoom 12; the districts' lines are themselves 20 m off."""


def base_map() -> dict[str, dict[str, Any]]:
    """Name -> FeatureCollection (WGS 84): ``land``, ``water``, ``districts``."""
    return {
        "land": _collection([(f.name, f.kind, f.geometry) for f in read_land()]),
        "water": _collection([(f.name, f.kind, f.geometry) for f in read_water()]),
        "districts": _collection([(d.name, "district", d.geometry) for d in districts().values()]),
    }


def _collection(items: list[tuple[str, str, BaseGeometry]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [_feature(*item) for item in items]}


def _feature(name: str, kind: str, geometry: BaseGeometry) -> dict[str, Any]:
    simple = stored(to_wgs84(shapely.simplify(to_metric(geometry), TOLERANCE_M)))
    at = simple.representative_point()
    return {
        "type": "Feature",
        "properties": {"name": name, "kind": kind, "lon": round(at.x, 5), "lat": round(at.y, 5)},
        "geometry": json.loads(shapely.to_geojson(simple)),
    }
