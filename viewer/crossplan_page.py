"""对照: what each plan says of the same thing, and two plans side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from dash import Dash, html
from flask import Response, abort

from layers.crossplan import Difference, PlanRole, find_differences, plan_roles, shared_features
from layers.store import Evidence, FeatureSummary, Store
from layers.styles import Styles
from viewer import ids
from viewer.fragments import HTML, answer, html_text
from viewer.swatches import category_swatch

_FIRST = 3
_FIGURES = {
    "investment": "投资", "floor_area": "建筑面积", "area": "用地", "length": "长度", "capacity": "规模",
    "year": "年份",
}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """A shared feature with its roles and differences."""

    feature: FeatureSummary
    roles: tuple[PlanRole, ...]
    differences: tuple[Difference, ...]


@lru_cache(maxsize=2)
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
        "正在打开……", id="crossplan-frame", **{"data-fragment": f"/crossplan/page?v={store.version[:12]}"}
    )


def comparison(store: Store, styles: Styles) -> html.Div:
    """Both comparisons; assets/8-crossplan.js shows one at a time."""
    shared = compared(store)
    first = next((c for c in shared.values() if c.differences), next(iter(shared.values()), None))
    plans = list(store.plans)
    return html.Div(
        [
            html.Div(
                [
                    html.H1("对照"),
                    _mode("shared", "同一要素，各规划怎么说", True),
                    _mode("pair", "两份规划，各说了什么", False),
                ],
                className="page-tools crossplan-head",
                role="group",
                **{"aria-label": "对照方式"},
            ),
            html.Div(
                [
                    _chooser(shared.values(), styles, first.feature.id if first else ""),
                    html.Section(
                        shared_detail(store, styles, first.feature.id) if first else html.P("没有几份规划共同提到的要素。"),
                        id=ids.CROSSPLAN_DETAIL,
                        className="crossplan-detail",
                        tabIndex="-1",
                    ),
                ],
                className="crossplan-shared",
            ),
            html.Div(
                [
                    _pair_tools(store, styles),
                    html.Div(
                        pair_lists(store, styles, plans[0], plans[1], 1) if len(plans) > 1 else None,
                        id=ids.CROSSPLAN_LISTS,
                        className="pair-lists",
                    ),
                ],
                className="crossplan-pair",
                hidden=True,
            ),
        ],
        className="crossplan-page",
        id="crossplan-page",
    )  # fmt: skip


def _mode(name: str, text: str, on: bool) -> html.Button:
    return html.Button(
        text, className="page-button", **{"data-crossplan-mode": name, "aria-pressed": str(on).lower()}
    )


def _chooser(shared: Iterable[Compared], styles: Styles, chosen: str) -> html.Nav:
    shared = list(shared)
    differing = sum(1 for c in shared if c.differences)
    buttons = [
        html.Button(
            [
                category_swatch(c.feature.category, styles.categories[c.feature.category]),
                html.Span(c.feature.name, className="shared-name"),
                html.Span("不同", className="differs") if c.differences else None,
                html.Span(str(len(c.roles)), className="count", title=f"{len(c.roles)} 份规划提到"),
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
                        f"{len(shared)} 个要素见于几份规划，{differing} 个说法不同", className="chooser-words"
                    ),
                    html.Button(
                        "只看有不同的",
                        className="page-button",
                        id="crossplan-differing",
                        **{"aria-pressed": "false"},
                    ),
                ],
                className="chooser-head",
            ),
            html.Div(buttons, className="chooser-list"),
        ],
        className="chooser",
        **{"aria-label": "几份规划共同提到的要素"},
    )


def shared_detail(store: Store, styles: Styles, feature_id: str) -> html.Div:
    """All plans' words on one feature; a sentence when it is not shared."""
    item = compared(store).get(feature_id)
    if item is None:
        return html.Div(html.P("没有这个要素，或只有一份规划提到它。"))
    f = item.feature
    differing = {d.what for d in item.differences}
    return html.Div(
        [
            html.Div(
                [
                    html.H2([category_swatch(f.category, styles.categories[f.category]), f.name]),
                    html.Span(styles.categories[f.category].name, className="badge"),
                    html.Button("在地图上看", className="read big", **{"data-feature": f.id}),
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


def gathered(differences: Iterable[Difference]) -> dict[str, dict[str, tuple[str, str]]]:
    """What differs -> plan -> (its words, its sentence), each plan once however many it differs from."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for d in differences:
        for plan, words, sentence in zip(d.plans, d.words, d.sentences, strict=True):
            found.setdefault(d.what, {}).setdefault(plan, (words, sentence))
    return found


def _words(what: str, words: str, styles: Styles) -> str:
    if what == "状态":
        return styles.statuses[words].name
    return styles.levels[int(words)].name if what == "级别" else words


def _differences(store: Store, styles: Styles, item: Compared) -> Iterator[Any]:
    if not item.differences:
        yield html.P("在状态、级别和数字上，各规划没有不同。", className="same")
        return
    found = gathered(item.differences)
    names = {role.plan: role.names for role in item.roles}
    head = html.Tr([html.Th(text, scope="col") for text in ("规划", *found, "原文")])
    rows = [
        _difference_row(store.plans[plan].district, plan, found, names[plan], styles)
        for plan in store.plans
        if any(plan in plans for plans in found.values())
    ]
    yield html.Table(
        [
            html.Caption(
                [
                    "说法不同：" + "、".join(found),
                    html.Small("状态和级别按该规划的措辞判读，原文列出其第一处出处"),
                ]
            ),
            html.Thead(head),
            html.Tbody(rows),
        ],
        className="difference",
    )


def _difference_row(
    district: str,
    plan: str,
    found: dict[str, dict[str, tuple[str, str]]],
    names: tuple[str, ...],
    styles: Styles,
) -> html.Tr:
    cells, sentences = [], {}
    for what, plans in found.items():
        words, sentence = plans.get(plan, ("", ""))
        cells.append(html.Td(html.Strong(_words(what, words, styles)) if words else "—"))
        if words:
            sentences[sentence] = names if what in ("状态", "级别") else tuple(words.split("、"))
    quotes = [html.P(_marked(sentence, words)) for sentence, words in sentences.items()]
    return html.Tr([html.Th(district, scope="row"), *cells, html.Td(quotes, className="sentences")])


def _marked(sentence: str, words: tuple[str, ...]) -> list[Any]:
    """The sentence with the first of the words that stands in it marked."""
    word = next((w for w in words if w in sentence), None)
    if word is None:
        return [sentence]
    before, found, after = sentence.partition(word)
    return [before, html.Mark(found), after]


def _role(store: Store, styles: Styles, role: PlanRole, differing: set[str]) -> html.Article:
    quotes = [_quote(e) for e in role.evidence]
    rest = quotes[_FIRST:]
    level = styles.levels[role.level].name if role.level else "—"
    facts = [
        ("称呼", "、".join(role.names), False),
        ("级别", level, "级别" in differing),
        ("状态", styles.statuses[role.status].name, "状态" in differing),
        *(
            (_FIGURES[kind], "、".join(words for words, _, _ in items), _FIGURES[kind] in differing)
            for kind, items in role.figures.items()
        ),
        ("项目", "；".join(dict.fromkeys(p.name for p in role.projects)), False),
    ]
    return html.Article(
        [
            html.H3([store.plans[role.plan].district, html.Span(f"{len(quotes)} 处", className="count")]),
            html.Dl(
                [
                    part
                    for term, text, differs in facts
                    if text
                    for part in (html.Dt(term), html.Dd(html.Mark(text) if differs else text))
                ]
            ),
            *quotes[:_FIRST],
            html.Details([html.Summary(f"其余 {len(rest)} 处"), *rest], className="more") if rest else None,
        ],
        className="role",
    )


def _quote(e: Evidence) -> html.Blockquote:
    return html.Blockquote(
        [
            html.P([e.before, html.Mark(e.mention), e.after]),
            html.Footer(
                [
                    html.Span(f"第 {e.line} 行", className="line"),
                    html.Button(
                        "查看原文",
                        className="read",
                        **{"data-read-plan": e.plan, "data-read-start": str(e.start)},
                    ),
                ]
            ),
        ]
    )


def _pair_tools(store: Store, styles: Styles) -> html.Div:
    names = {p.id: p.district for p in store.plans.values()}
    first, second, *_ = [*names, "", ""]
    levels = {str(level): "到" + style.name for level, style in styles.levels.items()}
    return html.Div(
        [
            _select("left", "左", names, first),
            _select("right", "右", names, second),
            _select("level", "范围", {**levels, "1": f"只看{styles.levels[1].name}"}, "1"),
        ],
        className="page-tools",
    )


def _select(name: str, label: str, values: dict[str, str], chosen: str) -> html.Label:
    """A choice; assets/8-crossplan.js reads it. The chosen value stands first."""
    ordered = sorted(values.items(), key=lambda item: item[0] != chosen)
    return html.Label(
        [
            html.Span(label, className="tool-label"),
            html.Select([html.Option(text, value=value) for value, text in ordered], id=f"crossplan-{name}"),
        ],
        className="tool",
    )


def pair_lists(store: Store, styles: Styles, left: str, right: str, level: int) -> list[html.Section]:
    """Differing, in both alike, only left, only right, down to a level."""
    wanted = [f for f in store.features.values() if f.level <= level]
    both = [f for f in wanted if left in f.plans and right in f.plans]
    differences = {
        f.id: [d for d in compared(store)[f.id].differences if set(d.plans) == {left, right}]
        for f in both
        if left != right
    }
    differing = [f for f in both if differences.get(f.id)]
    names = store.plans[left].district, store.plans[right].district
    return [
        _list("说法不同", differing, styles, differences, left),
        _list("都提到，没有不同", [f for f in both if not differences.get(f.id)], styles),
        _list(f"只有{names[0]}提到", [f for f in wanted if left in f.plans and right not in f.plans], styles),
        _list(f"只有{names[1]}提到", [f for f in wanted if right in f.plans and left not in f.plans], styles),
    ]


def _list(
    title: str,
    features: list[FeatureSummary],
    styles: Styles,
    differences: dict[str, list[Difference]] | None = None,
    left: str = "",
) -> html.Section:
    order = list(styles.categories)
    rows = []
    for category, group in groupby(
        sorted(features, key=lambda f: order.index(f.category)), key=lambda f: f.category
    ):
        style = styles.categories[category]
        rows.append(html.H3([category_swatch(category, style), style.name]))
        rows.extend(_list_item(f, styles, (differences or {}).get(f.id, []), left) for f in group)
    return html.Section(
        [
            html.H2([title, html.Span(str(len(features)), className="count")]),
            html.Div(rows or html.P("没有。", className="none"), className="pair-rows"),
        ],
        className="pair-list",
    )


def _list_item(f: FeatureSummary, styles: Styles, differences: list[Difference], left: str) -> html.Div:
    notes = []
    for d in differences:
        ours, theirs = d.words if d.plans[0] == left else d.words[::-1]
        words = f"{d.what}：{_words(d.what, ours, styles)} / {_words(d.what, theirs, styles)}"
        notes.append(html.Span(words, className="pair-note"))
    target = {"data-crossplan": f.id} if differences else {"data-feature": f.id}
    return html.Div([html.Button(f.name, className="pair-item", **target), *notes], className="pair-row")


def register(app: Dash, store: Store, styles: Styles) -> None:
    """The page, a feature and a pair of plans by URL; what is unknown is answered with 404."""

    @lru_cache(maxsize=1)
    def page() -> str:
        return str(html_text(comparison(store, styles)))

    @app.server.get("/crossplan/page")
    def crossplan_fragment() -> Response:
        return answer(page(), HTML, store.version)

    @app.server.get("/crossplan/feature/<feature>")
    def crossplan_feature(feature: str) -> Response:
        if feature not in compared(store):
            abort(404)
        return answer(str(html_text(shared_detail(store, styles, feature))), HTML, store.version)

    @app.server.get("/crossplan/pair/<left>/<right>/<level>")
    def crossplan_pair(left: str, right: str, level: str) -> Response:
        if not {left, right} <= store.plans.keys() or level not in map(str, styles.levels):
            abort(404)
        return answer(str(html_text(pair_lists(store, styles, left, right, int(level)))), HTML, store.version)
