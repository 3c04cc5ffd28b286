"""Type: the one font of every figure, its measures, and line breaking for Chinese.

The font comes with a package, so that no machine prints boxes. Lengths are in millimetres, sizes in points.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from layers.render.errors import RenderError
from layers.said import said

FAMILY = "Noto Sans SC"
MM_PER_PT = 25.4 / 72
CAP = 0.88
"""Height of a Chinese character above its baseline, in ems."""
DEPTH = 0.12
"""Depth of a Chinese character below its baseline, in ems."""

_PACKAGE = "pylopdf_fonts_zh_cn"
_NOT_FIRST = set("，。、；：！？）》」』】〕”’％%,.;:!?)]}…—·")
_NOT_LAST = set("（《「『【〔“‘([{")
_HANGING = set("，。、；")
"""Marks that hang over the edge of a column rather than take the character before them to the next line."""
_BREAK_AFTER = set("、—－-·及和与暨到至路区市")
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/()&'+-]*\s?|.", re.DOTALL)


@cache
def font_path() -> Path:
    """The file of the font.

    Raises
    ------
    RenderError
        The package with the font is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    path = Path(spec.origin).parent / "NotoSansSC-Regular.otf" if spec and spec.origin else None
    if path is None or not path.is_file():
        raise RenderError(
            said(
                "缺少 Python 包 {package}，请先运行 pip install -r requirements.txt",
                package="pylopdf-fonts-zh-cn",
            )
        )
    return path


@cache
def font() -> FontProperties:
    """The font by its family name, which text in an SVG keeps."""
    manager = font_manager.fontManager
    manager.addfont(str(font_path()))
    manager.ttflist.insert(0, manager.ttflist.pop())  # before a font of this name that the machine may have
    return FontProperties(family=[FAMILY])


@cache
def _face() -> FT2Font:
    face = FT2Font(str(font_path()))
    face.set_size(100, 72)
    return face


@cache
def _advance_em(character: str) -> float:
    glyph = _face().load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


@cache
def _has_glyph(character: str) -> bool:
    return _face().get_char_index(ord(character)) != 0


def printable(text: str) -> str:
    """The text without control characters, with 〓 for what the font cannot draw."""
    kept = (c for c in text if not unicodedata.category(c).startswith("C"))
    return "".join(c if _has_glyph(c) else "〓" for c in kept)


def width_mm(text: str, size_pt: float) -> float:
    """Width of one line of text."""
    return sum(map(_advance_em, printable(text))) * size_pt * MM_PER_PT


def wrap(text: str, size_pt: float, limit_mm: float, most: int | None = None) -> list[str]:
    """Lines no wider than ``limit_mm``; at most ``most`` of them, the last ending in … when text is left over.

    Numbers and Latin words stay whole; no line begins with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines.extend(_wrap_paragraph(printable(paragraph), size_pt, limit_mm))
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and width_mm(last + "…", size_pt) > limit_mm:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return lines


def _wrap_paragraph(text: str, size_pt: float, limit_mm: float) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    for token in _tokens(text, size_pt, limit_mm):
        whole = "".join([*line, token]).rstrip()
        if line and width_mm(whole, size_pt) > limit_mm and not _hangs(token, line, size_pt, limit_mm):
            carried = [token]
            while line and (carried[0] in _NOT_FIRST or line[-1] in _NOT_LAST):
                carried.insert(0, line.pop())
            if line:
                lines.append("".join(line).rstrip())
            line = carried
        else:
            line.append(token)
    rest = "".join(line).rstrip()
    return [*lines, rest] if rest else lines


def _hangs(token: str, line: list[str], size_pt: float, limit_mm: float) -> bool:
    """Whether a mark may stand over the edge: one that is mostly white, after a line that keeps to it."""
    return token in _HANGING and width_mm("".join(line).rstrip(), size_pt) <= limit_mm


def _tokens(text: str, size_pt: float, limit_mm: float) -> list[str]:
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens.extend([token] if width_mm(token, size_pt) <= limit_mm else token)
    return tokens


def balanced(text: str, longest: int) -> list[str]:
    """A name in lines of about equal length, none longer than ``longest`` characters."""
    count = -(-len(text) // longest)
    if count <= 1:
        return [text]
    length = len(text) / count

    def cost(at: int) -> float:
        return (
            abs(at - length)
            - (2.5 if text[at - 1] in _BREAK_AFTER else 0)
            + (
                9
                if text[at] in _NOT_FIRST
                or (text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum())
                else 0
            )
        )

    at = min(range(2, min(longest + 1, len(text) - 1)), key=cost)
    return [text[:at], *balanced(text[at:], longest)]
