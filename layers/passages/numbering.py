"""The numbers headings carry (第一篇, 第三章, 一、, (一), 1.) and how deep each style lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from layers.folding import fold_name
from layers.passages.lines import clean_title, close_gaps, condensed_length

LONGEST_TITLE = 60
RUN_IN_DEPTH = 6
BOX_DEPTH = 10
_CHAPTER_DEPTHS = {"篇": 0, "章": 1, "节": 2}
_CHAPTER = re.compile(r"(\S{2,7}?[篇章节節])\s*(.*)", re.DOTALL)
_CHAPTER_NUMBER = re.compile(r"第[一二三四五六七八九十百\d]+([篇章节])")
_OTHER_STYLES = (
    (3, re.compile(r"([一二三四五六七八九十]{1,3}、)\s*(.*)", re.DOTALL)),
    (4, re.compile(r"([（(][一二三四五六七八九十]{1,3}[)）])\s*(.*)", re.DOTALL)),
    (5, re.compile(r"(\d{1,2}[.．])\s*(?!\d)(.*)", re.DOTALL)),
)


@dataclass(frozen=True)
class Numbered:
    """A number, the depth of its style, and the words after it."""

    number: str
    depth: int
    rest: str

    @property
    def title(self) -> str:
        """The words as a title; only a 篇 or 章 keeps the space between its two halves."""
        title = clean_title(self.rest)
        if self.depth > 1:
            return close_gaps(title)
        first, space, second = title.partition(" ")
        return f"{first}{space}{close_gaps(second)}"


def read_number(words: str) -> Numbered | None:
    """The number at the start of a line (without Markdown marks), None where there is none.

    Variant characters are seen through: 第┅節 is 第一节.
    """
    chapter = _CHAPTER.match(words)
    if chapter is not None:
        number = fold_name(chapter[1])
        style = _CHAPTER_NUMBER.fullmatch(number)
        if style is not None:
            return Numbered(number, _CHAPTER_DEPTHS[style[1]], chapter[2])
    for depth, pattern in _OTHER_STYLES:
        found = pattern.match(words)
        if found is not None:
            return Numbered(found[1].replace("（", "(").replace("）", ")"), depth, found[2])
    return None


def is_title(rest: str) -> bool:
    """Whether the words after a number are a title, not the start of a numbered paragraph."""
    is_short = 2 <= condensed_length(rest) <= LONGEST_TITLE
    return is_short and "。" not in rest and rest.strip()[-1] not in "；;，,、：:"
