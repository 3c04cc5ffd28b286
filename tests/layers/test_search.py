"""Questions of several words; single names and pinyin are tested through the route."""

from __future__ import annotations

import pytest

from layers.search import Question, read_question, search
from layers.store import Store


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("城阳发展轴", Question("chengyang", ("发展轴",))),
        ("城阳区的发展轴", Question("chengyang", ("发展轴",))),
        ("城阳的发展轴怎么走", Question("chengyang", ("发展轴",))),
        ("即墨 轨道", Question("jimo", ("轨道",))),
        ("市南浮山湾区有哪些项目", Question("shinan", ("浮山湾区",))),
        ("公园 湿地", Question("", ("公园", "湿地"))),
        ("城阳", None),
        ("发展轴", None),
        ("的", None),
    ],
)
def test_a_question_is_read_as_a_plan_and_words(store: Store, text: str, question: Question | None) -> None:
    assert read_question(store, text) == question


def test_a_question_finds_the_features_of_its_plan(store: Store) -> None:
    found = search(store, "城阳的发展轴")
    assert [hit.text for hit in found["feature"]]
    for hit in found["feature"]:
        assert "发展轴" in hit.text
        assert hit.text[hit.start : hit.end] == "发展轴"
        assert "chengyang" in store.features[hit.ref].plans
    assert {hit.detail for hit in found["project"]} == {"chengyang"}


def test_a_kind_is_found_by_its_name(store: Store) -> None:
    found = search(store, "即墨 轨道铁路", kinds={"rail": "轨道铁路"})
    assert found["feature"]
    assert {store.features[hit.ref].category for hit in found["feature"]} == {"rail"}


def test_a_name_that_stands_as_it_is_comes_before_any_reading(store: Store) -> None:
    assert search(store, "城阳区")["feature"][0].text == "城阳区"


def test_what_only_the_plan_asked_about_names_goes_first(store: Store) -> None:
    found = search(store, "城阳的发展轴怎么走", limit=40)["feature"]
    level_1 = [store.features[hit.ref].plans for hit in found if store.features[hit.ref].level == 1]
    assert ("chengyang",) in level_1
    shared = [plans != ("chengyang",) for plans in level_1]
    assert shared == sorted(shared)
    assert any(shared)
