"""Verdicts on the structures of the real plans, and what the catalog may not say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.atlas import Atlas
from layers.building import build
from layers.catalog import Catalog, CatalogError, CatalogFeature, PlanView
from layers.catalog_entries import Category
from layers.structures import FORMULAS, StructureVerdict, gaps, judge_structures, read_vocabulary
from tests.conftest import DATA

VOCABULARY = read_vocabulary(DATA / FORMULAS)


@pytest.fixture(scope="module")
def verdicts(atlas: Atlas) -> dict[str, StructureVerdict]:
    return {atlas.catalog.features[v.feature].name: v for v in atlas.verdicts}


REAL = [
    ("两横三纵", "complete", ""),
    ("三湾一带", "complete", ""),
    ("四纵四横", "complete", ""),
    ("四纵两横", "complete", ""),
    ("1+4", "complete", ""),
    ("五核发展，轴带相连", "complete", ""),
    ("一广场、两路、三片区和N个街区里院", "complete", ""),
    ("西部硅巷+中部场景+东部服务", "complete", ""),
    ("陆海统筹、两翼齐飞、中轴联动", "complete", ""),
    ("五大发展轴", "complete", ""),
    ("环湾都市四大战略节点", "complete", ""),
    ("聚湾强心、轴带展开、多极协同", "open", ""),
    ("山水园圈", "open", ""),
    ("新市镇", "open", ""),
    ("一群两心三圈", "short", "心 缺 1，圈 缺 2"),
    ("三横七纵", "short", "横 缺 3，纵 缺 7"),
    ("一主多次", "short", "主 缺 1"),
    ("9+3+1院士港生态体系", "short", "核心板块 缺 6，辅助板块 缺 3，1 缺 1"),
    ("五水绕城", "conflicting", ""),
    ("三大枢纽节点", "conflicting", ""),
    ("“山、海、岛、泉、滩”“城、乡、夜、乐、研”全域旅游发展布局", "principle", ""),
]


@pytest.mark.parametrize(("name", "verdict", "lacking"), REAL)
def test_the_structures_of_the_plans(
    verdicts: dict[str, StructureVerdict], name: str, verdict: str, lacking: str
) -> None:
    assert (verdicts[name].verdict, gaps(verdicts[name].counts)) == (verdict, lacking)


@pytest.mark.parametrize(
    ("name", "counts", "lines"),
    [
        ("五水绕城", (("水系（第136行）", 5, 5), ("水（第622行）", 5, 5)), [136, 622]),
        ("三大枢纽节点", (("节点（第128行）", 3, 3), ("节点（第326行）", 2, 2)), [128, 326]),
    ],
)
def test_a_contradiction_tells_both_places(
    atlas: Atlas,
    verdicts: dict[str, StructureVerdict],
    name: str,
    counts: tuple[tuple[str, int, int], ...],
    lines: list[int],
) -> None:
    found = verdicts[name]
    assert found.counts == counts
    assert [p.line for p in found.places] == lines
    text = atlas.plans["chengyang"].text
    assert all(text[p.start : p.end] == p.text for p in found.places)


def test_a_clause_without_members_is_a_principle(verdicts: dict[str, StructureVerdict]) -> None:
    assert verdicts["陆海统筹、两翼齐飞、中轴联动"].principles == ("陆海统筹",)


def test_every_structure_has_a_verdict_that_its_counts_bear_out(atlas: Atlas) -> None:
    structures = [f.id for f in atlas.catalog.features.values() if f.category == Category.STRUCTURE]
    assert [v.feature for v in atlas.verdicts] == structures
    for v in atlas.verdicts:
        if v.verdict == "conflicting":
            assert v.conflict
            continue
        stated = [(want, found) for _, want, found in v.counts if want is not None]
        assert (v.verdict == "short") == any(found < want for want, found in stated)
        if v.verdict == "complete":
            assert stated
            assert all(found == want for want, found in stated)
        if v.verdict == "principle":
            assert all(found == 0 for _, _, found in v.counts)


MEMBERS = "members: {带: [环胶州湾发展带], 轴: [沿王沙路—青新高速发展轴]}"
EXPECTS = "    expects:\n      - {kind: 轴, count: 2, reason: 图上画有两条}\n"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("count: 2", "count: 1", ["「一带一轴」", "expects", "「轴」", "提法本身已说是 1"]),
        (EXPECTS, "    expects: {轴: 2}\n", ["「一带一轴」", "expects"]),
        (", reason: 图上画有两条", "", ["「一带一轴」", "expects.0.reason", "缺少"]),
        (EXPECTS, "    stands_for: {'3': 轴}\n", ["「一带一轴」", "stands_for", "「3」"]),
        (MEMBERS, MEMBERS.replace("轴:", "廊:"), ["「一带一轴」", "members.廊", "带、轴"]),
        (
            MEMBERS,
            MEMBERS.replace("[环胶州湾发展带]", "[没有的带]"),
            ["「一带一轴」", "没有名为「没有的带」"],
        ),
        (
            EXPECTS,
            "    conflict: {reason: 不同, places: [{line: 1, text: 没有}, {line: 2, text: 也没有}]}\n",
            ["「一带一轴」", "conflict", "第 1 行没有「没有」"],
        ),
        (EXPECTS, "    conflict: {reason: 不同, places: []}\n", ["「一带一轴」", "conflict.places"]),
    ],
)
def test_what_the_catalog_may_not_say(tiny_data: Path, old: str, new: str, told: list[str]) -> None:
    path = tiny_data / "catalog" / "tiny.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        build(tiny_data, tiny_data.parent / "atlas.gpkg")
    assert str(raised.value).startswith("tiny.yaml")
    assert [t for t in told if t not in str(raised.value)] == []


def test_two_names_with_different_numbers_contradict_each_other(atlas: Atlas) -> None:
    (feature,) = [f for f in atlas.catalog.features.values() if f.name == "三大枢纽节点"]
    entry = feature.base.model_copy(update={"conflict": None})
    silent = CatalogFeature(feature.id, feature.scope, entry, {feature.scope: PlanView(feature.scope, entry)})
    (verdict,) = judge_structures(Catalog({silent.id: silent}, {}), VOCABULARY, atlas.texts)
    assert verdict.verdict == "conflicting"
    assert verdict.conflict == "「三大枢纽节点」与「两大青岛对外交通枢纽节点」的「节点」数目不同"
