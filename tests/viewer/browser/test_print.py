"""Ctrl+P in a browser: what stands on paper, and that the screen is as before."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from layers.project_table import project_rows
from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage

SLOW_MS = 60_000
Print = Callable[[], tuple[str, int]]


def plain(text: str) -> str:
    """Text without spaces, and with letters for the radicals that stand for them in a PDF."""
    return "".join(unicodedata.normalize("NFKC", text).split())


NOTICE = plain("示意图，不作为法定依据")


@pytest.fixture
def printed(unopened: OpenedPage, tmp_path: Path) -> Print:
    """The text of the page on paper without spaces, and the number of sheets."""

    def run() -> tuple[str, int]:
        path = tmp_path / "page.pdf"
        unopened.page.set_default_timeout(SLOW_MS)
        unopened.page.pdf(path=path, prefer_css_page_size=True)
        sheets = PdfReader(path).pages
        text = "".join(sheet.extract_text() for sheet in sheets)
        return "".join(unicodedata.normalize("NFKC", text).split()), len(
            sheets
        )  # the font's radicals are the letters

    return run


def test_the_map_is_one_page_with_all_that_explains_it(opened: OpenedPage, printed: Print) -> None:
    page = opened.page
    page.locator("[data-theme-name=dark]").click()
    before = page.evaluate(
        "() => [planAtlas.leaflet.getBounds().toBBoxString(), planAtlas.leaflet.getSize().x]"
    )
    text, sheets = printed()
    assert sheets == 1
    for words in (NOTICE, "OpenStreetMap", "高德", "发展轴", "按原文点到的地名画出的示意图形"):
        assert words in text
    assert "搜索" not in text
    after = page.evaluate(
        "() => [planAtlas.leaflet.getBounds().toBBoxString(), planAtlas.leaflet.getSize().x]"
    )
    assert after[1] == before[1]
    numbers = [[float(v) for v in box.split(",")] for box in (before[0], after[0])]
    assert numbers[0] == pytest.approx(numbers[1], abs=0.002)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".print-head, .print-foot, .print-legend")).to_have_count(0)


def test_the_panel_follows_the_map_uncut(opened: OpenedPage, printed: Print) -> None:
    opened.search("胶州湾")
    expect(opened.title("胶州湾")).to_be_visible()
    opened.wait_for_rest()
    last = opened.page.locator(".panel .line:visible").last.inner_text()
    text, sheets = printed()
    assert sheets > 1
    assert plain(last)[-5:] in text


def test_a_plan_is_printed_to_its_last_line(opened: OpenedPage, printed: Print) -> None:
    page = opened.page
    page.locator(".tab[data-tab=reader]").click()
    page.locator(".plan-button", has_text="市南区").click()
    expect(page.locator("#reader-body p").nth(50)).to_be_attached()
    last = page.locator("#reader-body p").last
    words = plain(last.text_content() or "")
    text, _ = printed()
    assert words[-6:] in text
    assert NOTICE in text


def test_every_structure_comes_with_its_drawings(unopened: OpenedPage, printed: Print) -> None:
    page = unopened.go("?v=2&page=structures")
    expect(page.locator(".structure-card").first).to_be_visible()
    names = page.locator(".structure-card h3").all_inner_texts()
    expect(page.locator("[data-drawing]:not([data-brought])")).to_have_count(0, timeout=90_000)
    text, _ = printed()
    assert [n for n in names if plain(n) not in text] == []
    assert NOTICE in text


def test_the_table_has_every_row_that_the_filters_leave(
    unopened: OpenedPage, printed: Print, store: Store
) -> None:
    page = unopened.go("?v=2&page=projects")
    page.wait_for_selector(".ag-row")
    page.select_option("#projects-stage", "under_construction")
    rows = [r for r in project_rows(store) if r.stage == "under_construction"]
    expect(page.locator("#projects-sentence")).to_contain_text(f"表中 {len(rows)} 行")
    text, _ = printed()
    assert f"{len(rows)}行" in text
    assert NOTICE in text
    expect(page.locator(".print-table")).to_have_count(0)
