"""Numbers with units: real phrases of the plans, then properties."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.folding import fold
from layers.quantities import Quantity, find_quantities


def found(text: str) -> list[Quantity]:
    return find_quantities(fold(text).text)


def brief(text: str) -> list[tuple[str, float, str]]:
    return [(q.kind, q.value, q.unit) for q in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 市南 343 349 811 813
        (
            "总建筑面积 49 万平方米，总投资约 138 亿元",
            [("floor_area", 490_000, "m2"), ("investment", 138, "亿元")],
        ),
        ("总建筑面积约 123 万平方米", [("floor_area", 1_230_000, "m2")]),
        (
            "总建筑面积 1900 平方米，总投资约 1200 万元",
            [("floor_area", 1900, "m2"), ("investment", 0.12, "亿元")],
        ),
        ("总投资约 740 万元", [("investment", 0.074, "亿元")]),
        ("占地面积约 9100 平方米，总投资 20 亿元以上", [("area", 9100, "m2"), ("investment", 20, "亿元")]),
        # 城阳 466 126 630
        ("改造工业用地约 2.7 万亩", [("area", 18_000_000, "m2")]),
        ("总里程达1023公里", [("length", 1023, "km")]),
        ("林地保有量达到11600公顷", [("area", 116_000_000, "m2")]),
        ("到 2025年,建设安置房 252 万平方米", [("year", 2025, "年"), ("area", 2_520_000, "m2")]),
        ("设置床位约 500 张", [("count", 500, "张")]),
        ("日处理能力 5 万吨/日", [("capacity", 50_000, "吨/日")]),
        ("打通 4 处断点", [("count", 4, "处")]),
        ("总投资 5千万元", [("investment", 0.5, "亿元")]),
    ],
)
def test_real_phrases(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "printed", "about", "at_least"),
    [
        ("总投资约 138 亿元", "约138亿元", True, False),
        ("总投资 20 亿元以上", "20亿元以上", False, True),
        ("总投资 20 亿元左右", "20亿元左右", True, False),
        ("30余条重点道路", "30余条", False, True),
        ("新增燃气管道 600 余公里", "600余公里", False, True),
        ("投资100多亿元", "100多亿元", False, True),
        ("近 3 万平方米", "近3万平方米", True, False),
        ("集装箱直达航线增至200条以上", "200条以上", False, True),
        ("总建筑面积 49 万平方米", "49万平方米", False, False),
    ],
)
def test_hedging_words_are_kept(text: str, printed: str, about: bool, at_least: bool) -> None:
    (quantity,) = found(text)
    assert (quantity.printed, quantity.about, quantity.at_least) == (printed, about, at_least)


def test_the_last_character_of_signing_is_no_hedge() -> None:
    """李沧 94: 「正式签约 38 个国家」 is exactly 38."""
    (quantity,) = found("正式签约 38 个国家有关经贸机构")
    assert quantity.printed == "38个"
    assert not quantity.about


@pytest.mark.parametrize(
    "text",
    [
        "提高 2.5 个百分点",
        "第三章",
        "220 千伏红岛站",
        "",
    ],
)
def test_what_is_no_quantity_of_a_project(text: str) -> None:
    assert found(text) == []


_PIECES = st.sampled_from(
    [
        *"0123456789.约近余多万亿元米亩个年处,。;",
        "平方米",
        "平方公里",
        "亿元",
        "左右",
        "以上",
        "建筑面积",
        "产值",
        "2025年",
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_every_quantity_is_the_words_it_was_read_from(text: str) -> None:
    quantities = find_quantities(text)
    for q in quantities:
        assert text[q.start : q.end] == q.printed
        assert math.isfinite(q.value)
        assert q.value >= 0
    assert all(a.start <= b.start for a, b in pairwise(quantities))
    measures = [q for q in quantities if q.kind != "year"]
    assert all(a.end <= b.start for a, b in pairwise(measures))


@given(st.integers(1, 99_999), st.sampled_from(["万元", "亿元"]))
def test_money_is_converted_by_its_unit_alone(amount: int, unit: str) -> None:
    (quantity,) = find_quantities(f"总投资{amount}{unit}")
    assert quantity.value == pytest.approx(amount * {"万元": 1e-4, "亿元": 1.0}[unit])


@pytest.mark.parametrize(
    "text",
    [
        "规模以上工业总产值达到 500 亿元",
        "一般公共预算收入 128 亿元",
        "销售额突破 10 亿元",
        "品牌价值超过 300 亿元",
    ],
)
def test_money_that_nobody_calls_investment_is_an_amount(text: str) -> None:
    (quantity,) = found(text)
    assert (quantity.kind, quantity.unit) == ("amount", "亿元")


def test_a_range_keeps_both_ends() -> None:
    (quantity,) = found("全长5—7公里")
    assert (quantity.low, quantity.value, quantity.printed) == (5.0, 7.0, "5一7公里")
