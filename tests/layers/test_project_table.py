"""Rows and totals of projects: each project and each amount counted once."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from layers.project_table import ProjectRow, Total, project_rows, total, totals_by
from layers.store import Evidence, ProjectRecord, Store


@pytest.fixture(scope="module")
def rows(store: Store) -> list[ProjectRow]:
    return project_rows(store)


def record(name: str, feature: str, start: int, end: int, printed: str = "") -> ProjectRecord:
    quote = Evidence("p", start, end, 1, "", (), "", (), "", "", "")
    money = {"kind": "investment", "value": 5.0, "printed": printed, "about": True, "at_least": False}
    return ProjectRecord(f"p@{start}-{end}", feature, name, "新建", quote, (money,) if printed else (), None)


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
    clinics = [r for r in rows if r.name == "社区卫生服务中心工程"]
    assert len({r.feature for r in clinics}) > 3
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
