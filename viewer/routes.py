"""What the browser asks for by URL: layers, base map and the plans to read. Each answer carries an ETag."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache

from flask import Flask, Response, abort, request

from layers.map_layers import layer_collection
from layers.search import search
from layers.store import Store
from layers.styles import Styles
from viewer.box import register_box
from viewer.filter_panel import facet_table
from viewer.fragments import HTML, answer, entity_tag, html_text
from viewer.i18n import language
from viewer.nearby import register_nearby
from viewer.panel import empty, feature_panel
from viewer.reader import reader_html
from viewer.style_sheet import style_sheet

GEOJSON = "application/geo+json"
_RESULTS = 8
_MOST_RESULTS = 40


def register_routes(server: Flask, store: Store, styles: Styles) -> None:
    """Add the routes to a Flask server; unknown names are answered with 404."""

    @lru_cache(maxsize=64)
    def layer_bytes(category: str) -> bytes:
        return _compact(layer_collection(store, category))

    @lru_cache(maxsize=1)
    def facet_bytes() -> bytes:
        return _compact(facet_table(store))

    @lru_cache(maxsize=16)
    def plan_bytes(plan: str, _language: str) -> bytes:
        return reader_html(store, plan).encode()

    @server.get("/layers.css")
    def css() -> Response:
        sheet = style_sheet(styles, store.plans)
        return _answer(sheet.encode, "text/css; charset=utf-8", hashlib.sha256(sheet.encode()).hexdigest())

    @server.get("/layers/<category>.geojson")
    def layer(category: str) -> Response:
        if category not in {f.category for f in store.features.values()}:
            abort(404)
        return _answer(lambda: layer_bytes(category), GEOJSON, store.version)

    @server.get("/facets.json")
    def facets() -> Response:
        return _answer(facet_bytes, "application/json", store.version)

    register_box(server, store, styles)
    register_nearby(server, store, styles)

    @server.get("/base/<name>.geojson")
    def base(name: str) -> Response:
        text = store.base(name)
        if text is None:
            abort(404)
        return _answer(text.encode, GEOJSON, store.version)

    @server.get("/panel/<feature>")
    def feature_panel_html(feature: str) -> Response:
        if feature == "-":  # nothing is chosen
            return answer(html_text(empty()), HTML, store.version)
        status = 200 if feature in store.features else 404
        return answer(html_text(feature_panel(store, styles, feature)), HTML, store.version, status)

    kinds = {name: style.name for name, style in styles.categories.items()}

    @server.get("/search")
    def find() -> Response:
        most = min(request.args.get("most", _RESULTS, type=int), _MOST_RESULTS)
        groups = search(store, request.args.get("q", ""), max(most, 1), kinds)
        body = _compact({name: [asdict(hit) for hit in hits] for name, hits in groups.items()})
        return Response(body, content_type="application/json", headers={"Cache-Control": "no-store"})

    @server.get("/read/<plan>")
    def read(plan: str) -> Response:
        if plan not in store.plans:
            abort(404)
        return _answer(lambda: plan_bytes(plan, language()), "text/html; charset=utf-8", store.version)


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(body: Callable[[], bytes], mimetype: str, version: str) -> Response:
    """The body, or 304 when the browser's copy is of this version of the data."""
    response = Response(status=200, content_type=mimetype)
    response.set_etag(entity_tag(version))
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(body())
    return response
