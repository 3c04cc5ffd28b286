"""The candidate: a stretch of a plan that looks like the name of a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layers.catalog import Category

Source = Literal["head", "model", "gazetteer", "formula", "quoted", "list"]
Sort = Literal["named", "generic", "outside", "institution"]


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
        What the grammar alone takes it for: a name, a generic word, a place beyond the city, or a body.
    sources
        Which finders proposed it, in a fixed order.
    """

    a: int
    b: int
    text: str
    category: Category
    sort: Sort
    sources: tuple[Source, ...]
