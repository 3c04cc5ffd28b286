"""Shapes of point symbols and arrow heads: the paths of assets/1-map.js, y upward, about their middle."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

# Corners on a square of 20 by 20, y downward as in SVG.
_CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(5.2, 5.2), (14.8, 5.2), (14.8, 14.8), (5.2, 14.8)],
    "diamond": [(10, 3.6), (16.4, 10), (10, 16.4), (3.6, 10)],
    "triangle": [(10, 4), (16.3, 15), (3.7, 15)],
    "star": [
        (10, 2.6), (12.2, 7.5), (17.5, 8), (13.5, 11.6), (14.7, 16.8), (10, 14), (5.3, 16.8), (6.5, 11.6), (2.5, 8), (7.8, 7.5),
    ],
    "cross": [
        (8, 4), (12, 4), (12, 8), (16, 8), (16, 12), (12, 12), (12, 16), (8, 16), (8, 12), (4, 12), (4, 8), (8, 8),
    ],
}  # fmt: skip
_ARROW = [(0, 12), (8, -6), (0, -2), (-8, -6)]


def symbol(shape: str, x: float, y: float, size_mm: float) -> Path:
    """A point symbol; ``size_mm`` is the side of the square it is drawn on."""
    to = Affine2D().translate(-10, -10).scale(size_mm / 20, -size_mm / 20).translate(x, y)
    if shape == "circle":
        return circle(x, y, size_mm / 4)
    return _closed(_CORNERS[shape]).transformed(to)


def circle(x: float, y: float, radius_mm: float) -> Path:
    """A circle."""
    return Path.unit_circle().transformed(Affine2D().scale(radius_mm).translate(x, y))


def arrow_head(x: float, y: float, direction_deg: float, px_mm: float) -> Path:
    """An arrow head with its middle on (x, y); ``direction_deg`` anticlockwise from the page's right."""
    to = Affine2D().scale(px_mm).rotate_deg(direction_deg - 90).translate(x, y)
    return _closed(_ARROW).transformed(to)


def direction_deg(line: np.ndarray[tuple[int, ...], np.dtype[np.float64]], reach_mm: float) -> float:
    """Direction in which a line arrives at its last point, taken from far enough back not to follow a wiggle."""
    tip = line[-1]
    far = np.hypot(*(line - tip).T) > reach_mm
    tail = line[np.flatnonzero(far)[-1]] if far.any() else line[0]
    return math.degrees(math.atan2(tip[1] - tail[1], tip[0] - tail[0]))


def _closed(corners: Sequence[tuple[float, float]]) -> Path:
    return Path([*corners, corners[0]], closed=True)
