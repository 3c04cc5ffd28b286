"""The physical lines of a plan, and the shapes a single line can have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from layers.folding import fold_name, read_variants
from layers.plans import line_starts

SENTENCE_ENDS = "。！？!?"
OCR_BULLET = re.compile(r"一(?=[东西南北中])")
_LIST_MARKER = re.compile(r"(?:-[ ]+)?(?:\*\*)?(?:[—–]{1,2}|一一)|-[ ]+|[◆▶]|<(?:div|p)>[ ]*◆")
_FOOTNOTE = re.compile(r"\^\{?\[(?:&\}lt;sup>)?(\d{1,3})|([¹²³⁴-⁹])[ ]?")
_NOTE = re.compile(r"注[：:]|[①-⑳]")
_FIGURE = re.compile(r"[图表][ ]*\d+[ ]|.*示意图$")
_BOX_TITLE = re.compile(r"(专栏[ ]*(?:\d+|[一二三四五六七八九十]+))[ ]*[：:]?[ ]*(.+)")


@dataclass(frozen=True)
class Line:
    """One physical line: its number (1-based), raw span with its line end, and words without outer space."""

    number: int
    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """The words without Markdown heading marks and bold."""
        return re.sub(r"^#{1,6}\s*|\*\*", "", self.text).strip()


def read_lines(text: str) -> list[Line]:
    """The physical lines of a text, in order; they partition it."""
    starts = [*line_starts(text), len(text)]
    spans = enumerate(pairwise(starts), start=1)
    return [Line(number, a, b, text[a:b].strip()) for number, (a, b) in spans if a < b]


def has_table_shape(words: str) -> bool:
    """Whether a line is a row of a table set with tabs or pipes."""
    return words.startswith("|") or "\t" in words.strip("\t ")


def list_marker(words: str) -> str:
    """The marker a list item starts with (``- ``, ``——``, ``◆``), empty where there is none."""
    found = _LIST_MARKER.match(words)
    return found[0] if found else ""


def footnote_number(words: str) -> str:
    """The number of the footnote a line is, empty where it is none."""
    found = _FOOTNOTE.match(words)
    return "" if not found else fold_digits(found[1] or found[2])


def is_note(words: str) -> bool:
    """Whether a line is a note under a table (注：, ①)."""
    return _NOTE.match(words) is not None


def is_figure_caption(words: str) -> bool:
    """Whether a line is the caption of a figure or a numbered table."""
    return len(words) <= 40 and _FIGURE.match(words) is not None


def box_title(words: str) -> tuple[str, str] | None:
    """Number and title of the box (专栏) a line opens, None where it opens none."""
    found = _BOX_TITLE.fullmatch(words.strip())
    if found is None or len(found[2]) > 40:
        return None
    return re.sub(r"\s+", " ", found[1]), clean_title(found[2])


def ends_sentence(words: str) -> bool:
    """Whether a stretch of text ends with a full stop, a colon or the end of a quotation that does."""
    bare = re.sub(r"</\w+>|[\s*]+$", "", words).rstrip('”’」』）)"')
    quoted = len(bare) < len(words.rstrip("* \t"))
    return bare[-1:] in tuple(SENTENCE_ENDS) or (not quoted and bare[-1:] in ("：", ":"))


def clean_title(words: str) -> str:
    """A title in one line, without markup and markers, and with the usual characters for variant ones."""
    bare = re.sub(r"<[^>]*>|\*\*|^#{1,6}|\^?\[\d+\]", "", words).strip()
    bare = re.sub(r"^(?:-\s+|[◆▶]|[—–]+|一一)+", "", bare).strip(" 。：:\t\n")
    variants = read_variants()
    return re.sub(r"\s+", " ", "".join(variants.get(char, char) for char in bare))


def close_gaps(title: str) -> str:
    """A title without the spaces the text recognition left between Chinese characters."""
    return re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", title)


def fold_digits(digits: str) -> str:
    """Superscript digits as usual ones."""
    return digits.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


def condensed_length(words: str) -> int:
    """How many characters the folded words have: tests of length must not mind spaces and markup."""
    return len(fold_name(words))
