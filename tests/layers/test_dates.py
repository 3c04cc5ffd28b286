"""Years in real sentences of the plans: what they are to what they govern."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.dates import PrintedDate, find_dates
from layers.folding import fold


def found(text: str) -> list[PrintedDate]:
    return find_dates(fold(text).text, plan_from=2021)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 城阳 676 466 360 694, 即墨 377, 市南 575 377 128, 李沧 591 175
        ("到 2025 年,白沙湾、惜福镇文体中心等公共人防工程建成启用", [("finish", 2025, 2025, "到2025年")]),
        ("到2025年,完成老旧工业园区改造工业用地约2.7万亩", [("finish", 2025, 2025, "到2025年")]),
        ("到 2025 年,市级以上创新平台达到 150 个以上", [("target", 2025, 2025, "到2025年")]),
        ("“十四五”期间,新建保障性住房 0.2 万套", [("period", 2021, 2025, '"十四五"期间')]),
        ("力争2025年市场采购交易额突破1000亿元", [("target", 2025, 2025, "力争2025年")]),
        (
            "“十四五”期间，对 42 个老旧小区实施改造。到 2025 年，基本完成 2000 年前建成符合条件的老旧小区改造提升",
            [("period", 2021, 2025, '"十四五"期间'), ("finish", 2025, 2025, "到2025年")],
        ),
        ("力争到2025年打造百亿级产业平台", [("target", 2025, 2025, "力争到2025年")]),
        ("2020 年达 1272.32 亿元", [("past", 2020, 2020, "2020年")]),
        ("到2025年，道路长度达383.5公里", [("target", 2025, 2025, "到2025年")]),
        ("展望2035年,高水平基本实现社会主义现代化", [("target", 2035, 2035, "2035年")]),
        ("截至“十三五”末,全区累计引进世界 500 强企业达到 51 家", [("past", 2020, 2020, '"十三五"末')]),
        # the ways other plans print them
        ("2022年开工,2025年建成通车", [("start", 2022, 2022, "2022年"), ("finish", 2025, 2025, "2025年")]),
        ("力争2023年底前通车", [("finish", 2023, 2023, "力争2023年底前")]),
        ("建设期 2020—2023 年", [("span", 2020, 2023, "2020一2023年")]),
        ("2021年启动建设", [("start", 2021, 2021, "2021年")]),
        ("2019年建成", [("finish", 2019, 2019, "2019年")]),
    ],
)
def test_real_phrases(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    assert [(d.role, d.first, d.last, d.text) for d in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "较2015年增长30.8%",  # 李沧 96
        "较“十二五”末提高25个百分点",  # 城阳 104
        "由“十二五”末的34.8:65.2调整为28.6:71.4",  # 李沧 90
        "第十四个五年规划和2035年远景目标纲要",
        "以《城阳区国土空间分区规划(2019—2035年)》为统筹指引",  # 城阳 536
        "获评“2019年全国人才工作优秀案例奖”",  # 李沧 100
        "建设氢能与燃料电池技术实验室（入列山东省“十四五”期间氢能产业重大示范试点项目）",  # 李沧 336
        "“十四五”时期是城阳区开启新征程的第一个五年",
        "办好 2023 亚洲杯足球赛",
        "三到五年内形成300—500人的科研团队",
        "第十四个五年规划",
        "",
    ],
)
def test_what_is_no_date_of_a_project(text: str) -> None:
    assert found(text) == []


def test_an_area_that_is_built_up_is_not_finished_by_a_year() -> None:
    """城阳 556: 「建成区」 is a noun."""
    (date,) = found("到 2025 年,建成区绿化覆盖率达到 43.6%以上")
    assert date.role == "target"


def test_the_start_of_a_plan_parts_the_past_from_the_targets() -> None:
    (date,) = find_dates("2023年达到500家", plan_from=2026)
    assert date.role == "past"


_PIECES = st.sampled_from(
    [*"0123456789年一至到前底末,。;", "2025年", '"十四五"', "期间", "建成", "开工", "较", "("]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_every_date_is_the_words_it_was_read_from(text: str) -> None:
    for date in find_dates(text, 2021):
        assert text[date.start : date.end] == date.text == date.printed
        assert date.first >= 1900
        assert date.last < 2100
