"""「文随图动」: the features in a box drawn on the map, and the paragraphs that name them, as HTML by URL."""

from __future__ import annotations

import json
from functools import cached_property
from itertools import groupby

from dash import html
from flask import Flask, Response, abort, request

from layers.in_box import BoxError, FeatureIndex, NamingPassage, passages_naming, read_box
from layers.store import Store
from layers.styles import Styles
from viewer.fragments import HTML, html_text
from viewer.i18n import PLAN_WORDS, _, _n, label, phrase_n, spoken
from viewer.panel import feature_chips
from viewer.quotation import line_number, read_button

_LONGEST_BODY = 200_000
_FIRST = 5
_MOST = 60
_OPENED = 40


def frame() -> html.Div:
    """Where assets/8-box.js puts the list."""
    return html.Div(
        id="box-list",
        className="panel-frame box-frame",
        tabIndex="-1",
        role="region",
        **{"aria-label": _("框选结果")},
    )


def box_list(store: Store, styles: Styles, ids: list[str]) -> html.Div:
    """The features by category, then by plan the paragraphs that name them."""
    if not ids:
        return html.Div(
            html.P(_("框里没有显示中的要素。可以框大一些，或打开更多图层和级别。"), className="lead"),
            className="panel-empty",
        )
    passages = passages_naming(store, ids)
    total = sum(map(len, passages.values()))
    return html.Div(
        [
            html.H1(_n("框内 {n} 个要素", len(ids))),
            html.P(_n("{n} 段原文提到它们，提到最多的在前", total), className="aliases"),
            *features_by_category(store, styles, ids, opened=len(ids) <= _OPENED),
            html.Div(
                [
                    html.H2(_("原文段落")),
                    *(_plan(store, plan, found) for plan, found in passages.items()),
                ],
                className="section",
            ),
        ],
        className="panel",
    )


def features_by_category(store: Store, styles: Styles, ids: list[str], opened: bool) -> list[html.Details]:
    """The features, a fold for each category in the order of the layer tree."""
    order = list(styles.categories)
    chosen = sorted((store.features[i] for i in ids), key=lambda f: order.index(f.category))
    return [
        html.Details(
            [
                html.Summary([label(styles.categories[category]), html.Span(str(len(group)), className="count")]),
                html.Div(feature_chips(store, styles, [f.id for f in group]), className="kind-row"),
            ],
            className="box-group",
            open=opened,
        )
        for category, group in ((c, list(g)) for c, g in groupby(chosen, key=lambda f: f.category))
    ]  # fmt: skip


def _plan(store: Store, plan: str, passages: list[NamingPassage]) -> html.Div:
    quotes = [_passage(store, p) for p in passages[:_MOST]]
    hidden = quotes[_FIRST:]
    left = len(passages) - len(quotes)
    end = html.P(_n("还有 {n} 段没有列出，框小一些可以看全。", left), className="aliases") if left else None
    more = html.Details(
        [html.Summary(_n("其余 {n} 段", len(passages) - _FIRST)), *hidden, end], className="more"
    )
    return html.Div(
        [
            html.H3(
                [
                    html.Span(store.plans[plan].short_title, **PLAN_WORDS),
                    html.Span(_n("{n} 段", len(passages)), className="count"),
                ]
            ),
            *quotes[:_FIRST],
            more if hidden else None,
        ]
    )


def _passage(store: Store, p: NamingPassage) -> html.Blockquote:
    first = p.first
    names = "、".join(store.features[i].name for i in p.features[:8]) + ("等" if len(p.features) > 8 else "")
    return html.Blockquote(
        [
            html.P([first.before, html.Mark(first.mention), first.after], **PLAN_WORDS),
            html.P(
                phrase_n("提到 {n} 个：{names}", len(p.features), names=html.Span(names, **PLAN_WORDS)),
                className="aliases",
            ),
            html.Footer(
                [
                    html.Span(" › ".join(first.path) or "正文", className="path", **PLAN_WORDS),
                    line_number(first.line),
                    read_button(first.plan, first.start),
                ]
            ),
        ]
    )


class _Lazy:
    """The index of a store, made when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def index(self) -> FeatureIndex:
        return FeatureIndex(self._store)


def register_box(server: Flask, store: Store, styles: Styles) -> None:
    """``GET /box.json?at=west,south,east,north`` gives ids; ``POST /box`` with ids gives the list as HTML."""
    lazy = _Lazy(store)

    @server.get("/box.json")
    def ids_in_box() -> Response:
        try:
            bbox = read_box(request.args.get("at", ""))
        except BoxError as e:
            return Response(spoken(e), status=400, content_type="text/plain; charset=utf-8")
        return Response(json.dumps(lazy.index.in_box(bbox)), content_type="application/json")

    @server.post("/box")
    def list_of_box() -> Response:
        if (request.content_length or 0) > _LONGEST_BODY:
            abort(413)
        ids = request.get_json(silent=True)
        if not isinstance(ids, list):
            return Response(_("应发来要素编号的列表"), status=400, content_type="text/plain; charset=utf-8")
        known = [i for i in dict.fromkeys(map(str, ids)) if i in store.features]
        return Response(html_text(box_list(store, styles, known)), content_type=HTML)
