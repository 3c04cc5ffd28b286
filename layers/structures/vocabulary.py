"""The words of formulas: data/formulas.yaml, read and checked."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from layers.catalog_entries import Category
from layers.yaml_file import Strict, read_model

FORMULAS = "formulas.yaml"

Word = Annotated[str, Field(min_length=1)]
Bearing = Literal["east_west", "north_south"]


class FormulaError(ValueError):
    """The vocabulary is missing or wrong; the message names file, entry and reason."""


class Kind(Strict):
    """Something a formula counts: the categories its members may have, and how they run where they are lines."""

    word: Word
    categories: tuple[Category, ...]
    bearing: Bearing | None = None


class Vocabulary(Strict):
    """Which words of a formula count, leave the number open, stand between, or tell only what is done."""

    version: Literal[1]
    open: tuple[Word, ...]
    measures: tuple[Word, ...]
    actions: tuple[Word, ...]
    named_terms: Word
    kinds: tuple[Kind, ...]

    @field_validator("open", "measures", "actions", "kinds")
    @classmethod
    def _is_said_once(cls, value: tuple[object, ...], info: ValidationInfo) -> tuple[object, ...]:
        words = [v.word if isinstance(v, Kind) else v for v in value]
        twice = next((w for i, w in enumerate(words) if w in words[:i]), None)
        if twice is not None:
            raise ValueError(f"{info.field_name} 里「{twice}」写了两次")
        return value

    @model_validator(mode="after")
    def _has_one_meaning(self) -> Vocabulary:
        kinds = {k.word for k in self.kinds}
        for name in ("open", "measures", "actions"):
            both = next((w for w in getattr(self, name) if w in kinds), None)
            if both is not None:
                raise ValueError(f"「{both}」同时写在 kinds 和 {name} 里")
        return self

    @cached_property
    def by_word(self) -> dict[str, Kind]:
        return {k.word: k for k in self.kinds}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the kinds, longest first."""
        return tuple(sorted(self.by_word, key=len, reverse=True))


def read_vocabulary(path: Path) -> Vocabulary:
    """Read data/formulas.yaml.

    Raises
    ------
    FormulaError
        The file is missing, no YAML, lacks a key, names an unknown category, or gives a word twice.
    """
    return read_model(path, Vocabulary, FormulaError)
