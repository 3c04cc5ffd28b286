"""The six classes of precision."""

from __future__ import annotations

import pytest

from geo.precision import Precision, precision_words, states_area, weakest


def test_order() -> None:
    assert [p.rank for p in Precision] == list(range(6))
    assert [p.label for p in Precision] == ["边界", "定位", "推定", "示意", "辖区", "未落图"]


def test_weakest() -> None:
    assert weakest([Precision.BOUNDARY, Precision.SCHEMATIC, Precision.LOCATED]) is Precision.SCHEMATIC
    assert weakest([]) is Precision.UNPLACED


@pytest.mark.parametrize("precision", list(Precision))
def test_every_class_has_a_sentence_in_both_languages(precision: Precision) -> None:
    words = precision_words(precision)
    assert words.meaning_zh.endswith("。")
    assert words.meaning_en.endswith(".")


def test_area_is_stated_only_for_the_first_three() -> None:
    assert [states_area(p) for p in Precision] == [True, True, True, False, False, False]
