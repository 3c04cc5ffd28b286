"""A plan in reading order: paragraphs whole over page breaks, footnotes after them, repeats left out.

Names and sentences are looked for in the folded text of a `Reading`; each place in it leads back to raw
spans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layers.folding import SEPARATOR, fold, fold_name
from layers.passages.model import LEFT_OUT, Passage
from layers.plans import Plan, line_of, line_starts

_SENTENCE_ENDS = "。!?"
_TRAILING = ("。", "!", "?", '"', ")")
_TITLED = ("heading", "run_in", "box_title")
CELL = " | "


@dataclass(frozen=True)
class Reading:
    """The folded text of a plan in reading order.

    Attributes
    ----------
    plan
        The plan.
    passages
        Its passages, in the order of the file.
    text
        The folded text; passages that do not run on are parted by ``SEPARATOR``.
    offsets, ends
        Raw start and end of each folded character.
    passage_indices
        Index into ``passages`` for each folded character.
    sentences
        Folded ranges in reading order; a row of a table is one.
    """

    plan: Plan
    passages: tuple[Passage, ...]
    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]
    passage_indices: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    _line_starts: tuple[int, ...] = field(repr=False)
    _places: dict[int, tuple[int, int]] = field(repr=False)
    _by_id: dict[str, Passage] = field(repr=False)

    def raw_parts(self, a: int, b: int) -> list[tuple[int, int]]:
        """Raw spans of the folded range ``[a, b)``, in reading order.

        One where only white space or markup lies between its characters; several where a footnote or another
        passage does.
        """
        parts: list[tuple[int, int]] = []
        last = -1
        for at in range(a, b):
            index = self.passage_indices[at]
            if parts and index in (last, last + 1):
                parts[-1] = parts[-1][0], self.ends[at]
            else:
                parts.append((self.offsets[at], self.ends[at]))
            last = index
        return parts

    def passage_at(self, a: int) -> Passage:
        """The passage of a folded character."""
        return self.passages[self.passage_indices[a]]

    def sentence_at(self, a: int) -> tuple[int, int]:
        """Folded range of the sentence that holds a folded character (of the one before, for a separator)."""
        return self.sentences[max(bisect_right(self.sentences, (a, len(self.text))) - 1, 0)]

    def sentence_text(self, a: int, b: int) -> str:
        """A folded range as raw words for a person: no line breaks, markup or spaces but between Latin words.

        Cells of a table are parted by `CELL`.
        """
        raw = self.plan.text
        words: list[str] = []
        for at in range(a, b):
            if self.text[at] == SEPARATOR:
                words.append(CELL)
                continue
            start = self.offsets[at]
            is_gap = at > a and " " in raw[self.ends[at - 1] : start]
            if is_gap and self._is_latin(at - 1) and self._is_latin(at):
                words.append(" ")
            words.append(raw[start : self.ends[at]])
        return "".join(words)

    def find_from(self, text: str, line: int, nth: int = 1) -> tuple[int, int] | None:
        """Folded range of the nth occurrence of some words that starts on a raw line (1-based).

        It may run on beyond the line. None where the line does not hold it.
        """
        pattern = fold_name(text)
        if not pattern or not 1 <= line <= len(self._line_starts):
            return None
        raw_start = self._line_starts[line - 1]
        raw_end = self._line_starts[line] if line < len(self._line_starts) else len(self.plan.text)
        for first, last in self._places_of(raw_start, raw_end):
            at = self.text.find(pattern, first)
            while 0 <= at < last:
                if raw_start <= self.offsets[at] < raw_end:
                    nth -= 1
                    if nth == 0:
                        return at, at + len(pattern)
                at = self.text.find(pattern, at + 1)
        return None

    def place_of(self, offset: int) -> int | None:
        """Folded index of the character at or first after a raw offset in its passage; None if left out."""
        index = self._index_at(offset)
        first, last = self._places.get(index, (0, 0))
        at = first + bisect_right(self.ends[first:last], offset)
        return at if at < last else None

    def line(self, a: int) -> int:
        """Number of the raw line a folded character lies on, 1-based."""
        return line_of(self._line_starts, self.offsets[a])

    def heading_path(self, passage_id: str) -> tuple[str, ...]:
        """Titles of the headings a passage stands under, outermost first; its own last where it has one."""
        path: list[str] = []
        passage: Passage | None = self._by_id[passage_id]
        while passage is not None:
            if passage.kind in _TITLED:
                path.append(_display_title(passage))
            passage = self._by_id[passage.parent] if passage.parent else None
        return tuple(reversed(path))

    def is_left_out(self, start: int) -> bool:
        """Whether a raw offset lies in a table of contents, a further copy of the text or boilerplate."""
        return self.passages[self._index_at(start)].kind in LEFT_OUT

    def _is_latin(self, at: int) -> bool:
        return self.text[at].isascii() and self.text[at].isalnum()

    def _index_at(self, offset: int) -> int:
        return bisect_right(self.passages, offset, key=lambda passage: passage.start) - 1

    def _places_of(self, raw_start: int, raw_end: int) -> Iterator[tuple[int, int]]:
        for index in range(self._index_at(raw_start), self._index_at(raw_end - 1) + 1):
            if index in self._places:
                yield self._places[index]


def read_in_order(plan: Plan, passages: Sequence[Passage]) -> Reading:
    """Fold a plan passage by passage in reading order."""
    chars: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    indices: list[int] = []
    places: dict[int, tuple[int, int]] = {}
    last: Passage | None = None
    for index in _reading_order(plan.text, passages):
        passage = passages[index]
        folded = fold(plan.text[passage.start : passage.end])
        words = folded.text.rstrip(SEPARATOR)
        if not words:
            continue
        if last is not None and not _runs_on(plan.text, last, passage):
            chars.append(SEPARATOR)
            offsets.append(ends[-1])
            ends.append(ends[-1])
            indices.append(indices[-1])
        places[index] = len(indices), len(indices) + len(words)
        chars.append(words)
        offsets.extend(passage.start + offset for offset in folded.offsets[: len(words)])
        ends.extend(passage.start + end for end in folded.ends[: len(words)])
        indices.extend([index] * len(words))
        last = passage
    text = "".join(chars)
    starts = tuple(line_starts(plan.text))
    row_lines = [0] * len(text)
    for index, (first, end) in places.items():
        if passages[index].kind == "table":
            row_lines[first:end] = (line_of(starts, offset) for offset in offsets[first:end])
    return Reading(
        plan=plan,
        passages=tuple(passages),
        text=text,
        offsets=tuple(offsets),
        ends=tuple(ends),
        passage_indices=tuple(indices),
        sentences=tuple(_sentences(text, row_lines)),
        _line_starts=starts,
        _places=places,
        _by_id={passage.id: passage for passage in passages},
    )


def _reading_order(text: str, passages: Sequence[Passage]) -> Iterator[int]:
    """Indices of the passages to read: each followed by what goes on with it, then what stood between."""
    later_parts = {passage.continues: index for index, passage in enumerate(passages) if passage.continues}
    placed: set[int] = set()
    for first in range(len(passages)):
        at: int | None = first
        while at is not None and at not in placed and passages[at].kind not in LEFT_OUT:
            yield at
            placed.add(at)
            is_cut = at + 1 < len(passages) and _runs_on(text, passages[at], passages[at + 1])
            at = later_parts.get(passages[at].id, at + 1 if is_cut else None)


def _runs_on(text: str, last: Passage, passage: Passage) -> bool:
    """Whether a passage goes on with another: after a break, or on one line, as after a run-in heading."""
    if passage.continues == last.id:
        return True
    words = text[last.start : last.end]
    return last.end == passage.start and "\n" not in words[len(words.rstrip()) :]


def _sentences(text: str, row_lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Sentences of a folded text; ``row_lines`` gives the raw line of characters in tables, 0 elsewhere."""
    start = 0
    at = 0
    while at < len(text):
        if text[at] == SEPARATOR:
            in_row = 0 < at < len(text) - 1 and row_lines[at - 1] == row_lines[at + 1] != 0
            if not in_row:
                if start < at:
                    yield start, at
                start = at + 1
        elif text[at] in _SENTENCE_ENDS:
            while text[at + 1 : at + 2] in _TRAILING and not _opens(text, start, at + 1):
                at += 1
            yield start, at + 1
            start = at + 1
        at += 1
    if start < len(text):
        yield start, len(text)


def _opens(text: str, start: int, at: int) -> bool:
    """Whether a quotation mark opens a quotation: folding makes both marks the same, so count."""
    return text[at] == '"' and text.count('"', start, at) % 2 == 0


def _display_title(passage: Passage) -> str:
    """Number and words of a heading, as one would print them."""
    gap = " " if passage.number[-1:] in ("篇", "章", "节") or passage.kind == "box_title" else ""
    return f"{passage.number}{gap}{passage.title}"
