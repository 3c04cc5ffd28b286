"""演示: the drawer in which scenes are kept, the stage they are shown on, and the presenter's page.

Scenes live in the browser and in files of the user's own (assets/9-scene*.js); the server gives the ready sets.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache

from dash import Dash, html
from flask import Response, abort
from markupsafe import Markup

from layers.scene_sets import SCHEMA, VERSION, build_scene_set
from layers.store import Store
from layers.styles import Styles
from viewer import ids
from viewer.fragments import HTML, answer
from viewer.i18n import (
    N_,
    PLAN_WORDS,
    _,
    document_language,
    language,
    language_tag,
    messages_element,
)

JSON = "application/json"

_KEYS = (
    (N_("→ ↓ PageDown 空格"), N_("下一幕")), ("← ↑ PageUp", N_("上一幕")), ("Home / End", N_("第一幕 / 最后一幕")),
    (N_("数字"), N_("跳到第几幕")), ("F", N_("全屏")), ("P", N_("光点")), ("S", N_("讲者窗口")), ("Q", N_("二维码")),
    ("H", N_("这张表")), ("Esc", N_("结束")),
)  # fmt: skip

_PRESENTER = Markup("""<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/assets/presenter.css"><script src="/assets/0-i18n.js" defer></script><script src="/assets/presenter.js" defer></script></head>
<body>
{messages}
<header><span id="place" class="place">—</span><span class="times"><span class="label">{now}</span><time id="clock"></time><span class="label">{spoken}</span><time id="elapsed">0:00</time><button id="restart">{restart}</button></span></header>
<main>
<section><p id="chapter" class="chapter" lang="zh-CN"></p><h1 id="caption">{caption}</h1><p id="second" class="second">{second}</p><div id="note" class="note" tabindex="0" aria-label="{note}"></div></section>
<aside><h2>{next}</h2><img id="next-picture" class="picture" alt="{picture}" hidden><p id="next" class="next">—</p><p id="next-second" class="second"></p></aside>
</main>
<footer><button id="back">← {back}</button><button id="forward">{next} →</button><span id="lost" role="status"></span></footer>
</body>
</html>""")


def presenter_page() -> str:
    """The presenter's window in the language of the request; assets/presenter.js fills it."""
    words = {
        "title": _("讲者窗口 · 规划图集"), "now": _("现在"), "spoken": _("已讲"), "restart": _("重新计时"),
        "caption": _("放映还没有开始"), "second": _("在地图页点「演示」，再点「开始放映」，这里就会跟着走。"),
        "note": _("讲稿"), "next": _("下一幕"), "back": _("上一幕"), "picture": _("下一幕的地图"),
    }  # fmt: skip
    messages = Markup(messages_element(language()))  # noqa: S704 - made as HTML
    return str(_PRESENTER.format(lang=language_tag(), messages=messages, **words))


def button() -> html.Button:
    """What opens the drawer, for the head of the page."""
    return html.Button(
        _("演示"), id=ids.SCENES_BUTTON, className="scenes-button",
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
                [html.H2(_("演示")), _action("close", _("关闭"), "×", "scene-icon")],
                className="scenes-head",
            ),
            html.Div(
                [
                    _action("start", _("从所选的一幕开始"), _("开始放映"), "primary"),
                    _action("presenter", _("另开一个窗口：讲稿、下一幕、时间"), _("讲者窗口")),
                    html.Label(
                        [
                            _("换幕"),
                            html.Select(
                                [
                                    html.Option(_("移动过去"), value="fly"),
                                    html.Option(_("直接切换"), value="cut"),
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
                    _action("save", _("把地图现在的样子存为一幕"), _("保存当前视图")),
                    _action("undo", _("撤销"), _("撤销")),
                ],
                className="scenes-row",
            ),
            html.Div(
                [
                    html.Label(
                        [
                            _("现成的一组"),
                            html.Select(
                                [html.Option(p.district, value=p.id) for p in store.plans.values()],
                                id="scenes-plan",
                                **PLAN_WORDS,
                            ),
                        ]
                    ),
                    _action("ready", _("按规划的空间格局逐步展开，替换现在的列表"), _("载入")),
                    _action("import", _("读入自己的场景文件，替换现在的列表"), _("导入")),
                    _action("export", _("把现在的列表存成文件"), _("导出")),
                ],
                className="scenes-row",
            ),
            *_making(),
            html.P(id="scenes-words", className="scenes-words", role="status"),
            html.Ol(id="scenes-list", className="scenes-list"),
        ],
        **{"aria-label": _("演示")},
    )


def _making() -> list[html.Div]:
    """Slides and a handout of the list, and how far they are."""
    return [
        html.Div(
            [
                _book("deck", _("把现在的列表做成 PPTX"), _("做成幻灯片")),
                _book("handout", _("把现在的列表做成 A4 的 PDF：图、说明、讲稿、二维码"), _("做成讲义")),
                html.Label(
                    [
                        _("讲义每页"),
                        html.Select(
                            [html.Option(_("{n} 幕", n=n), value=n) for n in ("2", "3", "1")],
                            id="scenes-per-page",
                        ),
                    ]
                ),
            ],
            className="scenes-row",
        ),
        html.Div(
            [
                html.Progress(id="scenes-progress", max="1", value="0", **{"aria-label": _("进度")}),
                html.Button(_("取消"), id="scenes-cancel", className="scene-action"),
            ],
            id="scenes-making",
            className="scenes-row",
            hidden=True,
        ),
    ]


def _book(kind: str, title: str, text: str) -> html.Button:
    """What makes a deck or a handout of the list; assets/9-scene-books.js asks for it."""
    return html.Button(text, className="scene-action", title=title, **{"data-scenes-book": kind})


def _action(name: str, title: str, text: str, look: str = "") -> html.Button:
    return html.Button(
        text,
        className=f"scene-action {look}".strip(),
        title=title,
        **{"data-scenes": name, "aria-label": title if text == "×" else text},
    )


def _stage() -> html.Div:
    keys = [html.Div([html.Kbd(_(key)), html.Span(_(words))]) for key, words in _KEYS]
    return html.Div(
        id=ids.STAGE,
        className="stage",
        hidden=True,
        children=[
            html.Div(id="stage-spot", className="stage-spot", hidden=True),
            html.Div(
                [
                    html.H1(id="stage-caption", **PLAN_WORDS),
                    html.P(id="stage-second", **PLAN_WORDS),
                    html.Div(id="stage-legend", className="stage-legend"),
                ],
                id="stage-third",
                className="stage-third",
                role="status",
            ),
            html.Div(
                [
                    html.Img(id="stage-qr-image", alt=_("这一幕的二维码")),
                    html.A(id="stage-qr-link", target="_blank", rel="noopener"),
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
                    html.Button("‹", **{"data-stage": "back", "aria-label": _("上一幕")}),
                    html.Span(id="stage-count"),
                    html.Button("›", **{"data-stage": "forward", "aria-label": _("下一幕")}),
                    html.Button("?", **{"data-stage": "keys", "aria-label": _("按键")}),
                    html.Button("×", **{"data-stage": "leave", "aria-label": _("结束放映")}),
                ],
                className="stage-bar",
            ),
        ],
    )


def _answer(body: str, content_type: str) -> Response:
    return answer(body, content_type, hashlib.sha256(body.encode()).hexdigest())


def register(app: Dash, store: Store, styles: Styles) -> None:
    """Ready sets and the presenter's page by URL."""

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
        document_language()
        return _answer(presenter_page(), HTML)
