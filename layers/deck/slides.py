"""Slides as python-pptx makes them: 16:9, native titles, text, tables and notes, a typeface that has Chinese."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, XmlPart
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from layers.carried_words import CUSTOM_PROPERTY
from layers.render.text import wrap
from layers.styles import PrecisionStyle

TYPEFACE = "Microsoft YaHei"
"""On every Windows and Office; elsewhere it is replaced by the Chinese sans-serif there is, such as Noto Sans SC."""
SIZE_IN = (13.333, 7.5)
SMALLEST_PT = 14
"""Nothing on a slide is set smaller: it is read from the back of a room."""
_SPACING = 1.28
"""Height of a line in sizes: fixed, so that every program breaks a slide alike."""
_CUSTOM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" \
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">\
<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">\
<vt:lpwstr>{words}</vt:lpwstr></property></Properties>"""
"""The part of an Office file that holds properties of one's own; the fmtid is the format's own."""
HEAD_IN, ROW_IN = 0.36, 0.6
"""Heights of a table's head and of a row, which holds two lines."""
INK, INK_2, INK_3, BLUE, PALE = "1d2733", "51606f", "66727e", "0b4f8a", "eef3f7"

Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""


@dataclass(frozen=True)
class Line:
    """A paragraph; ``space`` in points above it."""

    text: str
    size: float = SMALLEST_PT
    color: str = INK
    bold: bool = False
    space: float = 0

    def height_in(self, width_in: float) -> float:
        """Height in a box of this width; a little is kept in reserve, as typefaces differ."""
        lines = len(wrap(self.text, self.size, width_in * 25.4 * 0.97)) or 1
        return (lines * self.size * _SPACING + self.space) / 72


class SlideSet:
    """A presentation that is being made."""

    def __init__(self, footer: str) -> None:
        self.footer = footer
        self._show = Presentation()
        self._show.slide_width, self._show.slide_height = Inches(SIZE_IN[0]), Inches(SIZE_IN[1])
        for layout in self._show.slide_layouts:
            for spare in list(layout.placeholders):
                if spare.placeholder_format.type in (
                    13,
                    15,
                    16,
                ):  # number, footer, date: drawn by add() instead
                    spare._element.getparent().remove(spare._element)
        self._layout = self._show.slide_layouts.get_by_name("Title Only") or self._show.slide_layouts[5]
        holder: Any = self._layout.placeholders[0]
        holder.left, holder.top, holder.width, holder.height = (Inches(x) for x in (0.5, 0.28, 12.33, 0.75))
        _set_typeface(self._show.slide_masters[0].part)

    def add(self, title: str, notes: str, subtitle: str = "") -> Any:
        """A slide with its title, a smaller line below it, and what the speaker reads."""
        slide: Any = self._show.slides.add_slide(self._layout)
        slide.shapes.title.text_frame.word_wrap = True
        self._fill(slide.shapes.title.text_frame, [Line(title, 28 if len(title) <= 28 else 22, INK, True)])
        slide.shapes.title.text_frame.margin_left = 0
        slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        rule = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, Inches(0.5), Inches(1.05), Inches(12.33), Emu(22860)
        )
        _paint(rule, BLUE)
        rule.name = "横线"
        if subtitle:
            self.text(slide, (0.5, 1.12, 12.33, 0.33), [Line(subtitle, 16, INK_2)], "副标题")
        number = len(self._show.slides)
        self.text(slide, (0.5, 7.07, 10.8, 0.3), [Line(self.footer, SMALLEST_PT, INK_3)], "页脚")
        self.text(slide, (11.8, 7.07, 1.03, 0.3), [Line(str(number), SMALLEST_PT, INK_3)], "页码", right=True)
        slide.notes_slide.notes_text_frame.text = _plain(notes)
        return slide

    def text(self, slide: Any, box: Box, lines: Sequence[Line], name: str, right: bool = False) -> Any:
        """A text box of plain paragraphs."""
        shape = slide.shapes.add_textbox(*(Inches(x) for x in box))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        self._fill(frame, lines, right)
        return shape

    def block(self, slide: Any, box: Box, color: str, kind: str = "area") -> None:
        """A swatch of the legend: a bar for an area, a stroke for a line, a dot for a point."""
        left, top, width, height = box
        form = MSO_SHAPE.OVAL if kind == "point" else MSO_SHAPE.RECTANGLE
        if kind == "line":
            top, height = top + height * 0.38, height * 0.24
        elif kind == "point":
            left, width = left + (width - height) / 2, height
        _paint(self._swatch(slide, form, (left, top, width, height)), color)

    def precision_block(self, slide: Any, box: Box, key: str, style: PrecisionStyle) -> None:
        """A swatch as a class of precision is drawn: a solid edge, a dot, a dashed edge, no edge, or a hollow dot."""
        left, top, width, height = box
        if key == "located":
            _paint(
                self._swatch(slide, MSO_SHAPE.OVAL, (left + (width - height) / 2, top, height, height)), INK_2
            )
            return
        if style.hollow:
            shape = self._swatch(slide, MSO_SHAPE.OVAL, (left + (width - height) / 2, top, height, height))
        else:
            shape = self._swatch(slide, MSO_SHAPE.RECTANGLE, box)
        shape.shadow.inherit = False
        if style.hollow:
            shape.fill.background()
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = _color("c3c9d0" if style.soft else "e4e8ec")
        if style.soft:
            shape.line.fill.background()
            return
        shape.line.color.rgb, shape.line.width = _color(INK_2), Pt(1.5)
        if style.dash:
            shape.line.dash_style = MSO_LINE.DASH

    def _swatch(self, slide: Any, form: Any, box: Box) -> Any:
        shape = slide.shapes.add_shape(form, *(Inches(x) for x in box))
        shape.name = "图例符号"
        return shape

    def picture(self, slide: Any, png: bytes, box: Box, size_px: tuple[int, int], alt: str) -> None:
        """A picture as large as the box allows, at its top left, with what it shows in words."""
        k = min(box[2] / size_px[0], box[3] / size_px[1])
        shape = slide.shapes.add_picture(
            io.BytesIO(png), Inches(box[0]), Inches(box[1]), Inches(size_px[0] * k), Inches(size_px[1] * k)
        )
        shape.name = "地图"
        shape._element.nvPicPr.cNvPr.set("descr", _plain(alt))
        shape.line.color.rgb, shape.line.width = _color("9aa5b0"), Pt(0.75)

    def table(
        self,
        slide: Any,
        box: Box,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
    ) -> None:
        """A native table; ``widths`` are shares of the box."""
        shape = slide.shapes.add_table(len(rows) + 1, len(head), *(Inches(x) for x in box))
        shape.name = "项目表"
        for column, share in zip(shape.table.columns, widths, strict=True):
            column.width = Inches(box[2] * share)
        for i, row in enumerate([head, *rows]):
            shape.table.rows[i].height = Inches(HEAD_IN if i == 0 else ROW_IN)
            for cell, words in zip(shape.table.rows[i].cells, row, strict=True):
                cell.margin_left = cell.margin_right = Inches(0.06)
                cell.margin_top = cell.margin_bottom = Inches(0.02)
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                self._fill(cell.text_frame, [Line(words, SMALLEST_PT, "ffffff" if i == 0 else INK, i == 0)])
                cell.fill.solid()
                cell.fill.fore_color.rgb = _color(BLUE if i == 0 else "ffffff" if i % 2 else PALE)

    def tell(self, title: str, subject: str, keywords: str, comments: str, made: datetime.datetime) -> None:
        """What the file says of itself, each cut at 255 characters; the subject also whole, as a custom property."""
        core = self._show.core_properties
        core.title, core.subject, core.keywords, core.comments = (
            _plain(x)[:255] for x in (title, subject, keywords, comments)
        )
        core.author = core.last_modified_by = "规划图集 Plan Atlas"
        core.language = "zh-CN"
        core.created = core.modified = made
        package = self._show.part.package
        words = _CUSTOM.format(name=CUSTOM_PROPERTY, words=escape(_plain(subject))).encode("utf-8")
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, package, words)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

    def content(self) -> bytes:
        """The file."""
        if self._show.slides:
            _set_typeface(self._show.notes_master.part)
        out = io.BytesIO()
        self._show.save(out)
        return out.getvalue()

    def _fill(self, frame: Any, lines: Sequence[Line], right: bool = False) -> None:
        for i, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
            paragraph.line_spacing = Pt(line.size * _SPACING)
            if line.space:
                paragraph.space_before = Pt(line.space)
            run = paragraph.add_run()
            run.text = _plain(line.text)
            run.font.size, run.font.bold = Pt(line.size), line.bold
            run.font.color.rgb = _color(line.color)
            run._r.get_or_add_rPr().set("lang", "zh-CN")


def _color(hexadecimal: str) -> RGBColor:
    color: RGBColor = RGBColor.from_string(hexadecimal.removeprefix("#"))  # type: ignore[no-untyped-call]
    return color


def _paint(shape: Any, color: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = _color(color)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _plain(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)


def _set_typeface(part: Any) -> None:
    """Name the typeface for Latin and Chinese in the theme of a master."""
    theme = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = theme.blob.decode("utf-8")
    xml = re.sub(r'<a:(latin|ea) typeface="[^"]*"[^>]*/>', rf'<a:\1 typeface="{TYPEFACE}"/>', xml)
    xml = re.sub(r'(<a:font script="Hans" typeface=)"[^"]*"', rf'\1"{TYPEFACE}"', xml)
    if isinstance(theme, XmlPart):  # one that python-pptx has just made
        theme._element = parse_xml(xml.encode("utf-8"))
    else:
        theme._blob = xml.encode("utf-8")
