"""From the text of a plan to its passages, as a list of phases."""

from __future__ import annotations

from layers.passages.blocks import read_blocks
from layers.passages.boxes import mark_boxes
from layers.passages.flows import build_flows
from layers.passages.lines import read_lines
from layers.passages.model import Passage
from layers.passages.notes import mark_notes
from layers.passages.outline import Outline
from layers.passages.regions import find_regions
from layers.plans import Plan


def parse_passages(plan: Plan) -> list[Passage]:
    """The passages of a plan in the order of its file; together they are the whole file.

    The first starts at 0, each ends where the next starts, the last ends with the text.
    """
    lines = read_lines(plan.text)
    blocks = mark_notes(read_blocks(lines, find_regions(plan, lines)))
    flows = mark_boxes(build_flows(blocks, plan.page_breaks))
    outline = Outline(plan.id, plan.text)
    for flow in flows:
        outline.add(flow)
    return outline.passages()
