"""Ink on the dark theme: it stands out, keeps its hue, and the registry's own stays where it stands out already."""

from __future__ import annotations

import colorsys
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.styles import Styles
from viewer.dark_ink import GROUNDS, LEAST_CONTRAST, contrast, dark_rules, ink_on_dark
from viewer.settings import ROOT

COLORS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLORS)
def test_any_colour_stands_out(color: str) -> None:
    ink = ink_on_dark(color)
    assert min(contrast(ink, ground) for ground in GROUNDS) >= LEAST_CONTRAST
    assert ink_on_dark(ink) == ink


@given(COLORS)
def test_what_stands_out_is_left_alone(color: str) -> None:
    enough = min(contrast(color, ground) for ground in GROUNDS) >= LEAST_CONTRAST
    assert (ink_on_dark(color) == color) == enough


def test_the_hue_of_every_category_stays(styles: Styles) -> None:
    def hue(color: str) -> float:
        return colorsys.rgb_to_hls(*(int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]

    for style in styles.categories.values():
        turned = abs(hue(style.color) - hue(ink_on_dark(style.color)))
        assert min(turned, 1 - turned) < 0.02


def test_the_grounds_are_those_of_the_theme() -> None:
    css = (ROOT / "assets" / "page.css").read_text(encoding="utf-8")
    dark = re.search(r'\[data-theme="dark"\] \{(.*?)\}', css, re.DOTALL)
    assert dark
    assert {re.search(rf"--{name}: (#\w+)", dark[1])[1] for name in ("land", "sea")} == set(GROUNDS)  # type: ignore[index]


def test_only_colours_that_are_too_dark_are_replaced(styles: Styles) -> None:
    replaced = set(re.findall(r'stroke="(#\w+)"', "\n".join(dark_rules(styles))))
    assert replaced == {s.color for s in styles.categories.values() if ink_on_dark(s.color) != s.color}
    assert styles.categories["rail"].color in replaced
    assert styles.categories["renewal"].color not in replaced
