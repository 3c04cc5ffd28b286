"""Whether the members of a structure are what its words count: 「湾」 bays, 「横」 lines that run from west to east."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from layers.catalog_entries import counted_kind
from layers.records import FeatureSummary
from layers.store import Store
from layers.structures.vocabulary import Kind, Vocabulary

_LINES = frozenset({"axis", "belt", "rail", "road"})


Amiss = Literal["category", "bearing"]


@dataclass(frozen=True)
class Doubt:
    """A member that does not look like what the formula counts: ``what`` of it is amiss."""

    structure: str
    kind: str
    member: str
    what: Amiss


def member_doubts(store: Store, vocabulary: Vocabulary) -> list[Doubt]:
    """Members whose category, or whose bearing on the map, is not the one data/formulas.yaml gives the kind."""
    found = []
    for structure in store.structures:
        feature = store.features[structure]
        for label, members in feature.members.items():
            kind = vocabulary.by_word.get(counted_kind(label))
            for member in members if kind else ():
                found += [
                    Doubt(structure, label, member, what) for what in _doubts(store.features[member], kind)
                ]
    return found


def _doubts(member: FeatureSummary, kind: Kind | None) -> Iterator[Amiss]:
    if kind is None:
        return
    if member.category not in kind.categories:
        yield "category"
    if kind.bearing is not None and member.bbox is not None and member.category in _LINES:
        west, south, east, north = member.bbox
        wide = (east - west) * math.cos(math.radians((south + north) / 2))
        if (wide < north - south) != (kind.bearing == "north_south"):
            yield "bearing"
