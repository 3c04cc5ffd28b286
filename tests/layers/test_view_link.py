"""Links of views: what assets/5-link.js reads is what is written here."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.view_link import LONGEST, ViewLinkError, check_view_link, view_link


def test_a_link_names_what_it_shows() -> None:
    link = view_link(
        plan="shinan", level=2, layers=["bay", "axis"], feature="a.b", only=["a.b", "c.d"], box=(120, 36, 120.5, 36.25)
    )  # fmt: skip
    assert link == (
        "?v=1&plan=shinan&level=2&layers=bay.axis&feature=a.b&only=a.b,c.d"
        "&box=120.00000,36.00000,120.50000,36.25000"
    )


def test_what_is_not_said_is_left_out() -> None:
    assert view_link() == "?v=1"


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=40), max_size=4))
def test_every_name_survives_and_the_link_is_accepted(feature: str, layers: list[str]) -> None:
    link = view_link(feature=feature, layers=layers)
    assert check_view_link(link) == link
    query = parse_qs(link[1:], keep_blank_values=True)
    assert query.get("feature", [""]) == [feature]
    assert query.get("layers", [""]) == [".".join(layers)]


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("", "不是"),
        ("v=1", "不是"),
        ("http://example.org/?v=1", "不是"),
        ("//example.org/?v=1", "不是"),
        ("javascript:alert(1)", "不是"),
        ("?v=1#top", "不是"),
        ("?v=1&layers=a b", "不是"),
        ("?v=1&layers=湾", "不是"),
        ("?v=1&layers=a\n", "不是"),
        ("?layers=bay", "不是"),
        ("?v=2&layers=bay", "版本是 2"),
        ("?v=1&only=" + "a" * LONGEST, "太长"),
    ],
)
def test_other_links_are_refused_in_words(link: str, says: str) -> None:
    with pytest.raises(ViewLinkError, match=says):
        check_view_link(link)
