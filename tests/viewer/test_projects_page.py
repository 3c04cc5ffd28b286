"""项目: the rows, the totals and the timeline as data; how they follow the filters is a browser's test."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from dash.development.base_component import Component

from layers.project_table import ProjectRow, Span, project_rows, total, totals_by
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
        "项目", "要素", "类别", "规划", "类型", "阶段", "开工年", "建成年", "投资（原文）", "投资（亿元）", "建筑面积",
        "用地", "长度", "规模", "年份", "行",
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
    assert all(("investment" in r) == ("amount" in r) for r in rows)
    assert all("investment_printed" in r for r in rows if "investment" in r)
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


def test_the_timeline_has_a_lane_for_every_span_and_one_for_the_rest(page: Component, store: Store) -> None:
    rows = project_rows(store)
    lanes = {attribute(b, "data-year"): words(of_class(b, "bar-count")) for b in of_class(page, "year")}
    spans = {r.span for r in rows if r.span}
    assert lanes.keys() == {"", *(s.key for s in spans)}
    assert lanes[""] == str(len({r.project for r in rows if r.span is None}))
    assert projects_page.UNDATED in words(of_class(page, "undated"))
    for span in spans:
        assert lanes[span.key] == str(len({r.project for r in rows if r.span == span}))


def row(span: Span | None) -> ProjectRow:
    return cast(ProjectRow, SimpleNamespace(project=str(span), span=span))


@pytest.mark.parametrize(
    ("span", "name", "look", "left", "width"),
    [
        (Span("works", 2022, 2024), "2022—2024 年建设", "bar works", "20.00%", "60.00%"),
        (Span("works", None, 2023), "2023 年建成", "bar works opens", "0.00%", "60.00%"),
        (Span("works", 2023, None), "2023 年开工", "bar works goes-on", "40.00%", "60.00%"),
        (Span("target", 2025, 2025), "2025 年的目标", "bar target opens", "0.00%", "100.00%"),
        (Span("period", 2021, 2025), "2021—2025 年期间", "bar period", "0.00%", "100.00%"),
    ],
)
def test_a_lane_runs_from_start_to_finish(span: Span, name: str, look: str, left: str, width: str) -> None:
    lane = projects_page._lane(span, (row(span), row(None)), range(2021, 2026))
    assert words(lane) == name + "1"
    (bar,) = of_class(lane, "bar")
    assert (bar.className, bar.style) == (look, {"marginLeft": left, "width": width})


def test_choices_are_those_that_occur(page: Component, store: Store) -> None:
    values = {
        attribute(c, "data-projects-filter"): {o.value for o in c.children}
        for c in walk(page)
        if isinstance(c, Component) and attribute(c, "data-projects-filter")
    }
    assert values["plan"] == {"", *store.plans}
    assert values["stage"] == {"", *(p.stage for p in store.projects())}
    assert values["kind"] == {"", *(p.kind for p in store.projects())}
    assert values["category"] == {"", *(store.features[p.feature].category for p in store.projects())}
