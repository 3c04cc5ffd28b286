from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.folding import SEPARATOR, fold_name
from tests.layers.plan_readings import PLAN_IDS, on_line, plans, reading


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_every_folded_character_leads_back_to_its_raw_one(plan_id: str) -> None:
    whole = reading(plan_id)
    text = whole.plan.text
    assert len(whole.text) == len(whole.offsets) == len(whole.ends) == len(whole.passage_indices)
    for at, char in enumerate(whole.text):
        passage = whole.passage_at(at)
        assert passage.start <= whole.offsets[at] <= whole.ends[at] <= passage.end
        if char != SEPARATOR:
            assert fold_name(text[whole.offsets[at] : whole.ends[at]]) in (char, "")


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_nothing_is_read_twice_or_lost(plan_id: str) -> None:
    whole = reading(plan_id)
    read = sorted(set(whole.passage_indices))
    for index, passage in enumerate(whole.passages):
        has_words = bool(fold_name(plans()[plan_id].text[passage.start : passage.end]))
        assert (index in read) == (has_words and not whole.is_left_out(passage.start))
    starts = [offset for at, offset in enumerate(whole.offsets) if whole.text[at] != SEPARATOR]
    assert len(set(starts)) == len(starts)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_sentences_cover_the_text_but_for_separators(plan_id: str) -> None:
    whole = reading(plan_id)
    last = 0
    for a, b in whole.sentences:
        assert a < b
        assert set(whole.text[last:a]) <= {SEPARATOR}
        last = b
    assert set(whole.text[last:]) <= {SEPARATOR}


SENTENCES = [
    ("chengyang", 314, "沿王沙路—青新高速—青龙高速发展轴", "沿王沙路一青新高速一青龙高速发展轴。"),
    (
        "chengyang",
        118,
        "推进北岸区域统筹谋划",
        "推进北岸区域统筹谋划、一体发展,顺利完成功能区管理体制改革,充分激发了发展活力。",
    ),
    ("chengyang", 126, "现代有轨电车示范线", None),
    (
        "jimo",
        259,
        "中心城区北部片区",
        "中心城区北部片区打造全省领先的高端智能制造产业集聚区，重点推进青岛汽车产业新城、通航小镇、综合保税区、"
        "青岛海洋生物医药及现代中医药产业贸易集聚区发展，成为青岛市先进制造业的主阵地。",
    ),
    (
        "jimo",
        279,
        "胶州市临空经济区",
        "依托胶东国际机场，在蓝村西侧区域设立即墨临空经济区，与胶州市临空经济区错位发展打造航空枢纽经济。",
    ),
    ("jimo", 307, "青岛海洋经济三产融合发展先导区", "推进青岛海洋经济三产融合发展先导区建设。"),
    (
        "licang",
        505,
        "青岛国际特别创新区",
        "依托区内及青岛市内各高等院校及科研院所，青岛-亚马逊AWS联合创新中心、青岛国际特别创新区、丝路协创中心、"
        "中艺1688创意产业园等创新创业人才集聚地，做好本土菁才创新能力培育，扩大创新人才资源。",
    ),
    ("shinan", 807, "市南区疾控中心项目", "市南区疾控中心项目：总建筑面积约1.3万平方米，总投资约2亿元。"),
    (
        "shinan",
        587,
        "地铁1号线",
        "配合做好地铁1号线、8号线、4号线、2号线、5号线建设，加强重点区域地下空间的开发利用，发展地铁经济。",
    ),
    ("shinan", 393, "四纵两横", "持续优化投融资环境，按照“四纵两横”格局，梳理可承接金融机构的空间载体。"),
    ("chengyang", 615, "崂山西麓生态保护带", "一东部崂山西麓生态保护带。"),
    ("licang", 479, "院士港二期东扩项目", "院士港二期东扩项目"),
    ("licang", 110, "PM2.5", None),
    ("qingdao", 449, "沿海发展轴", None),
]


@pytest.mark.parametrize(("plan_id", "line", "name", "sentence"), SENTENCES)
def test_sentences_read_whole_over_page_breaks(
    plan_id: str, line: int, name: str, sentence: str | None
) -> None:
    whole = reading(plan_id)
    found = whole.find_from(name, line)
    assert found is not None
    text = whole.sentence_text(*whole.sentence_at(found[0]))
    assert not set(text) & set("\n\t*$#")
    assert sentence is None or text == sentence


def test_latin_words_keep_their_spaces() -> None:
    whole = reading("licang")
    found = whole.find_from("70MPa", 348)
    assert found is not None
    sentence = whole.sentence_text(*whole.sentence_at(found[0]))
    assert "70MPa高压储氢罐" in sentence
    found = whole.find_from("AWS 联合创新中心", 629)
    assert found is not None
    assert "AR、VR等现代科技" in whole.sentence_text(*whole.sentence_at(found[0]))


@pytest.mark.parametrize(
    ("plan_id", "line", "name", "parts"),
    [
        ("chengyang", 314, "沿王沙路—青新高速—青龙高速发展轴", ["沿王", "沙路一青新高速一青龙高速发展轴"]),
        ("chengyang", 104, "中欧绿色智慧城市", ["中", "欧绿色智慧城市"]),
        ("chengyang", 314, "空港工业园区", ["空港工 业园区"]),
        ("licang", 505, "青岛国际特别创新区", ["青岛国际\n\n特别创新区"]),
        ("jimo", 279, "胶州市临空经济区", ["胶\n\n州市临空经济区"]),
    ],
)
def test_raw_parts_of_a_name(plan_id: str, line: int, name: str, parts: list[str]) -> None:
    whole = reading(plan_id)
    found = whole.find_from(name, line)
    assert found is not None
    text = plans()[plan_id].text
    assert [text[start:end] for start, end in whole.raw_parts(*found)] == parts


def test_words_run_on_over_a_break_and_a_footnote() -> None:
    whole = reading("chengyang")
    found = whole.find_from("一体发展,顺利完成功能区管理体制改革", 118)
    assert found is not None
    assert len(whole.raw_parts(*found)) == 2


def test_a_footnote_is_read_after_the_paragraph_it_interrupts() -> None:
    whole = reading("chengyang")
    broken = whole.find_from("沙路—青新高速", 318)
    note = whole.find_from("青烟城镇发展轴", 316)
    assert broken is not None
    assert note is not None
    assert broken[0] < note[0]
    assert whole.sentence_text(*whole.sentence_at(note[0])).startswith("青烟城镇发展轴、青东城镇发展轴")


def test_a_row_of_a_table_is_a_sentence() -> None:
    whole = reading("chengyang")
    found = whole.find_from("常住人口城镇化率", 245)
    assert found is not None
    assert (
        whole.sentence_text(*whole.sentence_at(found[0]))
        == "综合 | 3 | 常住人口城镇化率 | % | 93 | 95 | 预期性"
    )
    jimo = reading("jimo")
    found = jimo.find_from("海洋生产总值占生产总值比重", 220)
    assert found is not None
    assert (
        jimo.sentence_text(*jimo.sentence_at(found[0]))
        == "4 | 海洋生产总值占生产总值比重(%) | 34 | 35 | — | 预期性"
    )


def test_find_from_counts_occurrences_on_the_line() -> None:
    whole = reading("chengyang")
    first = whole.find_from("墨水河", 622)
    second = whole.find_from("墨水河", 622, nth=2)
    assert first is not None
    assert second is not None
    assert first[0] < second[0]
    assert whole.find_from("墨水河", 622, nth=3) is None
    assert whole.find_from("墨水河", 623) is None
    assert whole.find_from("墨水河", 0) is None
    assert whole.find_from("墨水河", 99999) is None
    assert whole.find_from("  ", 622) is None


def test_contents_copies_and_boilerplate_are_left_out() -> None:
    city = reading("qingdao")
    text = city.plan.text
    assert city.is_left_out(0)
    assert city.is_left_out(text.rindex("发展现代化新市镇"))
    assert not city.is_left_out(text.index("发展现代化新市镇"))
    assert city.text.count(fold_name("发展现代化新市镇。")) == 1
    assert "随机推荐" not in city.text
    assert reading("licang").text.count(fold_name("第一节 创新驱动核心区")) == 1
    assert city.find_from("构筑互联互通的基础设施体系", 67) is None


@pytest.mark.parametrize(
    ("plan_id", "line", "name", "path"),
    [
        (
            "licang",
            300,
            "城市新客厅",
            ("第三章 打造院士创新特区，构建区域发展新格局", "第三节 创新要素枢纽区", "站前商务中心"),
        ),
        (
            "shinan",
            517,
            "奥帆中心区域",
            (
                "第三篇 彰显多元融合集聚优势 打造时尚特质引领区",
                "第六章 优化城区空间布局 提升城市核心功能承载力",
                "第一节 优化“三湾一带”空间布局",
                "专栏 6 浮山湾区重点片区",
            ),
        ),
        (
            "chengyang",
            318,
            "结合夏庄",
            (
                "第四章 全面建设更具主城发展承载功能的青岛中央活力区",
                "一、强化全域统筹,打造青岛环湾都市主城区拓展战略增长极",
                "(一)打开主城拓展提升大空间",
                "4.轴带贯通",
                "沿王沙路一青新高速一青龙高速发展轴",
            ),
        ),
    ],
)
def test_the_path_of_headings(plan_id: str, line: int, name: str, path: tuple[str, ...]) -> None:
    whole = reading(plan_id)
    found = whole.find_from(name, line)
    assert found is not None
    assert whole.heading_path(whole.passage_at(found[0]).id) == path


def test_a_heading_is_the_last_of_its_own_path() -> None:
    heading = on_line("chengyang", 292)[0]
    assert reading("chengyang").heading_path(heading.id)[-1] == "突破西部"


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    whole = reading("chengyang")
    found = whole.find_from("三大枢纽节点", 126)
    assert found is not None
    sentence = whole.sentence_text(*whole.sentence_at(found[0]))
    assert sentence.startswith('"三大枢纽节点、五大过境通道"')


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_place_and_offset_are_inverse(data: st.DataObject) -> None:
    whole = reading(data.draw(st.sampled_from(PLAN_IDS)))
    at = data.draw(st.integers(0, len(whole.text) - 1))
    if whole.text[at] != SEPARATOR:
        assert whole.place_of(whole.offsets[at]) == at
