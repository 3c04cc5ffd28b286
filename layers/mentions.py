"""Finding the catalog's names in a plan: from patterns to mentions with exact spans.

A mention is a span of a plan that names a feature. Names are matched on the folded reading order
(:mod:`layers.reading`), so white space, page breaks, variant characters and OCR dashes do not hide them; what is
kept are spans of the raw text, ``plan.text[start:end] == text`` always.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import ahocorasick

from layers.catalog import SHARED, Catalog, CatalogError
from layers.folding import fold_name
from layers.plans import Plan, line_of, line_starts
from layers.reading import Reading
from layers.records import Quote


@dataclass(frozen=True)
class Mention:
    """A quote that names a feature; ``by_hand`` when the catalog gives the place rather than a name.

    ``a, b`` is its range in the folded reading order.
    """

    feature: str
    quote: Quote
    a: int
    b: int
    by_hand: bool = False


@dataclass(frozen=True)
class PlanText:
    """A plan with its reading order: what every finder below works on."""

    plan: Plan
    reading: Reading

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(line_starts(self.plan.text))

    def line_of(self, offset: int) -> int:
        """1-based physical line of a raw offset."""
        return line_of(self._starts, offset)

    def quote(self, a: int, b: int) -> Quote:
        """The quote for a folded range of the reading order."""
        reading = self.reading
        parts = tuple(reading.raw_parts(a, b))
        start, end = max(parts, key=lambda p: p[1] - p[0])
        a0, b0 = reading.sentence_at(a)
        b0 = max(b0, b)
        return Quote(
            plan=self.plan.id,
            start=start,
            end=end,
            line=self.line_of(start),
            text=self.plan.text[start:end],
            parts=parts,
            passage=reading.passage_at(a).id,
            before=reading.sentence_text(a0, a),
            mention=reading.sentence_text(a, b),
            after=reading.sentence_text(b, b0),
        )


@dataclass(frozen=True)
class _Match:
    a: int
    b: int
    owner: str | None  # feature id; None for a string that is no place


def find_mentions(catalog: Catalog, plan_text: PlanText) -> list[Mention]:
    """Every mention of every feature in one plan, in reading order.

    Occurrences given by hand come first; among names the longest at a place wins, so a name inside a longer name
    is no mention of its own.

    Raises
    ------
    CatalogError
        When a line given by hand does not hold its text, or a refusal refuses nothing.
    """
    by_hand = list(_by_hand(catalog, plan_text))
    kept = _longest(_by_name(catalog, plan_text), taken=by_hand)
    refused = _refused(catalog, plan_text, {(m.owner, m.a) for m in kept})
    found = [(m, True) for m in by_hand] + [
        (m, False) for m in kept if m.owner and (m.owner, m.a) not in refused
    ]
    found.sort(key=lambda f: (f[0].a, f[0].b))
    return [Mention(m.owner, plan_text.quote(m.a, m.b), m.a, m.b, hand) for m, hand in found if m.owner]


def _by_hand(catalog: Catalog, plan_text: PlanText) -> Iterator[_Match]:
    plan = plan_text.plan.id
    for feature in catalog.features.values():
        for view in feature.entries:
            for at in view.entry.mentions:
                if (at.plan or view.scope) == plan:
                    a, b = locate(
                        plan_text,
                        at.line,
                        at.text,
                        at.nth,
                        f"{view.scope}.yaml：「{feature.name}」的 mentions",
                    )
                    yield _Match(a, b, feature.id)


def _refused(
    catalog: Catalog, plan_text: PlanText, found: Collection[tuple[str | None, int]]
) -> set[tuple[str, int]]:
    """Feature and folded start of every occurrence the catalog says is something else; each is one of those found."""
    plan = plan_text.plan.id
    refused = set()
    for feature in catalog.features.values():
        for view in feature.entries:
            for at in view.entry.not_at:
                if (at.plan or view.scope) == plan:
                    where = f"{view.scope}.yaml：「{feature.name}」的 not_at"
                    a, _ = locate(plan_text, at.line, at.text, at.nth, where)
                    if (feature.id, a) not in found:
                        raise CatalogError(
                            f"{where}：{plan}.txt 第 {at.line} 行的「{at.text}」本来就不算它的出处"
                            "（更长的名称或 mentions 已占了这一处，或这不是它的名称），请删去这一条"
                        )
                    refused.add((feature.id, a))
    return refused


def names_in(catalog: Catalog, plan: str) -> dict[str, str | None]:
    """Folded name -> feature id for every name valid in a plan; None for strings that are no places.

    A plan's own name hides a shared one.

    Raises
    ------
    CatalogError
        When two features of one scope claim the same name.
    """
    names: dict[str, str | None] = {}
    for scope in (SHARED, plan):
        own: dict[str, str] = {}
        for feature in catalog.features.values():
            for view in feature.entries:
                if view.scope != scope or view.entry.only_at:
                    continue
                for name in (view.entry.name, *view.entry.aliases):
                    key = fold_name(name)
                    other = own.setdefault(key, feature.id)
                    if other != feature.id:
                        rival = catalog.features[other].name
                        raise CatalogError(
                            f"{scope}.yaml：「{name}」同时是「{feature.name}」和「{rival}」的名称；"
                            "请只留一处，或用 only_at 加 mentions 指明位置"
                        )
        names.update(own)
        names.update({fold_name(n.text): None for n in catalog.not_places.get(scope, ())})
    return names


def _by_name(catalog: Catalog, plan_text: PlanText) -> list[_Match]:
    names = names_in(catalog, plan_text.plan.id)
    return list(find_names(names, plan_text.reading.text))


def find_names(names: Mapping[str, str | None], text: str) -> Iterator[_Match]:
    """All occurrences, overlapping ones too, of folded names in a folded text.

    A name that begins or ends with a digit or Latin letter is not found inside a longer number or word
    (「1号线」 in 「11号线」).
    """
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    if not names:
        return
    automaton.make_automaton()
    for last, name in automaton.iter(text):
        a, b = last - len(name) + 1, last + 1
        if not (_splits_word(text, a) or _splits_word(text, b)):
            yield _Match(a, b, names[name])


def _splits_word(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return (
        left.isascii()
        and right.isascii()
        and ((left.isdigit() and right.isdigit()) or (left.isalpha() and right.isalpha()))
    )


def _longest(matches: Iterable[_Match], taken: Iterable[_Match]) -> list[_Match]:
    """Longest first, none overlapping; a name inside or across an occurrence given by hand gives way to it,
    a longer one around it stays."""
    hand = [(m.a, m.b) for m in taken]
    kept: list[_Match] = []
    used: set[int] = set()
    for m in sorted(matches, key=lambda m: (m.a - m.b, m.a)):
        span = range(m.a, m.b)
        clash = any(
            a < m.b and m.a < b and not (m.a <= a and b <= m.b and b - a < m.b - m.a) for a, b in hand
        )
        if not clash and used.isdisjoint(span):
            kept.append(m)
            used.update(span)
    return kept


def locate(plan_text: PlanText, line: int, text: str, nth: int, where: str) -> tuple[int, int]:
    """The folded range of ``text`` that begins on a physical line.

    Raises
    ------
    CatalogError
        Naming the entry (``where``) when the line does not hold the text.
    """
    found = plan_text.reading.find_from(text, line, nth)
    if found is None:
        which = f"第 {nth} 处" if nth > 1 else ""
        raise CatalogError(f"{where}：{plan_text.plan.id}.txt 第 {line} 行没有{which}「{text}」")
    return found
