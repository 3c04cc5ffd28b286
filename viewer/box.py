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
from viewer.panel import feature_chips

_LONGEST_BODY = 200_000
_FIRST = 5
_MOST = 60


def frame() -> html.Div:
    """Where assets/8-box.js puts the list."""
    return html.Div(
        id="box-list",
        className="panel-frame box-frame",
        tabIndex="-1",
        role="region",
        **{"aria-label": "框选结果"},
    )


def box_list(store: Store, styles: Styles, ids: list[str]) -> html.Div:
    """The features by category, then by plan the paragraphs that name them."""
    if not ids:
        return html.Div(
            html.P("框里没有显示中的要素。可以框大一些，或打开更多图层和级别。", className="lead"),
            className="panel-empty",
        )
    passages = passages_naming(store, ids)
    total = sum(map(len, passages.values()))
    return html.Div(
        [
            html.H1(f"框内 {len(ids)} 个要素"),
            html.P(f"{total} 段原文提到它们，提到最多的在前", className="aliases"),
            *_features(store, styles, ids),
            html.Div(
                [
                    html.H2("原文段落"),
                    *(_plan(store, plan, found) for plan, found in passages.items()),
                ],
                className="section",
            ),
        ],
        className="panel",
    )


def _features(store: Store, styles: Styles, ids: list[str]) -> list[html.Details]:
    order = list(styles.categories)
    chosen = sorted((store.features[i] for i in ids), key=lambda f: order.index(f.category))
    return [
        html.Details(
            [
                html.Summary([styles.categories[category].name, html.Span(str(len(group)), className="count")]),
                html.Div(feature_chips(store, styles, [f.id for f in group]), className="kind-row"),
            ],
            className="box-group",
            open=len(ids) <= 40,
        )
        for category, group in ((c, list(g)) for c, g in groupby(chosen, key=lambda f: f.category))
    ]  # fmt: skip


def _plan(store: Store, plan: str, passages: list[NamingPassage]) -> html.Div:
    quotes = [_passage(store, p) for p in passages[:_MOST]]
    hidden = quotes[_FIRST:]
    left = len(passages) - len(quotes)
    end = html.P(f"还有 {left} 段没有列出，框小一些可以看全。", className="aliases") if left else None
    more = html.Details([html.Summary(f"其余 {len(passages) - _FIRST} 段"), *hidden, end], className="more")
    return html.Div(
        [
            html.H3([store.plans[plan].short_title, html.Span(f"{len(passages)} 段", className="count")]),
            *quotes[:_FIRST],
            more if hidden else None,
        ]
    )


def _passage(store: Store, p: NamingPassage) -> html.Blockquote:
    first = p.first
    names = "、".join(store.features[i].name for i in p.features[:8]) + ("等" if len(p.features) > 8 else "")
    return html.Blockquote(
        [
            html.P([first.before, html.Mark(first.mention), first.after]),
            html.P(f"提到 {len(p.features)} 个：{names}", className="aliases"),
            html.Footer(
                [
                    html.Span(" › ".join(first.path) or "正文", className="path"),
                    html.Span(f"第 {first.line} 行", className="line"),
                    html.Button(
                        "查看原文",
                        className="read",
                        **{"data-read-plan": first.plan, "data-read-start": str(first.start)},
                    ),
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
            return Response(str(e), status=400, content_type="text/plain; charset=utf-8")
        return Response(json.dumps(lazy.index.in_box(bbox)), content_type="application/json")

    @server.post("/box")
    def list_of_box() -> Response:
        if (request.content_length or 0) > _LONGEST_BODY:
            abort(413)
        ids = request.get_json(silent=True)
        if not isinstance(ids, list):
            return Response("应发来要素编号的列表", status=400, content_type="text/plain; charset=utf-8")
        known = [i for i in dict.fromkeys(map(str, ids)) if i in store.features]
        return Response(html_text(box_list(store, styles, known)), content_type=HTML)
