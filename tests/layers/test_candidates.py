"""The finder of place-like mentions: real sentences of the plans, and what holds for any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.candidates import Candidate, GrammarError, read_grammar
from layers.candidates.merging import merge_spans
from layers.candidates.model import Span
from layers.candidates.proposals import propose
from layers.candidates.tokens import Token
from layers.candidates.words import Words
from layers.catalog_entries import Category
from tests.layers.plan_candidates import candidates, finder
from tests.layers.plan_readings import DATA, PLAN_IDS, reading


def on_line(plan_id: str, line: int) -> dict[str, Candidate]:
    """Candidates that begin on a line, by name."""
    return {c.name.strip('"'): c for c in candidates(plan_id) if reading(plan_id).line(c.a) == line}


@pytest.mark.parametrize(
    ("plan_id", "line", "name", "category"),
    [
        ("jimo", 674, "地铁7号线二期", "rail"),  # 加快推动地铁7号线二期建设
        ("jimo", 674, "地铁16号线", "rail"),
        ("jimo", 257, "轨道交通产业园", "industrial_park"),  # a compound beside names in a list
        ("jimo", 712, "段泊岚水厂", "facility"),  # 改建移风、段泊岚、店集等农村水厂: one head for all
        ("jimo", 712, "王圈水库供水泵站", "facility"),
        ("licang", 268, "尖端科技研发基地", "facility"),  # a title of its own
        ("licang", 266, "青岛国际院士港研究院", "facility"),
        ("licang", 591, "唐山路", "road"),
        ("jimo", 674, "四纵四横", "structure"),
        ("chengyang", 136, "虹字河", "water"),
    ],
)
def test_a_name_is_found_with_its_category(plan_id: str, line: int, name: str, category: str) -> None:
    candidate = on_line(plan_id, line)[name]
    assert (candidate.sort, candidate.category) == ("named", category)


@pytest.mark.parametrize(
    ("plan_id", "text", "sort"),
    [
        ("licang", "京津冀", "outside"),
        ("chengyang", "首尔", "outside"),
        ("licang", "院士港集团", "institution"),
        ("licang", "产业园区", "generic"),
        ("jimo", "断头路", "generic"),
        ("shinan", "老旧小区", "generic"),
    ],
)
def test_what_is_no_name_is_sorted(plan_id: str, text: str, sort: str) -> None:
    sorts = {c.sort for c in candidates(plan_id) if c.text == text}
    assert sorts <= {sort}


def test_a_verb_before_a_name_is_no_part_of_it() -> None:
    starts = tuple(f for f in finder().grammar.stops - finder().grammar.inner_verbs if len(f) > 1)
    bad = [
        c.text
        for plan_id in PLAN_IDS
        for c in candidates(plan_id)
        if c.sources == ("head",) and c.sort == "named" and c.text.startswith(starts)
    ]
    assert bad == []


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_candidates_are_in_order_and_do_not_overlap(plan_id: str) -> None:
    found = candidates(plan_id)
    assert all(c.text == reading(plan_id).text[c.a : c.b] for c in found)
    assert all(before.b <= after.a for before, after in pairwise(found))


_TEXT = "".join("、" if i % 7 == 6 else "建设青岛港湾区路"[i % 8] for i in range(40))
_SPANS = st.builds(
    lambda a, length, sort, source: Span(a, a + length, Category.ZONE, sort, source),
    st.integers(0, 30),
    st.integers(1, 9),
    st.sampled_from(["named", "generic", "outside", "institution", "unsure"]),
    st.sampled_from(["head", "model", "gazetteer", "formula", "quoted", "list"]),
)


@given(st.lists(_SPANS, max_size=20))
def test_merging_keeps_maximal_spans(spans: list[Span]) -> None:
    merged = merge_spans(_TEXT, spans)
    assert all(before.b <= after.a for before, after in pairwise(merged))
    assert {(c.a, c.b) for c in merged} <= {(s.a, s.b) for s in spans}
    for span in spans:  # what was dropped gave way to something at least as long
        touching = [c for c in merged if c.a < span.b and span.a < c.b]
        assert any(c.b - c.a >= span.b - span.a for c in touching)


@given(st.text(alphabet='青岛港"、。路区一·()新3', max_size=30))
def test_head_finder_stays_inside_any_text(text: str) -> None:
    words = Words(text, [Token(i, i + 1, char, "n") for i, char in enumerate(text)])
    for span in finder().heads.find(words):
        assert 0 <= span.a <= span.stem < span.b <= len(text)


def test_forms_that_differ_by_the_city_are_one_name() -> None:
    found = [
        Candidate(0, 3, "院士港", "院士港", Category.HUB, "named", ("head",)),
        Candidate(5, 12, "青岛国际院士港", "青岛国际院士港", Category.ZONE, "named", ("head",)),
        Candidate(14, 16, "园区", "园区", Category.ZONE, "generic", ("head",)),
    ]
    proposals = propose("licang", found, ("青岛", "国际"))
    assert [(p.name, p.aliases) for p in proposals] == [("青岛国际院士港", ("院士港",))]


def test_a_wrong_grammar_says_where(tmp_path) -> None:
    text = (DATA / "candidates.yaml").read_text(encoding="utf-8")
    path = tmp_path / "candidates.yaml"
    with pytest.raises(GrammarError, match="没有这个文件"):
        read_grammar(path)
    path.write_text(text.replace("category: axis", "category: axe", 1), encoding="utf-8")
    with pytest.raises(GrammarError, match=r"candidates\.yaml：heads"):
        read_grammar(path)
    path.write_text(text.replace("[发展轴,", "[发展轴, 片区,", 1), encoding="utf-8")
    with pytest.raises(GrammarError, match="「片区」写了两次"):
        read_grammar(path)
