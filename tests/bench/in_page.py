"""Clocks that run inside the page, so that the driver's own time is not measured."""

from __future__ import annotations

from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

# Milliseconds from an action to the frame after which a condition holds; gives up after five seconds.
ELAPSED = """([action, done, arg]) => new Promise((resolve, reject) => {
  const act = eval(action), ready = eval(done), start = performance.now();
  act(arg);
  (function look() {
    const took = performance.now() - start;
    if (ready(arg)) requestAnimationFrame(() => resolve(performance.now() - start));
    else if (took > 5000) reject(new Error("nothing happened after " + action));
    else setTimeout(look, 1);
  })();
})"""

# Milliseconds from the start of navigation to the frame in which this many shapes stand on the map.
DRAWN = """wanted => new Promise(resolve => (function look() {
  if (document.querySelectorAll(".leaflet-interactive").length >= wanted) requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  else setTimeout(look, 5);
})())"""


def elapsed_ms(page: Page, action: str, done: str, argument: Any) -> float:
    """Time from ``action`` (a JavaScript function of the argument) until ``done`` of it holds and is painted."""
    return float(page.evaluate(ELAPSED, [action, done, argument]))


def drawn_ms(page: Page, url: str, shapes: int) -> float:
    """Time from navigation until the map shows so many shapes."""
    page.goto(url, wait_until="commit")
    return float(page.evaluate(DRAWN, shapes))


def summary(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{median(times):6.0f} ms  median of {len(times)}, {ordered[0]:.0f} to {ordered[-1]:.0f}"


class Transfer:
    """Bytes that came over the wire for a page, headers included, counted by the browser itself."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.bytes = 0
        self.requests = 0
        session: CDPSession = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, Any]) -> None:
        sent = int(event["encodedDataLength"])
        self.bytes += sent
        self.requests += sent > 0  # what was preloaded finishes again, from memory, where it is used

    def __str__(self) -> str:
        return f"{self.bytes / 1e3:6.0f} kB  in {self.requests} requests"


def fresh(browser: Browser) -> tuple[BrowserContext, Page]:
    """A context without a cache, and its page."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    return context, context.new_page()
