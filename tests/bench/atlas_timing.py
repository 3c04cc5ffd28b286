"""The atlas in a real browser: first drawn map, map to panel, panel to reader, reader to map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice, pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page

from layers.store import Store
from tests.bench.in_page import Transfer, drawn_ms, elapsed_ms, fresh, summary
from tests.viewer.browser.serving import serving

TIMES = 30
LOADS = 5
FLIGHT_MS = 1500
"""How long the map flies to what was chosen; the next step is timed on a map at rest."""
SHAPES = 100
"""As many interactive shapes as the headline layers have at least."""

_TO_PANEL = ["f => planAtlas.select(f.id, false)",
             "f => { const h = document.querySelector('.panel h1'); return h && h.textContent.endsWith(f.name) }"]  # fmt: skip
_TO_READER = ["f => document.querySelector(`.panel [data-read-plan][data-read-start='${f.start}']`).click()",
              "f => { const m = document.querySelector('.reader-body .m.here'); return m && m.dataset.start === String(f.start) }"]  # fmt: skip
_TO_MAP = ["f => document.querySelector(`.reader-body .m[data-start='${f.start}'][data-feature='${f.id}']`).click()",
           """f => { let there = false;
                     planAtlas.leaflet.eachLayer(l => {
                       if (l.options.pane === 'highlight' && l.feature && l.feature.properties.id === f.id) there = true;
                     });
                     return there }"""]  # fmt: skip


def time_atlas(browser: Browser, store_path: Path) -> Iterator[tuple[str, str]]:
    """Load times over fresh and over kept contexts, then the three steps of a planner's round."""
    store = Store(store_path)
    with serving(store_path) as server:
        loads = []
        for _ in range(LOADS):
            context, page = fresh(browser)
            transfer = Transfer(context, page)
            loads.append(drawn_ms(page, server.url, SHAPES))
            page.wait_for_load_state("networkidle")
            shapes = page.locator(".leaflet-interactive").count()
            context.close()
        yield "atlas, first drawn map (nothing cached)", summary(loads)
        yield "atlas, first transfer", f"{transfer}, {shapes} shapes on the map"

        context, page = fresh(browser)
        drawn_ms(page, server.url, SHAPES)
        page.wait_for_load_state("networkidle")
        yield "atlas, drawn again (cached)", summary([drawn_ms(page, server.url, SHAPES) for _ in range(LOADS)])  # fmt: skip
        page.wait_for_load_state("networkidle")
        for name, times in _round(page, store).items():
            yield name, summary(times)
        context.close()


def _round(page: Page, store: Store) -> dict[str, list[float]]:
    """Choose a feature, read its first sentence, choose another, go from the text back to the first."""
    times: dict[str, list[float]] = {"atlas, click to panel": [], "atlas, panel to reader": [], "atlas, reader to map": []}  # fmt: skip
    headline = _headline(store)
    for asked, other in islice(pairwise(cycle(headline)), TIMES):
        page.evaluate("planAtlas.showTab('feature')")
        times["atlas, click to panel"].append(elapsed_ms(page, *_TO_PANEL, asked))
        times["atlas, panel to reader"].append(elapsed_ms(page, *_TO_READER, asked))
        elapsed_ms(page, *_TO_PANEL, other)
        times["atlas, reader to map"].append(elapsed_ms(page, *_TO_MAP, asked))
        page.wait_for_timeout(FLIGHT_MS)
    return times


def _headline(store: Store) -> list[dict[str, object]]:
    """The placed structural features with the place of a sentence in which the reader marks them."""
    marks: dict[str, int] = {}
    for plan in store.plans:
        for block in store.blocks(plan):
            for _, feature, start in block.segments:
                if feature is not None and start is not None:
                    marks.setdefault(feature, start)
    named = (f for f in store.features.values() if f.level == 1 and f.bbox and f.id in marks)
    return [{"id": f.id, "name": f.name, "start": marks[f.id]} for f in named]
