"""The export page in a browser: the preview follows the form, layouts are kept and loaded, files come or are cancelled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.viewer.browser.opened_page import OpenedPage
from tests.viewer.conftest import Find

SLOW_MS = 60_000
REFUSED = "the server responded with a status of 400"


def at_export(unopened: OpenedPage) -> Page:
    """The export page, opened by its link."""
    return previewed(unopened.go("?v=2&page=export"))


def open_export(opened: OpenedPage) -> Page:
    """The export page, opened from another one."""
    opened.page.locator(".nav[data-page=export]").click()
    return previewed(opened.page)


def previewed(page: Page) -> Page:
    expect(page.locator("#export-image[src]")).to_be_visible(timeout=SLOW_MS)
    expect(state(page)).to_contain_text("预览。", timeout=SLOW_MS)
    return page


def state(page: Page) -> Locator:
    return page.locator("#export-state")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#figure-form [data-field={name}]")


def start(page: Page, name: str) -> Locator:
    return page.locator(f"#figure-form [data-start={name}]")


def asked(page: Page, act: Any) -> dict[str, Any]:
    """The layout that the preview asks for after an act."""
    with page.expect_request("**/preview?longest=*", timeout=SLOW_MS) as told:
        act()
    layout: dict[str, Any] = told.value.post_data_json
    expect(state(page)).not_to_contain_text("正在画", timeout=SLOW_MS)
    return layout


def load(page: Page, content: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-layout=load]").click()
    chooser.value.set_files({"name": "l.json", "mimeType": "application/json", "buffer": content.encode()})


def test_the_preview_follows_each_change(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    assert asked(page, lambda: field(page, "plan").select_option("shinan")) == {
        "version": 1,
        "plan": "shinan",
    }
    asked(page, lambda: field(page, "title").fill("市南区的海岸"))
    layout = asked(page, lambda: page.locator("[data-toggle=flag][data-value=graticule]").click())
    assert layout == {"version": 1, "plan": "shinan", "title": "市南区的海岸", "graticule": True}
    layout = asked(page, lambda: field(page, "paper").select_option("pixels"))
    expect(page.locator("#figure-problems")).to_contain_text("写明像素宽")
    expect(state(page)).to_contain_text("版式有问题")
    asked(page, lambda: field(page, "width_px").fill("1200"))
    layout = asked(page, lambda: field(page, "height_px").fill("800"))
    assert (layout["paper"], layout["width_px"], layout["height_px"]) == ("pixels", 1200, 800)
    expect(page.locator("#figure-problems")).to_be_hidden()
    assert all(REFUSED in line for line in unopened.complaints)
    unopened.complaints.clear()


def test_a_preset_sets_the_page_and_leaves_the_content(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    asked(page, lambda: field(page, "plan").select_option("shinan"))
    layout = asked(page, lambda: start(page, "preset").select_option("汇报用图"))
    assert layout == {
        "version": 1,
        "plan": "shinan",
        "paper": "16:9",
        "dpi": 200,
        "locator": False,
        "enlarge": 1.45,
    }
    expect(page.locator("[data-toggle=flag][data-value=locator]")).to_have_attribute("aria-pressed", "false")


def test_the_extent_is_that_of_the_map_or_of_what_is_chosen_there(unopened: OpenedPage, find: Find) -> None:
    structure = find("三湾一带")
    page = unopened.go(f"?v=2&plan=shinan&feature={structure.id}&box=120.28,36.03,120.43,36.10")
    expect(unopened.title(structure.name)).to_be_visible()
    expect(unopened.highlighted().first).to_be_attached()
    unopened.wait_for_address()
    unopened.wait_for_rest()
    seen = page.evaluate("() => planAtlas.leaflet.getBounds().toBBoxString().split(',').map(Number)")
    open_export(unopened)
    layout = asked(page, lambda: start(page, "extent").select_option("view"))
    assert layout["bbox"] == pytest.approx(seen, abs=0.0005)
    layout = asked(page, lambda: start(page, "extent").select_option("selection"))
    assert structure.id in layout["features"]
    assert "bbox" not in layout
    expect(page.locator("#figure-extent")).to_contain_text(structure.name)
    layout = asked(page, lambda: page.locator("[data-toggle=others]").click())
    assert "features" not in layout
    west, south, east, north = layout["bbox"]
    assert 120.2 < west < east < 120.5
    assert 36.0 < south < north < 36.2
    layout = asked(page, lambda: field(page, "scale").fill("1:50 000"))
    assert layout["scale"] == 50_000
    layout = asked(page, lambda: page.locator("[data-layout=map]").click())
    assert layout["plan"] == "shinan"


def test_a_layout_is_kept_in_a_file_and_loaded_again(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    asked(page, lambda: field(page, "plan").select_option("shinan"))
    field(page, "notes").fill("供讨论")
    page.locator("#figure-form details", has_text="图层").last.evaluate("node => (node.open = true)")
    page.locator("[data-toggle=layers][data-value=axis]").evaluate("node => node.click()")
    with page.expect_download(timeout=SLOW_MS) as download:
        page.locator("[data-layout=save]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    kept = json.loads(text)
    assert (kept["plan"], kept["notes"]) == ("shinan", "供讨论")
    assert "axis" not in kept["layers"]
    page.locator(".nav[data-page=structures]").click()
    expect(page.locator("#figure-form")).to_have_count(0)
    open_export(unopened)
    expect(field(page, "notes")).to_have_value("供讨论")  # the draft lasts
    asked(page, lambda: field(page, "notes").fill(""))
    layout = asked(page, lambda: load(page, text))
    assert layout == kept
    expect(field(page, "notes")).to_have_value("供讨论")
    expect(page.locator("[data-toggle=layers][data-value=axis]")).to_have_attribute("aria-pressed", "false")


WRONG = [
    ("{", ["不是有效的 JSON"]),
    ('{"dpi": 9, "paper": "A7", "colour": "red"}', ["纸张", "分辨率", "colour"]),
    ('{"title": "<img src=x onerror=alert(1)>"}', ["标题"]),
    ('{"plan": "beijing"}', ["没有规划"]),
]


def test_a_wrong_file_is_told_field_by_field_and_changes_nothing(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    asked(page, lambda: field(page, "title").fill("我的图"))
    for content, says in WRONG:
        state(page).evaluate("node => node.replaceChildren()")
        load(page, content)
        expect(state(page)).to_contain_text("没有载入")
        lines = page.locator("#figure-problems li")
        expect(lines).to_have_count(len(says))
        for words in says:
            expect(lines.filter(has_text=words)).to_have_count(1)
        expect(field(page, "title")).to_have_value("我的图")
        expect(page.locator("#figure-problems img")).to_have_count(0)
    assert all(REFUSED in line for line in unopened.complaints)
    unopened.complaints.clear()


def test_a_figure_is_made_as_the_form_says(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    asked(page, lambda: field(page, "plan").select_option("licang"))
    with page.expect_download(timeout=SLOW_MS) as download:
        page.locator("[data-figure=svg]").click()
    assert download.value.suggested_filename == "规划图集-licang.svg"
    assert "李沧区" in Path(download.value.path()).read_text(encoding="utf-8")
    expect(state(page)).to_contain_text("已下载")
    expect(page.locator("#export-cancel")).to_be_hidden()


def test_a_book_tells_how_far_it_is_and_can_be_cancelled(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    page.locator("#book-form [data-field=plan]").select_option("qingdao")
    with page.expect_response(lambda r: r.url.endswith("/books")) as taken:
        page.locator("[data-book=atlas]").click()
    job = taken.value.json()["id"]
    expect(page.locator("#export-progress")).to_be_visible()
    expect(page.locator("#export-progress[value]")).to_be_attached(timeout=SLOW_MS)
    with page.expect_response(lambda r: r.request.method == "DELETE"):
        page.locator("#export-cancel").click()
    expect(state(page)).to_have_text("已取消。")
    expect(page.locator("#export-progress")).to_be_hidden()
    expect(page.locator("[data-book=atlas]")).to_be_enabled()
    gone = page.evaluate("async id => (await fetch('/jobs/' + id)).status", job)
    assert gone == 404
    unopened.complaints.clear()  # the 404 just asked for


def test_the_users_own_scenes_become_a_handout(opened: OpenedPage) -> None:
    page = open_export(opened)
    page.locator("#book-form [data-field=plan]").select_option("own-scenes")
    page.locator("[data-book=handout]").click()
    expect(state(page)).to_contain_text("还没有存场景")
    page.locator("[data-book=atlas]").click()
    expect(state(page)).to_contain_text("先选一部规划")
    page.locator(".nav[data-page=map]").click()
    page.locator("#scenes-button").click()
    page.locator("[data-scenes=save]").click()
    page.locator("[data-scenes=close]").click()
    open_export(opened)
    page.locator("#book-form [data-field=plan]").select_option("own-scenes")
    with page.expect_download(timeout=SLOW_MS) as download:
        page.locator("[data-book=handout]").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def test_the_figure_follows_the_filters_of_the_page(unopened: OpenedPage) -> None:
    page = at_export(unopened)
    page.locator("#page-filter-button").click()
    panel = page.locator("#page-filter-panel")
    layout = asked(page, lambda: panel.locator('[data-facet=status][data-value="planned"]').click())
    assert layout == {"version": 1, "filters": {"status": ["planned"]}}
    layout = asked(page, lambda: panel.locator("[data-filter=plan][data-value=jimo]").click())
    assert layout == {"version": 1, "plan": "jimo", "filters": {"status": ["planned"]}}
    page.keyboard.press("Escape")
    layout = asked(page, lambda: page.locator("#page-filter .filter-chip", has_text="状态").click())
    assert layout == {"version": 1, "plan": "jimo"}
