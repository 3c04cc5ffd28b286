"""The atlas in a real browser, once it is open: choosing, filtering, reading, and going back to the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle, islice, pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page

from layers.store import Store
from tests.bench.in_page import drawn_ms, elapsed_ms, fresh, summary
from tests.viewer.browser.serving import serving

TIMES = 30
RELOADS = 5
FLIGHT_MS = 1500
"""How long the map flies to what was chosen; the next step is timed on a map at rest."""
PAUSE_MS = 400
SHAPES = 100
"""As many interactive shapes as the headline layers have at least."""

_CHOOSE = "f => planAtlas.select(f.id, false)"
_LIT = """f => { let there = false;
               planAtlas.leaflet.eachLayer(l => {
                 if (l.options.pane === 'highlight' && l.feature && l.feature.properties.id === f.id) there = true;
               });
               return there }"""
_NAMED = "f => { const h = document.querySelector('.panel h1'); return h && h.textContent.endsWith(f.name) }"
_MARKED = "f => { const m = document.querySelector('.reader-body .m.here'); return m && m.dataset.start === String(f.start) }"

_TO_PANEL = [_CHOOSE, _NAMED]
_TO_HIGHLIGHT = [_CHOOSE, _LIT]
_TO_READER = [
    "f => document.querySelector(`.panel [data-read-plan][data-read-start='${f.start}']`).click()",
    _MARKED,
]
_TO_MAP = ["f => document.querySelector(`.reader-body .m[data-start='${f.start}'][data-feature='${f.id}']`).click()", _LIT]  # fmt: skip
_LEVEL = ["f => planAtlas.filter('level', f.level)",
          "f => document.getElementById('map-frame').dataset.level === f.level"]  # fmt: skip
_STATUS = ["f => document.querySelector(`[data-facet='status'][data-value='${f.status}']`).click()",
           "f => [...document.querySelectorAll('.f.out')].length > 0 === f.on"]  # fmt: skip


def time_steps(browser: Browser, store_path: Path) -> Iterator[tuple[str, str]]:
    """Loads with everything kept, then the steps of a planner's round, each from the act to the frame that shows it."""
    store = Store(store_path)
    with serving(store_path) as server:
        context, page = fresh(browser)
        _open(page, server.url)
        yield "drawn again (cached)", summary([drawn_ms(page, server.url, SHAPES) for _ in range(RELOADS)])
        _open(page, server.url)
        for name, times in (_choices(page, store) | _filters(page) | _round(page, store)).items():
            yield name, summary(times)
        context.close()
        yield "reader opens for the first time", summary(_first_readings(browser, server.url, store))


def time_choices(browser: Browser, store_path: Path) -> Iterator[tuple[str, str]]:
    """Only choosing, for a store whose features are not in the reader's real plans."""
    with serving(store_path) as server:
        context, page = fresh(browser)
        _open(page, server.url)
        for name, times in _choices(page, Store(store_path)).items():
            yield name, summary(times)
        context.close()


def _open(page: Page, url: str) -> None:
    drawn_ms(page, url, SHAPES)
    page.wait_for_selector("#map-frame[data-drawn=all]", timeout=60_000)
    page.wait_for_load_state("networkidle")


def _choices(page: Page, store: Store) -> dict[str, list[float]]:
    """Each choice once, so that nothing of it is kept."""
    features = [{"id": f.id, "name": f.name} for f in store.features.values() if f.level == 1 and f.bbox]
    times: dict[str, list[float]] = defaultdict(list)
    page.evaluate("planAtlas.showTab('feature')")
    for i, feature in enumerate(islice(features, 2 * TIMES)):
        name, step = (("select to highlight", _TO_HIGHLIGHT), ("select to panel", _TO_PANEL))[i % 2]
        times[name].append(elapsed_ms(page, *step, feature))
        page.wait_for_timeout(PAUSE_MS)
    return times


def _filters(page: Page) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for i in range(TIMES):
        times["filter to map: level"].append(elapsed_ms(page, *_LEVEL, {"level": "21"[i % 2]}))
        page.wait_for_timeout(PAUSE_MS)
        times["filter to map: status"].append(
            elapsed_ms(page, *_STATUS, {"status": "planned", "on": i % 2 == 0})
        )
        page.wait_for_timeout(PAUSE_MS)
    return times


def _round(page: Page, store: Store) -> dict[str, list[float]]:
    """Choose a feature, read its first sentence, choose another, go from the text back to the first."""
    times: dict[str, list[float]] = defaultdict(list)
    for asked, other in islice(pairwise(cycle(_headline(store))), TIMES):
        page.evaluate("planAtlas.showTab('feature')")
        elapsed_ms(page, *_TO_PANEL, asked)
        times["panel to reader"].append(elapsed_ms(page, *_TO_READER, asked))
        elapsed_ms(page, *_TO_PANEL, other)
        times["reader to map"].append(elapsed_ms(page, *_TO_MAP, asked))
        page.wait_for_timeout(FLIGHT_MS)
    return times


def _first_readings(browser: Browser, url: str, store: Store) -> list[float]:
    """Opening the text in pages that have not opened any."""
    times = []
    for feature in islice(_headline(store), RELOADS):
        context, page = fresh(browser)
        _open(page, url)
        elapsed_ms(page, *_TO_PANEL, feature)
        times.append(elapsed_ms(page, *_TO_READER, feature))
        context.close()
    return times


def _headline(store: Store) -> list[dict[str, object]]:
    """The placed structural features with the place of a sentence in which the reader marks them."""
    marks: dict[str, int] = {}
    for plan in store.plans:
        for block in store.blocks(plan):
            for _, feature, start, *_ in block.segments:
                if feature is not None and start is not None:
                    marks.setdefault(feature, start)
    named = (f for f in store.features.values() if f.level == 1 and f.bbox and f.id in marks)
    return [{"id": f.id, "name": f.name, "start": marks[f.id]} for f in named]
