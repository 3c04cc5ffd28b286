"""Clauses of a folded text: the stretches between commas, which is how far a verb or a number reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = ",;:。!?\n"
_LISTS = ("、", "和", "及", "与", "等")
_FEW = 8
_MARK = re.compile(f"[{_MARKS}]")


def clause_around(text: str, a: int, b: int, bounds: tuple[int, int]) -> tuple[int, int]:
    """The range ``[a, b)`` widened, inside ``bounds``, to the clause it is plainly a part of.

    A member of a list is (加快A、B等项目建设): what stands before and after the list holds for it. So do a few words right
    beside it (加快X建设). Elsewhere commas may be lost, and what stands beside is another thing.
    """
    first, last = bounds
    start = a
    while start > first and text[start - 1] not in _MARKS:
        start -= 1
    ahead = _MARK.search(text, b, last)
    end = ahead.start() if ahead else max(b, last)
    goes_on = text[b:end].startswith(_LISTS)
    has_before = goes_on or text[start:a].endswith(_LISTS) or a - start <= _FEW
    return (start if has_before else a), (end if goes_on or end - b <= _FEW else b)


def clauses_in(text: str, a: int, b: int) -> Iterator[tuple[int, int]]:
    """The clauses that a range falls into, cut at its ends; none is empty."""
    start = a
    for mark in _MARK.finditer(text, a, b):
        if mark.start() > start:
            yield start, mark.start()
        start = mark.end()
    if b > start:
        yield start, b


def main_clause(text: str, a: int, b: int, name: str) -> tuple[int, int]:
    """Of the clauses in a range, the one that shares the longest run of characters with a name; the first of several."""
    found = list(clauses_in(text, a, b)) or [(a, b)]
    return max(found, key=lambda clause: _longest_common_run(text[slice(*clause)], name))


def _longest_common_run(one: str, other: str) -> int:
    best = 0
    runs = [0] * (len(other) + 1)
    for char in one:
        fresh = [0] * (len(other) + 1)
        for i, theirs in enumerate(other, 1):
            if char == theirs:
                fresh[i] = runs[i - 1] + 1
                best = max(best, fresh[i])
        runs = fresh
    return best
