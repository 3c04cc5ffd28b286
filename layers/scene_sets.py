"""A ready set of scenes for each plan, made from its structures: to be shown as it is, or to begin one's own from.

A chapter opens with its camera and the structure as a whole; after that one thing a scene is added and the camera
stays. Chapters: the whole area, each structure of the plan's own member by member, industry and transport layer by
layer, and the whole again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import shape

from geo.precision import Precision, precision_words
from layers.records import Evidence, FeatureSummary, PlanInfo
from layers.store import Store
from layers.styles import Styles
from layers.view_link import BBox, ViewState, encode_link

SCHEMA = "plan-atlas-scenes"
VERSION = 1

_LAYERED = {"产业集群": ("industry", 2), "交通": ("transport", 2)}
"""Chapter -> the group of data/layers.yaml it builds up, and down to which level."""
_SMALLEST_DEG = 0.012
_MARGIN = 0.04
_QUOTE = 58


@dataclass(frozen=True)
class Scene:
    """A view to be shown. ``caption`` is its title and, below a line break, a smaller second line; ``note`` is what
    the speaker reads; ``chapter`` is empty for a scene that stands alone."""

    id: str
    chapter: str
    caption: str
    note: str
    link: str


@dataclass(frozen=True)
class SceneSet:
    """Scenes in their order, with the plan they were made for."""

    title: str
    plan: str
    scenes: tuple[Scene, ...]


def build_scene_set(store: Store, styles: Styles, plan_id: str) -> SceneSet:
    """The ready set of a plan.

    Raises
    ------
    KeyError
        When the store has no such plan.
    """
    plan = store.plans[plan_id]
    whole = _area(store, plan)
    scenes = [_opening(store, plan, whole)]
    for structure in own_structures(store, plan):
        scenes += _structure(store, plan, structure, whole)
    for chapter, (group, level) in _LAYERED.items():
        scenes += _layered(store, styles, plan, whole, chapter, group, level)
    scenes.append(_closing(store, styles, plan, whole))
    return SceneSet(plan.short_title, plan.id, tuple(scenes))


def own_structures(store: Store, plan: PlanInfo) -> list[FeatureSummary]:
    """Structures that the plan itself sets out; those of several plans belong to the city's."""
    scopes = {plan.id, "shared"} if plan.level == "city" else {plan.id}
    structures = (store.features[s] for s in store.structures)
    return sorted((s for s in structures if plan.id in s.plans and s.scope in scopes), key=lambda s: s.level)


def _opening(store: Store, plan: PlanInfo, whole: BBox | None) -> Scene:
    area = [f for f in store.features.values() if f.category == "admin" and f.name == plan.district]
    structures = own_structures(store, plan)
    facts = [
        plan.title,
        f"规划期 {plan.period}，展望 {plan.horizon} 年",
        "编制：" + plan.issuer if plan.issuer else "",
    ]
    names = "、".join(s.name for s in structures)
    note = "。".join(fact for fact in facts if fact) + "。" + (f"\n空间格局：{names}。" if names else "")
    return Scene(
        id=f"{plan.id}/opening",
        chapter="总览",
        caption=f"{plan.district}\n{plan.short_title}（{plan.period}）",
        note=note,
        link=encode_link(
            ViewState(
                level=max((f.level for f in area), default=1),
                layers=("admin",),
                only=tuple(f.id for f in area),
                box=whole,
            )
        ),
    )


def _structure(
    store: Store, plan: PlanInfo, structure: FeatureSummary, whole: BBox | None
) -> Iterator[Scene]:
    groups = {kind: [store.features[m] for m in ids] for kind, ids in structure.members.items()}
    members = list({m.id: m for group in groups.values() for m in group}.values())
    placed = [m for m in members if m.bbox]
    box = _around(b for f in (structure, *placed) if (b := _framed(f, whole))) or whole
    layers = tuple(sorted({"structure", *(m.category for m in placed)}))
    level = max([structure.level, *(m.level for m in placed)])

    def scene(part: str, caption: str, note: str, only: Sequence[str], feature: str = "") -> Scene:
        state = ViewState(level=level, layers=layers, feature=feature, only=tuple(only), box=box)
        return Scene(f"{plan.id}/{structure.id}/{part}", structure.name, caption, note, encode_link(state))

    unplaced = [m.name for m in members if not m.bbox]
    counts = "，".join(f"{kind} {len(group)}" for kind, group in groups.items())
    said = telling_evidence(store, plan.id, structure)
    quoted = f"「{_shortened(said)}」" if said and not _is_heading(said) else counts
    second = [quoted, f"未落图：{'、'.join(unplaced)}" if unplaced else ""]
    if not members and not structure.bbox:
        second.append("原文没有可以落图的组成部分")
    caption = "\n".join([structure.name, "　".join(s for s in second if s)]).strip()
    yield scene("whole", caption, _words(store, plan, structure), [structure.id])
    shown: list[str] = []
    for kind, group in groups.items():
        for number, member in enumerate(group, 1):
            if member.bbox is None or member.id in shown:
                continue
            shown.append(member.id)
            place = f"{structure.name} · {kind}" + (f" {number}/{len(group)}" if len(group) > 1 else "")
            words = _words(store, plan, member)
            yield scene(member.id, f"{member.name}\n{place}", words, shown.copy(), feature=member.id)
    if len(shown) > 1:
        yield scene("together", f"{structure.name}\n{counts}", _words(store, plan, structure), shown)


def _layered(
    store: Store, styles: Styles, plan: PlanInfo, whole: BBox | None, chapter: str, group_id: str, level: int
) -> Iterator[Scene]:
    """A chapter that adds the layers of a group one by one; a layer without a placed feature is left out."""
    shown: list[str] = []
    for category in next((g.categories for g in styles.groups if g.id == group_id), []):
        name = styles.categories[str(category)].name
        features = _of_category(store, plan, str(category), level)
        placed = [f for f in features if f.bbox]
        if not placed:
            continue
        shown.append(str(category))
        unplaced = len(features) - len(placed)
        second = f"{name}：图上 {len(placed)} 个" + (f"，另有 {unplaced} 个未落图" if unplaced else "")
        yield Scene(
            id=f"{plan.id}/{group_id}/{category}",
            chapter=chapter,
            caption=f"{chapter}\n{second}",
            note=f"{name}：" + "、".join(f.name for f in features) + "。",
            link=encode_link(ViewState(plan=plan.id, level=level, layers=tuple(shown), box=whole)),
        )


def _closing(store: Store, styles: Styles, plan: PlanInfo, whole: BBox | None) -> Scene:
    layers = [str(c) for g in styles.groups for c in g.categories if styles.categories[str(c)].shown]
    placed = [f for f in store.features.values() if plan.id in f.plans and f.level == 1 and f.bbox]
    placed = [f for f in placed if f.category in layers]
    return Scene(
        id=f"{plan.id}/closing",
        chapter="结束",
        caption=f"{plan.district}\n{plan.short_title}：结构性要素 {len(placed)} 个",
        note="示意图，不作为法定依据。每个图形都能点选，回到原文中的句子。",
        link=encode_link(ViewState(plan=plan.id, layers=tuple(layers), box=whole)),
    )


def _of_category(store: Store, plan: PlanInfo, category: str, level: int) -> list[FeatureSummary]:
    features = store.features.values()
    found = (f for f in features if f.category == category and plan.id in f.plans and f.level <= level)
    return sorted(found, key=lambda f: f.level)


def _words(store: Store, plan: PlanInfo, feature: FeatureSummary) -> str:
    """The speaker's note: the sentence with its place, how sure the placement is, how much is to be done."""
    words = precision_words(Precision(feature.precision))
    said = telling_evidence(store, plan.id, feature)
    lines = []
    if said:
        lines.append(f"「{said.sentence}」（{' › '.join(said.path) or '正文'}，第 {said.line} 行）")
    lines.append(f"落图：{words.label_zh}，{words.meaning_zh}")
    projects = sum(p.quote.plan == plan.id for p in store.projects(feature.id))
    if projects:
        lines.append(f"规划项目与任务 {projects} 个。")
    return "\n".join(lines)


def telling_evidence(store: Store, plan_id: str, feature: FeatureSummary) -> Evidence | None:
    """The plan's sentence that does more than name the thing and names most members, the first of several; its first
    mention when every one is a heading."""
    found = [e for e in store.evidence(feature.id) if e.plan == plan_id]
    names = [store.features[m].name for group in feature.members.values() for m in group]

    def worth(e: Evidence) -> tuple[bool, int]:
        says_more = not _is_heading(e) and len(e.sentence) > len(e.mention) + 12
        return says_more, sum(name in e.sentence for name in names)

    return max(found, key=worth, default=None)


def _is_heading(e: Evidence) -> bool:
    """Whether the sentence only names the thing: a heading, or hardly longer than the name."""
    titles = {_letters(title) for title in e.path}
    return _letters(e.sentence) in titles or len(_letters(e.sentence)) <= len(_letters(e.mention)) + 4


def _letters(text: str) -> str:
    return "".join(text.split())


def _shortened(said: Evidence) -> str:
    """The mention with as many of the words around it as a caption holds; cuts are marked."""
    if len(said.sentence) <= _QUOTE:
        return said.sentence
    room = max(_QUOTE - len(said.mention), 0)
    before = said.before[-(room // 3) :] if room // 3 else ""
    after = said.after[: room - len(before)]
    start = "……" if len(before) < len(said.before) else ""
    return start + before + said.mention + after + ("……" if len(after) < len(said.after) else "")


def _area(store: Store, plan: PlanInfo) -> BBox | None:
    """Bounds of the plan's area on the base map: the district of its name, else every district."""
    features = json.loads(store.base("districts") or '{"features": []}')["features"]
    named = [f for f in features if f["properties"]["name"] == plan.district]
    return _around(shape(f["geometry"]).bounds for f in named or features)


def _framed(feature: FeatureSummary, whole: BBox | None) -> BBox | None:
    """What of a feature a frame has to hold: of a river or a coast that goes on beyond the plan's area only what lies in
    it, of an axis with an arrow the arrow too."""
    if feature.bbox is None or whole is None or feature.arrow not in (None, "none"):
        return feature.bbox
    inside = shapely.box(*feature.bbox).intersection(shapely.box(*whole))
    return feature.bbox if inside.is_empty else inside.bounds


def _around(boxes: Iterable[BBox]) -> BBox | None:
    """The box around boxes with a margin, never smaller than a neighbourhood; None around nothing."""
    found = list(boxes)
    if not found:
        return None
    west, south, east, north = shapely.total_bounds([shapely.box(*b) for b in found]).tolist()
    x = max((east - west) * _MARGIN, (_SMALLEST_DEG - (east - west)) / 2)
    y = max((north - south) * _MARGIN, (_SMALLEST_DEG - (north - south)) / 2)
    return west - x, south - y, east + x, north + y
