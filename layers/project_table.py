"""All projects as rows of a table, a row for each feature that a project is tied to, and their totals.

The same words under several features are one project; an amount that two overlapping quotes share is one amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from layers.records import ProjectRecord
from layers.store import Store

_HEDGES = ("about", "at_least", "at_most")

SpanKind = Literal["works", "target", "period"]


@dataclass(frozen=True, order=True)
class Span:
    """When a project is to be, as far as its words tell: works from their start to their finish (None where not told),
    the year of an aim, or a five-year period."""

    kind: SpanKind
    first: int | None
    last: int | None

    @property
    def key(self) -> str:
        """A short name for links and filters."""
        return "-".join([self.kind, *(str(year or "") for year in (self.first, self.last))])


@dataclass(frozen=True)
class ProjectRow:
    """A project under one of its features.

    ``project`` is the same for all rows of a project, ``amount_key`` for all rows that tell the same amount of money.
    Printed words are None, and values too, where the text names none; ``investment`` is in 亿元, ``floor_area`` and
    ``area`` in m2, ``length`` in km. ``hedged`` says that the text prints 约, 左右, 余 or 以上 with the amount. ``years``
    are those of starts, finishes and targets; ``span`` is None where the words tell no time to come.
    """

    project: str
    amount_key: str | None
    feature: str
    feature_name: str
    name: str
    category: str
    plan: str
    kind: str
    stage: str
    printed: dict[str, str]
    investment: float | None
    floor_area: float | None
    area: float | None
    length: float | None
    hedged: bool
    start_year: int | None
    finish_year: int | None
    years: tuple[int, ...]
    span: Span | None
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
    money = [q for q in _of(record, "investment") if q["unit"] == "亿元"]
    kinds = ("investment", "floor_area", "area", "length", "capacity")
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
        stage=record.stage,
        printed=printed,
        investment=_sum(money),
        floor_area=_sum(_of(record, "floor_area")),
        area=_sum(_of(record, "area")),
        length=_sum(_of(record, "length")),
        hedged=any(q[hedge] for q in money for hedge in _HEDGES),
        start_year=record.start_year,
        finish_year=record.finish_year,
        years=project_years(record),
        span=_span(record),
        line=record.quote.line,
        start=record.quote.start,
    )


def project_years(record: ProjectRecord) -> tuple[int, ...]:
    """The years of a project's starts, finishes and targets, in order; not those of periods or of the past."""
    told = {record.start_year, record.finish_year}
    for date in record.dates:
        if date["role"] not in ("period", "past"):
            told |= {date["first"], date["last"]}
    return tuple(sorted(year for year in told if year))


def _span(record: ProjectRecord) -> Span | None:
    if record.start_year or record.finish_year:
        return Span("works", record.start_year, record.finish_year)
    spans = (
        Span(date["role"], date["first"], date["last"])
        for role in ("target", "period")
        for date in record.dates
        if date["role"] == role
    )
    return next(spans, None)


def _of(record: ProjectRecord, kind: str) -> list[dict[str, Any]]:
    return [q for q in record.quantities if q["kind"] == kind]


def _sum(quantities: list[dict[str, Any]]) -> float | None:
    return round(sum(q["value"] for q in quantities), 6) if quantities else None


def _amount_keys(records: list[ProjectRecord]) -> dict[str, str]:
    """Project id -> the id under which its amount is counted: that of an overlapping quote with the same words, or its own."""
    keys: dict[str, str] = {}
    counted: list[tuple[ProjectRecord, tuple[str, ...]]] = []
    for record in records:
        words = tuple(q["printed"] for q in _of(record, "investment") if q["unit"] == "亿元")
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
