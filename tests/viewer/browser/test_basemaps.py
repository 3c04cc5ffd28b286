"""Online base maps in the browser: they fit, nobody is asked before, and a network that fails is said. The tiles are
made here: no request leaves this machine."""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from geo.datum import gcj02_from_wgs84
from tests.viewer.browser.opened_page import OpenedPage, open_page

PLACES = {
    "栈桥": (120.3163, 36.0573),
    "青岛北站": (120.3724, 36.1692),
    "董家口港": (119.78, 35.60),
    "莱西站": (120.53, 36.86),
}


def _tile() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (256, 256), "#d8e4d0").save(buffer, "PNG")
    return buffer.getvalue()


TILE = _tile()


@pytest.fixture
def online(chromium: Browser, url: str) -> Iterator[OpenedPage]:
    with open_page(chromium, url) as opened:
        assert opened.foreign == []
        yield opened


def _answer(page: Page, hosts: str, tile: bytes | None) -> None:
    def handle(route: Route) -> None:
        if tile is None:
            route.abort()
        else:
            route.fulfill(body=tile, content_type="image/png")

    page.route(hosts, handle)


def _pick(page: Page, name: str) -> None:
    page.locator(".basemaps summary").click()
    page.get_by_role("radio", name=name).check()


def _mercator(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """In tiles of a zoom level, fractions too."""
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return (lon + 180) / 360 * 2**zoom, y * 2**zoom


_TILES = """() => [...document.querySelectorAll('.leaflet-tile-pane img')].map(i => {
  const box = i.getBoundingClientRect(); return {src: i.src, x: box.x, y: box.y, size: box.width}; })"""
_SCREEN = """([lon, lat]) => { const map = planAtlas.leaflet, box = map.getContainer().getBoundingClientRect();
  const p = map.latLngToContainerPoint([lat, lon]); return [box.x + p.x, box.y + p.y]; }"""


def _off_px(page: Page, place: tuple[float, float], shifted: bool) -> float:
    """How far a place of the map stands from the same place in the picture of the base map, in pixels."""
    on_map = page.evaluate(_SCREEN, list(place))
    inside = gcj02_from_wgs84(*place) if shifted else place
    for tile in page.evaluate(_TILES):
        query = dict(part.split("=") for part in tile["src"].split("?")[-1].split("&")) if shifted else {}
        x, y, zoom = (
            [int(query[k]) for k in "xyz"]
            if shifted
            else [int(v.split(".")[0]) for v in (lambda p: (p[-2], p[-1], p[-3]))(tile["src"].split("/"))]
        )
        at = _mercator(*inside, zoom)
        if (int(at[0]), int(at[1])) == (x, y):
            dx = tile["x"] + (at[0] - x) * tile["size"] - on_map[0]
            dy = tile["y"] + (at[1] - y) * tile["size"] - on_map[1]
            return math.hypot(dx, dy)
    raise AssertionError(f"no tile of the base map holds {place}")


@pytest.mark.parametrize(("name", "hosts", "shifted"), [
    ("高德地图", "https://*.autonavi.com/**", True), ("OpenStreetMap", "https://tile.openstreetmap.org/**", False),
])  # fmt: skip
def test_known_places_lie_where_the_base_map_has_them(
    online: OpenedPage, name: str, hosts: str, shifted: bool
) -> None:
    page = online.page
    _answer(page, hosts, TILE)
    _pick(page, name)
    for place in PLACES.values():
        for zoom in (11, 16):
            page.evaluate(
                "([lon, lat, z]) => void planAtlas.leaflet.setView([lat, lon], z, {animate: false})",
                [*place, zoom],
            )
            page.wait_for_function(
                "z => [...document.querySelectorAll('.leaflet-tile-pane img')].some(i => i.complete && (i.src.includes('z=' + z) || i.src.includes('/' + z + '/')))",
                arg=zoom,
            )
            online.wait_for_rest()
            assert _off_px(page, place, shifted) < 2.0
            page.evaluate("() => void planAtlas.leaflet.panBy([160, 90], {animate: false})")
            online.wait_for_rest()
            assert _off_px(page, place, shifted) < 2.0


def test_attribution_and_offline_again(online: OpenedPage) -> None:
    page = online.page
    _answer(page, "https://tile.openstreetmap.org/**", TILE)
    _pick(page, "OpenStreetMap")
    expect(page.locator(".leaflet-tile-pane img").first).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(
        "© OpenStreetMap contributors (ODbL)"
    )
    expect(page.locator(".leaflet-base-land-pane")).to_have_css("display", "none")
    assert all(u.startswith("https://tile.openstreetmap.org/") for u in online.foreign)
    page.get_by_role("radio", name="离线底图").check()
    expect(page.locator(".leaflet-tile-pane img")).to_have_count(0)
    expect(page.locator(".leaflet-base-land-pane")).to_have_css("display", "block")
    assert online.complaints == []


def test_a_network_that_fails_is_said_and_the_offline_map_is_back(online: OpenedPage) -> None:
    page = online.page
    _answer(page, "https://tile.openstreetmap.org/**", None)
    _pick(page, "OpenStreetMap")
    expect(page.locator("#tool-words")).to_have_text("连不上「OpenStreetMap」，已回到离线底图。")
    expect(page.get_by_role("radio", name="离线底图")).to_be_checked()
    expect(page.locator(".leaflet-base-land-pane")).to_have_css("display", "block")
    asked = len(online.foreign)
    page.evaluate("() => void planAtlas.leaflet.panBy([300, 0], {animate: false})")
    online.wait_for_rest()
    online.wait_for_address()  # what follows a move has been done
    assert len(online.foreign) == asked


def test_one_without_its_key_cannot_be_picked(online: OpenedPage) -> None:
    page = online.page
    page.locator(".basemaps summary").click()
    expect(page.get_by_role("radio", name="天地图")).to_be_disabled()
    expect(page.locator(".basemap-list")).to_contain_text("PLAN_ATLAS_TIANDITU_KEY")
