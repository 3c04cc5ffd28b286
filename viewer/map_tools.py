"""The tools on the map: their buttons, the coordinate readout and the bar that says what to do; assets/8-tools.js."""

from __future__ import annotations

from dash import html

from viewer.basemaps import Basemap, chooser
from viewer.i18n import N_, _

_TOOLS = (
    ("home", N_("全市"), N_("回到全市"), False),
    ("fit", N_("选中"), N_("缩放到选中的要素"), False),
    ("length", N_("测距"), N_("量长度：在地图上逐点点击"), True),
    ("area", N_("测面"), N_("量面积：在地图上逐点点击"), True),
    ("box", N_("框选"), N_("拖出一个框，列出框内的要素和提到它们的原文（也可按住 Shift 拖）"), True),
)
"""(key, text, what it does, whether it stays on until it is ended)"""


def layout(basemaps: tuple[Basemap, ...], whole: tuple[float, float, float, float]) -> list[html.Div]:
    """Buttons under the zoom control, the readout and the bar, both empty until they are needed.

    ``whole`` is what 「全市」 goes to: west, south, east, north in degrees.
    """
    home = ",".join(f"{edge:.4f}" for edge in whole)
    buttons = [
        html.Button(
            _(text),
            className="tool-button",
            title=_(title),
            **{
                "data-tool": key,
                "data-bounds": home if key == "home" else "",
                **({"aria-pressed": "false"} if stays else {}),
            },
        )
        for key, text, title, stays in _TOOLS
    ]
    words = html.Span(id="tool-words", role="status")
    result = html.Strong(id="tool-result")
    close = html.Button(_("结束"), className="chip", id="tool-close")
    return [
        html.Div(
            [*buttons, chooser(basemaps)],
            className="map-tools",
            role="toolbar",
            **{"aria-label": _("地图工具")},
        ),
        html.Div(id="readout", className="readout", hidden=True),
        html.Div([result, words, close], id="tool-bar", className="tool-bar", hidden=True),
        html.Div(className="crosshair", **{"aria-hidden": "true"}),
    ]
