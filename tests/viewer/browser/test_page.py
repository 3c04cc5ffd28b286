"""The page as it opens, at the sizes planners project and work at."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

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


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_page_draws_without_overflow_complaint_or_foreign_request(
    chromium: Browser, url: str, width: int, height: int
) -> None:
    with open_page(chromium, url, width, height) as opened:
        page = opened.page
        assert page.evaluate(_OVERFLOW) == [0, 0, []]
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        assert page.locator("path.leaflet-interactive").count() > 100
        assert page.locator(".name").count() > 10
        box = page.locator(".map").bounding_box()
        assert box is not None
        assert box["width"] > width * 0.45
        assert box["y"] + box["height"] == pytest.approx(height, abs=1)
        assert opened.foreign == []
        assert opened.complaints == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_whole_city_is_in_sight(chromium: Browser, url: str, width: int, height: int) -> None:
    with open_page(chromium, url, width, height) as opened:
        west, south, east, north = map(
            float, opened.page.evaluate("planAtlas.leaflet.getBounds().toBBoxString()").split(",")
        )
        assert west < 119.55
        assert east > 121.0
        assert south < 35.6
        assert north > 37.1


def test_districts_are_named_on_the_base_map(opened: OpenedPage) -> None:
    names = opened.page.locator(".district-name").all_text_contents()
    assert {"城阳区", "即墨区", "李沧区", "市南区", "崂山区", "黄岛区", "胶州市", "平度市", "莱西市", "市北区"} == set(names)  # fmt: skip


def test_legend_shows_six_precision_classes_drawn(opened: OpenedPage) -> None:
    rows = opened.page.locator(".precision-row").all()
    assert [r.locator(".precision-name").inner_text() for r in rows] == [
        precision_words(p).label_zh for p in Precision
    ]
    for row in rows:
        row.scroll_into_view_if_needed()
        assert row.locator("img").evaluate("i => i.complete && i.naturalWidth > 0")
        assert row.locator(".precision-meaning").is_visible()


def test_every_category_draws_in_its_own_colour(opened: OpenedPage, styles: Styles, store: Store) -> None:
    drawn = {f.category for f in store.features.values() if f.bbox and f.level == 1}
    for category in drawn:
        html = opened.pane(category).first.inner_html()
        assert styles.categories[category].color in html, category


def test_sources_and_the_notice_are_on_the_map(opened: OpenedPage, store: Store) -> None:
    text = opened.page.locator(".map-frame").inner_text()
    assert all(source in text for source in store.attribution)
    assert "不作为法定依据" in text
