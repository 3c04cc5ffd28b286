"""From the panel to the text and from the text to the map."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage
from tests.viewer.conftest import Find

_INSIDE = """node => {
  const a = node.getBoundingClientRect(), b = document.getElementById('reader-body').getBoundingClientRect();
  return a.top >= b.top && a.bottom <= b.bottom && a.left >= b.left && a.right <= b.right;
}"""


def settled(opened: OpenedPage, node: Locator) -> bool:
    """Whether the node comes into view, and stays there when everything around it has been laid out."""
    opened.page.wait_for_function(_INSIDE, arg=node.element_handle())
    opened.wait_for_text_at_rest()
    return bool(node.evaluate(_INSIDE))


def test_read_opens_the_text_at_the_mention(opened: OpenedPage, store: Store, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    first = store.evidence(axis.id)[0]
    opened.click_feature(axis.id)
    opened.page.locator(".panel blockquote [data-read-plan]").first.click()
    here = opened.page.locator(".reader-body .m.here")
    expect(here).to_have_text(first.mention)
    assert settled(opened, here)
    assert here.get_attribute("data-start") == str(first.start)
    assert "".join(first.sentence.split()) in "".join(here.locator("..").inner_text().split())
    assert here.evaluate("n => getComputedStyle(n).backgroundColor") == "rgb(255, 210, 77)"
    expect(opened.page.locator(".plan-button.on")).to_have_attribute("data-read-plan", first.plan)


def test_the_last_mention_of_each_plan_is_brought_into_view(opened: OpenedPage, store: Store) -> None:
    for plan in store.plans:
        evidence = {(e.start, f.id): e for f in store.features.values() for e in store.evidence(f.id) if e.plan == plan}  # fmt: skip
        (start, feature_id), last = max(evidence.items())
        opened.page.evaluate("id => planAtlas.select(id, true)", feature_id)
        button = opened.page.locator(f'.panel [data-read-plan="{plan}"][data-read-start="{start}"]').first
        button.dispatch_event("click")
        expect(opened.page.locator(".plan-button.on")).to_have_attribute("data-read-plan", plan)
        here = opened.page.locator(f'.reader-body .m.here[data-start="{start}"]')
        expect(here).to_have_text(last.mention)
        assert settled(opened, here), plan


def one_breath(opened: OpenedPage, store: Store, find: Find) -> tuple[Locator, Locator]:
    """The city names its five axes only in one breath: that, and the axis 青烟城镇发展轴 within it."""
    axis = find("青烟城镇发展轴")
    inner = next(e for e in store.evidence(axis.id) if e.plan == "qingdao" and e.before.endswith("、"))
    opened.page.evaluate("e => { planAtlas.reader.open(e[0], e[1]) }", [inner.plan, inner.start])
    here = opened.page.locator(".reader-body .m.here")
    expect(here).to_have_text(inner.mention)
    assert settled(opened, here)
    return here.locator("xpath=ancestor::span[@role='link']"), here


def chosen(opened: OpenedPage) -> str:
    return str(opened.page.evaluate("planAtlas.state.feature"))


def test_a_click_on_a_mention_within_another_offers_both(
    opened: OpenedPage, store: Store, find: Find
) -> None:
    _, inner = one_breath(opened, store, find)
    choices = opened.page.get_by_role("menuitem")
    inner.click()
    expect(choices).to_have_text(["青烟城镇发展轴", "五大发展轴"])
    choices.nth(1).click()
    assert chosen(opened) == find("五大发展轴").id
    expect(choices).to_have_count(0)
    inner.click()
    choices.nth(0).click()
    assert chosen(opened) == find("青烟城镇发展轴").id
    assert opened.complaints == []


def test_mentions_within_one_another_by_keyboard(opened: OpenedPage, store: Store, find: Find) -> None:
    outer, inner = one_breath(opened, store, find)
    outer.focus()
    opened.page.keyboard.press("Enter")
    assert chosen(opened) == find("五大发展轴").id
    inner.focus()
    opened.page.keyboard.press("Enter")
    choices = opened.page.get_by_role("menuitem")
    expect(choices.nth(0)).to_be_focused()
    opened.page.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    expect(inner).to_be_focused()
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_focused()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert chosen(opened) == find("青烟城镇发展轴").id
    expect(inner).to_be_focused()


def test_a_project_opens_its_sentence(opened: OpenedPage, find: Find) -> None:
    opened.click_feature(find("胶州湾").id)
    opened.page.locator(".panel .projects [data-read-plan]").first.click()
    here = opened.page.locator(".reader-body .here")
    assert settled(opened, here.first)


def test_a_mention_in_the_text_shows_on_the_map(opened: OpenedPage, store: Store, find: Find) -> None:
    bay = find("浮山湾区")
    page = opened.page
    page.get_by_role("tab", name="原文").click()
    page.locator(".plan-button[data-read-plan=shinan]").click()
    page.locator(f'.reader-body .m[data-feature="{bay.id}"]').first.click()
    expect(opened.highlighted().first).to_be_attached()
    page.wait_for_function(
        "([w, s, e, n]) => planAtlas.leaflet.getBounds().contains([[s, w], [n, e]])", arg=list(bay.bbox or ())
    )
    said = sum(e.plan == "shinan" for e in store.evidence(bay.id))
    expect(page.locator(".reader-body .m.chosen")).to_have_count(said)
    page.get_by_role("tab", name="要素").click()
    expect(opened.title(bay.name)).to_be_visible()


def test_the_reader_keeps_its_place_when_one_looks_away(opened: OpenedPage) -> None:
    page = opened.page
    page.get_by_role("tab", name="原文").click()
    expect(page.locator(".reader-body header")).to_be_visible()
    page.locator(".reader-body").evaluate("n => { n.scrollTop = 3000 }")
    opened.wait_for_text_at_rest()
    before = page.locator(".reader-body").evaluate("n => n.scrollTop")
    page.get_by_role("tab", name="要素").click()
    page.get_by_role("tab", name="原文").click()
    opened.wait_for_text_at_rest()
    assert before > 2000
    assert page.locator(".reader-body").evaluate("n => n.scrollTop") == pytest.approx(before, abs=50)


def test_the_city_text_says_what_it_lacks(opened: OpenedPage, store: Store) -> None:
    opened.page.get_by_role("tab", name="原文").click()
    gaps = opened.page.locator(".reader-body details.gaps")
    gaps.locator("summary").click()
    expect(gaps).to_contain_text(store.plans["qingdao"].missing[0])
