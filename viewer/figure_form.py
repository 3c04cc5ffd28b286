"""The form of a figure: every part of a layout (layers/render/layout_spec.py) as a field of its name.

assets/9-figure-form.js fills it, reads it and shows the fields that the others leave a choice to.
"""

from __future__ import annotations

import json
from typing import Any

from dash import html

from layers.store import Store
from layers.styles import Styles
from viewer.i18n import PLAN_WORDS, _, label

EXTENTS = ("plan", "view", "selection", "box", "centre", "features")
"""How the extent is said; the fields of the last three are typed."""


def layout(store: Store, styles: Styles) -> html.Div:
    """The form, from what is shown to what stands around it."""
    shown = [category for category, style in styles.categories.items() if style.shown]
    return html.Div(
        className="export-form",
        id="figure-form",
        children=[
            html.H2(_("图件")),
            _start(),
            _section(_("内容和范围"), _content(store), is_open=True),
            _section(_("图层"), [*_layers(styles), _opacity()]),
            _section(_("纸张"), _paper(), is_open=True),
            _section(_("文字"), _words(), is_open=True),
            _section(_("图上要素"), [_toggles("flag", _flags())], is_open=True),
            html.Ul(id="figure-problems", className="export-problems", role="alert"),
            html.Div(
                [
                    html.Button(k.upper(), className="page-button primary", **{"data-figure": k})
                    for k in ("png", "svg", "pdf")
                ],
                className="export-buttons",
            ),
            html.P(_("大图要几秒，可以取消。几个人同时做时排队，一次做一份。"), className="hint"),
        ],
        **{"data-shown": json.dumps(shown)},
    )


def _start() -> html.Div:
    """A preset, and the layout's own file."""
    return html.Div(
        [
            select("preset", _("预设"), [("", _("自己定"))], kind="start"),
            html.Div(
                [
                    _command("load", _("载入版式"), _("读入自己存的版式文件（JSON）")),
                    _command(
                        "save", _("保存版式"), _("把现在的版式存成文件（JSON），命令行的 --layout 也能用")
                    ),
                    _command("map", _("取自地图"), _("规划、详略、图层和范围都照地图现在的样子")),
                ],
                className="export-buttons",
            ),
        ]
    )


def _content(store: Store) -> list[Any]:
    plans = [("", _("全部规划")), *((p.id, p.short_title) for p in store.plans.values())]
    levels = [("1", _("结构要素")), ("2", _("有任务的")), ("3", _("提及的"))]
    extents = zip(
        EXTENTS,
        (
            _("规划所及"),
            _("地图当前范围"),
            _("地图上所选的要素"),
            _("经纬度范围"),
            _("中心和比例尺"),
            _("写明的要素"),
        ),
        strict=True,
    )
    return [
        select("plan", _("规划"), plans),
        _row(_("详略"), _toggles("levels", levels)),
        select("extent", _("范围"), list(extents), kind="start"),
        html.P(id="figure-extent", className="hint"),
        text("bbox", _("西南东北"), "119.6,35.6,120.9,37.1", of="box"),
        text("centre", _("中心"), _("经度,纬度"), of="centre"),
        text("features", _("要素"), _("要素的 id，用逗号隔开"), of="features", longest=40_000),
        _row("", _toggles("others", [("1", _("也画其他要素"))]), of="selection"),
        text("scale", _("比例尺"), _("自动；或写 1:N 的 N"), longest=12),
    ]


def _layers(styles: Styles) -> list[html.Div]:
    return [
        _row(label(group), _toggles("layers", [(str(c), label(s)) for c, s in group.categories.items()]))
        for group in styles.groups
    ]


def _opacity() -> html.Label:
    hint = _("「取自地图」时照地图上的不透明度；可改，如 region-50,axis-80")
    return text("opacity", _("不透明度"), _("都不淡化"), longest=400, hint=hint)


def _paper() -> list[html.Label]:
    papers = [("A4", "A4"), ("A3", "A3"), ("A2", "A2"), ("16:9", _("16:9 幻灯片")), ("pixels", _("像素"))]
    return [
        select("paper", _("纸张"), papers),
        select("orientation", _("方向"), [("landscape", _("横向")), ("portrait", _("纵向"))], of="paper"),
        text("width_px", _("像素宽"), "1600", of="pixels", longest=5),
        text("height_px", _("像素高"), "900", of="pixels", longest=5),
        text("dpi", _("分辨率"), "300", longest=3, hint=_("150 至 600 dpi")),
        text("enlarge", _("字号线宽"), _("按纸张；或写倍数，如 1.5"), longest=4),
    ]


def _words() -> list[html.Label]:
    return [
        text("title", _("标题"), _("按规划名称"), longest=60),
        text("subtitle", _("副标题"), _("按规划期"), longest=100),
        text("notes", _("说明"), _("可不填"), longest=400, rows=2),
        text("review_number", _("审图号"), _("可不填"), longest=40),
    ]


def _flags() -> list[tuple[str, str]]:
    return [
        ("legend", _("图例")), ("scale_bar", _("比例尺条")), ("north_arrow", _("指北针")), ("locator", _("区位图")),
        ("labels", _("注记")), ("graticule", _("经纬网")), ("structures", _("空间格局一览")),
        ("project_table", _("项目表")), ("quotes", _("原文摘录")),
    ]  # fmt: skip


def _section(title: str, parts: list[Any], is_open: bool = False) -> html.Details:
    return html.Details([html.Summary(title), *parts], className="export-section", open=is_open)


def _row(name: str, part: Any, of: str | None = None) -> html.Div:
    shown = {"data-of": of} if of else {}
    return html.Div([html.Span(name), part], className="field", **shown)


def select(name: str, caption: str, options: list[tuple[str, str]], kind: str = "field", of: str | None = None) -> html.Label:  # fmt: skip
    """A choice; the names of plans are theirs in every language. ``of`` is the choice that it belongs to."""
    named = PLAN_WORDS if name == "plan" else {}
    choices = [html.Option(words, value=value, **(named if value else {})) for value, words in options]
    shown = {"data-of": of} if of else {}
    return html.Label(
        [html.Span(caption), html.Select(choices, **{f"data-{kind}": name})], className="field", **shown
    )


def text(
    name: str, caption: str, placeholder: str, *, longest: int = 200, rows: int = 1, hint: str = "", of: str | None = None
) -> html.Label:  # fmt: skip
    """A line or more to be written."""
    box = html.Textarea(rows=rows, placeholder=placeholder, maxLength=longest, **{"data-field": name})
    shown = {"data-of": of} if of else {}
    return html.Label(
        [html.Span(caption), box, *([html.Small(hint)] if hint else [])], className="field", **shown
    )


def _toggles(name: str, options: list[tuple[str, str]]) -> html.Div:
    buttons = [
        html.Button(
            words, className="option", **{"data-toggle": name, "data-value": value, "aria-pressed": "false"}
        )
        for value, words in options
    ]
    return html.Div(buttons, className="options", role="group")


def _command(name: str, words: str, title: str) -> html.Button:
    return html.Button(words, className="page-button", title=title, **{"data-layout": name})
