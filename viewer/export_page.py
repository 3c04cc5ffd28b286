"""导出: a figure with its preview, or the data; assets/9-export.js asks the server for them."""

from __future__ import annotations

from dash import html

from layers.export_crs import CRS_NAMES
from layers.formats import FORMATS as DATA_FORMATS
from layers.store import Store
from layers.styles import Styles


def layout(store: Store, _: Styles) -> html.Div:
    """Forms for figures (with a preview), books and data."""
    plans = [("", "全部规划"), *((p.id, p.short_title) for p in store.plans.values())]
    levels = [("1", "结构要素"), ("2", "加任务点"), ("3", "全部")]
    figure = html.Div(
        className="export-form",
        id="figure-form",
        children=[
            html.H2("图件"),
            _select("plan", "规划", plans),
            _select("level", "详略", levels),
            _select("paper", "纸张", [("A4", "A4"), ("A3", "A3"), ("A2", "A2"), ("16:9", "16:9 幻灯片")]),
            _select("orientation", "方向", [("landscape", "横向"), ("portrait", "纵向")]),
            _select(
                "dpi",
                "分辨率",
                [("300", "300 dpi"), ("150", "150 dpi"), ("200", "200 dpi"), ("600", "600 dpi")],
            ),
            _text("title", "标题", "按规划名称"),
            _text("notes", "说明", ""),
            _text("review_number", "审图号", "可不填"),
            *(
                _flag(name, label)
                for name, label in (
                    ("graticule", "经纬网"),
                    ("project_table", "项目表"),
                    ("quotes", "原文摘录"),
                )
            ),
            html.Div(
                [
                    html.Button(k.upper(), className="page-button", **{"data-make": f"/figure?format={k}"})
                    for k in ("png", "svg", "pdf")
                ],
                className="export-buttons",
            ),
        ],
    )
    book = html.Div(
        className="export-form",
        id="book-form",
        children=[
            html.H2("成套"),
            _select("plan", "规划", plans[1:]),
            html.Div(
                [
                    html.Button(
                        "汇报幻灯片 PPTX", className="page-button", **{"data-make": "/book?format=pptx"}
                    ),
                    html.Button("图集 PDF", className="page-button", **{"data-make": "/book?format=pdf"}),
                ],
                className="export-buttons",
            ),
            html.P("要半分钟左右，可以取消。", className="hint"),
        ],
    )
    data = html.Div(
        className="export-form",
        id="data-form",
        children=[
            html.H2("数据"),
            _select("plan", "规划", plans),
            _select("level", "详略", [("", "全部"), *levels[:2]]),
            _select("crs", "坐标系", [(key, name) for key, name in CRS_NAMES.items()]),
            html.Div(
                [
                    html.Button(f.label, className="page-button", **{"data-make": f"/data?format={f.name}"})
                    for f in DATA_FORMATS.values()
                ],
                className="export-buttons",
            ),
            html.P("KML 和网页只用 WGS 84。未落图的要素列在表格里，不画。", className="hint"),
        ],
    )
    preview = html.Div(
        className="export-preview",
        children=[
            html.Div(id="export-state", className="export-state", role="status"),
            html.Button("取消", id="export-cancel", className="page-button", hidden=True),
            html.Img(id="export-image", alt="图件预览"),
        ],
    )
    return html.Div(
        [html.Div([figure, book, data], className="export-forms"), preview], className="export-page"
    )


def _select(name: str, label: str, options: list[tuple[str, str]]) -> html.Label:
    choices = [html.Option(text, value=value) for value, text in options]
    return html.Label([html.Span(label), html.Select(choices, **{"data-field": name})], className="field")


def _text(name: str, label: str, placeholder: str) -> html.Label:
    box = html.Textarea(rows=1, placeholder=placeholder, maxLength=200, **{"data-field": name})
    return html.Label([html.Span(label), box], className="field")


def _flag(name: str, label: str) -> html.Label:
    choices = [html.Option("不要", value=""), html.Option("要", value="1")]
    return html.Label([html.Span(label), html.Select(choices, **{"data-field": name})], className="field")
