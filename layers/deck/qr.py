"""A QR code on a sheet, as an area of dark modules."""

from __future__ import annotations

import segno
import shapely

from layers.render.projection import area_path
from layers.render.sheet import Box, Group, Sheet

QUIET = 2
"""Modules left white around the code; paper is white beyond them."""


def draw_qr(sheet: Sheet, group: Group, address: str, box: Box) -> None:
    """The code of an address, filling a square box."""
    code = segno.make(address, micro=False, error="l" if len(address) > 150 else "m")
    rows = [list(row) for row in code.matrix]
    side = (box[2] - box[0]) / (len(rows) + 2 * QUIET)
    cells = [
        shapely.box(
            box[0] + (column + QUIET) * side,
            box[3] - (row + QUIET + 1) * side,
            box[0] + (column + QUIET + 1) * side,
            box[3] - (row + QUIET) * side,
        )
        for row, modules in enumerate(rows)
        for column, dark in enumerate(modules)
        if dark
    ]
    dark = [p for p in shapely.get_parts(shapely.union_all(cells, grid_size=side / 1000)) if not p.is_empty]
    sheet.path(group, area_path(dark), fill="#000000")
