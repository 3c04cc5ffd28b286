"""导出: a figure with its preview, books and data; assets/9-export.js, 9-jobs.js and 9-data.js ask for them."""

from __future__ import annotations

from dash import html

from layers.export_crs import CRS_NAMES
from layers.formats import FORMATS as DATA_FORMATS
from layers.store import Store
from layers.styles import Styles
from viewer import figure_form
from viewer.i18n import DEFAULT, _, language

OWN_SCENES = "own-scenes"
"""Chosen in place of a plan: what assets/9-scenes.js keeps."""
FILTERED = "filter"
"""Chosen in place of plan and levels: what the filters of the page keep."""


def layout(store: Store, styles: Styles) -> html.Div:
    """Forms for figures (with a preview), books and data."""
    plans = [(p.id, p.short_title) for p in store.plans.values()]
    forms = [*_notice(), figure_form.layout(store, styles), _books(plans), _data(plans)]
    return html.Div([html.Div(forms, className="export-forms"), _preview()], className="export-page")


def _books(plans: list[tuple[str, str]]) -> html.Div:
    """Slides, handouts and atlases: of a plan, the first two of the user's own scenes too."""
    ways = [
        ("", _("格局和一级要素")), ("structure", _("每个格局一页")), ("feature", _("每个要素一页")),
        ("chapter", _("每章一页")),
    ]  # fmt: skip
    made = (("deck", _("汇报幻灯片 PPTX")), ("handout", _("讲义 PDF")), ("atlas", _("图集 PDF")))
    buttons = [html.Button(words, className="page-button", **{"data-book": kind}) for kind, words in made]
    return html.Div(
        className="export-form",
        id="book-form",
        children=[
            html.H2(_("成套")),
            figure_form.select("plan", _("规划"), [*plans, (OWN_SCENES, _("我的场景（演示里存的）"))]),
            figure_form.select("by", _("图集分页"), ways),
            figure_form.select("per_page", _("讲义每页"), [(n, _("{n} 幕", n=n)) for n in ("2", "1", "3")]),
            html.Div(buttons, className="export-buttons"),
            html.P(_("要半分钟左右，可以取消。"), className="hint"),
        ],
    )


def _data(plans: list[tuple[str, str]]) -> html.Div:
    """Files of the features: of all or of a plan, or of what the filters of the page keep."""
    choices = [("", _("全部要素，或按规划和详略")), (FILTERED, _("当前筛选（见页面上方）"))]
    levels = [("", _("全部")), ("1", _("结构要素")), ("2", _("加任务点"))]
    return html.Div(
        className="export-form",
        id="data-form",
        children=[
            html.H2(_("数据")),
            figure_form.select("content", _("内容"), choices, kind="start"),
            figure_form.select("plan", _("规划"), [("", _("全部规划")), *plans], of="choice"),
            figure_form.select("level", _("详略"), levels, of="choice"),
            figure_form.select("crs", _("坐标系"), [(key, _(name)) for key, name in CRS_NAMES.items()]),
            html.P(id="data-count", className="data-count", role="status"),
            _buttons([(f"/data?format={f.name}", _(f.label)) for f in DATA_FORMATS.values()]),
            html.P(_("KML 和网页只用 WGS 84。未落图的要素列在表格里，不画。"), className="hint"),
        ],
    )


def _buttons(made: list[tuple[str, str]]) -> html.Div:
    buttons = [html.Button(words, className="page-button", **{"data-make": url}) for url, words in made]
    return html.Div(buttons, className="export-buttons")


def _preview() -> html.Div:
    """What is being made, and the figure as it would be."""
    return html.Div(
        className="export-preview",
        children=[
            html.Div(
                [
                    html.Div(id="export-state", className="export-state", role="status"),
                    html.Progress(id="export-progress", hidden=True, **{"aria-label": _("进度")}),
                    html.Button(_("取消"), id="export-cancel", className="page-button", hidden=True),
                ],
                className="export-head",
            ),
            html.Img(id="export-image", alt=_("图件预览")),
        ],
    )


def _notice() -> list[html.P]:
    """Whoever reads another language is told that what is made stays in the plans' own."""
    words = _("图件、幻灯片和数据文件一律用中文，与规划原文一致。")
    return [] if language() == DEFAULT else [html.P(words, className="hint")]
