"""The projects of the chosen feature in its panel: stage, times and figures, the plan's words, and the way to them."""

from __future__ import annotations

from typing import Any

from dash import html

from layers.records import ProjectRecord
from layers.store import Store
from layers.styles import Styles
from viewer.i18n import N_, PLAN_WORDS, _, label
from viewer.quotation import line_number, read_button

_DATES = {
    "start": N_("开工"),
    "finish": N_("建成"),
    "span": N_("起止"),
    "target": N_("目标年"),
    "period": N_("时期"),
    "past": N_("以往"),
}
_QUANTITIES = {
    "investment": N_("投资"),
    "amount": N_("金额"),
    "floor_area": N_("建筑面积"),
    "area": N_("用地"),
    "length": N_("长度"),
    "height": N_("尺寸"),
    "capacity": N_("规模"),
    "count": N_("数量"),
    "rate": N_("指标"),
}


def project_cards(store: Store, styles: Styles, projects: list[ProjectRecord]) -> list[html.Div]:
    """One card a project; ``[]`` where there is none."""
    if not projects:
        return []
    cards = [_card(store, styles, p) for p in projects]
    return [
        html.Div(
            [
                html.H2([_("规划项目与任务"), html.Span(str(len(cards)), className="count")]),
                html.Ul(cards, className="projects"),
            ],
            className="section",
        )
    ]


def _card(store: Store, styles: Styles, p: ProjectRecord) -> html.Li:
    facts = [*_dates(p), *_quantities(p)]
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(p.name, **PLAN_WORDS),
                    html.Span(_(p.kind), className="badge small"),
                    *_stage(styles, p),
                ]
            ),
            html.Div(facts, className="project-facts") if facts else None,
            html.P([p.quote.mention], className="project-text", **PLAN_WORDS),
            html.Footer(
                [
                    html.Span(store.plans[p.quote.plan].short_title, className="path", **PLAN_WORDS),
                    line_number(p.quote.line),
                    read_button(p.quote.plan, p.quote.start),
                ]
            ),
        ]
    )


def _stage(styles: Styles, p: ProjectRecord) -> list[html.Span]:
    """The stage, with the words it was read from as its hint; nothing where the words tell none."""
    if p.stage == "unspecified":
        return []
    words = "".join(p.stage_words["text"].split()) if p.stage_words else ""
    hint = _("原文：「{words}」", words=words) if words else _("目录里注明")
    return [html.Span(label(styles.stages[p.stage]), className=f"badge small stage s-{p.stage}", title=hint)]


def _dates(p: ProjectRecord) -> list[html.Span]:
    """The printed dates, and the years that the catalog alone gives."""
    printed = [(d["role"], str(d["printed"])) for d in p.dates]
    told = {role for role, words in printed}
    by_hand = [("start", p.start_year), ("finish", p.finish_year)]
    printed += [(role, str(year)) for role, year in by_hand if year and told.isdisjoint((role, "span"))]
    return [_fact(html.Small(_(_DATES[role])), words, "date") for role, words in printed]


def _quantities(p: ProjectRecord) -> list[html.Span]:
    return [_fact(_quantity_name(q), str(q["printed"]), str(q["kind"])) for q in p.quantities]


def _quantity_name(q: dict[str, Any]) -> html.Small:
    """What is measured: the plan's word (床位, 供热面积) where the kind is too general."""
    return html.Small(q["of"], **PLAN_WORDS) if q["of"] else html.Small(_(_QUANTITIES[q["kind"]]))


def _fact(name: html.Small, words: str, kind: str) -> html.Span:
    return html.Span([name, html.Span(words, **PLAN_WORDS)], className=f"quantity q-{kind}")
