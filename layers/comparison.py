"""Two sides of the plans' features, side by side: what stands on both, what on one only, and what is said differently.

A side is a plan, a category, what the plans call built or planned, or what is to be done by a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from layers.crossplan import Difference, find_differences, plan_roles
from layers.facets import FIRST_YEAR
from layers.per_store import per_store
from layers.project_table import project_years
from layers.records import FeatureSummary
from layers.store import Store

SideKind: TypeAlias = Literal["plan", "category", "status", "year"]
KINDS: tuple[SideKind, ...] = ("plan", "category", "status", "year")

BUILT, PLANNED = "built", "planned"
_STATUSES = {
    BUILT: frozenset({"existing"}),
    PLANNED: frozenset({"planned", "under_construction", "proposed", "renewal"}),
}
_SPANS = {"2025": (FIRST_YEAR, 2025), "2035": (2026, 2035)}
"""Target years: within the plans' own five years, and from then to their horizon."""


class UnknownSideError(ValueError):
    """No such side; the message says what was asked for."""


@dataclass(frozen=True)
class Side:
    """One side, written ``kind:value`` in links."""

    kind: SideKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class Comparison:
    """Feature ids in catalog order: on both sides and said alike, on both and said differently, on one side only.

    ``differences`` are those of the differing, by id.
    """

    alike: tuple[str, ...]
    differing: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    differences: dict[str, tuple[Difference, ...]]

    @property
    def both(self) -> frozenset[str]:
        """What stands on both sides, alike or not."""
        return frozenset(self.alike) | frozenset(self.differing)


def values(store: Store, kind: SideKind) -> tuple[str, ...]:
    """The values a side of a kind may have, in order."""
    if kind == "plan":
        return tuple(store.plans)
    if kind == "category":
        return tuple(dict.fromkeys(f.category for f in store.features.values()))
    return tuple(_STATUSES) if kind == "status" else tuple(_SPANS)


def parse_side(store: Store, text: str) -> Side:
    """A side from ``kind:value``.

    Raises
    ------
    UnknownSideError
        It is none of the store's.
    """
    kind, _, value = text.partition(":")
    if kind in KINDS and value in values(store, kind):
        return Side(kind, value)
    raise UnknownSideError(f"没有可比较的「{text[:40]}」")


def compare(store: Store, left: Side, right: Side, level: int) -> Comparison:
    """Compare two sides down to a level.

    What differs between two plans is what those two say differently; between other sides, what any two plans do.
    """
    wanted = [f for f in store.features.values() if f.level <= level]
    on_left, on_right = side_features(store, left), side_features(store, right)
    both = [f for f in wanted if f.id in on_left and f.id in on_right]
    pair = {left.value, right.value} if left.kind == right.kind == "plan" else None
    found = {f.id: _differences(store, f, pair) for f in both} if left != right else {}
    differences = {feature: said for feature, said in found.items() if said}
    return Comparison(
        alike=_ids(f for f in both if f.id not in differences),
        differing=tuple(differences),
        left=_ids(f for f in wanted if f.id in on_left and f.id not in on_right),
        right=_ids(f for f in wanted if f.id in on_right and f.id not in on_left),
        differences=differences,
    )


def _ids(features: Iterable[FeatureSummary]) -> tuple[str, ...]:
    return tuple(f.id for f in features)


def _differences(store: Store, feature: FeatureSummary, pair: set[str] | None) -> tuple[Difference, ...]:
    if len(feature.plans) < 2:
        return ()
    said = _all_differences(store, feature.id)
    return tuple(d for d in said if pair is None or set(d.plans) == pair)


@per_store
def _all_differences(store: Store, feature: str) -> tuple[Difference, ...]:
    return tuple(find_differences(plan_roles(store, store.features[feature])))


@per_store
def side_features(store: Store, side: Side) -> frozenset[str]:
    """Ids of the features of a side, of every level."""
    features = store.features.values()
    if side.kind == "plan":
        return frozenset(f.id for f in features if side.value in f.plans)
    if side.kind == "category":
        return frozenset(f.id for f in features if f.category == side.value)
    if side.kind == "status":
        wanted = _STATUSES[side.value]
        return frozenset(f.id for f in features if not wanted.isdisjoint(_statuses(f)))
    first, last = _SPANS[side.value]
    return frozenset(
        project.feature
        for project in store.projects()
        if any(first <= year <= last for year in project_years(project))
    )


def _statuses(feature: FeatureSummary) -> set[str]:
    """What the plans call it, each by itself: one may say built where another says planned."""
    said = {str(view.get("status", "unspecified")) for view in feature.views.values()}
    return said or {feature.status}
