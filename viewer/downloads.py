"""Data made on request: /data, a file or one sentence; /data/count, how many features it would hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, request

from layers.export_crs import CRS_NAMES
from layers.export_geojson import ExportError
from layers.formats import FORMATS as DATA_FORMATS
from layers.formats import Selection, format_bytes, select_features, selection_of
from layers.store import Store
from layers.styles import Styles
from layers.view_link import ViewLinkError, check_link, decode_link
from viewer.answers import file_answer, json_answer, refused
from viewer.i18n import _, spoken
from viewer.turns import BusyError, Turns


class RequestError(ValueError):
    """The request's words are wrong; the message says what would be right."""


@dataclass(frozen=True)
class Asked:
    """Which features; ``link`` is the view whose filters choose them, None where they are chosen otherwise."""

    selection: Selection
    link: str | None = None


def register_downloads(server: Flask, store: Store, styles: Styles) -> None:
    """Add the routes."""
    turns = Turns()

    @server.get("/data")
    def data() -> Response:
        fmt = request.args.get("format", "geojson")
        crs = request.args.get("crs") or next(iter(CRS_NAMES))
        if fmt not in DATA_FORMATS:
            return refused(
                _("没有数据格式「{kind}」，可选 {formats}", kind=fmt[:20], formats=_("、").join(DATA_FORMATS))
            )
        try:
            wanted = asked(request.args)
            with turns.turn():
                content = format_bytes(store, styles, fmt, wanted.selection, crs, wanted.link)[0]
        except (RequestError, ExportError, ViewLinkError) as e:
            return refused(spoken(e))
        except BusyError:
            return refused(_("正在做的太多，请等一会儿再试"), 503)
        of = "筛选" if wanted.link else request.args.get("plan") or "全部"
        return file_answer(
            content, DATA_FORMATS[fmt].media_type, f"规划图集-{of}{DATA_FORMATS[fmt].extension}"
        )

    @server.get("/data/count")
    def count() -> Response:
        try:
            features = select_features(store, styles, asked(request.args).selection)
        except (RequestError, ExportError, ViewLinkError) as e:
            return refused(spoken(e))
        return json_answer({"features": len(features), "unplaced": sum(f.bbox is None for f in features)})


def asked(query: Mapping[str, str]) -> Asked:
    """What a query asks for: the features that the view of a ``link`` keeps, or those of a plan, levels, layers; all where
    it asks for nothing.

    Raises
    ------
    RequestError, ExportError, ViewLinkError
        A word of it is wrong.
    """
    if query.get("link"):
        link = check_link(query["link"])
        return Asked(selection_of(decode_link(link).state), f"/{link}")
    return Asked(
        Selection(
            plans=(query["plan"],) if query.get("plan") else (),
            categories=tuple(query["layers"].split(".")) if query.get("layers") else (),
            levels=tuple(range(1, _integer("level", query["level"]) + 1)) if query.get("level") else (),
            ids=(query["feature"],) if query.get("feature") else (),
        )
    )


def _integer(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise RequestError(_("{name} 应是整数，写的是「{text}」", name=name, text=text[:20]))
    return int(text)
