"""Two sides: every feature of either falls into exactly one list, and the real plans give what they say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from layers.comparison import KINDS, Side, UnknownSideError, compare, parse_side, side_features, values
from layers.map_layers import side_collection
from layers.store import Store


def _names(store: Store, ids: tuple[str, ...]) -> set[str]:
    return {store.features[i].name for i in ids}


def _all_sides(store: Store) -> list[Side]:
    return [Side(kind, value) for kind in KINDS for value in values(store, kind)]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_each_feature_of_a_side_stands_in_one_list(store: Store, level: int) -> None:
    sides = _all_sides(store)
    for left, right in pairwise(sides):
        found = compare(store, left, right, level)
        lists = [found.alike, found.differing, found.left, found.right]
        together = [i for one in lists for i in one]
        assert len(together) == len(set(together))
        wanted = side_features(store, left) | side_features(store, right)
        assert set(together) == {i for i in wanted if store.features[i].level <= level}
        assert set(found.differences) == set(found.differing)


def test_a_side_with_itself_has_everything_in_both_alike(store: Store) -> None:
    side = parse_side(store, "plan:jimo")
    found = compare(store, side, side, 3)
    assert set(found.alike) == side_features(store, side)
    assert (found.differing, found.left, found.right) == ((), (), ())


def test_city_and_district(store: Store) -> None:
    found = compare(store, parse_side(store, "plan:qingdao"), parse_side(store, "plan:jimo"), 1)
    both = _names(store, found.alike) | _names(store, found.differing)
    assert {"龙泉—姜山产业组团", "青岛蓝谷"} <= both
    assert "汇泉湾区" not in both
    assert all(set(d.plans) == {"qingdao", "jimo"} for said in found.differences.values() for d in said)


def test_built_and_planned_differ_where_the_plans_do(store: Store) -> None:
    found = compare(store, parse_side(store, "status:built"), parse_side(store, "status:planned"), 3)
    for feature in (*found.differing, *found.alike):
        said = {view["status"] for view in store.features[feature].views.values()}
        assert "existing" in said
        assert said & {"planned", "under_construction", "proposed", "renewal"}


@pytest.mark.parametrize(
    "text", ["", "plan", "plan:none", "colour:red", "year:2049", "plan:<script>", "x" * 500]
)
def test_an_unknown_side_gets_one_sentence(store: Store, text: str) -> None:
    with pytest.raises(UnknownSideError) as said:
        parse_side(store, text)
    assert len(str(said.value)) < 60


def test_a_side_is_drawn_with_category_and_what_is_common(store: Store) -> None:
    left, right = parse_side(store, "plan:chengyang"), parse_side(store, "plan:jimo")
    found = compare(store, left, right, 2)
    drawn = side_collection(store, {*found.left, *found.both}, found.both)["features"]
    for feature in drawn:
        properties = feature["properties"]
        assert store.features[properties["id"]].category == properties["category"]
        assert properties["common"] == (properties["id"] in found.both)
    shown = {p["id"] for f in drawn for p in [f["properties"], *f["properties"].get("together", [])]}
    placed = {i for i in (*found.left, *found.both) if store.features[i].bbox}
    assert shown == placed
