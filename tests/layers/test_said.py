"""Sentences that remember what they were made from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layers.said import Said, joined, said, sentence_of


def test_a_sentence_is_its_chinese_text_and_keeps_message_and_values() -> None:
    inner = said("版式文件")
    outer = said("{file} 最多 {most} 个", file=inner, most=3)
    assert outer == "版式文件 最多 3 个"
    assert outer.message == "{file} 最多 {most} 个"
    assert outer.values == {"file": inner, "most": 3}
    assert isinstance(outer.values["file"], Said)


def test_an_error_says_the_sentence_and_gives_it_back() -> None:
    sentence = said("没有要素「{feature}」", feature="x")
    assert str(ValueError(sentence)) == "没有要素「x」"
    assert sentence_of(ValueError(sentence)) is sentence
    assert sentence_of(ValueError("另一句")) == "另一句"
    assert sentence_of(OSError(2, "No such file")) == "[Errno 2] No such file"


@given(st.lists(st.text(max_size=8), max_size=6), st.sampled_from(["、", "；"]))
def test_parts_are_joined_whatever_they_hold(parts: list[str], between: str) -> None:
    assert joined(parts, between) == between.join(parts)
