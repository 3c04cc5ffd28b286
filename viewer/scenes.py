"""演示: the drawer in which scenes are kept, the stage they are shown on, the presenter's page, and QR codes.

Scenes live in the browser and in files of the user's own (assets/9-scene*.js); the server gives the ready sets.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict
from functools import lru_cache

import segno
from dash import Dash, html
from flask import Response, abort, request

from layers.scene_sets import SCHEMA, VERSION, build_scene_set
from layers.store import Store
from layers.styles import Styles
from layers.view_link import ViewLinkError, check_view_link
from viewer import ids
from viewer.fragments import HTML, answer

JSON = "application/json"
SVG = "image/svg+xml; charset=utf-8"

_KEYS = (
    ("→ ↓ PageDown 空格", "下一幕"), ("← ↑ PageUp", "上一幕"), ("Home / End", "第一幕 / 最后一幕"),
    ("数字", "跳到第几幕"), ("F", "全屏"), ("P", "光点"), ("S", "讲者窗口"), ("Q", "二维码"), ("H", "这张表"), ("Esc", "结束"),
)  # fmt: skip

_PRESENTER = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>讲者窗口 · 规划图集</title>
<link rel="stylesheet" href="/assets/presenter.css"><script src="/assets/presenter.js" defer></script></head>
<body>
<header><span id="place" class="place">—</span><span class="times"><span class="label">现在</span><time id="clock"></time><span class="label">已讲</span><time id="elapsed">0:00</time><button id="restart">重新计时</button></span></header>
<main>
<section><p id="chapter" class="chapter"></p><h1 id="caption">放映还没有开始</h1><p id="second" class="second">在地图页点「演示」，再点「开始放映」，这里就会跟着走。</p><div id="note" class="note" tabindex="0" aria-label="讲稿"></div></section>
<aside><h2>下一幕</h2><p id="next" class="next">—</p><p id="next-second" class="second"></p></aside>
</main>
<footer><button id="back">← 上一幕</button><button id="forward">下一幕 →</button><span id="lost" role="status"></span></footer>
</body>
</html>"""


def button() -> html.Button:
    """What opens the drawer, for the head of the page."""
    return html.Button(
        "演示", id=ids.SCENES_BUTTON, className="scenes-button",
        **{"aria-expanded": "false", "aria-controls": ids.SCENES},
    )  # fmt: skip


def layout(store: Store) -> list[html.Aside | html.Div]:
    """The drawer and the stage, both hidden until they are wanted."""
    return [_drawer(store), _stage()]


def _drawer(store: Store) -> html.Aside:
    return html.Aside(
        id=ids.SCENES,
        className="scenes",
        hidden=True,
        children=[
            html.Div(
                [html.H2("演示"), _action("close", "关闭", "×", "scene-icon")],
                className="scenes-head",
            ),
            html.Div(
                [
                    _action("start", "从所选的一幕开始", "开始放映", "primary"),
                    _action("presenter", "另开一个窗口：讲稿、下一幕、时间", "讲者窗口"),
                    html.Label(
                        [
                            "换幕",
                            html.Select(
                                [
                                    html.Option("移动过去", value="fly"),
                                    html.Option("直接切换", value="cut"),
                                ],
                                id="scenes-move",
                            ),
                        ]
                    ),
                ],
                className="scenes-row",
            ),
            html.Div(
                [
                    _action("save", "把地图现在的样子存为一幕", "保存当前视图"),
                    _action("undo", "撤销", "撤销"),
                ],
                className="scenes-row",
            ),
            html.Div(
                [
                    html.Label(
                        [
                            "现成的一组",
                            html.Select(
                                [html.Option(p.district, value=p.id) for p in store.plans.values()],
                                id="scenes-plan",
                            ),
                        ]
                    ),
                    _action("ready", "按规划的空间格局逐步展开，替换现在的列表", "载入"),
                    _action("import", "读入自己的场景文件，替换现在的列表", "导入"),
                    _action("export", "把现在的列表存成文件", "导出"),
                ],
                className="scenes-row",
            ),
            html.P(id="scenes-words", className="scenes-words", role="status"),
            html.Ol(id="scenes-list", className="scenes-list"),
        ],
        **{"aria-label": "演示"},
    )


def _action(name: str, title: str, text: str, look: str = "") -> html.Button:
    return html.Button(
        text,
        className=f"scene-action {look}".strip(),
        title=title,
        **{"data-scenes": name, "aria-label": title if text == "×" else text},
    )


def _stage() -> html.Div:
    keys = [html.Div([html.Kbd(key), html.Span(words)]) for key, words in _KEYS]
    return html.Div(
        id=ids.STAGE,
        className="stage",
        hidden=True,
        children=[
            html.Div(id="stage-spot", className="stage-spot", hidden=True),
            html.Div(
                [
                    html.H1(id="stage-caption"),
                    html.P(id="stage-second"),
                    html.Div(id="stage-legend", className="stage-legend"),
                ],
                id="stage-third",
                className="stage-third",
                role="status",
            ),
            html.Div(
                [
                    html.Img(id="stage-qr-image", alt="这一幕的二维码"),
                    html.P(id="stage-qr-link"),
                    html.P(id="stage-qr-words", className="stage-qr-words"),
                ],
                id="stage-qr",
                className="stage-qr",
                hidden=True,
            ),
            html.Div(keys, id="stage-keys", className="stage-keys", hidden=True),
            html.Div(id="stage-jump", className="stage-jump", hidden=True),
            html.Div(
                [
                    html.Button("‹", **{"data-stage": "back", "aria-label": "上一幕"}),
                    html.Span(id="stage-count"),
                    html.Button("›", **{"data-stage": "forward", "aria-label": "下一幕"}),
                    html.Button("?", **{"data-stage": "keys", "aria-label": "按键"}),
                    html.Button("×", **{"data-stage": "leave", "aria-label": "结束放映"}),
                ],
                className="stage-bar",
            ),
        ],
    )


def qr_svg(address: str) -> bytes:
    """A QR code of an address: black on white with its quiet zone, the size left to the page."""
    out = io.BytesIO()
    code = segno.make(address, micro=False, error="l" if len(address) > 300 else "m")
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False)
    return out.getvalue()


def _answer(body: str, content_type: str) -> Response:
    return answer(body, content_type, hashlib.sha256(body.encode()).hexdigest())


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Ready sets, the presenter's page and QR codes by URL."""

    @lru_cache(maxsize=8)
    def ready(plan: str) -> str:
        found = build_scene_set(store, styles, plan)
        described = {"schema": SCHEMA, "version": VERSION, "title": found.title, "plan": found.plan}
        scenes = [asdict(scene) for scene in found.scenes]
        return json.dumps({**described, "scenes": scenes}, ensure_ascii=False)

    @app.server.get("/scenes/<plan>.json")
    def scenes(plan: str) -> Response:
        if plan not in store.plans:
            abort(404)
        return _answer(ready(plan), JSON)

    @app.server.get("/presenter")
    def presenter() -> Response:
        return _answer(_PRESENTER, HTML)

    @app.server.get("/qr.svg")
    def qr() -> Response:
        try:
            link = check_view_link(request.args.get("link", ""))
        except ViewLinkError as e:
            return Response(str(e), status=400, content_type="text/plain; charset=utf-8")
        return Response(
            qr_svg(request.host_url + link), content_type=SVG, headers={"Cache-Control": "no-store"}
        )
