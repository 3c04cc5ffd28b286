"""Comparing plans: what counts as a difference, and that both sentences come with it."""

from __future__ import annotations

import pytest

from layers.crossplan import (
    Figure,
    PlanRole,
    crossplan_table,
    find_differences,
    plan_roles,
    shared_features,
    unproved_statuses,
)
from layers.records import Evidence
from layers.statements import STATUS
from layers.store import Store


def role(
    plan: str, status: str = "unspecified", said: dict[str, str] | None = None, **figures: tuple[str, float]
) -> PlanRole:
    """A plan that names the underground; each status is said in so many words."""
    quote = Evidence(plan, 0, 2, 1, "地铁", (), "", "建设", "地铁", f"（{plan}）", ())
    found = {
        kind: (Figure(words, value, quote, words.lstrip("约0123456789")),)
        for kind, (words, value) in figures.items()
    }
    words = {STATUS: status} if said is None and status != "unspecified" else said or {}
    places = {what: Evidence(plan, 0, 2, 1, text, (), "", "", text, "", ()) for what, text in words.items()}
    return PlanRole(plan, ("地铁",), 2, status, (quote,), (), found, places)


def test_shared_features_are_named_by_several_plans_most_first(store: Store) -> None:
    shared = shared_features(store)
    assert shared
    assert all(len(f.plans) > 1 for f in shared)
    counts = [len(f.plans) for f in shared]
    assert counts == sorted(counts, reverse=True)
    assert {f.id for f in store.features.values() if len(f.plans) > 1} == {f.id for f in shared}


def test_each_plan_has_its_role_with_its_own_sentences(store: Store) -> None:
    for feature in shared_features(store):
        roles = plan_roles(store, feature)
        assert [r.plan for r in roles] == list(feature.plans)
        for r in roles:
            assert {e.plan for e in r.evidence} <= {r.plan}
            assert r.evidence or r.projects


def test_names_are_the_plans_own_words_most_frequent_first(store: Store) -> None:
    for feature in shared_features(store):
        for r in plan_roles(store, feature):
            counts = [sum(e.mention == name for e in r.evidence) for name in r.names]
            assert counts == sorted(counts, reverse=True)
            assert all(counts)


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        (role("a", "existing"), role("b", "planned"), ["状态"]),
        (role("a", "existing"), role("b", "unspecified"), []),
        (role("a", "planned"), role("b", "planned"), []),
        (role("a", "existing"), role("b", "planned", said={}), []),
        (role("a", said={"范围": "北段"}), role("b", said={"范围": "全线"}), ["范围"]),
        (role("a", said={"范围": "北 段"}), role("b", said={"范围": "北段"}), []),
        (role("a", said={"范围": "北段"}), role("b", said={"定位": "全线"}), []),
        (role("a", investment=("约5亿元", 5.0)), role("b", investment=("6亿元", 6.0)), ["投资"]),
        (role("a", investment=("约5亿元", 5.0)), role("b", investment=("5亿元", 5.0)), []),
        (role("a", investment=("5亿元", 5.0)), role("b", length=("5公里", 5.0)), []),
        (role("a", capacity=("4车道", 4.0)), role("b", capacity=("500千伏", 500.0)), []),
        (role("a", finish=("2025年", 2025)), role("b", finish=("2023年", 2023)), ["建成年"]),
        (
            role("a", length=("5公里", 5.0), investment=("5亿元", 5.0)),
            role("b", length=("6公里", 6.0), investment=("6亿元", 6.0)),
            ["投资", "长度"],
        ),
        (role("a", finish=("2025年", 2025)), role("b", target=("2023年", 2023)), []),
    ],
)
def test_what_is_a_difference(one: PlanRole, other: PlanRole, what: list[str]) -> None:
    assert [d.what for d in find_differences([one, other])] == what


def test_a_difference_holds_both_words_and_both_sentences() -> None:
    (difference,) = find_differences([role("a", length=("5公里", 5.0)), role("b", length=("7公里", 7.0))])
    assert difference.plans == ("a", "b")
    assert difference.words == ("5公里", "7公里")
    assert difference.sentences == ("建设地铁（a）", "建设地铁（b）")


def test_the_sentences_of_a_difference_stand_in_the_plans(store: Store) -> None:
    for feature in shared_features(store):
        roles = {r.plan: r for r in plan_roles(store, feature)}
        for d in find_differences(list(roles.values())):
            for plan, sentence in zip(d.plans, d.sentences, strict=True):
                told = {e.sentence for e in roles[plan].evidence}
                told |= {p.quote.sentence for p in roles[plan].projects}
                assert sentence in told


REAL = [
    ("胶东国际机场", "状态", {"qingdao": "胶东国际机场建成", "chengyang": "即将投入使用的胶东国际机场"}),
    ("地铁1号线", "状态", {"chengyang": "地铁1号线北段、8号线北段开通运营"}),
    ("李王路", "范围", {"chengyang": "李王路(河东路-春阳路)拓宽工程", "jimo": "实施李王路北延工程"}),
    ("段泊岚镇", "定位", {"qingdao": "段泊岚等农产品主产区"}),
    ("资本市场服务基地", "状态", {"shinan": "资本市场服务基地已入驻上海证券交易所"}),
]


@pytest.mark.parametrize(("name", "what", "said"), REAL)
def test_a_difference_shows_the_words_it_rests_on(
    store: Store, name: str, what: str, said: dict[str, str]
) -> None:
    (feature,) = [f for f in shared_features(store) if f.name == name]
    quotes = {
        q.plan: q.mention
        for d in find_differences(plan_roles(store, feature))
        if d.what == what
        for q in d.quotes
    }
    assert said.items() <= quotes.items()


@pytest.mark.parametrize(
    "name", ["胶东经济圈", "黄河流域", "山东半岛城市群", "姜山镇", "国家城乡融合发展试验区"]
)
def test_what_a_plan_does_not_say_is_no_difference(store: Store, name: str) -> None:
    (feature,) = [f for f in shared_features(store) if f.name == name]
    assert find_differences(plan_roles(store, feature)) == []


def test_every_status_that_differs_points_at_its_words(store: Store) -> None:
    assert [(f.name, [r.plan for r in roles]) for f, roles in unproved_statuses(store)] == []


def test_the_formulas_a_plan_puts_a_feature_in(store: Store) -> None:
    (feature,) = [f for f in shared_features(store) if f.name == "青岛高新区"]
    roles = {r.plan: r for r in plan_roles(store, feature)}
    assert ("四极赋能", "极") in roles["chengyang"].parts
    assert roles["chengyang"].part_quote in roles["chengyang"].evidence


def test_the_table_names_every_shared_feature(store: Store) -> None:
    statuses = {f: f for view in store.features.values() for v in view.views.values() for f in [v["status"]]}
    table = crossplan_table(store, statuses | {"unspecified": "unspecified"})
    assert {f.name for f in shared_features(store)} <= {line.split("\t")[0] for line in table.splitlines()}
