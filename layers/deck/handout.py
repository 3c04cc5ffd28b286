"""The handout of scenes: A4 pages with map, caption, the plan's words, note, link and QR code, and a page of sources."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from geo.precision import Precision
from layers.carried_words import carried_words
from layers.deck.drawing import faded, scene_content, scene_projection
from layers.deck.pdf_book import PdfBook, pdf_book
from layers.deck.plan_deck import NOTICE
from layers.deck.qr import draw_qr
from layers.deck.scene_view import SceneView, presentation
from layers.deck.scene_words import SceneWords, scene_words
from layers.deck.words import edition, place_of
from layers.progress import Progress, silent
from layers.records import PlanInfo
from layers.render import marks
from layers.render.legend import Entry, draw_legend, flow
from layers.render.map_drawing import DrawnMap, MapLook, draw_map
from layers.render.output import AUTHOR, drawing
from layers.render.sheet import Box, Group, Sheet
from layers.render.source import MapSource
from layers.render.text import MM_PER_PT, wrap
from layers.said import said
from layers.scene_sets import Scene, SceneSet
from layers.styles import Styles

PerPage = Literal[1, 2, 3]
PER_PAGE: tuple[PerPage, ...] = (1, 2, 3)
"""Scenes a page; one leaves half of it to notes by hand."""

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _RIGHT = 15.0, 195.0
_TOP, _LOW = 280.0, 17.0
_BLUE = "#0b4f8a"
_LOOK = MapLook(factor=0.9, smallest_pt=7.2)
_GAP = 5.0
_HEAD = 14.5
_QR = 22.0
_ROW_MM = 4.8
_COLUMN_MM = 24.0
_LEADING = 1.42

AddressOf = Callable[[str], str]
"""The address that opens a link, ``?v=2...``, in a browser."""


@dataclass(frozen=True)
class _Slot:
    """Where a scene stands on a page: its map, its words, and the room for notes by hand, if any."""

    top: float
    map: Box
    words: Box
    notes: Box | None


@dataclass(frozen=True)
class _Paragraph:
    text: str
    size: float
    color: str
    above: float = 0.0


def write_handout(
    source: MapSource, scene_set: SceneSet, path: Path, address_of: AddressOf, per_page: PerPage = 2,
    today: datetime.date | None = None, progress: Progress = silent,
) -> int:  # fmt: skip
    """Write the handout and return its number of pages; nothing is left when it fails or ``progress`` raises.

    Raises
    ------
    SceneFileError
        A scene cannot be drawn.
    WriteError
        The file cannot be written.
    """
    store, day = source.store, today or datetime.date.today()
    show = presentation(source, scene_set)
    plan, plans, title, shown = show.plan, show.plans, show.title, show.shown
    count = -(-len(shown) // per_page) + 1
    link = f"/{shown[0][0].link}"
    editions = "、".join(edition(p) for p in plans)
    subject = carried_words(link, store.version, f"规划文本：{editions}。{NOTICE}")
    told = {"Title": f"{title}（讲义）", "Author": AUTHOR, "Subject": subject, "Creator": AUTHOR}
    with pdf_book(path, told, datetime.datetime.combine(day, datetime.time(), datetime.UTC)) as book:
        _add_bookmarks(book, scene_set, per_page, count)
        for page in range(count - 1):
            progress(said("讲义第 {page}/{pages} 页", page=page + 1, pages=count), page / count)
            with drawing():
                sheet, group = _page(title, store.version, page + 1, count)
                here = shown[page * per_page : (page + 1) * per_page]
                for i, (scene, view) in enumerate(here):
                    number = page * per_page + i + 1
                    _draw_scene(
                        book, sheet, source, plan, (number, scene, view), _slot(i, per_page), address_of
                    )
                    if i:
                        _rule(sheet, group, _slot(i, per_page).top + 3.5)
                book.add_page(sheet)
        with drawing():
            sheet, group = _page(title, store.version, count, count)
            _draw_sources(sheet, group, source, plans, day)
            book.add_page(sheet)
            progress(said("写出字体"), 1.0)
    return count


def _add_bookmarks(book: PdfBook, scenes: SceneSet, per_page: int, count: int) -> None:
    """A bookmark for each chapter with its scenes below; scenes without a chapter stand by themselves."""
    chapter = ""
    for i, scene in enumerate(scenes.scenes):
        if scene.chapter and scene.chapter != chapter:
            book.add_bookmark(scene.chapter, i // per_page, 0)
        chapter = scene.chapter
        name = scene.caption.partition("\n")[0].strip() or f"第 {i + 1} 幕"
        book.add_bookmark(name, i // per_page, 1 if chapter else 0)
    book.add_bookmark("资料来源", count - 1, 0)


def _page(title: str, version: str, number: int, count: int) -> tuple[Sheet, Group]:
    sheet = Sheet(_WIDTH, _HEIGHT, 72)
    group = sheet.group("page", title="页眉页脚")
    big = number == 1
    line = wrap(title, 14 if big else 9, _RIGHT - _LEFT, most=1)
    sheet.text(
        group, _LEFT, 287.5, line[0] if line else "", 14 if big else 9, color=_BLUE if big else marks.INK_2, bold=big
    )  # fmt: skip
    sheet.lines(
        group, [np.array([(_LEFT, 283.0), (_RIGHT, 283.0)])], stroke=_BLUE, width_pt=1.2 if big else 0.6
    )
    words = f"{NOTICE}。数据版本 {version[:12]}。规划图集 Plan Atlas"
    sheet.text(group, _LEFT, 9.5, words, 7.5, color=marks.INK_3)
    sheet.text(group, _RIGHT, 9.5, f"{number} / {count}", 8.5, color=marks.INK_2, align="right")
    return sheet, group


def _rule(sheet: Sheet, group: Group, y: float) -> None:
    sheet.lines(group, [np.array([(_LEFT, y), (_RIGHT, y)])], stroke=marks.RULE, width_pt=0.7)


def _slot(index: int, per_page: PerPage) -> _Slot:
    room = (_TOP - _LOW + 4) / per_page
    top, low = _TOP - index * room, _TOP - (index + 1) * room + 6
    if per_page == 1:
        map_low = top - _HEAD - 125
        words_low = low + 50
        return _Slot(
            top,
            (_LEFT, map_low, _RIGHT, top - _HEAD),
            (_LEFT, words_low, _RIGHT, map_low - _GAP),
            (_LEFT, low, _RIGHT, words_low - 2),
        )
    right = _LEFT + (112 if per_page == 2 else 100)
    return _Slot(top, (_LEFT, low, right, top - _HEAD), (right + _GAP, low, _RIGHT, top - _HEAD), None)


def _draw_scene(
    book: PdfBook, sheet: Sheet, source: MapSource, plan: PlanInfo | None, item: tuple[int, Scene, SceneView],
    slot: _Slot, address_of: AddressOf,
) -> None:  # fmt: skip
    number, scene, view = item
    words = scene_words(source.store, scene, view, plan)
    group = sheet.group(f"scene-{number}", title=words.title)
    head = wrap(f"{number}　{words.title or '（没有标题）'}", 12.5, _RIGHT - _LEFT, most=1)
    sheet.text(group, _LEFT, slot.top - 3, head[0], 12.5, color=marks.INK, bold=True)
    second = wrap(words.second, 8.5, _RIGHT - _LEFT, most=1)
    if second:
        sheet.text(group, _LEFT, slot.top - 9.3, second[0], 8.5, color=marks.INK_2)
    content = scene_content(source, view.features, plan.id if plan else view.state.plan)
    camera = scene_projection(source, content, view.box, slot.map)
    map_ = draw_map(sheet, source, content, camera, faded(_LOOK, view.state.opacity), f"map-{number}")
    address = address_of(scene.link)
    x0, y0, x1, y1 = slot.words
    code = (x1 - _QR, y0, x1, y0 + _QR)
    draw_qr(sheet, group, address, code)
    book.link_next_page_to(code, address)
    place = "扫码或点击打开这个视图"
    sheet.text(group, x1 - _QR - 2, y0 + 2, place, 7.2, color=marks.INK_3, align="right")
    _draw_legend(sheet, group, source.styles, map_, (x0, y0 + _QR - _ROW_MM * 0.5, x1, y1))
    floor = y0 + _QR + 1 + _legend_height(map_, source.styles, x1 - x0)
    paragraphs = list(_paragraphs(scene, words, view, map_))
    _draw_paragraphs(sheet, group, paragraphs, (x0, floor, x1, y1))
    if slot.notes is not None:
        _draw_note_lines(sheet, group, slot.notes)


def _paragraphs(scene: Scene, words: SceneWords, view: SceneView, map_: DrawnMap) -> Iterator[_Paragraph]:
    """The note as it was written, then the quote with its place, then what the map does not show."""
    for i, line in enumerate(line for line in scene.note.splitlines() if line.strip()):
        yield _Paragraph(line, 8.5 if line.startswith("「") else 8.0, marks.INK, 0.8 if i else 0.0)
    if words.quote is not None and f"「{words.quote.sentence}」" not in scene.note:
        yield _Paragraph(f"「{words.quote.sentence}」", 8.5, marks.INK, 1.6)
        yield _Paragraph(place_of(words.quote), 7.2, marks.INK_3, 0.4)
        yield _Paragraph(words.precision, 7.5, marks.INK_2, 0.8)
    if view.missing:
        yield _Paragraph(f"有 {view.missing} 个要素是现在的数据里没有的。", 7.2, marks.INK_3, 1.0)
    if map_.left_out:
        names = "、".join(n.text.splitlines()[0] for n in map_.left_out[:8])
        more = f"等 {len(map_.left_out)} 个" if len(map_.left_out) > 8 else ""
        yield _Paragraph(f"图上未标注：{names}{more}。", 7.2, marks.INK_3, 1.0)


def _draw_paragraphs(sheet: Sheet, group: Group, paragraphs: list[_Paragraph], box: Box) -> None:
    """From the top of a box; what finds no room is cut at a marked place."""
    y, width = box[3], box[2] - box[0]
    for paragraph in paragraphs:
        step = paragraph.size * MM_PER_PT * _LEADING
        y -= paragraph.above
        fits = int((y - box[1]) / step)
        if fits < 1:
            return
        for line in wrap(paragraph.text, paragraph.size, width, most=fits):
            sheet.text(group, box[0], y - step / 2, line, paragraph.size, color=paragraph.color)
            y -= step


def _entries(map_: DrawnMap, styles: Styles) -> list[Entry]:
    """Categories and classes of precision on the map, without headings."""
    kinds, present = map_.drawn.kinds, map_.drawn.precisions
    layers = [Entry("category", c, s.name, _ROW_MM) for c, s in styles.categories.items() if kinds.get(c)]
    return [*layers, *(Entry("precision", str(p), p.label, _ROW_MM) for p in Precision if str(p) in present)]


def _columns(map_: DrawnMap, styles: Styles, width: float) -> list[list[Entry]]:
    entries = _entries(map_, styles)
    most = max(1, int(width // _COLUMN_MM))
    rows = -(-len(entries) // most)
    return (flow(entries, most, rows * _ROW_MM + 0.1) or [entries]) if entries else []


def _legend_height(map_: DrawnMap, styles: Styles, width: float) -> float:
    return max((len(c) for c in _columns(map_, styles, width)), default=0) * _ROW_MM


def _draw_legend(sheet: Sheet, group: Group, styles: Styles, map_: DrawnMap, box: Box) -> None:
    """Columns of entries that end at the box's lower edge."""
    columns = _columns(map_, styles, box[2] - box[0])
    if columns:
        top = box[1] + _ROW_MM * 0.5 + _legend_height(map_, styles, box[2] - box[0])
        draw_legend(
            sheet, group, styles, map_.drawn, columns, (box[0], box[1], box[0] + len(columns) * _COLUMN_MM, top), 0.95
        )  # fmt: skip


def _draw_note_lines(sheet: Sheet, group: Group, box: Box) -> None:
    """Ruled lines to write on."""
    sheet.text(group, box[0], box[3] - 2.5, "记录", 8.5, color=marks.INK_3)
    for y in np.arange(box[3] - 10, box[1] - 0.1, -8.0):
        sheet.lines(group, [np.array([(box[0], y), (box[2], y)])], stroke=marks.INK_3, width_pt=0.4)


def _draw_sources(
    sheet: Sheet, group: Group, source: MapSource, plans: Sequence[PlanInfo], day: datetime.date
) -> None:
    store = source.store
    sheet.text(group, _LEFT, 275, "资料来源", 14, color=_BLUE, bold=True)
    parts: list[_Paragraph] = []
    for plan in plans:
        parts.append(_Paragraph(edition(plan), 9.5, marks.INK, 3.0))
        parts.append(_Paragraph(f"规划期 {plan.period}，展望 {plan.horizon} 年。{''.join(plan.missing)}", 8.5, marks.INK_2, 0.8))  # fmt: skip
    parts += [
        _Paragraph(f"底图与数据来源：{'；'.join(store.attribution)}。", 9, marks.INK, 5.0),
        _Paragraph("投影：CGCS2000 三度带高斯－克吕格，中央经线 120°E（EPSG:4549）。", 9, marks.INK, 1.5),
        _Paragraph(f"数据版本 {store.version[:16]}，制作日期 {day.isoformat()}。规划图集 Plan Atlas。", 9, marks.INK, 1.5),
        _Paragraph(f"{NOTICE}。每个图形都出自规划原文的句子；引文带「」，注明章节和行号。", 9.5, marks.INK, 5.0),
    ]  # fmt: skip
    _draw_paragraphs(sheet, group, parts, (_LEFT, _LOW, _RIGHT, 268))
