"""Reading a formula's own words: 「两横三纵」 promises two 横 and three 纵.

Pure: a string and the vocabulary in, its parts out. Whether the text names as many is :mod:`layers.structures.judging`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from layers.structures.vocabulary import Vocabulary

Count = int | Literal["N"] | None

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "双": 2}
_QUOTES = re.compile(r"[\s\"'“”‘’「」『』]")
_CLAUSE = re.compile(r"[、,，；;：:和]")
_NUMERAL = r"\d+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两双三四五六七八九]"


@dataclass(frozen=True)
class Part:
    """Something a formula names.

    ``count`` is the number it promises, ``"N"`` where the words leave it open (N, 多, 若干), None where they give no
    number (「轴带相连」). ``kind`` is None for a principle, which has no members to count (「陆海统筹」); in a sum such as
    「1+4」 it is the printed number, which the words do not explain.
    """

    kind: str | None
    count: Count
    text: str


def parse_formula(formula: str, vocabulary: Vocabulary) -> list[Part]:
    """The parts of a formula in the order of its words; ``[]`` for a name that counts nothing.

    Quotation marks and white space do not matter. A kind that stands twice is two parts.
    """
    words = _QUOTES.sub("", formula)
    terms = re.split(r"[+＋]", words)
    if len(terms) > 1:
        return _sum(terms, vocabulary)
    return [part for clause in _CLAUSE.split(words) if clause for part in _clause(clause, vocabulary)]


def number(numeral: str) -> int:
    """The value of an Arabic numeral or a Chinese one below a hundred (两 and 双 are 2)."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS[numeral]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _sum(terms: list[str], vocabulary: Vocabulary) -> list[Part]:
    """「9+3+1院士港生态体系」: numbers that the words do not explain; 「西部硅巷+中部场景」: names, as many as there are."""
    pattern = re.compile(rf"{_NUMERAL}|{'|'.join(map(re.escape, vocabulary.open))}", re.IGNORECASE)
    numbers = [pattern.match(term) for term in terms]
    found = [m[0] for m in numbers if m]
    if len(found) == len(terms):
        return [Part(n, _count(n, vocabulary), n) for n in found]
    return [Part(vocabulary.named_terms, len(terms), "+".join(terms))]


def _clause(clause: str, vocabulary: Vocabulary) -> Iterator[Part]:
    counted = list(_counted(clause, vocabulary))
    if counted:
        yield from counted
        return
    kinds = _uncounted(clause, vocabulary)
    if kinds is None:
        if clause.endswith(vocabulary.actions) and not _numbers(vocabulary).search(clause):
            yield Part(None, None, clause)
    else:
        yield from (Part(kind, None, clause) for kind in kinds)


def _counted(clause: str, vocabulary: Vocabulary) -> Iterator[Part]:
    """Each number of the clause with the kind it counts: the word right after it, or after a measure the end of the noun."""
    places = list(_numbers(vocabulary).finditer(clause))
    ends = [*(following.start() for following in places[1:]), len(clause)]
    for place, end in zip(places, ends, strict=False):
        noun = clause[place.end() : end]
        kind = _kind_of(noun, vocabulary, whole=place["measure"] is not None)
        if kind is not None:
            yield Part(kind, _count(place["count"], vocabulary), clause[place.start() : end])


def _kind_of(noun: str, vocabulary: Vocabulary, *, whole: bool) -> str | None:
    if not whole:
        return next((w for w in vocabulary.words if noun.startswith(w)), None)
    action = next((a for a in vocabulary.actions if noun.endswith(a) and noun != a), "")
    noun = noun.removesuffix(action)
    return next((w for w in vocabulary.words if noun.endswith(w)), None)


def _uncounted(clause: str, vocabulary: Vocabulary) -> list[str] | None:
    """The kinds of a clause that is made of kinds and actions alone; None for any other clause."""
    kinds = []
    at = 0
    while at < len(clause):
        word = next((w for w in _tokens(vocabulary) if clause.startswith(w, at)), None)
        if word is None:
            return None
        if word in vocabulary.by_word:
            kinds.append(word)
        at += len(word)
    return kinds or None


@cache
def _tokens_of(kinds: tuple[str, ...], actions: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*kinds, *actions}, key=lambda w: (-len(w), w)))


def _tokens(vocabulary: Vocabulary) -> tuple[str, ...]:
    return _tokens_of(vocabulary.words, vocabulary.actions)


def _numbers(vocabulary: Vocabulary) -> re.Pattern[str]:
    return _pattern(vocabulary.open, vocabulary.measures)


@cache
def _pattern(open_words: tuple[str, ...], measures: tuple[str, ...]) -> re.Pattern[str]:
    opens, measure = "|".join(map(re.escape, open_words)), "|".join(map(re.escape, measures))
    return re.compile(rf"(?P<count>{_NUMERAL}|{opens})(?P<measure>{measure})?", re.IGNORECASE)


def _count(printed: str, vocabulary: Vocabulary) -> Count:
    if printed.casefold() in (w.casefold() for w in vocabulary.open):
        return "N"
    return number(printed)
