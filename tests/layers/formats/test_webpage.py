"""The standalone page in a browser that may open nothing but the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from geo.precision import Precision
from layers.formats import ALL, Content, Selection, format_bytes, select_features, webpage, write_format
from layers.formats.webpage_data import page_data
from layers.formats.webpage_layers import PANES, category_collection, feature_style
from layers.store import Store
from layers.styles import Styles
from tests.conftest import DATA
from tests.layers.formats.conftest import Write
from tests.layers.formats.hostile import NAMES, hostile_content
from tests.viewer.browser.serving import CHROMIUM_FLAGS, chromium_path

ROOT = DATA.parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail("The browser tests need Chromium (Debian: apt-get install chromium).", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def opened(browser: Browser, path: Path) -> Iterator[Page]:
    """The page from disk, every request but for itself refused; whatever is done, it asks for nothing else."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    asked: list[str] = []
    complaints: list[str] = []
    context.route("**/*", lambda r: r.continue_() if r.request.url.startswith("file://") else r.abort())
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    try:
        page.goto(path.as_uri())
        page.wait_for_selector(".side details.layer")
        yield page
        assert [u for u in asked if not u.startswith("data:")] == [path.as_uri()]
        assert complaints == []
    finally:
        context.close()


def test_the_page_opens_without_a_network(browser: Browser, write: Write, tiny_store: Store) -> None:
    with opened(browser, write("html")) as page:
        assert page.locator(".leaflet-base-land-pane path").count() > 0
        assert page.locator(".leaflet-base-districts-pane path").count() > 0
        assert page.evaluate("L.version").startswith("1.9")
        assert page.locator(".notice").inner_text() == "示意图，不作为法定依据"
        assert "OpenStreetMap" in page.locator(".leaflet-control-attribution").inner_text()
        legend = page.locator("#precision dt + dd b").all_inner_texts()
        assert legend == [
            p.label for p in Precision if p in {f.precision for f in tiny_store.features.values()}
        ]
        names = page.locator("#tree [data-open]").evaluate_all("nodes => nodes.map(n => n.textContent)")
        assert sorted(names) == sorted(f.name for f in tiny_store.features.values())
        meta = page.locator('meta[name="plan-atlas-version"]').get_attribute("content")
        assert meta == tiny_store.version
        assert page.locator('meta[name="plan-atlas-link"]').get_attribute("content") == "/?v=2&level=3"


def test_a_feature_opens_with_its_sentences(browser: Browser, write: Write, tiny_store: Store) -> None:
    with opened(browser, write("html")) as page:
        page.locator("#find").fill("沿王沙路")
        page.locator("#found [data-open]").click()
        card = page.locator('.leaflet-popup [data-card="tiny.axis"]')
        quotes = card.locator("blockquote").all_inner_texts()
        for e in tiny_store.evidence("tiny.axis"):
            assert any(e.sentence in q.replace("\n", "") for q in quotes)
        assert card.locator("mark").first.inner_text() == tiny_store.evidence("tiny.axis")[0].mention
        assert "示意" in card.locator(".sure").inner_text()
        assert page.locator(".leaflet-highlight-pane path").count() > 0


def test_a_shape_on_the_map_opens_too(browser: Browser, write: Write) -> None:
    with opened(browser, write("html", Selection(ids=("tiny.axis",)))) as page:
        page.locator(".leaflet-layer-axis-pane path").first.dispatch_event(
            "click", {"clientX": 700, "clientY": 400}
        )
        assert page.locator('[data-card="tiny.axis"]').count() == 1


def test_the_unplaced_are_listed_with_their_reason(browser: Browser, write: Write) -> None:
    with opened(browser, write("html")) as page:
        page.locator("#unplaced > summary").click()
        page.locator("#unplaced [data-open]", has_text="𠮷田路").click()
        assert "无此路" in page.locator("dialog").inner_text()


def test_a_layer_goes_and_comes_back(browser: Browser, write: Write) -> None:
    with opened(browser, write("html")) as page:
        drawn = page.locator(".leaflet-layer-axis-pane path")
        before = drawn.count()
        box = page.get_by_role("checkbox", name="发展轴")
        box.uncheck()
        assert before > 0
        assert drawn.count() == 0
        box.check()
        assert drawn.count() == before


def test_words_are_never_code(browser: Browser, tiny_store: Store, styles: Styles, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(webpage.render(hostile_content(tiny_store, styles)))
    with opened(browser, path) as page:
        names = page.locator("#tree [data-open]").evaluate_all("nodes => nodes.map(n => n.textContent)")
        assert sorted(names) == sorted(NAMES)
        for fid in list(tiny_store.features)[: len(NAMES)]:
            page.evaluate(
                "id => { document.querySelectorAll('dialog').forEach(d => d.close()); planAtlasPage.show(id); }",
                fid,
            )
        assert page.evaluate("window.hacked") is None
        assert page.locator("img[src=x]").count() == 0


def test_the_whole_atlas(browser: Browser, store: Store, styles: Styles, tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    assert write_format(store, styles, "html", ALL, "EPSG:4326", path) == len(store.features)
    assert path.stat().st_size < 12_000_000
    with opened(browser, path) as page:
        assert page.locator("#tree [data-open]").count() == len(store.features)
        page.wait_for_selector(".name")
        shown = page.locator("path.leaflet-interactive").evaluate_all(
            "nodes => nodes.filter(n => getComputedStyle(n).display !== 'none').length"
        )
        assert shown > 20


def test_the_same_data_give_the_same_page(tiny_store: Store, styles: Styles) -> None:
    pages = {format_bytes(tiny_store, styles, "html", ALL) for _ in range(2)}
    assert len(pages) == 1


def test_the_page_of_a_district_opens_on_the_district(tiny_store: Store, styles: Styles) -> None:
    chosen = Selection(plans=("tiny",))
    features = tuple(select_features(tiny_store, styles, chosen))
    data = page_data(Content(tiny_store, styles, chosen, features, "EPSG:4326", "/"))
    (south, west), (north, east) = data["bounds"]
    assert tiny_store.plans["tiny"].district == "城阳区"
    assert (west, south, east, north) == pytest.approx((120.1, 36.2, 120.65, 36.45), abs=0.15)


def test_every_category_has_a_pane(styles: Styles) -> None:
    assert sorted(PANES) == sorted(styles.categories)


def test_styles_are_the_registry(tiny_store: Store, styles: Styles) -> None:
    content = hostile_content(tiny_store, styles)
    for category in {f.category for f in content.features}:
        look = styles.categories[category]
        for feature in category_collection(content, category)["features"]:
            style = feature_style(content, category, feature)
            sure = styles.precision[tiny_store.features[feature["properties"]["id"]].precision]
            assert style["color"] == look.color
            assert style["opacity"] == (0.35 if sure.soft and style["fill"] else sure.stroke_opacity)
            if style["fill"] and sure.hatched and look.hatch != "none":
                assert style["fillColor"] == f"url(#hatch-{category})"


def test_shapes_and_hatches_are_those_of_the_application() -> None:
    """Symbols and hatches are drawn twice, in the application and in the page; they must stay the same."""
    ours = (ROOT / "layers/formats/page/map.js").read_text(encoding="utf-8")
    theirs = (ROOT / "assets/1-map.js").read_text(encoding="utf-8")
    for name in ("circle", "square", "diamond", "triangle", "star", "cross"):
        line = next(x.strip() for x in ours.splitlines() if x.strip().startswith(f"{name}: '<"))
        assert line in theirs
    for name in ("diagonal", "back", "waves"):
        line = next(x.strip() for x in ours.splitlines() if x.strip().startswith(f'{name}: "M'))
        assert line in theirs
