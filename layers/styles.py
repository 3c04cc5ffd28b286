"""The style registry: groups, categories and precision classes as data/layers.yaml states them.

Screen, legend and page all draw from this one table.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layers.catalog import Category

Color = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class StyleError(ValueError):
    """data/layers.yaml is wrong; the message names entry and reason."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(_Strict):
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


class PrecisionStyle(_Strict):
    """How one precision class is drawn, whatever the category."""

    dash: str
    stroke_opacity: float = Field(ge=0, le=1)
    fill_opacity: float = Field(ge=0, le=1)
    soft: bool
    hatched: bool
    hollow: bool


class Styles(_Strict):
    """The whole registry."""

    version: Literal[1]
    groups: tuple[Group, ...]
    precision: dict[str, PrecisionStyle]
    statuses: dict[str, Named]
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
    try:
        styles = Styles.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as e:
        raise StyleError(f"{path.name}：无法读取：{e.strerror}") from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        raise StyleError(f"{path.name}{where}：不是有效的 YAML：{getattr(e, 'problem', None) or e}") from e
    except UnicodeDecodeError as e:
        raise StyleError(f"{path.name}：不是 UTF-8 文本（第 {e.start} 字节）") from e
    except ValidationError as e:
        first = e.errors()[0]
        where = ".".join(str(x) for x in first["loc"])
        raise StyleError(f"{path.name}：{where}：{first['msg']}") from e
    missing = [str(c) for c in Category if str(c) not in styles.categories]
    if missing:
        raise StyleError(f"{path.name}：没有类别 {missing[0]} 的样式")
    return styles
