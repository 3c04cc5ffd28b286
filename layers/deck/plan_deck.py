"""Decks: the ready scenes of a plan between its cover, projects and sources, or scenes of the user's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from geo.precision import Precision
from layers.carried_words import carried_words
from layers.deck.drawing import MapPicture, PictureDrawer
from layers.deck.project_slides import deck_projects
from layers.deck.scene_view import SceneView, presentation
from layers.deck.scene_words import SceneWords, alt_text, scene_words, speaker_notes
from layers.deck.slides import BLUE, HEAD_IN, INK, INK_2, INK_3, ROW_IN, SMALLEST_PT, Box, Line, SlideSet
from layers.deck.words import clipped, edition, quoted, short_place_of, shortened
from layers.progress import Progress, silent
from layers.records import PlanInfo
from layers.render.map_drawing import MapLook
from layers.render.source import MapSource
from layers.said import said
from layers.scene_sets import Scene, SceneSet, build_scene_set
from layers.store import Store
from layers.view_link import ViewState, encode_link

NOTICE = "示意图，不作为法定依据"
MOST_MEMBERS = 8
"""Members of a structure that get a slide of their own; the rest come together on the last."""
_ROWS, _TABLES = 8, 4
_MAP: Box = (0.5, 1.5, 8.35, 5.45)
_TEXT_LEFT, _TEXT_WIDTH, _TEXT_TOP = 9.1, 3.73, 1.5
_LEGEND_LOW, _LEGEND_ROW, _COLUMNS = 6.97, 0.3, 3
_LOOK = MapLook(factor=1.75, smallest_pt=SMALLEST_PT)
"""Type and lines of a map on a slide: read from the back of a room."""


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
    return build_deck(source, ready_scenes(source, plan), dpi, today, progress)


def ready_scenes(source: MapSource, plan: str) -> SceneSet:
    """The ready set of a plan as slides and handouts show it.

    Raises
    ------
    KeyError
        The store has no such plan.
    """
    return with_few_members(build_scene_set(source.store, source.styles, plan))


def build_deck(
    source: MapSource, scene_set: SceneSet, dpi: int = 200, today: datetime.date | None = None,
    progress: Progress = silent,
) -> bytes:  # fmt: skip
    """A PPTX of scenes between a cover and the sources; a ready set, known by its plan, has its projects too.

    Raises
    ------
    SceneFileError
        A scene cannot be drawn.
    """
    store, day = source.store, today or datetime.date.today()
    show = presentation(source, scene_set)
    plan, plans, title, shown = show.plan, show.plans, show.title, show.shown
    slides = SlideSet(f"{plan.short_title} · {NOTICE}" if plan else NOTICE)
    _cover(slides, store, title, plans, bool(plan), day)
    drawer = PictureDrawer(source, (_MAP[2] * 25.4, _MAP[3] * 25.4), _LOOK, dpi)
    for i, (scene, view) in enumerate(shown):
        progress(said("幻灯片 {slide}/{slides}", slide=i + 1, slides=len(shown)), i / len(shown))
        _scene(slides, source, plan, scene, view, drawer)
    if plan:
        _projects(slides, store, plan)
    link = shown[0][0].link if shown else encode_link(ViewState(plan=scene_set.plan))
    _sources(slides, store, plans, link, day)
    editions = "、".join(edition(p) for p in plans)
    slides.tell(
        title=title,
        subject=carried_words(f"/{link}", store.version, f"规划文本：{editions}"),
        keywords="；".join(["plan-atlas", *(p.id for p in plans), NOTICE]),
        comments=editions,
        made=datetime.datetime.combine(day, datetime.time()),
    )
    progress(said("写出"), 1.0)
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


def _cover(
    slides: SlideSet, store: Store, title: str, plans: Sequence[PlanInfo], ready: bool, day: datetime.date
) -> None:
    notes = [f"{edition(p)}。规划期 {p.period}，展望 {p.horizon} 年。" for p in plans]
    slide = slides.add(title, "\n".join([*notes, f"{NOTICE}。"]))
    one = plans[0] if ready else None
    if one:
        named = [
            Line(one.title, 30, BLUE, True),
            Line(f"规划期 {one.period} · 展望 {one.horizon} 年", 20, INK_2, space=14),
            *([Line(f"编制：{one.issuer}", 18, INK_2, space=6)] if one.issuer else []),
        ]
    else:
        named = [Line(p.title, 20, BLUE, True, space=6) for p in plans]
    lines = [
        *named,
        Line(NOTICE, 18, INK, True, space=40),
        Line("图上的每个图形都出自规划原文的句子；引文带「」，注明章节和行号。", 16, INK_2, space=6),
        Line(f"数据版本 {store.version[:12]} · {day.isoformat()} · 规划图集 Plan Atlas", 14, INK_3, space=6),
    ]
    slides.text(slide, (0.5, 1.9, 12.3, 4.8), lines, "封面")


def _scene(
    slides: SlideSet, source: MapSource, plan: PlanInfo | None, scene: Scene, view: SceneView, drawer: PictureDrawer
) -> None:  # fmt: skip
    store = source.store
    words = scene_words(store, scene, view, plan)
    features = view.features or (_district(store, plan) if plan else ())
    map_ = drawer.draw(features, view.box, plan.id if plan else view.state.plan, view.state.opacity)
    alt = alt_text(store, words.title, features, map_.scale, NOTICE)
    heading = words.title or "（没有标题）"
    if words.layer and view.newest:
        heading = f"{heading}：{source.styles.categories[view.newest].name}"
    second = "" if plan and words.second.startswith(("「", "……")) else words.second
    notes = speaker_notes(scene, words, view, alt)
    slide = slides.add(heading, notes, clipped(second, 62))
    slides.picture(slide, map_.png, _MAP, (map_.width_px, map_.height_px), alt)
    legend_top = _legend(slides, slide, source, map_)
    room = (_TEXT_LEFT, _TEXT_TOP, _TEXT_WIDTH, legend_top - _TEXT_TOP - 0.12)
    slides.text(slide, room, _fitting(words, room, bool(plan)), "文字")


def _district(store: Store, plan: PlanInfo) -> tuple[str, ...]:
    found = (
        f for f in store.features.values() if f.category == "admin" and f.name == plan.district and f.bbox
    )
    return tuple(f.id for f in found)


def _fitting(words: SceneWords, room: Box, ready: bool) -> list[Line]:
    """The text beside the map, quotes cut as far as the room asks; then the last lines are left out."""
    for most in (140, 110, 85, 65, 50, 36):
        lines = list(_beside(words, most, ready))
        if _height(lines, room) <= room[3]:
            return lines
    while lines and _height(lines, room) > room[3]:
        lines.pop()
    return lines


def _height(lines: Sequence[Line], room: Box) -> float:
    return sum(line.height_in(room[2]) for line in lines)


def _beside(words: SceneWords, most: int, ready: bool) -> Iterator[Line]:
    """The plan's words with their place, then what the note of a ready scene says besides."""
    if words.quote is not None:
        text = shortened(words.quote, most)
        yield Line(f"「{text}」", 18 if len(text) <= 65 else 16)
        yield Line(clipped(short_place_of(words.quote), 70), SMALLEST_PT, INK_3, space=4)
    if words.precision:
        yield Line(words.precision, SMALLEST_PT, INK_2, space=8)
    for line in words.remarks if ready else ():
        yield Line(clipped(line, most), SMALLEST_PT, INK_2, space=6)
    for e in sorted(words.layer, key=lambda e: len(e.sentence) < 20)[:2]:
        yield Line(f"「{shortened(e, max(36, most // 2))}」", SMALLEST_PT, space=8)
        yield Line(clipped(short_place_of(e, 1), 40), SMALLEST_PT, INK_3, space=2)


def _legend(slides: SlideSet, slide: object, source: MapSource, map_: MapPicture) -> float:
    """Swatch and name of each category on the map, then of each class of precision; gives where it begins."""
    styles = source.styles
    classes = [p for p in Precision if str(p) in map_.precisions]
    rows = -(-len(map_.kinds) // _COLUMNS) + -(-len(classes) // _COLUMNS)
    top = y = _LEGEND_LOW - rows * _LEGEND_ROW - (_LEGEND_ROW if classes else 0)

    def name(column: int, words: str, wide: float = 0.0) -> None:
        x = _TEXT_LEFT + column * _TEXT_WIDTH / _COLUMNS + (0 if wide else 0.38)
        box = (x, y, wide or _TEXT_WIDTH / _COLUMNS - 0.38, 0.27)
        slides.text(slide, box, [Line(words, SMALLEST_PT, INK_3 if wide else INK_2)], "图例")

    def swatch(column: int) -> Box:
        return _TEXT_LEFT + column * _TEXT_WIDTH / _COLUMNS, y + 0.06, 0.3, 0.15

    for i, (category, kind) in enumerate(map_.kinds):
        column = i % _COLUMNS
        slides.block(slide, swatch(column), styles.categories[category].color, kind)
        name(column, styles.categories[category].name)
        y += _LEGEND_ROW if column == _COLUMNS - 1 or i == len(map_.kinds) - 1 else 0
    if classes:
        name(0, "落图精度", _TEXT_WIDTH)
        y += _LEGEND_ROW
    for i, precision in enumerate(classes):
        column = i % _COLUMNS
        slides.precision_block(slide, swatch(column), str(precision), styles.precision[str(precision)])
        name(column, precision.label)
        y += _LEGEND_ROW if column == _COLUMNS - 1 else 0
    return top


def _projects(slides: SlideSet, store: Store, plan: PlanInfo) -> None:
    """Tables of the projects that print an amount, the largest first; of a plan without one, of those with other figures."""
    found = deck_projects(store, plan.id)
    kept = found.rows[: _ROWS * _TABLES]
    pages = -(-len(kept) // _ROWS)
    left = len(found.rows) - len(kept)
    for page in range(pages):
        rows = kept[page * _ROWS : (page + 1) * _ROWS]
        numbers = f"规划项目与任务 {found.count} 项，" + (
            f"其中写明投资的 {found.with_amount} 项，按投资额列出"
            if found.with_amount
            else f"都没有写明投资；写明数量的 {len(found.rows)} 项按原文次序列出"
        )
        more = f"，另有 {left} 项未列" if left else ""
        notes = "\n".join(quoted(r.quote) for r in rows)
        slide = slides.add(f"重点项目（{page + 1}/{pages}）", notes, numbers + more + "；数字照录原文")
        cells = [
            (clipped(r.features, 22), clipped(r.name, 40), clipped(r.amount, 18), clipped(r.others, 24), str(r.quote.line))
            for r in rows
        ]  # fmt: skip
        head = ("要素", "项目", "投资（原文）", "其他数量（原文）", "原文行")
        slides.table(
            slide,
            (0.5, 1.55, 12.33, ROW_IN * len(rows) + HEAD_IN),
            head,
            cells,
            (0.2, 0.35, 0.16, 0.22, 0.07),
        )
    if not pages:
        slide = slides.add("重点项目", "规划的项目都没有写明数量。", f"规划项目与任务 {found.count} 项")
        slides.text(slide, (0.5, 1.9, 12.3, 1), [Line("规划的项目都没有写明数量。", 18)], "文字")


def _sources(
    slides: SlideSet, store: Store, plans: Sequence[PlanInfo], link: str, day: datetime.date
) -> None:
    several = len(plans) > 1
    missing = [clipped(p.missing[0] if several else "".join(p.missing), 120) for p in plans if p.missing]
    lines = [
        Line("规划文本", 18, BLUE, True),
        *(Line(edition(p), 14 if several else 16) for p in plans),
        *(Line(words, SMALLEST_PT, INK_2, space=2) for words in missing[:1]),
        Line("底图与数据来源", 18, BLUE, True, 12),
        Line("；".join(store.attribution), 16),
        Line("投影：CGCS2000 三度带高斯－克吕格，中央经线 120°E（EPSG:4549）。", SMALLEST_PT, INK_2, space=2),
        Line("数据版本", 18, BLUE, True, 12),
        Line(f"{store.version[:16]}，制作日期 {day.isoformat()}。规划图集 Plan Atlas。", 16),
        Line(f"视图 /{clipped(link, 160)}", SMALLEST_PT, INK_3, space=2),
        Line(NOTICE, 20, INK, True, 14),
    ]
    told = [f"{edition(p)}{''.join(p.missing)}" for p in plans]
    told = [f"数据版本 {store.version}", f"视图 /{link}", *told, "；".join(store.attribution), f"{NOTICE}。"]
    slide = slides.add("资料来源", "\n".join(told))
    slides.text(slide, (0.5, 1.3, 12.3, 5.6), lines, "来源")
