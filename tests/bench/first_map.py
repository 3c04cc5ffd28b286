"""The first drawn map of the atlas and of bare folium pages with the same features, loaded in turn in one run.

Taken in turn, what else the machine does falls on all alike; the ratios are of medians.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from layers.store import Store
from layers.styles import read_styles
from tests.bench.folium_page import folium_site
from tests.bench.in_page import DRAWN, Transfer, drawn_ms, fresh, summary
from tests.viewer.browser.serving import serving
from viewer.opening_map import OPENING_LEVEL, split
from viewer.settings import ROOT

LOADS = 7
_EVERY_LEVEL = 3


def time_first_maps(browser: Browser, store_path: Path, folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Load times over fresh contexts: the opening view, then every feature, beside folium with the same.

    Parameters
    ----------
    name
        What the rows call the store.
    """
    store = Store(store_path)
    first, rest = split(store, read_styles(ROOT / "data" / "layers.yaml"))
    opening, every = _interactive(first), _interactive(first) + _interactive(rest)
    sites = {
        "headline features": folium_site(store, OPENING_LEVEL, folder / f"{name}-headline"),
        "all features": folium_site(store, _EVERY_LEVEL, folder / f"{name}-all"),
    }
    times: dict[str, list[float]] = defaultdict(list)
    sent: dict[str, Transfer] = {}
    with ExitStack() as stack:
        server = stack.enter_context(serving(store_path))
        folium = {key: (stack.enter_context(site), shapes) for key, (site, shapes) in sites.items()}
        sent["atlas"] = _transfer(browser, server.url, every)  # and the server makes ready what it keeps
        for key, (url, shapes) in folium.items():
            sent[key] = _transfer(browser, url, shapes)
        for _ in range(LOADS):
            drawn, whole = _load(browser, server.url, opening, every)
            times["opening"].append(drawn)
            times["every"].append(whole)
            for key, (url, shapes) in folium.items():
                times[key].append(_load(browser, url, shapes)[0])
    yield f"{name}: first drawn map, {opening} shapes", summary(times["opening"])
    yield f"{name}: every feature there, {every} shapes", summary(times["every"])
    yield f"{name}: first transfer", str(sent["atlas"])
    for key, (_, shapes) in folium.items():
        yield f"{name}: folium, {key}, {shapes} shapes", summary(times[key])
        yield f"{name}: folium, {key}, first transfer", str(sent[key])
    for ours, theirs in (
        ("opening", "headline features"),
        ("opening", "all features"),
        ("every", "all features"),
    ):
        yield f"{name}: {ours} / folium {theirs}", f"{median(times[ours]) / median(times[theirs]):6.2f}"


def _load(browser: Browser, url: str, shapes: int, more: int = 0) -> tuple[float, float]:
    """Milliseconds until so many shapes stand, and until more do, on a page that has nothing kept."""
    context, page = fresh(browser)
    drawn = drawn_ms(page, url, shapes)
    whole = float(page.evaluate(DRAWN, more)) if more else drawn
    _settle(page)
    context.close()
    return drawn, whole


def _transfer(browser: Browser, url: str, shapes: int) -> Transfer:
    """What such a load brings; counted in a load of its own, as counting takes time from what is counted."""
    context, page = fresh(browser)
    transfer = Transfer(context, page)
    drawn_ms(page, url, shapes)
    _settle(page)
    context.close()
    return transfer


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def _interactive(part: dict[str, dict[str, list[object]]]) -> int:
    """How many shapes take clicks: those of the layers, not those of the base map."""
    return sum(len(layer["features"]) for path, layer in part.items() if not path.startswith("/base/"))
