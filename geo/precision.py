"""How sure a placement is: the six classes, in order, with their plain-words meanings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LOCATED_LIMIT_M = 500.0
"""A real thing counts as located only when the truth is no farther than this."""


class Precision(StrEnum):
    """Classes of precision, surest first."""

    BOUNDARY = "boundary"
    LOCATED = "located"
    DERIVED = "derived"
    SCHEMATIC = "schematic"
    DISTRICT = "district"
    UNPLACED = "unplaced"

    @property
    def rank(self) -> int:
        """0 for the surest class, 5 for the least sure."""
        return _ORDER.index(self)

    @property
    def label(self) -> str:
        """Chinese name."""
        return _WORDS[self].label_zh


@dataclass(frozen=True)
class PrecisionWords:
    """What a class is called and what it means, in one sentence."""

    label_zh: str
    label_en: str
    meaning_zh: str
    meaning_en: str


_ORDER: tuple[Precision, ...] = tuple(Precision)

_WORDS: dict[Precision, PrecisionWords] = {
    Precision.BOUNDARY: PrecisionWords(
        "边界",
        "Boundary",
        "法定或测绘的界线，如区界、海岸线、岛屿。",
        "A surveyed or legal outline: districts, land, islands.",
    ),
    Precision.LOCATED: PrecisionWords(
        "定位",
        "Located",
        "真实存在的地点或线路，位置误差不超过 500 米。",
        "A real thing whose point or line is known to within 500 m.",
    ),
    Precision.DERIVED: PrecisionWords(
        "推定",
        "Derived",
        "根据原文所说的道路、河流、海岸等界限推算出的范围，不是法定边界。",
        "Built from what the text says (roads, rivers, coast) or from parts; not a legal boundary.",
    ),
    Precision.SCHEMATIC: PrecisionWords(
        "示意",
        "Schematic",
        "按原文点到的地名画出的示意图形，只表达方向和关系，不能量面积。",
        "An idea drawn through the named places; shows direction and relation, no area.",
    ),
    Precision.DISTRICT: PrecisionWords(
        "辖区",
        "District",
        "只知道位于某个街道、镇或区内，圆圈表示可能的范围，不是确切位置。",
        "Known only to lie within a street, town or district; the halo shows how far it may be.",
    ),
    Precision.UNPLACED: PrecisionWords(
        "未落图",
        "Unplaced",
        "原文不足以确定位置，只列出原文和原因，不在图上画。",
        "Nothing honest can be drawn; listed with its sentences and the reason.",
    ),
}


def precision_words(precision: Precision) -> PrecisionWords:
    """Names and meanings of a class, Chinese and English."""
    return _WORDS[precision]


def weakest(precisions: Iterable[Precision]) -> Precision:
    """The least sure of several classes; unplaced when there is none."""
    return max(precisions, key=lambda p: p.rank, default=Precision.UNPLACED)


def states_area(precision: Precision) -> bool:
    """Whether area and length may be stated for this class."""
    return precision.rank <= Precision.DERIVED.rank
