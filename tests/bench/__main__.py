"""``python -m tests.bench``: how long the atlas takes, in one run beside a bare folium page. No number is asserted."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from layers.building import build
from tests.bench import rendering
from tests.bench.atlas_timing import time_atlas
from tests.bench.build_timing import time_builds, time_export
from tests.bench.folium_page import time_folium
from tests.viewer.browser.serving import CHROMIUM_FLAGS, chromium_path
from viewer.settings import ROOT


def main() -> None:
    """Print every figure as it comes."""
    path = chromium_path()
    if path is None:
        raise SystemExit("The benchmark needs Chromium (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "atlas.gpkg"
        build(ROOT / "data", store)
        for rows in (time_builds(Path(folder)), time_export(store, Path(folder))):
            for name, value in rows:
                print(f"{name:<46}{value}", flush=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
            for name, value in (*time_atlas(browser, store), *time_folium(browser, store, Path(folder))):
                print(f"{name:<46}{value}", flush=True)
            browser.close()
        for name, value, unit in rendering.rows(store):
            print(f"{name:<46}{value:.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
