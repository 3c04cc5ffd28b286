"""A page of the atlas in a real browser, in the words of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page

# What is seen of each page beside the map once it is there.
PAGE_READY = {
    "structures": ".structure-card:visible",
    "projects": ".ag-row",
    "crossplan": ".shared:visible",
    "coverage": ".coverage-page h1",
    "export": "#figure-form",
}
TIMEOUT_MS = 20_000  # of a machine that is busy with something else too

# A place on the screen where nothing covers the feature, a pixel around too: the middle of its symbol, else a point
# of its inside, else of its line.
_SPOT = """id => {
  const map = window.planAtlas.leaflet, frame = map.getContainer().getBoundingClientRect();
  const on = (node, x, y) => node.contains(document.elementFromPoint(x, y));
  const hit = (node, x, y) => [[0, 0], [1, 1], [1, -1], [-1, 1], [-1, -1]].every(([dx, dy]) => on(node, x + dx, y + dy));
  let spot = null;
  map.eachLayer(layer => {
    const p = layer.feature && layer.feature.properties;
    if (spot || !p || p.role || p.bearing !== undefined || p.id !== id) return;
    const node = layer.getElement();
    if (!node || !node.getClientRects().length) return;
    const box = node.getBoundingClientRect();
    if (layer.getLatLng) {
      const at = [box.x + box.width / 2, box.y + box.height / 2];
      if (hit(node, ...at)) spot = at;
      return;
    }
    const tries = [];
    for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) tries.push([box.x + box.width * i / 20, box.y + box.height * j / 20]);
    layer.getLatLngs().flat(3).map(l => map.latLngToContainerPoint(l)).forEach(p => tries.push([frame.x + p.x, frame.y + p.y]));
    spot = tries.find(([x, y]) => hit(node, x, y)) || null;
  });
  return spot;
}"""


# The page as it opens: every shape drawn, the names on the map, the filters' table there, the address in step.
_MAP_DRAWN = """() => {
  const frame = document.querySelector(".map-frame[data-drawn=all]");
  return frame && frame.querySelector("path.leaflet-interactive") && frame.querySelector(".name")
    && document.querySelector("#filter-count").textContent && location.search === planAtlas.link.compose();
}"""
_ADDRESS_IN_STEP = (
    "() => window.planAtlas?.leaflet && planAtlas.link && location.search === planAtlas.link.compose()"
)
_COUNTS = """() => Object.fromEntries([...document.querySelectorAll("label.category")].map(row =>
  [row.querySelector(".category-name").innerText, Number(row.querySelector(".count").innerText)]))"""
# Comes back once the map and the text have stood still for so many frames.
_COME_TO_REST = """async ([frames, limit]) => {
  const map = planAtlas.leaflet, end = performance.now() + limit;
  const look = () => JSON.stringify([map.getBounds().toBBoxString(), map.getSize(),
    map.getPane("mapPane").getBoundingClientRect(), document.getElementById("reader-body").scrollTop]);
  for (let before = look(), still = 0; still < frames; ) {
    if (performance.now() > end) throw new Error("the page does not come to rest");
    await new Promise(requestAnimationFrame);
    const now = look();
    still = now === before && !map._animatingZoom && !map._panAnim?._inProgress ? still + 1 : 0;
    before = now;
  }
}"""
_FRAMES, _FRAMES_OF_TEXT = 3, 10  # a text is brought to its place in a few steps, as its height becomes known


@dataclass
class OpenedPage:
    """One page in a browser of its own, and everything it asked for or complained of."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def open(self, link: str = "") -> None:
        """Open the atlas, or a link of it that shows the map, and wait until the map is drawn whole."""
        self.page.goto(f"{self.url}/{link}", wait_until="commit")
        self.page.wait_for_function(_MAP_DRAWN)

    def go(self, link: str) -> Page:
        """Open a link and wait for nothing: the test says what it waits for."""
        self.page.goto(f"{self.url}/{link}", wait_until="commit")
        return self.page

    def wait_for_address(self) -> None:
        """Until the address says what the page shows: it is written a moment after a change."""
        self.page.wait_for_function(_ADDRESS_IN_STEP)

    def wait_for_rest(self) -> None:
        """Until the map has stopped moving."""
        self.page.evaluate(_COME_TO_REST, [_FRAMES, TIMEOUT_MS])

    def wait_for_text_at_rest(self) -> None:
        """Until the text beside the map has stopped scrolling."""
        self.page.evaluate(_COME_TO_REST, [_FRAMES_OF_TEXT, TIMEOUT_MS])

    @property
    def foreign(self) -> list[str]:
        """Requests that would have left this machine."""
        return [u for u in self.requests if not u.startswith((self.url, "data:", "blob:"))]

    def spot(self, feature_id: str) -> tuple[float, float]:
        """Where a click meets the feature on the map, once the map is at rest."""
        self.wait_for_rest()
        spot = self.page.evaluate(_SPOT, feature_id)
        assert spot, f"{feature_id} is nowhere on the map to be clicked"
        return spot[0], spot[1]

    def click_feature(self, feature_id: str) -> None:
        self.page.mouse.click(*self.spot(feature_id))

    def search(self, name: str) -> None:
        """Type a name into the search box and take the first answer."""
        self.page.locator("#search").fill(name)
        self.page.locator("#search-results").get_by_role("option").filter(has_text=name).first.click()

    def title(self, name: str) -> Locator:
        """The panel's heading once it shows this feature."""
        return self.page.locator(".panel h1", has_text=name)

    def highlighted(self) -> Locator:
        return self.page.locator(".leaflet-highlight-pane").locator("path, .symbol")

    def pane(self, category: str) -> Locator:
        return self.page.locator(f".leaflet-layer-{category}-pane")

    def box(self, category_name: str) -> Locator:
        """The checkbox of a category."""
        row = self.page.locator("label.category").filter(has=self.page.get_by_text(category_name, exact=True))
        return row.locator("input[type=checkbox]")

    def counts(self) -> dict[str, int]:
        """Category -> number in the tree, as it is now; it follows a filter in the same step."""
        counts: dict[str, int] = self.page.evaluate(_COUNTS)
        return counts


@contextmanager
def fresh_page(browser: Browser, url: str, width: int = 1440, height: int = 900) -> Iterator[OpenedPage]:
    """A page of a user who was never here, nothing opened in it yet; closed when the block ends."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    try:
        page = context.new_page()
        page.set_default_timeout(TIMEOUT_MS)
        yield OpenedPage(page, url)
    finally:
        context.close()


@contextmanager
def open_page(
    browser: Browser, url: str, link: str = "", *, width: int = 1440, height: int = 900
) -> Iterator[OpenedPage]:
    """A fresh page with the map drawn whole; closed when the block ends."""
    with fresh_page(browser, url, width, height) as opened:
        opened.open(link)
        yield opened
