"""Figures for reports: the second renderer, from store and style registry to PNG, SVG and PDF."""

from layers.render.content import choose_content
from layers.render.errors import LayoutError, RenderError, WriteError
from layers.render.layout_spec import (
    Layout,
    layout_json,
    layout_values,
    parse_layout,
    previewed,
    read_layout,
    read_presets,
    save_layout,
)
from layers.render.output import FORMATS, Format, check_target, render, write_bytes
from layers.render.source import MapSource

__all__ = [
    "FORMATS", "Format", "Layout", "LayoutError", "MapSource", "RenderError", "WriteError", "check_target",
    "choose_content", "layout_json", "layout_values", "parse_layout", "previewed", "read_layout", "read_presets", "render", "save_layout", "write_bytes",
]  # fmt: skip
