"""``python -m tests.bench``: how long the atlas takes, in one run beside bare folium pages. No number is asserted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from playwright.sync_api import sync_playwright

from layers.building import build
from tests.bench import rendering
from tests.bench.atlas_timing import time_choices, time_steps
from tests.bench.build_timing import time_builds, time_export
from tests.bench.first_map import time_first_maps
from tests.bench.many_users import time_users
from tests.bench.synthetic_store import write_synthetic_store
from tests.viewer.browser.serving import CHROMIUM_FLAGS, chromium_path
from viewer.settings import ROOT

SYNTHETIC = 10_000


def main() -> None:
    """Print every figure as it comes, with the machine's load at its start."""
    path = chromium_path()
    if path is None:
        raise SystemExit("The benchmark needs Chromium (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "atlas.gpkg"
        build(ROOT / "data", store)
        _print(time_builds(folder))
        _print(time_export(store, folder))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
            _print(time_first_maps(browser, store, folder, "atlas"))
            _print(time_steps(browser, store))
            many = folder / "synthetic.gpkg"
            write_synthetic_store(many, SYNTHETIC)
            rows = chain(time_first_maps(browser, many, folder, "synthetic"), time_choices(browser, many))
            _print((f"{SYNTHETIC} features, {row}", value) for row, value in rows)
            browser.close()
        _print(time_users(store))
        _print((row, f"{value:.2f} {unit}") for row, value, unit in rendering.rows(store))


def _print(rows: Iterator[tuple[str, str]]) -> None:
    print(f"-- load average {os.getloadavg()[0]:.1f}", flush=True)
    for name, value in rows:
        print(f"{name:<58}{value}", flush=True)


if __name__ == "__main__":
    main()
