"""Comparing plans: what counts as a difference, and that both sentences come with it."""

from __future__ import annotations

import pytest

from layers.crossplan import (
    PlanRole,
    crossplan_table,
    find_differences,
    plan_roles,
    shared_features,
)
from layers.store import Evidence, Store


def role(
    plan: str, status: str = "unspecified", level: int | None = 2, **figures: tuple[str, float]
) -> PlanRole:
    quote = Evidence(plan, 0, 2, 1, "地铁", (), "", (), "建设", "地铁", f"（{plan}）")
    found = {kind: ((words, value, quote),) for kind, (words, value) in figures.items()}
    return PlanRole(plan, ("地铁",), level, status, (quote,), (), found)


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
        (role("a", level=1), role("b", level=3), ["级别"]),
        (role("a", level=2), role("b", level=3), []),
        (role("a", level=1), role("b", level=None), []),
        (role("a", investment=("约5亿元", 5.0)), role("b", investment=("6亿元", 6.0)), ["投资"]),
        (role("a", investment=("约5亿元", 5.0)), role("b", investment=("5亿元", 5.0)), []),
        (role("a", investment=("5亿元", 5.0)), role("b", length=("5公里", 5.0)), []),
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


def test_the_table_names_every_shared_feature(store: Store) -> None:
    statuses = {f: f for view in store.features.values() for v in view.views.values() for f in [v["status"]]}
    table = crossplan_table(store, statuses | {"unspecified": "unspecified"})
    assert {f.name for f in shared_features(store)} <= {line.split("\t")[0] for line in table.splitlines()}
