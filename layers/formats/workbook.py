"""XLSX: sheets of features, projects, evidence, unplaced features and the imprint.

Every text is a text: a cell that begins with ``=`` is no formula, and an address is no link.
"""

from __future__ import annotations

import datetime
import errno
import io
import re
from collections.abc import Iterator

from lxml.etree import SerialisationError
from openpyxl import Workbook  # type: ignore[import-untyped, unused-ignore]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped, unused-ignore]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped, unused-ignore]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped, unused-ignore]

from geo.precision import Precision, precision_words
from layers.formats.content import TITLE, Content
from layers.formats.rows import (
    Column,
    Table,
    Value,
    evidence_table,
    feature_table,
    project_table,
    unplaced_table,
)

CELL_CHARACTERS = 32_767
_FORMULA = ("=", "+", "-", "@")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="24506B")}
_WRAPPED = 30
"""Columns at least this wide wrap their text."""


def render(content: Content) -> bytes:
    """The workbook.

    Raises
    ------
    OSError
        The disk is full: openpyxl writes each sheet to a temporary file.
    """
    book = Workbook(write_only=True)
    out = io.BytesIO()
    try:
        _describe(book, content)
        for title, table in _sheets(content):
            _add_sheet(book, title, table)
        book.save(out)
    except SerialisationError as e:  # lxml's word for a file that cannot be written
        raise OSError(errno.ENOSPC, str(e)) from e
    return out.getvalue()


def _sheets(content: Content) -> Iterator[tuple[str, Table]]:
    yield "要素", feature_table(content)
    yield "项目", project_table(content)
    yield "出处", evidence_table(content)
    yield "未落图", unplaced_table(content)
    yield "说明", _about(content)


def _about(content: Content) -> Table:
    words = [precision_words(p) for p in Precision]
    return Table(
        (Column("item", "项", 14), Column("words", "内容", 110)),
        [
            *content.imprint(),
            *((f"精度：{w.label_zh}", w.meaning_zh) for w in words),
            ("行、起、止", "行从 1 数起；起、止是原文文件中的字序，从 0 数起，含起不含止。"),
            ("X、Y", "图形上一点，供标注和定位；图形本身请用 GeoJSON、GeoPackage 或 Shapefile。"),
        ],
    )


def _describe(book: Workbook, content: Content) -> None:
    told = book.properties
    told.title, told.creator = TITLE, "规划图集 Plan Atlas"
    told.description = "\n".join(f"{head}：{words}" for head, words in content.imprint())
    told.identifier, told.version = content.link, content.store.version[:12]
    told.created = told.modified = datetime.datetime(2021, 1, 1)  # the same data give the same file


def _add_sheet(book: Workbook, title: str, table: Table) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2" if table.columns[1].key == "name" else "A2"
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.append([_head(sheet, c.heading) for c in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, v, c) for v, c in zip(row, table.columns, strict=True)])


def _head(sheet: object, heading: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, heading)
    cell.font, cell.fill = _HEAD["font"], _HEAD["fill"]
    return cell


_WRAP = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")


def _cell(sheet: object, value: Value, column: Column) -> object:
    if value is None or value == "":
        return None
    text = _ILLEGAL.sub("", value)[:CELL_CHARACTERS] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, text)
    cell.alignment = _WRAP if column.width >= _WRAPPED else _TOP
    if isinstance(text, str):
        cell.data_type = "s"
        if text.startswith(_FORMULA):
            cell.quotePrefix = True  # stays a text when someone edits it
    return cell
