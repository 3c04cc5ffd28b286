"""项目: every project in a table that filters, sorts and adds up, with a timeline; assets/7-projects.js joins the parts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import dash_ag_grid as dag
from dash import dcc, html

from layers.project_table import ProjectRow, Total, project_rows, total, totals_by
from layers.store import Store
from layers.styles import Styles
from viewer import ids

UNDATED = "未注明时间"
_FIRST_YEAR, _LAST_YEAR = 2021, 2025

# field, heading, width, what kind of filter
_COLUMNS: tuple[tuple[str, str, int, str], ...] = (
    ("name", "项目", 230, "text"),
    ("feature", "要素", 150, "text"),
    ("category", "类别", 88, "text"),
    ("plan", "规划", 80, "text"),
    ("kind", "类型", 80, "text"),
    ("investment_printed", "投资（原文）", 122, "text"),
    ("investment", "投资（亿元）", 122, "number"),
    ("floor_area", "建筑面积", 124, "number"),
    ("area", "用地", 112, "number"),
    ("length", "长度", 96, "number"),
    ("capacity", "规模", 96, "text"),
    ("years", "年份", 84, "text"),
    ("line", "行", 76, "number"),
)

# The words of the table itself; what is not listed here cannot be reached on this page.
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


@lru_cache(maxsize=2)
def _rows(store: Store) -> tuple[ProjectRow, ...]:
    return tuple(project_rows(store))


def layout(store: Store, styles: Styles) -> html.Div:
    """Tools, timeline, table and totals."""
    rows = _rows(store)
    plans = {p.id: p.district for p in store.plans.values()}
    categories = {c: style.name for c, style in styles.categories.items()}
    return html.Div(
        [
            _tools(rows, plans, categories),
            _timeline(rows),
            html.Div(
                [_grid(rows, plans, categories), _totals(rows, plans, categories)], className="projects-body"
            ),
        ],
        className="projects-page",
        id=ids.PROJECTS_PAGE,
    )


def _tools(rows: tuple[ProjectRow, ...], plans: dict[str, str], categories: dict[str, str]) -> html.Div:
    kinds = {k: k for k in dict.fromkeys(r.kind for r in rows)}
    found = {r.category for r in rows}
    return html.Div(
        [
            html.H1("项目"),
            html.Label(
                dcc.Input(
                    type="search",
                    id="projects-words",
                    placeholder="在表中查找",
                    maxLength=60,
                    autoComplete="off",
                ),
                title="在表中查找",
                className="tool",
            ),
            _select("plan", "规划", plans),
            _select("category", "类别", {c: n for c, n in categories.items() if c in found}),
            _select("kind", "类型", kinds),
            html.Button(
                "只看有投资额的", className="page-button", id="projects-money", **{"aria-pressed": "false"}
            ),
            html.Button("清除筛选", className="page-button", id="projects-clear"),
            html.Button("导出 CSV", className="page-button", id="projects-csv"),
        ],
        className="page-tools projects-tools",
    )


def _select(name: str, label: str, values: dict[str, str]) -> html.Label:
    return html.Label(
        [
            html.Span(label, className="tool-label"),
            html.Select(
                [
                    html.Option(f"全部{label}", value=""),
                    *(html.Option(n, value=v) for v, n in values.items()),
                ],
                id=f"projects-{name}",
                **{"data-projects-filter": name},
            ),
        ],
        className="tool",
    )


def _timeline(rows: tuple[ProjectRow, ...]) -> html.Div:
    """A bar a year, and a lane for what names none; a bar chooses its year."""
    named = {year for r in rows for year in r.years}
    years = sorted(named | set(range(_FIRST_YEAR, _LAST_YEAR + 1)))
    counts = {str(year): len({r.project for r in rows if year in r.years}) for year in years}
    counts[UNDATED] = len({r.project for r in rows if not r.years})
    most = max([1, *(n for name, n in counts.items() if name != UNDATED)])
    bars = [
        html.Button(
            [
                html.Span(str(n), className="bar-count"),
                html.Span(
                    className="bar",
                    style={"height": f"{0 if not n else max(3, round(34 * min(n, most) / most))}px"},
                ),
                html.Span(name, className="bar-name"),
            ],
            className="year" + (" undated" if name == UNDATED else ""),
            **{"data-year": "" if name == UNDATED else name, "aria-pressed": "false"},
        )
        for name, n in counts.items()
    ]
    return html.Div(
        [html.Span("句中写明的年份", className="tool-label"), *bars], className="timeline", role="group",
        **{"aria-label": "按年份"},
    )  # fmt: skip


def _grid(rows: tuple[ProjectRow, ...], plans: dict[str, str], categories: dict[str, str]) -> dag.AgGrid:
    return dag.AgGrid(
        id=ids.PROJECTS_GRID,
        className="ag-theme-quartz projects-grid",
        columnDefs=[_column(*column) for column in _COLUMNS],
        rowData=[_record(r, plans, categories) for r in rows],
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "wrapHeaderText": True,
        },
        dashGridOptions={
            "localeText": LOCALE,
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
        "headerName": heading,
        "width": width,
        "filter": "agNumberColumnFilter" if kind == "number" else "agTextColumnFilter",
    }
    if field in ("floor_area", "area", "length"):  # sorted and filtered by value, shown as printed
        column["valueFormatter"] = {"function": f"params.data.{field}_printed || ''"}
        unit = {"floor_area": "平方米", "area": "平方米", "length": "公里"}[field]
        column["headerTooltip"] = f"显示原文；排序和筛选按{unit}"
    if kind == "number":
        column["type"] = "rightAligned"
    if field == "name":
        column |= {"pinned": "left", "tooltipField": "name", "cellClass": "goes"}
    if field == "line":
        column |= {"cellClass": "goes", "headerTooltip": "点行号查看原文"}
    return column


def _record(r: ProjectRow, plans: dict[str, str], categories: dict[str, str]) -> dict[str, Any]:
    """A row as the table reads it: what has no value is left out, so that it sorts last and exports empty."""
    record = {
        "name": r.name, "feature": r.feature_name, "category": categories[r.category], "plan": plans[r.plan],
        "kind": r.kind, "investment_printed": r.printed.get("investment"), "investment": r.investment,
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
            _totals_table("plan", "按规划", [(p, n, by_plan[p]) for p, n in plans.items() if p in by_plan]),
            _totals_table(
                "category", "按类别", [(c, n, by_category[c]) for c, n in categories.items() if c in by_category]
            ),
            html.Details(
                [html.Summary("合计由哪些原文数字相加"), html.Ul(id="projects-amounts", className="amounts")],
                className="more",
            ),
            html.P(
                "同一处文字记在几个要素下时是一个项目，合计只计一次；记在两类要素下时，两类各计一次。"
                "「约」「以上」的数按所印数字相加。",
                className="totals-note",
            ),
        ],
        className="totals",
        **{"aria-label": "合计"},
    )  # fmt: skip


def _sentence(t: Total, rows: int) -> str:
    """The same words as in assets/7-projects.js, which keeps them in step with the filters."""
    money = (
        f"{t.with_amount} 项写明投资额，合计 {t.investment:g} 亿元" if t.with_amount else "都没有写明投资额"
    )
    return (
        f"{t.projects} 个项目（表中 {rows} 行），其中 {money}。"
        if t.with_amount
        else f"{t.projects} 个项目（表中 {rows} 行），{money}。"
    )


def _totals_table(name: str, caption: str, groups: Iterable[tuple[str, str, Total]]) -> html.Table:
    head = html.Tr([html.Th(text, scope="col") for text in (caption, "项目", "写明投资", "亿元")])
    body = [
        html.Tr(
            [
                html.Th(
                    html.Button(text, className="group", **{"data-projects-group": name, "data-value": key}), scope="row"
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
