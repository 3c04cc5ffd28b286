"""Tools on the map: coordinates, measures, box; the map following the text."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import expect
from pyproj import Geod, Transformer

from tests.viewer.browser.opened_page import OpenedPage

GEOD = Geod(ellps="WGS84")
RING = [[119.5, 35.6], [121.0, 35.7], [120.9, 37.1], [119.6, 37.0]]


_MIDDLE = "() => { const at = planAtlas.leaflet.getCenter(); return [at.lat, at.lng]; }"


def test_grid_coordinates_are_those_of_proj(untouched: OpenedPage) -> None:
    to_grid = Transformer.from_crs("OGC:CRS84", "EPSG:4549", always_xy=True)
    chance = random.Random(4549)
    points = [[chance.uniform(119.2, 121.6), chance.uniform(35.2, 37.4)] for _ in range(40)]
    found = untouched.page.evaluate("points => points.map(planAtlas.geodesy.grid)", points)
    for point, (east, north) in zip(points, found, strict=True):
        assert (east, north) == pytest.approx(to_grid.transform(*point), abs=0.001)


@pytest.mark.parametrize("ring", [RING, [[120.3, 36.06], [120.31, 36.06], [120.305, 36.07]]])
def test_length_and_area_are_geodesic(untouched: OpenedPage, ring: list[list[float]]) -> None:
    length, area = untouched.page.evaluate(
        "r => [planAtlas.geodesy.length(r), planAtlas.geodesy.area(r)]", ring
    )
    lons, lats = zip(*ring, strict=True)
    assert length == pytest.approx(GEOD.line_length(lons, lats), rel=1e-6)
    assert area == pytest.approx(abs(GEOD.polygon_area_perimeter(lons, lats)[0]), rel=1e-5)


def test_clicks_measure_and_choose_nothing(opened: OpenedPage) -> None:
    page = opened.page
    page.locator("[data-tool=length]").click()
    page.mouse.click(500, 400)
    page.mouse.click(700, 400)
    expect(page.locator("#tool-result")).to_contain_text("公里")
    page.keyboard.press("Escape")
    expect(page.locator("[data-tool=length]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#tool-result")).to_contain_text("公里")
    expect(page.locator(".panel h1")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#tool-bar")).to_be_hidden()
    expect(page.locator(".measured")).to_have_count(0)


def test_measuring_by_keyboard_and_coordinates_of_the_middle(opened: OpenedPage) -> None:
    page = opened.page
    page.locator("[data-tool=area]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    for arrow in ("ArrowRight", "ArrowDown"):
        at = page.evaluate(_MIDDLE)
        page.keyboard.press(arrow)
        page.wait_for_function(f"at => JSON.stringify(({_MIDDLE})()) !== JSON.stringify(at)", arg=at)
        opened.wait_for_rest()  # the map has moved under the cross
        page.keyboard.press("Enter")
    expect(page.locator("#tool-result")).to_contain_text("平方公里")
    expect(page.locator("#readout")).to_contain_text("EPSG:4549")
    page.keyboard.press("Escape")


def test_a_box_lists_features_and_passages(opened: OpenedPage) -> None:
    page = opened.page
    opened.wait_for_rest()
    page.keyboard.down("Shift")
    page.mouse.move(620, 460)
    page.mouse.down()
    page.mouse.move(720, 540, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    head = page.locator("#box-list h1")
    expect(head).to_contain_text("个要素")
    expect(page.locator("#box-list .chip")).to_have_count(int(head.inner_text().split()[1]))
    page.locator("#box-list .read").first.click()
    expect(page.locator(".reader-body .here")).to_be_visible()


def test_the_map_follows_the_text(opened: OpenedPage) -> None:
    page = opened.page
    page.locator(".tab[data-tab=reader]").click()
    expect(page.locator(".reader-body p").first).to_be_visible()
    page.locator("#reader-follow").click()
    page.locator(".reader-body .m").nth(5).scroll_into_view_if_needed()
    expect(page.locator("#reader-named")).to_contain_text("眼前提到")
    expect(page.locator(".map-frame.following .f.named").first).to_be_attached()
    page.locator(".tab[data-tab=feature]").click()
    expect(page.locator(".map-frame.following")).to_have_count(0)
