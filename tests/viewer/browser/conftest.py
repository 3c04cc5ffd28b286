"""Fixtures of the browser tests: one server, one Chromium, a fresh page a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.viewer.browser.opened_page import OpenedPage, open_page
from tests.viewer.browser.serving import CHROMIUM_FLAGS, chromium_path, serving


@pytest.fixture(scope="session")
def url(store_path: Path) -> Iterator[str]:
    with serving(store_path) as server:
        yield server.url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.fail("The browser tests need Chromium (Debian: apt-get install chromium).", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, url: str) -> Iterator[OpenedPage]:
    """A drawn page; whatever the test did, nothing left the machine and the console stayed silent."""
    with open_page(chromium, url) as page:
        yield page
        assert page.foreign == []
        assert page.complaints == []
