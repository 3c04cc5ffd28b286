"""The width of a phone: nothing reaches beyond it, and what opens leaves to be seen what it is about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.viewer.browser.opened_page import PAGE_READY, OpenedPage, open_page


@pytest.fixture
def phone(chromium: Browser, url: str) -> Iterator[OpenedPage]:
    with open_page(chromium, url, width=390, height=844) as opened:
        yield opened
        assert opened.complaints == []


def test_no_page_is_wider_than_a_phone(phone: OpenedPage) -> None:
    page = phone.page
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    for name, part in PAGE_READY.items():
        page.locator(f".nav[data-page={name}]").click()
        expect(page.locator(part).first).to_be_visible()
        assert page.evaluate(fits), name


def test_answers_stand_below_the_question_and_scenes_below_the_map(phone: OpenedPage) -> None:
    page = phone.page
    page.locator("#search").fill("发展轴")
    expect(page.locator("#search-results .result").first).to_be_visible()
    box, answers = page.locator("#search").bounding_box(), page.locator("#search-results").bounding_box()
    assert box
    assert answers
    assert answers["y"] >= box["y"] + box["height"]
    assert answers["x"] >= 0
    assert answers["x"] + answers["width"] <= 390
    page.keyboard.press("Escape")
    page.locator("#scenes-button").click()
    drawer, frame = page.locator("#scenes").bounding_box(), page.locator("#map-frame").bounding_box()
    assert drawer
    assert frame
    assert drawer["y"] > frame["y"] + 100


def test_the_colours_are_chosen_there_too(phone: OpenedPage) -> None:
    page = phone.page
    page.locator("[data-theme-name=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("[data-language]").click()
    expect(page.locator(".nav[data-page=map]")).to_have_text("Map")
    expect(page.locator("[data-theme-name=dark]")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
