"""Two maps side by side with what stands on both, on one only, and what is said differently; assets/8-side-by-side.js
draws the maps and moves them together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import quote

from dash import Dash, html
from flask import Response, abort, request

from layers.comparison import (
    BUILT,
    KINDS,
    PLANNED,
    Comparison,
    Side,
    SideKind,
    UnknownSideError,
    compare,
    parse_side,
    values,
)
from layers.crossplan import Difference
from layers.map_layers import side_collection
from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Styles
from viewer.difference_words import JUDGED, difference_name, difference_words
from viewer.fragments import HTML, answer, html_text
from viewer.i18n import N_, PLAN_WORDS, _, label, phrase
from viewer.map_view import EXTENT, layer_look
from viewer.swatches import category_swatch

GEOJSON = "application/geo+json"

_KINDS: dict[SideKind, str] = {
    "plan": N_("规划"), "category": N_("类别"), "status": N_("状态"), "year": N_("目标年"),
}  # fmt: skip
_VALUES = {
    BUILT: N_("已有"), PLANNED: N_("规划、在建或改造"), "2025": N_("2025 年及以前"), "2035": N_("2026—2035 年"),
}  # fmt: skip


def section(store: Store, styles: Styles) -> html.Div:
    """The tools, the two maps, and below them the lists of the first two plans."""
    plans = values(store, "plan")
    left, right = (Side("plan", plans[i % len(plans)]) for i in (0, 1))
    return html.Div(
        [
            _tools(store, styles, left, right),
            html.Div(
                [_map("left"), _map("right")],
                className="side-maps",
                **{"data-looks": _looks(styles), "data-extent": json.dumps(EXTENT)},
            ),
            html.Div(
                lists(store, styles, left, right, 1),
                id="crossplan-lists",
                className="pair-lists",
                **{"data-asked": _path(left, right, 1)},
            ),
        ],
        className="crossplan-pair",
        hidden=True,
    )


def _path(left: Side, right: Side, level: int) -> str:
    """Where the lists come from, as assets/8-crossplan.js asks for them."""
    return "/crossplan/sides/" + "/".join(quote(str(part), safe="") for part in (left, right, level))


def _looks(styles: Styles) -> str:
    return json.dumps({c: layer_look(c, styles) for c in styles.categories}, ensure_ascii=False)


def _map(which: str) -> html.Figure:
    return html.Figure(
        [
            html.Figcaption(id=f"side-{which}-name", className="side-name"),
            html.Div(id=f"side-{which}", className="side-map"),
        ],
        className="side-frame",
    )


def _tools(store: Store, styles: Styles, left: Side, right: Side) -> html.Div:
    levels = {str(level): _("到{level}", level=label(style)) for level, style in styles.levels.items()}
    levels["1"] = _("只看{level}", level=label(styles.levels[1]))
    return html.Div(
        [
            _tool("left", _("左"), _side_options(store, styles, left)),
            _tool("right", _("右"), _side_options(store, styles, right)),
            _tool("level", _("范围"), [html.Option(text, value=value) for value, text in levels.items()]),
            html.Button(_("淡化两边都有的"), className="page-button", id="side-fade", **{"aria-pressed": "false"}),
        ],
        className="page-tools",
    )  # fmt: skip


def _tool(name: str, words: str, options: list[Any]) -> html.Label:
    """A choice; assets/8-crossplan.js reads it."""
    select = html.Select(options, id=f"crossplan-{name}")
    return html.Label([html.Span(words, className="tool-label"), select], className="tool")


def _side_options(store: Store, styles: Styles, chosen: Side) -> list[html.Optgroup]:
    """Every side by kind."""
    return [
        html.Optgroup(
            [
                html.Option(
                    side_name(store, styles, side),
                    value=str(side),
                    selected=side == chosen,
                    **(PLAN_WORDS if kind == "plan" else {}),
                )
                for side in (Side(kind, value) for value in values(store, kind))
            ],
            label=_(_KINDS[kind]),
        )
        for kind in KINDS
    ]


def side_name(store: Store, styles: Styles, side: Side) -> str:
    """What a side is called."""
    if side.kind == "plan":
        return store.plans[side.value].district
    return label(styles.categories[side.value]) if side.kind == "category" else _(_VALUES[side.value])


def lists(store: Store, styles: Styles, left: Side, right: Side, level: int) -> list[html.Section]:
    """Said differently, on both alike, only left, only right, down to a level."""
    found = compare(store, left, right, level)

    def features(ids: Iterable[str]) -> list[FeatureSummary]:
        return [store.features[i] for i in ids]

    return [
        _list([_("说法不同")], features(found.differing), styles, found, left.value),
        _list([_("两边都有，没有不同")], features(found.alike), styles),
        _list(_only(store, styles, left), features(found.left), styles),
        _list(_only(store, styles, right), features(found.right), styles),
    ]


def _only(store: Store, styles: Styles, side: Side) -> list[Any]:
    name = html.Span(side_name(store, styles, side), **(PLAN_WORDS if side.kind == "plan" else {}))
    return phrase("只有{plan}提到", plan=name) if side.kind == "plan" else phrase("只在「{side}」", side=name)


def _list(
    title: list[Any],
    features: list[FeatureSummary],
    styles: Styles,
    found: Comparison | None = None,
    left: str = "",
) -> html.Section:
    order = list(styles.categories)
    rows: list[Any] = []
    by_category = sorted(features, key=lambda f: order.index(f.category))
    for category, group in groupby(by_category, key=lambda f: f.category):
        style = styles.categories[category]
        rows.append(html.H3([category_swatch(category, style), label(style)]))
        rows.extend(_row(f, styles, found.differences[f.id] if found else (), left) for f in group)
    return html.Section(
        [
            html.H2([html.Span(title), html.Span(str(len(features)), className="count")]),
            html.Div(rows or html.P(_("没有。"), className="none"), className="pair-rows"),
        ],
        className="pair-list",
    )


def _row(f: FeatureSummary, styles: Styles, differences: tuple[Difference, ...], left: str) -> html.Div:
    notes = []
    for d in differences:
        ours, theirs = d.words if left in (d.plans[0], "") or left not in d.plans else d.words[::-1]
        words = " / ".join(difference_words(d.what, said, styles) for said in (ours, theirs))
        said = html.Span(words, **({} if d.what in JUDGED else PLAN_WORDS))
        notes.append(
            html.Span(
                phrase("{what}：{said}", what=difference_name(d.what), said=said), className="pair-note"
            )
        )
    target = {"data-crossplan": f.id} if differences else {"data-feature": f.id}
    unplaced = html.Span(_("未落图"), className="pair-note") if f.bbox is None else None
    return html.Div(
        [html.Button(f.name, className="pair-item", **target, **PLAN_WORDS), unplaced, *notes],
        className="pair-row",
        **{"data-side-feature": f.id},
    )


def register(app: Dash, store: Store, styles: Styles) -> None:
    """The lists and what each map draws, by URL; an unknown side or level is answered with 404."""

    def asked(left: str, right: str, level: str) -> tuple[Side, Side, int]:
        try:
            sides = parse_side(store, left), parse_side(store, right)
        except UnknownSideError:
            abort(404)
        if level not in map(str, styles.levels):
            abort(404)
        return (*sides, int(level))

    @lru_cache(maxsize=64)
    def drawn(left: Side, right: Side, level: int, which: str) -> bytes:
        found = compare(store, left, right, level)
        side, own = (left, found.left) if which == "left" else (right, found.right)
        shown = {
            i
            for i in (*own, *found.both)
            # A structure repeats its members, a region covers everything: as on the big map, only when asked for.
            if side.kind == "category" or styles.categories[store.features[i].category].shown
        }
        collection = side_collection(store, shown, found.both)
        return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()

    @app.server.get("/crossplan/sides/<left>/<right>/<level>")
    def crossplan_sides(left: str, right: str, level: str) -> Response:
        return answer(str(html_text(lists(store, styles, *asked(left, right, level)))), HTML, store.version)

    @app.server.get("/crossplan/sides/<left>/<right>/<level>/<any(left,right):which>.geojson")
    def crossplan_side(left: str, right: str, level: str, which: str) -> Response:
        body = drawn(*asked(left, right, level), which)
        response = Response(body, content_type=GEOJSON)
        response.set_etag(store.version[:32])
        response.headers["Cache-Control"] = "no-cache"
        return response.make_conditional(request)
