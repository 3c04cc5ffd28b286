"""The deck of a plan: cover, its scenes one change a slide, projects, sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from geo.precision import Precision, precision_words
from layers.deck.drawing import MapDrawer, MapPicture
from layers.deck.project_slides import deck_projects
from layers.deck.scene_view import SceneView, scene_view
from layers.deck.slides import BLUE, INK, INK_2, INK_3, Line, SlideSet
from layers.deck.words import CUT, clipped, quoted, short_place_of, shortened
from layers.progress import Progress, silent
from layers.render.source import MapSource
from layers.scene_sets import Scene, SceneSet, build_scene_set
from layers.store import Evidence, PlanInfo, Store

NOTICE = "示意图，不作为法定依据"
MOST_MEMBERS = 8
"""Members of a structure that get a slide of their own; the rest come together on the last."""
_ROWS, _TABLES = 10, 3
_ADDED = {"together": "：合在一起", "closing": "：全部结构性要素"}
_MAP = (0.5, 1.5, 8.35, 5.5)
_TEXT_LEFT, _TEXT_WIDTH = 9.1, 3.73


def build_plan_deck(
    source: MapSource,
    plan: str,
    dpi: int = 200,
    today: datetime.date | None = None,
    progress: Progress = silent,
) -> bytes:
    """A PPTX of a plan, generated from its structures.

    Raises
    ------
    KeyError
        The store has no such plan.
    """
    scenes = build_scene_set(source.store, source.styles, plan)
    return build_deck(source, with_few_members(scenes), dpi, today, progress)


def build_deck(
    source: MapSource, scene_set: SceneSet, dpi: int = 200, today: datetime.date | None = None,
    progress: Progress = silent,
) -> bytes:  # fmt: skip
    """A PPTX of scenes, between a cover and the slides of projects and sources.

    Raises
    ------
    KeyError
        The store has no plan of the set's id.
    RenderError
        A scene's map cannot be drawn.
    """
    plan, day = source.store.plans[scene_set.plan], today or datetime.date.today()
    slides = SlideSet(f"{plan.short_title} · {NOTICE}")
    _cover(slides, source.store, plan, day)
    drawer = MapDrawer(source, plan.id, dpi)
    for i, scene in enumerate(scene_set.scenes):
        progress(f"幻灯片 {i + 1}/{len(scene_set.scenes)}", i / len(scene_set.scenes))
        _scene(slides, source, plan, scene, drawer)
    _projects(slides, source.store, plan)
    link = next((s.link for s in scene_set.scenes), f"?v=1&plan={plan.id}")
    _sources(slides, source.store, plan, link, day)
    slides.tell(
        title=f"{plan.short_title}空间布局",
        subject=f"视图 /{link}；数据版本 {source.store.version}",
        keywords=f"plan-atlas；{plan.id}；{NOTICE}",
        comments=_edition(plan),
        made=datetime.datetime.combine(day, datetime.time()),
    )
    progress("写出", 1.0)
    return slides.content()


def with_few_members(scenes: SceneSet, most: int = MOST_MEMBERS) -> SceneSet:
    """The set with at most ``most`` members of a structure one by one; the scene of all of them stays."""
    kept: list[Scene] = []
    seen: dict[str, int] = {}
    for scene in scenes.scenes:
        parts = scene.id.split("/")
        if len(parts) == 3 and "feature=" in scene.link:
            seen[parts[1]] = seen.get(parts[1], 0) + 1
            if seen[parts[1]] > most:
                continue
        kept.append(scene)
    return SceneSet(scenes.title, scenes.plan, tuple(kept))


def _edition(plan: PlanInfo) -> str:
    known = "，".join(x for x in (plan.document_number, plan.published) if x)
    return f"《{plan.title}》" + (f"（{known}）" if known else "（原文未注文号和日期）")


def _cover(slides: SlideSet, store: Store, plan: PlanInfo, day: datetime.date) -> None:
    notes = f"{_edition(plan)}。规划期 {plan.period}，展望 {plan.horizon} 年。{NOTICE}。"
    slide = slides.add(f"{plan.short_title}空间布局", notes)
    lines = [
        Line(plan.title, 30, BLUE, True),
        Line(f"规划期 {plan.period} · 展望 {plan.horizon} 年", 20, INK_2, space=14),
        *([Line(f"编制：{plan.issuer}", 18, INK_2, space=6)] if plan.issuer else []),
        Line(NOTICE, 18, INK, True, space=40),
        Line("图上的每个图形都出自规划原文的句子；引文带「」，注明章节和行号。", 14, INK_2, space=6),
        Line(f"数据版本 {store.version[:12]} · {day.isoformat()} · 规划图集 Plan Atlas", 12, INK_3, space=6),
    ]
    slides.text(slide, (0.5, 1.9, 12.3, 4.8), lines, "封面")


def _scene(slides: SlideSet, source: MapSource, plan: PlanInfo, scene: Scene, drawer: MapDrawer) -> None:
    view = scene_view(source.store, source.styles, scene)
    title, _, second = scene.caption.partition("\n")
    shown = view.features or _district(source.store, plan)
    map_ = drawer.draw(shown, view.box) if shown else None
    quote = _quote(source.store, plan, scene, view)
    alt = _alt_text(source.store, title, shown, map_)
    layer = list(_layer_evidence(source.store, plan, view))
    notes = [scene.note, *(quoted(e) for e in layer), f"图：{alt}", f"视图：/{scene.link}"]
    heading = title + _ADDED.get(scene.id.rsplit("/", 1)[-1], "")
    if layer and view.newest:
        heading = f"{title}：{source.styles.categories[view.newest].name}"
    slide = slides.add(heading, "\n".join(notes), "" if second.startswith(("「", CUT)) else second)
    if map_ is not None:
        slides.picture(slide, map_.png, _MAP, (map_.width_px, map_.height_px), alt)
    slides.text(slide, (_TEXT_LEFT, 1.5, _TEXT_WIDTH, 3.6), list(_words(scene, view, quote, layer)), "文字")
    if map_ is not None:
        _legend(slides, slide, source, map_)


def _district(store: Store, plan: PlanInfo) -> tuple[str, ...]:
    found = (
        f for f in store.features.values() if f.category == "admin" and f.name == plan.district and f.bbox
    )
    return tuple(f.id for f in found)


def _quote(store: Store, plan: PlanInfo, scene: Scene, view: SceneView) -> Evidence | None:
    """The sentence that the scene's note quotes."""
    if view.subject is None:
        return None
    own = (e for e in store.evidence(view.subject.id) if e.plan == plan.id)
    return next((e for e in own if f"「{e.sentence}」" in scene.note), None)


def _layer_evidence(store: Store, plan: PlanInfo, view: SceneView) -> Iterator[Evidence]:
    """A sentence of the plan for each feature of the layer that a scene adds."""
    seen = set()
    for feature in view.features:
        if view.newest is None or store.features[feature].category != view.newest:
            continue
        first = next((e for e in store.evidence(feature) if e.plan == plan.id), None)
        if first is not None and first.sentence not in seen:
            seen.add(first.sentence)
            yield first


def _words(
    scene: Scene, view: SceneView, quote: Evidence | None, layer: Sequence[Evidence]
) -> Iterator[Line]:
    """The text beside the map: the plan's words with their place, then what the note says besides."""
    if quote is not None:
        text = shortened(quote, 110)
        yield Line(f"「{text}」", 18 if len(text) <= 70 else 16)
        yield Line(clipped(short_place_of(quote), 70), 12, INK_3, space=4)
    if quote is not None and view.subject is not None:
        words = precision_words(Precision(view.subject.precision))
        yield Line(f"落图：{words.label_zh}。{words.meaning_zh}", 13, INK_2, space=10)
    skipped = ("「", "落图：") if quote is not None else ()
    for line in scene.note.splitlines():
        if not skipped or not line.startswith(skipped):
            yield Line(clipped(line, 90 if layer else 150), 14 if quote is None else 13, INK_2, space=6)
    for e in sorted(layer, key=lambda e: len(e.sentence) < 20)[:2]:
        yield Line(f"「{shortened(e, 50)}」", 13, space=8)
        yield Line(clipped(short_place_of(e, 1), 40), 11, INK_3, space=2)


def _legend(slides: SlideSet, slide: object, source: MapSource, map_: MapPicture) -> None:
    """Swatch and name of each category on the map, from the lower edge of the text upwards."""
    columns = 1 if len(map_.kinds) <= 5 else 2
    rows = -(-len(map_.kinds) // columns)
    top = 6.68 - rows * 0.27
    for i, (category, kind) in enumerate(map_.kinds):
        style = source.styles.categories[category]
        x = _TEXT_LEFT + (i // rows) * _TEXT_WIDTH / 2
        y = top + (i % rows) * 0.27
        slides.block(slide, (x, y + 0.05, 0.3, 0.14), style.color, kind)
        slides.text(
            slide, (x + 0.4, y, _TEXT_WIDTH / columns - 0.4, 0.25), [Line(style.name, 12, INK_2)], "图例"
        )
    scale = f"{map_.scale:,}".replace(",", " ")
    slides.text(
        slide, (_TEXT_LEFT, 6.74, _TEXT_WIDTH, 0.25), [Line(f"{NOTICE}", 11, INK, True)], f"比例尺 1:{scale}"
    )


def _alt_text(store: Store, title: str, shown: Sequence[str], map_: MapPicture | None) -> str:
    names = [store.features[f].name for f in shown]
    listed = "、".join(names[:12]) + (f"等 {len(names)} 个要素" if len(names) > 12 else "")
    scale = f"，比例尺 1:{map_.scale}" if map_ else ""
    return f"{title}的地图，画出{listed}{scale}。{NOTICE}。"


def _projects(slides: SlideSet, store: Store, plan: PlanInfo) -> None:
    """Tables of the projects that print an amount, the largest first."""
    found = deck_projects(store, plan.id)
    kept = found.rows[: _ROWS * _TABLES]
    pages = -(-len(kept) // _ROWS)
    left = len(found.rows) - len(kept)
    for page in range(pages):
        rows = kept[page * _ROWS : (page + 1) * _ROWS]
        numbers = f"规划项目与任务 {found.count} 项，其中写明投资的 {found.with_amount} 项，按投资额列出"
        more = f"，另有 {left} 项未列" if left else ""
        notes = "\n".join(quoted(r.quote) for r in rows)
        slide = slides.add(f"重点项目（{page + 1}/{pages}）", notes, numbers + more + "；数字照录原文")
        cells = [
            (clipped(r.features, 25), clipped(r.name, 46), clipped(r.amount, 20), clipped(r.others, 28), str(r.quote.line))
            for r in rows
        ]  # fmt: skip
        head = ("要素", "项目", "投资（原文）", "其他数量（原文）", "原文行")
        slides.table(
            slide, (0.5, 1.55, 12.33, 0.46 * len(rows) + 0.34), head, cells, (0.2, 0.35, 0.16, 0.22, 0.07)
        )
    if not pages:
        slide = slides.add("重点项目", "规划没有写明投资额的项目。", f"规划项目与任务 {found.count} 项")
        slides.text(slide, (0.5, 1.9, 12.3, 1), [Line("规划没有写明投资额的项目。", 18)], "文字")


def _sources(slides: SlideSet, store: Store, plan: PlanInfo, link: str, day: datetime.date) -> None:
    missing = "".join(plan.missing)
    lines = [
        Line("规划文本", 16, BLUE, True),
        Line(_edition(plan), 15),
        *([Line(missing, 13, INK_2, space=2)] if missing else []),
        Line("底图与数据来源", 16, BLUE, True, 14),
        Line("；".join(store.attribution), 15),
        Line("投影：CGCS2000 三度带高斯－克吕格，中央经线 120°E（EPSG:4549）。", 13, INK_2, space=2),
        Line("数据版本", 16, BLUE, True, 14),
        Line(f"{store.version[:16]}，制作日期 {day.isoformat()}。规划图集 Plan Atlas。", 15),
        Line(f"视图 /{clipped(link, 110)}", 11, INK_3, space=2),
        Line(NOTICE, 20, INK, True, 18),
    ]
    notes = f"数据版本 {store.version}\n视图 /{link}\n{_edition(plan)}\n{'；'.join(store.attribution)}\n{NOTICE}。"
    slide = slides.add("资料来源", notes)
    slides.text(slide, (0.5, 1.4, 12.3, 5.5), lines, "来源")
