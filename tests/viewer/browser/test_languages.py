"""English: no Chinese is left in what the interface itself says, the switch keeps the view, and axe finds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.viewer.browser.axe import serious_violations
from tests.viewer.browser.opened_page import PAGE_READY, OpenedPage, open_page

# Chinese outside of what is marked as the plan's own words. An attribute may hold a name that stands marked within its
# element (the label of a chip says the filter's value again) and a quotation of the plan.
_LEFT = """() => {
  const chinese = /[\\u3400-\\u9fff]+/g;
  const marked = node => { return node.closest('[lang]').getAttribute('lang').startsWith('zh'); };
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === 3) {
      const holder = node.parentElement;
      if (!['SCRIPT', 'STYLE'].includes(holder.tagName) && chinese.test(node.data) && !marked(holder)) found.push(holder.tagName + ': ' + node.data);
    } else for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
      const value = (node.getAttribute(name) || '').replace(/“[^”]*”/g, '');
      const inside = [...node.querySelectorAll('[lang|=zh]')].map(one => one.textContent).join(' ');
      if (!marked(node) && (value.match(chinese) || []).some(word => !inside.includes(word))) found.push(node.tagName + ' ' + name + ': ' + value);
    }
    chinese.lastIndex = 0;
  }
  return found;
}"""


@pytest.fixture
def english(chromium: Browser, url: str) -> Iterator[OpenedPage]:
    with open_page(chromium, url, "?v=2&lang=en") as opened:
        yield opened
        assert opened.complaints == []


def check(page: Page) -> None:
    assert page.evaluate(_LEFT) == []
    assert serious_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_map_and_its_parts_speak_english(english: OpenedPage) -> None:
    page = english.page
    assert page.title() == "Plan Atlas"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#more-filters > summary").click()
    page.locator("[data-facet=district]").first.click()
    page.locator("[data-facet=status]").first.click()
    expect(page.locator("#filter-count")).to_contain_text("feature", timeout=15_000)
    check(page)
    page.get_by_role("button", name="Clear all").click()
    page.locator("#search").fill("jzw")
    expect(page.locator(".result-head").first).to_have_text("Feature")
    check(page)
    page.locator("#search-results").get_by_role("option").first.click()
    expect(page.locator(".panel h2", has_text="Evidence")).to_be_visible()
    check(page)
    page.locator("[data-tool=area]").click()
    check(page)
    page.keyboard.press("Escape")
    page.locator("[data-tool=box]").click()
    page.keyboard.press("Enter")
    expect(page.locator("#box-list h1")).to_contain_text("in the box")
    check(page)
    page.locator(".tab[data-tab=reader]").click()
    expect(page.locator(".reader-body header")).to_be_visible()
    check(page)


def test_every_page_speaks_english(english: OpenedPage) -> None:
    page = english.page
    expect(page.locator(".nav:not([data-page=map])")).to_have_count(len(PAGE_READY))
    for name, part in PAGE_READY.items():
        page.locator(f".nav[data-page={name}]").click()
        expect(page.locator(part).first).to_be_visible()
        if name == "export":
            expect(page.locator("#export-image[src]")).to_be_visible(timeout=60_000)
        check(page)


def test_scenes_and_the_presenter_speak_english(english: OpenedPage) -> None:
    page = english.page
    page.locator("#scenes-button").click()
    page.locator("[data-scenes=ready]").click()
    expect(page.locator("#scenes-words")).to_contain_text("Loaded")
    page.locator(".scene summary").first.click()
    check(page)
    with page.expect_popup() as opening:
        page.locator("[data-scenes=presenter]").click()
    presenter = opening.value
    expect(presenter.locator("#caption")).to_have_text("The presentation has not started")
    assert presenter.evaluate(_LEFT) == []
    page.locator("[data-scenes=start]").click()
    expect(page.locator("#stage-count")).to_contain_text("1 /")
    expect(page.locator("#stage-caption")).to_be_visible()
    assert page.evaluate(_LEFT) == []
    expect(presenter.locator("#caption")).not_to_have_text("The presentation has not started")
    assert presenter.evaluate(_LEFT) == []


def test_the_switch_keeps_the_view(opened: OpenedPage) -> None:
    page = opened.page
    page.locator('.tree .option[data-filter="plan"][data-value="shinan"]').click()
    page.locator('.option[data-filter="level"][data-value="2"]').click()
    expect(page).to_have_url(re.compile("level=2"))
    page.locator(".nav[data-page=structures]").click()
    expect(page.locator(PAGE_READY["structures"]).first).to_be_visible()
    opened.wait_for_address()
    page.locator("[data-language=en]").click()
    expect(page.locator(".nav[data-page=structures]")).to_have_text("Structures")
    opened.wait_for_address()
    expect(page.locator(".nav[data-page=structures]")).to_have_attribute("aria-current", "page")
    said = parse_qs(urlsplit(page.url).query)
    assert (said["lang"], said["plan"], said["level"], said["page"]) == (
        ["en"],
        ["shinan"],
        ["2"],
        ["structures"],
    )
    page.locator("[data-language=zh]").click()
    expect(page.locator(".nav[data-page=structures]")).to_have_text("空间格局")
    expect(page).not_to_have_url(re.compile("lang="))


def test_the_choice_is_kept_and_a_link_wins_over_it(opened: OpenedPage) -> None:
    page = opened.page
    page.locator("[data-language=en]").click()
    expect(page.locator(".nav").first).to_have_text("Map")
    opened.go("")
    expect(page.locator(".nav").first).to_have_text("Map")
    opened.go("?v=2&lang=zh")
    expect(page.locator(".nav").first).to_have_text("地图")


def test_two_windows_may_speak_two_languages(unopened: OpenedPage) -> None:
    other = OpenedPage(unopened.page.context.new_page(), unopened.url)
    chinese, english = unopened.page, other.page
    unopened.open()
    other.open()
    english.locator("[data-language=en]").click()
    expect(english.locator(".nav").first).to_have_text("Map")
    expect(english.locator(".name").first).to_be_attached()
    for page, words in ((chinese, "原文出处"), (english, "Evidence")):
        page.bring_to_front()
        page.locator("#search").fill("胶州湾")
        page.locator("#search-results").get_by_role("option").first.click()
        expect(page.locator(".panel h2", has_text=words)).to_be_visible()
    assert other.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_nothing_is_cut_off_in_the_head(chromium: Browser, url: str, width: int, height: int) -> None:
    with open_page(chromium, url, "?v=2&lang=en", width=width, height=height) as opened:
        page = opened.page
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.head button')].filter(b => b.offsetParent && !b.closest('.navigation')
              && (b.scrollWidth > b.clientWidth + 1 || b.getBoundingClientRect().right > innerWidth)).map(b => b.textContent)"""
        )
        assert cut == []


def test_messages_reach_the_scripts_whole(english: OpenedPage) -> None:
    said = english.page.evaluate(
        """() => [planAtlas.t('第 {n} 幕', { n: '<b>' }), planAtlas.tn('{n} 个要素', 1), planAtlas.tn('{n} 个要素', 2), planAtlas.t('没有这句')]"""
    )
    assert said == ["Scene <b>", "1 feature", "2 features", "没有这句"]
    assert re.fullmatch(r"/panel/-\?lang=en", english.page.evaluate("planAtlas.url('/panel/-')"))
    assert json.loads(english.page.locator("#messages").text_content() or "")
