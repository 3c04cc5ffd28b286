"""The layer tree: boxes, groups, filters and their counts."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from layers.store import Store
from layers.styles import Styles
from tests.viewer.browser.opened_page import OpenedPage

_IN_SIGHT = (
    "pane => [...pane.querySelectorAll('path, .symbol')].filter(n => n.getClientRects().length).length"
)


def test_a_box_hides_and_shows_its_layer(opened: OpenedPage) -> None:
    pane, box = opened.pane("axis").first, opened.box("发展轴")
    expect(box).to_be_checked()
    before = pane.evaluate(_IN_SIGHT)
    assert before > 0
    names = opened.page.locator(".name", has_text=re.compile("城镇发展轴$"))
    expect(names).not_to_have_count(0)
    box.uncheck()
    expect(pane).to_be_hidden()
    expect(names).to_have_count(0)
    box.check()
    expect(pane).not_to_have_css("display", "none")
    expect(names).not_to_have_count(0)
    assert pane.evaluate(_IN_SIGHT) == before


def test_a_group_box_has_three_states(opened: OpenedPage, styles: Styles) -> None:
    group = next(g for g in styles.groups if g.id == "industry")
    boxes = [opened.box(style.name) for style in group.categories.values()]
    whole = opened.page.get_by_label(f"{group.name}全部图层")
    expect(whole).to_be_checked()

    boxes[0].uncheck()
    expect(whole).to_have_js_property("indeterminate", True)
    for box in boxes[1:]:
        box.uncheck()
    expect(whole).not_to_be_checked()
    expect(whole).to_have_js_property("indeterminate", False)

    whole.check()
    for box in boxes:
        expect(box).to_be_checked()
    whole.uncheck()
    for box, category in zip(boxes, group.categories, strict=True):
        expect(box).not_to_be_checked()
        expect(opened.pane(category).first).to_have_css("display", "none")


def test_a_group_half_on_goes_wholly_on(opened: OpenedPage, styles: Styles) -> None:
    group = styles.groups[0]
    whole = opened.page.get_by_label(f"{group.name}全部图层")
    expect(whole).to_have_js_property("indeterminate", True)
    whole.click()
    for style in group.categories.values():
        expect(opened.box(style.name)).to_be_checked()
    expect(whole).to_have_js_property("indeterminate", False)


def counted(store: Store, styles: Styles, level: int, plan: str | None) -> dict[str, int]:
    kept = [f for f in store.features.values() if f.level <= level and (not plan or plan in f.plans)]
    return {style.name: sum(f.category == c for f in kept) for c, style in styles.categories.items()}


def test_level_and_plan_filters_change_counts_and_map(
    opened: OpenedPage, store: Store, styles: Styles
) -> None:
    page = opened.page
    assert opened.counts() == counted(store, styles, 1, None)
    frame = page.locator(".map-frame")
    few = frame.evaluate(_IN_SIGHT)

    page.locator(".option[data-filter=level][data-value='3']").click()
    assert opened.counts() == counted(store, styles, 3, None)
    assert frame.evaluate(_IN_SIGHT) > few  # the style sheet has hidden the rest in the same step

    page.locator(".tree .option[data-filter=plan][data-value=jimo]").click()
    assert opened.counts() == counted(store, styles, 3, "jimo")
    expect(page.locator(".tree .option.on")).to_have_text(["即墨区", "全部"])
    strangers = (
        "[...document.querySelectorAll('.f:not(.in-jimo)')].filter(n => n.getClientRects().length).length"
    )
    assert page.evaluate(strangers) == 0
    opened.wait_for_rest()
    assert page.evaluate(strangers) == 0

    page.locator(".tree .option[data-filter=plan][data-value='']").click()
    page.locator(".option[data-filter=level][data-value='1']").click()
    assert opened.counts() == counted(store, styles, 1, None)
    opened.wait_for_rest()
    assert frame.evaluate(_IN_SIGHT) == few


def test_boxes_can_be_worked_by_keyboard(opened: OpenedPage) -> None:
    box = opened.box("发展轴")
    box.focus()
    opened.page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    expect(opened.pane("axis").first).to_have_css("display", "none")
