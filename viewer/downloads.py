"""Figures, books and data made on request: /figure, /book and /data, each a file or one sentence."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, request

from layers.export_crs import CRS_NAMES
from layers.export_geojson import ExportError
from layers.formats import FORMATS as DATA_FORMATS
from layers.formats import Selection, format_bytes
from layers.store import Store
from layers.styles import Styles

_FIGURE_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
_BOOK_TYPES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
}
_AT_ONCE = threading.Semaphore(
    2
)  # a figure takes a core for seconds: more at a time would only make all wait
_TEXTS = ("paper", "orientation", "title", "subtitle", "notes", "review_number")
_FLAGS = ("legend", "locator", "graticule", "labels", "project_table", "quotes", "structures")


class RequestError(ValueError):
    """The request's words are wrong; the message says what would be right."""


def register_downloads(server: Flask, store: Store, styles: Styles) -> None:
    """Add the routes."""

    @cache
    def source() -> object:
        from layers.render import MapSource

        return MapSource(store, styles)

    @server.get("/figure")
    def figure() -> Response:
        from layers.render import LayoutError, MapSource, RenderError, parse_layout, render

        kind = request.args.get("format", "png")
        if kind not in _FIGURE_TYPES:
            return _refused(f"没有图件格式「{kind[:20]}」，可选 png、svg、pdf")
        try:
            layout = parse_layout(layout_values(request.args))
            with _AT_ONCE:
                made = source()
                assert isinstance(made, MapSource)
                content = render(made, layout, kind)
        except (RequestError, LayoutError, RenderError) as e:
            return _refused(str(e))
        return _file(content, _FIGURE_TYPES[kind], f"规划图集-{layout.plan or '全部'}.{kind}")

    @server.get("/book")
    def book() -> Response:
        kind, plan = request.args.get("format", "pptx"), request.args.get("plan", "")
        if kind not in _BOOK_TYPES:
            return _refused(f"没有成套的格式「{kind[:20]}」，可选 pptx、pdf")
        if plan not in store.plans:
            return _refused("汇报幻灯片和图集一次做一部规划，请先选规划")
        with _AT_ONCE:
            content = _book(source(), plan, kind)
        label = "汇报" if kind == "pptx" else "图集"
        return _file(content, _BOOK_TYPES[kind], f"{store.plans[plan].district}{label}.{kind}")

    @server.get("/data")
    def data() -> Response:
        fmt = request.args.get("format", "geojson")
        crs = request.args.get("crs") or next(iter(CRS_NAMES))
        if fmt not in DATA_FORMATS:
            return _refused(f"没有数据格式「{fmt[:20]}」，可选 {'、'.join(DATA_FORMATS)}")
        try:
            with _AT_ONCE:
                content, _ = format_bytes(store, styles, fmt, selection(request.args), crs)
        except (RequestError, ExportError) as e:
            return _refused(str(e))
        name = f"规划图集-{request.args.get('plan') or '全部'}{DATA_FORMATS[fmt].extension}"
        return _file(content, DATA_FORMATS[fmt].media_type, name)


def _book(source: object, plan: str, kind: str) -> bytes:
    """Slides, or a book of maps; both take seconds."""
    from layers.deck import build_plan_deck, write_atlas
    from layers.render import MapSource

    assert isinstance(source, MapSource)
    if kind == "pptx":
        return build_plan_deck(source, plan)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.pdf"
        write_atlas(source, plan, path)
        return path.read_bytes()


def layout_values(query: Mapping[str, str]) -> dict[str, object]:
    """A layout's values from a query; what is empty is left at its default.

    Raises
    ------
    RequestError
        A number is none.
    """
    values: dict[str, object] = {name: query[name] for name in _TEXTS if query.get(name)}
    values |= {name: query[name] == "1" for name in _FLAGS if query.get(name) in ("0", "1")}
    if query.get("plan"):
        values["plan"] = query["plan"]
    if query.get("level"):
        values["levels"] = tuple(range(1, _integer("level", query["level"]) + 1))
    if query.get("layers"):
        values["layers"] = tuple(query["layers"].split("."))
    if query.get("dpi"):
        values["dpi"] = _integer("dpi", query["dpi"])
    if query.get("bbox"):
        values["bbox"] = tuple(_number(x) for x in query["bbox"].split(","))
    return values


def selection(query: Mapping[str, str]) -> Selection:
    """The features a query asks for; all where it asks for nothing."""
    return Selection(
        plans=(query["plan"],) if query.get("plan") else (),
        categories=tuple(query["layers"].split(".")) if query.get("layers") else (),
        levels=tuple(range(1, _integer("level", query["level"]) + 1)) if query.get("level") else (),
        ids=(query["feature"],) if query.get("feature") else (),
    )


def _integer(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise RequestError(f"{name} 应是整数，写的是「{text[:20]}」")
    return int(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RequestError(f"范围应是四个数，写的是「{text[:20]}」") from None


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, content_type=media_type, headers=headers)


def _refused(sentence: str) -> Response:
    return Response(sentence, status=400, content_type="text/plain; charset=utf-8")
