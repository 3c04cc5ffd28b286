from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.folding import SEPARATOR, VariantError, fold, fold_name, read_variants
from tests.layers.plan_readings import PLAN_IDS, plans

MARKUP = set("*#<>|$_{}^\\[]\t\n-&;—–◆▶¹²³")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("空港工 业园区", "空港工业园区"),
        ("青 岛轨道交通产业示范区", "青岛轨道交通产业示范区"),
        ("沙路一青新高速一青龙高速发展轴", "沙路—青新高速—青龙高速发展轴"),
        ("龙泉—姜山产业组团", "龙泉－姜山产业组团"),
        ("龙泉——姜山", "龙泉-姜山"),
        ("青岛-亚马逊 AWS 联合创新中心", "青岛—亚马逊ＡＷＳ联合创新中心"),
        ("(一) 打开主城拓展提升大空间", "（一）打开主城拓展提升大空间"),
        ('(三)构建"1+4"[8]发展共同体', "构建“1+4”发展共同体"),
        ('"三带保护、五水绕城" ^[5] 的生态保护格局', "“三带保护、五水绕城”的生态保护格局"),
        ("按照“四纵两横”¹格局", "“四纵两横”格局"),
        ("主要污染物 $PM_{2.5}$ 、 $PM_{10}$ 分别", "PM2.5、PM10分别"),
        ("严格控制SO<sub>2</sub>、氮氧化物", "SO2、氮氧化物"),
        ("◆ **水资源配置网络工程：**实施五龙河", "水资源配置网络工程：实施五龙河"),
        ("中心城区北部片**\n区打造", "中心城区北部片区"),
        ("建設青岛自贸片区", "建设青岛自贸片区"),
        ("加快Φ科院海洋大科学研究中心", "中科院海洋大科学研究中心"),
        ("第┅节", "第一节"),
        ("第四节  建设国家级服务", "第四节 建设国家级服务"),
        ("琴岛·音乐之声", "琴岛•音乐之声"),
        ("5g应用", "５Ｇ应用"),
        ("# 目 录", "目录"),
    ],
)
def test_the_same_name_however_printed(raw: str, name: str) -> None:
    assert fold_name(name) in fold(raw).text


def test_no_name_runs_on_over_the_end_of_a_paragraph() -> None:
    assert fold_name("东部区域西部区域") not in fold("东部区域\n\n西部区域").text


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("| 类别 | 序 |\n|------|---|\n| 综合 | 3 |\n", "类别\n序\n综合\n3\n"),
        ("类别\t序号\n经济发展\t1\n创新驱动\t6", "类别\n序号\n经济发展\n1\n创新驱动\n6"),
        (
            "<div>◆ 院士港研究院南延项目</div> <div>◆ 院士港二期东扩项目</div>",
            "院士港研究院南延项目\n院士港二期东扩项目\n",
        ),
        ("经济区。\n\n西部区域", "经济区。\n西部区域"),
        ("- ◆ **铁路建设**：规划\n- ◆ **公路建设**：推进", "铁路建设:规划\n公路建设:推进"),
        ("第十四个\n五年规划", "第十四个五年规划"),
        ("即政发\n\n---\n\n青岛市", "即政发\n青岛市"),
        ("^{[&}lt;sup>5</sup>]构建崂山西麓", "构建崂山西麓"),
        ("^{[&}lt;sup>3]</sup>2020年", "2020年"),
        ("^{[8]1:} 城阳区: 4: 青岛高新区", "1:城阳区:4:青岛高新区"),
        ("- 一一**坚持高质量发展**。", "坚持高质量发展。"),
        ("**——突出蓝色引领。**发挥", "突出蓝色引领。发挥"),
        ("统一一体", "统一一体"),
    ],
)
def test_what_becomes_a_separator_and_what_is_dropped(raw: str, folded: str) -> None:
    assert fold(raw).text == folded


def test_raw_span_holds_the_words_with_what_lies_between() -> None:
    raw = "对接青 岛轨道交通\n产业示范区。"
    folded = fold(raw)
    at = folded.text.index(fold_name("青岛轨道交通产业示范区"))
    start, end = folded.raw_span(at, at + len("青岛轨道交通产业示范区"))
    assert raw[start:end] == "青 岛轨道交通\n产业示范区"


def test_an_empty_range_has_no_span() -> None:
    with pytest.raises(IndexError):
        fold("青岛").raw_span(1, 1)


def check_map(raw: str) -> None:
    folded = fold(raw)
    assert len(folded.text) == len(folded.offsets) == len(folded.ends)
    last_end = 0
    for start, end in zip(folded.offsets, folded.ends, strict=True):
        assert last_end <= start < end <= len(raw)
        last_end = end


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_the_map_of_a_whole_plan(plan_id: str) -> None:
    check_map(plans()[plan_id].text)


@given(st.text(alphabet='青岛湾一—-· \n\t|*#^[]{}<>b/012，。“"a￥Ⅲ國㈣\xa0', max_size=60))
@settings(max_examples=300)
def test_the_map_of_any_text(raw: str) -> None:
    check_map(raw)


@given(st.text(max_size=30))
def test_any_text_can_be_folded(raw: str) -> None:
    check_map(raw)
    assert not set(fold_name(raw)) & set(" \t\xa0\r")


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_words_cut_from_a_plan_are_found_in_it(data: st.DataObject) -> None:
    text = plans()[data.draw(st.sampled_from(PLAN_IDS))].text
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : start + data.draw(st.integers(1, 30))]
    if set(words) & MARKUP or not words.strip() or text[start - 1 : start] in MARKUP:
        return
    folded = fold(text)
    name = fold_name(words)
    at = folded.text.find(name)
    assert at >= 0
    while folded.offsets[at] < start:
        following = folded.text.find(name, at + 1)
        if following < 0:
            break
        at = following
    a, b = folded.raw_span(at, at + len(name))
    assert fold_name(text[a:b]) == name


@given(st.text(alphabet='青岛湾一—- “”"（）,，ＡaⅢ·•國', max_size=20))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    once = fold_name(name)
    if not once.startswith("一一"):
        assert fold_name(once) == once


def test_no_name_contains_a_separator() -> None:
    assert SEPARATOR not in fold_name("青岛\n高新区\n")


def test_variants_map_one_character_to_one(tmp_path: Path) -> None:
    table = tmp_path / "variants.csv"
    table.write_text("char,folded,note\n國,国,\n", encoding="utf-8")
    assert read_variants(table) == {"國": "国"}
    bad = tmp_path / "bad.csv"
    bad.write_text("char,folded,note\n國家,国家,\n", encoding="utf-8")
    with pytest.raises(VariantError, match=r"bad\.csv"):
        read_variants(bad)


def test_without_a_table_there_are_no_variants(tmp_path: Path) -> None:
    assert read_variants(tmp_path / "none.csv") == {}


def test_the_kept_table_can_be_read() -> None:
    assert read_variants()["國"] == "国"
