"""What stands on the chosen feature or beside it, with its projects: a part of the panel that comes when it is opened."""

from __future__ import annotations

from functools import lru_cache

from dash import html
from flask import Flask, Response, abort

from layers.nearby import Nearby
from layers.project_table import ProjectRow, project_rows, total
from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Styles
from viewer.box import features_by_category
from viewer.fragments import HTML, answer, html_text
from viewer.i18n import PLAN_WORDS, _, _n, label, language
from viewer.panel import feature_chips
from viewer.quotation import read_button

_FIRST = 12
_VAGUE = ("schematic", "district")


def nearby_list(
    store: Store, styles: Styles, nearby: Nearby, rows: tuple[ProjectRow, ...], feature: FeatureSummary
) -> html.Div:
    """Projects first, with their sum, then the features by category."""
    around = nearby.of(feature.id)
    where = (
        _("图形两侧或周边 {n} 公里内", n=f"{around.reach_m / 1000:g}") if around.reach_m else _("图形范围内")
    )
    own = [r for r in rows if r.feature in set(around.sure)]
    projects = list({r.project: r for r in own}.values())
    head = _("{where}：{features}，{projects}", where=where, features=_n("{n} 个要素", len(around.sure)),
             projects=_n("{n} 个项目", len(projects)))  # fmt: skip
    summed = total(own)
    if summed.with_amount:
        head += _n("，其中 {n} 项写明投资，合计 {sum} 亿元", summed.with_amount, sum=f"{summed.investment:g}")
    projects.sort(key=lambda r: -(r.investment or 0))
    items = [_project(store, styles, r) for r in projects]
    rest = items[_FIRST:]
    more = html.Details(
        [html.Summary(_n("其余 {n} 个项目", len(rest))), html.Ul(rest, className="projects")],
        className="more",
    )
    return html.Div(
        [
            html.P(head, className="nearby-head"),
            html.P(_("这个要素画的是示意，远近只供参考。"), className="aliases")
            if feature.precision in _VAGUE
            else None,
            html.Ul(items[:_FIRST], className="projects"),
            more if rest else None,
            *_perhaps(store, styles, around.perhaps),
            *features_by_category(store, styles, list(around.sure), opened=False),
        ]
    )


def _perhaps(store: Store, styles: Styles, ids: tuple[str, ...]) -> list[html.Details]:
    if not ids:
        return []
    words = _n("另有 {n} 个只知所在辖区，可能在其中，没有计入", len(ids))
    chips = html.Div(feature_chips(store, styles, ids), className="kind-row")
    return [html.Details([html.Summary(words), chips], className="more")]


def _project(store: Store, styles: Styles, r: ProjectRow) -> html.Li:
    facts = [html.Span(label(styles.stages[r.stage]), className=f"badge small stage s-{r.stage}")]
    if r.stage == "unspecified":
        facts = []
    if printed := r.printed.get("investment"):
        facts.append(
            html.Span(
                [html.Small(_("投资")), html.Span(printed, **PLAN_WORDS)], className="quantity q-investment"
            )
        )
    if r.years:
        facts.append(html.Span("、".join(map(str, r.years)), className="quantity q-date"))
    return html.Li(
        [
            html.Div([html.Strong(r.name, **PLAN_WORDS), *facts]),
            html.Div(
                [
                    *feature_chips(store, styles, [r.feature]),
                    read_button(r.plan, r.start),
                    html.Span(store.plans[r.plan].district, className="line", **PLAN_WORDS),
                ],
                className="nearby-row",
            ),
        ]
    )


def register_nearby(server: Flask, store: Store, styles: Styles) -> None:
    """``GET /nearby/<feature>`` gives the list as HTML; 404 for what is unknown."""
    nearby = Nearby(store)

    @lru_cache(maxsize=1)
    def rows() -> tuple[ProjectRow, ...]:
        return tuple(project_rows(store))

    @lru_cache(maxsize=256)
    def body(feature: str, _language: str) -> str:
        return str(html_text(nearby_list(store, styles, nearby, rows(), store.features[feature])))

    @server.get("/nearby/<feature>")
    def nearby_fragment(feature: str) -> Response:
        if feature not in store.features:
            abort(404)
        return answer(body(feature, language()), HTML, store.version)
