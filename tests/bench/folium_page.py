"""A bare folium page of the same features, as a measure: one GeoJSON layer, tooltips, no panel, no text.

folium writes links to other hosts into its page. Here they are turned to files beside it: Leaflet's script and style
from the package xstatic-leaflet (1.9.3, the version folium 0.20 asks for), everything else (jQuery, Bootstrap, icons),
which a bare map does not use, as empty files. They come from a plain file server, not compressed, as folium leaves
them. All this favours folium.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import folium

from layers.store import Store

_LINK = re.compile(r'(src|href)="(https://[^"]+)"')


def folium_site(store: Store, level: int, folder: Path) -> tuple[FileServer, int]:
    """A page with the features up to a level in a folder of its own, to be served while a block runs; how many they are."""
    folder.mkdir()
    return FileServer(folder), write_page(store, level, folder / "index.html")


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
    path.write_text(
        _LINK.sub(partial(_brought, path.parent), path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    return len(features)


def _brought(folder: Path, link: re.Match[str]) -> str:
    """The same attribute with a file of the folder instead of a URL of another host; the file is made."""
    attribute, url = link.groups()
    name = url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        shutil.copy(_leaflet_folder() / name, folder / name)
    else:
        (folder / name).touch()
    return f'{attribute}="{name}"'


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
