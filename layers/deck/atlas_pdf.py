"""The atlas of a plan: contents, then a map for each structure and feature, or chapter, with all its words beside it and on
as many pages after it as they take. Written page by page."""

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
from layers.records import PlanInfo
from layers.render import marks
from layers.render.errors import RenderError
from layers.render.layout_spec import parse_layout
from layers.render.output import AUTHOR, drawing
from layers.render.page import NOTICE, compose
from layers.render.sheet import Group, Sheet
from layers.render.source import MapSource
from layers.render.text import wrap
from layers.said import said
from layers.view_link import ViewState, encode_link

_WIDTH, _HEIGHT = 297.0, 210.0
_MAP_WIDTH = 187.0
_BESIDE = 194.0
"""Left edge of the column beside the map."""
_TOP, _LOW = 201.0, 16.0
_PER_COLUMN, _COLUMNS = 34, 2
_MORE_COLUMNS, _MORE_WIDTH, _MORE_TOP = 3, 87.0, 192.0
"""Columns of an entry's further pages; the one beside its map is as wide."""
_BLUE = "#0b4f8a"


@dataclass(frozen=True)
class AtlasCount:
    """Pages of the file, those of them that have a structure or a feature."""

    pages: int
    entries: int


@dataclass(frozen=True)
class _Leaf:
    """An entry with the columns of its words: the first stands beside the map, the others on pages of their own; ``page``
    is its first."""

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
        raise RenderError(said("{plan}没有可以成页的内容，请换一种图集", plan=plan.short_title))
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
            progress(said("图集第 {page}/{pages} 页", page=leaf.page + 1, pages=count), leaf.page / count)
            if leaf.entry.part and leaf.entry.part != part:
                book.add_bookmark(leaf.entry.part, leaf.page, 0)
            part = leaf.entry.part
            book.add_bookmark(leaf.entry.title, leaf.page, 1 if part else 0)
            with drawing():
                book.add_page(_entry_sheet(source, plan, leaf, count, day))
            for more in range(1, leaf.pages):
                at = leaf.page + more
                progress(said("图集第 {page}/{pages} 页", page=at + 1, pages=count), at / count)
                with drawing():
                    book.add_page(_more_sheet(leaf, more, count, store.version))
        with drawing():
            progress(said("写出字体"), 1.0)
    return AtlasCount(count, len(entries))


def _title(plan: PlanInfo, by: By) -> str:
    return f"{plan.short_title}图集" + {"chapter": "（按章）", "structure": "（空间格局）", "feature": "（要素）"}.get(by, "")  # fmt: skip


def _leaves(source: MapSource, plan: PlanInfo, entries: list[AtlasEntry], page: int) -> Iterator[_Leaf]:
    """Every entry with its first page: its words are broken into columns before anything is drawn."""
    for entry in entries:
        leaf = _Leaf(entry, tuple(flow_columns(list(_entry_lines(source, plan, entry)), _column)), page)
        yield leaf
        page += leaf.pages


def _column(number: int) -> tuple[float, float]:
    """Top and foot of the nth column of an entry: the first stands beside the map."""
    return (_TOP, _LOW) if number == 0 else (_MORE_TOP, _LOW)


def _entry_lines(source: MapSource, plan: PlanInfo, entry: AtlasEntry) -> Iterator[ColumnLine]:
    store = source.store
    yield from heading_lines(f"原文 · {plan.short_title}", _MORE_WIDTH, 0, _BLUE)
    for i, words in enumerate(entry_words(store, plan, entry)):
        yield from paragraph_lines(
            f"「{words.sentence}」", 7.8, _MORE_WIDTH, above=1.6 if i else 0.0, keep=True
        )
        place = f"{words.of} — {words.place}" if words.of else words.place
        yield from paragraph_lines(place, 7.0, _MORE_WIDTH, marks.INK_3)
    rows = entry_rows(store, plan, entry)
    if rows:
        yield from heading_lines("规划项目与任务（数字照录原文）", _MORE_WIDTH, 4.0, _BLUE)
    for row in rows:
        cells = ((0.0, row.feature, 21.0), (22.0, row.name, 33.0), (56.0, row.printed, 19.0))
        yield row_lines(cells, f"第{row.line}行", 7.0, _MORE_WIDTH)
    for title, names in (
        (
            "点到而未落图" if entry.chapter else "未落图",
            entry.unplaced if entry.chapter or entry.shown else (),
        ),
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
    draw_column(sheet, group, leaf.columns[0], _BESIDE, _MORE_WIDTH)
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
    """A further page of an entry's words: columns without a map."""
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


def _page_number(sheet: Sheet, group: Group, number: int, count: int) -> None:
    sheet.text(group, 288, 7.5, f"{number} / {count}", 8, color=marks.INK_2, align="right")
