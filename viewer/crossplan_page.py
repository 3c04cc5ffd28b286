"""对照: what each plan says of the same thing, and two plans side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dash import Dash, html
from flask import Response, abort

from layers.crossplan import (
    FIGURE_NAMES,
    Difference,
    PlanRole,
    find_differences,
    part_words,
    plan_roles,
    shared_features,
)
from layers.per_store import per_store
from layers.records import Evidence, FeatureSummary
from layers.store import Store
from layers.styles import Styles
from viewer import ids, side_by_side
from viewer.difference_words import JUDGED, difference_name, difference_words
from viewer.fragments import HTML, answer, html_text
from viewer.i18n import PLAN_WORDS, _, _n, label, language, phrase
from viewer.quotation import line_number, read_button
from viewer.swatches import category_swatch

_FIRST = 3


@dataclass(frozen=True)
class Compared:
    """A shared feature with its roles and differences."""

    feature: FeatureSummary
    roles: tuple[PlanRole, ...]
    differences: tuple[Difference, ...]


@per_store
def compared(store: Store) -> dict[str, Compared]:
    """Every feature that several plans name, by id, those of most plans first."""
    found = {}
    for feature in shared_features(store):
        roles = plan_roles(store, feature)
        found[feature.id] = Compared(feature, tuple(roles), tuple(find_differences(roles)))
    return found


def layout(store: Store, styles: Styles) -> html.Div:  # noqa: ARG001 - every page is laid out so
    """Where assets/6-structures.js puts the page."""
    return html.Div(
        _("正在打开……"), id="crossplan-frame", **{"data-fragment": f"/crossplan/page?v={store.version[:12]}"}
    )


def comparison(store: Store, styles: Styles) -> html.Div:
    """Both comparisons; assets/8-crossplan.js shows one at a time."""
    shared = compared(store)
    first = next((c for c in shared.values() if c.differences), next(iter(shared.values()), None))
    return html.Div(
        [
            html.Div(
                [
                    html.H1(_("对照")),
                    _mode("shared", _("同一要素，各规划怎么说"), True),
                    _mode("pair", _("并排两图：规划、类别、状态、目标年"), False),
                ],
                className="page-tools crossplan-head",
                role="group",
                **{"aria-label": _("对照方式")},
            ),
            html.Div(
                [
                    _chooser(store, shared.values(), styles, first.feature.id if first else ""),
                    html.Section(
                        shared_detail(store, styles, first.feature.id) if first else html.P(_("没有几份规划共同提到的要素。")),
                        id=ids.CROSSPLAN_DETAIL,
                        className="crossplan-detail",
                        tabIndex="-1",
                    ),
                ],
                className="crossplan-shared",
            ),
            side_by_side.section(store, styles),
        ],
        className="crossplan-page",
        id="crossplan-page",
    )  # fmt: skip


def _mode(name: str, text: str, on: bool) -> html.Button:
    return html.Button(
        text, className="page-button", **{"data-crossplan-mode": name, "aria-pressed": str(on).lower()}
    )


def _plans(store: Store) -> html.Div:
    """Whose features are listed: the atlas's own filter, as on the map."""
    plans = [("", _("全部")), *((p.id, p.district) for p in store.plans.values())]
    buttons = [
        html.Button(
            name,
            className="option",
            **{"data-filter": "plan", "data-value": plan, "aria-pressed": "false"},
            **(PLAN_WORDS if plan else {}),
        )
        for plan, name in plans
    ]
    return html.Div(buttons, className="options", role="group", **{"aria-label": _("只看一个规划")})


def _chooser(store: Store, shared: Iterable[Compared], styles: Styles, chosen: str) -> html.Nav:
    shared = list(shared)
    differing = sum(1 for c in shared if c.differences)
    buttons = [
        html.Button(
            [
                category_swatch(c.feature.category, styles.categories[c.feature.category]),
                html.Span(c.feature.name, className="shared-name", **PLAN_WORDS),
                html.Span(_("不同"), className="differs") if c.differences else None,
                html.Span(str(len(c.roles)), className="count", title=_n("{n} 份规划提到", len(c.roles))),
            ],
            className="shared" + (" on" if c.feature.id == chosen else ""),
            **{
                "data-crossplan": c.feature.id,
                "data-differs": str(bool(c.differences)).lower(),
                "aria-pressed": str(c.feature.id == chosen).lower(),
            },
        )
        for c in shared
    ]
    return html.Nav(
        [
            html.Div(
                [
                    html.Span(
                        _n(
                            "{n} 个要素见于几份规划，{differing} 个说法不同", len(shared), differing=differing
                        ),
                        className="chooser-words",
                    ),
                    _plans(store),
                    html.Button(
                        _("只看有不同的"),
                        className="page-button",
                        id="crossplan-differing",
                        **{"aria-pressed": "false"},
                    ),
                ],
                className="chooser-head",
            ),
            html.Div(buttons, className="chooser-list"),
            html.P(
                _("没有要素符合这些筛选，请去掉一个再看。"),
                className="chooser-words nothing-left",
                hidden=True,
            ),
        ],
        className="chooser",
        **{"aria-label": _("几份规划共同提到的要素")},
    )


def shared_detail(store: Store, styles: Styles, feature_id: str) -> html.Div:
    """All plans' words on one feature; a sentence when it is not shared."""
    item = compared(store).get(feature_id)
    if item is None:
        return html.Div(html.P(_("没有这个要素，或只有一份规划提到它。")))
    f = item.feature
    differing = {d.what for d in item.differences}
    return html.Div(
        [
            html.Div(
                [
                    html.H2(
                        [category_swatch(f.category, styles.categories[f.category]), f.name], **PLAN_WORDS
                    ),
                    html.Span(label(styles.categories[f.category]), className="badge"),
                    html.Button(_("在地图上看"), className="read big", **{"data-feature": f.id}),
                ],
                className="detail-head",
            ),
            *_differences(store, styles, item),
            html.Div(
                [_role(store, styles, role, differing) for role in item.roles],
                className=f"roles of-{len(item.roles)}",
            ),
        ]
    )


def gathered(differences: Iterable[Difference]) -> dict[str, dict[str, tuple[str, Evidence]]]:
    """What differs -> plan -> (its words, where it says so), each plan once however many it differs from."""
    found: dict[str, dict[str, tuple[str, Evidence]]] = {}
    for d in differences:
        for plan, words, quote in zip(d.plans, d.words, d.quotes, strict=True):
            found.setdefault(d.what, {}).setdefault(plan, (words, quote))
    return found


def _differences(store: Store, styles: Styles, item: Compared) -> Iterator[Any]:
    if not item.differences:
        yield html.P(_("在状态、定位、范围和数字上，各规划没有不同。"), className="same")
        return
    found = gathered(item.differences)
    head = html.Tr(
        [html.Th(text, scope="col") for text in (_("规划"), *map(difference_name, found), _("原文"))]
    )
    rows = [
        _difference_row(store.plans[plan].district, plan, found, styles)
        for plan in store.plans
        if any(plan in plans for plans in found.values())
    ]
    yield html.Table(
        [
            html.Caption(
                [
                    phrase("说法不同：{what}", what=_listed([difference_name(what) for what in found])),
                    html.Small(_("标出的是各规划说这一点的原话；没有写明的不算不同")),
                ]
            ),
            html.Thead(head),
            html.Tbody(rows),
        ],
        className="difference",
    )


def _listed(names: list[html.Span]) -> list[Any]:
    return [part for name in names for part in (_("、"), name)][1:]


def _difference_row(
    district: str, plan: str, found: dict[str, dict[str, tuple[str, Evidence]]], styles: Styles
) -> html.Tr:
    cells, quotes = [], {}
    for what, plans in found.items():
        said = plans.get(plan)
        if said is None:
            cells.append(html.Td("—"))
            continue
        words, quote = said
        printed = {} if what in JUDGED else PLAN_WORDS
        cells.append(html.Td(html.Strong(difference_words(what, words, styles), **printed)))
        quotes[quote.start] = quote
    told = html.Td([_quote(q) for q in quotes.values()], className="sentences")
    return html.Tr([html.Th(district, scope="row", **PLAN_WORDS), *cells, told])


def _role(store: Store, styles: Styles, role: PlanRole, differing: set[str]) -> html.Article:
    quotes = [_quote(e) for e in role.evidence]
    rest = quotes[_FIRST:]
    level = label(styles.levels[role.level]) if role.level else "—"
    facts = [
        (_("称呼"), "、".join(role.names), False, True),
        (_("级别"), level, False, False),
        (_("格局"), part_words(role), False, True),
        (_("状态"), label(styles.statuses[role.status]), "状态" in differing, False),
        *(
            (
                _(FIGURE_NAMES[kind]),
                "、".join(f.printed for f in items),
                FIGURE_NAMES[kind] in differing,
                True,
            )
            for kind, items in role.figures.items()
        ),
        (_("项目"), "；".join(dict.fromkeys(p.name for p in role.projects)), False, True),
    ]
    return html.Article(
        [
            html.H3(
                [
                    html.Span(store.plans[role.plan].district, **PLAN_WORDS),
                    html.Span(_n("{n} 处", len(quotes)), className="count"),
                ]
            ),
            html.Dl(
                [
                    part
                    for term, text, differs, printed in facts
                    if text
                    for part in (
                        html.Dt(term),
                        html.Dd(html.Mark(text) if differs else text, **(PLAN_WORDS if printed else {})),
                    )
                ]
            ),
            *quotes[:_FIRST],
            html.Details([html.Summary(_n("其余 {n} 处", len(rest))), *rest], className="more")
            if rest
            else None,
        ],
        className="role",
    )


def _quote(e: Evidence) -> html.Blockquote:
    return html.Blockquote(
        [
            html.P([e.before, html.Mark(e.mention), e.after], **PLAN_WORDS),
            html.Footer(
                [
                    line_number(e.line),
                    read_button(e.plan, e.start),
                ]
            ),
        ]
    )


def register(app: Dash, store: Store, styles: Styles) -> None:
    """The page, a feature and a pair of plans by URL; what is unknown is answered with 404."""

    @lru_cache(maxsize=2)
    def page(_language: str) -> str:
        return str(html_text(comparison(store, styles)))

    @app.server.get("/crossplan/page")
    def crossplan_fragment() -> Response:
        return answer(page(language()), HTML, store.version)

    @app.server.get("/crossplan/feature/<feature>")
    def crossplan_feature(feature: str) -> Response:
        if feature not in compared(store):
            abort(404)
        return answer(str(html_text(shared_detail(store, styles, feature))), HTML, store.version)

    side_by_side.register(app, store, styles)
