"""The coverage page: a plan's chapters open, a number lists its rows, the link brings both back, and a ledger that is still
being made takes its place by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from layers.ledger_file import LedgerRow, keep_ledger
from layers.store import Store
from layers.view_link import ViewState, encode_link
from tests.viewer.browser.axe import serious_violations
from tests.viewer.browser.opened_page import OpenedPage, fresh_page
from tests.viewer.browser.serving import serving

CHAPTERS = ("第一章 起步", "第二章 走远")
LINK = encode_link(ViewState(page="coverage"))


def rows() -> list[LedgerRow]:
    return [
        LedgerRow(plan, chapter, 3, 20, f"{n}号地", bin_, "原因", "", f"说到{n}号地。")
        for plan in ("shinan", "licang")
        for chapter in CHAPTERS
        for bin_, count in (("outside", 2), ("generic", 1))
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def with_ledger(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose store has a ledger beside it."""
    path = Path(shutil.copy(store.path, tmp_path_factory.mktemp("coverage") / "atlas.gpkg"))
    keep_ledger(rows(), path, store.inputs)
    with serving(path) as server:
        yield server.url


@pytest.fixture
def coverage(chromium: Browser, with_ledger: str) -> Iterator[OpenedPage]:
    with fresh_page(chromium, with_ledger) as opened:
        yield opened
        assert opened.foreign == []
        assert opened.complaints == []


def test_a_chapter_is_chosen_and_the_link_brings_it_back(coverage: OpenedPage) -> None:
    coverage.go(LINK)
    page = coverage.page
    expect(page.locator("#coverage-rows h2")).to_contain_text("全部规划 · 规划范围之外：2 个词，8 处")
    expect(page.locator(".chapter-row:visible")).to_have_count(0)
    page.locator("[data-coverage-open=shinan]").click()
    expect(page.locator(".chapter-row:visible")).to_have_count(len(CHAPTERS))
    expect(page.locator("#coverage-rows h2")).to_contain_text("市南区 · 规划范围之外")
    expect(page).to_have_url(re.compile("coverage.plan=shinan"))  # a step of its own for 「back」
    second = page.locator(".chapter-row:visible", has_text="第二章")
    second.locator("[data-coverage-bin=generic]").click()
    expect(page.locator("#coverage-rows h2")).to_contain_text("第二章 走远 · 口号或通用词：1 个词，1 处")
    expect(page.locator("#coverage-rows .ledger li")).to_have_count(1)
    expect(page).to_have_url(re.compile("coverage.chapter="))
    assert serious_violations(page) == []
    page.reload()
    expect(page.locator('.cell[aria-pressed="true"]')).to_have_attribute("data-coverage-chapter", CHAPTERS[1])
    expect(page.locator("#coverage-rows h2")).to_contain_text("第二章 走远 · 口号或通用词")
    page.go_back()
    expect(page.locator("#coverage-rows h2")).to_contain_text("市南区 · 规划范围之外")
    page.locator("[data-coverage-open=shinan]").click()
    expect(page.locator(".chapter-row:visible")).to_have_count(0)
    expect(page.locator("#coverage-rows h2")).to_contain_text("全部规划")


def test_the_filter_of_plans_opens_its_chapters(coverage: OpenedPage) -> None:
    coverage.go(encode_link(ViewState(page="coverage", plan="licang")))
    page = coverage.page
    expect(page.locator(".chapter-row:visible")).to_have_count(len(CHAPTERS))
    expect(page.locator(".plan-row:visible")).to_have_text([re.compile("李沧区")])
    expect(page.locator("#page-filter-words")).to_contain_text("已按筛选隐藏 6 处")


def test_a_link_to_a_chapter_that_is_not_there_says_so(coverage: OpenedPage) -> None:
    parts = {"coverage": {"plan": "shinan", "chapter": "第九章", "bin": "outside"}}
    coverage.go(encode_link(ViewState(page="coverage", parts=parts)))
    expect(coverage.page.locator("#page-notice")).to_contain_text("「收录」页没有「shinan 第九章 outside」")
    expect(coverage.page.locator("#coverage-rows h2")).to_contain_text("全部规划")


MAKING = (
    '<div class="coverage-page"><h1>收录情况</h1><div id="coverage-making" class="coverage-making"><p>正在生成</p>'
    '<progress value="0.1" max="1" aria-label="进度"></progress><p class="making-words" role="status"></p></div></div>'
)


def test_it_takes_its_place_when_it_is_made(coverage: OpenedPage) -> None:
    """The server's answers while it works are stood in for; what comes when it is done is the server's own."""
    page = coverage.page
    told = iter(["making", "making", "made"])

    def state(route: Route) -> None:
        step = next(told)
        route.fulfill(json={"step": step, "share": 0.6, "words": "已完成 60%" if step == "making" else ""})

    page.route("**/coverage/state*", state)
    page.route(
        "**/coverage/page*", lambda route: route.fulfill(body=MAKING, content_type="text/html"), times=1
    )
    coverage.go(LINK)
    expect(page.locator(".making-words")).to_have_text("已完成 60%")
    expect(page.locator("#coverage-making progress")).to_have_attribute("value", "0.6")
    expect(page.locator(".coverage-table")).to_be_visible()
    expect(page.locator("#coverage-making")).to_have_count(0)
    expect(page.locator("#coverage-rows h2")).to_contain_text("全部规划")
