"""项目: the rows, the totals and the timeline as data; how they follow the filters is a browser's test."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component

from layers.project_table import project_rows, total, totals_by
from layers.store import Store
from layers.styles import Styles
from tests.viewer.component_tree import attribute, of_class, walk, words
from viewer import ids, projects_page


@pytest.fixture(scope="module")
def page(store: Store, styles: Styles) -> Component:
    return projects_page.layout(store, styles)


@pytest.fixture(scope="module")
def grid(page: Component) -> Component:
    return next(
        c for c in walk(page) if isinstance(c, Component) and getattr(c, "id", None) == ids.PROJECTS_GRID
    )


def test_the_table_has_the_columns_in_their_order(grid: Component) -> None:
    assert [c["headerName"] for c in attribute(grid, "columnDefs")] == [
        "项目", "要素", "类别", "规划", "类型", "投资（原文）", "投资（亿元）", "建筑面积", "用地", "长度", "规模",
        "年份", "行",
    ]  # fmt: skip


def test_every_row_of_the_store_is_there_with_the_way_to_its_feature_and_line(
    grid: Component, store: Store
) -> None:
    rows = attribute(grid, "rowData")
    records = store.projects()
    assert [(r["id"], r["name"], r["line"], r["start"]) for r in rows] == [
        (p.feature, p.name, p.quote.line, p.quote.start) for p in records
    ]


def test_printed_stands_beside_parsed(grid: Component) -> None:
    rows = attribute(grid, "rowData")
    assert all(("investment" in r) == ("investment_printed" in r) == ("amount" in r) for r in rows)
    row = next(r for r in rows if r["feature"] == "海天中心" and "investment" in r)
    assert (row["investment_printed"], row["investment"]) == ("约138亿元", 138)


def test_nothing_of_the_table_is_code_of_the_data(grid: Component) -> None:
    assert attribute(grid, "dangerously_allow_code") is False
    functions = {str(c["valueFormatter"]) for c in attribute(grid, "columnDefs") if "valueFormatter" in c}
    assert len(functions) == 3


def test_totals_are_those_of_the_rows(page: Component, store: Store) -> None:
    rows = project_rows(store)
    everything = total(rows)
    (sentence,) = of_class(page, "totals-sentence")
    assert f"{everything.projects} 个项目（表中 {len(rows)} 行）" in words(sentence)
    assert f"{everything.with_amount} 项写明投资额" in words(sentence)
    by_plan = totals_by(rows, lambda r: r.plan)
    (plans, categories) = of_class(page, "totals-table")
    assert words(plans).count("市") >= 1
    assert len(list(_lines(plans))) == len(by_plan)
    assert len(list(_lines(categories))) == len({r.category for r in rows})
    for plan, line in _lines(plans):
        expected = by_plan[plan]
        assert [words(td) for td in line.children[1:]] == [
            str(expected.projects),
            str(expected.with_amount),
            f"{expected.investment:g}" if expected.with_amount else "—",
        ]


def _lines(table: Component) -> list[tuple[str, Component]]:
    return [
        (attribute(c, "data-value"), c)
        for c in walk(table)
        if isinstance(c, Component) and attribute(c, "data-total-of")
    ]


def test_the_timeline_has_every_year_named_and_a_lane_for_the_rest(page: Component, store: Store) -> None:
    rows = project_rows(store)
    years = {str(y) for r in rows for y in r.years}
    bars = {attribute(b, "data-year"): words(of_class(b, "bar-count")) for b in of_class(page, "year")}
    assert years | {"2021", "2025", ""} <= bars.keys()
    assert bars[""] == str(len({r.project for r in rows if not r.years}))
    assert projects_page.UNDATED in words(of_class(page, "undated"))
    for year in years:
        assert bars[year] == str(len({r.project for r in rows if int(year) in r.years}))


def test_choices_are_those_that_occur(page: Component, store: Store) -> None:
    values = {
        attribute(c, "data-projects-filter"): {o.value for o in c.children}
        for c in walk(page)
        if isinstance(c, Component) and attribute(c, "data-projects-filter")
    }
    assert values["plan"] == {"", *store.plans}
    assert values["kind"] == {"", *(p.kind for p in store.projects())}
    assert values["category"] == {"", *(store.features[p.feature].category for p in store.projects())}
