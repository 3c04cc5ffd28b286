"""Base maps from the network, as data/basemaps.yaml states them: none is asked for anything until it is picked.

A GCJ-02 base map is moved to fit the map, not the map to fit it: what the plans say, the coordinate readout, measuring
and links stay WGS 84. The browser gets the shift as a grid made with :mod:`geo.datum`, so that the formulas stand once;
assets/8-basemaps.js applies it to the tiles.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlsplit

import numpy as np
from dash import Dash, html
from flask import Response, abort, jsonify
from pydantic import Field, field_validator, model_validator

from geo.base import FRAME
from geo.datum import gcj02_from_wgs84
from layers.yaml_file import Strict, read_model
from viewer import ids
from viewer.i18n import PLAN_WORDS, _, label, phrase
from viewer.inputs import Input

OFFLINE = "offline"

GRID_STEP_DEG = 0.025
"""Spacing of the shift's grid: read between its points it is less than a metre off (the shift waves every third degree)."""

_HOST = re.compile(r"[A-Za-z0-9.-]*\{s\}[A-Za-z0-9.-]*|[A-Za-z0-9.-]+")
_FIELDS = {"s", "x", "y", "z", "key"}
_DATUMS = {"wgs84": "WGS 84", "gcj02": "GCJ-02"}


class BasemapError(ValueError):
    """data/basemaps.yaml is wrong; the message names entry and reason."""


class Basemap(Strict):
    """One service of Web Mercator tiles."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    name: str
    name_en: str
    datum: Literal["wgs84", "gcj02"]
    url: Annotated[tuple[str, ...], Field(min_length=1)]
    attribution: str
    max_zoom: Annotated[int, Field(ge=1, le=22)]
    subdomains: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")], ...] = ()
    key_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None

    @field_validator("url")
    @classmethod
    def _is_template(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc):
                raise ValueError(f"网址应是 https://主机/…，写的是 {url[:60]}")
            fields = set(re.findall(r"\{(\w+)\}", url))
            if not {"x", "y", "z"} <= fields <= _FIELDS:
                raise ValueError(f"网址应含 {{z}} {{x}} {{y}}，可含 {{s}} {{key}}，写的是 {url[:60]}")
        return urls

    @model_validator(mode="after")
    def _is_whole(self) -> Basemap:
        for field, stated in (("s", bool(self.subdomains)), ("key", self.key_env is not None)):
            if stated != any(f"{{{field}}}" in url for url in self.url):
                raise ValueError(
                    f"网址中的 {{{field}}} 与 {'subdomains' if field == 's' else 'key_env'} 应同有同无"
                )
        return self

    @property
    def hosts(self) -> list[str]:
        """``https://host`` of every tile."""
        origins = [f"https://{urlsplit(url).netloc}" for url in self.url]
        return list(dict.fromkeys(o.replace("{s}", s) for o in origins for s in self.subdomains or ("",)))


class Basemaps(Strict):
    """The whole file."""

    version: Literal[1]
    basemaps: tuple[Basemap, ...] = ()

    @field_validator("basemaps")
    @classmethod
    def _ids_differ(cls, maps: tuple[Basemap, ...]) -> tuple[Basemap, ...]:
        ids = [m.id for m in maps]
        for one in ids:
            if ids.count(one) > 1:
                raise ValueError(f"id「{one}」有两处")
        return maps


def read_basemaps(path: Path) -> tuple[Basemap, ...]:
    """The base maps of a file; none when there is no file.

    Raises
    ------
    BasemapError
        When the file is not YAML or an entry is wrong.
    """
    return read_model(path, Basemaps, BasemapError).basemaps if path.exists() else ()


def tile_hosts(basemaps: tuple[Basemap, ...]) -> list[str]:
    """Where the browser may ask for tiles."""
    return sorted({host for one in basemaps for host in one.hosts})


def shift_grid() -> dict[str, Any]:
    """How far GCJ-02 lies from WGS 84 over the map's frame.

    Returns
    -------
    dict
        ``west``, ``south``, ``step`` in degrees; ``rows`` from south to north, each from west to east, of
        [longitude, latitude] to add to WGS 84, in degrees.
    """
    west, south, east, north = FRAME
    step = GRID_STEP_DEG
    lons = np.arange(west, east + step, step)
    lats = np.arange(south, north + step, step)

    def shift(lon: float, lat: float) -> list[float]:
        moved = gcj02_from_wgs84(lon, lat)
        return [round(moved[0] - lon, 6), round(moved[1] - lat, 6)]

    rows = [[shift(float(lon), float(lat)) for lon in lons] for lat in lats]
    return {"west": west, "south": south, "step": step, "rows": rows}


def tiles(basemap: Basemap, environment: Mapping[str, str] = os.environ) -> dict[str, Any] | None:
    """What the browser needs to draw a base map; None while its key is missing."""
    key = _key(basemap, environment)
    if basemap.key_env and not key:
        return None
    grid = {"shift": shift_grid()} if basemap.datum == "gcj02" else {}
    return {
        "id": basemap.id,
        "urls": [url.replace("{key}", quote(key, safe="")) for url in basemap.url],
        "subdomains": list(basemap.subdomains),
        "attribution": basemap.attribution,
        "maxZoom": basemap.max_zoom,
        **grid,
    }


def chooser(basemaps: tuple[Basemap, ...], environment: Mapping[str, str] = os.environ) -> html.Details:
    """The list to pick from, folded away; the offline base map is always there and is what the page starts with."""
    choices = [_choice(OFFLINE, _("离线底图"), _("随程序提供，不联网"))]
    for one in basemaps:
        missing = None if _key(one, environment) else one.key_env
        choices.append(
            _choice(one.id, label(one), _need(missing) if missing else _source(one), disabled=bool(missing))
        )
    return html.Details(
        [
            html.Summary(_("底图"), title=_("换一种底图；只有选了在线底图才会联网")),
            html.Div(choices, className="basemap-list", role="radiogroup", **{"aria-label": _("底图")}),
        ],
        className="basemaps",
    )


def _choice(value: str, name: str, words: Any, disabled: bool = False) -> html.Label:
    box = Input(type="radio", name=ids.BASEMAP, value=value, checked=value == OFFLINE, disabled=disabled)
    return html.Label(
        [box, html.Span(name, className="basemap-name"), html.Span(words, className="basemap-source")]
    )


def _source(basemap: Basemap) -> list[Any]:
    datum, credit = _DATUMS[basemap.datum], html.Span(basemap.attribution, **PLAN_WORDS)
    if basemap.datum == "wgs84":
        return phrase("联网 · {datum} · {attribution}", datum=datum, attribution=credit)
    return phrase("联网 · {datum}，已移到与本图对齐 · {attribution}", datum=datum, attribution=credit)


def _need(variable: str) -> str:
    return _("需要密钥：设置环境变量 {name} 后重新启动", name=variable)


def register(app: Dash, basemaps: tuple[Basemap, ...]) -> None:
    """The route of what the browser needs of a base map."""
    by_id = {one.id: one for one in basemaps}

    @app.server.get("/basemaps/<basemap>.json")
    def description(basemap: str) -> Response:
        found = tiles(by_id[basemap]) if basemap in by_id else None
        if found is None:
            abort(404)
        answer = jsonify(found)
        answer.headers["Cache-Control"] = "no-store"  # it may hold the user's key
        return answer


def _key(basemap: Basemap, environment: Mapping[str, str]) -> str:
    return environment.get(basemap.key_env, "").strip() if basemap.key_env else ""
