"""The layer tree: groups, categories, swatches, counts; below it what each precision class means."""

from __future__ import annotations

from collections import defaultdict

from dash import html

from geo.precision import Precision
from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Group, Styles
from viewer import filter_panel, ids
from viewer.i18n import PLAN_WORDS, _, _n, label, precision_label, precision_meaning
from viewer.inputs import Input
from viewer.map_view import plan_bounds
from viewer.swatches import category_swatch, precision_swatch


def layout(store: Store, styles: Styles) -> html.Div:
    """Filters, tree and legend; the counts follow the filters."""
    by_category: dict[str, list[FeatureSummary]] = defaultdict(list)
    for feature in store.features.values():
        by_category[feature.category].append(feature)
    return html.Div(
        className="tree",
        id=ids.TREE,
        children=[
            filter_panel.chips(),
            html.H2(_("规划"), className="side-title"),
            _choices(
                "plan",
                [("", _("全部")), *((p.id, p.district) for p in store.plans.values())],
                "",
                _("只看一个规划"),
                bounds={plan: ",".join(f"{v:.4f}" for v in box) for plan, box in plan_bounds(store).items()},
            ),
            html.H2(_("详略"), className="side-title"),
            _choices(
                "level", [("1", _("结构")), ("2", _("加任务点")), ("3", _("全部"))], "1", _("显示到哪一级")
            ),
            filter_panel.layout(store, styles),
            html.H2(_("图层"), className="side-title"),
            *(_group(g, styles, by_category) for g in styles.groups),
            html.H2(_("落图精度"), className="side-title"),
            *(_precision_row(p, styles) for p in Precision),
        ],
    )


def _choices(
    name: str, options: list[tuple[str, str]], chosen: str, words: str, bounds: dict[str, str] | None = None
) -> html.Div:
    """A row of buttons of which one is on; assets/2-page.js sets the map's frame to match."""
    buttons = [
        html.Button(
            text,
            className="option" + (" on" if value == chosen else ""),
            **{
                "data-filter": name,
                "data-value": value,
                "data-bounds": (bounds or {}).get(value, ""),
                "aria-pressed": str(value == chosen).lower(),
                **(PLAN_WORDS if name == "plan" and value else {}),
            },
        )
        for value, text in options
    ]
    return html.Div(buttons, className="options", role="group", **{"aria-label": words})


def _group(group: Group, styles: Styles, by_category: dict[str, list[FeatureSummary]]) -> html.Div:
    categories = [str(c) for c in group.categories]
    shown = [styles.categories[c].shown for c in categories]
    box = Input(
        type="checkbox",
        checked=all(shown),
        **{
            "data-layer-group": " ".join(categories),
            "aria-label": _("{group}全部图层", group=label(group)),
        },
    )
    total = sum(f.level == 1 for c in categories for f in by_category[c])
    head = html.Summary(
        [
            html.Span(label(group), className="group-name"),
            html.Span(str(total), className="count", **{"data-total": group.id}),
        ]
    )
    return html.Div(
        className="group-frame",
        children=[
            html.Div(box, className="group-box"),
            _row_tools(label(group), categories, "group-tools"),
            html.Details(
                [head, *(_category(c, group.id, styles, by_category[c]) for c in categories)], open=True
            ),
        ],
    )


def _category(category: str, group: str, styles: Styles, features: list[FeatureSummary]) -> html.Div:
    style = styles.categories[category]
    unplaced = sum(f.bbox is None for f in features)
    marks = " ".join(f"{','.join(f.plans)}:{f.level}" for f in features)
    row = html.Label(
        className="category" + ("" if features else " empty"),
        title=_n("{category}：共 {n} 个", len(features), category=label(style))
        + (_n("，其中 {n} 个未落图", unplaced) if unplaced else ""),
        children=[
            Input(type="checkbox", checked=style.shown, **{"data-layer": category}),
            category_swatch(category, style),
            html.Span(label(style), className="category-name"),
            html.Span(
                str(sum(f.level == 1 for f in features)),
                className="count",
                **{"data-group": group, "data-category": category, "data-features": marks},
            ),
        ],
    )
    return html.Div([row, _row_tools(label(style), [category], "category-tools")], className="category-row")


def _row_tools(name: str, categories: list[str], look: str) -> html.Div:
    """Where assets/8-row-tools.js puts 「仅看」 and, for a single category, its opacity."""
    return html.Div(
        className=f"row-tools {look}", **{"data-name": name, "data-categories": " ".join(categories)}
    )


def precision_bar(styles: Styles) -> html.Div:
    """The precision classes in one line, for the map itself: what is drawn how, without the sentences."""
    drawn = [p for p in Precision if p is not Precision.UNPLACED]
    return html.Div(
        className="precision-bar",
        children=[
            html.Span(
                [precision_swatch(str(p), styles.precision[str(p)]), precision_label(p)],
                title=precision_meaning(p),
            )
            for p in drawn
        ],
        role="group",
        **{"aria-label": _("落图精度")},
    )


def _precision_row(precision: Precision, styles: Styles) -> html.Div:
    return html.Div(
        className="precision-row",
        title=precision_meaning(precision),
        **{"data-precision": str(precision)},
        children=[
            precision_swatch(str(precision), styles.precision[str(precision)]),
            html.Span(precision_label(precision), className="precision-name"),
            html.Span(precision_meaning(precision), className="precision-meaning"),
        ],
    )
