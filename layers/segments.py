"""The pieces a paragraph is shown in: words, and mentions with the mentions that lie within them."""

from __future__ import annotations

from typing import Any, NamedTuple


class Segment(NamedTuple):
    """A piece of a paragraph.

    ``feature`` and ``start`` (its offset in the plan) are None for words that name nothing. ``inner`` are the pieces of a
    mention that holds others: joined they are its text; ``()`` where it holds none.
    """

    text: str
    feature: str | None = None
    start: int | None = None
    inner: tuple[Segment, ...] = ()


def segment_of(values: list[Any]) -> Segment:
    """A segment as JSON gives it back."""
    text, feature, start, inner = values
    return Segment(text, feature, start, tuple(map(segment_of, inner)))
