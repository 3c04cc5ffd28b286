"""Whether a span under a head word is a name, by the grammar alone: what stands before the head decides."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from layers.candidates.grammar import Grammar
from layers.candidates.heads import HeadSpan
from layers.candidates.model import Sort
from layers.candidates.tokens import PROPER, Token
from layers.candidates.words import QUOTE, Words

_MARKED = re.compile(r"[a-z0-9]|第[一二三四五六七八九十]+")
_LONGEST_WORD = 4
_SIDES = ("东部", "西部", "南部", "北部", "中部")
_SHORTEST_SIDED = 4


def sort_of(
    grammar: Grammar, words: Words, span: HeadSpan, places: Collection[int], titles: Collection[str]
) -> Sort:
    """What a span is.

    Parameters
    ----------
    grammar, words, span
        The span and the words it is made of.
    places
        Offsets that names of the gazetteer cover.
    titles
        Names that some heading of the plan consists of: a plan that gives one a title means a place.
    """
    name = words.text[span.a : span.b]
    stem = words.text[span.a : span.stem]
    if name in grammar.outside:
        return "outside"
    if not stem or name in grammar.generic:
        return "generic"
    if name in titles:
        return "named"
    parts = words.between(span.a, span.stem)
    if _is_common(grammar, span, parts):
        return "generic"
    if (
        span.head.kind == "proper"
        and len(span.head.word) > 1
        and len(parts) == 1
        and 2 <= len(stem) <= _LONGEST_WORD
    ):
        return "named"
    return "named" if _is_proper(grammar, words, span, parts, places) else "generic"


def _is_common(grammar: Grammar, span: HeadSpan, parts: Sequence[Token]) -> bool:
    """Whether nothing but common words stands before the head."""
    whole = bool(parts) and parts[0].a == span.a and parts[-1].b <= span.stem
    return whole and all(
        t.text in grammar.common or t.text in grammar.generic or t.text in grammar.trims for t in parts
    )


def _is_proper(
    grammar: Grammar, words: Words, span: HeadSpan, parts: Sequence[Token], places: Collection[int]
) -> bool:
    """Whether a proper word, a number, a quotation or a side (中心城区南部片区) stands before the head."""
    stem = words.text[span.a : span.stem]
    if QUOTE in stem or any(at in places for at in range(span.a, span.stem)):
        return True
    first = words.holding(span.a)
    plain = grammar.generic | grammar.common | grammar.trims | grammar.inner_verbs
    if any(t.tag in PROPER and t.text not in plain for t in [*parts, *([first] if first else [])]):
        return True
    if any(_MARKED.search(t.text) and t.text not in plain for t in parts):
        return True
    return len(stem) >= _SHORTEST_SIDED and any(side in stem for side in _SIDES)


def is_distinctive(grammar: Grammar, words: Words, span: HeadSpan) -> bool:
    """Whether some word before the head is not one of planning's common words (院士工作站, 氢能研究院)."""
    plain = grammar.generic | grammar.common | grammar.trims | grammar.inner_verbs | grammar.stops
    return any(t.tag in ("n", "nz", "nw") and len(t.text) > 1 and t.text not in plain and t.b <= span.stem
               for t in words.between(span.a, span.stem))  # fmt: skip
