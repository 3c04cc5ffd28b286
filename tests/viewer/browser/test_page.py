"""The page as it opens, at the sizes planners project and work at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from geo.precision import Precision, precision_words
from layers.store import Store
from layers.styles import Styles
from tests.viewer.browser.opened_page import OpenedPage, open_page

SIZES = [(1280, 720), (1440, 900), (1920, 1080)]

# Whatever stands out of the window, or out of its own box without a way to scroll there.
_OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const out = [...document.querySelectorAll('.head *, .tree *, .panel-frame *, .tabs *')]
    .filter(n => n.getClientRects().length && n.getBoundingClientRect().right > window.innerWidth + 1);
  const pressed = [...document.querySelectorAll('.side, .tree, .panel-frame')]
    .filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.className);
  return [wide, out.length, pressed];
}"""


@pytest.fixture(scope="module", params=SIZES, ids=str)
def of_size(request: pytest.FixtureRequest, chromium: Browser, url: str) -> Iterator[OpenedPage]:
    """The page as it opens in a window of one size, once for all tests: they only look at it."""
    width, height = request.param
    with open_page(chromium, url, width=width, height=height) as opened:
        yield opened


def test_page_draws_without_overflow_complaint_or_foreign_request(of_size: OpenedPage) -> None:
    page = of_size.page
    size = page.viewport_size
    assert size is not None
    assert page.evaluate(_OVERFLOW) == [0, 0, []]
    assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
    assert page.locator("path.leaflet-interactive").count() > 100
    assert page.locator(".name").count() > 10
    box = page.locator(".map").bounding_box()
    assert box is not None
    assert box["width"] > size["width"] * 0.45
    assert box["y"] + box["height"] == pytest.approx(size["height"], abs=1)
    assert of_size.foreign == []
    assert of_size.complaints == []


def test_the_whole_city_is_in_sight(of_size: OpenedPage) -> None:
    bounds = of_size.page.evaluate("planAtlas.leaflet.getBounds().toBBoxString()")
    west, south, east, north = map(float, bounds.split(","))
    assert west < 119.55
    assert east > 121.0
    assert south < 35.6
    assert north > 37.1


def test_districts_are_named_on_the_base_map(untouched: OpenedPage) -> None:
    names = untouched.page.locator(".district-name").all_text_contents()
    assert {"城阳区", "即墨区", "李沧区", "市南区", "崂山区", "黄岛区", "胶州市", "平度市", "莱西市", "市北区"} == set(names)  # fmt: skip


def test_legend_shows_six_precision_classes_drawn(untouched: OpenedPage) -> None:
    rows = untouched.page.locator(".precision-row").all()
    assert [r.locator(".precision-name").inner_text() for r in rows] == [
        precision_words(p).label_zh for p in Precision
    ]
    for row in rows:
        row.scroll_into_view_if_needed()
        expect(row.locator("img")).to_have_js_property("complete", True)
        assert row.locator("img").evaluate("i => i.naturalWidth > 0")
        expect(row.locator(".precision-meaning")).to_be_visible()


def test_every_category_draws_in_its_own_colour(untouched: OpenedPage, styles: Styles, store: Store) -> None:
    drawn = {f.category for f in store.features.values() if f.bbox and f.level == 1}
    for category in drawn:
        html = untouched.pane(category).first.inner_html()
        assert styles.categories[category].color in html, category


def test_sources_and_the_notice_are_on_the_map(untouched: OpenedPage, store: Store) -> None:
    text = untouched.page.locator(".map-frame").inner_text()
    assert all(source in text for source in store.attribution)
    assert "不作为法定依据" in text
