"""Whether the members a text names are as many as the words of its formula promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from layers.catalog import Catalog, CatalogError, CatalogFeature, PlanView
from layers.catalog_entries import Category, Conflict, reading_label
from layers.mentions import PlanText, locate
from layers.records import Quote
from layers.structures.formula import Count, parse_formula
from layers.structures.vocabulary import Vocabulary

Verdict = Literal["complete", "short", "over", "open", "principle", "conflicting"]


@dataclass(frozen=True)
class StructureVerdict:
    """Whether the members a text names are as many as its formula promises.

    Attributes
    ----------
    feature
        Id of the structure.
    counts
        (kind, expected, found); expected is None for N or where the words give no number.
    verdict
        ``complete``, ``short``, ``over``, ``open`` (no number to hold the members against), ``principle`` (no members
        by nature) or ``conflicting``.
    conflict
        How the text contradicts itself; None where it does not.
    places
        The places that contradict each other, as quotes.
    principles
        Clauses of the formula that have no members to count (「陆海统筹」).
    """

    feature: str
    counts: tuple[tuple[str, int | None, int], ...]
    verdict: Verdict
    conflict: str | None = None
    places: tuple[Quote, ...] = ()
    principles: tuple[str, ...] = ()


@dataclass
class _Promise:
    """What the names of a structure promise: for each kind the number and the name that gives it."""

    counts: dict[str, Count] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    principles: dict[str, None] = field(default_factory=dict)
    clash: str | None = None


def judge_structures(
    catalog: Catalog, vocabulary: Vocabulary, texts: Mapping[str, PlanText]
) -> list[StructureVerdict]:
    """The verdict for every structure of the catalog, in catalog order.

    Parameters
    ----------
    catalog
        What planners have curated.
    vocabulary
        The words of formulas.
    texts
        The plans by id: the places of a contradiction are looked up in them.

    Raises
    ------
    CatalogError
        An expectation that the formula's own words already give, a ``stands_for`` or a kind of members that no word
        of the formula has, or a place that does not hold its text.
    """
    return [
        _judge(feature, vocabulary, texts)
        for feature in catalog.features.values()
        if feature.category is Category.STRUCTURE
    ]


def _judge(
    feature: CatalogFeature, vocabulary: Vocabulary, texts: Mapping[str, PlanText]
) -> StructureVerdict:
    promise = _promise(feature, vocabulary)
    readings = list(_readings(feature, promise, vocabulary))
    told_apart = {kind for kind, _, _ in readings}
    expected = {kind: count for kind, count in promise.counts.items() if kind not in told_apart}
    expected |= {label: count for _, label, count in readings}
    counts = tuple(
        (kind, e if isinstance(e := expected.get(kind), int) else None, len(feature.members.get(kind, ())))
        for kind in dict.fromkeys([*expected, *feature.members])
        if kind in feature.members or expected.get(kind) is not None
    )
    stated = [(view, view.entry.conflict) for view in feature.entries if view.entry.conflict]
    reason = "；".join(conflict.reason for _, conflict in stated) or promise.clash
    places = tuple(q for view, conflict in stated for q in _quotes(feature, view, conflict, texts))
    return StructureVerdict(
        feature.id,
        counts,
        "conflicting" if reason else _verdict(counts),
        reason,
        places,
        tuple(promise.principles),
    )


def _promise(feature: CatalogFeature, vocabulary: Vocabulary) -> _Promise:
    promise = _Promise()
    for view in feature.entries:
        own = _Promise()
        for name in dict.fromkeys((view.entry.name, *view.entry.aliases)):
            _read_name(own, name, view.entry.stands_for, vocabulary)
        _check_stands_for(feature, view, vocabulary)
        _expect(own, feature, view)
        _check_kinds(own, feature, view, vocabulary)
        for kind, count in own.counts.items():
            _add(promise, kind, count, own.names[kind])
        promise.clash = promise.clash or own.clash
        promise.principles.update(own.principles)
    return promise


def _read_name(promise: _Promise, name: str, stands_for: Mapping[str, str], vocabulary: Vocabulary) -> None:
    for part in parse_formula(name, vocabulary):
        if part.kind is None:
            promise.principles[part.text] = None
        else:
            _add(promise, stands_for.get(part.kind, part.kind), part.count, name)


def _add(promise: _Promise, kind: str, count: Count, name: str) -> None:
    """Two names that give different numbers contradict each other; a number says more than none."""
    former = promise.counts.get(kind)
    if isinstance(former, int) and isinstance(count, int) and former != count:
        promise.clash = promise.clash or f"「{promise.names[kind]}」与「{name}」的「{kind}」数目不同"
    elif former is None or (former == "N" and isinstance(count, int)):
        promise.counts[kind] = count
        promise.names[kind] = name


def _expect(promise: _Promise, feature: CatalogFeature, view: PlanView) -> None:
    for stated in view.entry.expects:
        if promise.counts.get(stated.kind) == stated.count:
            raise CatalogError(
                f"{view.scope}.yaml：「{feature.name}」的 expects「{stated.kind}」：提法本身已说是 {stated.count}，"
                "请删去这一项"
            )
        promise.counts[stated.kind] = stated.count
        promise.names[stated.kind] = feature.name


def _check_stands_for(feature: CatalogFeature, view: PlanView, vocabulary: Vocabulary) -> None:
    names = (view.entry.name, *view.entry.aliases)
    parts = {p.kind for name in names for p in parse_formula(name, vocabulary)}
    unknown = next((number for number in view.entry.stands_for if number not in parts), None)
    if unknown is not None:
        raise CatalogError(
            f"{view.scope}.yaml：「{feature.name}」的 stands_for：提法里没有「{unknown}」这一项"
        )


def _check_kinds(promise: _Promise, feature: CatalogFeature, view: PlanView, vocabulary: Vocabulary) -> None:
    """Where the words count something, members stand under what they count: a slip of the pen would hide a lack."""
    if not any(count is not None for count in promise.counts.values()):
        return
    conflict = view.entry.conflict
    own = {k for p in (conflict.places if conflict else ()) for k in _counts_at(p.text, vocabulary)}
    given = [*view.entry.members, *(k for p in (conflict.places if conflict else ()) for k in p.members)]
    unknown = next((kind for kind in given if kind not in promise.counts and kind not in own), None)
    if unknown is not None:
        raise CatalogError(
            f"{view.scope}.yaml：「{feature.name}」的 members.{unknown}：提法里没有「{unknown}」，"
            f"只有 {'、'.join(promise.counts)}（提法没说的，在 expects 里写明数目和原因）"
        )


def _counts_at(words: str, vocabulary: Vocabulary) -> dict[str, Count]:
    return {p.kind: p.count for p in parse_formula(words, vocabulary) if p.kind is not None}


def _readings(
    feature: CatalogFeature, promise: _Promise, vocabulary: Vocabulary
) -> Iterator[tuple[str, str, Count]]:
    """(kind, label, number) that each contradicting place promises: its own words count before the formula's."""
    for view in feature.entries:
        for place in view.entry.conflict.places if view.entry.conflict else ():
            own = _counts_at(place.text, vocabulary)
            for kind in place.members:
                yield kind, reading_label(kind, place), own.get(kind, promise.counts.get(kind))


def _quotes(
    feature: CatalogFeature, view: PlanView, conflict: Conflict, texts: Mapping[str, PlanText]
) -> Iterator[Quote]:
    where = f"{view.scope}.yaml：「{feature.name}」的 conflict"
    for place in conflict.places:
        text = texts[place.plan or view.scope]
        yield text.quote(*locate(text, place.line, place.text, place.nth, where))


def _verdict(counts: Sequence[tuple[str, int | None, int]]) -> Verdict:
    stated = [(expected, found) for _, expected, found in counts if expected is not None]
    if not stated:
        return "open" if any(found for _, _, found in counts) else "principle"
    if any(found < expected for expected, found in stated):
        return "short"
    return "over" if any(found > expected for expected, found in stated) else "complete"


def gaps(counts: Iterable[tuple[str, int | None, int]]) -> str:
    """Which kinds have members too few or too many, and how many: 「横 缺 3，纵 缺 7」; empty where the numbers hold."""
    words = []
    for kind, expected, found in counts:
        if expected is not None and found != expected:
            words.append(f"{kind} {'缺' if found < expected else '多'} {abs(expected - found)}")
    return "，".join(words)
