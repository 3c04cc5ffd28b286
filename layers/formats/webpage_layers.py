"""What the web page draws: base map and layers as GeoJSON, and their styles from the registry."""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.geometry import shape

from layers.formats.content import Content
from layers.map_layers import layer_collection

TOLERANCE_DEG = 0.00005
"""Outlines are drawn this close to the stored ones, 5 m: a pixel at zoom 15. Their corners are stored ones."""

BASE: dict[str, dict[str, Any]] = {
    "land": {"color": "#b9c4c9", "weight": 0.8, "fillColor": "#fbfaf6", "fillOpacity": 1},
    "water": {"stroke": False, "fillColor": "#cfe3ef", "fillOpacity": 1},
    "districts": {"color": "#8c98a4", "weight": 1.1, "opacity": 0.9, "dashArray": "6 3 1 3", "fill": False},
}
"""Base layers from below, as the application draws them."""

# From below: wide things first, points people look for on top.
PANES = (
    "admin", "township", "region", "structure", "zone", "bay", "coast", "island", "green", "mountain", "water",
    "renewal", "industrial_cluster", "industrial_park", "business_district", "commercial", "belt", "axis", "road",
    "rail", "heritage", "facility", "hub", "node", "core",
)  # fmt: skip


def base_collection(content: Content, name: str) -> dict[str, Any]:
    """A layer of the base map as the store keeps it, already simplified."""
    collection: dict[str, Any] = json.loads(content.store.base(name) or '{"features": []}')
    return {"type": "FeatureCollection", "features": collection["features"]}


def category_collection(content: Content, category: str) -> dict[str, Any]:
    """The selected features of a category, outlines simplified, with the few properties the page needs."""
    drawn = []
    for feature in layer_collection(content.store, category)["features"]:
        properties = feature["properties"]
        ids = [m["id"] for m in properties.get("together", [properties]) if m["id"] in content.ids]
        if not ids:
            continue
        kept: dict[str, Any] = {"id": ids[0]}
        if len(ids) > 1:
            kept["together"] = ids
        if "bearing" in properties:
            kept["bearing"] = properties["bearing"]
        drawn.append({"type": "Feature", "properties": kept, "geometry": _simplified(feature["geometry"])})
    return {"type": "FeatureCollection", "features": drawn}


def _simplified(geometry: dict[str, Any]) -> dict[str, Any]:
    if geometry["type"] in ("Point", "MultiPoint"):
        return geometry
    simple = shapely.simplify(shape(geometry), TOLERANCE_DEG)
    return geometry if simple.is_empty else dict(json.loads(shapely.to_geojson(simple)))


def feature_style(content: Content, category: str, feature: dict[str, Any]) -> dict[str, Any]:
    """Leaflet's path options of a drawn feature: colour and width of its category, line and fill of its precision."""
    look = content.styles.categories[category]
    found = content.store.features[feature["properties"]["id"]]
    sure = content.styles.precision[found.precision]
    style: dict[str, Any] = {"className": f"lv-{found.level}", "color": look.color}
    if feature["geometry"]["type"].endswith("LineString"):
        return style | {
            "weight": max(look.width, 6) if sure.soft else look.width,
            "opacity": sure.stroke_opacity,
            "dashArray": sure.dash or None,
            "lineCap": "butt" if sure.dash else "round",
            "fill": False,
        }
    hatched = sure.hatched and look.hatch != "none"
    return style | {
        "weight": 1 if sure.soft else min(look.width, 2),
        "opacity": 0.35 if sure.soft else sure.stroke_opacity,
        "dashArray": "1 6" if sure.soft else sure.dash or None,
        "fill": True,
        "fillColor": f"url(#hatch-{category})" if hatched else look.color,
        "fillOpacity": sure.fill_opacity,
    }
