"""How long a figure takes: A4 of the fullest map in each format, warm, and every plan's structure."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from layers.building import build
from layers.render import FORMATS, Layout, MapSource, render
from layers.store import Store
from layers.styles import read_styles
from viewer.settings import ROOT

TIMES = 5


def rows(store_path: Path | None = None) -> list[tuple[str, float, str]]:
    """(what, number, unit) of each measurement; the built store's when no path is given."""
    path = store_path or ROOT / "data" / "built" / "atlas.gpkg"
    if store_path is None:
        build(ROOT / "data", path)
    source = MapSource(Store(path), read_styles(ROOT / "data" / "layers.yaml"))
    fullest = Layout(levels=(1, 2, 3), dpi=300)
    started = time.perf_counter()
    render(source, fullest, "png")
    found = [("figure A4 300 dpi png, first", time.perf_counter() - started, "s")]
    for kind in FORMATS:
        found.append(
            (f"figure A4 300 dpi {kind}, fullest map", _timed(lambda k=kind: render(source, fullest, k)), "s")
        )  # type: ignore[misc]
    for plan in source.store.plans:
        layout = Layout(plan=plan, dpi=300)
        found.append(
            (f"figure A4 300 dpi png, {plan}", _timed(lambda x=layout: render(source, x, "png")), "s")
        )  # type: ignore[misc]
    return found


def _timed(action: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return median(times)
