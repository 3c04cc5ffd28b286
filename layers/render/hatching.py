"""Hatches of schematic areas as drawn lines and dots, aligned to the sheet so that neighbours run on."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.render.sheet import Points


def hatch_lines(area: BaseGeometry, hatch: str, step_mm: float, shift: float = 0.0) -> list[Points]:
    """The lines of a hatch inside an area in sheet millimetres; ``[]`` for dots and for none.

    ``shift`` moves the hatch by a share of its step, so that areas over each other keep apart.
    """
    if shift:
        moved = hatch_lines(shapely.transform(area, lambda xy: xy - [shift * step_mm, 0]), hatch, step_mm)
        return [line + np.array([shift * step_mm, 0]) for line in moved]
    x0, y0, x1, y1 = area.bounds
    if hatch == "diagonal":
        lines = _slanted(x0, y0, x1, y1, step_mm, rising=True)
    elif hatch == "back":
        lines = _slanted(x0, y0, x1, y1, step_mm, rising=False)
    elif hatch == "cross":
        lines = [np.array([(x, y0), (x, y1)]) for x in _steps(x0, x1, step_mm)]
        lines += [np.array([(x0, y), (x1, y)]) for y in _steps(y0, y1, step_mm)]
    elif hatch == "waves":
        lines = _waves(x0, y0, x1, y1, step_mm)
    else:
        return []
    if not lines:
        return []
    inside = shapely.intersection(shapely.multilinestrings(list(map(shapely.linestrings, lines))), area)
    parts = [p for p in shapely.get_parts(shapely.line_merge(inside)) if p.geom_type == "LineString"]
    return [shapely.get_coordinates(p) for p in parts]


def hatch_dots(area: BaseGeometry, step_mm: float) -> Points:
    """The dots of a hatch inside an area."""
    x0, y0, x1, y1 = area.bounds
    xs, ys = np.meshgrid(_steps(x0, x1, step_mm), _steps(y0, y1, step_mm))
    at = np.column_stack([xs.ravel(), ys.ravel()])
    shapely.prepare(area)
    kept: Points = at[shapely.contains_xy(area, at[:, 0], at[:, 1])]
    return kept


def _steps(low: float, high: float, step: float) -> Points:
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step


def _slanted(x0: float, y0: float, x1: float, y1: float, step: float, rising: bool) -> list[Points]:
    height = y1 - y0
    if rising:
        return [np.array([(c + y0, y0), (c + y1, y1)]) for c in _steps(x0 - y1, x1 - y0, step)]
    return [np.array([(c - y0, y0), (c - y1, y1)]) for c in _steps(x0 + y0, x1 + y1, step) if height > 0]


def _waves(x0: float, y0: float, x1: float, y1: float, step: float) -> list[Points]:
    xs = np.linspace(x0, x1, max(2, int((x1 - x0) / step * 8) + 1))
    wave = 0.175 * step * np.sin(2 * np.pi * xs / step)
    return [np.column_stack([xs, y + wave]) for y in _steps(y0 - step, y1 + step, step)]
