"""Formulas in the plans: every one is a structure, part of a name, or has its reason in data/ledger.yaml."""

from __future__ import annotations

import pytest

from layers.atlas import Atlas
from layers.ledger_rules import Rules, read_rules
from layers.structures import FORMULAS, read_vocabulary
from layers.structures.finding import find_formulas, overlooked_formulas, overlooked_in
from tests.conftest import DATA

VOCABULARY = read_vocabulary(DATA / FORMULAS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('打造"两横三纵"发展轴带', ["两横三纵"]),
        ('构建"三带保护,五水绕城"的生态保护格局', ["三带保护"]),
        ("重点建设蓝谷,董家口四大功能性战略节点", ["四大功能性战略节点"]),
        ('统筹海陆空铁"四港联动"构建', ["四港联动"]),
        ('构建"1+4"发展共同体', ["1+4"]),
        ('"N个街区里院"即', ["N个街区里院"]),
        ("完成全区10个片区控制性详细规划", []),
        ("第二条水系", []),
        ("打造每一个街区", []),
        ("新建20个社区养老服务站", []),
    ],
)
def test_what_looks_like_a_formula(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in find_formulas(text, VOCABULARY)] == found


def test_every_formula_of_the_plans_is_a_structure_or_has_a_reason() -> None:
    found = overlooked_in(DATA)
    assert [(f.plan, f.line, f.text) for f in found if f.reason is None] == []
    assert {"双节点", "三大经济圈", "四个功能区"} <= {f.text for f in found}


@pytest.mark.parametrize("name", ["两横三纵", "三湾一带", "1+4", "五水绕城", "三大枢纽节点"])
def test_a_structure_that_the_catalog_lacks_is_told(atlas: Atlas, name: str) -> None:
    (structure,) = [f for f in atlas.catalog.features.values() if f.name == name]
    plan = structure.scope
    mentions = [
        m
        for item in atlas.evidence.values()
        for m in item.evidence
        if m.quote.plan == plan and item.feature is not structure
    ]
    rules = read_rules(DATA / "ledger.yaml")
    found = overlooked_formulas(atlas.texts[plan], mentions, atlas.catalog, rules, VOCABULARY)
    assert name.strip("“”") in {f.text for f in found}


def test_without_the_ledger_nothing_has_a_reason(atlas: Atlas) -> None:
    none = Rules((), frozenset(), {}, (), {})
    found = overlooked_formulas(atlas.texts["qingdao"], [], atlas.catalog, none, VOCABULARY)
    assert found
    assert {f.reason for f in found} == {None}
