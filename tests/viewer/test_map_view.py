"""The map as data: its layers by URL, and where it flies to."""

from __future__ import annotations

from layers.store import Store
from layers.styles import Styles
from tests.viewer.component_tree import attribute, walk
from tests.viewer.conftest import Find
from viewer import map_view


def urls(store: Store, styles: Styles) -> list[str]:
    parts = walk(map_view.layout(store, styles))
    return [u for p in parts if type(p).__name__ == "GeoJSON" and (u := attribute(p, "url"))]


def test_every_category_is_a_layer_by_url(store: Store, styles: Styles) -> None:
    named = {u.split("?")[0] for u in urls(store, styles)}
    assert {f"/layers/{c}.geojson" for c in styles.categories} <= named
    assert {f"/base/{b}.geojson" for b in ("land", "water", "districts")} <= named


def test_urls_carry_the_version_of_the_data(store: Store, styles: Styles) -> None:
    assert all(u.endswith(f"?v={store.version[:12]}") for u in urls(store, styles))


def test_sources_are_named_on_the_map(store: Store, styles: Styles) -> None:
    prefixes = [
        attribute(p, "prefix")
        for p in walk(map_view.layout(store, styles))
        if type(p).__name__ == "AttributionControl"
    ]
    assert len(prefixes) == 1
    assert all(source in prefixes[0] for source in store.attribution)


def test_flying_shows_the_whole_of_a_line(find: Find) -> None:
    axis = find("青烟城镇发展轴")
    view = map_view.viewport(axis)
    assert view is not None
    (south, west), (north, east) = view["bounds"]
    assert axis.bbox is not None
    assert west < axis.bbox[0]
    assert south < axis.bbox[1]
    assert east > axis.bbox[2]
    assert north > axis.bbox[3]


def test_flying_to_a_point_keeps_streets_in_sight(store: Store) -> None:
    point = next(
        f for f in store.features.values() if f.precision == "located" and f.bbox and f.bbox[0] == f.bbox[2]
    )
    view = map_view.viewport(point)
    assert view == {"center": [point.lat, point.lon], "zoom": 14, "transition": "flyTo"}


def test_nowhere_to_fly_to_for_the_unplaced(find: Find) -> None:
    assert map_view.viewport(find("山东半岛城市群")) is None
