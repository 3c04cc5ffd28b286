"""Reading formulas from their own words, by the formulas of the five plans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.structures import FORMULAS, Part, Vocabulary, parse_formula, read_vocabulary
from layers.structures.formula import Count, number
from tests.conftest import DATA

VOCABULARY = read_vocabulary(DATA / FORMULAS)

REAL = [
    ("两横三纵", [("横", 2), ("纵", 3)]),
    ("三横七纵", [("横", 3), ("纵", 7)]),
    ("四纵四横", [("纵", 4), ("横", 4)]),
    ("四纵两横", [("纵", 4), ("横", 2)]),
    ("三湾一带", [("湾", 3), ("带", 1)]),
    ("一群两心三圈", [("群", 1), ("心", 2), ("圈", 3)]),
    ("一主多次", [("主", 1), ("次", "N")]),
    ("1+4", [("1", 1), ("4", 4)]),
    ("“9+3+1”院士港生态体系", [("9", 9), ("3", 3), ("1", 1)]),
    ("五水绕城", [("水", 5)]),
    ("大五水", [("水", 5)]),
    ("墨水河、虹字河、小北曲河、南疃河、爱民河五条水系", [("水系", 5)]),
    ("四极赋能", [("极", 4)]),
    ("两翼联动", [("翼", 2)]),
    ("三带保护", [("带", 3)]),
    ("双走廊", [("走廊", 2)]),
    ("轴带贯通", [("轴带", None)]),
    ("聚湾强心、轴带展开、多极协同", [("湾", None), ("心", None), ("轴带", None), ("极", "N")]),
    ("陆海统筹、两翼齐飞、中轴联动", [(None, None), ("翼", 2), ("中轴", None)]),
    ("五核发展，轴带相连", [("核", 5), ("轴带", None)]),
    ("一广场、两路、三片区和N个街区里院", [("广场", 1), ("路", 2), ("片区", 3), ("街区里院", "N")]),
    ("西部硅巷+中部场景+东部服务", [("部分", 3)]),
    ("五大发展轴", [("轴", 5)]),
    ("环湾都市三大主城片区", [("片区", 3)]),
    ("三大城市组团", [("组团", 3)]),
    ("三大产业组团", [("组团", 3)]),
    ("三大总部片区", [("片区", 3)]),
    ("四大功能性战略节点", [("节点", 4)]),
    ("环湾都市四大战略节点", [("节点", 4)]),
    ("三大枢纽节点", [("节点", 3)]),
    ("流亭立交桥、西元庄立交群两大青岛对外交通枢纽节点", [("节点", 2)]),
    ("两大独立的综合性节点城市", [("节点城市", 2)]),
    ("五大过境通道", [("通道", 5)]),
    ("九大夜间消费集聚区", [("集聚区", 9)]),
    ("“海陆空铁”四港联动", [("港", 4)]),
    ("山水园圈", [("山", None), ("水", None), ("园", None), ("圈", None)]),
    ("中心城区和小城镇多层次联动、多节点互动的新型城镇化发展格局", [("节点", "N")]),
    ("新市镇", []),
    ("主体功能区", []),
    ("五大过境交通", []),
    ("“院士创新特区”空间格局", []),
    ("农业区域布局", []),
]


def said(formula: str) -> list[tuple[str | None, Count]]:
    return [(p.kind, p.count) for p in parse_formula(formula, VOCABULARY)]


@pytest.mark.parametrize(("formula", "parts"), REAL)
def test_the_formulas_of_the_plans(formula: str, parts: list[tuple[str | None, Count]]) -> None:
    assert said(formula) == parts


@pytest.mark.parametrize("formula", [f for f, _ in REAL])
def test_quotation_marks_and_spaces_do_not_matter(formula: str) -> None:
    assert said(f"“ {' '.join(formula)} ”") == said(formula)


def test_a_principle_is_told_in_its_own_words() -> None:
    assert parse_formula("陆海统筹", VOCABULARY) == [Part(None, None, "陆海统筹")]


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("十二廊", [("廊", 12)]),
        ("二十五个组团", [("组团", 25)]),
        ("若干个产业组团", [("组团", "N")]),
        ("n个街区里院", [("街区里院", "N")]),
        ("3湾1带", [("湾", 3), ("带", 1)]),
        ("一心一轴", [("心", 1), ("轴", 1)]),
        ("", []),
    ],
)
def test_other_numbers(formula: str, parts: list[tuple[str | None, Count]]) -> None:
    assert said(formula) == parts


DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    tens, ones = divmod(n, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


@given(st.integers(1, 99))
def test_chinese_and_arabic_numerals_are_the_same_number(n: int) -> None:
    assert number(chinese(n)) == number(str(n)) == n


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.sampled_from([k.word for k in VOCABULARY.kinds])),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_as_a_list_is_read_back(parts: list[tuple[int, str]]) -> None:
    assert said("、".join(f"{chinese(n)}{kind}" for n, kind in parts)) == [(kind, n) for n, kind in parts]


@given(st.text(max_size=30))
def test_any_words_are_read_without_failing(words: str) -> None:
    for part in parse_formula(words, VOCABULARY):
        assert part.count is None or part.kind


def test_the_vocabulary_decides_what_is_counted() -> None:
    without = VOCABULARY.model_copy(update={"kinds": tuple(k for k in VOCABULARY.kinds if k.word != "湾")})
    assert [p.kind for p in parse_formula("三湾一带", Vocabulary.model_validate(without.model_dump()))] == [
        "带"
    ]
