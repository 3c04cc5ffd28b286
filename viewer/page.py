"""The page: head with search, layer tree at left, map, panel and reader at right."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from layers.store import Store
from layers.styles import Styles
from viewer import ids, layer_tree, map_view, panel, reader

TITLE = "规划图集"
NOTICE = "示意图，不作为法定依据"


def layout(store: Store, styles: Styles) -> dmc.MantineProvider:
    """The whole page."""
    members = {g.id: [str(c) for c in g.categories] for g in styles.groups}
    return dmc.MantineProvider(
        theme={"primaryColor": "blue", "fontFamily": "var(--font)"},
        children=html.Div(
            className="page",
            children=[
                dcc.Store(id=ids.SELECTED),
                dcc.Store(id=ids.SHOWN),
                dcc.Store(id="group-members", data=members),
                _head(store, styles),
                html.Main(
                    className="body",
                    children=[
                        html.Nav(layer_tree.layout(store, styles), className="side left", **{"aria-label": "图层"}),
                        html.Section(
                            [map_view.layout(store, styles), html.Div(NOTICE, className="notice")],
                            id="map-frame", className="map-frame", **{"aria-label": "地图", "data-level": "1"},
                        ),
                        html.Aside(
                            className="side right",
                            id="side",
                            children=[
                                html.Div(
                                    className="tabs",
                                    role="tablist",
                                    children=[
                                        html.Button("要素", className="tab on", role="tab", **{"data-tab": "feature"}),
                                        html.Button("原文", className="tab", role="tab", **{"data-tab": "reader"}),
                                    ],
                                ),
                                html.Div(panel.empty(), id=ids.PANEL, className="panel-frame"),
                                reader.layout(store),
                            ],
                        ),
                    ],
                ),
            ],
        ),
    )  # fmt: skip


def _head(store: Store, styles: Styles) -> html.Header:
    options = [
        {"value": f.id, "label": f"{f.name} · {styles.categories[f.category].name}"}
        for f in store.features.values()
    ]
    plans = "、".join(p.district for p in store.plans.values())
    return html.Header(
        className="head",
        children=[
            html.Div([html.Span(TITLE, className="brand"), html.Span("Plan Atlas", className="brand-en")], className="brand-frame"),
            html.Span(f"青岛「十四五」规划纲要 · {plans} · {len(options)} 个要素", className="tagline"),
            dmc.Select(
                id=ids.SEARCH, data=options, searchable=True, clearable=True, limit=60, placeholder="搜索名称",
                nothingFoundMessage="没有这个名称", size="sm", className="search", **{"aria-label": "搜索名称"},
            ),
        ],
    )  # fmt: skip


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Every callback of the page."""
    layer_tree.register(app)
    panel.register(app, store, styles)
    app.clientside_callback(
        ClientsideFunction("planAtlas", "selectFromSearch"),
        Output(ids.SEARCH, "error"),
        Input(ids.SEARCH, "value"),
        prevent_initial_call=True,
    )
