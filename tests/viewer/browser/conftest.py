"""Fixtures of the browser tests: one server, one Chromium, a fresh page a test, and one page for those that only look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.viewer.browser.opened_page import TIMEOUT_MS, OpenedPage, fresh_page, open_page
from tests.viewer.browser.serving import CHROMIUM_FLAGS, chromium_path, serving

expect.set_options(timeout=TIMEOUT_MS)


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
def unopened(chromium: Browser, url: str) -> Iterator[OpenedPage]:
    """A page in which nothing is opened yet, for tests that begin with a link; whatever the test did, nothing left the
    machine and the console stayed silent."""
    with fresh_page(chromium, url) as page:
        yield page
        assert page.foreign == []
        assert page.complaints == []


@pytest.fixture
def opened(unopened: OpenedPage) -> OpenedPage:
    """The same page with the map drawn whole."""
    unopened.open()
    return unopened


@pytest.fixture(scope="session")
def _standing(chromium: Browser, url: str) -> Iterator[OpenedPage]:
    with open_page(chromium, url) as page:
        yield page


@pytest.fixture
def untouched(_standing: OpenedPage) -> Iterator[OpenedPage]:
    """The page as it opens, drawn once for all tests that only look at it. A test that changes it fails."""
    before = _standing.page.evaluate("planAtlas.link.compose()")
    yield _standing
    assert _standing.page.evaluate("planAtlas.link.compose()") == before
    assert _standing.foreign == []
    assert _standing.complaints == []
