"""Formulas that count what structures space: 「两横三纵」, 「三湾一带」, 「1+4」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from layers.candidates.grammar import Grammar
from layers.candidates.words import QUOTE, Words


def find_formulas(grammar: Grammar, words: Words) -> Iterator[tuple[int, int]]:
    """Ranges of the formulas, without quotation marks; a sum such as 1+4 only inside them."""
    counted, added = _patterns(grammar.counts, grammar.kinds)
    for match in counted.finditer(words.text):
        yield match.span()
    for a, b in words.quotations():
        if added.fullmatch(words.text, a, b) or _opens_with(counted, words.text, a, b):
            yield a, b


def _opens_with(counted: re.Pattern[str], text: str, a: int, b: int) -> bool:
    match = counted.match(text, a, b)
    return match is not None and QUOTE not in match[0]


@cache
def _patterns(counts: str, kinds: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    count, kind = f"[{re.escape(counts)}]", f"[{re.escape(kinds)}]"
    return re.compile(rf"(?:{count}{kind}){{2,5}}"), re.compile(r"[0-9n](?:\+[0-9n]{1,2})+[^、,。]{0,6}")
