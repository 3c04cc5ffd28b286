"""Run-in headings: the short sentence that opens a paragraph and names what it is about.

In bold (「**浮山湾区。**」), plain at the start of a paragraph (「突破西部。」), or plain inside one, where
only names of places and structures count (「沿岙东路发展轴。」).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layers.passages.lines import OCR_BULLET, clean_title, close_gaps, condensed_length, list_marker
from layers.passages.numbering import read_number

_STOPS = re.compile(r"[。！？]+[”’」』）)]*")
_BOLD = re.compile(r"(?:[一二三四五六七八九十]是)?\*\*[^*]+(?:[。：]\*\*|\*\*[。：])")
_LONGEST = 24
_LONGEST_LIST = 12
_SHORTEST_BODY = 20
_PLACE = re.compile(r"(?:[^，,；;：:]*)(?:发展[带轴]|开发区|示范区|保税区|高新区)")
_VERBS = (
    "打造", "建设", "推进", "推动", "加快", "加强", "促进", "形成", "构建",
    "创建", "培育", "完善", "优化", "提升", "支持", "引导", "鼓励", "发展",
    "依托", "发挥", "实施", "争创", "争取", "规划", "深化", "开展", "建立",
    "健全", "落实", "强化", "统筹", "入选", "获批", "获评", "荣获", "成为",
    "扩大", "引进", "探索", "积极", "努力", "大力", "助力", "融入", "重点",
    "到",
)  # fmt: skip


@dataclass(frozen=True)
class RunIn:
    """A run-in heading: its span in the text of the flow, and its number and words."""

    start: int
    end: int
    number: str
    title: str


def find_run_ins(text: str) -> list[RunIn]:
    """The run-in headings of a paragraph, in order."""
    found: list[RunIn] = []
    for start, end in _sentences(text):
        sentence = text[start:end]
        opens = start == _white_space(text, 0)
        if condensed_length(text[end : end + 200]) < _SHORTEST_BODY:
            break
        if _is_bold(sentence) or (_is_short(sentence) if opens else _is_place(sentence)):
            found.append(_run_in(start, end, sentence))
    return found


def is_lead_in(text: str) -> bool:
    """Whether a paragraph is no more than a heading with a colon (「"三带保护":」)."""
    return condensed_length(text) <= _LONGEST and text.strip()[-1:] in ("：", ":")


def lead_in(text: str) -> RunIn:
    """The run-in heading a whole paragraph is."""
    return _run_in(0, len(text), text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences, without white space before them.

    A ``**`` or a straight quotation mark after a full stop belongs to the sentence only where it closes one.
    """
    start = 0
    for stop in _STOPS.finditer(text):
        end = stop.end()
        for mark in ('"', "**", '"'):
            if text.startswith(mark, end) and text.count(mark, start, end) % 2:
                end += len(mark)
        yield start + _white_space(text, start), end
        start = end


def _white_space(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip())


def _bare(sentence: str) -> str:
    return sentence[len(list_marker(sentence)) :].lstrip("—–")


def _is_bold(sentence: str) -> bool:
    bare = _bare(sentence)
    return _BOLD.fullmatch(bare) is not None or _BOLD.fullmatch(f"**{bare}") is not None


def _is_short(sentence: str) -> bool:
    longest = _LONGEST_LIST if "、" in sentence else _LONGEST
    return condensed_length(_bare(sentence)) <= longest and re.search(r"[，,；;：:]", sentence) is None


def _is_place(sentence: str) -> bool:
    words = re.sub(r"\s+", "", sentence).rstrip("。")
    return len(words) <= _LONGEST and _PLACE.fullmatch(words) is not None and not words.startswith(_VERBS)


def _run_in(start: int, end: int, sentence: str) -> RunIn:
    numbered = read_number(sentence)
    words = numbered.rest if numbered else sentence
    title = close_gaps(OCR_BULLET.sub("", clean_title(words), count=1))
    return RunIn(start, end, numbered.number if numbered else "", title)
