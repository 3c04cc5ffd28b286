"""From the map to the panel: clicks, the list of a shared point, search."""

from __future__ import annotations

from playwright.sync_api import expect

from layers.records import FeatureSummary
from layers.store import Store
from tests.viewer.browser.opened_page import OpenedPage
from tests.viewer.conftest import Find


def test_a_click_on_a_line_shows_its_panel(opened: OpenedPage, store: Store, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    opened.click_feature(axis.id)
    expect(opened.title(axis.name)).to_be_visible()
    marks = opened.page.locator(".panel blockquote mark")
    expect(marks).to_have_text([e.mention for e in store.evidence(axis.id)])
    expect(opened.page.locator(".panel .precision-line strong")).to_have_text("示意")
    expect(opened.highlighted().first).to_be_attached()


def test_a_click_on_water_and_on_a_symbol(opened: OpenedPage, find: Find) -> None:
    for name in ("胶州湾", "姜山"):
        opened.click_feature(find(name).id)
        expect(opened.title(name)).to_be_visible()


def test_a_click_does_not_move_the_map(opened: OpenedPage, find: Find) -> None:
    opened.wait_for_rest()
    bounds = "planAtlas.leaflet.getBounds().toBBoxString()"
    before = opened.page.evaluate(bounds)
    opened.page.evaluate("() => { planAtlas.leaflet.once('movestart', () => (window.moved = true)) }")
    opened.click_feature(find("胶州湾").id)
    expect(opened.title("胶州湾")).to_be_visible()
    expect(opened.highlighted().first).to_be_attached()
    opened.wait_for_address()
    opened.wait_for_rest()
    assert opened.page.evaluate(bounds) == before
    assert opened.page.evaluate("window.moved === undefined")


def test_a_member_in_the_panel_is_the_next_choice(opened: OpenedPage, store: Store, find: Find) -> None:
    whole = find("三湾一带")
    member = store.features[next(m for group in whole.members.values() for m in group)]
    opened.search(whole.name)
    expect(opened.title(whole.name)).to_be_visible()
    opened.page.locator(f'.panel .chip[data-feature="{member.id}"]').first.click()
    expect(opened.title(member.name)).to_be_visible()


def test_search_flies_to_what_it_finds(opened: OpenedPage, find: Find) -> None:
    bay = find("丁字湾")
    opened.search(bay.name)
    expect(opened.title(bay.name)).to_be_visible()
    opened.page.wait_for_function(
        "([w, s, e, n]) => { const b = planAtlas.leaflet.getBounds();"
        "return b.contains([[s, w], [n, e]]) && b.getEast() - b.getWest() < 1 }",
        arg=list(bay.bbox or ()),
    )


def test_an_unplaced_feature_found_by_search_says_why(opened: OpenedPage, find: Find) -> None:
    feature = find("山东半岛城市群")
    assert feature.precision == "unplaced"
    opened.search(feature.name)
    expect(opened.title(feature.name)).to_be_visible()
    expect(opened.page.locator(".panel .placement.p-unplaced")).to_contain_text(feature.issues[0]["text"])
    expect(opened.highlighted()).to_have_count(0)
    expect(opened.page.locator(".panel blockquote mark")).not_to_have_count(0)


def shared_point(store: Store) -> list[FeatureSummary]:
    """Features of one category known only to lie in the same place, one of them structural."""
    groups: dict[tuple[object, ...], list[FeatureSummary]] = {}
    for f in store.features.values():
        if f.precision == "district" and f.bbox and f.bbox[0] == f.bbox[2]:
            groups.setdefault((f.category, f.lon, f.lat), []).append(f)
    return max(groups.values(), key=len)


def test_where_several_share_a_point_a_list_lets_choose(opened: OpenedPage, store: Store) -> None:
    group = shared_point(store)
    assert len(group) > 10
    page = opened.page
    page.get_by_role("button", name="全部").last.click()
    page.evaluate(
        "([lat, lon]) => { planAtlas.leaflet.setView([lat, lon], 15, {animate: false}) }",
        [group[0].lat, group[0].lon],
    )
    marker = page.locator(f".leaflet-layer-{group[0].category}-pane .symbol", has_text=str(len(group)))
    opened.wait_for_rest()
    marker.first.dispatch_event("click")
    choices = page.locator(".leaflet-popup .choice")
    expect(choices).to_have_count(len(group))
    assert sorted(choices.all_inner_texts()) == sorted(f.name for f in group)
    name = group[-1].name
    choices.get_by_text(name, exact=True).click()
    expect(opened.title(name)).to_be_visible()
    expect(opened.highlighted().first).to_be_attached()
