"""Names by their head words: 「青岛国际会议中心」 ends in 中心 and starts where a verb or mark stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from layers.candidates.grammar import Grammar, Head
from layers.candidates.tokens import PLACE, PROPER, Token
from layers.candidates.words import QUOTE, Words
from layers.catalog_entries import Category
from layers.folding import DASH

_LONGEST = 26
_ENDINGS = frozenset("内外的等及和与以之至到为在、,。;:)(两东西南北周沿上")
_NAME_TAGS = frozenset(
    {"n", "nz", "nw", "LOC", "ORG", "PER", "vn", "an", "a", "f", "s", "m", "v", "nr", "ns", "nt"}
)
_NUMBER = re.compile(r"第?[0-9]{1,4}|第?[一二三四五六七八九十]{1,2}|[0-9]+号|[a-z0-9]+")
_ASIDE = re.compile(r"\([^()、,。]{1,6}\)$")
_LONGEST_ASIDE = 8
_GROUP = re.compile(r"等[^、,。;:]{0,4}$")
_LONGEST_GROUP = 6
_RANGE_ENDS = ("路", "街", "站", "大道", "高速")
"""A dash after one of these says from where to where (虎山路—金水路)."""
_TIMES = frozenset({"现代", "未来"})


@dataclass(frozen=True)
class HeadSpan:
    """``[a, b)`` with its head; ``[a, stem)`` is what stands before the head."""

    a: int
    stem: int
    b: int
    head: Head


class HeadFinder:
    """Finds head words and walks left from each to where the name starts."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._automaton = ahocorasick.Automaton()
        for word, head in grammar.heads.items():
            self._automaton.add_word(word, head)
        self._automaton.make_automaton()
        self._cuts = sorted(w for w in grammar.stops - grammar.inner_verbs if len(w) > 1)

    def find(self, words: Words) -> Iterator[HeadSpan]:
        """Every head with its longest name; a head alone has ``a == stem``."""
        longest: dict[int, Head] = {}
        for last, head in self._automaton.iter(words.text):
            end = last + 1
            is_longer = end not in longest or len(head.word) > len(longest[end].word)
            if is_longer and self._ends(words, end, head):
                longest[end] = head
        for end, head in longest.items():
            stem = end - len(head.word)
            start = self._cut(words.text, self._start(words, stem), stem)
            start = self._trim(words, start, stem, head)
            start += words.text[start:stem].startswith("·")
            yield HeadSpan(start, stem, self._with_tail(words.text, end), head)

    def _ends(self, words: Words, end: int, head: Head) -> bool:
        text = words.text
        if text.startswith(head.not_before, end) and head.not_before:
            return False
        if words.is_edge(end):
            return True
        return len(head.word) > 1 and text[end : end + 1] in _ENDINGS

    def _with_tail(self, text: str, end: int) -> int:
        return next((end + len(t) for t in self._grammar.tails if text.startswith(t, end)), end)

    def _start(self, words: Words, stem: int) -> int:
        start = stem
        token = words.holding(stem)
        if token is not None and token.a < stem:
            if token.tag not in _NAME_TAGS:
                return stem
            start = token.a
        while start > 0 and stem - start < _LONGEST:
            token = words.holding(start - 1)
            if token is None:
                break
            if token.text == QUOTE:
                opening = words.opening_of(token.a)
                if opening is None:
                    break
                start = opening
            elif token.text == ")":
                aside = _ASIDE.search(words.text, max(0, start - _LONGEST_ASIDE), start)
                if aside is None:
                    break
                start = aside.start()
            elif self._continues(words, token):
                start = token.a
            else:
                break
        if words.text[start:stem].startswith((DASH, "·")):
            start += 1
        if words.text[start:stem].startswith("("):  # an aside without the name it belongs to
            start = words.text.find(")", start, stem) + 1 or stem
        return start

    def _continues(self, words: Words, token: Token) -> bool:
        """Whether a word may stand inside a name that goes on to its right."""
        grammar = self._grammar
        if token.text in grammar.inner_verbs:
            return True
        if token.text in grammar.stops or token.text[-1:] in "的等":
            return False
        if token.text in ("·", DASH):
            before = words.holding(token.a - 1) if token.a else None
            is_range = before is not None and before.text.endswith(_RANGE_ENDS)
            return before is not None and before.tag in ("LOC", "nz", "ORG", "m", "n") and not is_range
        if token.tag == "v":
            return False
        if token.tag == "m":
            return _NUMBER.fullmatch(token.text) is not None
        if token.tag == "s":
            return len(token.text) > 2
        return token.tag in _NAME_TAGS or token.text in _TIMES

    def _cut(self, text: str, start: int, stem: int) -> int:
        """Cut inside a word that the model made too long (青岛建设世界创投风投中心)."""
        for stop in self._cuts:
            at = text.rfind(stop, start, stem)
            if at >= 0 and at + len(stop) <= stem:
                start = at + len(stop)
        return start

    def _trim(self, words: Words, start: int, stem: int, head: Head) -> int:
        """Drop words that only lead to a name: 「重点」, a number in a list, 「服务」 before 「青岛」."""
        parts = words.between(start, stem)
        for token, after in zip(parts, [*parts[1:], None], strict=False):
            if token.a != start or token.b > stem:
                break
            leads = after is not None and after.tag in PROPER
            is_verb = token.text in self._grammar.inner_verbs or token.text in self._grammar.stops
            is_number = token.text.isdigit() and head.category not in (Category.ROAD, Category.RAIL)
            is_adjective = len(token.text) == 1 and token.tag in ("a", "f", "s", "v", "d")
            always = token.text in self._grammar.trims or token.text in self._grammar.leading_verbs
            if (always and token.b < stem) or is_number or (leads and (is_verb or is_adjective)):
                start = token.b
            else:
                break
        return start

    def factored(self, words: Words, span: HeadSpan) -> list[tuple[int, int]]:
        """The words before a name that share its head: 河套 in 「河套、上马街道」, all of 「移风、店集等农村水厂」."""
        text = words.text
        group = _GROUP.search(text, max(0, span.a - _LONGEST_GROUP), span.a)
        if group:
            items = self._listed(words, group.start())
        elif span.a < span.stem and text[span.a - 1 : span.a] in ("、", "与", "和"):
            items = self._listed(words, span.a - 1)
        else:
            return []
        return [(t.a, t.b) for t in items] if any(t.tag in (PLACE, "PER") for t in items) else []

    def _listed(self, words: Words, end: int) -> list[Token]:
        items: list[Token] = []
        while (token := words.holding(end - 1)) is not None and token.b == end and self._is_item(token):
            items.append(token)
            if words.text[token.a - 1 : token.a] != "、":
                break
            end = token.a - 1
        return items

    def _is_item(self, token: Token) -> bool:
        grammar = self._grammar
        plain = grammar.stops | grammar.common | grammar.generic | grammar.outside
        return (
            token.text not in plain and 2 <= len(token.text) <= 4 and token.tag in (PLACE, "nz", "PER", "n")
        )
