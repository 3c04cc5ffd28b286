"""What the plans say of the chosen feature: every sentence with its place, and where two plans differ."""

from __future__ import annotations

from itertools import groupby

from dash import html

from layers.crossplan import find_differences, plan_roles
from layers.records import Evidence, FeatureSummary
from layers.store import Store
from layers.styles import Styles
from viewer.difference_words import JUDGED, difference_name, difference_words
from viewer.i18n import PLAN_WORDS, _, _n, label, phrase
from viewer.quotation import line_number, read_button

_FIRST = 6


def evidence_by_plan(store: Store, evidence: list[Evidence]) -> html.Div:
    groups = []
    for plan, items in groupby(evidence, key=lambda e: e.plan):
        quotes = [_quote(store, e) for e in items]
        hidden = quotes[_FIRST:]
        more = (
            [html.Details([html.Summary(_n("其余 {n} 处", len(hidden))), *hidden], className="more")]
            if hidden
            else []
        )
        groups.append(
            html.Div(
                [
                    html.H3(
                        [
                            html.Span(store.plans[plan].short_title, **PLAN_WORDS),
                            html.Span(_n("{n} 处", len(quotes)), className="count"),
                        ]
                    ),
                    *quotes[:_FIRST],
                    *more,
                ]
            )
        )
    return html.Div([html.H2(_("原文出处")), *groups], className="section")


def _quote(store: Store, e: Evidence) -> html.Blockquote:
    return html.Blockquote(
        children=[
            html.P([e.before, html.Mark(e.mention), e.after], **PLAN_WORDS),
            html.Footer(
                [
                    html.Span(" › ".join(e.path) or "正文", className="path", **PLAN_WORDS),
                    line_number(e.line),
                    html.Button(_("复制引文"), className="read", **{"data-copy": _citation(store, e)}),
                    read_button(e.plan, e.start),
                ]
            ),
        ]
    )


def _citation(store: Store, e: Evidence) -> str:
    """A sentence with its place, as a report cites it."""
    return f"{e.sentence}（《{store.plans[e.plan].title}》，{' › '.join(e.path) or '正文'}，第{e.line}行）"


def other_plans(store: Store, styles: Styles, feature: FeatureSummary) -> list[html.Div]:
    """What each plan calls a shared feature and where they differ, with both sentences."""
    if len(feature.plans) < 2:
        return []
    roles = plan_roles(store, feature)
    rows = [
        html.Tr(
            [
                html.Th(store.plans[r.plan].district, **PLAN_WORDS),
                html.Td("、".join(r.names[:4]), **PLAN_WORDS),
                html.Td(label(styles.levels[r.level]) if r.level else "—"),
                html.Td(label(styles.statuses[r.status])),
            ]
        )
        for r in roles
    ]
    differences = [
        html.Li(
            [
                html.Strong(phrase("{what}不同", what=difference_name(d.what))),
                *(
                    html.P(
                        [
                            html.B([_named(store.plans[plan].district), " ", _word(styles, d.what, word)]),
                            html.Span([q.before, html.Mark(q.mention), q.after], **PLAN_WORDS),
                        ]
                    )
                    for plan, word, q in zip(d.plans, d.words, d.quotes, strict=True)
                ),
            ]
        )
        for d in find_differences(roles)
    ]
    more = [
        html.Details(
            [html.Summary(_n("{n} 处不同", len(differences))), html.Ul(differences)], className="more"
        )
    ]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(t) for t in (_("规划"), _("称呼"), _("级别"), _("状态"))])),
            html.Tbody(rows),
        ]
    )
    return [
        html.Div(
            [html.H2(_("各规划的说法")), table, *(more if differences else [])], className="section roles"
        )
    ]


def _named(words: str) -> html.Span:
    return html.Span(words, **PLAN_WORDS)


def _word(styles: Styles, what: str, word: str) -> str | html.Span:
    words = difference_words(what, word, styles)
    return words if what in JUDGED else _named(words)
