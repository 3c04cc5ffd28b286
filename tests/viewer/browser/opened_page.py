"""A page of the atlas in a real browser, in the words of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page

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


@dataclass
class OpenedPage:
    """One open page, and everything it asked for or complained of."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.goto(self.url)
        self.page.wait_for_selector(".map-frame[data-drawn=all]")
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_selector("path.leaflet-interactive")
        self.page.wait_for_selector(".name")

    @property
    def foreign(self) -> list[str]:
        """Requests that would have left this machine."""
        return [u for u in self.requests if not u.startswith((self.url, "data:", "blob:"))]

    def spot(self, feature_id: str) -> tuple[float, float]:
        """Where a click meets the feature on the map."""
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
        """Category -> number in the tree."""
        rows = self.page.locator("label.category").all()
        return {r.locator(".category-name").inner_text(): int(r.locator(".count").inner_text()) for r in rows}


@contextmanager
def open_page(browser: Browser, url: str, width: int = 1440, height: int = 900) -> Iterator[OpenedPage]:
    """A fresh page, drawn; closed when the block ends."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    try:
        opened = OpenedPage(context.new_page(), url)
        opened.page.set_default_timeout(15_000)
        opened.open()
        yield opened
    finally:
        context.close()
