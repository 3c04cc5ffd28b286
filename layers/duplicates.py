"""Suspicion that two features are one thing: same words, same name, nearly the same name, or the same place and kind.

A suspicion is not a verdict: each is read by a person, who merges the two or says in data/duplicates_accepted.yaml why
they are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from layers.folding import fold_name
from layers.records import FeatureSummary
from layers.store import Store
from layers.yaml_file import Strict, read_model

ACCEPTED = "duplicates_accepted.yaml"
ALIKE = 0.85
"""From this share of common characters on (:class:`difflib.SequenceMatcher`), two names of one category look alike."""
_DIGITS = 5

Clue = Literal["words", "name", "alike", "place"]


class DuplicatesError(ValueError):
    """The file of reasons is wrong; the message names file, entry and reason."""


class Reason(Strict):
    """Features that are no duplicates of each other, any two of them, and why."""

    features: Annotated[tuple[str, ...], Field(min_length=2)]
    reason: Annotated[str, Field(min_length=1)]


class _File(Strict):
    accepted: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Suspicion:
    """Two features that may be one: ids in catalog order, what speaks for it, and why they are two (None: nothing said)."""

    features: tuple[str, str]
    clues: tuple[Clue, ...]
    reason: str | None


def read_reasons(path: Path) -> tuple[Reason, ...]:
    """Read data/duplicates_accepted.yaml.

    Raises
    ------
    DuplicatesError
        The file is missing or wrong.
    """
    return read_model(path, _File, DuplicatesError).accepted


def find_duplicates(store: Store, reasons: Sequence[Reason]) -> list[Suspicion]:
    """Every suspicion, in catalog order of the first feature."""
    clues: dict[tuple[str, str], dict[Clue, None]] = defaultdict(dict)
    order = {fid: i for i, fid in enumerate(store.features)}
    for clue, one, other in _clues(store):
        first, second = sorted((one, other), key=order.__getitem__)
        clues[first, second][clue] = None
    found = sorted(clues.items(), key=lambda item: (order[item[0][0]], order[item[0][1]]))
    return [Suspicion(pair, tuple(told), _reason(pair, reasons)) for pair, told in found]


def stale_reasons(found: Iterable[Suspicion], reasons: Sequence[Reason]) -> list[Reason]:
    """Reasons of which no two features are suspected any more; ``found`` is every suspicion there is."""
    suspected = {frozenset(s.features) for s in found}
    return [
        r for r in reasons if suspected.isdisjoint(frozenset(pair) for pair in combinations(r.features, 2))
    ]


def _reason(pair: tuple[str, str], reasons: Sequence[Reason]) -> str | None:
    return next((r.reason for r in reasons if set(pair) <= set(r.features)), None)


def _clues(store: Store) -> Iterator[tuple[Clue, str, str]]:
    features = list(store.features.values())
    spans: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    places: dict[tuple[str, float, float], list[str]] = defaultdict(list)
    for feature, e in store.mentions_of(list(store.features)):
        spans[e.plan, e.start, e.end].append(feature)
    for f in features:
        for name in {fold_name(n) for n in (f.name, *f.aliases)}:
            names[name].append(f.id)
        if f.lon is not None and f.lat is not None and f.precision != "district":
            places[f.category, round(f.lon, _DIGITS), round(f.lat, _DIGITS)].append(f.id)
    yield from (("words", a, b) for ids in spans.values() for a, b in combinations(dict.fromkeys(ids), 2))
    yield from (("name", a, b) for ids in names.values() for a, b in combinations(ids, 2))
    yield from (("alike", a.id, b.id) for a, b in combinations(features, 2) if _are_alike(a, b))
    yield from (("place", a, b) for ids in places.values() for a, b in combinations(ids, 2))


def _are_alike(a: FeatureSummary, b: FeatureSummary) -> bool:
    if a.category != b.category or a.name == b.name:
        return False
    matcher = SequenceMatcher(None, a.name, b.name)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # each lower and dearer
    return all(bound() >= ALIKE for bound in bounds)


_CLUES = {"words": "同一处字句", "name": "同名", "alike": "名称相近", "place": "同类同位置"}


def duplicates_table(store: Store, found: Sequence[Suspicion], stale: Sequence[Reason]) -> str:
    """One line a suspicion without a reason, then reasons that nothing needs any more, then the numbers."""
    unexplained = [s for s in found if s.reason is None]
    lines = [
        "\t".join(
            [*(f"{store.features[i].name}（{i}）" for i in s.features), "、".join(_CLUES[c] for c in s.clues)]
        )
        for s in unexplained
    ]
    lines += [f"用不着的说明：{'、'.join(r.features)}" for r in stale]
    lines.append(f"疑为重复 {len(found)} 对，没有说明的 {len(unexplained)} 对")
    return "\n".join(lines)
