"""What the server makes as a job, from the drawer 「演示」 and the page 「导出」: it arrives and opens, or is cancelled and ends."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader

from layers.formats import select_features, selection_of
from layers.store import Store
from layers.styles import Styles
from layers.view_link import ViewState
from tests.viewer.browser.opened_page import OpenedPage
from tests.viewer.browser.test_scenes import import_scenes, words

SLOW_MS = 120_000
POSTER = {"version": 1, "paper": "A2", "dpi": 600, "levels": [1, 2, 3], "project_table": True, "quotes": True}


def is_gone(page: Page, job: str) -> bool:
    return bool(page.evaluate("async id => (await fetch('/jobs/' + id)).status", job) == 404)


def open_export(opened: OpenedPage) -> Page:
    opened.page.locator(".nav[data-page=export]").click()
    expect(opened.page.locator("#export-image[src]")).to_be_attached(timeout=SLOW_MS)
    return opened.page


def test_the_drawer_makes_slides_that_open(opened: OpenedPage) -> None:
    page = opened.page
    import_scenes(page)
    with page.expect_download(timeout=SLOW_MS) as download:
        page.locator("[data-scenes-book=deck]").click()
    expect(words(page)).to_contain_text("已下载")
    assert download.value.suggested_filename.endswith(".pptx")
    slides = Presentation(download.value.path()).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert [t for t in titles if t in ("甲", "乙")] == ["甲", "乙"]
    noted = next(s for s in slides if s.shapes.title.text_frame.text == "甲")
    assert "讲稿甲" in noted.notes_slide.notes_text_frame.text
    assert any(shape.shape_type is not None and hasattr(shape, "image") for shape in noted.shapes)


@pytest.mark.parametrize(("per_page", "pages"), [("1", 3), ("2", 2)])
def test_the_drawer_makes_a_handout_that_opens(opened: OpenedPage, per_page: str, pages: int) -> None:
    page = opened.page
    import_scenes(page)
    page.locator("#scenes-per-page").select_option(per_page)
    with page.expect_download(timeout=SLOW_MS) as download:
        page.locator("[data-scenes-book=handout]").click()
    expect(words(page)).to_contain_text("已下载")
    reader = PdfReader(Path(download.value.path()))
    assert len(reader.pages) == pages  # the last one tells the sources
    text = "".join(p.extract_text() for p in reader.pages)
    assert "讲稿甲" in text
    assert "第一幕" in text


@pytest.mark.parametrize("kind", ["deck", "handout"])
def test_the_drawer_cancels_what_it_makes(opened: OpenedPage, kind: str) -> None:
    page = opened.page
    import_scenes(page)
    page.route("**/jobs/*/file", lambda route: route.abort())  # nothing may arrive even if it was quick
    with page.expect_response(lambda r: r.url.endswith("/books")) as taken:
        page.locator(f"[data-scenes-book={kind}]").click()
    job = taken.value.json()["id"]
    with page.expect_response(lambda r: r.request.method == "DELETE"):
        page.locator("#scenes-cancel").click()
    expect(words(page)).to_have_text("已取消。")
    expect(page.locator("#scenes-making")).to_be_hidden()
    expect(page.locator(f"[data-scenes-book={kind}]")).to_be_enabled()
    assert is_gone(page, job)
    opened.complaints.clear()  # the 404 just asked for


def test_a_figure_under_way_is_cancelled_on_the_server_too(opened: OpenedPage) -> None:
    """A poster of many seconds: it tells how far it is, ends at once, and the next file is made."""
    page = open_export(opened)
    with page.expect_file_chooser() as chooser, page.expect_response("**/layout"):
        page.locator("[data-layout=load]").click()
        chooser.value.set_files(
            {"name": "l.json", "mimeType": "application/json", "buffer": json.dumps(POSTER).encode()}
        )
    with page.expect_response(lambda r: "/figures" in r.url) as taken:
        page.locator("[data-figure=png]").click()
    job = taken.value.json()["id"]
    expect(page.locator("#export-progress[value]")).to_be_attached(timeout=SLOW_MS)
    with page.expect_response(lambda r: r.request.method == "DELETE"):
        page.locator("#export-cancel").click()
    expect(page.locator("#export-state")).to_contain_text("已取消。")
    assert is_gone(page, job)
    page.locator("#figure-form [data-field=paper]").select_option("A4")
    page.locator("#figure-form [data-field=dpi]").fill("150")
    page.locator("#figure-form [data-field=dpi]").blur()
    with page.expect_download(timeout=SLOW_MS) as download:
        page.locator("[data-figure=svg]").click()
    assert "<svg" in Path(download.value.path()).read_text(encoding="utf-8")
    opened.complaints.clear()  # the 404 just asked for


def test_data_of_the_filters_that_are_on(opened: OpenedPage, store: Store, styles: Styles) -> None:
    page = opened.page
    page.locator("#more-filters > summary").click()
    page.locator('[data-facet="status"][data-value="planned"]').click()
    page.locator('.option[data-filter="plan"][data-value="shinan"][data-bounds]').click()
    open_export(opened)
    form = page.locator("#data-form")
    state = ViewState(plan="shinan", filters={"status": ("planned",)})
    kept = select_features(store, styles, selection_of(state))
    expect(form.locator('[data-start="content"]')).to_have_value("filter")
    expect(form.locator('[data-field="plan"]')).to_be_hidden()
    expect(page.locator("#data-count")).to_contain_text(f"{len(kept)} 个要素")
    with page.expect_download(timeout=SLOW_MS) as download:
        form.locator('[data-make="/data?format=xlsx"]').click()
    assert download.value.suggested_filename == "规划图集-筛选.xlsx"
    with Path(download.value.path()).open("rb") as file:
        rows = list(openpyxl.load_workbook(file, read_only=True)["要素"].iter_rows(values_only=True))
    ids = {str(value) for row in rows for value in row[:1]}
    assert {f.id for f in kept} <= ids
    assert not (set(store.features) - {f.id for f in kept}) & ids
    form.locator('[data-start="content"]').select_option("")
    expect(form.locator('[data-field="plan"]')).to_be_visible()
    form.locator('[data-field="plan"]').select_option("")
    expect(page.locator("#data-count")).to_contain_text(f"{len(store.features)} 个要素")


def test_a_faint_layer_is_taken_to_the_figure(opened: OpenedPage) -> None:
    page = opened.page
    page.evaluate("planAtlas.rowTools.restore({ belt: 40 })")
    with page.expect_request("**/preview?longest=*", timeout=SLOW_MS) as told:
        page.locator(".nav[data-page=export]").click()
    assert json.loads(told.value.post_data or "")["opacity"] == {"belt": 40}
    field = page.locator("#figure-form [data-field=opacity]")
    expect(field).to_have_value("belt-40")
    page.locator("#figure-form summary", has_text="图层").click()
    with page.expect_request("**/preview?longest=*", timeout=SLOW_MS) as told:
        field.fill("belt-40，axis-70%")
        field.blur()
    assert json.loads(told.value.post_data or "")["opacity"] == {"belt": 40, "axis": 70}
