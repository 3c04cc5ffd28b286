"""What happens on the map when a feature is chosen; its panel comes by URL (viewer/routes.py)."""

from __future__ import annotations

import json
from typing import Any

from dash import Dash, Input, Output, no_update

from layers.map_layers import one_feature
from layers.store import Store
from layers.styles import Styles
from viewer import ids
from viewer.map_view import layer_look, viewport


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Choosing a feature brings it into view, and highlights it where the browser could not (``lit``: assets/1-map.js)."""

    @app.callback(
        Output(ids.HIGHLIGHT, "data"),
        Output(ids.HIGHLIGHT, "hideout"),
        Output(ids.MAP, "viewport"),
        Input(ids.SELECTED, "data-said"),
        prevent_initial_call=True,
    )
    def show(said: str) -> tuple[Any, Any, Any]:
        selected = _choice(said)
        feature = store.features.get(str(selected.get("id", "")))
        if feature is None:
            return {"type": "FeatureCollection", "features": []}, no_update, no_update
        view = viewport(feature) if selected.get("fly") else None
        if selected.get("lit"):
            return no_update, no_update, view or no_update
        return one_feature(store, feature.id), layer_look(feature.category, styles), view or no_update


def _choice(said: str) -> dict[str, Any]:
    """What the page says of the choice; nothing when it is not readable."""
    try:
        choice = json.loads(said)
    except (TypeError, ValueError):
        return {}
    return choice if isinstance(choice, dict) else {}
