"""Type: breaking lines, and what the font cannot draw."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layers.render.text import balanced, printable, width_mm, wrap

CHINESE = st.text(st.sampled_from("青岛市南区，。、（）「」—…规划2035 km中山路ABC"), min_size=1, max_size=80)
PROSE = st.lists(
    st.sampled_from(["青岛市", "市南区", "规划", "，", "。", "）", "（", "」。", "——", "2035 ", "km "]), min_size=1, max_size=40
).map("".join)  # fmt: skip


@given(CHINESE)
def test_wrapping_keeps_every_character(text: str) -> None:
    kept = "".join(wrap(text, 8, 30)).replace(" ", "")
    assert kept == text.replace(" ", "")


@given(CHINESE)
def test_lines_keep_to_their_width(text: str) -> None:
    # Nothing but marks could begin a line of marks.
    assert all(width_mm(line.rstrip("，。、）」—…"), 8) <= 30 + 1e-6 for line in wrap(text, 8, 30))


@given(PROSE)
def test_no_more_than_one_light_mark_hangs_over_the_edge(text: str) -> None:
    for line in wrap(text, 8, 30):
        body = line[:-1] if line[-1] in "，。、；" else line
        if not set(body) <= set("，。）」—（"):
            assert width_mm(body, 8) <= 30 + 1e-6


def test_no_line_begins_with_a_closing_mark() -> None:
    for limit in range(12, 40):
        lines = wrap("建设「三湾一带」，打造滨海休闲旅游带（东起麦岛，西至团岛）。", 8, limit)
        assert not any(line[0] in "，。）」" for line in lines)
        assert not any(line[-1] in "（「" for line in lines)


def test_text_left_over_is_marked() -> None:
    lines = wrap("青岛市国民经济和社会发展第十四个五年规划", 8, 30, most=1)
    assert len(lines) == 1
    assert lines[0].endswith("…")
    assert width_mm(lines[0], 8) <= 30


@given(st.text(st.sampled_from("青岛市南区、—海湾总部片"), min_size=1, max_size=40), st.integers(4, 12))
def test_long_names_are_halved_whole(name: str, longest: int) -> None:
    lines = balanced(name, longest)
    assert "".join(lines) == name
    assert all(len(line) <= longest + 1 for line in lines)


def test_a_number_in_a_name_stays_whole() -> None:
    assert balanced("中艺1688创意产业园", 9) == ["中艺1688", "创意产业园"]


def test_what_the_font_lacks_is_shown_as_lacking() -> None:
    assert printable("山\x07\U0001f3d4湾") == "山〓湾"
