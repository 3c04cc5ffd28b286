"""Blocks: one heading, paragraph, list item, table, caption or note each, as the lines show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layers.passages.lines import (
    OCR_BULLET,
    SENTENCE_ENDS,
    Line,
    box_title,
    clean_title,
    condensed_length,
    ends_sentence,
    footnote_number,
    has_table_shape,
    is_figure_caption,
    is_note,
    list_marker,
)
from layers.passages.numbering import BOX_DEPTH, RUN_IN_DEPTH, Numbered, is_title, read_number
from layers.passages.regions import BODY

_ONE_PASSAGE = ("toc", "copy", "boilerplate")
_LONGEST_CAPTION = 40


@dataclass(frozen=True)
class Block:
    """A stretch of whole lines of one kind; ``end`` is where the next block starts."""

    kind: str
    start: int
    end: int
    words: str
    number: str = ""
    title: str = ""
    depth: int = 0


def read_blocks(lines: Sequence[Line], regions: Sequence[str]) -> list[Block]:
    """The blocks of a file, in order; they partition it."""
    numbered = zip(lines, regions, strict=True)
    blocks = list(_merged(_block_of_line(line, region) for line, region in numbered if line.text))
    blocks = _with_captions(_with_ocr_bullets(_with_split_titles(blocks)))
    if not blocks:
        return []
    ends = [block.start for block in blocks[1:]] + [lines[-1].end]
    blocks = [replace(block, end=end) for block, end in zip(blocks, ends, strict=True)]
    return [replace(blocks[0], start=0), *blocks[1:]]


def _block_of_line(line: Line, region: str) -> Block:
    block = Block(region, line.start, line.end, line.text)
    if region != BODY:
        return block
    numbered = read_number(line.plain)
    if numbered is not None and is_title(numbered.rest) and not has_table_shape(line.text):
        return _heading(block, numbered)
    box = box_title(line.plain)
    if box is not None:
        return replace(block, kind="box_title", number=box[0], title=box[1], depth=BOX_DEPTH)
    note = footnote_number(line.text)
    if note or is_note(line.text):
        return replace(block, kind="footnote", number=f"[{note}]" if note else "")
    if list_marker(line.text):
        return replace(block, kind="list_item")
    if has_table_shape(line.text):
        return replace(block, kind="table")
    if is_figure_caption(line.plain):
        return replace(block, kind="caption", title=clean_title(line.plain))
    if line.text.startswith("#"):
        return replace(block, kind="heading", title=clean_title(line.plain), depth=RUN_IN_DEPTH)
    return replace(block, kind="paragraph", number=numbered.number if numbered else "")


def _heading(block: Block, numbered: Numbered) -> Block:
    return replace(block, kind="heading", number=numbered.number, title=numbered.title, depth=numbered.depth)


def _merged(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join the lines of regions that are one passage, and the rows of a table."""
    last: Block | None = None
    for block in blocks:
        if last is not None and _is_one_passage(last, block):
            last = replace(last, end=block.end, words=f"{last.words}\n{block.words}")
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _is_one_passage(last: Block, block: Block) -> bool:
    is_next_row = block.kind == "table" and last.end == block.start
    return last.kind == block.kind and (block.kind in _ONE_PASSAGE or is_next_row)


def _with_split_titles(blocks: Sequence[Block]) -> list[Block]:
    """Join a chapter's title set on two heading lines: the second has no number."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and last.kind == "heading" and last.depth <= 1 and _is_unnumbered_heading(block):
            title = f"{last.title} {block.title}"
            joined[-1] = replace(last, end=block.end, words=f"{last.words}\n{block.words}", title=title)
        else:
            joined.append(block)
    return joined


def _is_unnumbered_heading(block: Block) -> bool:
    return block.kind == "heading" and not block.number


def _with_ocr_bullets(blocks: Sequence[Block]) -> list[Block]:
    """After a colon, paragraphs that start with 一 for a lost dash are list items (「一东部崂山西麓…」)."""
    found = list(blocks)
    for at, (last, block) in enumerate(pairwise(blocks), start=1):
        starts_so = block.kind == "paragraph" and not block.number and OCR_BULLET.match(block.words)
        if starts_so and last.words[-1] in "：:":
            found[at] = replace(block, kind="list_item")
    return found


def _with_captions(blocks: Sequence[Block]) -> list[Block]:
    """A short line or an unnumbered heading right before a table is its caption."""
    found = list(blocks)
    for at, (block, following) in enumerate(pairwise(blocks)):
        short = condensed_length(block.words) <= _LONGEST_CAPTION and not ends_sentence(block.words)
        is_line = block.kind == "paragraph" and not any(end in block.words for end in SENTENCE_ENDS)
        if following.kind == "table" and short and (is_line or _is_unnumbered_heading(block)):
            found[at] = replace(block, kind="caption", title=clean_title(block.words), depth=0)
    return found
