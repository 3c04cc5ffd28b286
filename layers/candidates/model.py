"""The candidate: a stretch of a plan that looks like the name of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layers.catalog_entries import Category

Source = Literal["head", "model", "gazetteer", "formula", "quoted", "list"]
Sort = Literal["named", "generic", "outside", "institution", "unsure"]


@dataclass(frozen=True)
class Candidate:
    """A place-like mention at ``[a, b)`` of the folded reading order.

    Attributes
    ----------
    text
        The folded words.
    category
        A guess from head word or gazetteer.
    sort
        What the grammar alone takes it for: a name, a generic word, a place beyond the city, a body, or unsure (a
        word that only the model takes for a place).
    name
        The name it stands for: the text, with the head it shares in a list (移风水厂 for 移风 in 「移风、店集等水厂」).
    sources
        Which finders proposed it, in a fixed order.
    """

    a: int
    b: int
    text: str
    name: str
    category: Category
    sort: Sort
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Span:
    """What one finder proposes, before the finders' spans are merged.

    ``shared_head`` is the head a name has only in common with others of its list; ``is_distinctive`` says that a word
    which is not one of planning's common words stands before the head.
    """

    a: int
    b: int
    category: Category
    sort: Sort
    source: Source
    shared_head: str = ""
    is_distinctive: bool = False
    is_short: bool = False
