"""The catalog: real entries, and every way a planner can get one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.atlas import Atlas, build_atlas
from layers.catalog import Catalog, CatalogError, read_catalog, slug
from tests.layers.damage import replace_in

ENTRY = "features:\n- {name: 环胶州湾发展带, category: belt, level: 1, placement: {recipe: members}%s}\n"


def read(folder: Path, *, plan: str = ENTRY % "", shared: str = "features: []\n") -> Catalog:
    (folder / "shared.yaml").write_text(shared, encoding="utf-8")
    (folder / "tiny.yaml").write_text(f"plan: tiny\n{plan}", encoding="utf-8")
    return read_catalog(folder, ["tiny"])


@pytest.mark.parametrize(
    ("structure", "scope", "members"),
    [
        (
            "两横三纵",
            "chengyang",
            {
                "横": ["环胶州湾发展带", "沿正阳路、春阳路发展带"],
                "纵": [
                    "沿王沙路—青新高速—青龙高速发展轴",
                    "沿黑龙江中路—重庆北路—靖城路发展轴",
                    "沿岙东路发展轴",
                ],
            },
        ),
        ("三湾一带", "shinan", {"湾": ["浮山湾区", "汇泉湾区", "青岛湾区"], "带": ["滨海休闲旅游带"]}),
    ],
)
def test_the_members_of_a_formula(
    atlas: Atlas, structure: str, scope: str, members: dict[str, list[str]]
) -> None:
    feature = atlas.catalog.named(structure, scope)
    assert feature is not None
    found = {
        kind: [atlas.catalog.features[i].name for i in ids]
        for kind, ids in feature.members.items()
        if kind in members
    }
    assert found == members


def test_a_shared_feature_gathers_what_each_plan_says(atlas: Atlas) -> None:
    feature = atlas.catalog.named("胶东国际机场", "chengyang")
    assert feature is not None
    assert feature.scope == "shared"
    assert {"chengyang", "jimo"} <= set(feature.views)
    assert feature.level == min(v.entry.level for v in feature.views.values() if v.entry.level)


def test_ids_are_unique_ascii_and_scoped(atlas: Atlas) -> None:
    assert len(atlas.catalog.features) == len({f.id for f in atlas.catalog.features.values()})
    for feature_id, feature in atlas.catalog.features.items():
        assert feature_id.isascii()
        assert feature_id.startswith(feature.scope + ".")


def test_an_own_name_hides_the_shared_one(tmp_path: Path) -> None:
    catalog = read(
        tmp_path,
        plan="features:\n- {name: 灵山, category: township, level: 2, placement: {recipe: unplaced}}\n",
        shared="features:\n- {name: 灵山, category: island, placement: {recipe: unplaced}}\n",
    )
    own, other = catalog.named("灵山", "tiny"), catalog.named("灵山", "other")
    assert own is not None
    assert own.category == "township"
    assert other is not None
    assert other.category == "island"


def test_an_id_is_a_name_too(tmp_path: Path) -> None:
    catalog = read(tmp_path, plan=ENTRY % ", id: tiny.belt")
    found = catalog.named("tiny.belt", "tiny")
    assert found is not None
    assert found.name == "环胶州湾发展带"
    assert catalog.named("没有", "tiny") is None


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (ENTRY % ", alias: [环湾带]", ["「环胶州湾发展带」", "alias", "没有这样的项"]),
        (ENTRY % ", aliases: 环湾带", ["「环胶州湾发展带」", "aliases", "应是列表"]),
        (ENTRY % ", status: maybe", ["「环胶州湾发展带」", "status", "不是允许的取值", "maybe"]),
        (ENTRY.replace("belt", "beltt") % "", ["「环胶州湾发展带」", "category", "beltt"]),
        (ENTRY.replace("level: 1", "level: 4") % "", ["「环胶州湾发展带」", "level", "4"]),
        (ENTRY.replace("level: 1, ", "") % "", ["「环胶州湾发展带」", "没有 level"]),
        (ENTRY.replace("category: belt, ", "") % "", ["「环胶州湾发展带」", "没有 category"]),
        (ENTRY.replace(", placement: {recipe: members}", "") % "", ["「环胶州湾发展带」", "没有 placement"]),
        (ENTRY.replace("name: 环胶州湾发展带, ", "") % "", ["features 第 1 条", "name", "缺少这一项"]),
        (ENTRY.replace("环胶州湾发展带", "''") % "", ["name", "不能为空"]),
        (ENTRY % ", mentions: [{line: 0, text: 环湾}]", ["「环胶州湾发展带」", "mentions.0.line", "太小"]),
        (ENTRY % ", not_at: [{line: 3, text: 环湾}]", ["「环胶州湾发展带」", "not_at.0.reason", "缺少"]),
        (
            ENTRY % ", projects: [{name: 修路, line: 3, text: 修路, kind: 拆除}]",
            ["「环胶州湾发展带」", "projects.0.kind", "拆除"],
        ),
        (ENTRY % ", expects: {带: 两}", ["「环胶州湾发展带」", "expects", "两"]),
        (ENTRY % ", id: Tiny Belt", ["「环胶州湾发展带」", "id", "Tiny Belt"]),
        (ENTRY % ", part_of: [一带一轴]", ["「环胶州湾发展带」", "part_of", "「一带一轴」"]),
        (ENTRY % ", members: {轴: [沿海轴]}", ["「环胶州湾发展带」", "members.轴", "「沿海轴」"]),
        (ENTRY % "" + (ENTRY % "").split("\n", 1)[1], ["「环胶州湾发展带」", "id 同为"]),
        (ENTRY % ", shared: true", ["「环胶州湾发展带」", "shared.yaml 里没有同名条目"]),
        ("features:\n- {name: [}\n", ["第 3 行", "不是有效的 YAML"]),
        ("features:\n- 环胶州湾发展带\n", ["features 第 1 条"]),
        ("features: {name: 环胶州湾发展带}\n", ["features", "应是列表"]),
        ("feature: []\n", ["feature", "没有这样的项"]),
        ("not_places: [{text: 移风易俗}]\n", ["「移风易俗」", "reason", "缺少"]),
    ],
)
def test_a_wrong_entry_names_file_entry_and_reason(tmp_path: Path, plan: str, words: list[str]) -> None:
    with pytest.raises(CatalogError) as caught:
        read(tmp_path, plan=plan)
    message = str(caught.value)
    assert "tiny.yaml" in message
    assert "\n" not in message
    assert [w for w in words if w not in message] == []


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("mentions: [{line: 3, text: 环湾}]", ["「城阳区」", "mentions", "plan"]),
        ("not_at: [{line: 3, text: 环湾, reason: 别处, plan: tinny}]", ["「城阳区」", "not_at", "tinny"]),
        ("projects: [{name: 修路, line: 3, text: 修路}]", ["「城阳区」", "projects"]),
    ],
)
def test_a_place_in_shared_must_say_which_plan(tmp_path: Path, extra: str, words: list[str]) -> None:
    """It would be passed over in silence else."""
    shared = f"features:\n- {{name: 城阳区, category: admin, placement: {{recipe: members}}, {extra}}}\n"
    with pytest.raises(CatalogError) as caught:
        read(tmp_path, shared=shared)
    message = str(caught.value)
    assert "shared.yaml" in message
    assert [w for w in words if w not in message] == []


def test_the_plan_of_a_file_must_be_its_name(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text("plan: chengyang\nfeatures: []\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"tiny\.yaml：plan 写的是 'chengyang'，应为 'tiny'"):
        read_catalog(tmp_path, ["tiny"])


def test_a_shared_entry_is_added_to_once(tmp_path: Path) -> None:
    twice = "features:\n- {name: 城阳区, shared: true}\n- {name: 城阳区, shared: true}\n"
    shared = "features:\n- {name: 城阳区, category: admin, placement: {recipe: members}}\n"
    with pytest.raises(CatalogError, match="「城阳区」写了两次"):
        read(tmp_path, plan=twice, shared=shared)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_bytes("plan: tiny # 城阳".encode("gb18030"))
    with pytest.raises(CatalogError, match=r"tiny\.yaml：不是 UTF-8 文本"):
        read_catalog(tmp_path, ["tiny"])


def test_a_plan_without_a_catalog_file_has_no_own_features(tmp_path: Path) -> None:
    assert read_catalog(tmp_path, ["tiny"]).features == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "tiny.yaml",
            "of: 空港工业园区",
            "of: 空港园",
            ["tiny.yaml", "「空港工业园区」", "placement", "空港园"],
        ),
        (
            "tiny.yaml",
            "[空港工业园区, 红岛站]",
            "[空港工业园区, 红岛南站]",
            ["「环胶州湾发展带」", "红岛南站"],
        ),
        ("tiny.yaml", "{recipe: buffer,", "{recipe: bufer,", ["「夏庄街道」", "bufer"]),
        ("tiny.yaml", "radius_m: 800", "radius: 800", ["「夏庄街道」", "radius"]),
        ("tiny.yaml", "aliases: [夏庄]", "aliases: [夏桩]", ["「夏庄街道」", "别名「夏桩」", "没有出现"]),
        (
            "tiny.yaml",
            "{line: 9, text: 青烟}",
            "{line: 10, text: 青烟}",
            ["「移风」", "第 10 行没有「青烟」"],
        ),
        ("tiny.yaml", "{line: 9, text: 青烟}", "{line: 9, text: 青烟, nth: 2}", ["「移风」", "第 2 处"]),
        (
            "tiny.yaml",
            "{line: 15, text: 红岛站, reason",
            "{line: 3, text: 红岛站, reason",
            ["not_at", "第 3 行"],
        ),
        ("tiny.yaml", "line: 11, text: '建设", "line: 7, text: '建设", ["「建设安置房」", "第 7 行"]),
        ("tiny.yaml", "name: 惜福镇街道", "name: 惜福街道", ["「惜福街道」", "没有任何出处"]),
        (
            "tiny.yaml",
            "of: [feature:中心城区, feature:夏庄街道]",
            "of: [feature:红岛片区]",
            ["tiny.yaml", "成环", "红岛片区 → 红岛片区"],
        ),
        ("tiny.yaml", "feature:中心城区", "feature:中心区", ["「红岛片区」", "中心区"]),
        ("tiny.yaml", "aliases: [红岛站]", "aliases: [红岛站, 红岛片区]", ["「红岛片区」", "同时是"]),
        ("shared.yaml", "[120.38, 36.26]", "[36.26, 120.38]", ["shared.yaml", "「地铁1号线」"]),
    ],
)
def test_an_entry_that_does_not_fit_the_rest_stops_the_build(
    tiny_data: Path, file: str, old: str, new: str, words: list[str]
) -> None:
    replace_in(tiny_data / "catalog" / file, old, new)
    with pytest.raises(CatalogError) as caught:
        build_atlas(tiny_data)
    message = str(caught.value)
    assert "\n" not in message
    assert [w for w in words if w not in message] == []


@given(st.text(max_size=30))
def test_a_slug_is_an_id_part(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_slugs_of_real_names() -> None:
    assert slug("环胶州湾发展带") == "huan-jiao-zhou-wan-fa-zhan-dai"
    assert slug("S202威青路") == "s202-wei-qing-lu"


def test_a_reference_to_a_name_that_two_entries_bear_asks_for_the_id(tmp_path: Path) -> None:
    place = "category: zone, level: 2, placement: {recipe: members}"
    entries = (
        f"features:\n- {{name: 东部, id: tiny.east, {place}}}\n- {{name: 东部, id: tiny.other, only_at: true, {place}}}\n"
        f"- {{name: 片区, part_of: [%s], {place}}}\n"
    )
    with pytest.raises(
        CatalogError,
        match=r"tiny\.yaml：「片区」的 part_of：有 2 个条目名为「东部」.*tiny\.east、tiny\.other",
    ):
        read(tmp_path, plan=entries % "东部")
    assert read(tmp_path, plan=entries % "tiny.other").features["tiny.pian-qu"].part_of == ("tiny.other",)
