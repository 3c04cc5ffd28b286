"""What of a frame is taken, on a grid of small cells: a quick no before an exact yes."""

from __future__ import annotations

import math

import numpy as np

from layers.render.sheet import Box, Points

CELL_MM = 0.5


class Occupancy:
    """Cells of a frame that names, symbols and leaders cover. What leaves the frame is not free."""

    def __init__(self, frame: Box) -> None:
        self.x0, self.y0, x1, y1 = frame
        self._columns = max(1, int((x1 - self.x0) / CELL_MM))
        self._rows = max(1, int((y1 - self.y0) / CELL_MM))
        self._taken = np.zeros((self._rows, self._columns), dtype=bool)

    def is_free(self, x: float, y: float, width: float, height: float, angle: float = 0.0) -> bool:
        """Whether a box about (x, y), turned by ``angle`` degrees, lies in the frame and on nothing taken."""
        if angle:
            rows, columns = self._cells(turned_points(x, y, width, height, angle))
            inside = bool(
                ((rows >= 0) & (rows < self._rows) & (columns >= 0) & (columns < self._columns)).all()
            )
            return inside and not self._taken[rows, columns].any()
        left, right = int((x - width / 2 - self.x0) / CELL_MM), int((x + width / 2 - self.x0) / CELL_MM)
        low, high = int((y - height / 2 - self.y0) / CELL_MM), int((y + height / 2 - self.y0) / CELL_MM)
        if (
            x - width / 2 < self.x0
            or y - height / 2 < self.y0
            or right >= self._columns
            or high >= self._rows
        ):
            return False
        return not self._taken[low : high + 1, left : right + 1].any()

    def take(self, points: Points) -> None:
        """Mark the cells of points."""
        rows, columns = self._cells(points)
        inside = (rows >= 0) & (rows < self._rows) & (columns >= 0) & (columns < self._columns)
        self._taken[rows[inside], columns[inside]] = True

    def take_box(self, box: Box) -> None:
        """Mark an upright box."""
        x0, y0, x1, y1 = box
        self.take(turned_points((x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, 0.0))

    def _cells(self, points: Points) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:  # fmt: skip
        cells = np.floor((points - [self.x0, self.y0]) / CELL_MM).astype(np.int64)
        return cells[:, 1], cells[:, 0]


def turned_points(x: float, y: float, width: float, height: float, angle: float) -> Points:
    """Points all over a turned box, closer than the cells are wide."""
    across = np.linspace(-width / 2, width / 2, max(2, int(width / CELL_MM * 1.5) + 2))
    up = np.linspace(-height / 2, height / 2, max(2, int(height / CELL_MM * 1.5) + 2))
    u, v = (m.ravel() for m in np.meshgrid(across, up))
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return np.column_stack([x + u * c - v * s, y + u * s + v * c])
