"""Evidence and projects of the real plans."""

from __future__ import annotations

import pytest

from layers.atlas import Atlas
from layers.projects import Project


def project(atlas: Atlas, feature: str, plan: str, line: int) -> list[Project]:
    found = atlas.catalog.named(feature, plan)
    assert found is not None, feature
    return [p for p in atlas.evidence[found.id].projects if (p.quote.plan, p.quote.line) == (plan, line)]


@pytest.mark.parametrize(
    ("feature", "line", "amounts"),
    [
        ("海天中心", 343, {("floor_area", 490_000, False, False), ("investment", 138, True, False)}),
        ("香港西路52号项目", 345, {("area", 9100, True, False), ("investment", 20, False, True)}),
        ("绿城深蓝中心", 347, {("floor_area", 345_000, True, False), ("investment", 126, True, False)}),
        ("鲁商中心", 351, {("floor_area", 270_000, True, False), ("investment", 50, True, False)}),
        ("财富中心", 353, {("floor_area", 109_000, True, False), ("investment", 20, True, False)}),
    ],
)
def test_the_amounts_of_the_city_s_tall_buildings(
    atlas: Atlas, feature: str, line: int, amounts: set[tuple[str, float, bool, bool]]
) -> None:
    (found,) = project(atlas, feature, "shinan", line)
    assert {(q.kind, q.value, q.about, q.at_least) for q in found.quantities} == amounts


@pytest.mark.parametrize(
    ("feature", "plan", "line"),
    [
        ("海天中心", "shinan", 515),
        ("齐鲁石化疗养院", "shinan", 515),
        ("青岛湾地下停车场", "shinan", 595),
        ("龙山地下停车场", "shinan", 595),
        ("中车大道", "chengyang", 582),
        ("S102济青路", "chengyang", 582),
        ("棘洪滩水厂", "chengyang", 588),
    ],
)
def test_a_list_of_projects_states_no_amount(atlas: Atlas, feature: str, plan: str, line: int) -> None:
    found = project(atlas, feature, plan, line)
    assert found
    assert [q for p in found for q in p.quantities] == []


def test_an_amount_over_a_page_break(atlas: Atlas) -> None:
    """市南 807/809: 「总投资约 2」, blank line, 「亿元」."""
    amounts = {
        (q.printed, q.value)
        for item in atlas.evidence.values()
        for p in item.projects
        if p.quote.plan == "shinan" and p.quote.line == 807
        for q in p.quantities
        if q.kind == "investment"
    }
    assert amounts == {("约2亿元", 2.0)}


def test_one_sentence_under_two_features_is_one_project_id(atlas: Atlas) -> None:
    one = {p.id: p for p in project(atlas, "海天中心", "shinan", 515)}
    other = {p.id for p in project(atlas, "鲁商中心", "shinan", 515)}
    assert one.keys() & other
    assert all(p.id == f"shinan@{p.quote.start}-{p.quote.end}" for p in one.values())


def test_every_feature_has_evidence_and_its_plans(atlas: Atlas) -> None:
    assert set(atlas.evidence) == set(atlas.catalog.features)
    for item in atlas.evidence.values():
        assert item.evidence, item.feature.name
        assert item.plans
        if item.feature.scope != "shared":
            assert item.plans == (item.feature.scope,)
