"""From the spans of several finders to candidates: maximal, none overlapping, and names known by their company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from layers.candidates.model import Candidate, Sort, Source, Span
from layers.catalog_entries import Category

_SOURCES: tuple[Source, ...] = ("head", "model", "gazetteer", "formula", "quoted", "list")
_SORTS: tuple[Sort, ...] = ("outside", "institution", "named", "generic", "unsure")
_RANKS: tuple[Source, ...] = ("formula", "list", "quoted", "head", "gazetteer", "model")
_LISTED = frozenset(
    {Category.INDUSTRIAL_PARK, Category.INDUSTRIAL_CLUSTER, Category.ZONE, Category.COMMERCIAL, Category.FACILITY,
     Category.HUB, Category.GREEN, Category.BUSINESS_DISTRICT, Category.HERITAGE, Category.CORE}
)  # fmt: skip
_SHORTEST_LISTED = 4
_SHORTEST_REPEATED = 5


@dataclass(frozen=True)
class _Merged:
    candidate: Candidate
    is_distinctive: bool


def merge_spans(text: str, spans: Iterable[Span]) -> list[Candidate]:
    """The longest spans in reading order; equal ones are one candidate with all their sources."""
    by_range: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        by_range.setdefault((span.a, span.b), []).append(span)
    used: set[int] = set()
    found: list[_Merged] = []
    for (a, b), same in sorted(by_range.items(), key=lambda item: (item[0][0] - item[0][1], item[0][0])):
        if used.isdisjoint(range(a, b)):
            used.update(range(a, b))
            found.append(_merged(text, same))
    found.sort(key=lambda m: m.candidate.a)
    return _with_company(text, _with_repeated(found))


def _merged(text: str, same: Sequence[Span]) -> _Merged:
    by_rank = min(same, key=_rank)
    sort = min((s.sort for s in same), key=_SORTS.index)
    a, b = by_rank.a, by_rank.b
    shared = max((s.shared_head for s in same), key=len)
    name = text[a:b] + ("" if text[a:b].endswith(shared) else shared)
    sources = tuple(s for s in _SOURCES if any(span.source == s for span in same))
    return _Merged(
        Candidate(a, b, text[a:b], name, by_rank.category, sort, sources), any(s.is_distinctive for s in same)
    )


def _rank(span: Span) -> float:
    """Whose category counts: a head of one character (灵山) says less than the gazetteer."""
    rank = _RANKS.index(span.source)
    return rank + 1.5 if span.source == "head" and span.is_short else rank


def _with_repeated(found: Sequence[_Merged]) -> list[Candidate]:
    """A distinctive compound that a plan says again is a name (院士工作站)."""
    counts = Counter(m.candidate.name for m in found)
    return [
        replace(m.candidate, sort="named")
        if m.candidate.sort == "generic"
        and m.is_distinctive
        and len(m.candidate.name) >= _SHORTEST_REPEATED
        and counts[m.candidate.name] > 1
        else m.candidate
        for m in found
    ]


def _with_company(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """In an enumeration a compound next to a name is a name too: 「即墨港区、轨道交通产业园、济铁物流园」."""
    found = list(candidates)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            here, beside = found[i], found[i + step]
            gap = text[min(here.b, beside.b) : max(here.a, beside.a)].strip('"')
            listed = here.category in _LISTED and beside.category in _LISTED
            is_compound = len(here.text) >= _SHORTEST_LISTED and "head" in here.sources
            if here.sort == "generic" and beside.sort == "named" and gap == "、" and listed and is_compound:
                found[i] = replace(here, sort="named")
    return found
