"""The words around a place in a text: which word holds a character, which quotation mark closes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from layers.candidates.tokens import Token
from layers.folding import SEPARATOR

QUOTE = '"'
_LONGEST_QUOTATION = 16
_NOT_QUOTED = frozenset("、,。;:" + SEPARATOR)


class Words:
    """A folded text with its words, to walk through by offset."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self._tokens = tokens
        self._starts = [t.a for t in tokens]
        self._edges = {t.a for t in tokens} | {t.b for t in tokens}
        self._openings = dict(_closing_quotes(text))

    def holding(self, at: int) -> Token | None:
        """The word that holds a character; None for a separator."""
        index = bisect_right(self._starts, at) - 1
        return self._tokens[index] if index >= 0 and at < self._tokens[index].b else None

    def between(self, a: int, b: int) -> list[Token]:
        """The words that start in ``[a, b)``."""
        first = bisect_right(self._starts, a - 1)
        return list(self._tokens[first : bisect_right(self._starts, b - 1)])

    def is_edge(self, at: int) -> bool:
        """Whether a word starts or ends here."""
        return at in self._edges

    def opening_of(self, at: int) -> int | None:
        """Where the short quotation that the mark at ``at`` closes was opened; None when it closes none."""
        return self._openings.get(at)

    def quotations(self) -> list[tuple[int, int]]:
        """Ranges of the short quotations, without their marks."""
        return [(opening + 1, closing) for closing, opening in self._openings.items()]


def _closing_quotes(text: str) -> list[tuple[int, int]]:
    """Closing and opening mark of every short quotation: folding makes both alike, so they take turns."""
    pairs: list[tuple[int, int]] = []
    opening: int | None = None
    for at, char in enumerate(text):
        if char == SEPARATOR:
            opening = None
        elif char == QUOTE:
            if opening is None:
                opening = at
                continue
            if 1 < at - opening <= _LONGEST_QUOTATION and _NOT_QUOTED.isdisjoint(text[opening + 1 : at]):
                pairs.append((at, opening))
            opening = None
    return pairs
