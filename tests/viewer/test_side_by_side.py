"""Two maps side by side: the lists divide both sides without rest, and each map draws what its side has."""

from __future__ import annotations

import pytest
from dash import html
from flask.testing import FlaskClient

from layers.comparison import Side, parse_side
from layers.store import Store
from layers.styles import Styles
from tests.viewer.component_tree import attribute, of_class, words
from viewer import side_by_side


def _lists(store: Store, styles: Styles, left: str, right: str, level: int) -> list[html.Section]:
    return side_by_side.lists(store, styles, parse_side(store, left), parse_side(store, right), level)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_two_plans_divide_their_features_without_rest(store: Store, styles: Styles, level: int) -> None:
    items = [
        {attribute(row, "data-side-feature") for row in of_class(section, "pair-row")}
        for section in _lists(store, styles, "plan:qingdao", "plan:chengyang", level)
    ]
    wanted = {
        f.id for f in store.features.values() if f.level <= level and {"qingdao", "chengyang"} & set(f.plans)
    }
    assert set().union(*items) == wanted
    assert sum(map(len, items)) == len(wanted)
    assert all("qingdao" in store.features[i].plans for i in items[2])
    assert all("qingdao" not in store.features[i].plans for i in items[3])


def test_turning_the_pair_round_turns_the_words_round(store: Store, styles: Styles) -> None:
    def notes(left: str, right: str) -> list[str]:
        (differing, *_) = _lists(store, styles, left, right, 3)
        return [words(n) for n in of_class(differing, "pair-note") if "：" in words(n)]

    one, other = notes("plan:qingdao", "plan:jimo"), notes("plan:jimo", "plan:qingdao")
    assert one
    for ours, theirs in zip(one, other, strict=True):
        what, pair = ours.split("：")
        assert theirs == f"{what}：{' / '.join(reversed(pair.split(' / ')))}"


def test_a_plan_beside_itself_has_no_difference(store: Store, styles: Styles) -> None:
    differing, both, left, right = _lists(store, styles, "plan:licang", "plan:licang", 3)
    assert [len(of_class(s, "pair-item")) for s in (differing, left, right)] == [0, 0, 0]
    assert of_class(both, "pair-item")


def test_every_side_has_its_name_and_can_be_chosen(store: Store, styles: Styles) -> None:
    section = side_by_side.section(store, styles)
    options = [o for o in _all(section) if isinstance(o, html.Option)]
    chosen = [o.value for o in options if getattr(o, "selected", False)]
    assert chosen == ["plan:qingdao", "plan:chengyang"]
    sides = {o.value for o in options if ":" in o.value}
    assert {"plan:jimo", "category:rail", "status:built", "status:planned", "year:2025", "year:2035"} <= sides
    assert side_by_side.side_name(store, styles, Side("status", "built")) == "已有"


def _all(node: object) -> list[object]:
    children = getattr(node, "children", None)
    nested = children if isinstance(children, list) else [children]
    return [node, *(found for child in nested if child is not None for found in _all(child))]


def test_each_map_draws_its_side(client: FlaskClient, store: Store, styles: Styles) -> None:
    for which, plan in (("left", "qingdao"), ("right", "jimo")):
        answer = client.get(f"/crossplan/sides/plan:qingdao/plan:jimo/2/{which}.geojson")
        drawn = {f["properties"]["id"] for f in answer.get_json(force=True)["features"]}
        assert drawn
        assert all(plan in store.features[i].plans for i in drawn)
        assert all(styles.categories[store.features[i].category].shown for i in drawn)
    rail = client.get("/crossplan/sides/category:region/category:rail/3/left.geojson").get_json(force=True)
    assert {f["properties"]["category"] for f in rail["features"]} == {"region"}
