"""Rows and totals of projects: each project and each amount counted once."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from layers.project_table import ProjectRow, Span, Total, project_rows, total, totals_by
from layers.records import Evidence, ProjectRecord
from layers.store import Store


@pytest.fixture(scope="module")
def rows(store: Store) -> list[ProjectRow]:
    return project_rows(store)


def record(name: str, feature: str, start: int, end: int, printed: str = "", **told: Any) -> ProjectRecord:
    quote = Evidence("p", start, end, 1, "", (), "", "", "", "", ())
    unit = printed.lstrip("约0123456789.")
    hedges = {"about": True, "at_least": False, "at_most": False}
    money = {"kind": "investment", "value": 5.0, "unit": unit, "printed": printed, **hedges}
    quantities = (money,) if printed else ()
    return ProjectRecord(f"p@{start}-{end}", feature, name, "新建", quote, quantities, None, **told)


def date(role: str, first: int, last: int | None = None) -> dict[str, Any]:
    return {"role": role, "first": first, "last": last or first, "printed": ""}


def table(records: list[ProjectRecord]) -> list[ProjectRow]:
    features = {r.feature: SimpleNamespace(id=r.feature, name=r.feature, category="hub") for r in records}
    return project_rows(cast(Store, SimpleNamespace(features=features, projects=lambda: records)))


def test_a_row_for_each_feature_of_a_project(store: Store, rows: list[ProjectRow]) -> None:
    assert len(rows) == len(store.projects())
    assert total(rows).projects == len({p.id for p in store.projects()}) < len(rows)


def test_printed_words_stand_in_the_plan(store: Store, rows: list[ProjectRow]) -> None:
    """138 and 「约138亿元」 of 海天中心, as 市南 prints them."""
    row = next(r for r in rows if r.feature_name == "海天中心" and r.investment)
    assert (row.printed["investment"], row.investment, row.hedged) == ("约138亿元", 138, True)
    line = (store.plan_text(row.plan) or "").splitlines()[row.line - 1]
    assert "138亿元" in line.replace(" ", "")


def test_the_same_words_under_several_features_are_one_amount(rows: list[ProjectRow]) -> None:
    """市南 805: one amount for three health centres."""
    clinics = [r for r in rows if (r.plan, r.line) == ("shinan", 805) and r.investment]
    assert len({r.feature for r in clinics}) > 1
    assert total(clinics) == Total(projects=1, with_amount=1, investment=0.6)


def test_the_sum_is_that_of_the_amounts_named(rows: list[ProjectRow]) -> None:
    amounts = {r.amount_key: r.investment for r in rows if r.investment is not None}
    assert total(rows).investment == pytest.approx(sum(v for v in amounts.values() if v))
    assert total(rows).with_amount == len({r.project for r in rows if r.investment is not None})


def test_an_amount_two_overlapping_quotes_share_is_counted_once() -> None:
    rows = table(
        [record("a", "f", 0, 50, "约5亿元"), record("b", "g", 40, 90, "约5亿元"), record("c", "h", 200, 250, "约5亿元")]
    )  # fmt: skip
    assert total(rows) == Total(projects=3, with_amount=3, investment=10)


def test_no_amount_is_none_and_never_zero() -> None:
    (row,) = table([record("a", "f", 0, 50)])
    assert (row.investment, row.amount_key, row.printed) == (None, None, {})
    assert total([row]) == Total(1, 0, 0)


def test_groups_add_up_where_no_project_is_in_two(rows: list[ProjectRow]) -> None:
    by_plan = totals_by(rows, lambda r: r.plan)
    assert sum(t.projects for t in by_plan.values()) == total(rows).projects
    assert sum(t.investment for t in by_plan.values()) == pytest.approx(total(rows).investment)


def test_nothing_is_nothing() -> None:
    assert total([]) == Total(0, 0, 0)
    assert totals_by([], lambda r: r.plan) == {}


def test_total_of_one_row_is_that_row(rows: list[ProjectRow]) -> None:
    row = next(r for r in rows if r.investment)
    assert total([row, replace(row, feature="other")]).investment == row.investment


def test_another_currency_is_never_added_to_yuan() -> None:
    (row,) = table([record("a", "f", 0, 50, "5亿美元")])
    assert row.printed["investment"] == "5亿美元"
    assert (row.investment, row.amount_key) == (None, None)
    assert total([row]) == Total(1, 0, 0)


@pytest.mark.parametrize(
    ("told", "span", "years"),
    [
        ({}, None, ()),
        ({"dates": (date("past", 2016, 2020),)}, None, ()),
        ({"dates": (date("period", 2021, 2025),)}, Span("period", 2021, 2025), ()),
        ({"dates": (date("target", 2025),)}, Span("target", 2025, 2025), (2025,)),
        ({"dates": (date("period", 2021, 2025), date("target", 2023))}, Span("target", 2023, 2023), (2023,)),
        ({"dates": (date("finish", 2025),), "finish_year": 2025}, Span("works", None, 2025), (2025,)),
        ({"start_year": 2022, "finish_year": 2024}, Span("works", 2022, 2024), (2022, 2024)),
    ],
)
def test_when_a_project_is_to_be(told: dict[str, Any], span: Span | None, years: tuple[int, ...]) -> None:
    (row,) = table([record("a", "f", 0, 50, **told)])
    assert (row.span, row.years) == (span, years)


def test_a_span_has_a_short_name_for_links() -> None:
    keys = [Span("works", None, 2025).key, Span("works", 2022, None).key, Span("period", 2021, 2025).key]
    assert keys == ["works--2025", "works-2022-", "period-2021-2025"]
