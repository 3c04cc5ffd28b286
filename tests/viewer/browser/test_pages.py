"""The pages beside the map in a real browser: they open, light up, count along and lead back to the map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from layers.project_table import project_rows
from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage


def show(opened: OpenedPage, page: str) -> None:
    opened.page.locator(f"button[data-page={page}]").click()


_DRAWINGS_THERE = (
    "() => [...document.querySelectorAll('[data-brought]')].every(node => node.childNodes.length)"
)


def test_pointing_at_a_member_lights_it_in_diagram_and_map(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&page=structures")
    card = page.locator("[data-structure-plan=chengyang] .structure-card", has_text="两横三纵").filter(
        has=page.locator("h3", has_text="两横三纵")
    )
    card.scroll_into_view_if_needed()
    for drawing in (".of-diagram", ".of-map"):
        expect(card.locator(f"{drawing} svg")).to_be_visible()
    page.wait_for_function(_DRAWINGS_THERE)  # nothing moves away from under the pointer
    chip = card.locator(".chip").first
    member, name = chip.get_attribute("data-member"), chip.inner_text()
    chip.hover()
    for drawing in (".of-diagram", ".of-map"):
        expect(card.locator(f'{drawing} .mark.lit[data-member="{member}"]')).to_be_visible()
    page.mouse.move(2, 2)
    expect(card.locator(".lit")).to_have_count(0)
    card.locator(f'.of-diagram .mark[data-member="{member}"]').click()
    expect(unopened.title(name)).to_be_visible()


def test_pages_change_places_and_come_back(opened: OpenedPage) -> None:
    for _ in range(2):
        show(opened, "structures")
        expect(opened.page.locator(".structure-card").first).to_be_visible()
        show(opened, "crossplan")
        expect(opened.page.locator(".role").first).to_be_visible()
        expect(opened.page.locator(".structure-card")).to_have_count(0)


# The table draws its rows a moment after it has filtered them.
_TABLE_IN_STEP = """async () => {
  const api = await dash_ag_grid.getApiAsync("projects-grid");
  return document.querySelector('.ag-row[row-index="0"] [col-id=feature]').innerText === api.getDisplayedRowAtIndex(0).data.feature;
}"""


def test_totals_follow_the_filters_and_a_row_leads_to_the_map(unopened: OpenedPage, store: Store) -> None:
    page = unopened.go("?v=2&page=projects")
    page.wait_for_selector(".ag-row")
    sentence = page.locator("#projects-sentence")
    expect(sentence).to_contain_text(f"{len({r.project for r in project_rows(store)})} 个项目")
    before = sentence.inner_text()
    page.locator("#projects-words").fill("海天中心")
    expect(sentence).not_to_have_text(before)
    expect(sentence).to_contain_text("138 亿元")
    page.locator("#projects-clear").click()
    expect(sentence).to_have_text(before)
    page.select_option("#projects-plan", "licang")
    page.locator(".year.undated").click()
    rows = [r for r in project_rows(store) if r.plan == "licang"]
    undated = {r.project for r in rows if r.span is None}
    expect(sentence).to_contain_text(f"{len(undated)} 个项目")
    expect(page.locator('.ag-row[row-index="0"] [col-id=plan]')).to_have_text("李沧区")
    page.wait_for_function(_TABLE_IN_STEP)
    cell = page.locator('.ag-row[row-index="0"] [col-id=feature]')
    name = cell.inner_text()
    cell.click()
    expect(unopened.title(name)).to_be_visible(timeout=15_000)
    page.mouse.move(2, 2)


def test_a_stage_and_a_lane_of_the_timeline_choose_projects(unopened: OpenedPage, store: Store) -> None:
    rows = project_rows(store)
    page = unopened.go("?v=2&page=projects")
    page.wait_for_selector(".ag-row")
    page.locator("#projects-clear").click()
    sentence = page.locator("#projects-sentence")
    page.select_option("#projects-stage", "under_construction")
    building = {r.project for r in rows if r.stage == "under_construction"}
    expect(sentence).to_contain_text(f"{len(building)} 个项目")
    expect(page.locator('.ag-row[row-index="0"] [col-id=stage]')).to_have_text("在建")
    page.locator("#projects-clear").click()
    lane = page.locator('.year[data-year="works--2025"]')
    lane.click()
    finished = {r.project for r in rows if r.finish_year == 2025}
    expect(sentence).to_contain_text(f"{len(finished)} 个项目")
    expect(lane.locator(".bar-count")).to_have_text(str(len(finished)))
    page.locator("#projects-clear").click()


def test_only_what_differs_and_two_plans(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&page=crossplan")
    expect(page.locator(".shared").first).to_be_visible()
    page.locator("#crossplan-differing").click()
    expect(page.locator(".shared[data-differs=false]:visible")).to_have_count(0)
    last = page.locator(".shared:visible").last
    last.click()
    expect(page.locator(".detail-head h2")).to_have_text(last.locator(".shared-name").inner_text())
    page.locator("[data-crossplan-mode=pair]").click()
    page.select_option("#crossplan-right", "plan:jimo")
    expect(page.locator(".pair-list h2").last).to_contain_text("只有即墨区提到")
    expect(page.locator("#side-right-name")).to_contain_text("即墨区")


_MOVED = """() => ['left', 'right'].map(function (side) {
  const at = new DOMMatrix(getComputedStyle(document.querySelector('#side-' + side + ' .leaflet-map-pane')).transform);
  return [at.e, at.f]; })"""


def test_two_maps_move_together_and_light_up_together(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&page=crossplan")
    page.locator("[data-crossplan-mode=pair]").click()
    expect(page.locator("#side-right path.f").first).to_be_attached()
    expect(page.locator("#side-left path.f").first).to_be_attached()
    page.evaluate("planAtlas.sideBySide.maps().forEach(map => { map.options.inertia = false })")
    box = page.locator("#side-left").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, box["y"] + 150, steps=4)
    page.mouse.up()
    page.wait_for_function(f"() => Math.abs(({_MOVED})()[0][0] + 80) <= 1")
    left, right = page.evaluate(_MOVED)
    assert left == pytest.approx([-80, -50], abs=1)
    assert right == pytest.approx(left, abs=1)
    page.locator(".pair-item", has_text="胶州湾").first.hover()
    expect(page.locator("#side-left .lit")).not_to_have_count(0)
    expect(page.locator("#side-right .lit")).not_to_have_count(0)
    page.locator("#side-fade").click()
    expect(page.locator("#side-left .common:not(.lit)").first).to_have_css("opacity", "0.16")


def test_the_right_side_follows_the_kind_of_the_left(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&page=crossplan")
    page.locator("[data-crossplan-mode=pair]").click()
    page.select_option("#crossplan-left", "status:built")
    expect(page.locator("#crossplan-right")).to_have_value("status:planned")
    expect(page.locator("#side-right-name")).to_contain_text("规划、在建或改造")
    page.wait_for_function("() => location.search.includes('status')")
    page.reload()
    expect(page.locator("#side-left-name")).to_contain_text("已有", timeout=20_000)
