"""The whole state in the address: the browser's half of the link, reload, back and forward, short links, files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from layers.project_table import project_rows
from layers.store import Store
from layers.view_link import ViewState, encode_link
from tests.conftest import FIXTURES
from tests.viewer.browser.opened_page import OpenedPage
from tests.viewer.conftest import Find
from tests.viewer.test_share import figure

CASES = json.loads((FIXTURES / "view_links.json").read_text(encoding="utf-8"))

_DECODED = """cases => cases.map(link => {
  const { encode, decode } = planAtlas.viewLink;
  const { state, problems } = decode(link);
  return { state, problems: problems.map(p => p.part), canonical: encode(state), sentences: problems.map(p => p.sentence) };
})"""


def test_the_browser_reads_and_writes_links_as_python_does(untouched: OpenedPage) -> None:
    start = untouched.page.evaluate("() => planAtlas.viewLink.decode('').state")
    found = untouched.page.evaluate(_DECODED, [case["link"] for case in CASES])
    for case, got in zip(CASES, found, strict=True):
        wanted = {
            "state": start | case["state"],
            "problems": case.get("problems", []),
            "canonical": case["canonical"],
        }
        assert {name: got[name] for name in wanted} == wanted, case["why"]


def test_the_browser_says_what_python_says(untouched: OpenedPage) -> None:
    from layers.view_link import LONGEST, decode_link

    links = [*(case["link"] for case in CASES), "?v=2&plan=jimo&only=" + "a," * LONGEST]
    found = untouched.page.evaluate(_DECODED, links)
    for link, got in zip(links, found, strict=True):
        assert got["sentences"] == [p.sentence for p in decode_link(link).problems]


def notice(page: Page) -> Any:
    return page.locator("#page-notice")


def test_broken_parts_are_said_and_the_rest_is_restored(unopened: OpenedPage) -> None:
    page = unopened.go(
        "?v=2&plan=nowhere&level=2&layers=axis,castle&box=5&foo=1&status=planned,odd&page=moon"
    )
    for words in ("「box」", "「foo」"):
        expect(notice(page)).to_contain_text(words)
    expect(notice(page)).to_contain_text("没有恢复")
    expect(page.locator("label.category input:checked")).to_have_count(1)
    page.wait_for_function("() => !location.search.includes('foo=')")  # the address is written anew
    unopened.wait_for_address()
    assert page.evaluate("planAtlas.viewLink.decode(location.search).problems") == []
    assert "level=2" in page.url
    assert "status=planned" in page.url
    page.get_by_role("button", name="关闭").last.click()
    expect(notice(page)).to_be_hidden()


def test_markup_in_a_link_stays_text(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&plan=%3Cimg%20src=x%20onerror=hacked=1%3E&projects.words=%3Cb%3E")
    expect(notice(page)).to_contain_text("<img src=x")
    expect(page.locator("img[src=x]")).to_have_count(0)


def test_the_projects_page_comes_back_as_it_was(unopened: OpenedPage, store: Store) -> None:
    page = unopened.go("?v=2&page=projects")
    page.locator("#projects-plan").select_option("shinan")
    page.locator("#projects-money").click()
    page.locator(".ag-header-cell[col-id=investment]").click()
    page.wait_for_function("() => location.search.includes('projects.sort=investment-')")
    rows = [r for r in project_rows(store) if r.plan == "shinan" and r.investment is not None]
    sentence = page.locator("#projects-sentence")
    expect(sentence).to_contain_text(f"表中 {len(rows)} 行")
    page.locator("#projects-words").fill("海")
    page.wait_for_function("() => location.search.includes('projects.words=')")
    expect(sentence).not_to_contain_text(f"表中 {len(rows)} 行")  # the table has followed the words
    said = sentence.inner_text()
    page.reload(wait_until="commit")
    expect(sentence).to_have_text(said)
    expect(page.locator("#projects-words")).to_have_value("海")
    expect(page.locator("#projects-plan")).to_have_value("shinan")
    expect(page.locator("#projects-money")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ag-header-cell[col-id=investment]")).to_have_attribute(
        "aria-sort", re.compile("scending")
    )


def test_the_filter_of_a_column_comes_back(unopened: OpenedPage) -> None:
    model = {"investment": {"filterType": "number", "type": "greaterThan", "filter": 100}}
    link = encode_link(ViewState(page="projects", parts={"projects": {"columns": json.dumps(model)}}))
    page = unopened.go(link)
    page.wait_for_selector("#projects-sentence")
    page.wait_for_function(
        "async () => 'investment' in (await dash_ag_grid.getApiAsync('projects-grid')).getFilterModel()"
    )
    assert page.evaluate("planAtlas.link.compose()").count("projects.columns=") == 1
    expect(notice(page)).to_have_count(0)


UNKNOWN = [
    {"columns": "{"},
    {"columns": '{"nothing": {"filterType": "text"}}'},
    {"columns": '{"investment": 3}'},
    {"sort": "nothing-asc"},
    {"sort": "investment"},
    {"plan": "beijing"},
    {"year": "1066"},
]


def test_what_the_projects_page_does_not_know_is_said(unopened: OpenedPage) -> None:
    for parts in UNKNOWN:
        page = unopened.go(encode_link(ViewState(page="projects", parts={"projects": parts})))
        expect(notice(page)).to_contain_text("「项目」页没有")
        expect(notice(page)).to_contain_text(next(iter(parts.values())))
        expect(page.locator("#projects-sentence")).to_contain_text("个项目")


def test_back_and_forward_go_through_the_pages(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2")
    page.wait_for_selector(".name")
    unopened.wait_for_address()
    page.locator('.nav[data-page="crossplan"]').click()
    page.locator('[data-crossplan-mode="pair"]').click()
    page.wait_for_function("() => location.search.includes('crossplan.mode=pair')")
    page.locator("#crossplan-left").select_option("plan:jimo")
    expect(page.locator("#side-left-name")).to_contain_text("即墨区")
    page.wait_for_function("() => location.search.includes('jimo')")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('jimo')")
    expect(page.locator("#side-left-name")).not_to_contain_text("即墨区")
    unopened.wait_for_address()
    page.go_forward()
    expect(page.locator("#crossplan-left")).to_have_value("plan:jimo")
    expect(page.locator("#side-left-name")).to_contain_text("即墨区")
    page.reload()
    expect(page.locator("#crossplan-left")).to_have_value("plan:jimo")
    expect(page.locator("#side-left-name")).to_contain_text("即墨区")


def test_the_chosen_comparison_comes_back(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&page=crossplan")
    button = page.locator(".shared").nth(7)
    name = button.locator(".shared-name").inner_text()
    button.click()
    expect(page.locator("#crossplan-detail h2")).to_contain_text(name)
    page.wait_for_function("() => location.search.includes('crossplan.feature=')")
    page.reload()
    expect(page.locator("#crossplan-detail h2")).to_contain_text(name)
    expect(page.locator(".shared.on .shared-name")).to_have_text(name)


def test_the_chosen_structure_comes_back(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&page=structures")
    page.locator('[data-show="structure-plan"][data-value="jimo"]').click()
    card = page.locator('[data-structure-plan="jimo"] .structure-card').nth(2)
    card.locator("h3").click()
    name = card.locator("h3").inner_text()
    page.wait_for_function("() => location.search.includes('structures.chosen=')")
    page.reload()
    expect(page.locator(".structure-card.chosen h3")).to_have_text(name)
    expect(page.locator(".structure-card.chosen")).to_be_in_viewport()
    expect(page.locator('[data-structure-plan="shinan"]')).to_be_hidden()


def test_the_reader_comes_back_to_its_place(unopened: OpenedPage) -> None:
    page = unopened.go("?v=2&read=jimo")
    page.wait_for_selector(".reader-body header")
    page.locator("#reader-contents").select_option(index=12)
    page.wait_for_function("() => /at=[0-9]+/.test(location.search)")
    unopened.wait_for_address()
    heading = page.locator(".reader-body .here").inner_text()
    link = page.url
    page.reload(wait_until="commit")
    expect(page.locator(".reader-body .here")).to_have_text(heading)
    expect(page.locator(".reader-body .here")).to_be_in_viewport()
    unopened.wait_for_text_at_rest()
    unopened.wait_for_address()
    expect(page).to_have_url(link)


def test_a_feature_and_its_filters_survive_a_page_and_a_reload(unopened: OpenedPage, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    page = unopened.go(f"?v=2&plan=qingdao&feature={axis.id}&page=projects")
    expect(page.locator("#projects-sentence")).to_be_visible()
    page.locator('.nav[data-page="map"]').click()
    expect(unopened.title(axis.name)).to_be_visible()
    expect(page.locator('.tree .option.on[data-filter="plan"]')).to_have_attribute("data-value", "qingdao")


def test_a_long_link_is_shared_by_a_short_one_that_opens_it(unopened: OpenedPage) -> None:
    only = tuple(f"shinan.no-such-feature-{n:03}" for n in range(120))
    page = unopened.go(encode_link(ViewState(level=2, only=only)))
    page.locator("#share-button").click()
    box = page.locator("#share-link")
    expect(box).to_have_value(re.compile(r"/s/[a-z2-7]{12}$"))
    page.wait_for_function("() => document.getElementById('share-code').naturalWidth > 0")
    short = box.input_value()
    page.keyboard.press("Escape")
    expect(page.locator("#share")).to_be_hidden()
    page.goto(short)
    expect(page.locator(".only-bar")).to_contain_text("只显示 120 个要素")


def test_the_link_of_the_view_is_copied(opened: OpenedPage) -> None:
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#share-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#share-link")).to_have_value(re.compile(r"\?v=2"))
    page.get_by_role("button", name="复制链接").click()
    expect(page.locator("#share-words")).to_contain_text("链接已复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#share-link").input_value()


_DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name));
  const say = kind => document.querySelector('.map').dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
  say('dragenter');
  const hinted = !document.getElementById('drop-hint').hidden;
  say('drop');
  return hinted;
}"""


def test_a_dropped_figure_brings_its_view_back(opened: OpenedPage) -> None:
    page = opened.page
    content = figure("/?v=1&plan=shinan&layers=bay,axis&bbox=120.28,36.03,120.43,36.10", "0123456789ab")
    assert page.evaluate(_DROP, ["图.png", list(content)])
    expect(notice(page)).to_contain_text("已回到「图.png」的视图")
    expect(notice(page)).to_contain_text("另一版数据（0123456789ab）")
    expect(page.locator("#drop-hint")).to_be_hidden()
    expect(page.locator('.tree .option.on[data-filter="plan"]')).to_have_attribute("data-value", "shinan")
    page.wait_for_function("() => planAtlas.leaflet.getBounds().contains([[36.03, 120.28], [36.10, 120.43]])")
    page.go_back()
    expect(page.locator('.tree .option.on[data-filter="plan"]')).to_have_attribute("data-value", "")


def test_a_dropped_file_without_a_view_is_said(opened: OpenedPage) -> None:
    page = opened.page
    page.evaluate(_DROP, ["<b>信</b>.txt", list(b"dear sir")])
    expect(notice(page)).to_contain_text("「<b>信</b>.txt」没有打开：只能打开规划图集导出的")
    opened.complaints.clear()  # the browser's own note of the refusal


def test_a_file_is_opened_with_the_keyboard(opened: OpenedPage, tmp_path: Path) -> None:
    page = opened.page
    path = tmp_path / "图.png"
    path.write_bytes(figure("/?v=2&plan=jimo", "0123456789ab"))
    page.locator("#share-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-share="copy"]')).to_be_focused()
    button = page.get_by_role("button", name="打开文件")
    button.focus()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#carried-file").set_input_files(path)  # what the system's own dialog would do
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator('.tree .option.on[data-filter="plan"]')).to_have_attribute("data-value", "jimo")
    expect(notice(page)).to_contain_text("已回到")
