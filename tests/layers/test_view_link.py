"""Links of views: the one definition, old forms, broken ones; assets/0-view-link.js is held to the same cases."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.view_link import (
    FILTERS,
    LONGEST,
    ViewLinkError,
    ViewState,
    check_link,
    decode_link,
    encode_link,
)
from tests.conftest import FIXTURES

CASES = json.loads((FIXTURES / "view_links.json").read_text(encoding="utf-8"))
BOX = (120, 36, 120.5, 36.25)


def as_json(state: ViewState) -> Any:
    """The state as the browser's own would be written."""
    return json.loads(json.dumps(asdict(state)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_shared_cases(case: dict[str, Any]) -> None:
    decoded = decode_link(case["link"])
    assert as_json(decoded.state) == as_json(ViewState()) | case["state"]
    assert [p.part for p in decoded.problems] == case.get("problems", [])
    assert encode_link(decoded.state) == case["canonical"]


@pytest.mark.parametrize("case", [c for c in CASES if c.get("problems")], ids=lambda case: case["why"])
def test_each_problem_is_one_sentence_without_markup(case: dict[str, Any]) -> None:
    for problem in decode_link(case["link"]).problems:
        assert problem.sentence.startswith("链接")
        assert "\n" not in problem.sentence
        assert len(problem.sentence) < 120


def test_a_link_names_what_it_shows() -> None:
    link = encode_link(
        ViewState(plan="shinan", level=2, layers=("bay", "axis"), feature="a.b", only=("a.b", "c.d"), box=BOX)
    )
    assert link == (
        "?v=2&plan=shinan&level=2&layers=bay,axis&only=a.b,c.d&feature=a.b"
        "&box=120.00000,36.00000,120.50000,36.25000"
    )


names = st.from_regex(r"[A-Za-z0-9_.~-]{1,20}", fullmatch=True)
name_lists = st.lists(names, max_size=4, unique=True).map(tuple)
degrees = st.integers(-8_900_000, 8_900_000).map(lambda n: n / 100_000)
parts = st.from_regex("[a-z]{1,9}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"), min_size=1, max_size=30)  # fmt: skip
states = st.builds(
    ViewState,
    lang=st.sampled_from(["zh", "en"]),
    page=names,
    plan=st.just("") | names,
    level=st.integers(1, 9),
    layers=st.none() | name_lists,
    filters=st.dictionaries(st.sampled_from(FILTERS), name_lists.filter(bool), max_size=5),
    opacity=st.dictionaries(names, st.integers(10, 99), max_size=3),
    only=name_lists,
    feature=st.just("") | names,
    reader=st.just("") | names,
    place=st.none() | st.integers(0, 99_999_999),
    centre=st.none() | st.tuples(degrees, degrees, st.integers(0, 24)),
    box=st.none()
    | st.tuples(degrees, degrees, degrees, degrees).filter(lambda b: b[0] < b[2] and b[1] < b[3]),
    parts=st.dictionaries(parts, st.dictionaries(parts, texts, min_size=1, max_size=3), max_size=2),
)


@given(states)
def test_every_state_survives_its_link(state: ViewState) -> None:
    link = encode_link(state)
    decoded = decode_link(link)
    assert decoded.problems == ()
    assert decoded.state == state
    assert check_link(link) == link


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_or_said(link: str) -> None:
    decoded = decode_link("?" + link)
    assert check_link(encode_link(decoded.state)) == encode_link(decoded.state)


def test_of_a_link_that_is_too_long_the_first_parts_are_kept() -> None:
    link = "?v=2&plan=jimo&only=" + ",".join(f"jimo.{n}" for n in range(2000))
    decoded = decode_link(link)
    assert decoded.state == ViewState(plan="jimo")
    assert "太长" in decoded.problems[0].sentence


def test_a_link_of_one_endless_part_is_the_start() -> None:
    decoded = decode_link("?" + "v" * (LONGEST + 1))
    assert decoded.state == ViewState()
    assert len(decoded.problems) == 1


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("", "不是"),
        ("v=2", "不是"),
        ("http://example.org/?v=2", "不是"),
        ("//example.org/?v=2", "不是"),
        ("javascript:alert(1)", "不是"),
        ("?v=2#top", "不是"),
        ("?v=2&layers=a b", "不是"),
        ("?v=2&layers=湾", "不是"),
        ("?v=2&layers=a\n", "不是"),
        ("?layers=bay", "不是"),
        ("?v=3&layers=bay", "版本是 3"),
        ("?v=2&level=12", "level"),
        ("?v=2&only=" + "a" * LONGEST, "太长"),
    ],
)
def test_other_links_are_refused_in_words(link: str, says: str) -> None:
    with pytest.raises(ViewLinkError, match=says):
        check_link(link)


def test_an_old_link_is_accepted_in_its_present_form() -> None:
    assert check_link("?v=1&layers=bay.axis") == "?v=2&layers=bay,axis"
