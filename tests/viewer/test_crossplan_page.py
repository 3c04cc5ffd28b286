"""对照: the shared features, what differs, and two plans side by side."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from layers.crossplan import Difference, shared_features
from layers.store import Store
from layers.styles import Styles
from tests.viewer.component_tree import attribute, of_class, walk, words
from tests.viewer.conftest import Find
from viewer import crossplan_page


@pytest.fixture(scope="module")
def page(store: Store, styles: Styles) -> Component:
    return crossplan_page.comparison(store, styles)


def test_every_shared_feature_can_be_chosen_and_says_whether_plans_differ(
    page: Component, store: Store
) -> None:
    buttons = of_class(page, "shared")
    assert [attribute(b, "data-crossplan") for b in buttons] == [f.id for f in shared_features(store)]
    compared = crossplan_page.compared(store)
    for button in buttons:
        differs = bool(compared[attribute(button, "data-crossplan")].differences)
        assert attribute(button, "data-differs") == str(differs).lower()
        assert bool(of_class(button, "differs")) == differs


def test_a_feature_stands_once_a_plan_with_names_and_sentences(
    store: Store, styles: Styles, find: Find
) -> None:
    feature = find("胶东经济圈")
    detail = crossplan_page.shared_detail(store, styles, feature.id)
    roles = of_class(detail, "role")
    assert len(roles) == len(feature.plans)
    for plan, role in zip(feature.plans, roles, strict=True):
        assert words(role).startswith(store.plans[plan].district)
        read = {attribute(b, "data-read-plan") for b in of_class(role, "read")}
        assert read == {plan}


def test_differences_show_each_plans_words_and_sentence(store: Store, styles: Styles) -> None:
    for item in crossplan_page.compared(store).values():
        if not item.differences:
            continue
        (table,) = of_class(crossplan_page.shared_detail(store, styles, item.feature.id), "difference")
        told = words(table)
        for d in item.differences:
            assert d.what in told
            for plan, sentence in zip(d.plans, d.sentences, strict=True):
                assert store.plans[plan].district in told
                assert sentence in told


def test_without_differences_a_sentence_says_so(store: Store, styles: Styles) -> None:
    same = next(c for c in crossplan_page.compared(store).values() if not c.differences)
    detail = crossplan_page.shared_detail(store, styles, same.feature.id)
    assert "没有不同" in words(of_class(detail, "same"))
    assert not of_class(detail, "difference")


def test_a_plan_that_differs_from_several_is_told_once() -> None:
    differences = [
        Difference("状态", ("a", "b"), ("existing", "planned"), ("A。", "B。")),
        Difference("状态", ("a", "c"), ("existing", "planned"), ("A。", "C。")),
    ]
    assert crossplan_page.gathered(differences) == {
        "状态": {"a": ("existing", "A。"), "b": ("planned", "B。"), "c": ("planned", "C。")}
    }


@pytest.mark.parametrize("level", [1, 2, 3])
def test_two_plans_divide_their_features_without_rest(store: Store, styles: Styles, level: int) -> None:
    lists = crossplan_page.pair_lists(store, styles, "qingdao", "chengyang", level)
    items = [
        {
            attribute(b, "data-feature") or attribute(b, "data-crossplan")
            for b in of_class(section, "pair-item")
        }
        for section in lists
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
        (differing, *_) = crossplan_page.pair_lists(store, styles, left, right, 3)
        return [words(n) for n in of_class(differing, "pair-note")]

    one, other = notes("qingdao", "chengyang"), notes("chengyang", "qingdao")
    assert one
    for ours, theirs in zip(one, other, strict=True):
        what, pair = ours.split("：")
        assert theirs == f"{what}：{' / '.join(reversed(pair.split(' / ')))}"


def test_a_plan_beside_itself_has_no_difference(store: Store, styles: Styles) -> None:
    differing, both, left, right = crossplan_page.pair_lists(store, styles, "licang", "licang", 3)
    assert [len(of_class(s, "pair-item")) for s in (differing, left, right)] == [0, 0, 0]
    assert of_class(both, "pair-item")


def test_pages_by_url(client: FlaskClient, store: Store, styles: Styles, find: Find) -> None:
    url = attribute(crossplan_page.layout(store, styles), "data-fragment")
    assert client.get(url).mimetype == "text/html"
    answer = client.get(f"/crossplan/feature/{find('胶东经济圈').id}")
    assert "胶东经济圈" in answer.text
    assert client.get("/crossplan/pair/qingdao/jimo/2").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/crossplan/feature/no.such",
        "/crossplan/pair/qingdao/mars/1",
        "/crossplan/pair/qingdao/jimo/9",
        "/crossplan/pair/qingdao/jimo/x",
    ],
)
def test_the_unknown_is_not_found(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_every_button_says_what_it_does(page: Component) -> None:
    for part in walk(page):
        if isinstance(part, Component) and type(part).__name__ == "Button":
            assert words(part).strip()
