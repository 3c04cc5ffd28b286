"""对照: the shared features and what differs."""

from __future__ import annotations

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from layers.crossplan import Difference, shared_features
from layers.records import Evidence
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
    a, b, c = (Evidence(plan, 0, 2, 1, "地铁", (), "", "", "地铁", "。", ()) for plan in "abc")
    differences = [
        Difference("状态", ("a", "b"), ("existing", "planned"), (a, b)),
        Difference("状态", ("a", "c"), ("existing", "planned"), (a, c)),
    ]
    assert crossplan_page.gathered(differences) == {
        "状态": {"a": ("existing", a), "b": ("planned", b), "c": ("planned", c)}
    }


def test_the_words_that_say_it_are_marked(store: Store, styles: Styles, find: Find) -> None:
    (table,) = of_class(crossplan_page.shared_detail(store, styles, find("胶东国际机场").id), "difference")
    marked = [words(m) for m in walk(table) if type(m).__name__ == "Mark"]
    assert marked == ["胶东国际机场建成", "即将投入使用的胶东国际机场", "依托胶东国际机场"]


def test_a_role_tells_the_formulas_it_is_part_of(store: Store, styles: Styles, find: Find) -> None:
    roles = of_class(crossplan_page.shared_detail(store, styles, find("青岛高新区").id), "role")
    (chengyang,) = [r for r in roles if words(r).startswith("城阳区")]
    assert "「四极赋能」的极" in words(chengyang)


def test_pages_by_url(client: FlaskClient, store: Store, styles: Styles, find: Find) -> None:
    url = attribute(crossplan_page.layout(store, styles), "data-fragment")
    assert client.get(url).mimetype == "text/html"
    answer = client.get(f"/crossplan/feature/{find('胶东经济圈').id}")
    assert "胶东经济圈" in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/crossplan/feature/no.such",
        "/crossplan/sides/plan:qingdao/plan:mars/1",
        "/crossplan/sides/plan:qingdao/plan:jimo/9",
        "/crossplan/sides/plan:qingdao/plan:jimo/x",
        "/crossplan/sides/plan:qingdao/status:none/1/left.geojson",
    ],
)
def test_the_unknown_is_not_found(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_every_button_says_what_it_does(page: Component) -> None:
    for part in walk(page):
        if isinstance(part, Component) and type(part).__name__ == "Button":
            assert words(part).strip()
