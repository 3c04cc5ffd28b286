"""空间格局: each formula of each plan as a diagram beside a small map of the same members, with its count and sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from dash import Dash, html
from flask import Response, abort

from layers.audit import VERDICTS
from layers.records import Evidence, FeatureSummary, Structure
from layers.store import Store
from layers.structure_diagram import WIDTH, build_diagram
from layers.structure_map import build_map, map_height
from layers.styles import Styles
from viewer.fragments import HTML, answer, html_text
from viewer.i18n import PLAN_WORDS, _, _n, language, phrase
from viewer.quotation import line_number, read_button
from viewer.structure_check import check_details
from viewer.structure_drawing import diagram_svg, groups_of, map_svg
from viewer.swatches import category_swatch

SVG = "image/svg+xml; charset=utf-8"


def layout(store: Store, styles: Styles) -> html.Div:  # noqa: ARG001 - every page is laid out so
    """Where assets/6-structures.js puts the page."""
    return html.Div(
        _("正在打开……"),
        id="structures-frame",
        **{"data-fragment": f"/structures/page?v={store.version[:12]}"},
    )


def structures(store: Store, styles: Styles) -> html.Div:
    """All structures by plan; their diagrams and maps are fetched when a card comes into view."""
    sections = []
    for plan in store.plans.values():
        cards = list(_cards(store, styles, plan.id))
        title = html.H2(
            [
                html.Span(plan.district, **PLAN_WORDS),
                html.Span(_n("{n} 个格局", len(cards)), className="count"),
            ]
        )
        if cards:
            sections.append(
                html.Section([title, *cards], className="structure-plan", **{"data-structure-plan": plan.id})
            )
    nothing = html.P(
        _("没有格局符合这些筛选，请去掉一个再看。"), className="page-lead nothing-left", hidden=True
    )
    return html.Div([_head(store), nothing, *sections], className="structures-page")


def _head(store: Store) -> html.Div:
    plans = [("", _("全部")), *((p.id, p.district) for p in store.plans.values())]
    verdicts = [("", _("全部")), *((v, _(name)) for v, name in VERDICTS.items())]
    found = {s.verdict for s in store.structures.values()}
    return html.Div(
        [
            html.H1(_("空间格局")),
            html.P(
                _(
                    "规划用「两横三纵」「三湾一带」一类提法概括空间。左图按提法画成示意图，右图是同一批要素在地图上的位置；"
                    "指向一处，另一处同时亮起，点选则到大地图上看。"
                ),
                className="page-lead",
            ),
            html.Div(
                [
                    *_switch("structure-plan", _("规划"), plans),
                    *_switch(
                        "structure-verdict",
                        _("应有与列出"),
                        [v for v in verdicts if not v[0] or v[0] in found],
                    ),
                ],
                className="page-tools",
            ),
        ],
        className="page-head",
    )


def _switch(name: str, label: str, values: list[tuple[str, str]]) -> Iterator[html.Span | html.Div]:
    yield html.Span(label, className="tool-label", id=f"{name}-label")
    yield html.Div(
        [
            html.Button(
                text,
                className="option" + (" on" if not value else ""),
                **{"data-show": name, "data-value": value, "aria-pressed": "false" if value else "true"},
                **(PLAN_WORDS if name == "structure-plan" and value else {}),
            )
            for value, text in values
        ],
        className="options",
        role="group",
        **{"aria-labelledby": f"{name}-label"},
    )


def _cards(store: Store, styles: Styles, plan: str) -> Iterator[html.Article]:
    for check in store.structures.values():
        structure = store.features[check.feature]
        if plan in structure.plans:
            yield _card(store, styles, plan, structure, check)


def _card(
    store: Store, styles: Styles, plan: str, structure: FeatureSummary, check: Structure
) -> html.Article:
    evidence = [e for e in store.evidence(structure.id) if e.plan == plan]
    others = [store.plans[p].district for p in structure.plans if p != plan]
    return html.Article(
        className="structure-card",
        children=[
            html.Div(
                [
                    html.H3(structure.name, **PLAN_WORDS),
                    html.P(className="filter-note members-kept"),
                    html.P(
                        phrase("同见于 {plans}", plans=html.Span("、".join(others), **PLAN_WORDS)),
                        className="also",
                    )
                    if others
                    else None,
                    _check(check),
                    *check_details(check),
                    _sentence(evidence),
                    html.P(structure.note, className="also", **PLAN_WORDS) if structure.note else None,
                    *_members(store, styles, structure),
                    html.Button(_("在地图上看"), className="read big", **{"data-feature": structure.id}),
                ],
                className="structure-words",
            ),
            html.Figure(
                [_drawing(store, structure, "diagram"), html.Figcaption(_("提法示意，不表示位置和大小"))]
            ),
            html.Figure([_drawing(store, structure, "map"), html.Figcaption(_map_words(store, structure))]),
        ],
        **{"data-verdict": check.verdict, "data-structure": f"{plan}/{structure.id}"},
    )


def _drawing(store: Store, structure: FeatureSummary, name: str) -> html.Div:
    """The frame of a drawing, as high as the drawing will be, so that nothing moves when it comes."""
    return html.Div(
        _("正在画……"),
        className=f"drawing of-{name}",
        style={"aspect-ratio": f"{WIDTH:.0f} / {height:.0f}"}
        if (height := _height(store, structure, name))
        else None,
        **{"data-drawing": f"/structures/{structure.id}/{name}.svg?v={store.version[:12]}"},
    )


def _height(store: Store, structure: FeatureSummary, name: str) -> float | None:
    if name == "map":
        return map_height(_members_of(store, structure))
    check = store.structures.get(structure.id)
    return build_diagram(groups_of(structure, check, store.features)).height


def _members_of(store: Store, structure: FeatureSummary) -> list[FeatureSummary]:
    """Each member once, in the order of the text."""
    return [store.features[m] for m in dict.fromkeys(m for kind in structure.members.values() for m in kind)]


def _map_words(store: Store, structure: FeatureSummary) -> list[Any]:
    unplaced = [m.name for m in _members_of(store, structure) if m.bbox is None]
    if not unplaced:
        return [_("同一批要素的位置")]
    return phrase("同一批要素的位置；未落图：{names}", names=html.Span("、".join(unplaced), **PLAN_WORDS))


def _check(check: Structure) -> html.Div:
    rows = [
        html.Tr(
            [
                html.Th(kind, scope="row", **PLAN_WORDS),
                html.Td(_("未定") if want is None else str(want)),
                html.Td(str(found), className="off" if want is not None and want != found else ""),
            ]
        )
        for kind, want, found in check.counts
    ]
    head = html.Tr([html.Th(text, scope="col") for text in (_("构成"), _("应有"), _("列出"))])
    return html.Div(
        [
            html.Table([html.Thead(head), html.Tbody(rows)]) if rows else None,
            html.Span(_(VERDICTS[check.verdict]), className=f"verdict v-{check.verdict}"),
        ],
        className="count-check",
    )


def _sentence(evidence: list[Evidence]) -> html.Blockquote | None:
    """The first sentence that does more than name the thing; others can be read in the panel."""
    if not evidence:
        return None
    e = next((e for e in evidence if len(e.sentence) > len(e.mention) + 12), evidence[0])
    before = e.before if len(e.before) <= 60 else "……" + e.before[-60:]
    after = e.after if len(e.after) <= 120 else e.after[:120] + "……"
    return html.Blockquote(
        [
            html.P([before, html.Mark(e.mention), after], **PLAN_WORDS),
            html.Footer(
                [
                    html.Span(e.path[-1] if e.path else "正文", className="path", **PLAN_WORDS),
                    line_number(e.line),
                    read_button(e.plan, e.start),
                ]
            ),
        ]
    )


def _members(store: Store, styles: Styles, structure: FeatureSummary) -> Iterator[html.Div]:
    for kind, members in structure.members.items():
        chips = [
            html.Button(
                [category_swatch(f.category, styles.categories[f.category]), f.name],
                className="chip" + (" unplaced" if f.bbox is None else ""),
                **{"data-feature": f.id, "data-member": f.id},
                **PLAN_WORDS,
            )
            for f in (store.features[m] for m in members)
        ]
        yield html.Div([html.Span(kind, className="kind", **PLAN_WORDS), *chips], className="kind-row")


def register(app: Dash, store: Store, styles: Styles) -> None:
    """The page and its drawings by URL; an unknown structure or drawing is answered with 404."""

    @lru_cache(maxsize=2)
    def page(_language: str) -> str:
        return str(html_text(structures(store, styles)))

    @app.server.get("/structures/page")
    def structures_fragment() -> Response:
        return answer(page(language()), HTML, store.version)

    @lru_cache(maxsize=256)
    def drawing(feature: str, name: str, _language: str) -> str | None:
        structure = store.features[feature]
        if name == "diagram":
            groups = groups_of(structure, store.structures.get(feature), store.features)
            return diagram_svg(build_diagram(groups), styles, _("{name}：提法示意", name=structure.name))
        sheet = build_map(store, _members_of(store, structure))
        return (
            map_svg(sheet, store.features, styles, _("{name}：地图", name=structure.name)) if sheet else None
        )

    @app.server.get("/structures/<feature>/<name>.svg")
    def structure_drawing(feature: str, name: str) -> Response:
        if feature not in store.structures or name not in ("diagram", "map"):
            abort(404)
        svg = drawing(feature, name, language())
        return answer(svg or "", SVG, store.version, 200 if svg else 204)
