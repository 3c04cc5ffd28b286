"""空间格局: a card for each structure and plan, and its two drawings by URL."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from layers.audit import VERDICTS
from layers.records import FeatureSummary
from layers.store import Store
from layers.structure_diagram import build_diagram
from layers.styles import Styles
from tests.viewer.component_tree import attribute, of_class, words
from tests.viewer.conftest import Find
from viewer import structures_page
from viewer.structure_drawing import diagram_svg, groups_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page(store: Store, styles: Styles) -> Component:
    return structures_page.structures(store, styles)


def card(page: Component, plan: str, name: str) -> Component:
    (section,) = [s for s in of_class(page, "structure-plan") if attribute(s, "data-structure-plan") == plan]
    (found,) = [c for c in of_class(section, "structure-card") if words(c).startswith(name)]
    return found


def marks(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [g.get("data-member", "") for g in root.iter(f"{SVG}g") if g.get("data-member")]


def test_every_structure_has_a_card_in_every_plan_that_names_it(page: Component, store: Store) -> None:
    wanted = sum(len(store.features[s].plans) for s in store.structures)
    assert len(of_class(page, "structure-card")) == wanted > 0


def test_a_card_tells_count_verdict_members_and_sentence(page: Component, find: Find) -> None:
    found = card(page, "chengyang", "两横三纵")
    assert "横22" in words(of_class(found, "count-check"))
    assert "纵33" in words(of_class(found, "count-check"))
    assert VERDICTS["complete"] in words(of_class(found, "verdict"))
    members = {m for group in find("两横三纵").members.values() for m in group}
    assert {attribute(c, "data-member") for c in of_class(found, "chip")} == members
    assert {attribute(c, "data-feature") for c in of_class(found, "chip")} == members
    (button,) = [b for b in of_class(found, "read") if attribute(b, "data-read-plan")]
    assert attribute(button, "data-read-plan") == "chengyang"
    assert "两横三纵" in words(found).removeprefix("两横三纵")


def test_a_contradiction_is_told_as_the_check_tells_it(page: Component, store: Store) -> None:
    told = [c for s in store.structures.values() if (c := s.conflict)]
    assert told
    assert {words(c) for c in of_class(page, "conflict")} == set(told)


def test_members_without_a_place_are_named_under_the_map(page: Component) -> None:
    assert "未落图：山东半岛城市群" in words(card(page, "qingdao", "一群两心三圈"))


@pytest.mark.parametrize("name", ["两横三纵", "三湾一带", "四极赋能", "五大发展轴"])
def test_diagram_and_map_carry_the_same_members(
    client: FlaskClient, find: Find, store: Store, name: str
) -> None:
    structure = find(name)
    members = {m for group in structure.members.values() for m in group}
    placed = {m for m in members if store.features[m].bbox}
    answers = {part: client.get(f"/structures/{structure.id}/{part}.svg") for part in ("diagram", "map")}
    for answer in answers.values():
        assert answer.status_code == 200
        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["ETag"]
    assert set(marks(answers["diagram"].text)) == members
    assert set(marks(answers["map"].text)) == placed


def test_every_drawing_of_the_page_is_there_and_well_formed(
    client: FlaskClient, page: Component, store: Store
) -> None:
    drawings = {attribute(d, "data-drawing") for d in of_class(page, "drawing")}
    assert len(drawings) == 2 * len(store.structures)
    for url in sorted(drawings):
        answer = client.get(url)
        assert answer.status_code in (200, 204)
        if answer.status_code == 200:
            ElementTree.fromstring(answer.text)
            assert not re.search(r"(?<![\w-])(nan|inf|None)(?![\w-])", answer.text)


@pytest.mark.parametrize("url", ["/structures/no.such/map.svg", "/structures/shared.jiao-zhou-wan/map.svg"])
def test_what_is_no_structure_is_not_found(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_an_unknown_drawing_is_not_found(client: FlaskClient, find: Find) -> None:
    assert client.get(f"/structures/{find('两横三纵').id}/poster.svg").status_code == 404


def test_names_cannot_become_markup(styles: Styles, find: Find, store: Store) -> None:
    structure = find("两横三纵")
    features = dict(store.features)
    for group in structure.members.values():
        for m in group:
            features[m] = _named(features[m], '<script>"&')
    svg = diagram_svg(build_diagram(groups_of(structure, None, features)), styles, "<b>")
    assert "<script" not in svg
    assert "<b>" not in svg
    ElementTree.fromstring(svg)


def _named(feature: FeatureSummary, name: str) -> FeatureSummary:
    from dataclasses import replace

    return replace(feature, name=name)


def test_the_page_is_html_by_url_and_its_frame_points_there(
    client: FlaskClient, store: Store, styles: Styles
) -> None:
    url = attribute(structures_page.layout(store, styles), "data-fragment")
    answer = client.get(url)
    assert answer.mimetype == "text/html"
    assert answer.text.count('class="structure-card"') == sum(
        len(store.features[s].plans) for s in store.structures
    )
    assert client.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
