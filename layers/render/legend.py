"""The legend: just what the map shows, by group, with the classes of precision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely

from geo.precision import Precision
from layers.render import marks
from layers.render.hatching import hatch_dots, hatch_lines
from layers.render.map_frame import Drawn
from layers.render.sheet import PT_PER_PX, Box, Group, Sheet
from layers.render.symbols import arrow_head, circle, symbol
from layers.render.text import MM_PER_PT, width_mm
from layers.styles import Styles

MEANING = {
    "boundary": "法定或测绘界线",
    "located": "误差≤500 米",
    "derived": "按原文推算",
    "schematic": "意向，不计面积",
    "district": "只知在虚圈内",
}
_NEUTRAL = "#4b5563"
_COLUMN_MM, _NARROW_MM = 31.0, 23.0
"""Narrowest column with the meanings of the classes of precision, and without, before the page's factor."""


@dataclass(frozen=True)
class Entry:
    """A row of the legend; ``height`` in mm before the page's factor."""

    role: Literal["heading", "category", "precision", "base"]
    key: str
    words: str
    height: float
    small: str = ""


def legend_entries(styles: Styles, drawn: Drawn, districts: bool = True) -> list[Entry]:
    """Rows for the layers shown, the base map, and the classes of precision that occur."""
    shown = {category for category, kinds in drawn.kinds.items() if kinds}
    rows: list[Entry] = []
    for group in styles.groups:
        here = [str(c) for c in group.categories if str(c) in shown]
        if here:
            rows.append(Entry("heading", group.id, group.name, 5.6))
            rows.extend(Entry("category", c, styles.categories[c].name, 5.0) for c in here)
    if districts:
        rows.append(Entry("heading", "base", "底图", 5.6))
        rows.append(Entry("base", "district", "区市界", 5.0))
    present = [p for p in Precision if str(p) in drawn.precisions]
    if present:
        rows.append(Entry("heading", "precision", "落图精度", 5.6))
        rows.extend(Entry("precision", str(p), p.label, 8.2, MEANING[str(p)]) for p in present)
    return rows


def flow(entries: list[Entry], columns: int, height: float) -> list[list[Entry]] | None:
    """Entries in columns, a heading never last in one; None when they do not fit."""
    result: list[list[Entry]] = [[]]
    used = 0.0
    for i, entry in enumerate(entries):
        after = entries[i + 1].height if entry.role == "heading" and i + 1 < len(entries) else 0.0
        if used and used + entry.height + after > height:
            result.append([])
            used = 0.0
        result[-1].append(entry)
        used += entry.height
    return result if len(result) <= columns and used <= height else None


def fitting_columns(
    entries: list[Entry], width: float, height: float, factor: float
) -> tuple[list[list[Entry]], float]:
    """The fewest columns that hold the entries. Where room is short the meanings go first, then the headings; only then
    is the factor shrunk, as far as needed."""
    for rows, narrowest in (
        (entries, _COLUMN_MM),
        (_plain(entries), _NARROW_MM),
        (_bare(entries), _NARROW_MM),
    ):
        for columns in range(1, max(1, int(width // (narrowest * factor))) + 1):
            found = flow(rows, columns, height / factor)
            if found is not None:
                return found, factor
    for shrink in (0.94, 0.85, 0.78, 0.7, 0.6, 0.5):
        f = factor * shrink
        for columns in range(1, max(1, int(width // (_NARROW_MM * f))) + 1):
            found = flow(_bare(entries), columns, height / f)
            if found is not None:
                return found, f
    return [_bare(entries)], factor * 0.5


def _plain(entries: list[Entry]) -> list[Entry]:
    """The entries without what the classes of precision mean."""
    return [replace(e, small="", height=5.0) if e.small else e for e in entries]


def _bare(entries: list[Entry]) -> list[Entry]:
    """The plain entries without the names of their groups; swatches of areas and of precision are as deep as before."""
    deep = {"category": 4.2, "precision": 5.0}
    return [replace(e, height=deep.get(e.role, 3.7)) for e in _plain(entries) if e.role != "heading"]


def balanced_columns(
    entries: list[Entry], width: float, height: float, factor: float
) -> tuple[list[list[Entry]], float]:
    """As :func:`fitting_columns`, the columns then evened out."""
    columns, f = fitting_columns(entries, width, height, factor)
    total = sum(e.height for column in columns for e in column)
    entries = [e for column in columns for e in column]
    for room in np.arange(total / len(columns), height / f, 1.0):
        found = flow(entries, len(columns), float(room))
        if found is not None:
            return found, f
    return columns, f


def columns_height(columns: list[list[Entry]], factor: float) -> float:
    """Height that the columns take, in mm."""
    return max(sum(e.height for e in column) for column in columns) * factor


def draw_legend(sheet: Sheet, group: Group, styles: Styles, drawn: Drawn, columns: list[list[Entry]], box: Box, factor: float) -> None:  # fmt: skip
    """Draw columns of entries from the top of a box."""
    step = (box[2] - box[0]) / len(columns)
    for i, column in enumerate(columns):
        y = box[3]
        for entry in column:
            _entry(sheet, group, styles, drawn, entry, box[0] + i * step, y, factor, step)
            y -= entry.height * factor


def _entry(sheet: Sheet, group: Group, styles: Styles, drawn: Drawn, entry: Entry, x: float, top: float, f: float, width: float) -> None:  # fmt: skip
    middle = top - (entry.height / 2 + (0.5 if entry.role == "heading" else 0)) * f
    if entry.role == "heading":
        sheet.text(group, x, middle, entry.words, 7 * f, color=marks.INK_3)
        start = x + width_mm(entry.words, 7 * f) + 1.5 * f
        sheet.lines(
            group,
            [np.array([(start, middle), (x + width - 3 * f, middle)])],
            stroke=marks.RULE,
            width_pt=0.5 * f,
        )
        return
    own = sheet.group(f"legend-{entry.role}-{entry.key}", group)
    if entry.role == "base":
        sheet.lines(own, [np.array([(x, middle), (x + 9 * f, middle)])], stroke=marks.DISTRICT_LINE,
                    width_pt=marks.DISTRICT_WIDTH_PX * PT_PER_PX * f, dash_pt=marks.dash_pt(marks.DISTRICT_DASH, f))  # fmt: skip
    elif entry.role == "category":
        with sheet.faded(drawn.opacity.get(entry.key, 1.0)):
            _category_swatch(sheet, own, styles, entry.key, drawn.kinds[entry.key], x, middle, f)
    else:
        _precision_swatch(sheet, own, styles, entry.key, x, middle, f)
    left = x + 11.5 * f
    if entry.small:
        sheet.text(own, left, middle + 1.4 * f, entry.words, 7.5 * f, color=marks.INK)
        size = min(7 * f, 7 * f * (width - 12.5 * f) / width_mm(entry.small, 7 * f))
        sheet.text(own, left, middle - 1.7 * f, entry.small, size, color=marks.INK_2)
    else:
        sheet.text(own, left, middle, entry.words, 7.5 * f, color=marks.INK)


def _category_swatch(sheet: Sheet, group: Group, styles: Styles, category: str, kinds: Counter[tuple[str, str]], x: float, y: float, f: float) -> None:  # fmt: skip
    style = styles.categories[category]
    px = PT_PER_PX * MM_PER_PT * f
    areas, lines, points = (_commonest(kinds, kind) for kind in ("area", "line", "point"))
    if areas:
        precision = styles.precision[areas]
        right = x + (6.2 if points else 9) * f
        _area_swatch(
            sheet,
            group,
            (x, y - 1.7 * f, right, y + 1.7 * f),
            style.color,
            marks.area_fill(style, precision),
            0.7 * f,
            px,
            precision.dash,
        )
    elif lines:
        stroke = marks.line_stroke(style, styles.precision[lines], f)
        wide = min(stroke.width_pt, 6 * f)
        sheet.lines(group, [np.array([(x + 1 * f, y), (x + 8 * f, y)])], stroke=stroke.color, width_pt=wide, opacity=stroke.opacity,
                    cap="round" if stroke.round_cap else "butt", dash_pt=marks.dash_pt("5 3" if stroke.dash_pt else "", f))  # fmt: skip
        if category == "axis" and not points:
            sheet.path(group, arrow_head(x + 8 * f, y, 0, px * 0.7), fill=style.color, fill_opacity=0.85)
    if points:
        at = x + (8.2 if areas or lines else 4.5) * f
        hollow = styles.precision[points].hollow
        fill, edge = ("#ffffff", style.color) if hollow else (style.color, "#ffffff")
        size = 15 if areas or lines else 18
        sheet.path(group, symbol(style.symbol, at, y, size * px), fill=fill, stroke=edge, width_pt=1.1 * f)


def _commonest(kinds: Counter[tuple[str, str]], kind: str) -> str:
    """The precision that most features drawn as this kind have; empty when there are none."""
    return max(((n, precision) for (k, precision), n in kinds.items() if k == kind), default=(0, ""))[1]


def _area_swatch(
    sheet: Sheet,
    group: Group,
    box: Box,
    color: str,
    fill: marks.Fill,
    width_pt: float,
    px: float,
    dash: str = "",
) -> None:
    sheet.box(group, box, fill=color, fill_opacity=max(fill.opacity, 0.08))
    area, step = shapely.box(*box), 7.5 * px
    if fill.hatch == "dots":
        sheet.dots(
            group,
            hatch_dots(area, step),
            color=color,
            radius_mm=marks.DOT_RADIUS_PX * px,
            opacity=marks.DOT_OPACITY,
        )
    elif fill.hatch != "none":
        sheet.lines(group, hatch_lines(area, fill.hatch, step), stroke=color, width_pt=width_pt, opacity=0.5)
    sheet.box(
        group,
        box,
        stroke=color,
        width_pt=width_pt,
        opacity=0.8,
        dash_pt=marks.dash_pt("5 3" if dash else "", width_pt),
    )


def _precision_swatch(
    sheet: Sheet, group: Group, styles: Styles, key: str, x: float, y: float, f: float
) -> None:
    """Line, fill and marker as the class draws them, in a neutral ink."""
    precision = styles.precision[key]
    px = PT_PER_PX * MM_PER_PT * f
    box = (x, y - 2 * f, x + 9 * f, y + 2 * f)
    if precision.hollow:
        sheet.path(group, circle(x + 4.5 * f, y, 2.4 * f), fill=_NEUTRAL, fill_opacity=0.06, stroke=_NEUTRAL, opacity=0.6,
                   width_pt=0.6 * f, dash_pt=marks.dash_pt(precision.dash, f * 0.8))  # fmt: skip
        sheet.path(group, circle(x + 4.5 * f, y, 0.9 * f), fill="#ffffff", stroke=_NEUTRAL, width_pt=1.1 * f)
    elif precision.soft:
        fill = marks.Fill(_NEUTRAL, 0.06, "diagonal")
        _area_swatch(sheet, group, (x, y - 2 * f, x + 4.2 * f, y + 2 * f), _NEUTRAL, fill, 0.45 * f, px)
        sheet.lines(group, [np.array([(x + 6 * f, y - 1.1 * f), (x + 8.4 * f, y + 1.1 * f)])], stroke=_NEUTRAL, width_pt=5 * f,
                    opacity=precision.stroke_opacity, cap="round")  # fmt: skip
    elif key == "located":
        sheet.lines(group, [np.array([(x, y - 1.3 * f), (x + 4 * f, y + 0.8 * f), (x + 6.2 * f, y - 0.6 * f), (x + 9 * f, y + 1.4 * f)])],
                    stroke=_NEUTRAL, width_pt=1.4 * f)  # fmt: skip
        sheet.path(
            group, circle(x + 4 * f, y + 0.8 * f, 0.95 * f), fill=_NEUTRAL, stroke="#ffffff", width_pt=0.5 * f
        )
    else:
        sheet.box(group, box, fill=_NEUTRAL, fill_opacity=precision.fill_opacity, stroke=_NEUTRAL, width_pt=1.2 * f,
                  dash_pt=marks.dash_pt("5 3" if precision.dash else "", f))  # fmt: skip
