"""The pages beside the map: each is laid out when it is first opened, and again when the data change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import Dash, Input, Output, html

from layers.store import Store
from layers.styles import Styles
from viewer import (
    coverage_page,
    crossplan_page,
    export_page,
    filter_panel,
    ids,
    projects_page,
    structures_page,
)
from viewer.i18n import N_, _
from viewer.static_parts import live_ids, with_static_parts


@dataclass(frozen=True)
class Page:
    """A page: its key in links, its name, and the function that lays it out."""

    key: str
    name: str
    layout: Callable[[Store, Styles], Any]


PAGES: tuple[Page, ...] = (
    Page("structures", N_("空间格局"), structures_page.layout),
    Page("projects", N_("项目"), projects_page.layout),
    Page("crossplan", N_("对照"), crossplan_page.layout),
    Page("coverage", N_("收录"), coverage_page.layout),
    Page("export", N_("导出"), export_page.layout),
)
"""The pages in the order of the navigation; the map is always first and no entry here."""


def navigation() -> html.Nav:
    """The buttons of the head; assets/2-page.js switches pages."""
    buttons = [("map", _("地图")), *((page.key, _(page.name)) for page in PAGES)]
    return html.Nav(
        [
            html.Button(
                name,
                className="nav" + (" on" if key == "map" else ""),
                **{"data-page": key, "aria-current": "page" if key == "map" else "false"},
            )
            for key, name in buttons
        ],
        className="navigation",
        **{"aria-label": _("页面")},
    )


def frame(store: Store) -> list[html.Main | html.Div]:
    """Where a page other than the map is put, below the bar of filters."""
    return [filter_panel.page_bar(store), html.Main(id=ids.PAGE_BODY, className="page-body", tabIndex="-1")]


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Opening a page lays it out."""
    structures_page.register(app, store, styles)
    crossplan_page.register(app, store, styles)
    by_key = {page.key: page for page in PAGES}
    live = live_ids(app)

    @app.callback(Output(ids.PAGE_BODY, "children"), Input(ids.PAGE, "data-said"), prevent_initial_call=True)
    def show(key: str | None) -> Any:
        page = by_key.get(key or "")
        return with_static_parts(page.layout(store, styles), live) if page else None
