"""What holds for the passages of every plan, and of any text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.passages import KINDS, Passage, parse_passages
from layers.plans import Plan
from layers.reading import read_in_order
from tests.layers.plan_readings import PLAN_IDS, by_id, passages, plans, words

LINES = (
    "第三章 打造院士创新特区，构建区域发展新格局",
    "### 第一节 创新驱动核心区",
    "二、智能制造和智能建造",
    "(一) 打开主城拓展提升大空间",
    "1. 两翼联动",
    "目 录",
    "第一节 创新驱动核心区.....26",
    "**科技服务。**以李沧打造“院士创新特区”为契机，引导科技服务产业向专业化延伸，加快发展研",
    "提升东部。发挥崂山西麓沿线天然禀赋和农副产品丰富优势,壮大生态旅游、都市型工业,打造乡村振兴样",
    "发设计、创业孵化等高端科技服务。",
    "- ——**坚持改革开放**。更大力度解放思想、更新观念,深化关键领域改革。",
    '"三带保护":',
    "一东部崂山西麓生态保护带。维护崂山省级自然保护区生态 安全,严格生态红线管控。",
    "^[7]青烟城镇发展轴、青东城镇发展轴、青潍海陆发展轴。",
    "¹ “四纵两横”即：以延安三路、山东路为纵轴的区域。",
    "专栏 6：浮山湾区重点片区",
    "香港路区域：加快海天中心、绿城深蓝中心等项目建设。",
    "- ◆ **铁路建设**：规划研究青荣城际南线的选线落位。",
    "| 类别 | 序 | 指标 |",
    "经济发展\t1\t地区生产总值增速\t预期性",
    "图1 “院士创新特区” 空间格局示意图",
    "注：带“*”为五年累计数；",
    "<div>◆ 院士港研究院南延项目</div>",
    "",
    "  ",
    "一",
    "。",
)


def check_partition(text: str, found: list[Passage] | tuple[Passage, ...]) -> None:
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(found))
    assert all(passage.start < passage.end for passage in found)
    ids = [passage.id for passage in found]
    assert len(set(ids)) == len(ids)
    known = {passage.id: passage for passage in found}
    for passage in found:
        assert passage.kind in KINDS
        if passage.parent is not None:
            above = known[passage.parent]
            assert above.start < passage.start
            assert above.depth < passage.depth
            assert above.kind in ("heading", "run_in", "box_title")
        if passage.continues is not None:
            earlier = known[passage.continues]
            assert earlier.start < passage.start
            assert earlier.kind == passage.kind or {earlier.kind, passage.kind} <= {
                "run_in",
                "paragraph",
                "list_item",
            }


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_every_character_of_a_plan_lies_in_one_passage(plan_id: str) -> None:
    check_partition(plans()[plan_id].text, passages(plan_id))


def plan_of(text: str, page_breaks: bool = True) -> Plan:
    return Plan(
        id="test",
        title="",
        short_title="",
        district="",
        adcode="",
        level="district",
        issuer="",
        document_number=None,
        published=None,
        period="",
        horizon="",
        sha256="",
        missing=(),
        text=text,
        page_breaks=page_breaks,
    )


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=25), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_order_of_lines_is_partitioned_and_read(lines: list[str], page_breaks: bool) -> None:
    text = "\n".join(lines)
    plan = plan_of(text, page_breaks)
    found = parse_passages(plan)
    if not text.strip():
        return
    check_partition(text, found)
    reading = read_in_order(plan, found)
    assert len(reading.text) == len(reading.offsets) == len(reading.passage_indices)
    for a, b in reading.sentences:
        parts = reading.raw_parts(a, b)
        assert all(0 <= start < end <= len(text) for start, end in parts)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_ids_name_plan_and_place(plan_id: str) -> None:
    assert all(passage.id == f"{plan_id}@{passage.start}" for passage in passages(plan_id))


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_white_space_belongs_to_the_passage_before_it(plan_id: str) -> None:
    """But a tab before the first cell of a table is an empty cell."""
    text = plans()[plan_id].text
    others = [passage for passage in passages(plan_id)[1:] if passage.kind != "table"]
    assert not any(text[passage.start].isspace() for passage in others)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_headings_have_one_line_titles(plan_id: str) -> None:
    for passage in passages(plan_id):
        if passage.kind in ("heading", "run_in", "box_title"):
            assert passage.title
            assert not set(passage.title) & set("\n*#\t")


CHAPTERS = {"qingdao": 6, "chengyang": 6, "jimo": 15, "licang": 11, "shinan": 14}
DIGITS = "一二三四五六七八九"


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_each_chapter_is_found_once(plan_id: str) -> None:
    counted = [*DIGITS, "十", *(f"十{digit}" for digit in DIGITS)][: CHAPTERS[plan_id]]
    chapters = [passage for passage in passages(plan_id) if passage.kind == "heading" and passage.depth == 1]
    assert [chapter.number for chapter in chapters] == [f"第{number}章" for number in counted]


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_sections_count_up_within_their_chapter(plan_id: str) -> None:
    last: dict[str | None, int] = Counter()
    for passage in passages(plan_id):
        if passage.kind == "heading" and passage.number.endswith("节"):
            number = DIGITS.index(passage.number[1]) + 1
            skipped = plan_id == "qingdao" and number == 6
            assert number == last[passage.parent] + 1 + skipped, words(passage)
            last[passage.parent] = number
            assert by_id(passage.parent).number.endswith("章")


@pytest.mark.parametrize(
    ("plan_id", "count"), [("chengyang", 2), ("jimo", 7), ("licang", 8), ("shinan", 15), ("qingdao", 0)]
)
def test_each_box_is_found_and_holds_something(plan_id: str, count: int) -> None:
    titles = [passage for passage in passages(plan_id) if passage.kind == "box_title"]
    assert len(titles) == count
    parents = {passage.parent for passage in passages(plan_id)}
    assert all(title.id in parents for title in titles)
