"""Filters beside plan and level, and the chips that say which are on; assets/3-facets.js works them in the browser."""

from __future__ import annotations

from dataclasses import asdict

from dash import html

from geo.precision import Precision, precision_words
from layers.facets import NO_YEAR, district_names, feature_facets, target_years
from layers.store import Store
from layers.styles import Styles


def chips() -> html.Div:
    """Where the filters that are on show, each with a way to take it off, and how many features are left."""
    return html.Div(
        [
            html.Div(
                id="filter-chips", className="filter-chips", role="group", **{"aria-label": "已选的筛选"}
            ),
            html.P(id="filter-count", className="filter-count", role="status"),
        ],
        className="filter-head",
    )


def layout(store: Store, styles: Styles) -> html.Details:
    """The filters, folded away until they are wanted; values of one filter add up, filters narrow each other."""
    return html.Details(
        [
            html.Summary("更多筛选", className="side-title"),
            *(_facet(name, label, values) for name, label, values in _facets(store, styles)),
        ],
        id="more-filters",
        className="more-filters",
    )


def _facets(store: Store, styles: Styles) -> list[tuple[str, str, dict[str, str]]]:
    """(name, label, values with their names) of each filter."""
    years = {str(year): f"{year} 年" for year in target_years(store)}
    return [
        ("status", "状态", {key: named.name for key, named in styles.statuses.items()}),
        ("precision", "精度", {str(p): precision_words(p).label_zh for p in Precision}),
        ("projects", "项目", {"named": "有项目", "invested": "写明投资", "none": "没有项目"}),
        ("year", "目标年", years | {NO_YEAR: "未写年份"}),
        ("district", "区市", district_names(store)),
    ]


def _facet(name: str, label: str, values: dict[str, str]) -> html.Div:
    buttons = [
        html.Button(
            [text, html.Span(className="facet-count")],
            className="option",
            **{"data-facet": name, "data-value": value, "data-name": text, "aria-pressed": "false"},
        )
        for value, text in values.items()
    ]
    return html.Div(
        [
            html.Span(label, className="facet-label", id=f"facet-{name}"),
            html.Div(buttons, className="options", role="group", **{"aria-labelledby": f"facet-{name}"}),
        ],
        className="facet",
    )


def facet_table(store: Store) -> dict[str, list[object]]:
    """Feature id -> its facets as the browser reads them, in the order of :class:`layers.facets.Facets`."""
    return {feature: list(asdict(facets).values()) for feature, facets in feature_facets(store).items()}
