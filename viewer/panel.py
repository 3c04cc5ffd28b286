"""The panel of the chosen feature: what it is, how sure its place is, what the plans say, what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from dash import Dash, Input, Output, html, no_update

from geo.precision import Precision, precision_words
from layers.audit import VERDICTS
from layers.crossplan import find_differences, plan_roles
from layers.map_layers import one_feature
from layers.store import Evidence, FeatureSummary, ProjectRecord, Store
from layers.styles import Styles
from viewer import ids
from viewer.map_view import layer_look, viewport
from viewer.swatches import category_swatch

METHODS = {
    "place": "取自地名表中的地点", "line": "按控制点连线", "along": "沿文字中的节点顺序连成的示意线",
    "bounded": "按文字所说的四至围合", "part_of_district": "取行政区的一侧", "seats": "按街道驻地划分的示意范围",
    "buffer": "按距离外扩", "union": "由组成部分合并", "hull": "包住各组成部分的最小范围", "coast": "两地之间的一段海岸",
    "sea": "以岬角连线围合的水域", "within": "只知道在这个辖区内", "members": "由组成部分画出", "unplaced": "未落图",
}  # fmt: skip
_FIRST = 6


def empty() -> html.Div:
    """What the panel shows before anything is chosen."""
    return html.Div(
        className="panel-empty",
        children=[
            html.P("点选地图上的任一图形，这里会列出它的原文出处、落图精度和规划项目。", className="lead"),
            html.P("也可以在上方搜索名称，或打开「原文」，点选文中标出的地名。"),
        ],
    )


def feature_panel(store: Store, styles: Styles, feature_id: str) -> html.Div:
    """The whole panel of a feature; a sentence instead when there is no such feature."""
    feature = store.features.get(feature_id)
    if feature is None:
        return html.Div(
            html.P("没有这个要素，它可能已在新版数据中改名。", className="lead"), className="panel-empty"
        )
    evidence = store.evidence(feature.id)
    return html.Div(
        className="panel",
        children=[
            _title(feature, styles),
            _badges(store, styles, feature),
            _placement(feature),
            *_structure(store, styles, feature),
            *_projects(store, store.projects(feature.id)),
            _evidence(store, evidence),
            *_other_plans(store, styles, feature),
            *_related(store, styles, feature.id),
        ],
    )


def _title(f: FeatureSummary, styles: Styles) -> html.Div:
    also = html.P("又称 " + "、".join(f.aliases[:8]), className="aliases") if f.aliases else None
    return html.Div([html.H1([category_swatch(f.category, styles.categories[f.category]), f.name]), also])


def _badges(store: Store, styles: Styles, f: FeatureSummary) -> html.Div:
    plans = [html.Span(store.plans[p].district, className="badge plan") for p in f.plans]
    return html.Div(
        className="badges",
        children=[
            html.Span(styles.categories[f.category].name, className=f"badge category c-{f.category}"),
            html.Span(styles.levels[f.level].name, className="badge"),
            html.Span(styles.statuses[f.status].name, className="badge"),
            *plans,
        ],
    )


def _placement(f: FeatureSummary) -> html.Div:
    words = precision_words(Precision(f.precision))
    facts = [
        (
            "误差",
            f"约 {_metres(f.accuracy_m)}"
            if f.accuracy_m and f.precision not in ("unplaced", "schematic")
            else None,
        ),
        ("长度", f"{f.length_km:.1f} 公里" if f.length_km else None),
        ("面积", _area(f.area_km2)),
        ("方法", METHODS.get(f.method, f.method)),
        ("依据", f.basis or None),
        ("说明", f.placement_note),
    ]
    issues = [html.Li(i["text"]) for i in f.issues]
    return html.Div(
        className=f"placement p-{f.precision}",
        children=[
            html.P([html.Strong(words.label_zh), html.Span(words.meaning_zh)], className="precision-line"),
            html.Dl([part for term, value in facts if value for part in (html.Dt(term), html.Dd(value))]),
            html.Ul(issues, className="issues") if issues else None,
        ],
    )


def _metres(metres: float) -> str:
    return f"{metres / 1000:.3g} 公里" if metres >= 1000 else f"{metres:.0f} 米"


def _area(km2: float | None) -> str | None:
    if not km2:
        return None
    return f"{km2:.1f} 平方公里" if km2 >= 1 else f"{km2 * 100:.1f} 公顷"


def _structure(store: Store, styles: Styles, f: FeatureSummary) -> list[html.Div]:
    sections = []
    if f.members:
        check = store.structures.get(f.id)
        verdict = (
            html.Span(VERDICTS[check.verdict], className=f"verdict v-{check.verdict}") if check else None
        )
        conflict = html.P(check.conflict, className="conflict") if check and check.conflict else None
        wanted = {kind: want for kind, want, _ in check.counts} if check else {}
        rows = [
            html.Div(
                [
                    html.Span(_kind_label(kind, wanted.get(kind), len(m)), className="kind"),
                    *feature_chips(store, styles, m),
                ],
                className="kind-row",
            )
            for kind, m in f.members.items()
        ]
        sections.append(html.Div([html.H2(["组成", verdict]), conflict, *rows], className="section"))
    for parent_id in f.part_of:
        parent = store.features[parent_id]
        siblings = _siblings(store, parent, f.id)
        sections.append(
            html.Div(
                [
                    html.H2(["属于 ", *feature_chips(store, styles, [parent_id])]),
                    html.Div(feature_chips(store, styles, siblings), className="kind-row"),
                ],
                className="section",
            )
        )
    return sections


def _kind_label(kind: str, wanted: int | None, found: int) -> str:
    return f"{kind} {found}" if wanted in (None, found) else f"{kind} {found}（应为 {wanted}）"


def _siblings(store: Store, parent: FeatureSummary, feature_id: str) -> list[str]:
    listed = [m for group in parent.members.values() for m in group]
    others = listed or [f.id for f in store.features.values() if parent.id in f.part_of]
    return [m for m in dict.fromkeys(others) if m != feature_id]


def feature_chips(store: Store, styles: Styles, feature_ids: Iterable[str]) -> list[html.Button]:
    """A button for each feature, with its category's swatch; it chooses the feature."""
    return [
        html.Button(
            [category_swatch(f.category, styles.categories[f.category]), f.name],
            className="chip" + (" unplaced" if f.bbox is None else ""),
            **{"data-feature": f.id},
        )
        for f in (store.features[i] for i in feature_ids)
    ]


def _evidence(store: Store, evidence: list[Evidence]) -> html.Div:
    groups = []
    for plan, items in groupby(evidence, key=lambda e: e.plan):
        quotes = [_quote(store, e) for e in items]
        hidden = quotes[_FIRST:]
        more = (
            [html.Details([html.Summary(f"其余 {len(hidden)} 处"), *hidden], className="more")]
            if hidden
            else []
        )
        groups.append(
            html.Div(
                [
                    html.H3(
                        [store.plans[plan].short_title, html.Span(f"{len(quotes)} 处", className="count")]
                    ),
                    *quotes[:_FIRST],
                    *more,
                ]
            )
        )
    return html.Div([html.H2("原文出处"), *groups], className="section")


def _quote(store: Store, e: Evidence) -> html.Blockquote:
    return html.Blockquote(
        children=[
            html.P([e.before, html.Mark(e.mention), e.after]),
            html.Footer(
                [
                    html.Span(" › ".join(e.path) or "正文", className="path"),
                    html.Span(f"第 {e.line} 行", className="line"),
                    html.Button("复制引文", className="read", **{"data-copy": _citation(store, e)}),
                    html.Button(
                        "查看原文",
                        className="read",
                        **{"data-read-plan": e.plan, "data-read-start": str(e.start)},
                    ),
                ]
            ),
        ]
    )


def _citation(store: Store, e: Evidence) -> str:
    """A sentence with its place, as a report cites it."""
    return f"{e.sentence}（《{store.plans[e.plan].title}》，{' › '.join(e.path) or '正文'}，第{e.line}行）"


def _other_plans(store: Store, styles: Styles, feature: FeatureSummary) -> list[html.Div]:
    """What each plan calls a shared feature and where they differ, with both sentences."""
    if len(feature.plans) < 2:
        return []
    roles = plan_roles(store, feature)
    rows = [
        html.Tr(
            [
                html.Th(store.plans[r.plan].district),
                html.Td("、".join(r.names[:4])),
                html.Td(styles.levels[r.level].name if r.level else "—"),
                html.Td(styles.statuses[r.status].name),
            ]
        )
        for r in roles
    ]
    differences = [
        html.Li(
            [
                html.Strong(f"{d.what}不同"),
                *(
                    html.P([html.B(store.plans[plan].district + " " + _word(styles, d.what, word)), text])
                    for plan, word, text in zip(d.plans, d.words, d.sentences, strict=True)
                ),
            ]
        )
        for d in find_differences(roles)
    ]
    more = [
        html.Details([html.Summary(f"{len(differences)} 处不同"), html.Ul(differences)], className="more")
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(t) for t in ("规划", "称呼", "级别", "状态")])), html.Tbody(rows)]
    )
    return [
        html.Div([html.H2("各规划的说法"), table, *(more if differences else [])], className="section roles")
    ]


def _word(styles: Styles, what: str, word: str) -> str:
    if what == "状态":
        return styles.statuses[word].name
    return styles.levels[int(word)].name if what == "级别" else word


def _related(store: Store, styles: Styles, feature_id: str) -> list[html.Div]:
    others = store.related(feature_id)
    if not others:
        return []
    return [
        html.Div(
            [html.H2("同段提到"), html.Div(feature_chips(store, styles, others), className="kind-row")],
            className="section",
        )
    ]


def _projects(store: Store, projects: list[ProjectRecord]) -> list[html.Div]:
    if not projects:
        return []
    rows = [
        html.Li(
            [
                html.Div(
                    [
                        html.Strong(p.name),
                        html.Span(p.kind, className="badge small"),
                        *_quantities(p.quantities),
                    ]
                ),
                html.P([p.quote.mention], className="project-text"),
                html.Footer(
                    [
                        html.Span(store.plans[p.quote.plan].short_title, className="path"),
                        html.Span(f"第 {p.quote.line} 行", className="line"),
                        html.Button(
                            "查看原文",
                            className="read",
                            **{"data-read-plan": p.quote.plan, "data-read-start": str(p.quote.start)},
                        ),
                    ]
                ),
            ]
        )
        for p in projects
    ]
    return [
        html.Div(
            [
                html.H2(["规划项目与任务", html.Span(str(len(rows)), className="count")]),
                html.Ul(rows, className="projects"),
            ],
            className="section",
        )
    ]


_QUANTITY_NAMES = {
    "investment": "投资",
    "amount": "金额",
    "floor_area": "建筑面积",
    "area": "用地",
    "length": "长度",
    "capacity": "规模",
}


def _quantities(quantities: tuple[dict[str, Any], ...]) -> list[html.Span]:
    named = [q for q in quantities if q["kind"] in _QUANTITY_NAMES]
    return [
        html.Span([html.Small(_QUANTITY_NAMES[q["kind"]]), q["printed"]], className=f"quantity q-{q['kind']}")
        for q in named
    ]


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Choosing a feature highlights it and brings it into view; the panel itself comes by URL (see routes)."""

    @app.callback(
        Output(ids.HIGHLIGHT, "data"),
        Output(ids.HIGHLIGHT, "hideout"),
        Output(ids.MAP, "viewport"),
        Input(ids.SELECTED, "data"),
        prevent_initial_call=True,
    )
    def show(selected: dict[str, Any] | None) -> tuple[Any, Any, Any]:
        feature = store.features.get(str((selected or {}).get("id", "")))
        if feature is None:
            return {"type": "FeatureCollection", "features": []}, no_update, no_update
        view = viewport(feature) if (selected or {}).get("fly") else None
        return one_feature(store, feature.id), layer_look(feature.category, styles), view or no_update
