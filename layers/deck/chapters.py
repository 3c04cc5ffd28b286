"""The chapters of a plan with the spans of its text they cover."""

from __future__ import annotations

from dataclasses import dataclass

from layers.store import Store

_CHAPTER = 1
"""Depth of 章; 篇 are of depth 0."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number and title as printed, the 篇 it belongs to (empty where the plan has none), and its span
    ``[start, end)`` in code points."""

    title: str
    part: str
    start: int
    end: int


def plan_chapters(store: Store, plan: str) -> list[Chapter]:
    """The chapters in the order of the text; a heading broken over two paragraphs is one."""
    headings: list[tuple[int, str, str, int]] = []
    for block in store.blocks(plan):
        if block.kind != "heading" or block.depth > _CHAPTER:
            continue
        words = "".join(segment.text for segment in block.segments).strip()
        if headings and headings[-1][0] == block.depth and headings[-1][1] == block.number:
            depth, number, before, start = headings[-1]
            headings[-1] = depth, number, f"{before} {words}", start
        else:
            headings.append((block.depth, block.number or "", words, block.start))
    ends = [start for *_, start in headings[1:]] + [len(store.plan_text(plan) or "")]
    chapters, part = [], ""
    for (depth, number, words, start), end in zip(headings, ends, strict=True):
        title = f"{number} {words.removeprefix(number).strip()}".strip()
        if depth < _CHAPTER:
            part = title
        else:
            chapters.append(Chapter(title, part, start, end))
    return chapters
