"""The pages beside the map in a real browser: they open, light up, count along and lead back to the map."""

from __future__ import annotations

from playwright.sync_api import expect

from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage


def show(opened: OpenedPage, page: str) -> None:
    opened.page.locator(f"button[data-page={page}]").click()


def test_pointing_at_a_member_lights_it_in_diagram_and_map(opened: OpenedPage) -> None:
    show(opened, "structures")
    card = opened.page.locator("[data-structure-plan=chengyang] .structure-card", has_text="两横三纵").filter(
        has=opened.page.locator("h3", has_text="两横三纵")
    )
    card.scroll_into_view_if_needed()
    expect(card.locator(".of-map svg")).to_be_visible()
    chip = card.locator(".chip").first
    member = chip.get_attribute("data-member")
    chip.hover()
    for drawing in (".of-diagram", ".of-map"):
        expect(card.locator(f'{drawing} .mark.lit[data-member="{member}"]')).to_be_visible()
    opened.page.mouse.move(2, 2)
    expect(card.locator(".lit")).to_have_count(0)
    card.locator(f'.of-diagram .mark[data-member="{member}"]').click()
    expect(opened.title(chip.inner_text())).to_be_visible(timeout=15_000)


def test_pages_change_places_and_come_back(opened: OpenedPage) -> None:
    for _ in range(2):
        show(opened, "structures")
        expect(opened.page.locator(".structure-card").first).to_be_visible()
        show(opened, "crossplan")
        expect(opened.page.locator(".role").first).to_be_visible()
        expect(opened.page.locator(".structure-card")).to_have_count(0)


def test_totals_follow_the_filters_and_a_row_leads_to_the_map(opened: OpenedPage, store: Store) -> None:
    show(opened, "projects")
    opened.page.wait_for_selector(".ag-row")
    sentence = opened.page.locator("#projects-sentence")
    before = sentence.inner_text()
    opened.page.locator("#projects-words").fill("海天中心")
    expect(sentence).not_to_have_text(before)
    expect(sentence).to_contain_text("138 亿元")
    opened.page.locator("#projects-clear").click()
    expect(sentence).to_have_text(before)
    opened.page.select_option("#projects-plan", "licang")
    opened.page.locator(".year.undated").click()
    rows = [p for p in store.projects() if p.quote.plan == "licang"]
    undated = {p.id for p in rows if not any(q["kind"] == "year" for q in p.quantities)}
    expect(sentence).to_contain_text(f"{len(undated)} 个项目")
    expect(opened.page.locator('.ag-row[row-index="0"] [col-id=plan]')).to_have_text("李沧区")
    cell = opened.page.locator('.ag-row[row-index="0"] [col-id=feature]')
    name = cell.inner_text()
    cell.click()
    expect(opened.title(name)).to_be_visible(timeout=15_000)
    opened.page.mouse.move(2, 2)


def test_only_what_differs_and_two_plans(opened: OpenedPage) -> None:
    show(opened, "crossplan")
    page = opened.page
    expect(page.locator(".shared").first).to_be_visible()
    page.locator("#crossplan-differing").click()
    expect(page.locator(".shared[data-differs=false]:visible")).to_have_count(0)
    last = page.locator(".shared:visible").last
    last.click()
    expect(page.locator(".detail-head h2")).to_have_text(last.locator(".shared-name").inner_text())
    page.locator("[data-crossplan-mode=pair]").click()
    page.select_option("#crossplan-right", "jimo")
    expect(page.locator(".pair-list h2").last).to_contain_text("只有即墨区提到")
