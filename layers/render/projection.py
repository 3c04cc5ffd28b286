"""From the ground to the sheet: metres in EPSG:4549 to millimetres on the page at a true scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from layers.render.sheet import Box, Points

DETAIL_MM = 0.03
"""Corners finer than this are left out: a third of a dot at 300 dpi."""

BLEED_MM = 4.0
"""Geometry is cut this far outside the frame, so that the cut itself is never seen."""


@dataclass(frozen=True)
class Projection:
    """A map frame on the sheet: its box in mm, the scale 1:N and the ground point in its middle."""

    box: Box
    scale: int
    centre: tuple[float, float]

    @property
    def mm_per_m(self) -> float:
        return 1000 / self.scale

    def to_page(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in metres, in millimetres on the sheet."""
        k = self.mm_per_m
        x = (self.box[0] + self.box[2]) / 2 - self.centre[0] * k
        y = (self.box[1] + self.box[3]) / 2 - self.centre[1] * k
        return shapely.transform(geometry, lambda xy: xy * k + np.array([x, y]))

    def ground(self) -> tuple[float, float, float, float]:
        """The box on the ground that the frame shows, in metres."""
        half_w = (self.box[2] - self.box[0]) / 2 / self.mm_per_m
        half_h = (self.box[3] - self.box[1]) / 2 / self.mm_per_m
        x, y = self.centre
        return x - half_w, y - half_h, x + half_w, y + half_h

    def clipped(self, geometry: BaseGeometry, bleed_mm: float = BLEED_MM) -> list[BaseGeometry]:
        """The simple parts of a geometry (metres) seen in the frame, on the sheet; ``[]`` when none is."""
        x0, y0, x1, y1 = self.box
        frame = shapely.box(x0 - bleed_mm, y0 - bleed_mm, x1 + bleed_mm, y1 + bleed_mm)
        return list(_seen(shapely.simplify(self.to_page(geometry), DETAIL_MM), frame))


def _seen(geometry: BaseGeometry, frame: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _seen(part, frame)
        elif shapely.intersects(part, frame):
            dimension = shapely.get_dimensions(part)
            inside = part if shapely.covered_by(part, frame) else shapely.intersection(part, frame)
            yield from (p for p in shapely.get_parts(inside) if shapely.get_dimensions(p) == dimension)


def area_path(areas: list[BaseGeometry]) -> Path:
    """Polygons as one path, holes and all."""
    rings: list[Points] = []
    for area in areas:
        rings.append(shapely.get_coordinates(area.exterior))
        rings.extend(shapely.get_coordinates(hole) for hole in area.interiors)
    codes = []
    for ring in rings:
        code = np.full(len(ring), Path.LINETO, dtype=Path.code_type)
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
        codes.append(code)
    return Path(np.concatenate(rings), np.concatenate(codes))
