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
        # 李沧 94
        ("接洽 88 国经贸代表团，正式入驻 12 个国家经贸代表", [("count", 88, "国"), ("count", 12, "个")]),
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
        ("到 2025年,建设安置房 252 万平方米", [("floor_area", 2_520_000, "m2")]),
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
        "世界500强企业",
        "G204烟青一级路、S214省道天山三路",
        "中车大道(204国道升级改造)",
        "完善“9+3+1”院士港生态体系",
        "居全市第2位",
        "打造“15分钟便民生活圈”",
        "规模部署5G基站",
        "产业比例调整为3.4:35.2:61.4人均生产总值",
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
        assert q.text == q.printed
    assert all(a.end <= b.start for a, b in pairwise(quantities))


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


@pytest.mark.parametrize(
    ("text", "value", "unit", "of"),
    [
        # 城阳 576 130 142 586 593, 青岛 255, 市南 815 561 597, 李沧 120 114 653, 即墨 311 712
        ("供热能力达到 4000 万平方米", 40_000_000, "平方米", "供热面积"),
        ("新增集中供热面积800万平方米", 8_000_000, "平方米", "供热面积"),
        ("普惠性学位近 2 万个", 20_000, "个", "学位"),
        ("116MW 清洁燃煤锅炉项目", 116, "兆瓦", None),
        ("规划建设 500 千伏黄埠站", 500, "千伏", None),
        ("220KV团岛站综合管廊", 220, "千伏", None),
        ("集装箱中转规模突破500万标箱", 5_000_000, "标箱", None),
        ("设置床位约 500 张", 500, "张", "床位"),
        ("拓宽为双向 4 车道", 4, "车道", None),
        ("床位数4957张", 4957, "张", "床位"),
        ("新增停车泊位1.1万个", 11_000, "个", "车位"),
        ("全区新增学位2.8万个", 28_000, "个", "学位"),
        ("10万吨级大型移动式养殖工船", 100_000, "吨级", None),
        # as other plans print them
        ("日处理能力5万吨", 50_000, "吨/日", None),
        ("年处理垃圾30万吨/年", 300_000, "吨/年", None),
        ("吞吐能力300万TEU", 3_000_000, "标箱", None),
        ("装机容量60万千瓦", 600, "兆瓦", None),
        ("光伏装机1.2吉瓦", 1200, "兆瓦", None),
        ("新建48班小学", 48, "班", None),
        ("新增1200个学位", 1200, "个", "学位"),
        ("提供200个停车位", 200, "个", "车位"),
    ],
)
def test_what_a_thing_holds_treats_or_carries(text: str, value: float, unit: str, of: str | None) -> None:
    (quantity,) = found(text)
    assert (quantity.kind, quantity.value, quantity.unit, quantity.of) == ("capacity", value, unit, of)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        # 李沧 114 591 595 120, 城阳 676 574 104, 即墨 907, 市南 377
        ("路网密度达到每平方公里4.5公里", 4.5, "km/平方公里"),
        ("路网密度达到4.8公里", 4.8, "km/平方公里"),
        ("路网密度8公里/平方公里", 8, "km/平方公里"),
        ("公共厕所密度达到建成区面积3.5座/平方公里", 3.5, "座/平方公里"),
        ("户籍千名老人床位数55张", 55, "张/千名老人"),
        ("人均掩蔽面积2平方米以上", 2, "m2/人"),
        ("万人拥有公交车25辆", 25, "辆/万人"),
        ("时速600KM磁悬浮试验样车", 600, "km/小时"),
        ("每百户不低于20平方米配套建设", 20, "m2/百户"),
        ("每年引进时尚企业30家以上", 30, "家/年"),
        ("森林覆盖率达到16.5%", 16.5, "%"),
    ],
)
def test_so_much_for_each_is_a_rate_and_never_a_size(text: str, value: float, unit: str) -> None:
    (quantity,) = found(text)
    assert (quantity.kind, quantity.value, quantity.unit) == ("rate", value, unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("总部载体建成面积达到500万平方米", "floor_area"),
        ("新增人防工程180万平方米", "floor_area"),
        ("既有建筑节能改造750万平米", "floor_area"),
        ("城区新增1万平米商超", "floor_area"),
        ("占地面积约9100平方米", "area"),
        ("完成新增及更新绿化面积3000亩", "area"),
        ("改造工业用地约2.7万亩", "area"),
        ("建成白沙湾足球基地26万平方米", "area"),
        ("地下空间30米、6层深度开发", "height"),
    ],
)
def test_which_size_is_meant(text: str, kind: str) -> None:
    assert found(text)[0].kind == kind


@pytest.mark.parametrize(
    ("text", "value", "unit", "at_least"),
    [
        ("累计跨境交易额7.6亿美元", 7.6, "亿美元", False),  # 李沧 94
        ("实际利用外资累计超40亿美元", 40, "亿美元", True),  # 即墨 132
        ("到账外资38.7亿美元", 38.7, "亿美元", False),  # 城阳 120
    ],
)
def test_another_currency_stays_what_it_is(text: str, value: float, unit: str, at_least: bool) -> None:
    (quantity,) = found(text)
    assert (quantity.kind, quantity.value, quantity.unit, quantity.at_least) == (
        "amount",
        value,
        unit,
        at_least,
    )


@pytest.mark.parametrize(
    ("text", "printed", "hedges"),
    [
        ("品牌价值超过300亿元", "超过300亿元", "at_least"),
        ("覆盖率不低于90%", "不低于90%", "at_least"),
        ("亿元商务楼宇总数突破35座", "突破35座", "at_least"),
        ("总投资不超过3亿元", "不超过3亿元", "at_most"),
        ("城镇调查失业率控制在4%以内", "4%以内", "at_most"),
        ("营收过100亿元", "过100亿元", "at_least"),
        ("城区新增1万平米商超3—5个", "3一5个", ""),
    ],
)
def test_words_before_the_number_hedge_too(text: str, printed: str, hedges: str) -> None:
    quantity = found(text)[-1]
    assert quantity.printed == printed
    assert {h for h in ("about", "at_least", "at_most") if getattr(quantity, h)} == ({hedges} - {""})
