"""A plan laid out to be read: paragraphs whole across page breaks, tables in rows, every mention marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from layers.folding import SEPARATOR
from layers.mentions import Mention, PlanText
from layers.passages import Passage
from layers.segments import Segment


@dataclass(frozen=True)
class ReadingBlock:
    """One paragraph, heading, note or table row; the texts of its ``segments`` are its words."""

    passage: str
    kind: str
    depth: int
    number: str
    line: int
    start: int
    segments: tuple[Segment, ...]


def reading_blocks(
    text: PlanText, passages: Sequence[Passage], mentions: Sequence[Mention]
) -> Iterator[ReadingBlock]:
    """The blocks of one plan in reading order; the parts of a broken paragraph make one block.

    A table row is one block whose cells are parted by tabs.
    """
    by_id = {p.id: p for p in passages}
    heads = _heads(by_id)
    marks = sorted(mentions, key=lambda m: (m.a, -m.b, not m.by_hand))
    starts = [m.a for m in marks]
    reading = text.reading
    for head, cells in _paragraphs(text, by_id, heads):
        for row in _rows(text, head, cells):
            segments: list[Segment] = []
            for i, (a, b) in enumerate(row):
                if i:
                    segments.append(Segment("\t"))
                inside = marks[bisect_left(starts, a) : bisect_left(starts, b)]
                segments.extend(_segments(text, a, b, inside))
            start = reading.raw_parts(*row[0])[0][0]
            yield ReadingBlock(
                head.id, head.kind, head.depth, head.number, text.line_of(start), start, tuple(segments)
            )


def _heads(by_id: dict[str, Passage]) -> dict[str, str]:
    """Passage id -> id of the first part of its paragraph."""
    heads: dict[str, str] = {}
    for passage in by_id.values():
        head = passage
        while head.continues:
            head = by_id[head.continues]
        heads[passage.id] = head.id
    return heads


def _paragraphs(
    text: PlanText, by_id: dict[str, Passage], heads: dict[str, str]
) -> Iterator[tuple[Passage, list[tuple[int, int]]]]:
    """The ranges between separators, and between a run-in heading and its paragraph, by the passage they begin."""
    for head, ranges in groupby(_ranges(text, heads), key=lambda r: r[0]):
        yield by_id[head], [(a, b) for _, a, b in ranges]


def _ranges(text: PlanText, heads: dict[str, str]) -> Iterator[tuple[str, int, int]]:
    reading = text.reading
    start, current = 0, ""
    for at, char in enumerate(reading.text):
        head = "" if char == SEPARATOR else heads[reading.passages[reading.passage_indices[at]].id]
        if head != current:
            if current:
                yield current, start, at
            start, current = at, head
    if current:
        yield current, start, len(reading.text)


def _rows(text: PlanText, head: Passage, cells: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Cells of one table row stand together; everything else is a row of its own."""
    row: list[tuple[int, int]] = []
    for cell in cells:
        if row and not _same_row(text, head, row[-1], cell):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _same_row(text: PlanText, head: Passage, left: tuple[int, int], right: tuple[int, int]) -> bool:
    if head.kind != "table":
        return False
    between = text.plan.text[text.reading.raw_parts(*left)[-1][1] : text.reading.raw_parts(*right)[0][0]]
    return "\n" not in between.strip(" ") and "</tr>" not in between.lower()


def _segments(text: PlanText, a: int, b: int, marks: Sequence[Mention]) -> Iterator[Segment]:
    """The words of ``[a, b)`` and its mentions, outermost first; one that goes on beyond its holder is cut there."""
    reading = text.reading
    at, i = a, 0
    while i < len(marks):
        m, within = marks[i], i + 1
        if at < m.a:
            yield Segment(reading.sentence_text(at, m.a))
        at, i = min(m.b, b), within
        while i < len(marks) and marks[i].a < at:
            i += 1
        inner = tuple(_segments(text, m.a, at, marks[within:i])) if i > within else ()
        yield Segment(reading.sentence_text(m.a, at), m.feature, m.quote.start, inner)
    if at < b:
        yield Segment(reading.sentence_text(at, b))
