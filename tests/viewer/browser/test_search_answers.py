"""A question to the search box: where its answers come from, and all of them on the map at once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage


def test_all_answers_are_shown_on_the_map_alone(opened: OpenedPage, store: Store) -> None:
    page = opened.page
    expect(page.locator("#filter-count")).to_contain_text("个要素")  # the table of plans is there
    page.locator("#search").fill("城阳的发展轴怎么走")
    first = page.locator("#search-results .result").first
    expect(first.locator("small")).to_have_text("城阳区")
    shared = page.locator("#search-results .result", has_text="沿海发展轴").first
    expect(shared.locator("small")).to_have_text("青岛市、城阳区")
    page.locator(".only-these").click()
    page.wait_for_function("() => planAtlas.state.only")
    only = page.evaluate("planAtlas.state.only")
    assert {store.features[i].category for i in only} == {"axis"}
    assert all("chengyang" in store.features[i].plans for i in only)
    expect(page.locator(".only-bar")).to_contain_text(f"只显示 {len(only)} 个要素")
    opened.wait_for_rest()
    expect(page.locator(".name", has_text="沿海发展轴")).to_be_visible()
    expect(page).to_have_url(re.compile("only="))
    page.locator(".only-bar .chip").click()
    expect(page.locator(".only-bar")).to_be_hidden()
