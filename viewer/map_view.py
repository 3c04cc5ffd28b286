"""The map: an offline base map, one layer a category by URL, and the chosen feature on top."""

from __future__ import annotations

import json
from typing import Any

import dash_leaflet as dl
from dash_extensions.javascript import Namespace
from markupsafe import Markup
from shapely.geometry import shape

from geo.precision import Precision
from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Styles
from viewer import ids
from viewer.i18n import PLAN_WORDS, label, precision_label

_JS = Namespace("planAtlas", "map")
_HOME = (119.55, 35.58, 121.0, 37.15)
"""West, south, east, north of 青岛 where no district lines are known."""

EXTENT = [[35.2, 119.2], [37.4, 121.6]]
"""What the base map covers; beyond it there is neither land nor sea to show."""

# Panes from bottom to top: wide things below, points people look for on top.
_ORDER = [
    "admin", "township", "region", "structure", "zone", "bay", "coast", "island", "green", "mountain", "water",
    "renewal", "industrial_cluster", "industrial_park", "business_district", "commercial", "belt", "axis", "road",
    "rail", "heritage", "facility", "hub", "node", "core",
]  # fmt: skip


def layout(store: Store, styles: Styles) -> dl.Map:
    """The map with its base, layers, highlight and scale bar."""
    version = store.version[:12]
    west, south, east, north = plan_bounds(store)[""]
    return dl.Map(
        id=ids.MAP,
        className="map",
        bounds=[[south, west], [north, east]],
        trackViewport=False,  # no callback asks; Dash would go through the whole page at every move
        minZoom=8,
        maxZoom=17,
        zoomSnap=0.25,
        wheelPxPerZoomLevel=120,
        attributionControl=False,
        zoomControl=False,
        children=[
            dl.Pane(
                name="base-sea",
                style={"zIndex": 205},
                children=dl.Rectangle(
                    bounds=EXTENT,
                    pane="base-sea",
                    interactive=False,
                    stroke=False,
                    className="base-sea",
                    fillOpacity=1,
                ),
            ),
            _base("land", 210, version),
            _base("water", 215, version),
            _base("districts", 220, version),
            *(_layer(c, 400 + 4 * i, styles, version) for i, c in enumerate(_ORDER)),
            dl.Pane(
                name="highlight",
                style={"zIndex": 620, "pointerEvents": "none"},
                children=dl.GeoJSON(
                    id=ids.HIGHLIGHT,
                    data={"type": "FeatureCollection", "features": []},
                    style=_JS("highlightStyle"),
                    pointToLayer=_JS("highlightPoint"),
                    pane="highlight",
                    hideout=layer_look("axis", styles),
                    interactive=False,
                ),
            ),
            dl.ZoomControl(position="topright"),
            dl.AttributionControl(position="bottomright", prefix=_attribution(store)),
            dl.ScaleControl(position="bottomright", imperial=False),
        ],
    )


def plan_bounds(store: Store) -> dict[str, tuple[float, float, float, float]]:
    """Plan id -> west, south, east, north of its district; of all districts for the city and for "", the whole."""
    features = json.loads(store.base("districts") or '{"features": []}')["features"]
    boxes = {f["properties"]["name"]: shape(f["geometry"]).bounds for f in features}
    west, south, east, north = zip(*(boxes.values() or [_HOME]), strict=True)
    whole = (min(west), min(south), max(east), max(north))
    return {"": whole} | {p.id: boxes.get(p.district, whole) for p in store.plans.values()}


def _attribution(store: Store) -> str:
    """The sources as they name themselves, as HTML."""
    return str(Markup('<span lang="{}">{}</span>').format(PLAN_WORDS["lang"], " | ".join(store.attribution)))


def _base(name: str, z: int, version: str) -> dl.Pane:
    return dl.Pane(
        name=f"base-{name}",
        style={"zIndex": z},
        children=dl.GeoJSON(
            url=f"/base/{name}.geojson?v={version}",
            style=_JS("baseStyle"),
            onEachFeature=_JS("baseLabel"),
            pane=f"base-{name}",
            interactive=False,
            hideout={"base": name},
        ),
    )


def _layer(category: str, z: int, styles: Styles, version: str) -> dl.Pane:
    style = styles.categories[category]
    return dl.Pane(
        name=f"layer-{category}",
        style={"zIndex": z, "display": "" if style.shown else "none"},
        children=dl.GeoJSON(
            id=ids.layer(category),
            url=f"/layers/{category}.geojson?v={version}",
            style=_JS("style"),
            pointToLayer=_JS("point"),
            onEachFeature=_JS("onEach"),
            pane=f"layer-{category}",
            hideout=layer_look(category, styles),
        ),
    )


def layer_look(category: str, styles: Styles) -> dict[str, Any]:
    """What the drawing functions of assets/map.js need to know of a category."""
    style = styles.categories[category]
    return {
        "category": category,
        "categoryName": label(style),
        **style.model_dump(include={"color", "symbol", "hatch", "width"}),
        "precision": {
            name: {"name": precision_label(Precision(name)), **p.model_dump()}
            for name, p in styles.precision.items()
        },
    }


def viewport(feature: FeatureSummary) -> dict[str, Any] | None:
    """Where to fly so that a feature is seen: its bounds, or a point with a fitting zoom; None when unplaced."""
    if feature.bbox is None:
        return None
    west, south, east, north = feature.bbox
    reach = (feature.halo_m or 0) / 90_000
    west, south, east, north = west - reach, south - reach, east + reach, north + reach
    if max(east - west, north - south) < 0.01:
        return {"center": [feature.lat, feature.lon], "zoom": 14, "transition": "flyTo"}
    margin = 0.15 * max(east - west, north - south)
    bounds = [[south - margin, west - margin], [north + margin, east + margin]]
    return {"bounds": bounds, "transition": "flyToBounds"}
