"""What stands on and around the map: scale bar, north arrow, graticule, locator."""

from __future__ import annotations

import numpy as np
import shapely
from matplotlib.path import Path
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from geo.crs import METRIC, to_metric, to_wgs84, transformer
from layers.render import marks
from layers.render.projection import Projection, area_path
from layers.render.sheet import PT_PER_PX, Box, Group, Sheet
from layers.render.source import MapSource

_NICE = (1, 2, 5)
_POWERS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
BAR_MM = 32.0
"""The longest bar before the page's factor."""
BAR_PT = 6.2
"""The figures of a scale bar before its factor."""
_STEPS_DEG = (1 / 120, 1 / 60, 1 / 30, 1 / 12, 1 / 6, 0.25, 0.5, 1.0)


def scale_bar_length_m(projection: Projection, widest_mm: float) -> int:
    """The longest round length whose bar is no wider than ``widest_mm``."""
    most = widest_mm / projection.mm_per_m
    return max(n * power for n in _NICE for power in _POWERS if n * power <= most)


def scale_bar_box(projection: Projection, factor: float, bar_mm: float, ink: list[BaseGeometry]) -> Box:
    """Where the scale bar stands: the lower left or right corner of the frame, whichever has less drawn in it.

    ``factor`` is that of its type, ``bar_mm`` how long its bar may be.
    """
    frame = projection.box
    width = max(scale_bar_length_m(projection, bar_mm) * projection.mm_per_m + 13 * factor, 27 * factor)
    y0, y1 = frame[1] + 2.5 * factor, frame[1] + 14 * factor
    boxes = [(x, y0, x + width, y1) for x in (frame[0] + 2.5 * factor, frame[2] - 2.5 * factor - width)]
    return min(boxes, key=lambda b: sum(shapely.intersects(shapely.box(*b), g) for g in ink))


def draw_scale_bar(
    sheet: Sheet, group: Group, projection: Projection, factor: float, bar_mm: float, box: Box
) -> None:
    """A bar in four fields and the scale in figures, on a plate that keeps it readable."""
    sheet.box(group, box, fill="#ffffff", fill_opacity=0.82)
    length = scale_bar_length_m(projection, bar_mm)
    width = length * projection.mm_per_m
    x, y, h = box[0] + 4 * factor, box[1] + 2.6 * factor, 1.3 * factor
    for i in range(4):
        field = (x + width * i / 4, y, x + width * (i + 1) / 4, y + h)
        sheet.box(
            group, field, fill=marks.INK if i % 2 == 0 else "#ffffff", stroke=marks.INK, width_pt=0.5 * factor
        )
    unit, per = ("千米", 1000) if length >= 2000 else ("米", 1)
    for share in (0.0, 0.5, 1.0):
        words = f"{length * share / per:g}" + (f" {unit}" if share == 1 else "")
        sheet.text(
            group, x + width * share, y + 3 * factor, words, BAR_PT * factor, color=marks.INK, align="center"
        )
    sheet.text(
        group,
        x - 1 * factor,
        y + 6.4 * factor,
        f"比例尺 1:{projection.scale:,}".replace(",", " "),
        7 * factor,
        color=marks.INK,
    )


def north_arrow_box(frame: Box, factor: float) -> Box:
    """Where the north arrow stands: the frame's upper right corner."""
    x1, y1 = frame[2] - 3 * factor, frame[3] - 3 * factor
    return x1 - 9 * factor, y1 - 15 * factor, x1, y1


def draw_north_arrow(sheet: Sheet, group: Group, projection: Projection, factor: float) -> None:
    """An arrow to true north in the middle of the map (grid north turned by the meridian convergence)."""
    box = north_arrow_box(projection.box, factor)
    x, y = (box[0] + box[2]) / 2, box[1] + 6 * factor
    lon, lat = transformer(METRIC, "OGC:CRS84").transform(*projection.centre)
    turn = np.radians(-float(Proj(METRIC).get_factors(lon, lat).meridian_convergence))

    def turned(*corners: tuple[float, float]) -> Path:
        c, s = np.cos(turn), np.sin(turn)
        at = [(x + factor * (u * c - v * s), y + factor * (u * s + v * c)) for u, v in corners]
        return Path([*at, at[0]], closed=True)

    sheet.path(
        group, turned((0, 6), (-2.6, -5), (0, -2.8)), fill=marks.INK, stroke=marks.INK, width_pt=0.5 * factor
    )
    sheet.path(
        group, turned((0, 6), (2.6, -5), (0, -2.8)), fill="#ffffff", stroke=marks.INK, width_pt=0.5 * factor
    )
    sheet.text(
        group,
        x,
        box[3] - 1.2 * factor,
        "北",
        7.5 * factor,
        color=marks.INK,
        align="center",
        bold=True,
        halo_pt=1,
    )


def graticule_step_deg(projection: Projection) -> float:
    """Degrees between the lines of a graticule: about four of them across the map."""
    x0, _, x1, _ = projection.ground()
    across = (x1 - x0) / 90_000
    return next((s for s in _STEPS_DEG if across / s <= 5), 1.0)


def draw_graticule(sheet: Sheet, group: Group, projection: Projection, factor: float) -> None:
    """Meridians and parallels with their degrees along the upper and left edge."""
    step = graticule_step_deg(projection)
    x0, y0, x1, y1 = projection.ground()
    west, south, east, north = to_wgs84(shapely.box(x0, y0, x1, y1).segmentize((x1 - x0) / 8)).bounds
    frame = projection.box
    for fixed, low, high, across in ((0, west, east, (south, north)), (1, south, north, (west, east))):
        for value in np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step:
            along = np.linspace(*across, 12)
            ends = np.column_stack([np.full(12, value), along] if fixed == 0 else [along, np.full(12, value)])
            line = projection.to_page(to_metric(shapely.linestrings(ends)))
            inside = shapely.intersection(line, shapely.box(*frame))
            if inside.is_empty or inside.geom_type != "LineString":
                continue
            at = shapely.get_coordinates(inside)
            sheet.lines(group, [at], stroke=marks.INK_3, width_pt=0.35 * factor, opacity=0.45)
            words = _degrees(value, "E" if fixed == 0 else "N")
            if fixed == 0:
                sheet.text(
                    group,
                    at[-1][0] + 0.6,
                    frame[3] - 2 * factor,
                    words,
                    7 * factor,
                    color=marks.INK_3,
                    halo_pt=0.8,
                )
            else:
                sheet.text(
                    group,
                    frame[0] + 1 * factor,
                    at[0][1] + 1.6 * factor,
                    words,
                    7 * factor,
                    color=marks.INK_3,
                    halo_pt=0.8,
                )


def _degrees(value: float, side: str) -> str:
    minutes = round(value * 60, 1)
    whole, rest = divmod(minutes, 60)
    return f"{whole:.0f}°{rest:02.0f}′{side}" if rest % 1 == 0 else f"{whole:.0f}°{rest:04.1f}′{side}"


def is_overview(source: MapSource, projection: Projection) -> bool:
    """Whether the map shows most of 青岛 itself, so that a locator would tell nothing."""
    city = shapely.union_all([shapely.box(*d.geometry.bounds) for d in source.districts]).envelope
    seen = shapely.box(*projection.ground())
    return bool(shapely.intersection(city, seen).area > 0.7 * city.area)


def draw_locator(sheet: Sheet, group: Group, source: MapSource, projection: Projection, box: Box, factor: float) -> None:  # fmt: skip
    """青岛 in small with the map's extent framed."""
    x0, y0, x1, y1 = shapely.union_all([shapely.box(*d.geometry.bounds) for d in source.districts]).bounds
    scale = max((x1 - x0) / (box[2] - box[0]), (y1 - y0) / (box[3] - box[1])) * 1000 * 1.06
    small = Projection(box, max(1, round(scale)), ((x0 + x1) / 2, (y0 + y1) / 2))
    sheet.box(group, box, fill=marks.SEA)
    looks = ((source.land, marks.OTHER_LAND, None), (source.districts, marks.LAND, marks.DISTRICT_LINE))
    for areas, fill, stroke in looks:
        parts = [p for a in areas for p in small.clipped(a.geometry, bleed_mm=0.5) if p.area > 0.02]
        parts = [
            p
            for whole in parts
            for p in shapely.get_parts(shapely.simplify(whole, 0.06))
            if p.geom_type == "Polygon" and not p.is_empty
        ]
        sheet.path(group, area_path(parts), fill=fill, stroke=stroke, width_pt=0.4 * factor, clip=box)
    view = small.to_page(shapely.box(*projection.ground()))
    vx0, vy0, vx1, vy1 = view.bounds
    seen = (max(vx0, box[0]), max(vy0, box[1]), min(vx1, box[2]), min(vy1, box[3]))
    sheet.box(group, seen, fill="#c4122f", fill_opacity=0.12, stroke="#c4122f", width_pt=0.9 * factor)
    sheet.box(group, box, stroke=marks.INK_3, width_pt=PT_PER_PX * 0.6 * factor)
