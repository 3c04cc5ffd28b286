"""axe-core on every page and theme: nothing serious or critical."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.viewer.browser.axe import serious_violations
from tests.viewer.browser.opened_page import PAGE_READY, OpenedPage


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_no_page_keeps_anyone_out(opened: OpenedPage, theme: str) -> None:
    page = opened.page
    found: dict[str, list[str]] = {}
    page.locator(f"[data-theme-name={theme}]").click()
    page.locator("#more-filters > summary").click()
    page.locator("[data-facet=status]").first.click()
    page.locator("[data-tool=area]").click()
    found["map"] = serious_violations(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.keyboard.press("Escape")
    opened.search("城阳区")
    expect(page.locator(".panel h1")).to_be_visible()
    found["panel"] = serious_violations(page)
    page.locator("[data-tool=box]").click()
    page.keyboard.press("Enter")
    expect(page.locator("#box-list h1")).to_be_visible()
    found["box"] = serious_violations(page)
    page.locator(".tab[data-tab=reader]").click()
    expect(page.locator(".reader-body p").first).to_be_visible()
    found["reader"] = serious_violations(page)
    page.locator("#scenes-button").click()
    page.get_by_role("button", name="载入").click()
    expect(page.locator(".scene").nth(3)).to_be_visible()
    page.locator(".scene summary").nth(1).click()
    found["scenes"] = serious_violations(page)
    page.locator("[data-scenes=close]").click()
    for name, part in PAGE_READY.items():
        page.locator(f".nav[data-page={name}]").click()
        expect(page.locator(part).first).to_be_visible()
        found[name] = serious_violations(page)
    expect(page.locator("#export-image[src]")).to_be_visible(timeout=60_000)
    page.locator("#figure-form details").evaluate_all("nodes => nodes.forEach(node => (node.open = true))")
    found["export form"] = serious_violations(page)
    assert {name: lines for name, lines in found.items() if lines} == {}
