"""Boxes (专栏): which of the flows after a box title are in the box, though no mark ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from layers.passages.flows import Flow

_ITEM = re.compile(r"[^。，,；;]{1,40}?[：:]|“[^”]{1,12}”即")
_INNER_HEADING_DEPTH = 5


def mark_boxes(flows: Sequence[Flow]) -> list[Flow]:
    """Give the flows in boxes the kind ``box``, and inner headings (「1.打造…」) the depth 11.

    A box of list items ends with its last item. Other boxes go on as long as paragraphs look like their
    items: a name and a colon (「海天中心：位于…」), or 「“两路”即…」. What follows the title directly is in any
    case in the box.
    """
    marked: list[Flow] = []
    items: list[str] | None = None
    for flow in flows:
        first = flow[0]
        if first.kind == "box_title":
            items = []
        elif items is not None and _is_inner_heading(flow, items):
            flow = [replace(first, depth=11)]
            items.append("heading")
        elif items is not None and first.kind in ("paragraph", "list_item") and _is_item(flow, items):
            items.append(first.kind)
            flow = [replace(block, kind="box") for block in flow]
        elif first.kind not in ("footnote", "table", "caption"):
            items = None
        marked.append(flow)
    return marked


def _is_inner_heading(flow: Flow, items: Sequence[str]) -> bool:
    is_numbered = flow[0].kind == "heading" and flow[0].depth == _INNER_HEADING_DEPTH
    return is_numbered and (not items or items[0] == "heading")


def _is_item(flow: Flow, items: Sequence[str]) -> bool:
    if not items:
        return True
    if flow[0].kind == "list_item":
        return "paragraph" not in items
    return "list_item" not in items and _ITEM.match(flow[0].words) is not None
