"""What comes after the first map: the other shapes in their places, and the components of a page when it is opened."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from layers.map_layers import layer_collection, one_feature
from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage
from tests.viewer.conftest import Find

_ORDER = """category => {
  const ids = new Map();
  planAtlas.leaflet.eachLayer(l => {
    if (l.options.pane === "layer-" + category && l.feature && l.getElement() instanceof SVGElement) ids.set(l.getElement(), l.feature.properties.id);
  });
  return [...document.querySelectorAll(`.leaflet-layer-${category}-pane path`)].map(path => ids.get(path));
}"""
_HIGHLIGHT = """() => { const roles = [];
  planAtlas.leaflet.eachLayer(l => { if (l.options.pane === "highlight" && l.feature) roles.push([l.feature.properties.id, l.feature.properties.role || "", l.feature.geometry.type]); });
  return roles.sort(); }"""
_POINTS = {"Point", "MultiPoint"}


def _symbols(geometry: dict[str, Any]) -> int:
    """Several points are several symbols."""
    return len(geometry["coordinates"]) if geometry["type"] == "MultiPoint" else 1


def test_large_areas_stay_below_small_ones(untouched: OpenedPage, store: Store) -> None:
    for category in ("zone", "admin", "industrial_park", "road"):
        features = layer_collection(store, category)["features"]
        wanted = [f["properties"]["id"] for f in features if f["geometry"]["type"] not in _POINTS]
        assert untouched.page.evaluate(_ORDER, category) == wanted


def test_every_shape_is_there_once(untouched: OpenedPage, store: Store) -> None:
    held = untouched.page.evaluate(
        """() => { const ids = [];
             planAtlas.leaflet.eachLayer(l => { if (l.feature && /^layer-/.test(l.options.pane || "")) ids.push(l.feature.properties.id); });
             return ids.sort() }"""
    )
    categories = {f.category for f in store.features.values()}
    features = [f for c in categories for f in layer_collection(store, c)["features"]]
    drawn = [f["properties"]["id"] for f in features for _ in range(_symbols(f["geometry"]))]
    assert held == sorted(drawn)


def test_a_choice_is_lit_as_the_server_would(opened: OpenedPage, store: Store, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    opened.page.evaluate("id => planAtlas.select(id, false)", axis.id)
    expect(opened.highlighted().first).to_be_visible()
    wanted = [
        [f["properties"]["id"], f["properties"].get("role", ""), f["geometry"]["type"]]
        for f in one_feature(store, axis.id)["features"]
    ]
    assert opened.page.evaluate(_HIGHLIGHT) == sorted(wanted)


def test_the_page_of_tables_brings_their_script(opened: OpenedPage) -> None:
    assert not [url for url in opened.requests if "ag_grid" in url]
    opened.page.locator(".nav[data-page=projects]").click()
    expect(opened.page.locator(".ag-root").first).to_be_visible()
    assert len([url for url in opened.requests if "dash_ag_grid.v" in url]) >= 1


def test_without_the_second_answer_the_layers_are_asked_one_by_one(
    unopened: OpenedPage, store: Store
) -> None:
    unopened.page.route("**/kept/rest-*", lambda route: route.abort())
    unopened.open()
    assert [u for u in unopened.requests if "/layers/zone.geojson" in u]
    wanted = [
        f["properties"]["id"]
        for f in layer_collection(store, "zone")["features"]
        if f["geometry"]["type"] not in _POINTS
    ]
    assert unopened.page.evaluate(_ORDER, "zone") == wanted
    unopened.complaints.clear()  # the browser's own note of the aborted request


def test_without_the_first_answer_the_layers_are_asked_one_by_one(unopened: OpenedPage) -> None:
    unopened.page.route("**/kept/opening-*", lambda route: route.abort())
    unopened.go("")
    unopened.page.wait_for_selector(".leaflet-layer-zone-pane path.lv-2", state="attached")
    unopened.complaints.clear()  # the browser's own note of the aborted request
