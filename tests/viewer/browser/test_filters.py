"""Filters, their chips and the link; 「仅看」 and opacity of the tree's rows."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from layers.facets import feature_facets
from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage

_DRAWN = """() => { const ids = new Set(); planAtlas.leaflet.eachLayer(l => {
  const p = l.feature && l.feature.properties, n = p && /^layer-/.test(l.options.pane) && l.getElement && l.getElement();
  if (n && n.getClientRects().length && !p.together) ids.add(p.id); }); return [...ids]; }"""


def option(opened: OpenedPage, facet: str, value: str) -> None:
    opened.page.locator(f'[data-facet={facet}][data-value="{value}"]').click()


def test_filters_combine_follow_and_come_back(opened: OpenedPage, store: Store) -> None:
    page = opened.page
    facets = feature_facets(store)
    page.locator(".option[data-filter=level][data-value='3']").click()
    page.locator("#more-filters > summary").click()
    option(opened, "status", "under_construction")
    option(opened, "status", "proposed")
    option(opened, "district", "370215")
    wanted = {
        i
        for i, f in facets.items()
        if f.status in ("under_construction", "proposed") and "370215" in f.districts
    }
    expect(page.locator("#filter-count")).to_contain_text(f"{len(wanted)} 个要素")
    assert sum(opened.counts().values()) == len(wanted)
    drawn = set(page.evaluate(_DRAWN))
    assert drawn
    assert drawn <= wanted
    chips = page.locator(".filter-chip")
    expect(chips).to_have_text(["详略：全部", "状态：在建", "状态：谋划", "区市：即墨区"])
    expect(page).to_have_url(re.compile(r"status=under_construction,proposed&district=370215"))

    page.reload()
    expect(chips).to_have_count(4)
    expect(page.locator("#filter-count")).to_contain_text(f"{len(wanted)} 个要素")
    page.get_by_label("去掉筛选　区市：即墨区").click()
    expect(chips).to_have_count(3)
    expect(page).not_to_have_url(re.compile("district="))
    page.go_back()
    expect(chips).to_have_count(4)
    page.locator(".clear-filters").click()
    expect(chips).to_have_count(0)
    level_1 = sum(f.level == 1 for f in store.features.values())
    expect(page.locator("#filter-count")).to_contain_text(f"{level_1} 个要素")


def test_a_row_alone_and_back_by_keyboard(opened: OpenedPage) -> None:
    page = opened.page
    before = page.locator("label.category input:checked").count()
    solo = page.get_by_label("仅看发展轴")
    solo.focus()
    expect(solo).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("label.category input:checked")).to_have_count(1)
    expect(solo).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(page.locator("label.category input:checked")).to_have_count(before)


def test_opacity_fades_a_layer_and_stays_in_the_link(opened: OpenedPage) -> None:
    page = opened.page
    slider = page.get_by_label("发展轴的不透明度")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect(opened.pane("axis").first).to_have_css("opacity", "0.6")
    expect(page).to_have_url(re.compile("opacity=axis-60"))
    page.reload()
    expect(opened.pane("axis").first).to_have_css("opacity", "0.6")
