"""The passage: a stretch of a plan of one kind."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "cover",
    "toc",
    "heading",
    "run_in",
    "paragraph",
    "list_item",
    "box_title",
    "box",
    "table",
    "caption",
    "footnote",
    "boilerplate",
    "copy",
)
LEFT_OUT = frozenset({"toc", "boilerplate", "copy"})
"""Kinds that repeat the plan or are no part of it."""


@dataclass(frozen=True)
class Passage:
    """One leaf of a plan's text. The passages of a plan partition its file.

    Attributes
    ----------
    id
        ``<plan>@<start>``: the text of a plan never changes, so this is stable.
    kind
        One of `KINDS`.
    start, end
        Raw span; white space after the words belongs to the passage.
    number
        As numbered in the plan: 第三章, 一、, (一), 1., [7], 专栏 6; empty where there is none.
    title
        The words of a heading, run-in heading, box title or caption in one line, with usual characters for
        variant ones; empty for other kinds.
    depth
        Of headings by their numbering: 篇 0, 章 1, 节 2, 一、 3, (一) 4, 1. 5, run-in 6 (7 under a lead-in
        line), box title 10, heading in a box 11. Of others one more than their parent's.
    parent
        Id of the heading this stands under; None before the first heading.
    continues
        Id of the part before this one, where a page break, footnote or box cuts a paragraph or a heading.
    """

    id: str
    plan: str
    kind: str
    start: int
    end: int
    number: str = ""
    title: str = ""
    depth: int = 0
    parent: str | None = None
    continues: str | None = None
