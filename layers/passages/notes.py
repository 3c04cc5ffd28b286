"""Footnotes that lost their number or run over several lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layers.passages.blocks import Block
from layers.passages.lines import ends_sentence


def mark_notes(blocks: Sequence[Block]) -> list[Block]:
    """Mark the paragraphs that are really footnotes."""
    return _mark_long_notes(_mark_unnumbered(list(blocks)))


def _mark_unnumbered(blocks: list[Block]) -> list[Block]:
    """Footnotes are numbered through: a gap before [2] means the paragraph before it is [1].

    It must stand where a page break cut a paragraph, as footnotes do.
    """
    last = 0
    for at, block in enumerate(blocks):
        if block.kind != "footnote" or not block.number:
            continue
        number = int(block.number.strip("[]"))
        lost = at - 1
        is_gap = number == last + 2 and lost > 0
        if is_gap and _is_cut_off(blocks[lost - 1]) and blocks[lost].kind == "paragraph":
            blocks[lost] = replace(blocks[lost], kind="footnote", number=f"[{number - 1}]")
        last = number
    return blocks


def _mark_long_notes(blocks: list[Block]) -> list[Block]:
    """A paragraph after a note that ends with a semicolon goes on with the note."""
    for at, block in enumerate(blocks[1:], start=1):
        last = blocks[at - 1]
        if block.kind == "paragraph" and last.kind == "footnote" and last.words[-1] in "；;":
            blocks[at] = replace(block, kind="footnote")
    return blocks


def _is_cut_off(block: Block) -> bool:
    return block.kind == "paragraph" and not ends_sentence(block.words)
