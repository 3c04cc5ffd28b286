"""Online base maps: what data/basemaps.yaml may say, the shift to GCJ-02, the key, and where pictures may come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.base import FRAME
from geo.crs import to_metric
from geo.datum import gcj02_from_wgs84
from viewer.basemaps import Basemap, BasemapError, read_basemaps, shift_grid, tile_hosts, tiles
from viewer.settings import ROOT

FILE = ROOT / "data" / "basemaps.yaml"
GRID = shift_grid()
GOOD = """version: 1
basemaps:
  - {id: a, name: 甲, name_en: A, datum: wgs84, url: ["https://tiles.example/{z}/{x}/{y}.png"], attribution: 甲, max_zoom: 18}
"""


def _by_id() -> dict[str, Basemap]:
    return {one.id: one for one in read_basemaps(FILE)}


@given(st.floats(FRAME[0], FRAME[2]), st.floats(FRAME[1], FRAME[3]))
def test_the_grid_gives_gcj02_to_a_metre(lon: float, lat: float) -> None:
    x, y = (lon - GRID["west"]) / GRID["step"], (lat - GRID["south"]) / GRID["step"]
    i, j = min(int(x), len(GRID["rows"][0]) - 2), min(int(y), len(GRID["rows"]) - 2)
    u, v = x - i, y - j
    four = [GRID["rows"][j + b][i + a] for b in (0, 1) for a in (0, 1)]
    weights = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v]
    moved = [
        at + sum(w * s[k] for w, s in zip(weights, four, strict=True)) for k, at in enumerate((lon, lat))
    ]
    true = to_metric(Point(gcj02_from_wgs84(lon, lat)))
    assert to_metric(Point(moved)).distance(true) < 1.0


def test_every_entry_states_datum_and_attribution_and_its_key_when_it_needs_one() -> None:
    found = _by_id()
    assert {k: b.datum for k, b in found.items()} == {"osm": "wgs84", "tianditu": "wgs84", "amap": "gcj02"}
    assert all(b.attribution for b in found.values())
    assert tiles(found["tianditu"], {}) is None
    assert tiles(found["tianditu"], {"PLAN_ATLAS_TIANDITU_KEY": "  "}) is None
    described = tiles(found["tianditu"], {"PLAN_ATLAS_TIANDITU_KEY": "a&b"})
    assert described is not None
    assert all(url.endswith("tk=a%26b") for url in described["urls"])
    assert "shift" not in described


def test_no_file_means_no_online_base_map(tmp_path: Path) -> None:
    assert read_basemaps(tmp_path / "basemaps.yaml") == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("https://", "http://", "「甲」 url.*https"),
        ("tiles.example", "user@tiles.example", "「甲」 url"),
        ("tiles.example", "tiles.example;script-src *", "「甲」 url"),
        ("{y}", "{-y}", "「甲」 url"),
        ("{z}", "{s}", "「甲」 url"),
        ("/{z}", "/{s}/{z}", "subdomains"),
        ("wgs84", "bd09", "datum"),
        ("max_zoom: 18", "max_zoom: 99", "max_zoom"),
        ("version: 1", "version: 2", "version"),
        ("version: 1", "version: [", "不是有效的 YAML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "basemaps.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert len(read_basemaps(path)) == 1
    path.write_text(GOOD.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BasemapError, match=said):
        read_basemaps(path)


def test_pictures_may_come_from_the_listed_hosts_only(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    (pictures,) = [part for part in policy.split("; ") if part.startswith("img-src")]
    assert set(pictures.split()) == {"img-src", "'self'", "data:", "blob:", *tile_hosts(read_basemaps(FILE))}
    assert policy.count("https://") == len(tile_hosts(read_basemaps(FILE)))


def test_what_the_browser_asks_for(client: FlaskClient) -> None:
    assert client.get("/basemaps/osm.json").get_json()["maxZoom"] == 19
    assert client.get("/basemaps/amap.json").headers["Cache-Control"] == "no-store"
    assert client.get("/basemaps/none.json").status_code == 404
