"""A bare folium page of the same features, as a measure: one GeoJSON layer, tooltips, no panel, no text.

folium writes links to other hosts into its page. Here every such request is answered on this machine: Leaflet's script
and style from the package xstatic-leaflet (1.9.3, the version folium 0.20 asks for), everything else (jQuery,
Bootstrap, icons), which a bare map does not use, with an empty answer. The page itself comes from a plain file server,
not compressed, as folium leaves it. All this favours folium.
"""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import folium
from playwright.sync_api import Page, Route

from layers.store import Store


def folium_site(store: Store, level: int, folder: Path) -> tuple[FileServer, int]:
    """A page with the features up to a level in a folder of its own, to be served while a block runs; how many they are."""
    folder.mkdir()
    return FileServer(folder), write_page(store, level, folder / "index.html")


def keep_on_this_machine(page: Page, url: str) -> None:
    """Answer what the page asks of other hosts than its own."""
    page.route(lambda asked: not asked.startswith(url), _answer)


def write_page(store: Store, level: int, path: Path) -> int:
    """Write the page; returns how many features it holds."""
    features = [
        {"type": "Feature", "properties": {"name": f.name}, "geometry": geometry}
        for f in store.features.values()
        if f.level <= level and (geometry := store.geometry(f.id)) and geometry["type"] != "GeometryCollection"
    ]  # fmt: skip
    sheet = folium.Map(location=[36.3, 120.3], zoom_start=9, tiles=None)
    land = {"type": "FeatureCollection", "features": json.loads(store.base("land") or "{}")["features"]}
    folium.GeoJson(land, name="land", interactive=False).add_to(sheet)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        tooltip=folium.GeoJsonTooltip(["name"]),
        marker=folium.CircleMarker(radius=6),
    ).add_to(sheet)
    sheet.save(str(path))
    return len(features)


def _answer(route: Route) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=_leaflet_folder() / name)
    else:
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        route.fulfill(body="", content_type=kind)


def _leaflet_folder() -> Path:
    try:
        from xstatic.pkg import leaflet
    except ImportError as e:
        raise SystemExit(
            "The folium page needs its scripts here: pip install xstatic-leaflet==1.9.3.0"
        ) from e
    return Path(leaflet.BASE_DIR)


class FileServer:
    """A plain file server for a folder, on a free port, while the block runs."""

    def __init__(self, folder: Path) -> None:
        handler = partial(_QuietHandler, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
