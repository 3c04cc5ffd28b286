"""The layout specification: what a figure shows and on what page, validated, kept as JSON, with presets.

Only the words of a layout are checked here; whether a plan or feature exists is for :mod:`layers.render.content`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from layers.catalog_entries import Category
from layers.render.errors import LayoutError, WriteError, reason
from layers.said import joined, said, sentence_of
from layers.view_link import FILTERS

PAPERS_MM = {"A4": (297.0, 210.0), "A3": (420.0, 297.0), "A2": (594.0, 420.0), "16:9": (338.67, 190.5)}
"""Width and height in landscape."""

ENLARGE = {"A4": 1.0, "A3": 1.2, "A2": 1.6, "16:9": 1.3, "pixels": 1.0}
"""How much larger type and lines are drawn when the layout does not say: a poster is read from farther away."""

_NAMES = {
    "paper": said("纸张"),
    "orientation": said("方向"),
    "dpi": said("分辨率（dpi）"),
    "width_px": said("像素宽"),
    "height_px": said("像素高"),
    "plan": said("规划"),
    "bbox": said("范围（bbox）"),
    "features": said("要素"),
    "scale": said("比例尺"),
    "centre": said("中心点"),
    "layers": said("图层"),
    "levels": said("级别"),
    "filters": said("筛选"),
    "opacity": said("图层不透明度（%）"),
    "title": said("标题"),
    "subtitle": said("副标题"),
    "notes": said("说明"),
    "legend": said("图例"),
    "scale_bar": said("比例尺条"),
    "north_arrow": said("指北针"),
    "locator": said("区位图"),
    "graticule": said("经纬网"),
    "labels": said("注记"),
    "project_table": said("项目表"),
    "quotes": said("原文摘录"),
    "structures": said("空间格局一览"),
    "review_number": said("审图号"),
    "enlarge": said("放大倍数"),
    "version": said("版本"),
}
_MARKUP = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)


Layers = TypeVar("Layers", tuple[str, ...] | None, dict[str, int])


class Layout(BaseModel):
    """One figure.

    Attributes
    ----------
    paper, orientation, width_px, height_px, dpi
        The page; ``width_px`` and ``height_px`` only and always with paper ``pixels``.
    plan
        Show only what this plan names, with the level it gives; None for all plans.
    bbox, features, scale, centre
        The extent: a box ``(west, south, east, north)`` in WGS 84 degrees; or the named features, which are then the
        only ones shown; or else the plan's district. ``scale`` fixes 1:N about the middle of it or about ``centre``
        (longitude, latitude).
    layers, levels
        Categories (None: those that start switched on) and levels shown.
    filters
        Only features that meet them, as in a link: values by filter; the named ``features`` are shown whatever they meet.
    opacity
        How faint layers are drawn: percents by category, where not 100, as in a link.
    enlarge
        Factor on type and lines; None for what suits the paper.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1] = 1
    paper: Literal["A4", "A3", "A2", "16:9", "pixels"] = "A4"
    orientation: Literal["landscape", "portrait"] = "landscape"
    width_px: int | None = Field(None, ge=400, le=12000)
    height_px: int | None = Field(None, ge=400, le=12000)
    dpi: int = Field(300, ge=150, le=600)
    plan: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    features: tuple[str, ...] | None = Field(None, min_length=1)
    scale: int | None = Field(None, ge=1000, le=5_000_000)
    centre: tuple[float, float] | None = None
    layers: tuple[str, ...] | None = Field(None, min_length=1)
    levels: tuple[Literal[1, 2, 3], ...] = Field((1,), min_length=1)
    filters: dict[str, tuple[Annotated[str, Field(max_length=40)], ...]] = {}
    opacity: dict[str, Annotated[int, Field(ge=10, le=99)]] = {}
    title: str | None = Field(None, max_length=60)
    subtitle: str | None = Field(None, max_length=100)
    notes: str = Field("", max_length=400)
    legend: bool = True
    scale_bar: bool = True
    north_arrow: bool = True
    locator: bool = True
    graticule: bool = False
    labels: bool = True
    project_table: bool = False
    quotes: bool = False
    structures: bool = True
    review_number: str | None = Field(None, max_length=40)
    enlarge: float | None = Field(None, ge=0.5, le=4)

    @field_validator("title", "subtitle", "notes", "review_number")
    @classmethod
    def _plain(cls, text: str | None) -> str | None:
        if text and _MARKUP.search(text):
            raise ValueError(said("只能是纯文字，不能含 HTML 或 XML 标记：{text}", text=_shown(text)))
        if text and any(ord(c) < 32 and c != "\n" for c in text):
            raise ValueError(said("含有不可见的控制字符"))
        return text

    @field_validator("layers", "opacity")
    @classmethod
    def _known_layers(cls, layers: Layers) -> Layers:
        known = [str(c) for c in Category]
        for layer in layers or ():
            if layer not in known:
                raise ValueError(
                    said("没有图层{layer}；可用：{known}", layer=_shown(layer), known=joined(known))
                )
        return layers

    @field_validator("filters")
    @classmethod
    def _known_filters(cls, filters: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name in filters:
            if name not in FILTERS:
                raise ValueError(
                    said("没有筛选{name}；可用：{known}", name=_shown(name), known=joined(FILTERS))
                )
        return filters

    @field_validator("bbox")
    @classmethod
    def _has_area(cls, bbox: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:  # fmt: skip
        if bbox is None:
            return None
        west, south, east, north = bbox
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError(said("应是西、南、东、北四个经纬度，西小于东、南小于北"))
        return bbox

    @field_validator("centre")
    @classmethod
    def _on_earth(cls, centre: tuple[float, float] | None) -> tuple[float, float] | None:
        if centre is not None and not (-180 <= centre[0] <= 180 and -90 <= centre[1] <= 90):
            raise ValueError(said("应是经度、纬度"))
        return centre

    @model_validator(mode="after")
    def _fits_together(self) -> Layout:
        pixels = (self.width_px, self.height_px)
        if self.paper == "pixels" and None in pixels:
            raise ValueError(said("纸张为 pixels 时要写明像素宽和像素高"))
        if self.paper != "pixels" and pixels != (None, None):
            raise ValueError(said("像素宽和像素高只用于纸张 pixels"))
        if self.bbox is not None and self.features is not None:
            raise ValueError(said("范围 bbox 与要素只能写一个"))
        if self.centre is not None and self.scale is None:
            raise ValueError(said("写了中心点就要写比例尺"))
        return self

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the page."""
        if self.width_px and self.height_px:
            return self.width_px / self.dpi * 25.4, self.height_px / self.dpi * 25.4
        long, short = PAPERS_MM[self.paper]
        return (long, short) if self.orientation == "landscape" else (short, long)

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        width, height = self.size_mm
        return round(width / 25.4 * self.dpi), round(height / 25.4 * self.dpi)

    @property
    def factor(self) -> float:
        """Factor on type and lines: as said, or as suits the page."""
        if self.enlarge is not None:
            return self.enlarge
        if self.paper == "pixels":
            return min(4.0, max(0.5, min(self.size_mm[0] / 297, self.size_mm[1] / 210)))
        return ENLARGE[self.paper]


@dataclass(frozen=True)
class Preset:
    """A named start for layouts: what is not among its values stays at its default."""

    name: str
    name_en: str
    values: Mapping[str, Any]


def previewed(layout: Layout, longest_px: int) -> Layout:
    """The same page with as many dots that its longer side has ``longest_px``, never more than it asks for."""
    width, height = layout.size_px
    dpi = max(1, round(layout.dpi * min(1.0, longest_px / max(width, height))))
    pixels = {}
    if layout.paper == "pixels":
        pixels = {"width_px": round(width * dpi / layout.dpi), "height_px": round(height * dpi / layout.dpi)}
    return layout.model_copy(update={"dpi": dpi, **pixels})


def parse_layout(values: Mapping[str, Any]) -> Layout:
    """A layout from plain values.

    Raises
    ------
    LayoutError
        One sentence an error, joined by 「；」.
    """
    try:
        return Layout.model_validate(values)
    except ValidationError as e:
        first = {error["loc"][:1]: _sentence(dict(error)) for error in reversed(e.errors())}
        raise LayoutError(*reversed(first.values())) from e


def layout_values(text: str, name: str = said("版式文件")) -> dict[str, Any]:
    """The values that JSON text holds, to be laid under others and parsed; ``name`` is what messages call it.

    Raises
    ------
    LayoutError
        The text is no JSON object.
    """
    try:
        values = json.loads(text)
    except json.JSONDecodeError as e:
        raise LayoutError(
            said(
                "{file} 不是有效的 JSON：第 {line} 行第 {column} 列", file=name, line=e.lineno, column=e.colno
            )
        ) from e
    except (ValueError, RecursionError) as e:  # a number of thousands of digits, a thousand brackets
        raise LayoutError(said("{file} 不是有效的 JSON", file=name)) from e
    if not isinstance(values, dict):
        raise LayoutError(said("{file} 应是一个 JSON 对象", file=name))
    return values


def read_layout(path: Path) -> dict[str, Any]:
    """The values of a layout file (JSON), to be laid under others and parsed.

    Raises
    ------
    LayoutError
        The file is missing or no JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        why = reason(e) if isinstance(e, OSError) else "不是 UTF-8 文本"
        raise LayoutError(f"无法读取版式文件 {path}：{why}") from e
    return layout_values(text, f"版式文件 {path}")


def layout_json(layout: Layout) -> str:
    """A layout as JSON, only what differs from the defaults."""
    return json.dumps(
        {"version": 1, **layout.model_dump(mode="json", exclude_defaults=True)}, ensure_ascii=False
    )


def save_layout(layout: Layout, path: Path) -> None:
    """Keep a layout as JSON, written beside and renamed.

    Raises
    ------
    WriteError
        The file cannot be written.
    """
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(layout_json(layout), encoding="utf-8")
        beside.replace(path)
    except OSError as e:
        beside.unlink(missing_ok=True)
        raise WriteError(f"无法写入 {path}：{reason(e)}") from e


def read_presets(path: Path) -> dict[str, Preset]:
    """Presets by name, from data/layouts.yaml.

    Raises
    ------
    LayoutError
        The file is missing, not YAML, or a preset is no valid layout.
    """
    try:
        presets = yaml.safe_load(path.read_text(encoding="utf-8"))["presets"]
        written = {str(name): dict(values) for name, values in presets.items()}
    except OSError as e:
        raise LayoutError(f"无法读取 {path.name}：{reason(e)}") from e
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError) as e:
        raise LayoutError(f"{path.name} 不是有效的预设表：{e}") from e
    found = {}
    for name, values in written.items():
        name_en = str(values.pop("name_en", name))
        try:
            parse_layout(values)
        except LayoutError as e:
            raise LayoutError(f"{path.name}：预设「{name}」：{e}") from e
        found[name] = Preset(name, name_en, values)
    return found


def _shown(text: str) -> str:
    return said("「{text}」", text=text[:40] + ("…" if len(text) > 40 else ""))


def _sentence(error: dict[str, Any]) -> str:
    loc = [x for x in error["loc"] if isinstance(x, str)]
    name = _NAMES.get(loc[0], _shown(loc[0])) if loc else ""
    value, context = error.get("input"), error.get("ctx", {})
    kind = str(error["type"])
    if kind == "value_error":
        why = sentence_of(context["error"])
        return said("{name}：{reason}", name=name, reason=why) if name else why
    if kind == "extra_forbidden":
        return said("版式里没有「{name}」这一项", name=loc[0])
    if kind == "greater_than_equal":
        return said("{name}不能小于 {least}，写的是 {value}", name=name, least=context["ge"], value=value)
    if kind == "less_than_equal":
        return said("{name}不能大于 {most}，写的是 {value}", name=name, most=context["le"], value=value)
    if kind == "string_too_long":
        return said("{name}不能多于 {most} 个字", name=name, most=context["max_length"])
    if kind == "too_short":
        return said("{name}不能为空", name=name)
    if kind == "literal_error":
        known = joined(re.split(", | or ", str(context["expected"]).replace("'", "")))
        return said("{name}应是 {known}，写的是{value}", name=name, known=known, value=_shown(str(value)))
    return said("{name}的写法不对：{value}", name=name, value=_shown(str(value)))
