"""All projects as rows of a table, a row for each feature that a project is tied to, and their totals.

The same words under several features are one project; an amount that two overlapping quotes share is one amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from layers.store import ProjectRecord, Store

_HEDGES = {"about": "约", "at_least": "以上"}


@dataclass(frozen=True)
class ProjectRow:
    """A project under one of its features.

    ``project`` is the same for all rows of a project, ``amount_key`` for all rows that tell the same amount of money.
    Printed words are None, and values too, where the text names none; ``investment`` is in 亿元, ``floor_area`` and
    ``area`` in m2, ``length`` in km. ``hedged`` says that the text prints 约, 左右, 余 or 以上 with the amount.
    """

    project: str
    amount_key: str | None
    feature: str
    feature_name: str
    name: str
    category: str
    plan: str
    kind: str
    printed: dict[str, str]
    investment: float | None
    floor_area: float | None
    area: float | None
    length: float | None
    hedged: bool
    years: tuple[int, ...]
    line: int
    start: int


@dataclass(frozen=True)
class Total:
    """Numbers of a set of rows: projects, those that name an amount, and the sum of the amounts in 亿元."""

    projects: int
    with_amount: int
    investment: float


def project_rows(store: Store) -> list[ProjectRow]:
    """Every row, by plan and place in the text."""
    records = store.projects()
    keys = _amount_keys(records)
    return [_row(store, record, keys) for record in records]


def _row(store: Store, record: ProjectRecord, keys: dict[str, str]) -> ProjectRow:
    feature = store.features[record.feature]
    money = _of(record, "investment")
    years = sorted({int(q["value"]) for q in _of(record, "year")})
    kinds = ("investment", "floor_area", "area", "length", "capacity", "year")
    printed = {kind: "、".join(q["printed"] for q in found) for kind in kinds if (found := _of(record, kind))}
    return ProjectRow(
        project=record.id,
        amount_key=keys.get(record.id),
        feature=feature.id,
        feature_name=feature.name,
        name=record.name,
        category=feature.category,
        plan=record.quote.plan,
        kind=record.kind,
        printed=printed,
        investment=_sum(money),
        floor_area=_sum(_of(record, "floor_area")),
        area=_sum(_of(record, "area")),
        length=_sum(_of(record, "length")),
        hedged=any(q[hedge] for q in money for hedge in _HEDGES),
        years=tuple(years),
        line=record.quote.line,
        start=record.quote.start,
    )


def _of(record: ProjectRecord, kind: str) -> list[dict[str, Any]]:
    return [q for q in record.quantities if q["kind"] == kind]


def _sum(quantities: list[dict[str, Any]]) -> float | None:
    return round(sum(q["value"] for q in quantities), 6) if quantities else None


def _amount_keys(records: list[ProjectRecord]) -> dict[str, str]:
    """Project id -> the id under which its amount is counted: that of an overlapping quote with the same words, or its own."""
    keys: dict[str, str] = {}
    counted: list[tuple[ProjectRecord, tuple[str, ...]]] = []
    for record in records:
        words = tuple(q["printed"] for q in _of(record, "investment"))
        if not words or record.id in keys:
            continue
        q = record.quote
        same = next(
            (
                other
                for other, theirs in reversed(counted)
                if theirs == words
                and other.quote.plan == q.plan
                and other.quote.start < q.end
                and q.start < other.quote.end
            ),
            None,
        )
        keys[record.id] = keys[same.id] if same else record.id
        counted.append((record, words))
    return keys


def total(rows: Iterable[ProjectRow]) -> Total:
    """The numbers of some rows, each project and each amount counted once."""
    projects: set[str] = set()
    stated: set[str] = set()
    amounts: dict[str, float] = {}
    for row in rows:
        projects.add(row.project)
        if row.amount_key and row.investment is not None:
            stated.add(row.project)
            amounts[row.amount_key] = row.investment
    return Total(len(projects), len(stated), round(sum(amounts.values()), 4))


def totals_by(rows: Iterable[ProjectRow], key: Callable[[ProjectRow], str]) -> dict[str, Total]:
    """The numbers of each group, in the order of first appearance."""
    groups: dict[str, list[ProjectRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: total(group) for name, group in groups.items()}
