"""Every quirk of the five texts, with the lines that show it. Line numbers are those of data/plans/<plan>.txt."""

from __future__ import annotations

import pytest

from layers.passages import Passage
from tests.layers.plan_readings import by_id, on_line, passages, plans, words


def only(plan_id: str, line: int) -> Passage:
    found = on_line(plan_id, line)
    assert len(found) == 1, [(passage.kind, passage.title) for passage in found]
    return found[0]


def kinds(plan_id: str, line: int) -> list[str]:
    return [passage.kind for passage in on_line(plan_id, line)]


# Headings: the numbers count, not the marks


@pytest.mark.parametrize(
    ("line", "depth", "number", "title"),
    [
        (255, 1, "第三章", "打造院士创新特区，构建区域发展新格局"),
        (264, 2, "第一节", "创新驱动核心区"),
        (292, 2, "第三节", "创新要素枢纽区"),
        (306, 2, "第四节", "创新产业示范区"),
        (322, 1, "第四章", "推动新旧动能转换，塑强现代产业新优势"),
        (330, 3, "一、", "智慧新能源交通"),
        (353, 3, "二、", "智能制造和智能建造"),
        (80, 1, "第一章", "落实新时代新要求，开启李沧建设新征程"),
    ],
)
def test_depth_of_markdown_marks_means_nothing(line: int, depth: int, number: str, title: str) -> None:
    heading = only("licang", line)
    assert (heading.kind, heading.depth, heading.number, heading.title) == ("heading", depth, number, title)


def test_the_four_zones_stand_under_chapter_three() -> None:
    chapter = only("licang", 255)
    below = [passage for passage in passages("licang") if passage.parent == chapter.id]
    zones = [passage.title for passage in below if passage.kind == "heading"]
    assert zones == ["创新驱动核心区", "创新生活品质区", "创新要素枢纽区", "创新产业示范区"]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        (243, "第二章", "优化区域战略布局 搭建高起点融入新发展格局的新平台"),
        (287, "第三章", "聚力经略海洋 争当青岛建设全球海洋中心城市排头兵"),
        (610, "第九章", "加快农业农村现代化 助力打造乡村振兴齐鲁样板先行区"),
    ],
)
def test_a_chapter_title_split_over_two_lines_is_one_heading(line: int, number: str, title: str) -> None:
    heading = only("jimo", line)
    assert (heading.kind, heading.depth, heading.number, heading.title) == ("heading", 1, number, title)
    assert on_line("jimo", line + 2) == []


@pytest.mark.parametrize(
    ("plan_id", "line", "depth", "number", "title"),
    [
        ("shinan", 112, 0, "第一篇", "把握新阶段新形势新任务 绘就现代化国际大都市核心区建设新蓝图"),
        ("shinan", 931, 0, "第六篇", "党建统领改革开路 凝聚起现代化国际大都市核心区建设强大合力"),
        ("shinan", 505, 2, "第一节", "优化“三湾一带”空间布局"),
        ("chengyang", 284, 4, "(一)", "打开主城拓展提升大空间"),
        ("chengyang", 286, 5, "1.", "两翼联动"),
        ("chengyang", 328, 4, "(三)", '构建"1+4"发展共同体'),
        ("chengyang", 506, 3, "五、", '强化改革攻坚,激发释放"主城时代"高质量发展的内生活力'),
        ("qingdao", 161, 2, "第一节", "决胜全面建成小康社会取得决定性成就"),
        ("qingdao", 251, 2, "第二节", "构建国内国际双循环的重要战略链接"),
        ("qingdao", 295, 2, "第一节", "创建综合性国家科学中心"),
        ("qingdao", 327, 2, "第四节", "建设活力迸发的创业之城"),
        ("qingdao", 353, 2, "第一节", "推进产业经济地理重塑和组织方式变革"),
    ],
)
def test_each_style_of_number(plan_id: str, line: int, depth: int, number: str, title: str) -> None:
    heading = only(plan_id, line)
    assert (heading.kind, heading.depth, heading.number, heading.title) == ("heading", depth, number, title)


@pytest.mark.parametrize(
    ("plan_id", "line"),
    [("qingdao", 167), ("qingdao", 173), ("qingdao", 177), ("chengyang", 148), ("licang", 155)],
)
def test_a_numbered_paragraph_is_no_heading(plan_id: str, line: int) -> None:
    assert kinds(plan_id, line) == ["paragraph"]


# Run-in headings


@pytest.mark.parametrize(
    ("plan_id", "line", "titles"),
    [
        ("licang", 300, ["站前商务中心"]),
        ("licang", 193, ["坚持以人民为中心"]),
        (
            "licang",
            165,
            [
                "一是主导产业不够突出，链条薄弱",
                "二是产业创新能力不足，附加值低",
                "三是经济发展总量不高，动力不足",
            ],
        ),
        ("jimo", 166, ["突出蓝色引领"]),
        ("jimo", 168, ["强化枢纽赋能"]),
        ("jimo", 259, ["中部区域主攻中心城区国际化水平提升，全面融入青岛主城区"]),
        ("jimo", 297, ["打造青岛蓝谷海洋“科创大脑”"]),
        ("chengyang", 98, ["经济发展水平持续提升", "经济发展动力不断增强"]),
        ("chengyang", 209, ["坚持高质量发展"]),
        ("shinan", 222, ["经济高质量发展走在前列"]),
    ],
)
def test_bold_run_in_headings(plan_id: str, line: int, titles: list[str]) -> None:
    assert [passage.title for passage in on_line(plan_id, line) if passage.kind == "run_in"] == titles


@pytest.mark.parametrize(("plan_id", "line"), [("jimo", 144), ("jimo", 164), ("jimo", 261), ("shinan", 192)])
def test_bold_words_within_a_sentence_are_no_heading(plan_id: str, line: int) -> None:
    assert kinds(plan_id, line) == ["paragraph"]


@pytest.mark.parametrize(
    ("plan_id", "line", "title"),
    [
        ("chengyang", 288, "提升东部"),
        ("chengyang", 292, "突破西部"),
        ("chengyang", 304, "适度开发"),
        ("chengyang", 446, "打造特色、时尚消费商圈"),
        ("chengyang", 126, "综合交通体系加快构建"),
        ("shinan", 511, "建设彰显国际风范的浮山湾区"),
        ("shinan", 543, "融合发展滨海休闲旅游带"),
        ("qingdao", 441, "打造环湾都市现代化主城区"),
        ("qingdao", 165, "综合实力持续增强"),
    ],
)
def test_plain_run_in_headings_open_a_paragraph(plan_id: str, line: int, title: str) -> None:
    heading, body = on_line(plan_id, line)[:2]
    assert (heading.kind, heading.depth, heading.title) == ("run_in", 6, title)
    assert words(heading).endswith("。")
    assert (body.kind, body.parent) == ("paragraph", heading.id)


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        (300, ["青岛高新区", "青岛轨道交通产业示范区", "青岛胶州湾综合保税区", "青岛环海经济开发区"]),
        (314, ["环胶州湾发展带", "沿正阳路、春阳路发展带", "沿王沙路一青新高速一青龙高速发展轴"]),
        (
            318,
            ["沿王沙路一青新高速一青龙高速发展轴", "沿黑龙江中路一重庆北路一靖城路发展轴", "沿岙东路发展轴"],
        ),
    ],
)
def test_plain_run_in_headings_inside_a_paragraph(line: int, titles: list[str]) -> None:
    assert [passage.title for passage in on_line("chengyang", line) if passage.kind == "run_in"] == titles


@pytest.mark.parametrize(
    ("plan_id", "line"),
    [
        ("chengyang", 552),
        ("chengyang", 642),
        ("shinan", 387),
        ("shinan", 1001),
        ("shinan", 575),
        ("chengyang", 294),
    ],
)
def test_short_sentences_that_are_no_headings(plan_id: str, line: int) -> None:
    assert kinds(plan_id, line) == ["paragraph"]


def test_a_run_in_heading_rules_its_own_paragraph_only() -> None:
    assert by_id(on_line("chengyang", 294)[0].parent).title == "两翼联动"


def test_a_line_with_a_colon_rules_what_follows() -> None:
    lead_in = only("chengyang", 613)
    assert (lead_in.kind, lead_in.title) == ("run_in", '"三带保护"')
    belts = [passage for passage in passages("chengyang") if passage.parent == lead_in.id]
    assert [belt.title for belt in belts] == [
        "东部崂山西麓生态保护带",
        "西部桃源河湿地(棘洪滩水库)生态保护带",
        "南部白沙河生态保护带",
    ]
    assert {belt.depth for belt in belts} == {7}
    assert by_id(only("chengyang", 622).parent).title == '"五水绕城"'


# Dashes read as 一


@pytest.mark.parametrize("line", [225, 229, 236, 615, 617, 618])
def test_an_ocr_dash_marks_a_list_item(line: int) -> None:
    assert kinds("chengyang", line) == ["run_in", "list_item"]


# Page breaks


@pytest.mark.parametrize(
    ("plan_id", "first", "second"),
    [
        ("chengyang", 98, 100),
        ("chengyang", 104, 110),
        ("chengyang", 272, 274),
        ("chengyang", 298, 300),
        ("chengyang", 314, 318),
        ("chengyang", 672, 676),
        ("licang", 102, 106),
        ("licang", 310, 314),
        ("licang", 368, 370),
        ("licang", 442, 444),
        ("licang", 499, 503),
        ("licang", 505, 507),
        ("jimo", 15, 17),
        ("jimo", 259, 261),
        ("jimo", 279, 281),
        ("jimo", 307, 309),
        ("shinan", 116, 118),
        ("shinan", 228, 230),
        ("shinan", 291, 293),
        ("shinan", 587, 589),
        ("shinan", 761, 765),
        ("shinan", 807, 809),
    ],
)
def test_a_paragraph_goes_on_after_a_break(plan_id: str, first: int, second: int) -> None:
    part = on_line(plan_id, second)[0]
    assert part.continues == on_line(plan_id, first)[-1].id
    assert part.kind == on_line(plan_id, first)[-1].kind


def test_each_part_of_a_cut_heading_keeps_its_span() -> None:
    first = on_line("chengyang", 314)[-1]
    second = on_line("chengyang", 318)[0]
    assert (words(first), words(second)) == ("沿王", "沙路一青新高速一青龙高速发展轴。")
    assert first.title == second.title == "沿王沙路一青新高速一青龙高速发展轴"
    assert on_line("chengyang", 318)[1].parent == first.id


@pytest.mark.parametrize(
    ("plan_id", "line"),
    [
        ("chengyang", 584),
        ("chengyang", 588),
        ("licang", 481),
        ("licang", 660),
        ("jimo", 11),
        ("licang", 12),
        ("jimo", 243),
    ],
)
def test_what_a_break_does_not_join(plan_id: str, line: int) -> None:
    assert on_line(plan_id, line)[0].continues is None


def test_the_city_text_lost_its_full_stops_so_nothing_is_joined() -> None:
    assert all(passage.continues is None for passage in passages("qingdao"))


# Footnotes


@pytest.mark.parametrize(
    ("plan_id", "line", "number", "holds"),
    [
        ("chengyang", 106, "[1]", "羊毛沟"),
        ("chengyang", 108, "[2]", "海水稻"),
        ("chengyang", 120, "[3]", "五大工程"),
        ("chengyang", 128, "[4]", "双积路立交桥"),
        ("chengyang", 136, "[5]", "白沙河生态保护带"),
        ("chengyang", 316, "[7]", "青烟城镇发展轴"),
        ("chengyang", 332, "[8]", "青岛环海经济技术开发区"),
        ("chengyang", 484, "[9]", "区域全面经济伙伴关系协定"),
        ("chengyang", 550, "[10]", "七条控制线"),
        ("shinan", 395, "[1]", "延安三路"),
        ("shinan", 763, "[2]", "四项制度"),
        ("jimo", 239, "", "累计数"),
        ("shinan", 261, "", "研发经费"),
        ("shinan", 263, "", "江苏路院区"),
        ("licang", 149, "", "累计数"),
    ],
)
def test_footnotes_of_all_shapes(plan_id: str, line: int, number: str, holds: str) -> None:
    note = only(plan_id, line)
    assert (note.kind, note.number) == ("footnote", number)
    assert holds in words(note)


# Boxes


def box_lines(plan_id: str, title_line: int) -> list[str]:
    title = only(plan_id, title_line)
    assert title.kind == "box_title"
    inner = {passage.id for passage in passages(plan_id) if passage.parent == title.id} | {title.id}
    found = [passage for passage in passages(plan_id) if passage.parent in inner and passage.kind == "box"]
    return [words(passage)[:6] for passage in found]


@pytest.mark.parametrize(
    ("plan_id", "line", "number", "title"),
    [
        ("shinan", 513, "专栏 6", "浮山湾区重点片区"),
        ("jimo", 680, "专栏 4", "交通运输重点工程"),
        ("licang", 346, "专栏 1", "智慧新能源交通产业集群"),
        ("licang", 367, "专栏 2", "智能制造和智能建造产业集群"),
        ("licang", 415, "专栏 4", "数字经济产业集群"),
        ("chengyang", 580, "专栏一", "重大交通基础设施项目"),
    ],
)
def test_box_titles_of_all_shapes(plan_id: str, line: int, number: str, title: str) -> None:
    box = only(plan_id, line)
    assert (box.kind, box.depth, box.number, box.title) == ("box_title", 10, number, title)


def test_a_box_ends_where_its_items_end() -> None:
    assert box_lines("shinan", 513) == ["香港路区域：", "奥帆中心区域", "山东路、延安", "软件园片区："]
    assert on_line("shinan", 523)[0].kind == "run_in"
    assert box_lines("jimo", 680) == ["- ◆ **"] * 3
    assert on_line("jimo", 686)[0].kind == "heading"


def test_a_box_of_paragraphs_without_colons() -> None:
    assert box_lines("shinan", 555) == [
        "推进“一广场",
        "“一广场”即",
        "“两路”即济",
        "交汇相融为一",
        "“三片区”即",
        "“N个街区里",
    ]
    assert on_line("shinan", 569)[0].title == "推动城市片区系统更新"


def test_a_box_with_headings_of_its_own() -> None:
    inner = only("shinan", 627)
    assert (inner.kind, inner.depth, inner.title) == ("heading", 11, "打造一批特色消费街区")
    assert by_id(inner.parent).title == "新型消费空间提升工程"
    assert by_id(only("shinan", 631).parent) == inner
    assert by_id(only("shinan", 641).parent).number == "第七章"


def test_boxes_set_as_tables_and_html() -> None:
    assert [word[0] for word in box_lines("licang", 367)] == ["◆", "高", "-"]
    assert "青岛胶州湾科学城" in words(only("licang", 479))
    assert only("licang", 656).kind == "box"
    assert on_line("licang", 660)[0].title == "推进学习型城区建设"


def test_the_box_that_breaks_off() -> None:
    assert words(only("chengyang", 586)).endswith("清洁燃煤锅炉项目、金")
    assert by_id(only("chengyang", 589).parent).number == "专栏二"


# Tables, captions, contents, cover, copies, boilerplate


@pytest.mark.parametrize(
    ("plan_id", "line", "caption"),
    [
        ("chengyang", 240, '城阳区"十四五"高质量发展指标体系'),
        ("jimo", 216, "“十四五”时期经济社会发展主要指标"),
        ("licang", 124, "表 1 李沧区“十三五”时期经济社会发展完成指标"),
        ("shinan", 238, "表 2 “十四五”时期经济社会发展主要指标"),
    ],
)
def test_tables_and_their_captions(plan_id: str, line: int, caption: str) -> None:
    assert only(plan_id, line).kind == "table"
    before = only(plan_id, line - 2)
    assert (before.kind, before.title) == ("caption", caption)


@pytest.mark.parametrize(
    ("plan_id", "line", "caption"),
    [("chengyang", 322, "空间结构布局示意图"), ("licang", 262, "图1 “院士创新特区” 空间格局示意图")],
)
def test_of_the_maps_only_the_caption_is_left(plan_id: str, line: int, caption: str) -> None:
    assert (only(plan_id, line).kind, only(plan_id, line).title) == ("caption", caption)


@pytest.mark.parametrize(
    ("plan_id", "first", "preface"),
    [("qingdao", 3, 153), ("chengyang", 3, 86), ("jimo", 27, 108), ("licang", 22, 76), ("shinan", 9, 108)],
)
def test_the_table_of_contents_is_one_passage(plan_id: str, first: int, preface: int) -> None:
    toc = only(plan_id, first)
    assert toc.kind == "toc"
    assert only(plan_id, preface).start == toc.end
    assert only(plan_id, preface).kind == "paragraph"


def test_the_notice_before_a_plan_is_its_cover() -> None:
    assert {kind for line in range(1, 26) for kind in kinds("jimo", line)} == {"cover"}
    assert {kind for line in range(1, 21) for kind in kinds("licang", line)} == {"cover"}


def test_the_city_text_is_read_once() -> None:
    text = plans()["qingdao"].text
    copy = only("qingdao", 451)
    assert copy.kind == "copy"
    assert text.count("发展现代化新市镇。", copy.start, copy.end) == 2
    assert only("qingdao", 1).kind == "boilerplate"
    assert only("qingdao", 1347).kind == "boilerplate"
    assert only("qingdao", 1347).start == copy.end
    assert words(only("qingdao", 1347)).startswith("我要回帖")
