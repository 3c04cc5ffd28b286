"""Data made on request: /data, a file or one sentence."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from urllib.parse import quote

from flask import Flask, Response, request

from layers.export_crs import CRS_NAMES
from layers.export_geojson import ExportError
from layers.formats import FORMATS as DATA_FORMATS
from layers.formats import Selection, format_bytes
from layers.store import Store
from layers.styles import Styles
from viewer.i18n import _

# Some formats take a core for seconds: more at a time would only make all wait.
_AT_ONCE = threading.Semaphore(2)


class RequestError(ValueError):
    """The request's words are wrong; the message says what would be right."""


def register_downloads(server: Flask, store: Store, styles: Styles) -> None:
    """Add the route."""

    @server.get("/data")
    def data() -> Response:
        fmt = request.args.get("format", "geojson")
        crs = request.args.get("crs") or next(iter(CRS_NAMES))
        if fmt not in DATA_FORMATS:
            return _refused(
                _("没有数据格式「{kind}」，可选 {formats}", kind=fmt[:20], formats=_("、").join(DATA_FORMATS))
            )
        try:
            with _AT_ONCE:
                content = format_bytes(store, styles, fmt, selection(request.args), crs)[0]
        except (RequestError, ExportError) as e:
            return _refused(str(e))
        name = f"规划图集-{request.args.get('plan') or '全部'}{DATA_FORMATS[fmt].extension}"
        return _file(content, DATA_FORMATS[fmt].media_type, name)


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
        raise RequestError(_("{name} 应是整数，写的是「{text}」", name=name, text=text[:20]))
    return int(text)


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, content_type=media_type, headers=headers)


def _refused(sentence: str) -> Response:
    return Response(sentence, status=400, content_type="text/plain; charset=utf-8")
