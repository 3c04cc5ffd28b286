"""What an atlas of a plan has pages for: its structures, then its features of the first level."""

from __future__ import annotations

from dataclasses import dataclass

from geo.precision import Precision, precision_words
from layers.deck.words import short_place_of
from layers.render.content import fitting_scale, plan_level
from layers.render.source import MapSource
from layers.scene_sets import own_structures
from layers.store import FeatureSummary, PlanInfo, Store

_SHARE = 4
_FRAME_MM = (165.0, 125.0)


@dataclass(frozen=True)
class Words:
    """A sentence with its place; ``of`` names the thing when it is not the page's own."""

    of: str
    sentence: str
    place: str


@dataclass(frozen=True)
class Row:
    """A project as printed."""

    feature: str
    name: str
    printed: str
    line: int


@dataclass(frozen=True)
class AtlasEntry:
    """A page: ``shown`` are the placed features on its map."""

    feature: FeatureSummary
    chapter: str
    shown: tuple[str, ...]
    unplaced: tuple[str, ...]

    @property
    def precision_sentence(self) -> str:
        words = precision_words(Precision(self.feature.precision))
        return f"落图：{words.label_zh}。{words.meaning_zh}"


def atlas_entries(store: Store, plan: PlanInfo) -> list[AtlasEntry]:
    """The pages of a plan's atlas in their order."""
    structures = own_structures(store, plan)
    entries = [_entry(store, s, "空间格局") for s in structures]
    taken = {s.id for s in structures}
    for feature in store.features.values():
        if plan.id in feature.plans and plan_level(feature, plan.id) == 1 and feature.id not in taken:
            entries.append(_entry(store, feature, "一级要素"))
    return entries


def _entry(store: Store, feature: FeatureSummary, chapter: str) -> AtlasEntry:
    members = [m for ids in feature.members.values() for m in ids] if chapter == "空间格局" else []
    wanted = list(dict.fromkeys([feature.id, *members]))
    placed = tuple(f for f in wanted if store.features[f].bbox)
    unplaced = tuple(store.features[f].name for f in wanted if not store.features[f].bbox)
    return AtlasEntry(feature, chapter, placed, unplaced)


def entry_words(store: Store, plan: PlanInfo, entry: AtlasEntry) -> list[Words]:
    """The plan's sentences on the thing, then the first on each member; none twice."""
    found: dict[str, Words] = {}
    for e in store.evidence(entry.feature.id):
        if e.plan == plan.id:
            found.setdefault(e.sentence, Words("", e.sentence, short_place_of(e)))
    for member in entry.shown:
        first = next((e for e in store.evidence(member) if e.plan == plan.id), None)
        if first is not None:
            found.setdefault(
                first.sentence, Words(store.features[member].name, first.sentence, short_place_of(first))
            )
    return list(found.values())


def entry_rows(store: Store, plan: PlanInfo, entry: AtlasEntry) -> list[Row]:
    """The plan's projects of the things on the page, each once."""
    found: dict[str, Row] = {}
    for feature in dict.fromkeys((entry.feature.id, *entry.shown)):
        for p in store.projects(feature):
            if p.quote.plan == plan.id:
                printed = "、".join(str(q["printed"]) for q in p.quantities if q.get("printed"))
                found.setdefault(p.id, Row(store.features[feature].name, p.name, printed, p.quote.line))
    return list(found.values())


def entry_scale(source: MapSource, plan: PlanInfo, entry: AtlasEntry) -> int | None:
    """A scale for what is too small to fill a map; None where the map fits itself to it.

    No map shows less than about a quarter of the plan's area: the base map has little to tell nearer by.
    """
    area = source.district(plan.district)
    if area is None:
        return None
    x0, y0, x1, y1 = area.bounds
    closest = fitting_scale((0, 0, (x1 - x0) / _SHARE, (y1 - y0) / _SHARE), *_FRAME_MM)
    boxes = [source.geometries[f].bounds for f in entry.shown]
    around = (
        min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip
    return closest if fitting_scale(around, *_FRAME_MM) < closest else None
