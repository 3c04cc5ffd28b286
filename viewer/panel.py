"""The panel of the chosen feature: what it is, how sure its place is, what the plans say, what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html

from geo.precision import Precision
from layers.audit import VERDICTS
from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Styles
from viewer.i18n import N_, PLAN_WORDS, _, label, phrase, precision_label, precision_meaning
from viewer.panel_evidence import evidence_by_plan, other_plans
from viewer.project_cards import project_cards
from viewer.structure_check import check_details
from viewer.swatches import category_swatch

METHODS = {
    "place": N_("取自地名表中的地点"), "line": N_("按控制点连线"), "along": N_("沿文字中的节点顺序连成的示意线"),
    "bounded": N_("按文字所说的四至围合"), "part_of_district": N_("取行政区的一侧"), "seats": N_("按街道驻地划分的示意范围"),
    "buffer": N_("按距离外扩"), "union": N_("由组成部分合并"), "hull": N_("包住各组成部分的最小范围"), "coast": N_("两地之间的一段海岸"),
    "sea": N_("以岬角连线围合的水域"), "within": N_("只知道在这个辖区内"), "members": N_("由组成部分画出"), "unplaced": N_("未落图"),
}  # fmt: skip
_QUESTION = "城阳的发展轴怎么走"
"""What may be asked of the search box, as its readers would say it."""
_SHORT_BASIS = 44
"""Characters that stand on two lines of the panel."""


def empty() -> html.Div:
    """What the panel shows before anything is chosen."""
    return html.Div(
        className="panel-empty",
        children=[
            html.P(_("点选地图上的任一图形，这里会列出它的原文出处、落图精度和规划项目。"), className="lead"),
            html.P(
                phrase(
                    "也可以在上方搜索名称，或直接提问，如{question}；或打开「原文」，点选文中标出的地名。",
                    question=html.Q(_QUESTION, **PLAN_WORDS),
                )
            ),
        ],
    )


def feature_panel(store: Store, styles: Styles, feature_id: str) -> html.Div:
    """The whole panel of a feature; a sentence instead when there is no such feature."""
    feature = store.features.get(feature_id)
    if feature is None:
        return html.Div(
            html.P(_("没有这个要素，它可能已在新版数据中改名。"), className="lead"), className="panel-empty"
        )
    evidence = store.evidence(feature.id)
    projects = store.projects(feature.id)
    sections = [
        ("structure", _("组成"), "", _structure(store, styles, feature)),
        ("projects", _("项目"), str(len(projects)), project_cards(store, styles, projects)),
        ("nearby", _("沿线和范围内"), "", _nearby(feature)),
        ("evidence", _("出处"), str(len(evidence)), [evidence_by_plan(store, evidence)]),
        ("plans", _("各规划的说法"), str(len(feature.plans)), other_plans(store, styles, feature)),
        ("related", _("同段提到"), "", _related(store, styles, feature.id)),
    ]
    there = [section for section in sections if section[3]]
    return html.Div(
        className="panel",
        children=[
            _title(feature, styles),
            _badges(store, styles, feature),
            _actions(feature),
            _jumps([(key, name, count) for key, name, count, _ in there]),
            _placement(feature),
            *(html.Div(body, id=f"panel-{key}") for key, _, _, body in there),
        ],
    )


def _actions(f: FeatureSummary) -> html.Div:
    """What can be done with the feature as a whole."""
    zoom = html.Button(_("缩放到这里"), className="read", **{"data-tool": "fit"}) if f.bbox else None
    scene = html.Button(
        _("加入演示"),
        className="read",
        title=_("把现在的地图和选中的要素存为一幕"),
        **{"data-scenes": "add"},
    )
    return html.Div([zoom, scene], className="panel-actions")


def _jumps(sections: list[tuple[str, str, str]]) -> html.Div:
    """The way to each part of a long panel, with its number; assets/3-panel.js goes there."""
    buttons = [
        html.Button(
            [name, html.Span(count, className="count")], className="jump", **{"data-jump": f"panel-{key}"}
        )
        for key, name, count in sections
    ]
    return html.Div(buttons, className="panel-jumps", role="group", **{"aria-label": _("本页各部分")})


def _nearby(f: FeatureSummary) -> list[html.Details]:
    """Where assets/3-panel.js puts what stands on the feature or beside it (viewer.nearby), once it is wanted."""
    if f.bbox is None:
        return []
    return [
        html.Details(
            [
                html.Summary(html.H2(_("沿线和范围内的项目、要素"))),
                html.Div(_("正在查找……"), id="panel-nearby-list", **{"data-nearby": f"/nearby/{f.id}"}),
            ],
            className="section nearby",
        )
    ]


def _title(f: FeatureSummary, styles: Styles) -> html.Div:
    names = html.Span("、".join(f.aliases[:8]), **PLAN_WORDS)
    also = html.P(phrase("又称 {names}", names=names), className="aliases") if f.aliases else None
    return html.Div(
        [html.H1([category_swatch(f.category, styles.categories[f.category]), f.name], **PLAN_WORDS), also]
    )


def _badges(store: Store, styles: Styles, f: FeatureSummary) -> html.Div:
    plans = [html.Span(store.plans[p].district, className="badge plan", **PLAN_WORDS) for p in f.plans]
    return html.Div(
        className="badges",
        children=[
            html.Span(label(styles.categories[f.category]), className=f"badge category c-{f.category}"),
            html.Span(label(styles.levels[f.level]), className="badge"),
            html.Span(label(styles.statuses[f.status]), className="badge"),
            *plans,
        ],
    )


def _placement(f: FeatureSummary) -> html.Div:
    precision = Precision(f.precision)
    facts = [
        (
            _("误差"),
            _("约 {distance}", distance=_metres(f.accuracy_m))
            if f.accuracy_m and f.precision not in ("unplaced", "schematic")
            else None,
        ),
        (_("长度"), _("{n} 公里", n=f"{f.length_km:.1f}") if f.length_km else None),
        (_("面积"), _area(f.area_km2)),
        (_("方法"), _(METHODS.get(f.method, f.method))),
        (_("依据"), _basis(f.basis)),
        (_("说明"), html.Span(f.placement_note, **PLAN_WORDS) if f.placement_note else None),
    ]
    issues = [html.Li(i["text"], **PLAN_WORDS) for i in f.issues]
    return html.Div(
        className=f"placement p-{f.precision}",
        children=[
            html.P(
                [html.Strong(precision_label(precision)), html.Span(precision_meaning(precision))],
                className="precision-line",
            ),
            html.Dl([part for term, value in facts if value for part in (html.Dt(term), html.Dd(value))]),
            html.Ul(issues, className="issues") if issues else None,
        ],
    )


def _basis(words: str) -> html.Span | html.Details | None:
    """Where a geometry comes from; a long list of sources is cut to two lines until it is opened."""
    if len(words) <= _SHORT_BASIS:
        return html.Span(words, **PLAN_WORDS) if words else None
    return html.Details(html.Summary(words, title=_("看全部依据"), **PLAN_WORDS), className="basis")


def _metres(metres: float) -> str:
    return _("{n} 公里", n=f"{metres / 1000:.3g}") if metres >= 1000 else _("{n} 米", n=f"{metres:.0f}")


def _area(km2: float | None) -> str | None:
    if not km2:
        return None
    return _("{n} 平方公里", n=f"{km2:.1f}") if km2 >= 1 else _("{n} 公顷", n=f"{km2 * 100:.1f}")


def _structure(store: Store, styles: Styles, f: FeatureSummary) -> list[html.Div]:
    sections = []
    check = store.structures.get(f.id)
    if f.members or check:
        verdict = (
            html.Span(_(VERDICTS[check.verdict]), className=f"verdict v-{check.verdict}") if check else None
        )
        details = check_details(check) if check else []
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
        sections.append(html.Div([html.H2([_("组成"), verdict]), *details, *rows], className="section"))
    for parent_id in f.part_of:
        parent = store.features[parent_id]
        siblings = _siblings(store, parent, f.id)
        sections.append(
            html.Div(
                [
                    html.H2(phrase("属于 {parent}", parent=feature_chips(store, styles, [parent_id])[0])),
                    html.Div(feature_chips(store, styles, siblings), className="kind-row"),
                ],
                className="section",
            )
        )
    return sections


def _kind_label(kind: str, wanted: int | None, found: int) -> list[Any]:
    named = html.Span(kind, **PLAN_WORDS)
    if wanted in (None, found):
        return [named, f" {found}"]
    return phrase("{kind} {found}（应为 {wanted}）", kind=named, found=str(found), wanted=str(wanted))


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
            **PLAN_WORDS,
        )
        for f in (store.features[i] for i in feature_ids)
    ]


def _related(store: Store, styles: Styles, feature_id: str) -> list[html.Div]:
    others = store.related(feature_id)
    if not others:
        return []
    return [
        html.Div(
            [html.H2(_("同段提到")), html.Div(feature_chips(store, styles, others), className="kind-row")],
            className="section",
        )
    ]
