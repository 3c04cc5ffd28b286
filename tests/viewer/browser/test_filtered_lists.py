"""Every list, table and map beside the big map follows the filters, says what it leaves out, and offers to clear them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from layers.comparison import Side, compare
from layers.crossplan import shared_features
from layers.facets import Facets, feature_facets
from layers.project_table import project_rows
from layers.store import Store
from layers.view_link import ViewState, encode_link
from tests.viewer.browser.opened_page import OpenedPage

FILTERS = {"status": ("planned", "under_construction")}


def go(unopened: OpenedPage, state: ViewState) -> Page:
    return unopened.go(encode_link(state))


def passes(facets: Facets) -> bool:
    return facets.status in FILTERS["status"]


def test_the_projects_follow_and_are_cleared(unopened: OpenedPage, store: Store) -> None:
    facets = feature_facets(store)
    page = go(unopened, ViewState(page="projects", plan="licang", filters=FILTERS))
    rows = project_rows(store)
    kept = {r.project for r in rows if r.plan == "licang" and passes(facets[r.feature])}
    every = {r.project for r in rows}
    expect(page.locator("#page-filter .filter-chip")).to_have_text(
        ["规划：李沧区", "状态：规划", "状态：在建"]
    )
    expect(page.locator("#projects-sentence")).to_contain_text(f"{len(kept)} 个项目", timeout=20_000)
    expect(page.locator("#projects-plan")).to_have_value("licang")
    expect(page.locator("#page-filter-words")).to_have_text(f"已按筛选隐藏 {len(every - kept)} 个项目")
    page.select_option("#projects-plan", "")
    expect(page.locator("#page-filter .filter-chip")).to_have_text(["状态：规划", "状态：在建"])
    page.locator("#page-filter [data-clear-filters]").click()
    expect(page.locator("#projects-sentence")).to_contain_text(f"{len(every)} 个项目")
    expect(page.locator("#page-filter .filter-chip")).to_have_count(0)
    expect(page.locator("#page-filter [data-clear-filters]")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("status="))


def test_structures_and_comparison_follow(unopened: OpenedPage, store: Store) -> None:
    facets = feature_facets(store)
    page = go(unopened, ViewState(page="structures", plan="chengyang", filters=FILTERS))
    expect(page.locator(".structure-plan:visible")).to_have_count(1, timeout=20_000)
    out = [
        i
        for s in store.structures
        for g in store.features[s].members.values()
        for i in g
        if not passes(facets[i])
    ]
    chip = page.locator(".structure-card:visible .chip.filtered").first
    expect(chip).to_have_attribute("aria-description", "不在当前筛选内")
    left_out = "[...document.querySelectorAll('.structure-card:not([hidden]) .chip.filtered')].map(c => c.dataset.member)"
    others = {i for i, f in facets.items() if "chengyang" not in f.plans}
    assert {*page.evaluate(left_out)} <= {*out} | others
    expect(page.locator(".members-kept:not(:empty)").first).to_contain_text("不在当前筛选内")
    page.locator(".nav[data-page=crossplan]").click()
    shared = {f.id for f in shared_features(store) if passes(facets[f.id]) and "chengyang" in f.plans}
    expect(page.locator(".shared:visible")).to_have_count(len(shared), timeout=20_000)
    page.locator("[data-crossplan-mode=pair]").click()
    expect(page.locator(".pair-list h2 .count").last).to_contain_text("/")
    expect(page.locator("#page-filter-words")).to_contain_text("不按「规划」筛选")
    assert sides_listed(page) == sides_kept(store, "qingdao", "chengyang")
    page.select_option("#crossplan-right", "plan:jimo")
    expect(page.locator(".pair-list h2").last).to_contain_text("只有即墨区提到")
    assert sides_listed(page) == sides_kept(store, "qingdao", "jimo")  # at once, with their heading


def sides_listed(page: Page) -> set[str]:
    return {*page.locator(".pair-row:visible").evaluate_all("rows => rows.map(r => r.dataset.sideFeature)")}


def sides_kept(store: Store, left: str, right: str) -> set[str]:
    facets = feature_facets(store)
    found = compare(store, Side("plan", left), Side("plan", right), 1)
    return {
        i
        for group in (found.differing, found.alike, found.left, found.right)
        for i in group
        if passes(facets[i])
    }


# What is painted is what a frame ends with: a row of the side lists that the filters leave out, seen in any frame.
_WATCH = """() => { window.unfiltered = [];
  const look = () => {
    for (const row of document.querySelectorAll(".crossplan-pair:not([hidden]) .pair-row:not([hidden])"))
      if (!planAtlas.keeps(row.dataset.sideFeature, true)) window.unfiltered.push(row.dataset.sideFeature);
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port2.onmessage = look; port1.postMessage(0); });
  };
  look(); }"""


def test_no_row_is_painted_before_it_is_filtered_and_none_is_asked_for_twice(unopened: OpenedPage) -> None:
    page = go(unopened, ViewState(page="crossplan", filters=FILTERS))
    expect(page.locator(".shared:visible").first).to_be_visible()
    page.evaluate(_WATCH)
    page.locator("[data-crossplan-mode=pair]").click()
    expect(page.locator("#side-right-name")).to_contain_text("图上")
    for plan, district in (("jimo", "即墨区"), ("shinan", "市南区")):
        page.select_option("#crossplan-right", f"plan:{plan}")
        expect(page.locator(".pair-list h2").last).to_contain_text(f"只有{district}提到")
        expect(page.locator("#side-right-name")).to_contain_text(district)
    assert page.evaluate("window.unfiltered") == []
    lists = [url for url in unopened.requests if re.search("/crossplan/sides/[^/]+/[^/]+/[0-9]([?]|$)", url)]
    assert len(lists) == 2  # the first ones came with the page


def test_search_panel_and_text_mark_what_is_left_out(unopened: OpenedPage, store: Store) -> None:
    facets = feature_facets(store)
    page = go(unopened, ViewState(plan="chengyang", filters=FILTERS))
    expect(page.locator("#filter-chips .filter-chip")).to_have_count(3)
    page.locator("#search").fill("发展轴")
    results = page.locator("#search-results .result")
    expect(results.first).to_be_visible()
    expect(page.locator("#search-results .result.filtered")).not_to_have_count(0)
    expect(page.locator("#search-results .result:not(.filtered)")).not_to_have_count(0)
    page.locator("#search").fill("红岛街道")
    page.locator("#search-results .result.filtered", has_text="红岛街道").first.click()
    expect(page.locator("#feature-panel > .filter-note")).to_contain_text("这个要素不在当前筛选内")
    out = page.locator("#feature-panel .chip.filtered").evaluate_all(
        "all => all.map(one => one.dataset.feature)"
    )
    assert out
    assert all(not passes(facets[i]) or "chengyang" not in facets[i].plans for i in out)
    page.locator(".tab[data-tab=reader]").click()
    expect(page.locator("#reader-filtered")).to_contain_text("不在当前筛选内", timeout=20_000)
    page.locator("#reader-filtered [data-clear-filters]").click()
    expect(page.locator("#reader-filtered")).to_be_hidden()
    expect(page.locator("#reader-body .m.filtered")).to_have_count(0)


def test_the_panel_lists_what_stands_along_a_feature(opened: OpenedPage) -> None:
    opened.search("浮山湾区")
    page = opened.page
    expect(opened.title("浮山湾区")).to_be_visible()
    page.locator("[data-jump=panel-nearby]").click()
    expect(page.locator(".nearby-head")).to_contain_text("写明投资", timeout=20_000)
    page.locator("#panel-nearby .chip", has_text="海天中心").first.click()
    expect(opened.title("海天中心")).to_be_visible()
    page.locator("[data-scenes=add]").click()
    expect(page.locator("#page-notice")).to_contain_text("已存为第 1 幕")
