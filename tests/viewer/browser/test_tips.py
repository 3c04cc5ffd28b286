"""What is said of a feature while it is pointed at."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.viewer.browser.opened_page import OpenedPage

# A mark of several things known no better than to their district, of which a coarser level leaves fewer, but several.
_GROUP = """() => {
  const found = [];
  planAtlas.leaflet.eachLayer(layer => {
    const p = layer.feature && layer.feature.properties;
    const node = p && p.together && layer.getElement && layer.getElement();
    if (!node || !node.getClientRects().length) return;
    const kept = level => p.together.filter(one => one.level <= level).length;
    if (kept(2) > 1 && kept(3) > kept(2)) found.push({ id: p.together[0].id, all: kept(3), some: kept(2) });
  });
  return found[0] || null;
}"""
_POINT_AT = """id => void planAtlas.leaflet.eachLayer(layer => {
  const p = layer.feature && layer.feature.properties;
  if (p && p.together && p.together[0].id === id && layer.getElement()) layer.fire('mouseover', { latlng: layer.getLatLng() });
})"""
_LEAVE = """id => void planAtlas.leaflet.eachLayer(layer => {
  const p = layer.feature && layer.feature.properties;
  if (p && p.together && p.together[0].id === id && layer.getElement()) layer.fire('mouseout');
})"""


def test_the_tip_of_a_group_counts_what_the_filters_leave(opened: OpenedPage) -> None:
    page = opened.page
    page.locator('.option[data-filter=level][data-value="3"]').click()
    group = page.evaluate(_GROUP)
    assert group
    tip = page.locator(".tip")
    page.evaluate(_POINT_AT, group["id"])
    expect(tip).to_contain_text(f"{group['all']} 处")
    page.evaluate(_LEAVE, group["id"])
    expect(tip).to_have_count(0)
    page.locator('.option[data-filter=level][data-value="2"]').click()
    page.evaluate(_POINT_AT, group["id"])  # the filter holds in the same step
    expect(tip).to_contain_text(f"{group['some']} 处")
