"""Filters beside plan and level, and the chips that say which are on; assets/3-facets.js works them in the browser.

On the map they stand in the layer tree, on every other page in a panel below its bar: the same controls, moved there and
back by assets/4-filter-panel.js.
"""

from __future__ import annotations

from dataclasses import asdict

from dash import html

from geo.precision import Precision
from layers.facets import NO_YEAR, district_names, feature_facets, target_years
from layers.store import Store
from layers.styles import Styles
from viewer.i18n import PLAN_WORDS, _, label, precision_label


def chips() -> html.Div:
    """Where the filters that are on show, each with a way to take it off, and how many features are left."""
    return html.Div(
        [
            html.Div(
                id="filter-chips", className="filter-chips", role="group", **{"aria-label": _("已选的筛选")}
            ),
            html.P(id="filter-count", className="filter-count", role="status"),
        ],
        className="filter-head",
    )


def layout(store: Store, styles: Styles) -> html.Details:
    """The filters, folded away until they are wanted; values of one filter add up, filters narrow each other."""
    return html.Details(
        [
            html.Summary(_("更多筛选"), className="side-title"),
            *(_facet(name, words, values) for name, words, values in _facets(store, styles)),
        ],
        id="more-filters",
        className="more-filters",
    )


def page_bar(store: Store) -> html.Div:
    """Above every page but the map: what opens the filters, those that are on, what they leave out."""
    plans = [("", _("全部")), *((p.id, p.district) for p in store.plans.values())]
    panel = html.Div(
        [
            html.Div(
                [
                    html.Span(_("规划"), className="facet-label", id="page-filter-plan"),
                    html.Div(
                        [_plan_option(plan, name) for plan, name in plans],
                        className="options",
                        role="group",
                        **{"aria-labelledby": "page-filter-plan"},
                    ),
                ],
                className="facet",
            ),
            html.Div(id="page-facets"),
        ],
        id="page-filter-panel",
        className="page-filter-panel",
        hidden=True,
        role="group",
        **{"aria-label": _("筛选")},
    )
    opener = html.Button(
        _("筛选"),
        id="page-filter-button",
        className="page-filter-button",
        **{"aria-expanded": "false", "aria-controls": "page-filter-panel"},
    )
    return html.Div(
        [
            opener,
            html.Div(className="filter-chips"),
            html.Span(id="page-filter-count", className="page-filter-words"),
            html.Span(id="page-filter-words", className="page-filter-words", role="status"),
            html.Button(_("清除"), className="text-button", hidden=True, **{"data-clear-filters": "1"}),
            panel,
        ],
        id="page-filter",
        className="page-filter",
        role="group",
        **{"aria-label": _("已选的筛选")},
    )


def _plan_option(plan: str, name: str) -> html.Button:
    """A plan to be chosen; the map's own row (viewer/layer_tree.py) also goes there."""
    told = {"data-filter": "plan", "data-value": plan, "aria-pressed": "false"}
    return html.Button(name, className="option", **told, **(PLAN_WORDS if plan else {}))


def _facets(store: Store, styles: Styles) -> list[tuple[str, str, dict[str, str]]]:
    """(name, label, values with their names) of each filter."""
    found = {feature.category for feature in store.features.values()}
    years = {str(year): _("{year} 年", year=year) for year in target_years(store)}
    return [
        ("status", _("状态"), {key: label(named) for key, named in styles.statuses.items()}),
        ("precision", _("精度"), {str(p): precision_label(p) for p in Precision}),
        ("projects", _("项目"), {"named": _("有项目"), "invested": _("写明投资"), "none": _("没有项目")}),
        ("year", _("目标年"), years | {NO_YEAR: _("未写年份")}),
        ("district", _("区市"), district_names(store)),
        ("grade", _("级别"), {str(level): label(named) for level, named in styles.levels.items()}),
        ("category", _("类别"), {c: label(style) for c, style in styles.categories.items() if c in found}),
    ]


def _facet(name: str, words: str, values: dict[str, str]) -> html.Div:
    buttons = [
        html.Button(
            [text, html.Span(className="facet-count")],
            className="option",
            **{"data-facet": name, "data-value": value, "data-name": text, "aria-pressed": "false"},
            **(PLAN_WORDS if name == "district" else {}),
        )
        for value, text in values.items()
    ]
    return html.Div(
        [
            html.Span(words, className="facet-label", id=f"facet-{name}"),
            html.Div(buttons, className="options", role="group", **{"aria-labelledby": f"facet-{name}"}),
        ],
        className="facet",
    )


def facet_table(store: Store) -> dict[str, list[object]]:
    """Feature id -> its facets as the browser reads them, in the order of :class:`layers.facets.Facets`."""
    return {feature: list(asdict(facets).values()) for feature, facets in feature_facets(store).items()}
