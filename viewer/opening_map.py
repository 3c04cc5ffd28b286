"""The map's data in two answers instead of one a layer: what the opening view shows, then everything else.

Each names its content by URL (:mod:`viewer.kept_answers`). The document asks for the first before any script runs;
assets/1-opening.js hands it to the layers, and adds the second once the first stands. Both together hold what the layers'
own URLs give, in the same order.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from layers.map_layers import layer_collection
from layers.store import Store
from layers.styles import Styles
from viewer.kept_answers import KeptAnswers

_BASE_LAYERS = ("land", "water", "districts")
OPENING_LEVEL = 1
"""The level the page opens with (see assets/2-page.js)."""


def base_path(name: str) -> str:
    """Where a layer of the base map has its own URL."""
    return f"/base/{name}.geojson"


def layer_path(category: str) -> str:
    """Where a category has its own URL."""
    return f"/layers/{category}.geojson"


class OpeningMap:
    """Both answers; made when they are first asked for."""

    def __init__(self, store: Store, styles: Styles, kept: KeptAnswers) -> None:
        self._store = store
        self._styles = styles
        self._kept = kept

    @property
    def paths(self) -> list[str]:
        """The layers' own URLs that the first answer stands for."""
        return [*map(base_path, _BASE_LAYERS), *map(layer_path, self._styles.categories)]

    @cached_property
    def urls(self) -> tuple[str, str]:
        """The URLs of the first answer and of the rest."""
        first, rest = split(self._store, self._styles)
        return self._keep("opening", first), self._keep("rest", rest)

    def _keep(self, stem: str, value: Any) -> str:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return self._kept.keep(stem, "json", body, "application/json")


def split(store: Store, styles: Styles) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the opening view shows, and what is added to it.

    Returns
    -------
    tuple
        Path of a layer -> FeatureCollection; and category -> ``{"at": [...], "features": [...]}``, where ``at`` is
        the place of each feature in the whole layer, counted from zero and rising.
    """
    first: dict[str, Any] = {base_path(n): json.loads(store.base(n) or _EMPTY) for n in _BASE_LAYERS}
    rest: dict[str, Any] = {}
    for category, style in styles.categories.items():
        features = layer_collection(store, category)["features"]
        shown = [style.shown and f["properties"]["level"] <= OPENING_LEVEL for f in features]
        first[layer_path(category)] = {
            "type": "FeatureCollection",
            "features": [f for f, now in zip(features, shown, strict=True) if now],
        }
        later = [i for i, now in enumerate(shown) if not now]
        if later:
            rest[category] = {"at": later, "features": [features[i] for i in later]}
    return first, rest


_EMPTY = '{"type": "FeatureCollection", "features": []}'
