"""Component trees as HTML: nothing in them can become markup of its own."""

from __future__ import annotations

import re

import pytest
from dash import dcc, html

from viewer.fragments import html_text

EVIL = "<script>alert(1)</script>\"'&"


def test_text_and_attributes_are_escaped() -> None:
    text = html_text(
        html.Div([EVIL, html.Button(EVIL, title=EVIL, **{"data-feature": EVIL})], className=EVIL)
    )
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 5
    assert text.count('"') == 6, "only the quotes of the three attributes"


def test_names_of_attributes_are_those_of_html() -> None:
    text = html_text(
        html.Td("x", className="a b", tabIndex="0", colSpan=2, hidden=True, style={"height": "3px"})
    )
    assert sorted(re.findall(r' ([a-z]+(?:="[^"]*")?)', text.replace("a b", "a+b").replace(": ", ":"))) == [
        'class="a+b"', 'colspan="2"', "hidden", 'style="height:3px"', 'tabindex="0"',
    ]  # fmt: skip
    assert text.endswith(">x</td>")


def test_what_is_not_set_is_left_out() -> None:
    assert html_text(html.P([None, "a", 1], hidden=False, title=None)) == "<p>a1</p>"


def test_images_have_no_end() -> None:
    assert html_text(html.Img(src="data:,")) == '<img src="data:,">'


@pytest.mark.parametrize("name", ["data-x y", "data-x=1", "data->"])
def test_an_attribute_without_a_plain_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="属性"):
        html_text(html.Div("x", **{name: "1"}))


def test_other_components_are_refused() -> None:
    with pytest.raises(ValueError, match="dash_core_components"):
        html_text(html.Div(dcc.Input()))
