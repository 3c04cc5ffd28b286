"""axe-core in an opened page: what it finds that keeps people out."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

_RUN = """async () => {
  const ending = document.getAnimations().filter(one => Number.isFinite(one.effect.getComputedTiming().endTime));
  await Promise.allSettled(ending.map(one => one.finished)); // half a fade has half its contrast
  const found = await axe.run(document, { resultTypes: ['violations'] });
  return found.violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : v.help)));
}"""


def serious_violations(page: Page) -> list[str]:
    """The serious and critical violations of the page as it is now, one line an element; ``[]`` when there are none."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN)
    return found
