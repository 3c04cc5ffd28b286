"""The atlas of a plan: contents, then a page for each structure and first-level feature, written page by page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from layers.carried_words import carried_words
from layers.deck.atlas_entries import (
    STRUCTURES,
    AtlasEntry,
    By,
    Row,
    Words,
    atlas_entries,
    beyond_the_plan,
    entry_camera,
    entry_rows,
    entry_words,
)
from layers.deck.columns import (
    Column,
    ColumnLine,
    draw_column,
    flow_columns,
    heading_lines,
    paragraph_lines,
    row_lines,
)
from layers.deck.pdf_book import PdfBook, pdf_book
from layers.progress import Progress, silent
from layers.render import marks
from layers.render.errors import RenderError
from layers.render.layout_spec import parse_layout
from layers.render.output import AUTHOR, drawing
from layers.render.page import NOTICE, compose
from layers.render.sheet import Group, Sheet
from layers.render.source import MapSource
from layers.render.text import MM_PER_PT, wrap
from layers.store import PlanInfo, Store
from layers.view_link import ViewState, encode_link

_WIDTH, _HEIGHT = 297.0, 210.0
_MAP_WIDTH = 187.0
_COLUMN = (194.0, 288.0)
_TOP, _LOW = 201.0, 16.0
_PER_COLUMN, _COLUMNS = 34, 2
_ROW = 4.8
_MORE_COLUMNS, _MORE_WIDTH, _MORE_TOP = 3, 87.0, 192.0
"""Columns of a chapter's further pages; the one beside its map is as wide."""
_BLUE = "#0b4f8a"


@dataclass(frozen=True)
class AtlasCount:
    """Pages of the file, those of them that have a structure or a feature."""

    pages: int
    entries: int


@dataclass(frozen=True)
class _Leaf:
    """An entry with the columns of its words, which a chapter has on pages of their own too; ``page`` is its first."""

    entry: AtlasEntry
    columns: tuple[Column, ...]
    page: int

    @property
    def pages(self) -> int:
        return 1 + -(-max(len(self.columns) - 1, 0) // _MORE_COLUMNS)


def write_atlas(
    source: MapSource, plan_id: str, path: Path, today: datetime.date | None = None, progress: Progress = silent,
    most: int | None = None, by: By = "",
) -> AtlasCount:  # fmt: skip
    """Write the atlas of a plan; nothing is left when it fails or ``progress`` raises.

    ``most`` limits the entries; ``by`` says what has a page (:data:`layers.deck.atlas_entries.BY`).

    Raises
    ------
    KeyError
        The store has no such plan.
    RenderError
        The plan has nothing to make pages of, or the file cannot be written.
    """
    store, day = source.store, today or datetime.date.today()
    plan = store.plans[plan_id]
    entries = atlas_entries(store, source.styles, plan, by)[:most]
    if not entries:
        raise RenderError(f"{plan.short_title}没有可以成页的内容，请换一种图集")
    first = -(-len(entries) // (_PER_COLUMN * _COLUMNS))
    leaves = list(_leaves(source, plan, entries, first))
    count = leaves[-1].page + leaves[-1].pages
    link = "/" + encode_link(ViewState(plan=plan.id))
    subject = carried_words(link, store.version, f"规划文本：《{plan.title}》。{NOTICE}")
    told = {"Title": _title(plan, by), "Author": AUTHOR, "Subject": subject, "Creator": AUTHOR}
    with pdf_book(path, told, datetime.datetime.combine(day, datetime.time(), datetime.UTC)) as book:
        book.add_bookmark("目录", 0, 0)
        for page in range(first):
            _add_contents(book, plan, by, leaves, (page, first, count), store.version)
        part = ""
        for leaf in leaves:
            progress(f"图集第 {leaf.page + 1}/{count} 页", leaf.page / count)
            if leaf.entry.part and leaf.entry.part != part:
                book.add_bookmark(leaf.entry.part, leaf.page, 0)
            part = leaf.entry.part
            book.add_bookmark(leaf.entry.title, leaf.page, 1 if part else 0)
            with drawing():
                book.add_page(_entry_sheet(source, plan, leaf, count, day))
            for more in range(1, leaf.pages):
                progress(f"图集第 {leaf.page + more + 1}/{count} 页", (leaf.page + more) / count)
                with drawing():
                    book.add_page(_more_sheet(leaf, more, count, store.version))
        with drawing():
            progress("写出字体", 1.0)
    return AtlasCount(count, len(entries))


def _title(plan: PlanInfo, by: By) -> str:
    return f"{plan.short_title}图集" + {"chapter": "（按章）", "structure": "（空间格局）", "feature": "（要素）"}.get(by, "")  # fmt: skip


def _leaves(source: MapSource, plan: PlanInfo, entries: list[AtlasEntry], page: int) -> Iterator[_Leaf]:
    """Every entry with its first page: a chapter's words are broken into columns before anything is drawn."""
    for entry in entries:
        columns: tuple[Column, ...] = ()
        if entry.chapter is not None:
            columns = tuple(flow_columns(list(_chapter_lines(source, plan, entry)), _column))
        leaf = _Leaf(entry, columns, page)
        yield leaf
        page += leaf.pages


def _column(number: int) -> tuple[float, float]:
    """Top and foot of the nth column of a chapter: the first stands beside the map."""
    return (_TOP, _LOW) if number == 0 else (_MORE_TOP, _LOW)


def _chapter_lines(source: MapSource, plan: PlanInfo, entry: AtlasEntry) -> Iterator[ColumnLine]:
    store = source.store
    yield from heading_lines(f"原文 · {plan.short_title}", _MORE_WIDTH, 0, _BLUE)
    for i, words in enumerate(entry_words(store, plan, entry)):
        yield from paragraph_lines(
            f"「{words.sentence}」", 7.8, _MORE_WIDTH, above=1.6 if i else 0.0, keep=True
        )
        place = f"{words.of} — {words.place}"
        yield from paragraph_lines(place, 7.0, _MORE_WIDTH, marks.INK_3)
    rows = entry_rows(store, plan, entry)
    if rows:
        yield from heading_lines("规划项目与任务（数字照录原文）", _MORE_WIDTH, 4.0, _BLUE)
    for row in rows:
        cells = ((0.0, row.feature, 21.0), (22.0, row.name, 33.0), (56.0, row.printed, 19.0))
        yield row_lines(cells, f"第{row.line}行", 7.0, _MORE_WIDTH)
    for title, names in (
        ("点到而未落图", entry.unplaced),
        ("点到而在图幅之外", beyond_the_plan(source, plan, entry)),
    ):
        if names:
            yield from heading_lines(title, _MORE_WIDTH, 4.0, _BLUE)
            yield from paragraph_lines("、".join(names), 7.5, _MORE_WIDTH, marks.INK_2)


def _add_contents(
    book: PdfBook, plan: PlanInfo, by: By, leaves: list[_Leaf], at: tuple[int, int, int], version: str
) -> None:
    """A page of the contents, each line a link to its page."""
    page, _, count = at
    sheet = Sheet(_WIDTH, _HEIGHT, 72)
    group = sheet.group("contents", title="目录")
    sheet.text(group, 12, 197, _title(plan, by), 20, color=marks.INK, bold=True)
    sheet.text(
        group, 12, 188, f"{plan.title} · 规划期 {plan.period}，展望 {plan.horizon}", 9, color=marks.INK_2
    )
    sheet.lines(group, [np.array([(12.0, 184.0), (285.0, 184.0)])], stroke=_BLUE, width_pt=1.2)
    size = _PER_COLUMN * _COLUMNS
    wide = len(leaves) <= _PER_COLUMN
    room = 273 if wide else 130
    for i, leaf in enumerate(leaves[page * size : (page + 1) * size]):
        x, y = 12 + (i // _PER_COLUMN) * 140, 179 - (i % _PER_COLUMN) * 4.75
        bold = leaf.entry.part == STRUCTURES
        title = wrap(leaf.entry.title, 8.5, room - 15, most=1)[0]
        sheet.text(group, x, y, title, 8.5, color=marks.INK, bold=bold)
        sheet.text(group, x + room, y, str(leaf.page + 1), 8.5, color=marks.INK_2, align="right")
        book.link_next_page((x, y - 2, x + room, y + 2), leaf.page)
    told = {"": "粗体为空间格局，其余为一级要素。", "chapter": "没有点到一、二级要素的章不列。"}.get(by, "")
    sheet.text(group, 12, 9, f"{NOTICE}。数据版本 {version[:12]}。{told}", 7, color=marks.INK_3)
    _page_number(sheet, group, page + 1, count)
    with drawing():
        book.add_page(sheet)


def _entry_sheet(source: MapSource, plan: PlanInfo, leaf: _Leaf, count: int, day: datetime.date) -> Sheet:
    """The map as a figure of its own, the sheet then widened by a column of words."""
    entry, store = leaf.entry, source.store
    if entry.shown:
        values = {
            "paper": "pixels", "width_px": round(_MAP_WIDTH / 25.4 * 150), "height_px": round(_HEIGHT / 25.4 * 150),
            "dpi": 150, "enlarge": 1.0, "plan": plan.id, "features": entry.shown,
            "title": entry.title[:60], "subtitle": entry.subtitle[:100], **entry_camera(source, plan, entry),
        }  # fmt: skip
        sheet = compose(source, parse_layout(values), day).sheet
        sheet.figure.set_size_inches(_WIDTH / 25.4, sheet.height_mm / 25.4)
    else:
        sheet = _unplaced_sheet(entry, store.version)
    group = sheet.group("words", title="原文与项目")
    if leaf.columns:
        draw_column(sheet, group, leaf.columns[0], _COLUMN[0], _MORE_WIDTH)
    else:
        _draw_beside(sheet, group, store, plan, entry)
    _page_number(sheet, group, leaf.page + 1, count)
    return sheet


def _unplaced_sheet(entry: AtlasEntry, version: str) -> Sheet:
    """A page without a map: why there is none."""
    sheet = Sheet(_WIDTH, _HEIGHT, 72)
    group = sheet.group("unplaced", title="未落图")
    sheet.text(
        group, 9, 196, wrap(entry.title, 16, _MAP_WIDTH - 18, most=1)[0], 16, color=marks.INK, bold=True
    )
    note = entry.feature.placement_note if entry.feature else ""
    for i, words in enumerate(wrap(f"{entry.subtitle}{note or ''}", 9, _MAP_WIDTH - 18)):
        sheet.text(group, 9, 186 - i * 5, words, 9, color=marks.INK_2)
    sheet.text(group, 9, 9, f"{NOTICE}。数据版本 {version[:12]}。", 7, color=marks.INK_3)
    return sheet


def _more_sheet(leaf: _Leaf, more: int, count: int, version: str) -> Sheet:
    """A further page of a chapter's words: columns without a map."""
    sheet = Sheet(_WIDTH, _HEIGHT, 72)
    group = sheet.group("words", title="原文与项目")
    title = wrap(f"{leaf.entry.title}（续）", 11, 270, most=1)[0]
    sheet.text(group, 9, 200, title, 11, color=marks.INK, bold=True)
    sheet.lines(group, [np.array([(9.0, 195.5), (288.0, 195.5)])], stroke=_BLUE, width_pt=1.0)
    first = 1 + (more - 1) * _MORE_COLUMNS
    for i, column in enumerate(leaf.columns[first : first + _MORE_COLUMNS]):
        draw_column(sheet, group, column, 9.0 + i * 96.0, _MORE_WIDTH)
    sheet.text(group, 9, 7.5, f"{NOTICE}。数据版本 {version[:12]}。", 7, color=marks.INK_3)
    _page_number(sheet, group, leaf.page + more + 1, count)
    return sheet


def _draw_beside(sheet: Sheet, group: Group, store: Store, plan: PlanInfo, entry: AtlasEntry) -> None:
    """Sentences and projects of a structure or feature, as many as its one page holds."""
    rows = entry_rows(store, plan, entry)
    floor = _LOW + (min(len(rows) + 2, 16) * _ROW if rows else 0)
    y = _heading(sheet, group, _TOP, f"原文 · {plan.short_title}")
    y = _draw_words(sheet, group, y, floor, entry_words(store, plan, entry))
    if rows:
        _draw_rows(sheet, group, _heading(sheet, group, y, "规划项目与任务（数字照录原文）"), rows)
    if entry.unplaced and entry.shown:
        words = f"未落图：{'、'.join(entry.unplaced)}"
        sheet.text(group, _COLUMN[0], 11.5, wrap(words, 7, 80, most=1)[0], 7, color=marks.INK_3)


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
        place = wrap(f"{item.of + ' — ' if item.of else ''}{item.place}", 7.0, width, most=2)
        left = len(items) - i
        if y - step * (len(lines) + len(place) + (1 if left > 1 else 0)) < floor:
            sheet.text(group, _COLUMN[0], y, f"另有 {left} 段原文", size, color=marks.INK_3)
            return y - step
        for words in lines:
            sheet.text(group, _COLUMN[0], y, words, size, color=marks.INK)
            y -= step
        for words in place:
            sheet.text(group, _COLUMN[0], y, words, 7.0, color=marks.INK_3)
            y -= step
        y -= step * 0.5
    return y


def _draw_rows(sheet: Sheet, group: Group, y: float, rows: list[Row]) -> None:
    """The projects as a table: feature, project, figures as printed, line."""
    x, size, step = _COLUMN[0], 7.0, _ROW
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
