"""What an atlas of a plan has pages for: its structures and features, or its chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import shapely

from geo.crs import to_wgs84
from geo.precision import Precision, precision_words
from layers.deck.chapters import Chapter, plan_chapters
from layers.deck.words import short_place_of
from layers.records import FeatureSummary, PlanInfo, ProjectRecord
from layers.render.content import fitting_scale, plan_level
from layers.render.source import MapSource
from layers.scene_sets import own_structures
from layers.store import Store
from layers.styles import Styles

By = Literal["", "structure", "feature", "chapter"]
BY: tuple[By, ...] = ("", "structure", "feature", "chapter")
"""A page a structure and first-level feature; a structure; a feature of the first two levels; a chapter."""

STRUCTURES, FIRST = "空间格局", "一级要素"
_DEEPEST = 2
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
    """A page: ``part`` is the part of the atlas it stands in, ``shown`` are the placed features on its map, ``unplaced``
    the names of the others; of a feature or of a chapter."""

    title: str
    part: str
    subtitle: str
    shown: tuple[str, ...]
    unplaced: tuple[str, ...]
    feature: FeatureSummary | None = None
    chapter: Chapter | None = None


def atlas_entries(store: Store, styles: Styles, plan: PlanInfo, by: By = "") -> list[AtlasEntry]:
    """The pages of a plan's atlas in their order; a chapter that names nothing of the first two levels has none."""
    if by == "chapter":
        return list(_chapter_entries(store, plan))
    structures = own_structures(store, plan)
    if by == "feature":
        return _feature_entries(store, styles, plan)
    entries = [_entry(store, s, STRUCTURES, with_members=True) for s in structures]
    if by == "structure":
        return entries
    taken = {s.id for s in structures}
    first = (f for f in _of_plan(store, plan, 1) if f.id not in taken)
    return entries + [_entry(store, f, FIRST) for f in first]


def _of_plan(store: Store, plan: PlanInfo, deepest: int) -> Iterator[FeatureSummary]:
    for feature in store.features.values():
        if plan.id in feature.plans and plan_level(feature, plan.id) <= deepest:
            yield feature


def _feature_entries(store: Store, styles: Styles, plan: PlanInfo) -> list[AtlasEntry]:
    """By the groups of the layer tree, in each the more structural first."""
    features = list(_of_plan(store, plan, _DEEPEST))
    order = {c: i for i, c in enumerate(styles.categories)}
    features.sort(key=lambda f: (order[f.category], plan_level(f, plan.id)))
    return [
        _entry(store, f, styles.group_of[f.category].name, with_members=f.id in store.structures)
        for f in features
    ]


def _entry(store: Store, feature: FeatureSummary, part: str, with_members: bool = False) -> AtlasEntry:
    members = [m for ids in feature.members.values() for m in ids] if with_members else []
    shown, unplaced = _placed(store, list(dict.fromkeys([feature.id, *members])))
    words = precision_words(Precision(feature.precision))
    subtitle = f"落图：{words.label_zh}。{words.meaning_zh}"
    return AtlasEntry(feature.name, part, subtitle, shown, unplaced, feature=feature)


def _placed(store: Store, wanted: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of those on the map, names of those that are not."""
    placed = tuple(f for f in wanted if store.features[f].bbox)
    return placed, tuple(store.features[f].name for f in wanted if not store.features[f].bbox)


def _chapter_entries(store: Store, plan: PlanInfo) -> Iterator[AtlasEntry]:
    known = [f.id for f in _of_plan(store, plan, _DEEPEST)]
    mentions = [(f, e) for f, e in store.mentions_of(known) if e.plan == plan.id]
    for chapter in plan_chapters(store, plan.id):
        named = list(dict.fromkeys(f for f, e in mentions if chapter.start <= e.start < chapter.end))
        if not named:
            continue
        shown, unplaced = _placed(store, named)
        subtitle = f"本章点到的一、二级要素 {len(named)} 个，图上 {len(shown)} 个"
        yield AtlasEntry(chapter.title, chapter.part, subtitle, shown, unplaced, chapter=chapter)


def entry_words(store: Store, plan: PlanInfo, entry: AtlasEntry) -> list[Words]:
    """Of a feature the plan's sentences on it, then the first on each member; of a chapter its sentences that name a
    feature of the page. None twice."""
    if entry.chapter is not None:
        return _chapter_words(store, plan, entry.chapter)
    found: dict[str, Words] = {}
    own = entry.feature.id if entry.feature else ""
    for e in store.evidence(own):
        if e.plan == plan.id:
            found.setdefault(e.sentence, Words("", e.sentence, short_place_of(e)))
    for member in entry.shown:
        first = next((e for e in store.evidence(member) if e.plan == plan.id), None)
        if first is not None:
            found.setdefault(
                first.sentence, Words(store.features[member].name, first.sentence, short_place_of(first))
            )
    return list(found.values())


def _chapter_words(store: Store, plan: PlanInfo, chapter: Chapter) -> list[Words]:
    known = [f.id for f in _of_plan(store, plan, _DEEPEST)]
    named: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for feature, e in store.mentions_of(known):
        if e.plan == plan.id and chapter.start <= e.start < chapter.end:
            names = named.setdefault(e.sentence, [])
            if store.features[feature].name not in names:
                names.append(store.features[feature].name)
            places.setdefault(e.sentence, short_place_of(e))
    return [Words("、".join(names), sentence, places[sentence]) for sentence, names in named.items()]


def entry_rows(store: Store, plan: PlanInfo, entry: AtlasEntry) -> list[Row]:
    """The plan's projects of the things on the page, of a chapter those it prints itself; each once."""
    own = (entry.feature.id,) if entry.feature else ()
    wanted = dict.fromkeys((*own, *entry.shown))
    found: dict[str, Row] = {}
    for p in store.projects() if entry.chapter else (p for f in wanted for p in store.projects(f)):
        if p.quote.plan == plan.id and _stands_in(p, entry.chapter):
            printed = "、".join(str(q["printed"]) for q in p.quantities if q.get("printed"))
            found.setdefault(p.id, Row(store.features[p.feature].name, p.name, printed, p.quote.line))
    return list(found.values())


def _stands_in(project: ProjectRecord, chapter: Chapter | None) -> bool:
    return chapter is None or chapter.start <= project.quote.start < chapter.end


def entry_camera(source: MapSource, plan: PlanInfo, entry: AtlasEntry) -> dict[str, object]:
    """Scale and middle as layout values: a chapter's map shows the plan's area; another's shows what it is about, but no
    less than about a quarter of that area, as the base map has little to tell nearer by."""
    area = source.district(plan.district)
    if area is None:
        return {}
    x0, y0, x1, y1 = area.bounds
    if entry.chapter is not None:
        middle = to_wgs84(shapely.Point((x0 + x1) / 2, (y0 + y1) / 2))
        return {"scale": fitting_scale(area.bounds, *_FRAME_MM), "centre": (middle.x, middle.y)}
    closest = fitting_scale((0, 0, (x1 - x0) / _SHARE, (y1 - y0) / _SHARE), *_FRAME_MM)
    around = shapely.total_bounds([source.geometries[f] for f in entry.shown]).tolist()
    return {"scale": closest} if fitting_scale(around, *_FRAME_MM) < closest else {}


def beyond_the_plan(source: MapSource, plan: PlanInfo, entry: AtlasEntry) -> tuple[str, ...]:
    """Names of a chapter's features that lie wholly outside the box of the plan's area, which its map shows."""
    area = source.district(plan.district)
    if area is None or entry.chapter is None:
        return ()
    box = shapely.box(*area.bounds)
    known = source.store.features
    return tuple(known[f].name for f in entry.shown if not source.geometries[f].intersects(box))
