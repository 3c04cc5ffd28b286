"""The filters on the pages beside the map: the map's own controls, opened from the bar above a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from layers.facets import feature_facets
from layers.store import Store
from layers.view_link import ViewState, encode_link
from tests.viewer.browser.axe import serious_violations
from tests.viewer.browser.opened_page import PAGE_READY, OpenedPage


@pytest.mark.parametrize("name", list(PAGE_READY))
def test_a_filter_is_set_on_every_page(unopened: OpenedPage, store: Store, name: str) -> None:
    unopened.go(encode_link(ViewState(page=name)))
    page = unopened.page
    expect(page.locator(PAGE_READY[name]).first).to_be_visible()
    bar, panel = page.locator("#page-filter"), page.locator("#page-filter-panel")
    expect(bar.locator("#page-filter-count")).to_have_text(f"全部 {len(store.features)} 个要素")
    expect(panel).to_be_hidden()
    page.locator("#page-filter-button").click()
    expect(panel.locator("[data-filter=plan]").first).to_be_focused()
    assert serious_violations(page) == []
    option = panel.locator('[data-facet=status][data-value="planned"]')
    planned = [i for i, f in feature_facets(store).items() if f.status == "planned"]
    expect(option.locator(".facet-count")).to_have_text(str(len(planned)))
    option.click()
    expect(bar.locator(".filter-chip")).to_have_text(["状态：规划"])
    expect(bar.locator("#page-filter-count")).to_have_text(f"{len(planned)} 个要素符合")
    expect(page).to_have_url(re.compile("status=planned"))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#page-filter-button")).to_be_focused()


def test_the_controls_go_back_to_the_map(unopened: OpenedPage) -> None:
    unopened.go(encode_link(ViewState(page="crossplan")))
    page = unopened.page
    page.locator("#page-filter-button").click()
    page.locator("#page-filter-panel [data-filter=plan][data-value=jimo]").click()
    page.locator('#page-filter-panel [data-facet=precision][data-value="located"]').click()
    page.locator("#page-filter .filter-chip", has_text="定位").click()
    expect(page.locator("#page-filter-panel")).to_be_visible()
    page.locator(".nav[data-page=map]").click()
    expect(page.locator("#page-facets .facet")).to_have_count(0)
    page.locator("#more-filters > summary").click()
    expect(page.locator("#more-filters [data-facet=status]").first).to_be_visible()
    expect(page.locator('.tree [data-filter=plan][data-value="jimo"]')).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_click_beside_the_panel_closes_it(unopened: OpenedPage) -> None:
    unopened.go(encode_link(ViewState(page="structures")))
    page = unopened.page
    page.locator("#page-filter-button").click()
    expect(page.locator("#page-filter-panel")).to_be_visible()
    page.locator(".structures-page h1").click(position={"x": 2, "y": 2}, force=True)
    page.mouse.click(1300, 850)
    expect(page.locator("#page-filter-panel")).to_be_hidden()
