"""Figures by URL: drawn from a layout, checked, with their presets; and the picture of a scene.

A layout travels as the JSON that is kept in a file; what is wrong with it is answered with one sentence a line.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import shapely
from flask import Flask, Response, request

from layers.store import Store
from layers.styles import Styles
from layers.view_link import ViewLinkError
from viewer.i18n import DEFAULT, _, language

if TYPE_CHECKING:
    from layers.render import Layout, MapSource

LARGEST = 200_000
"""Bytes of a layout: every feature there is, named, takes a tenth."""
PREVIEW_PX = 2400
"""The longer side of a preview at most."""
_SCENE_MM, _SCENE_DPI = (160.0, 90.0), 120
_MARGIN = 0.08

_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
_NO_STORE = {"Cache-Control": "no-store"}
# A figure takes a core for seconds: more at a time would only make all wait.
_AT_ONCE = threading.Semaphore(2)

Source = Callable[[], "MapSource"]


def map_source(store: Store, styles: Styles) -> Source:
    """What figures are drawn from; read when it is first asked for, as what draws takes a second to import."""

    @cache
    def source() -> MapSource:
        from layers.render import MapSource

        return MapSource(store, styles)

    return source


def register_figures(server: Flask, source: Source, presets: Path) -> None:
    """Add the routes; ``presets`` is data/layouts.yaml."""

    @server.get("/layouts.json")
    def layouts() -> Response:
        from layers.render import LayoutError, parse_layout, read_presets

        try:
            found = read_presets(presets)
        except LayoutError as e:
            return _refused(e.problems)
        named = [
            {"name": p.name, "label": p.name if language() == DEFAULT else p.name_en, "values": p.values}
            for p in found.values()
        ]
        return _json({"defaults": parse_layout({}).model_dump(mode="json"), "presets": named})

    @server.post("/layout")
    def check() -> Response:
        """A layout with everything it says and leaves to its defaults, and the text to be kept in a file."""
        from layers.render import LayoutError, RenderError, choose_content, layout_json

        try:
            layout = _layout()
            choose_content(source(), layout)
        except LayoutError as e:
            return _refused(e.problems)
        except RenderError as e:
            return _refused([str(e)])
        return _json({"layout": layout.model_dump(mode="json"), "text": layout_json(layout)})

    @server.post("/figure")
    def figure() -> Response:
        from layers.render import FORMATS, LayoutError, RenderError, previewed, render

        kind = next((f for f in FORMATS if f == request.args.get("format", "png")), None)
        if kind is None:
            given = request.args["format"][:20]
            return _refused([_("没有图件格式「{kind}」，可选 png、svg、pdf", kind=given)])
        longest = request.args.get("preview", "")
        if longest and not (
            longest.isascii() and longest.isdigit() and 200 <= int(longest[:9]) <= PREVIEW_PX
        ):
            return _refused([_("预览的大小应是 200 至 {most} 像素", most=PREVIEW_PX)])
        try:
            layout = _layout()
            with _AT_ONCE:
                content = render(source(), previewed(layout, int(longest)) if longest else layout, kind)
        except LayoutError as e:
            return _refused(e.problems)
        except RenderError as e:
            return _refused([str(e)])
        name = quote(f"规划图集-{layout.plan or '全部'}.{kind}")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", **_NO_STORE}
        return Response(content, content_type=_TYPES[kind], headers=headers)

    @server.get("/selection/<feature>")
    def selection(feature: str) -> Response:
        found = selected(source().store, feature)
        if found is None:
            return _refused([_("所选要素和它的成员都未落图，没有范围可画")], 404)
        return _json(found)

    @lru_cache(maxsize=64)
    def picture(link: str) -> bytes:
        return scene_picture(source(), link)

    @server.get("/scene.png")
    def scene() -> Response:
        from layers.scene_file import SceneFileError

        try:
            with _AT_ONCE:
                content = picture(request.args.get("link", ""))
        except (ViewLinkError, SceneFileError) as e:
            return _refused([str(e)])
        return Response(content, content_type="image/png", headers={"Cache-Control": "max-age=3600"})


def selected(store: Store, feature: str) -> dict[str, Any] | None:
    """A feature with the members it has, those with a place only, and the box around them; None when there is none."""
    chosen = store.features.get(feature)
    if chosen is None:
        return None
    members = [m for group in chosen.members.values() for m in group if m in store.features]
    placed = [f for f in dict.fromkeys([feature, *members]) if store.features[f].bbox]
    if not placed:
        return None
    west, south, east, north = shapely.total_bounds(
        [shapely.box(*store.features[f].bbox) for f in placed]
    ).tolist()  # type: ignore[misc]
    x, y = (max(_MARGIN * (b - a), 0.01) for a, b in ((west, east), (south, north)))
    box = [round(v, 5) for v in (west - x, south - y, east + x, north + y)]
    return {"features": placed, "bbox": box, "name": chosen.name}


def scene_picture(source: MapSource, link: str) -> bytes:
    """What a link shows, as a small PNG.

    Raises
    ------
    ViewLinkError
        The link is none of ours.
    SceneFileError
        It shows what these data do not have.
    """
    from layers.deck.drawing import PictureDrawer
    from layers.deck.scene_view import SceneViews, check_scenes
    from layers.render.map_drawing import MapLook
    from layers.scene_sets import Scene, SceneSet

    views, scene = SceneViews(source), Scene("", "", "", "", link)
    view = views.view(scene)
    check_scenes(views, SceneSet(title="", plan="", scenes=(scene,)))
    look = MapLook(factor=1.7, scale_bar=False, north_arrow=False)
    return (
        PictureDrawer(source, _SCENE_MM, look, _SCENE_DPI).draw(view.features, view.box, view.state.plan).png
    )


def _layout() -> Layout:
    """The layout in the body of the request.

    Raises
    ------
    LayoutError
        It is none.
    """
    from layers.render import LayoutError, layout_values, parse_layout

    if (request.content_length or 0) > LARGEST:
        raise LayoutError(_("版式文件太大：最多 {most} KB", most=LARGEST // 1000))
    try:
        text = request.get_data(cache=False).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LayoutError(_("版式文件不是 UTF-8 文本")) from None
    return parse_layout(layout_values(text))


def _json(value: dict[str, Any]) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json", headers=_NO_STORE)


def _refused(sentences: tuple[str, ...] | list[str], status: int = 400) -> Response:
    return Response(
        "\n".join(sentences), status=status, content_type="text/plain; charset=utf-8", headers=_NO_STORE
    )
