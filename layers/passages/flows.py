"""Flows: the blocks that are one paragraph, cut by page breaks and footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from layers.passages.blocks import Block
from layers.passages.lines import condensed_length, ends_sentence, has_table_shape

Flow = list[Block]
_BREAKABLE = ("paragraph", "list_item", "cover")
_INTERRUPTIONS = ("footnote", "table", "caption")
_SHORTEST_PRINTED_LINE = 20


def build_flows(blocks: Sequence[Block], page_breaks: bool) -> list[Flow]:
    """Join each block that stops within a sentence with the next that may go on with it.

    Footnotes, tables and captions may stand between the parts; a heading ends all. Where a file has no page
    breaks every block is a flow of its own.
    """
    flows: list[Flow] = []
    unfinished: Flow | None = None
    for block in blocks:
        if unfinished is not None and _goes_on(unfinished[-1], block):
            unfinished.append(block)
        else:
            flows.append([block])
            if block.kind in _INTERRUPTIONS:
                continue
            unfinished = flows[-1]
        if not page_breaks or not _is_cut(block):
            unfinished = None
    return flows


def _goes_on(last: Block, block: Block) -> bool:
    same_region = (block.kind == "cover") == (last.kind == "cover")
    if block.kind not in ("paragraph", "cover") or block.number or not same_region:
        return False
    return not _is_display(block) and not block.words.startswith("**")


def _is_cut(block: Block) -> bool:
    return (
        block.kind in _BREAKABLE
        and condensed_length(block.words) >= _SHORTEST_PRINTED_LINE
        and not ends_sentence(block.words)
        and not _is_display(block)
    )


def _is_display(block: Block) -> bool:
    return block.kind == "cover" and (block.words.startswith("#") or has_table_shape(block.words))
