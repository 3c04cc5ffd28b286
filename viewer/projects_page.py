"""项目: every project in a table that filters, sorts and adds up, with a timeline; assets/7-projects.js joins the parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dash_ag_grid as dag
from dash import html

from layers.per_store import per_store
from layers.project_table import ProjectRow, Span, Total, project_rows, total, totals_by
from layers.store import Store
from layers.styles import Styles
from viewer import ids
from viewer.i18n import DEFAULT, N_, PLAN_WORDS, _, _n, label, language
from viewer.inputs import Input

UNDATED = N_("未注明时间")
_FIRST_YEAR, _LAST_YEAR = 2021, 2025

_SPANS = {
    ("works", True, True): N_("{first}—{last} 年建设"),
    ("works", True, False): N_("{first} 年开工"),
    ("works", False, True): N_("{last} 年建成"),
    ("target", True, True): N_("{last} 年的目标"),
    ("period", True, True): N_("{first}—{last} 年期间"),
}
"""What a lane of the timeline is called, by kind and whether it has a start and an end."""

# field, heading, width, what kind of filter
_COLUMNS: tuple[tuple[str, str, int, str], ...] = (
    ("name", N_("项目"), 230, "text"),
    ("feature", N_("要素"), 150, "text"),
    ("category", N_("类别"), 88, "text"),
    ("plan", N_("规划"), 80, "text"),
    ("kind", N_("类型"), 80, "text"),
    ("stage", N_("阶段"), 88, "text"),
    ("start_year", N_("开工年"), 92, "number"),
    ("finish_year", N_("建成年"), 92, "number"),
    ("investment_printed", N_("投资（原文）"), 122, "text"),
    ("investment", N_("投资（亿元）"), 122, "number"),
    ("floor_area", N_("建筑面积"), 124, "number"),
    ("area", N_("用地"), 112, "number"),
    ("length", N_("长度"), 96, "number"),
    ("capacity", N_("规模"), 96, "text"),
    ("years", N_("年份"), 84, "text"),
    ("line", N_("行"), 76, "number"),
)

# The words of the table itself, in Chinese; its own are English. What is not listed here cannot be reached on this page.
LOCALE = {
    "filterOoo": "筛选……", "equals": "等于", "notEqual": "不等于", "blank": "为空", "notBlank": "不为空",
    "empty": "请选择", "lessThan": "小于", "greaterThan": "大于", "lessThanOrEqual": "不大于",
    "greaterThanOrEqual": "不小于", "inRange": "介于", "inRangeStart": "从", "inRangeEnd": "到", "contains": "包含",
    "notContains": "不包含", "startsWith": "开头是", "endsWith": "结尾是", "andCondition": "并且",
    "orCondition": "或者", "applyFilter": "应用", "resetFilter": "重置", "clearFilter": "清除", "cancelFilter": "取消",
    "textFilter": "文字筛选", "numberFilter": "数字筛选", "noRowsToShow": "没有符合条件的项目",
    "noMatchingRows": "没有符合条件的项目", "loadingOoo": "正在取……", "sortAscending": "升序", "sortDescending": "降序",
    "sortUnSort": "取消排序", "pinColumn": "固定列", "pinLeft": "固定在左", "pinRight": "固定在右", "noPin": "不固定",
    "autosizeThisColumn": "本列自动列宽", "autosizeAllColumns": "所有列自动列宽", "resetColumns": "恢复列",
    "ariaFilterValue": "筛选值", "ariaFilterFromValue": "从", "ariaFilterToValue": "到", "ariaFilterInput": "筛选输入",
    "ariaFilteringOperator": "筛选方式", "ariaFilterMenuOpen": "打开筛选", "ariaFilterColumn": "按 CTRL 加回车打开筛选",
    "ariaColumn": "列", "ariaColumnFiltered": "已筛选的列", "ariaSortableColumn": "按回车排序",
    "ariaMenuColumn": "按 ALT 加下箭头打开列菜单", "ariaLabelColumnFilter": "列筛选", "ariaLabelColumnMenu": "列菜单",
    "ariaRowSelect": "按空格选择本行", "ariaLabelDialog": "对话框",
}  # fmt: skip


@per_store
def _rows(store: Store) -> tuple[ProjectRow, ...]:
    return tuple(project_rows(store))


def layout(store: Store, styles: Styles) -> html.Div:
    """Tools, timeline, table and totals."""
    rows = _rows(store)
    plans = {p.id: p.district for p in store.plans.values()}
    categories = {c: label(style) for c, style in styles.categories.items()}
    stages = {s: label(named) for s, named in styles.stages.items()}
    return html.Div(
        [
            _tools(rows, plans, categories, stages),
            _timeline(rows),
            html.Div(
                [_grid(rows, plans, categories, stages), _totals(rows, plans, categories)],
                className="projects-body",
            ),
        ],
        className="projects-page",
        id=ids.PROJECTS_PAGE,
    )


def _tools(
    rows: tuple[ProjectRow, ...], plans: dict[str, str], categories: dict[str, str], stages: dict[str, str]
) -> html.Div:
    kinds = {k: _(k) for k in dict.fromkeys(r.kind for r in rows)}
    found = {r.category for r in rows} | {r.stage for r in rows}
    return html.Div(
        [
            html.H1(_("项目")),
            html.Label(
                Input(
                    type="search",
                    id="projects-words",
                    placeholder=_("在表中查找"),
                    maxLength=60,
                    autoComplete="off",
                ),
                title=_("在表中查找"),
                className="tool",
            ),
            _select("plan", _("规划"), plans),
            _select("category", _("类别"), {c: n for c, n in categories.items() if c in found}),
            _select("kind", _("类型"), kinds),
            _select("stage", _("阶段"), {s: n for s, n in stages.items() if s in found}),
            html.Button(
                _("只看有投资额的"), className="page-button", id="projects-money", **{"aria-pressed": "false"}
            ),
            html.Button(_("清除筛选"), className="page-button", id="projects-clear"),
            html.Button(_("导出 CSV"), className="page-button", id="projects-csv"),
        ],
        className="page-tools projects-tools",
    )


def _select(name: str, words: str, values: dict[str, str]) -> html.Label:
    return html.Label(
        [
            html.Span(words, className="tool-label"),
            html.Select(
                [
                    html.Option(_("全部{what}", what=words), value=""),
                    *(
                        html.Option(n, value=v, **(PLAN_WORDS if name == "plan" else {}))
                        for v, n in values.items()
                    ),
                ],
                id=f"projects-{name}",
                **{"data-projects-filter": name},
            ),
        ],
        className="tool",
    )


def _timeline(rows: tuple[ProjectRow, ...]) -> html.Div:
    """A lane for each span of time that projects name, drawn from its start to its finish over the years, and one for
    what names none; a lane chooses its projects. An end the words leave open fades out."""
    spans = {r.span for r in rows if r.span}
    named = {year for s in spans for year in (s.first, s.last) if year}
    first, last = min(named | {_FIRST_YEAR}), max(named | {_LAST_YEAR})
    years = range(first, last + 1)
    lanes = [_lane(s, rows, years) for s in sorted(spans, key=_order)]
    undated = len({r.project for r in rows if r.span is None})
    return html.Div(
        [
            html.Div([html.Span(str(year), className="tick") for year in years], className="ticks", **{"aria-hidden": "true"}),
            html.Div(lanes, className="lanes"),
            _lane_button("", _(UNDATED), undated, html.Span(className="bar"), "year undated"),
        ],
        className="timeline", role="group", **{"aria-label": _("按时间")},
    )  # fmt: skip


def _order(span: Span) -> tuple[int, int, str]:
    return (span.last or span.first or 0, span.first or 0, span.kind)


def _lane(span: Span, rows: tuple[ProjectRow, ...], years: range) -> html.Button:
    begins, ends = span.first or years[0], span.last or years[-1]
    starts_open = span.first is None or (span.kind == "target" and span.first == span.last)
    if starts_open:
        begins = min(_FIRST_YEAR, ends)
    left = 100 * (begins - years[0]) / len(years)
    width = 100 * (ends - begins + 1) / len(years)
    look = " opens" * starts_open + " goes-on" * (span.last is None)
    bar = html.Span(
        className=f"bar {span.kind}{look}", style={"marginLeft": f"{left:.2f}%", "width": f"{width:.2f}%"}
    )
    words = _(
        _SPANS[span.kind, span.first is not None, span.last is not None], first=span.first, last=span.last
    )
    return _lane_button(span.key, words, len({r.project for r in rows if r.span == span}), bar, "year")


def _lane_button(key: str, words: str, count: int, bar: html.Span, looks: str) -> html.Button:
    return html.Button(
        [
            html.Span(words, className="bar-name"),
            html.Span(bar, className="track"),
            html.Span(str(count), className="bar-count"),
        ],
        className=looks,
        **{"data-year": key, "aria-pressed": "false"},
    )


def _grid(
    rows: tuple[ProjectRow, ...], plans: dict[str, str], categories: dict[str, str], stages: dict[str, str]
) -> dag.AgGrid:
    return dag.AgGrid(
        id=ids.PROJECTS_GRID,
        className="ag-theme-quartz projects-grid",
        columnDefs=[_column(*column) for column in _COLUMNS],
        rowData=[_record(r, plans, categories, stages) for r in rows],
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "wrapHeaderText": True,
        },
        dashGridOptions={
            "localeText": LOCALE if language() == DEFAULT else {},
            "rowHeight": 34,
            "headerHeight": 46,
            "animateRows": False,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "tooltipShowDelay": 400,
        },
        dangerously_allow_code=False,
        style={"height": "100%"},
    )


def _column(field: str, heading: str, width: int, kind: str) -> dict[str, Any]:
    column: dict[str, Any] = {
        "field": field,
        "headerName": _(heading),
        "width": width if language() == DEFAULT else round(1.4 * width),
        "filter": "agNumberColumnFilter" if kind == "number" else "agTextColumnFilter",
    }
    if field in ("floor_area", "area", "length"):  # sorted and filtered by value, shown as printed
        column["valueFormatter"] = {"function": f"params.data.{field}_printed || ''"}
        unit = {"floor_area": _("平方米"), "area": _("平方米"), "length": _("公里")}[field]
        column["headerTooltip"] = _("显示原文；排序和筛选按{unit}", unit=unit)
    if kind == "number":
        column["type"] = "rightAligned"
    if field == "name":
        column |= {"pinned": "left", "tooltipField": "name", "cellClass": "goes"}
    if field == "line":
        column |= {"cellClass": "goes", "headerTooltip": _("点行号查看原文")}
    return column


def _record(
    r: ProjectRow, plans: dict[str, str], categories: dict[str, str], stages: dict[str, str]
) -> dict[str, Any]:
    """A row as the table reads it: what has no value is left out, so that it sorts last and exports empty."""
    record = {
        "name": r.name, "feature": r.feature_name, "category": categories[r.category], "plan": plans[r.plan],
        "kind": _(r.kind), "kind_id": r.kind, "stage": stages[r.stage], "stage_id": r.stage, "start_year": r.start_year,
        "finish_year": r.finish_year, "span": r.span.key if r.span else None, "investment_printed": r.printed.get("investment"), "investment": r.investment,
        "floor_area": r.floor_area, "floor_area_printed": r.printed.get("floor_area"), "area": r.area,
        "area_printed": r.printed.get("area"), "length": r.length, "length_printed": r.printed.get("length"),
        "capacity": r.printed.get("capacity"), "years": "、".join(map(str, r.years)) or None, "line": r.line,
        "id": r.feature, "project": r.project, "amount": r.amount_key, "plan_id": r.plan, "category_id": r.category,
        "start": r.start, "hedged": r.hedged or None,
    }  # fmt: skip
    return {key: value for key, value in record.items() if value is not None}


def _totals(rows: tuple[ProjectRow, ...], plans: dict[str, str], categories: dict[str, str]) -> html.Aside:
    by_plan = totals_by(rows, lambda r: r.plan)
    by_category = totals_by(rows, lambda r: r.category)
    everything = total(rows)
    return html.Aside(
        [
            html.P(
                _sentence(everything, len(rows)), id="projects-sentence", className="totals-sentence", **{"aria-live": "polite"}
            ),
            _totals_table("plan", _("按规划"), [(p, n, by_plan[p]) for p, n in plans.items() if p in by_plan]),
            _totals_table(
                "category", _("按类别"), [(c, n, by_category[c]) for c, n in categories.items() if c in by_category]
            ),
            html.Details(
                [html.Summary(_("合计由哪些原文数字相加")), html.Ul(id="projects-amounts", className="amounts")],
                className="more",
            ),
            html.P(
                _(
                    "同一处文字记在几个要素下时是一个项目，合计只计一次；记在两类要素下时，两类各计一次。"
                    "「约」「以上」的数按所印数字相加。"
                ),
                className="totals-note",
            ),
        ],
        className="totals",
        **{"aria-label": _("合计")},
    )  # fmt: skip


def _sentence(t: Total, rows: int) -> str:
    """The same words as in assets/7-projects.js, which keeps them in step with the filters."""
    all_of_them = _n("{n} 个项目（表中 {rows} 行），", t.projects, rows=rows)
    if not t.with_amount:
        return all_of_them + _("都没有写明投资额。")
    return all_of_them + _n(
        "其中 {n} 项写明投资额，合计 {sum} 亿元。", t.with_amount, sum=f"{t.investment:g}"
    )


def _totals_table(name: str, caption: str, groups: Iterable[tuple[str, str, Total]]) -> html.Table:
    head = html.Tr([html.Th(text, scope="col") for text in (caption, _("项目"), _("写明投资"), _("亿元"))])
    body = [
        html.Tr(
            [
                html.Th(
                    html.Button(text, className="group", **{"data-projects-group": name, "data-value": key},
                        **(PLAN_WORDS if name == "plan" else {}),
                    ),
                    scope="row",
                ),
                html.Td(str(t.projects)),
                html.Td(str(t.with_amount)),
                html.Td(f"{t.investment:g}" if t.with_amount else "—"),
            ],
            **{"data-total-of": name, "data-value": key},
        )
        for key, text, t in groups
    ]  # fmt: skip
    return html.Table([html.Thead(head), html.Tbody(body)], className="totals-table")
