"""The atlas of a plan: contents, then a page for each structure and first-level feature, written page by page."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from layers.deck.atlas_entries import (
    AtlasEntry,
    Row,
    Words,
    atlas_entries,
    entry_rows,
    entry_scale,
    entry_words,
)
from layers.deck.pdf_book import PdfBook, pdf_book
from layers.progress import Progress, silent
from layers.render import marks
from layers.render.layout_spec import parse_layout
from layers.render.output import AUTHOR, drawing
from layers.render.page import NOTICE, compose
from layers.render.sheet import Group, Sheet
from layers.render.source import MapSource
from layers.render.text import MM_PER_PT, wrap
from layers.store import PlanInfo
from layers.view_link import view_link

_WIDTH, _HEIGHT = 297.0, 210.0
_MAP_WIDTH = 187.0
_COLUMN = (193.0, 288.0)
_TOP, _LOW = 201.0, 16.0
_PER_COLUMN, _COLUMNS = 34, 2
_ROW = 4.6
_BLUE = "#0b4f8a"


@dataclass(frozen=True)
class AtlasCount:
    """Pages of the file, those of them that have a structure or a feature."""

    pages: int
    entries: int


def write_atlas(
    source: MapSource, plan_id: str, path: Path, today: datetime.date | None = None, progress: Progress = silent,
    most: int | None = None, stopped: Callable[[], bool] = lambda: False,
) -> AtlasCount:  # fmt: skip
    """Write the atlas of a plan; nothing is left when it fails or ``progress`` raises.

    ``most`` limits the entries; ``stopped`` is asked before each page.

    Raises
    ------
    KeyError
        The store has no such plan.
    WriteError
        The file cannot be written.
    KeyboardInterrupt
        ``stopped`` said so.
    """
    store, day = source.store, today or datetime.date.today()
    plan = store.plans[plan_id]
    entries = atlas_entries(store, plan)[:most]
    first = -(-len(entries) // (_PER_COLUMN * _COLUMNS))
    count = first + len(entries)
    title = f"{plan.short_title}图集"
    subject = f"视图 /{view_link(plan=plan.id)}；数据版本 {store.version}；《{plan.title}》；{NOTICE}"
    told = {"Title": title, "Author": AUTHOR, "Subject": subject, "Creator": AUTHOR}
    with pdf_book(path, told, datetime.datetime.combine(day, datetime.time(), datetime.UTC)) as book:
        book.add_bookmark("目录", 0, 0)
        for page in range(first):
            _add_contents(book, plan, entries, page, first, count, store.version)
        for i, entry in enumerate(entries):
            if stopped():
                raise KeyboardInterrupt
            progress(f"图集第 {first + i + 1}/{count} 页", i / len(entries))
            if i == 0 or entry.chapter != entries[i - 1].chapter:
                book.add_bookmark(entry.chapter, first + i, 0)
            book.add_bookmark(entry.feature.name, first + i, 1)
            with drawing():
                book.add_page(_entry_sheet(source, plan, entry, first + i + 1, count, day))
        with drawing():
            progress("写出字体", 1.0)
    return AtlasCount(count, len(entries))


def _add_contents(
    book: PdfBook, plan: PlanInfo, entries: list[AtlasEntry], page: int, first: int, count: int, version: str
) -> None:
    """A page of the contents, each line a link to its page."""
    sheet = Sheet(_WIDTH, _HEIGHT, 72)
    group = sheet.group("contents", title="目录")
    sheet.text(group, 12, 197, f"{plan.short_title}图集", 20, color=marks.INK, bold=True)
    sheet.text(
        group, 12, 188, f"{plan.title} · 规划期 {plan.period}，展望 {plan.horizon}", 9, color=marks.INK_2
    )
    sheet.lines(group, [np.array([(12.0, 184.0), (285.0, 184.0)])], stroke=_BLUE, width_pt=1.2)
    size = _PER_COLUMN * _COLUMNS
    for i, entry in enumerate(entries[page * size : (page + 1) * size]):
        x, y = 12 + (i // _PER_COLUMN) * 140, 179 - (i % _PER_COLUMN) * 4.75
        number = first + page * size + i
        bold = entry.chapter == "空间格局"
        sheet.text(
            group, x, y, wrap(entry.feature.name, 8.5, 110, most=1)[0], 8.5, color=marks.INK, bold=bold
        )
        sheet.text(group, x + 130, y, str(number + 1), 8.5, color=marks.INK_2, align="right")
        book.link_next_page((x, y - 2, x + 130, y + 2), number)
    words = f"{NOTICE}。数据版本 {version[:12]}。粗体为空间格局，其余为一级要素。"
    sheet.text(group, 12, 9, words, 7, color=marks.INK_3)
    _page_number(sheet, group, page + 1, count)
    with drawing():
        book.add_page(sheet)


def _entry_sheet(
    source: MapSource, plan: PlanInfo, entry: AtlasEntry, number: int, count: int, day: datetime.date
) -> Sheet:
    """The map as a figure of its own, the sheet then widened by a column of words."""
    if entry.shown:
        values = {
            "paper": "pixels", "width_px": round(_MAP_WIDTH / 25.4 * 150), "height_px": round(_HEIGHT / 25.4 * 150),
            "dpi": 150, "enlarge": 1.0, "plan": plan.id, "features": entry.shown, "scale": entry_scale(source, plan, entry),
            "title": entry.feature.name[:60], "subtitle": entry.precision_sentence[:100],
        }  # fmt: skip
        sheet = compose(source, parse_layout(values), day).sheet
        sheet.figure.set_size_inches(_WIDTH / 25.4, sheet.height_mm / 25.4)
    else:
        sheet = Sheet(_WIDTH, _HEIGHT, 72)
        group = sheet.group("unplaced", title="未落图")
        sheet.text(group, 9, 196, entry.feature.name, 16, color=marks.INK, bold=True)
        why = f"{entry.precision_sentence}{entry.feature.placement_note or ''}"
        for i, words in enumerate(wrap(why, 9, _MAP_WIDTH - 18)):
            sheet.text(group, 9, 186 - i * 5, words, 9, color=marks.INK_2)
        sheet.text(group, 9, 9, f"{NOTICE}。数据版本 {source.store.version[:12]}。", 7, color=marks.INK_3)
    group = sheet.group("words", title="原文与项目")
    rows = entry_rows(source.store, plan, entry)
    floor = _LOW + (min(len(rows) + 2, 16) * _ROW if rows else 0)
    y = _heading(sheet, group, _TOP, f"原文 · {plan.short_title}")
    y = _draw_words(sheet, group, y, floor, entry_words(source.store, plan, entry))
    if rows:
        _draw_rows(sheet, group, _heading(sheet, group, y, "规划项目与任务（数字照录原文）"), rows)
    if entry.unplaced and entry.shown:
        words = f"未落图：{'、'.join(entry.unplaced)}"
        sheet.text(group, _COLUMN[0], 11.5, wrap(words, 6.5, 80, most=1)[0], 6.5, color=marks.INK_3)
    _page_number(sheet, group, number, count)
    return sheet


def _heading(sheet: Sheet, group: Group, y: float, words: str) -> float:
    sheet.text(group, _COLUMN[0], y - 2, words, 9, color=_BLUE, bold=True)
    sheet.lines(
        group, [np.array([(_COLUMN[0], y - 5), (_COLUMN[1], y - 5)])], stroke=marks.RULE, width_pt=0.8
    )
    return y - 8


def _draw_words(sheet: Sheet, group: Group, y: float, floor: float, items: list[Words]) -> float:
    """As many sentences as fit whole, then how many more there are; gives where the next thing may begin."""
    size, width = 7.8, _COLUMN[1] - _COLUMN[0]
    step = size * MM_PER_PT * 1.45
    for i, item in enumerate(items):
        lines = wrap(f"「{item.sentence}」", size, width)
        place = wrap(f"{item.of + ' — ' if item.of else ''}{item.place}", size * 0.88, width, most=2)
        left = len(items) - i
        if y - step * (len(lines) + len(place) + (1 if left > 1 else 0)) < floor:
            sheet.text(group, _COLUMN[0], y, f"另有 {left} 段原文", size, color=marks.INK_3)
            return y - step
        for words in lines:
            sheet.text(group, _COLUMN[0], y, words, size, color=marks.INK)
            y -= step
        for words in place:
            sheet.text(group, _COLUMN[0], y, words, size * 0.88, color=marks.INK_3)
            y -= step
        y -= step * 0.5
    return y


def _draw_rows(sheet: Sheet, group: Group, y: float, rows: list[Row]) -> None:
    """The projects as a table: feature, project, figures as printed, line."""
    x, size, step = _COLUMN[0], 6.6, _ROW
    fits = int((y - _LOW) / step) + 1
    kept = rows if len(rows) <= fits else rows[: fits - 1]
    for row in kept:
        cells = ((x, row.feature, 23), (x + 24, row.name, 36), (x + 61, row.printed, 23))
        for at, words, width in cells:
            line = wrap(words, size, width, most=1)
            sheet.text(group, at, y, line[0] if line else "", size, color=marks.INK)
        sheet.text(group, _COLUMN[1], y, f"第{row.line}行", size, color=marks.INK_3, align="right")
        edge = np.array([(x, y - step / 2), (_COLUMN[1], y - step / 2)])
        sheet.lines(group, [edge], stroke=marks.RULE, width_pt=0.4)
        y -= step
    if len(kept) < len(rows):
        sheet.text(group, x, y, f"另有 {len(rows) - len(kept)} 个项目", size, color=marks.INK_3)


def _page_number(sheet: Sheet, group: Group, number: int, count: int) -> None:
    sheet.text(group, 288, 7.5, f"{number} / {count}", 8, color=marks.INK_2, align="right")
