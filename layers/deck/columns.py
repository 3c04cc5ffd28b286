"""Text that flows through columns, line by line: no heading alone at a column's foot, no place away from its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from layers.render import marks
from layers.render.sheet import Align, Group, Sheet
from layers.render.text import MM_PER_PT, wrap

_LEADING = 1.45


@dataclass(frozen=True)
class Cell:
    """Words ``dx`` and ``dy`` mm right of and below where a line begins."""

    dx: float
    dy: float
    text: str
    size: float
    color: str = marks.INK
    align: Align = "left"
    bold: bool = False


@dataclass(frozen=True)
class ColumnLine:
    """A line ``step`` mm high with room above; ``keep`` holds it to the next one, ``rule`` draws a line below it."""

    cells: tuple[Cell, ...]
    step: float
    above: float = 0.0
    keep: bool = False
    rule: str = ""


Column = tuple[tuple[float, ColumnLine], ...]
"""Lines with the height at which each begins, in mm from the foot of the page."""


def paragraph_lines(
    text: str, size: float, width: float, color: str = marks.INK, above: float = 0.0, keep: bool = False
) -> list[ColumnLine]:
    """A paragraph; ``keep`` holds its last line to what follows."""
    step = size * MM_PER_PT * _LEADING
    lines = wrap(text, size, width)
    return [
        ColumnLine((Cell(0, 0, words, size, color),), step, 0.0 if i else above, keep and i == len(lines) - 1)
        for i, words in enumerate(lines)
    ]


def heading_lines(text: str, width: float, above: float, color: str) -> list[ColumnLine]:
    """A heading with a line below it, never last in a column."""
    words = wrap(text, 9, width, most=1)[0]
    return [ColumnLine((Cell(0, 0, words, 9, color, bold=True),), 8.0, above, keep=True, rule=marks.RULE)]


def row_lines(cells: Sequence[tuple[float, str, float]], last: str, size: float, width: float) -> ColumnLine:
    """A row of a table: (place, words, width) of each cell, as many lines as it takes, and a last one at the right."""
    step = size * MM_PER_PT * 1.35
    found = [
        Cell(dx, i * step, words, size)
        for dx, text, room in cells
        for i, words in enumerate(wrap(text, size, room))
    ]
    deep = max((c.dy for c in found), default=0.0)
    end = Cell(width, 0, last, size, marks.INK_3, "right")
    return ColumnLine((*found, end), deep + step + 1.0, rule=marks.RULE)


def flow_columns(lines: Sequence[ColumnLine], column: Callable[[int], tuple[float, float]]) -> list[Column]:
    """Lines in columns; ``column`` gives (top, foot) of the nth. A line kept to the next goes where both have room."""
    done: list[list[tuple[float, ColumnLine]]] = [[]]
    y, foot = column(0)
    for i, line in enumerate(lines):
        needed, at = line.step, i
        while lines[at].keep and at + 1 < len(lines):
            at += 1
            needed += lines[at].above + lines[at].step
        above = line.above if done[-1] else 0.0
        if done[-1] and y - above - needed < foot:
            done.append([])
            y, foot = column(len(done) - 1)
            above = 0.0
        y -= above
        done[-1].append((y, line))
        y -= line.step
    return [tuple(c) for c in done]


def draw_column(sheet: Sheet, group: Group, column: Iterable[tuple[float, ColumnLine]], x: float, width: float) -> None:  # fmt: skip
    """The lines of a column whose left edge is at ``x``."""
    for y, line in column:
        for cell in line.cells:
            middle = y - cell.dy - cell.size * MM_PER_PT * 0.6
            sheet.text(group, x + cell.dx, middle, cell.text, cell.size, color=cell.color, align=cell.align, bold=cell.bold)  # fmt: skip
        if line.rule:
            low = y - line.step + (2.4 if any(c.bold for c in line.cells) else 0.5)
            sheet.lines(group, [np.array([(x, low), (x + width, low)])], stroke=line.rule, width_pt=0.5)
