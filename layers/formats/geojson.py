"""GeoJSON: :mod:`layers.export_geojson` of a selection, with the imprint as foreign members."""

from __future__ import annotations

import json

from layers.export_geojson import feature_collection
from layers.formats.content import NOTICE, Content, plan_edition


def render(content: Content) -> bytes:
    """A FeatureCollection, the unplaced features with geometry null."""
    collection = feature_collection(content.store, content.features, content.crs)
    features = collection.pop("features")
    told = {
        "notice": NOTICE,
        "link": content.link,
        "selection": content.selection.as_words(),
        "editions": [plan_edition(p) for p in content.plans],
        "features": features,
    }
    return json.dumps(collection | told, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
