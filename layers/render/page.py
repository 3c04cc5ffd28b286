"""The page: margins, title, map, legend and imprint put together."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.render import furniture, legend, marks, tables
from layers.render.content import Content, choose_content
from layers.render.errors import LayoutError
from layers.render.labels import Placed
from layers.render.layout_spec import Layout
from layers.render.map_drawing import MapLook, draw_map, fitted_projection
from layers.render.map_frame import Drawn, Name
from layers.render.projection import Projection
from layers.render.sheet import Box, Sheet
from layers.render.source import MapSource
from layers.render.text import MM_PER_PT, width_mm, wrap
from layers.said import said

NOTICE = "示意图，不作为法定依据"
SMALL_PT = 7.0
"""Notes and imprint: the smallest type that prints well."""
MARGIN_MM = 9.0
SIDE_MM = 62.0
GAP_MM = 5.0


@dataclass(frozen=True)
class Page:
    """A composed page: the sheet, and what came to stand on it, for tests and captions."""

    sheet: Sheet
    layout: Layout
    content: Content
    projection: Projection
    drawn: Drawn
    entries: tuple[legend.Entry, ...]
    labels: tuple[Placed, ...]
    left_out: tuple[Name, ...]
    title: str
    imprint: tuple[str, ...]


@dataclass(frozen=True)
class Boxes:
    """Where things stand on the page."""

    head: Box
    map: Box
    side: Box | None
    below: Box | None
    foot: Box


def compose(
    source: MapSource,
    layout: Layout,
    today: datetime.date | None = None,
    watch: Callable[[float], None] | None = None,
) -> Page:
    """Put a figure together; nothing is written. ``watch`` as for :class:`layers.render.sheet.Sheet`.

    Raises
    ------
    LayoutError
        The layout names what does not exist, or an extent outside the base map.
    """
    content = choose_content(source, layout)
    f = layout.factor
    width, height = layout.size_mm
    sheet = Sheet(width, height, layout.dpi, watch)
    title, subtitle = page_title(layout, content)
    imprint = imprint_lines(source, content, today or datetime.date.today())
    boxes, projection = _arrange(source, layout, content, len(_imprint_wrapped(imprint, width, f)))
    look = MapLook(
        f, layout.labels, layout.graticule, layout.scale_bar, layout.north_arrow,
        opacity={category: percent / 100 for category, percent in layout.opacity.items()},
    )  # fmt: skip
    map_ = draw_map(sheet, source, content, projection, look)
    drawn = map_.drawn
    if not drawn.features:
        raise LayoutError(said("按所选的规划、图层、级别和范围，没有可画的要素"))

    entries = tuple(legend.legend_entries(source.styles, drawn)) if layout.legend else ()
    _draw_side(
        sheet,
        source,
        layout,
        content,
        projection,
        drawn,
        list(entries),
        boxes,
        [n.text for n in map_.left_out],
    )
    _draw_head(sheet, boxes.head, title, subtitle, f)
    _draw_foot(sheet, boxes.foot, imprint, layout, f)
    return Page(
        sheet, layout, content, projection, drawn, entries, map_.labels, map_.left_out, title, imprint
    )  # fmt: skip


def page_title(layout: Layout, content: Content) -> tuple[str, str]:
    """Title and subtitle as the layout says, or as the plan suggests."""
    plan = content.plan
    title = layout.title or f"{plan.short_title if plan else '青岛市及各区「十四五」规划'}空间布局示意图"
    period = f"规划期 {plan.period}，展望至 {plan.horizon}" if plan else "规划期 2021-2025，展望至 2035"
    names = {1: "结构性要素", 2: "有任务的要素", 3: "提及的要素"}
    what = "所选要素" if layout.features else "、".join(names[n] for n in sorted(set(layout.levels)))
    if layout.filters and not layout.features:
        what += "（已筛选）"
    return title, layout.subtitle if layout.subtitle is not None else f"{what} · {period}"


def imprint_lines(source: MapSource, content: Content, today: datetime.date) -> tuple[str, ...]:
    """Plan editions, sources of the map, projection, data version and date."""
    plans = [content.plan] if content.plan else list(source.store.plans.values())
    editions = []
    for plan in plans:
        known = "，".join(x for x in (plan.document_number, plan.published) if x)
        name = plan.title if len(plans) == 1 else plan.short_title
        editions.append(f"《{name}》" + (f"（{known}）" if known else "（原文未注日期）"))
    return (
        f"规划文本：{'、'.join(editions)}。",
        f"底图：{'；'.join(source.store.attribution)}。"
        f"投影：CGCS2000 三度带高斯－克吕格，中央经线 120°E（EPSG:4549）。"
        f"数据版本 {source.store.version[:12]}，制图日期 {today.isoformat()}。规划图集 Plan Atlas。",
    )


def _imprint_wrapped(imprint: tuple[str, ...], width: float, f: float) -> list[str]:
    room = width - 2 * MARGIN_MM * f - 46 * f
    return [line for text in imprint for line in wrap(text, SMALL_PT * f, room)]


def _arrange(
    source: MapSource, layout: Layout, content: Content, imprint_count: int
) -> tuple[Boxes, Projection]:
    """Head, map, side or lower band, foot. The map is no wider than the base map reaches; the side takes the rest."""
    f = layout.factor
    width, height = layout.size_mm
    m = MARGIN_MM * f
    foot_h = max(8.0 * f, (imprint_count * SMALL_PT * MM_PER_PT * 1.4 + 1.5) * f)
    head = (m, height - m - 13 * f, width - m, height - m)
    foot = (m, m * 0.75, width - m, m * 0.75 + foot_h)
    low, high = foot[3] + 2 * f, head[1] - 2.5 * f
    beside = width >= height
    needed = layout.legend or layout.locator or layout.notes or layout.project_table or layout.quotes
    below: Box | None = None
    if beside:
        band = 0.24 * (high - low) if layout.project_table or layout.quotes else 0.0
        if band:
            below = (m, low, width - m, low + band - 3 * f)
        available = (m, low + band, width - m - ((SIDE_MM + GAP_MM) * f if needed else 0), high)
    else:
        share = (0.26 if needed else 0) + (0.14 if layout.project_table or layout.quotes else 0)
        available = (m, low + share * (high - low), width - m, high)
    projection = fitted_projection(source, content.target, available, layout.scale)
    box = projection.box
    if not beside:
        side = (m, low, width - m, box[1] - 4 * f) if needed else None
        if side and (layout.project_table or layout.quotes):
            cut = side[1] + (side[3] - side[1]) * 0.45
            below, side = (side[0], side[1], side[2], cut - 2 * f), (side[0], cut, side[2], side[3])
        return Boxes(head, box, side, below, foot), projection
    side = (box[2] + GAP_MM * f, box[1], width - m, box[3]) if needed else None
    return Boxes(head, box, side, below, foot), projection


def _draw_head(sheet: Sheet, box: Box, title: str, subtitle: str, f: float) -> None:
    group = sheet.group("title", title="标题")
    size = 16.0 * f
    lines = wrap(title, size, box[2] - box[0], most=1) or [""]
    if lines[0] != title:  # a long title is set smaller rather than cut
        size = max(9.0 * f, size * 0.98 * (box[2] - box[0]) / max(1.0, width_mm(title, size)))
        lines = wrap(title, size, box[2] - box[0], most=1)
    sheet.text(group, box[0], box[3] - 3.2 * f, lines[0], size, color=marks.INK, bold=True)
    small = wrap(subtitle, 8.5 * f, box[2] - box[0], most=1)
    if small:
        sheet.text(group, box[0], box[3] - 9.3 * f, small[0], 8.5 * f, color=marks.INK_2)
    sheet.lines(group, [np.array([(box[0], box[1]), (box[2], box[1])])], stroke="#0b4f8a", width_pt=1.2 * f)


def _draw_foot(sheet: Sheet, box: Box, imprint: tuple[str, ...], layout: Layout, f: float) -> None:
    group = sheet.group("imprint", title="版记")
    y = box[3] - 1.6 * f
    for line in _imprint_wrapped(imprint, sheet.width_mm, f):
        sheet.text(group, box[0], y, line, SMALL_PT * f, color=marks.INK_3)
        y -= SMALL_PT * MM_PER_PT * 1.4 * f
    sheet.text(group, box[2], box[3] - 2 * f, NOTICE, 8.5 * f, color=marks.INK, align="right", bold=True)
    if layout.review_number:
        sheet.text(
            group,
            box[2],
            box[3] - 6 * f,
            f"审图号：{layout.review_number}",
            7 * f,
            color=marks.INK_2,
            align="right",
        )


def _draw_side(
    sheet: Sheet, source: MapSource, layout: Layout, content: Content, projection: Projection, drawn: Drawn,
    entries: list[legend.Entry], boxes: Boxes, unnamed: list[str],
) -> None:  # fmt: skip
    """Legend, notes and locator beside or below the map, the tables in their band."""
    f = layout.factor
    if boxes.side is not None:
        _fill_side(sheet, source, layout, content, projection, drawn, entries, boxes.side, unnamed)
    if boxes.below is not None:
        x0, y0, x1, y1 = boxes.below
        both = layout.project_table and layout.quotes
        middle = x0 + (x1 - x0) * 0.58 if both else x1
        if layout.project_table:
            rows = tables.project_rows(source, content, drawn.features)
            tables.draw_project_table(
                sheet,
                sheet.group("projects", title="项目表"),
                rows,
                (x0, y0, middle - (4 * f if both else 0), y1),
                f,
            )
        if layout.quotes:
            items = tables.quotes(source, content, drawn.features)
            left = middle if both else x0
            tables.draw_quotes(sheet, sheet.group("quotes", title="原文"), items, (left, y0, x1, y1), f)


def _fill_side(
    sheet: Sheet, source: MapSource, layout: Layout, content: Content, projection: Projection, drawn: Drawn,
    entries: list[legend.Entry], side: Box, unnamed: list[str],
) -> None:  # fmt: skip
    f = layout.factor
    x0, y0, x1, y1 = side
    upright = layout.size_mm[0] >= layout.size_mm[1]
    notes = _notes(layout, content, unnamed)
    located = layout.locator and not furniture.is_overview(source, projection)
    step = SMALL_PT * MM_PER_PT * 1.4 * f
    left, low = x0, y0
    if located:
        wide = 25 * f
        box = (x0, y0, x0 + wide, y0 + wide * 1.12) if upright else (x1 - wide, y0, x1, y0 + wide * 1.12)
        furniture.draw_locator(sheet, sheet.group("locator", title="区位图"), source, projection, box, f)
        if upright:
            left, low = box[2] + 3 * f, box[3] + 3 * f
        else:
            x1 = box[0] - 4 * f
    lines = [line for note in notes for line in wrap(note, SMALL_PT * f, x1 - left)]
    most = int((box[3] - y0) / step) if located and upright else len(lines)
    if len(lines) > most:  # too much to stand beside the locator: over the whole width, above it
        lines, left, y0 = [line for note in notes for line in wrap(note, SMALL_PT * f, x1 - x0)], x0, low
    group = sheet.group("notes", title="说明")
    for i, line in enumerate(reversed(lines)):
        sheet.text(group, left, y0 + step * (i + 0.5), line, SMALL_PT * f, color=marks.INK_2)
    y0 = max(low, y0 + step * len(lines) + (2 * f if lines else 0))
    if entries:
        own = sheet.group("legend", title="图例")
        sheet.text(own, x0, y1 - 2 * f, "图例", 9.5 * f, color=marks.INK, bold=True)
        top = y1 - 5 * f
        columns, shrunk = legend.balanced_columns(entries, x1 - x0, top - y0, f)
        width = min(x1 - x0, len(columns) * 52 * f)
        legend.draw_legend(sheet, own, source.styles, drawn, columns, (x0, y0, x0 + width, top), shrunk)
        _draw_structures(sheet, source, layout, content, (x0 + width + 2 * f, y0, x1, y1), f)


def _notes(layout: Layout, content: Content, unnamed: list[str]) -> list[str]:
    """The layout's notes, and what the map does not show."""
    notes = [layout.notes] if layout.notes else []
    if content.unplaced:
        notes.append(f"另有 {len(content.unplaced)} 个要素在规划中提到而未落图。")
    if unnamed:
        names = "、".join(text.splitlines()[0] for text in unnamed[:12])
        notes.append(f"因图面所限未标注：{names}{f'等 {len(unnamed)} 个' if len(unnamed) > 12 else ''}。")
    return notes


def _draw_structures(
    sheet: Sheet, source: MapSource, layout: Layout, content: Content, box: Box, f: float
) -> None:
    """The plan's structures in words, where the side has room beside the legend."""
    items = (
        tables.structure_lines(source, content, layout.levels)
        if layout.structures and not layout.features
        else []
    )
    if not items or box[2] - box[0] < 34 * f:
        return
    group = sheet.group("structures", title="空间格局")
    sheet.text(group, box[0], box[3] - 2 * f, "空间格局", 9.5 * f, color=marks.INK, bold=True)
    tables.draw_structures(sheet, group, items, (box[0], box[1], box[2], box[3] - 6 * f), f)
