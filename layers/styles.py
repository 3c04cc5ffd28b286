"""The style registry: groups, categories and precision classes as data/layers.yaml states them.

Screen, legend and page all draw from this one table.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from layers.catalog_entries import Category
from layers.stages import STAGES
from layers.yaml_file import Strict, read_model

Color = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class StyleError(ValueError):
    """data/layers.yaml is wrong; the message names entry and reason."""


class Named(Strict):
    """A Chinese name and its English gloss."""

    name: str
    name_en: str


class CategoryStyle(Named):
    """How one category is drawn; ``width`` in px at 96 dpi; ``shown`` is whether the layer starts switched on."""

    color: Color
    symbol: Literal["circle", "square", "diamond", "triangle", "star", "cross"]
    hatch: Literal["none", "diagonal", "back", "cross", "dots", "waves"]
    width: float = Field(gt=0)
    shown: bool = True


class Group(Named):
    """A group of the layer tree with its categories in order."""

    id: str
    categories: dict[Category, CategoryStyle]


class PrecisionStyle(Strict):
    """How one precision class is drawn, whatever the category."""

    dash: str
    stroke_opacity: float = Field(ge=0, le=1)
    fill_opacity: float = Field(ge=0, le=1)
    soft: bool
    hatched: bool
    hollow: bool


class Styles(Strict):
    """The whole registry."""

    version: Literal[1]
    groups: tuple[Group, ...]
    precision: dict[str, PrecisionStyle]
    statuses: dict[str, Named]
    stages: dict[str, Named]
    levels: dict[int, Named]

    @cached_property
    def categories(self) -> dict[str, CategoryStyle]:
        """Every category's style, in layer order."""
        return {str(c): style for g in self.groups for c, style in g.categories.items()}

    @cached_property
    def group_of(self) -> dict[str, Group]:
        return {str(c): g for g in self.groups for c in g.categories}


def read_styles(path: Path) -> Styles:
    """Read data/layers.yaml.

    Raises
    ------
    StyleError
        When the file is missing, not YAML, or an entry is wrong or a category missing.
    """
    styles = read_model(path, Styles, StyleError)
    missing = [str(c) for c in Category if str(c) not in styles.categories]
    if missing:
        raise StyleError(f"{path.name}：没有类别 {missing[0]} 的样式")
    unnamed = [s for s in STAGES if s not in styles.stages]
    if unnamed:
        raise StyleError(f"{path.name}：没有阶段 {unnamed[0]} 的名称")
    return styles
