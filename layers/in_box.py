"""What lies in a box on the map, and the paragraphs that name it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import shapely
from shapely.geometry import shape
from shapely.strtree import STRtree

from layers.records import Evidence
from layers.said import said
from layers.store import Store

BBox = tuple[float, float, float, float]


class BoxError(ValueError):
    """The text is no box; the message says why in one sentence."""


@dataclass(frozen=True)
class NamingPassage:
    """A paragraph with the features it names, in the order of the text; ``first`` is the first mention."""

    first: Evidence
    features: tuple[str, ...]


class FeatureIndex:
    """The placed features of a store, to be asked for a box; safe for threads."""

    def __init__(self, store: Store) -> None:
        geometries = store.geometries()
        self._ids = list(geometries)
        self._tree = STRtree([shape(g) for g in geometries.values()])

    def in_box(self, bbox: BBox) -> list[str]:
        """Ids of the features that reach into ``(west, south, east, north)``, in catalog order."""
        found = self._tree.query(shapely.box(*bbox), predicate="intersects")
        return [self._ids[i] for i in sorted(int(i) for i in found)]


def read_box(text: str) -> BBox:
    """``"west,south,east,north"`` in WGS 84 degrees.

    Raises
    ------
    BoxError
        When it is not four numbers of a box on the globe.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as e:
        raise BoxError(said("框应写成「西,南,东,北」四个数")) from e
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BoxError(said("框的四至不对：西应小于东，南应小于北"))
    return west, south, east, north


def passages_naming(store: Store, features: Collection[str]) -> dict[str, list[NamingPassage]]:
    """Plan -> the paragraphs that name any of the features: those that name most first, then by place in the text."""
    found: dict[str, dict[str, tuple[Evidence, dict[str, None]]]] = {}
    for feature, mention in store.mentions_of(features):
        passage = found.setdefault(mention.plan, {}).setdefault(mention.passage, (mention, {}))
        passage[1].setdefault(feature)
    return {
        plan: sorted(
            (NamingPassage(first, tuple(named)) for first, named in passages.values()),
            key=lambda p: (-len(p.features), p.first.start),
        )
        for plan, passages in found.items()
    }
