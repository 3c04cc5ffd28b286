"""The page: head with search, layer tree at left, map, panel and reader at right."""

from __future__ import annotations

from dash import Dash, html

from layers.store import Store
from layers.styles import Styles
from viewer import box, choosing, ids, layer_tree, map_tools, map_view, pages, panel, reader, scenes, share
from viewer.basemaps import Basemap
from viewer.i18n import LANGUAGES, N_, OWN_NAMES, PLAN_WORDS, _, _n, language, language_tag
from viewer.inputs import Input

TITLE = N_("规划图集")
NOTICE = N_("示意图，不作为法定依据")


def layout(store: Store, styles: Styles, basemaps: tuple[Basemap, ...]) -> html.Div:
    """The whole page."""
    return html.Div(
        className="page",
        children=[
            _said(ids.SELECTED),
            _said(ids.PAGE),
            _head(store),
            _map_page(store, styles, basemaps),
            *pages.frame(store),
            *scenes.layout(store),
            *share.layout(),
        ],
    )


def _said(name: str) -> html.Div:
    """Where the page's scripts say something to callbacks: an attribute, so that no component package is needed for it."""
    return html.Div(id=name, hidden=True, **{"data-said": ""})


def _map_page(store: Store, styles: Styles, basemaps: tuple[Basemap, ...]) -> html.Main:
    tree = html.Nav(layer_tree.layout(store, styles), className="side left", **{"aria-label": _("图层")})
    frame = html.Section(
        [
            map_view.layout(store, styles),
            html.Div(_(NOTICE), className="notice"),
            layer_tree.precision_bar(styles),
            *map_tools.layout(basemaps, map_view.plan_bounds(store)[""]),
            html.Button(
                _("图层"), className="drawer-button", **{"data-drawer": "left", "aria-expanded": "false"}
            ),
            html.Div(
                id="under",
                className="under",
                hidden=True,
                role="group",
                **{"aria-label": _("此处还有的要素")},
            ),
        ],
        id="map-frame",
        className="map-frame",
        **{"aria-label": _("地图"), "data-level": "1"},
    )
    tabs = html.Div(
        className="tabs",
        role="tablist",
        children=[
            html.Button(
                _("要素"), className="tab on", role="tab", **{"data-tab": "feature", "aria-selected": "true"}
            ),
            html.Button(
                _("原文"), className="tab", role="tab", **{"data-tab": "reader", "aria-selected": "false"}
            ),
            html.Button(
                _("框选"),
                className="tab",
                role="tab",
                id="box-tab",
                hidden=True,
                **{"data-tab": "box", "aria-selected": "false"},
            ),
        ],
    )
    side = html.Aside(
        [
            tabs,
            html.Div(panel.empty(), id=ids.PANEL, className="panel-frame"),
            reader.layout(store),
            box.frame(),
        ],
        className="side right",
        id="side",
    )
    heading = html.H1(_("规划图集：地图"), className="unseen")
    return html.Main([heading, tree, frame, side], className="body")


def _head(store: Store) -> html.Header:
    plans = "、".join(p.district for p in store.plans.values())
    return html.Header(
        className="head",
        children=[
            html.Div(
                [
                    html.Span(_(TITLE), className="brand", lang=language_tag()),
                    html.Span(_("青岛「十四五」规划纲要"), className="tagline", lang=language_tag()),
                ],
                className="brand-frame",
                title=_n("{plans}，共 {n} 个要素", len(store.features), plans=plans),
                **PLAN_WORDS,
            ),
            pages.navigation(),
            scenes.button(),
            share.button(),
            html.Div(
                [
                    html.Button(name, **{"data-theme-name": key, "title": title})
                    for key, name, title in (
                        ("light", _("浅"), _("浅色")),
                        ("dark", _("深"), _("深色")),
                        ("projector", _("投"), _("投影：大字、高对比")),
                    )
                ],
                className="themes",
                role="group",
                **{"aria-label": _("界面配色")},
            ),
            _language_switch(),
            html.Div(
                className="search-frame",
                role="search",
                children=[
                    Input(
                        id=ids.SEARCH,
                        type="search",
                        className="search",
                        placeholder=_("搜索名称、项目、原文，可用拼音"),
                        autoComplete="off",
                        maxLength=60,
                    ),
                    html.Div(
                        id=ids.SEARCH_RESULTS,
                        className="search-results",
                        role="listbox",
                        hidden=True,
                        **{"aria-label": _("搜索结果")},
                    ),
                ],
            ),
        ],
    )


def _language_switch() -> html.Div:
    """The other languages, each by its own name; assets/0-i18n.js keeps the view while it changes."""
    buttons = [
        html.Button(own_name, lang=LANGUAGES[key], **{"data-language": key})
        for key, own_name in OWN_NAMES.items()
        if key != language()
    ]
    return html.Div(buttons, className="languages", role="group", **{"aria-label": _("界面语言")})


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Every callback of the page."""
    choosing.register(app, store, styles)
    pages.register(app, store, styles)
    scenes.register(app, store, styles)
