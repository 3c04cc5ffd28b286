"""The large regions of a file: boilerplate, further copies of the text, table of contents, cover, body."""

from __future__ import annotations

from collections.abc import Sequence

from layers.folding import fold_name
from layers.passages.lines import Line, condensed_length, has_table_shape
from layers.passages.numbering import read_number
from layers.plans import Plan

BODY = "body"
_LONG_LINE = 100
_SHORTEST_COPY = 10
_PROSE = 60
_TOC_HEADINGS = 5


def find_regions(plan: Plan, lines: Sequence[Line]) -> list[str]:
    """For each line the region it lies in: boilerplate, copy, toc, cover or `BODY`."""
    regions = [BODY] * len(lines)
    for entry in plan.boilerplate:
        for at in range(entry.first_line - 1, min(entry.last_line, len(lines))):
            regions[at] = "boilerplate"
    for first, last in _copies(lines):
        regions[first:last] = ["copy"] * (last - first)
    toc = _toc(lines, regions)
    if toc is not None:
        first, last = toc
        regions[first:last] = ["toc"] * (last - first)
        regions[:first] = ["cover" if region == BODY else region for region in regions[:first]]
    return regions


def _copies(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Ranges of lines that repeat earlier lines word for word, found by their long lines."""
    first_seen: dict[str, int] = {}
    copies: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if len(line.text) < _LONG_LINE or (copies and at < copies[-1][1]):
            continue
        original = first_seen.setdefault(line.text, at)
        if original < at:
            copy = _grow(lines, original, at)
            if sum(bool(other.text) for other in lines[slice(*copy)]) >= _SHORTEST_COPY:
                copies.append(copy)
    return copies


def _grow(lines: Sequence[Line], original: int, copy: int) -> tuple[int, int]:
    """The largest range of equal lines around a repeated line."""
    before = 0
    while original > before and lines[original - before - 1].text == lines[copy - before - 1].text:
        before += 1
    first, last = copy - before, copy + 1
    back = copy - original
    while last < len(lines) and last - back < first and lines[last - back].text == lines[last].text:
        last += 1
    while not lines[first].text:
        first += 1
    return first, last


def _toc(lines: Sequence[Line], regions: Sequence[str]) -> tuple[int, int] | None:
    body = [at for at, line in enumerate(lines) if regions[at] == BODY and line.text]
    first = next((at for at in body if fold_name(lines[at].plain) == "目录"), None)
    if first is None and all(read_number(lines[at].plain) for at in body[:_TOC_HEADINGS]):
        first = body[0] if body else None
    if first is None:
        return None
    last = next((at for at in body if at > first and _is_prose(lines[at])), len(lines))
    return first, last


def _is_prose(line: Line) -> bool:
    return (
        not has_table_shape(line.text)
        and read_number(line.plain) is None
        and condensed_length(line.text) >= _PROSE
        and "....." not in line.text
    )
