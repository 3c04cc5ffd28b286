"""Figures by URL: their layouts checked, previews, and files; what a selection of features is.

A layout travels as the JSON that is kept in a file; what is wrong with it is answered with one sentence a line. A preview
is small and drawn at once. A file may take long: it is a job (viewer/job_routes.py) that can be stopped, in a line of its
own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from flask import Flask, Response, request

from layers.progress import Progress
from layers.store import Store
from layers.styles import Styles
from viewer.answers import file_answer, json_answer, refused
from viewer.i18n import DEFAULT, _, language, spoken
from viewer.job_routes import taken
from viewer.jobs import Jobs
from viewer.same_origin import is_from_elsewhere
from viewer.turns import BusyError, Turns

if TYPE_CHECKING:
    from layers.render import Layout, MapSource

LARGEST = 200_000
"""Bytes of a layout: every feature there is, named, takes a tenth."""
PREVIEW_PX = 2400
"""The longer side of a preview at most."""
_MARGIN = 0.08

_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}

Source = Callable[[], "MapSource"]


class _RefusedError(ValueError):
    """What a request asks for cannot be; ``sentences`` in the language of the request."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("；".join(sentences))
        self.sentences = sentences


def map_source(store: Store, styles: Styles) -> Source:
    """What figures are drawn from; read when it is first asked for, as what draws takes a second to import."""

    @cache
    def source() -> MapSource:
        from layers.render import MapSource

        return MapSource(store, styles)

    return source


def register_figures(server: Flask, source: Source, presets: Path, jobs: Jobs) -> None:
    """Add the routes; ``presets`` is data/layouts.yaml."""
    _register_layouts(server, source, presets)
    _register_drawing(server, source, jobs)

    @server.get("/selection/<feature>")
    def selection(feature: str) -> Response:
        found = selected(source().store, feature)
        if found is None:
            return refused(_("所选要素和它的成员都未落图，没有范围可画"), 404)
        return json_answer(found)


def _register_layouts(server: Flask, source: Source, presets: Path) -> None:
    @server.get("/layouts.json")
    def layouts() -> Response:
        from layers.render import LayoutError, parse_layout, read_presets

        try:
            found = read_presets(presets)
        except LayoutError as e:
            return refused(map(spoken, e.problems))
        named = [
            {"name": p.name, "label": p.name if language() == DEFAULT else p.name_en, "values": p.values}
            for p in found.values()
        ]
        return json_answer({"defaults": parse_layout({}).model_dump(mode="json"), "presets": named})

    @server.post("/layout")
    def check() -> Response:
        """A layout with everything it says and leaves to its defaults, and the text to be kept in a file."""
        from layers.render import layout_json

        try:
            layout = _layout(source)
        except _RefusedError as e:
            return refused(e.sentences)
        return json_answer({"layout": layout.model_dump(mode="json"), "text": layout_json(layout)})


def _register_drawing(server: Flask, source: Source, jobs: Jobs) -> None:
    turns = Turns()

    @server.post("/preview")
    def preview() -> Response:
        try:
            longest = _longest(request.args.get("longest", "1200"))
            layout = _layout(source)
            with turns.turn():
                content = _preview(source, layout, longest)
        except _RefusedError as e:
            return refused(e.sentences)
        except BusyError:
            return refused(_("正在画的图太多，请等一会儿再试"), 503)
        return file_answer(content, _TYPES["png"], f"规划图集-{layout.plan or '全部'}.png")

    @server.post("/figures")
    def figure() -> Response:
        if is_from_elsewhere(request):
            return refused(_("别的网站不能在这里做文件"), 403)
        if request.mimetype != "application/json":  # a page of another site cannot send it unasked
            return refused(_("请求要以 JSON 送来"), 415)
        kind = request.args.get("format", "png")
        if kind not in _TYPES:
            return refused(_("没有图件格式「{kind}」，可选 png、svg、pdf", kind=kind[:20]))
        try:
            layout = _layout(source)
        except _RefusedError as e:
            return refused(e.sentences)

        def work(path: Path, progress: Progress) -> None:
            write_figure(source, layout, kind, path, progress)

        return taken(jobs, f"规划图集-{layout.plan or '全部'}.{kind}", _TYPES[kind], work, "figure")


def write_figure(source: Source, layout: Layout, kind: str, path: Path, progress: Progress) -> None:
    """Draw a figure into a file.

    Raises
    ------
    RenderError
        It cannot be drawn or written.
    """
    from layers.render import FORMATS, render, write_bytes

    chosen = next(f for f in FORMATS if f == kind)
    write_bytes(render(source(), layout, chosen, progress=progress), path)


def _preview(source: Source, layout: Layout, longest: int) -> bytes:
    from layers.render import LayoutError, RenderError, previewed, render

    try:
        return render(source(), previewed(layout, longest), "png")
    except LayoutError as e:
        raise _RefusedError(*map(spoken, e.problems)) from e
    except RenderError as e:
        raise _RefusedError(spoken(e)) from e


def _longest(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 200 <= int(text[:9]) <= PREVIEW_PX):
        raise _RefusedError(_("预览的大小应是 200 至 {most} 像素", most=PREVIEW_PX))
    return int(text)


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


def _layout(source: Source) -> Layout:
    """The layout in the body of the request, of what there is.

    Raises
    ------
    _RefusedError
        It is none, or it names what does not exist.
    """
    from layers.render import LayoutError, RenderError, choose_content, layout_values, parse_layout

    if (request.content_length or 0) > LARGEST:
        raise _RefusedError(_("版式文件太大：最多 {most} KB", most=LARGEST // 1000))
    try:
        layout = parse_layout(layout_values(request.get_data(cache=False).decode("utf-8-sig")))
        choose_content(source(), layout)
    except UnicodeDecodeError:
        raise _RefusedError(_("版式文件不是 UTF-8 文本")) from None
    except LayoutError as e:
        raise _RefusedError(*map(spoken, e.problems)) from e
    except RenderError as e:
        raise _RefusedError(spoken(e)) from e
    return layout
