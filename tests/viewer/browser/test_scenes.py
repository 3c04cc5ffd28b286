"""Scenes and the stage in a browser: keeping, changing, files, keys, the presenter's window, and nothing but text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from layers.view_link import check_link
from tests.viewer.browser.opened_page import OpenedPage, open_page
from tests.viewer.conftest import Find

MARKUP = '<img src=x onerror="window.hacked=1"><b>粗</b>'
SIZES = [(1280, 720), (1920, 1080)]


def scene_file(**changes: Any) -> dict[str, Any]:
    """A file of two scenes as 「导出」 writes it, with something changed."""
    scenes = [
        {"id": "a", "chapter": "", "caption": "甲\n第一幕", "note": "讲稿甲", "link": "?v=1&layers=bay&box=120.2,36.0,120.5,36.2"},
        {"id": "b", "chapter": "", "caption": "乙", "note": "", "link": "?v=1&layers=bay.axis&box=120.2,36.0,120.5,36.2"},
    ]  # fmt: skip
    return {"schema": "plan-atlas-scenes", "version": 1, "title": "", "scenes": scenes} | changes


def open_drawer(page: Page) -> None:
    page.get_by_role("button", name="演示", exact=True).click()


def words(page: Page) -> Locator:
    return page.locator("#scenes-words")


def names(page: Page) -> Locator:
    return page.locator(".scene-name")


def import_text(page: Page, text: str) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-scenes=import]").click()
    chooser.value.set_files({"name": "scenes.json", "mimeType": "application/json", "buffer": text.encode()})


def import_scenes(page: Page, **changes: Any) -> None:
    open_drawer(page)
    import_text(page, json.dumps(scene_file(**changes)))
    expect(words(page)).to_contain_text("已读入")


def load_ready(page: Page, plan: str) -> None:
    open_drawer(page)
    page.locator("#scenes-plan").select_option(plan)
    page.get_by_role("button", name="载入").click()
    expect(words(page)).to_contain_text("已载入")


def start(page: Page) -> None:
    page.get_by_role("button", name="开始放映").click()
    expect(page.locator("#stage-caption")).to_be_visible()


def caption(page: Page) -> Locator:
    return page.locator("#stage-caption")


def test_a_view_is_saved_captioned_and_there_again_after_a_reload(opened: OpenedPage, find: Find) -> None:
    page = opened.page
    bay = find("胶州湾")
    opened.click_feature(bay.id)
    expect(opened.title(bay.name)).to_be_visible()
    open_drawer(page)
    page.get_by_role("button", name="保存当前视图").click()
    expect(names(page)).to_have_text([bay.name])
    page.locator("textarea").first.fill("我们的湾\n说明")
    page.locator("textarea").nth(1).fill("先说湾")
    page.locator("textarea").nth(1).blur()
    expect(words(page)).to_have_text("已存。")
    before = page.evaluate("planAtlas.leaflet.getBounds().toBBoxString()")
    opened.open()
    open_drawer(page)
    expect(names(page)).to_have_text(["我们的湾"])
    page.get_by_role("button", name="看", exact=True).or_(page.get_by_title("在地图上看这一幕")).first.click()
    expect(opened.title(bay.name)).to_be_visible()
    opened.wait_for_rest()
    after = page.evaluate("planAtlas.leaflet.getBounds().toBBoxString()")
    assert [float(v) for v in after.split(",")] == pytest.approx(
        [float(v) for v in before.split(",")], abs=0.01
    )


def test_order_deletion_and_undo_by_keyboard(opened: OpenedPage) -> None:
    page = opened.page
    import_scenes(page)
    page.locator(".scene").nth(1).get_by_title("上移").focus()
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["乙", "甲"])
    expect(page.locator('.scene[data-scene="b"] :focus')).to_be_attached()
    page.locator(".scene").nth(0).get_by_title("删除这一幕").click()
    expect(names(page)).to_have_text(["甲"])
    expect(words(page)).to_contain_text("已删除「乙」")
    undo = page.get_by_role("button", name="撤销")
    undo.click()
    undo.click()
    expect(names(page)).to_have_text(["甲", "乙"])
    undo.click()
    expect(names(page)).to_have_text([])
    expect(undo).to_be_disabled()


def test_what_is_exported_can_be_imported(opened: OpenedPage) -> None:
    page = opened.page
    import_scenes(page)
    with page.expect_download() as download:
        page.locator("[data-scenes=export]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    sent = [{**scene, "link": check_link(scene["link"])} for scene in scene_file()["scenes"]]
    assert json.loads(text) == scene_file(scenes=sent)
    import_text(page, text)
    expect(names(page)).to_have_text(["甲", "乙"])


GOOD = scene_file()["scenes"][0]
WRONG: list[tuple[str, str]] = [
    ("no json {", "不是 JSON"),
    ("[]", "不是规划图集的演示场景"),
    ("null", "不是规划图集的演示场景"),
    ('{"type": "FeatureCollection"}', "不是规划图集的演示场景"),
    (json.dumps(scene_file(version=2)), "版本是 2"),
    (json.dumps(scene_file(scenes={"a": 1})), "没有场景列表"),
    (json.dumps(scene_file(scenes=[GOOD, 3])), "第 2 个场景不是一个对象"),
    (json.dumps(scene_file(scenes=[GOOD | {"caption": 3}])), "caption 不是文字"),
    (json.dumps(scene_file(scenes=[GOOD | {"note": "长" * 9000}])), "太长"),
    (json.dumps(scene_file(scenes=[GOOD | {"link": "javascript:alert(1)"}])), "不是本图集的视图链接"),
    (json.dumps(scene_file(scenes=[GOOD | {"link": "https://example.org/?v=1"}])), "不是本图集的视图链接"),
    (json.dumps(scene_file(scenes=[GOOD | {"link": "?v=7"}])), "链接版本是 7"),
    (json.dumps(scene_file(scenes=[GOOD] * 401)), "最多 400 个"),
]


def test_a_wrong_file_gets_one_sentence_and_changes_nothing(opened: OpenedPage) -> None:
    page = opened.page
    import_scenes(page)
    for text, says in WRONG:
        import_text(page, text)
        expect(words(page)).to_contain_text(says)
        expect(words(page)).to_contain_text("没有读入")
        expect(names(page)).to_have_text(["甲", "乙"])


def test_markup_in_scenes_stays_text_everywhere(opened: OpenedPage) -> None:
    page = opened.page
    scene = GOOD | {"id": MARKUP, "chapter": MARKUP, "caption": f"{MARKUP}\n{MARKUP}", "note": MARKUP}
    import_scenes(page, title=MARKUP, scenes=[scene, scene])
    expect(page.locator(".scene-name").first).to_have_text(MARKUP)
    expect(page.locator(".scene-chapter").first).to_have_text(MARKUP)
    with page.context.expect_page() as popup:
        page.get_by_role("button", name="讲者窗口").click()
    presenter = popup.value
    start(page)
    expect(caption(page)).to_have_text(MARKUP)
    expect(page.locator("#stage-second")).to_have_text(MARKUP)
    expect(presenter.locator("#note")).to_have_text(MARKUP)
    expect(presenter.locator("#next")).to_have_text(MARKUP)
    for window in (page, presenter):
        assert window.evaluate("window.hacked === undefined")
        expect(window.locator("img[src=x]")).to_have_count(0)
        expect(window.locator("b", has_text="粗")).to_have_count(0)


def test_without_storage_one_sentence_says_so(chromium: Browser, url: str) -> None:
    with open_page(chromium, url) as opened:
        page = opened.page
        page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('off') } }")
        open_drawer(page)
        page.get_by_role("button", name="保存当前视图").click()
        expect(words(page)).to_contain_text("不保存网页的数据")
        expect(names(page)).to_have_count(1)


def test_a_ready_set_shows_a_structure_member_by_member(opened: OpenedPage, find: Find) -> None:
    page = opened.page
    load_ready(page, "shinan")
    page.locator("#scenes-move").select_option("cut")
    start(page)
    expect(caption(page)).to_have_text("市南区")
    page.keyboard.press("ArrowRight")
    expect(caption(page)).to_have_text("三湾一带")
    asked = len([u for u in opened.requests if "/layers/" in u])
    members = ["浮山湾区", "汇泉湾区", "青岛湾区"]
    for number, member in enumerate(members, 1):
        page.keyboard.press("PageDown")
        expect(caption(page)).to_have_text(member)
        expect(opened.highlighted().first).to_be_attached()
        expect(page.locator(".map-frame .f.kept:visible")).to_have_count(number)
        expect(page.locator("#stage-legend")).to_contain_text("推定：")
        expect(page.locator(".name").filter(has_text=member)).to_be_visible()
        expect(page.locator(".leaflet-layer-road-pane .f:visible")).to_have_count(0)
    assert len([u for u in opened.requests if "/layers/" in u]) == asked


# The middle of the light spot, within two pixels.
_SPOT_AT = """([x, y]) => {
  const box = document.getElementById("stage-spot").getBoundingClientRect();
  return Math.abs(box.x + box.width / 2 - x) <= 2 && Math.abs(box.y + box.height / 2 - y) <= 2;
}"""


def test_keys(opened: OpenedPage) -> None:
    page = opened.page
    load_ready(page, "shinan")
    page.locator("#scenes-move").select_option("cut")
    start(page)
    count = page.locator("#stage-count")
    total = page.locator(".scene").count()
    expect(count).to_have_text(f"1 / {total}")
    for key, place in (
        ("ArrowRight", 2), ("ArrowDown", 3), ("PageDown", 4), ("Space", 5), ("ArrowLeft", 4), ("ArrowUp", 3),
        ("PageUp", 2), ("End", total), ("ArrowRight", total), ("Home", 1), ("ArrowLeft", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(count).to_have_text(f"{place} / {total}")
    page.keyboard.type("12")
    expect(page.locator("#stage-jump")).to_have_text("第 12 幕")
    page.keyboard.press("Enter")
    expect(count).to_have_text(f"12 / {total}")
    page.keyboard.type("7")
    expect(count).to_have_text(f"7 / {total}")
    page.keyboard.press("p")
    page.mouse.move(300, 200)
    spot = page.locator("#stage-spot")
    expect(spot).to_be_visible()
    page.wait_for_function(_SPOT_AT, arg=[300, 200])
    page.keyboard.press("p")
    expect(spot).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator("#stage-keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(caption(page)).to_be_hidden()
    expect(page.locator(".head")).to_be_visible()


def test_full_screen_is_left_by_f_and_the_stage_stays(opened: OpenedPage) -> None:
    page = opened.page
    import_scenes(page)
    page.evaluate(
        "() => { window.changes = 0; document.addEventListener('fullscreenchange', () => window.changes++) }"
    )
    changed = "n => window.changes === n && Boolean(document.fullscreenElement) === Boolean(n % 2)"
    start(page)
    page.wait_for_function(changed, arg=1)
    page.keyboard.press("f")
    page.wait_for_function(changed, arg=2)  # a browser that is still leaving does not enter again
    expect(caption(page)).to_have_text("甲")
    page.keyboard.press("f")
    page.wait_for_function(changed, arg=3)
    page.evaluate("document.exitFullscreen()")  # as the browser does on Esc
    expect(caption(page)).to_be_hidden()


def test_the_stage_fills_the_window_where_full_screen_is_refused(opened: OpenedPage) -> None:
    page = opened.page
    page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new Error('no')) }")
    import_scenes(page)
    start(page)
    expect(page.locator(".head")).to_be_hidden()
    box = page.locator(".map").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1440, 900)


_NOTE_FIRST_MOVE = """() => {
  const map = planAtlas.leaflet;
  map.once('move', () => { window.firstMove = map.getCenter().lat; });
}"""


@pytest.mark.parametrize("quiet", ["setting", "system"])
def test_the_camera_cuts_when_movement_is_unwanted(opened: OpenedPage, quiet: str) -> None:
    page = opened.page
    far = GOOD | {"id": "c", "link": "?v=1&layers=bay&box=119.9,36.7,120.1,36.9"}
    import_scenes(page, scenes=[GOOD, far])
    if quiet == "system":
        page.emulate_media(reduced_motion="reduce")
    else:
        page.locator("#scenes-move").select_option("cut")
    start(page)
    page.wait_for_function("() => Boolean(document.fullscreenElement)")
    opened.wait_for_rest()
    page.evaluate(_NOTE_FIRST_MOVE)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stage-count")).to_have_text("2 / 2")
    opened.wait_for_rest()
    assert page.evaluate("planAtlas.leaflet.getCenter().lat") == pytest.approx(36.78, abs=0.1)
    assert page.evaluate("window.firstMove") == pytest.approx(
        36.78, abs=0.1
    )  # a flight begins near where it was


def test_the_presenter_window_follows_and_drives(opened: OpenedPage) -> None:
    page = opened.page
    complaints: list[str] = []
    import_scenes(page)
    with page.context.expect_page() as popup:
        page.get_by_role("button", name="讲者窗口").click()
    presenter = popup.value
    presenter.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    presenter.on("pageerror", lambda e: complaints.append(str(e)))
    presenter.reload()
    expect(presenter.locator("#caption")).to_have_text("放映还没有开始")
    start(page)
    expect(presenter.locator("#caption")).to_have_text("甲")
    expect(presenter.locator("#second")).to_have_text("第一幕")
    expect(presenter.locator("#note")).to_have_text("讲稿甲")
    expect(presenter.locator("#next")).to_have_text("乙")
    expect(presenter.locator("#place")).to_have_text("1 / 2")
    presenter.keyboard.press("PageDown")
    expect(caption(page)).to_have_text("乙")
    expect(presenter.locator("#next")).to_have_text("这是最后一幕")
    presenter.get_by_role("button", name="上一幕").click()
    expect(caption(page)).to_have_text("甲")
    expect(presenter.locator("#elapsed")).not_to_have_text("0:00")
    page.keyboard.press("Escape")
    expect(presenter.locator("#caption")).to_have_text("放映还没有开始")
    assert complaints == []


def test_the_presenter_sees_what_comes_next(opened: OpenedPage) -> None:
    page = opened.page
    far = GOOD | {"id": "c", "caption": "丙", "link": "?v=2&plan=shinan&box=120.30,36.03,120.45,36.12"}
    import_scenes(page, scenes=[GOOD, far, GOOD])
    with page.context.expect_page() as popup:
        page.get_by_role("button", name="讲者窗口").click()
    presenter = popup.value
    start(page)
    picture = presenter.locator("#next-picture")
    expect(picture).to_be_visible(timeout=60_000)
    expect(picture).to_have_attribute("src", re.compile("plan%3Dshinan"))
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 300
    presenter.keyboard.press("End")
    expect(presenter.locator("#next")).to_have_text("这是最后一幕")
    expect(picture).to_be_hidden()


def test_a_scene_that_cannot_be_drawn_keeps_its_words(opened: OpenedPage) -> None:
    page = opened.page
    off = GOOD | {"id": "c", "caption": "丙", "link": "?v=2&box=10,20,11,21"}
    import_scenes(page, scenes=[GOOD, off])
    with page.context.expect_page() as popup:
        page.get_by_role("button", name="讲者窗口").click()
    presenter = popup.value
    with presenter.expect_response(lambda r: "box%3D10.0" in r.url, timeout=60_000) as refused:
        start(page)
    assert refused.value.status == 400
    expect(presenter.locator("#next")).to_have_text("丙")
    expect(presenter.locator("#next-picture")).to_be_hidden()


def test_the_panel_of_the_next_scene_is_asked_for_ahead(opened: OpenedPage, find: Find) -> None:
    page = opened.page
    bay = find("胶州湾")
    import_scenes(
        page, scenes=[GOOD, GOOD | {"id": "c", "link": f"?v=2&feature={bay.id}&box=120.0,36.0,120.5,36.3"}]
    )
    with page.expect_response(f"**/panel/{bay.id}*"):
        start(page)
    expect(caption(page)).to_have_text("甲")


def test_the_qr_code_is_of_the_scene(opened: OpenedPage) -> None:
    page = opened.page
    import_scenes(page)
    start(page)
    page.keyboard.press("q")
    image = page.locator("#stage-qr-image")
    expect(image).to_be_visible()
    page.wait_for_function("() => document.getElementById('stage-qr-image').naturalWidth > 0")
    link = "?v=2&layers=bay&box=120.20000,36.00000,120.50000,36.20000"  # as it is written now
    expect(image).to_have_attribute(
        "src", "/qr.svg?link=" + page.evaluate("l => encodeURIComponent(l)", link)
    )
    expect(page.locator("#stage-qr")).to_contain_text("只有这台电脑能打开")
    expect(page.locator("#stage-qr-link")).to_have_attribute("href", f"{opened.url}/{link}")


def test_the_link_of_a_scene_opens_the_same_view(unopened: OpenedPage, find: Find) -> None:
    bays = [find(name).id for name in ("浮山湾区", "汇泉湾区")]
    page = unopened.go(f"?v=1&layers=bay&only={','.join(bays)}&box=120.28,36.03,120.43,36.10")
    expect(page.locator(".map-frame .f.kept:visible")).to_have_count(2)
    expect(page.locator(".only-bar")).to_contain_text("只显示 2 个要素")
    page.wait_for_function("() => planAtlas.leaflet.getBounds().contains([[36.03, 120.28], [36.10, 120.43]])")
    page.wait_for_function("() => location.search.includes('only=')")
    page.get_by_role("button", name="显示全部").click()
    expect(page.locator(".only-bar")).to_be_hidden()
    page.wait_for_function("() => !location.search.includes('only=')")


# What a hall must be able to read: nothing cut off, the caption over the map's lower left, large type.
_STAGE = """() => {
  const third = document.getElementById('stage-third').getBoundingClientRect();
  const title = parseFloat(getComputedStyle(document.getElementById('stage-caption')).fontSize);
  const second = parseFloat(getComputedStyle(document.getElementById('stage-second')).fontSize);
  return { left: third.left, right: third.right, top: third.top, bottom: third.bottom, title, second };
}"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_captions_stay_in_the_lower_third_and_are_large(
    chromium: Browser, url: str, width: int, height: int
) -> None:
    with open_page(chromium, url, width=width, height=height) as opened:
        page = opened.page
        load_ready(page, "qingdao")
        page.locator("#scenes-move").select_option("cut")
        start(page)
        page.wait_for_function("() => Boolean(document.fullscreenElement)")
        for place in range(2, 14):
            page.keyboard.press("ArrowRight")
            expect(page.locator("#stage-count")).to_have_text(re.compile(f"^{place} / "))
            opened.wait_for_rest()
            third = page.evaluate(_STAGE)
            assert third["top"] > height * 0.62
            assert third["bottom"] < height
            assert third["right"] < width * 0.6
            assert third["title"] >= height * 0.038
            assert third["second"] >= height * 0.022
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.complaints == []
        assert opened.foreign == []
