"""One map in a frame of a sheet: base, layers, names, scale bar and north arrow. A sheet may hold several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.render import furniture, marks
from layers.render.content import Content, fitting_scale
from layers.render.labels import LabelPlacer, Placed, draw_labels
from layers.render.map_frame import Drawn, MapPainter, Name, sea_names
from layers.render.projection import Projection
from layers.render.sheet import Box, Sheet
from layers.render.source import MapSource

SMALLEST_PT = 7.0
"""No name on paper is set smaller, except on a page whose everything is smaller."""


@dataclass(frozen=True)
class MapLook:
    """What stands on the map besides its layers; ``factor`` is that of type and lines, ``smallest_pt`` of names.

    ``opacity`` is how faint layers are drawn, 0 to 1 by category, where not 1; their names are not.
    """

    factor: float = 1.0
    labels: bool = True
    graticule: bool = False
    scale_bar: bool = True
    north_arrow: bool = True
    smallest_pt: float | None = None
    opacity: Mapping[str, float] = field(default_factory=dict)

    @property
    def least_pt(self) -> float:
        return SMALLEST_PT * min(1.0, self.factor) if self.smallest_pt is None else self.smallest_pt


@dataclass(frozen=True)
class DrawnMap:
    """What came to stand on the map, and the names that found no room."""

    drawn: Drawn
    labels: tuple[Placed, ...]
    left_out: tuple[Name, ...]


def fitted_projection(
    source: MapSource, target: tuple[float, float, float, float], available: Box, scale: int | None = None
) -> Projection:
    """A frame within ``available`` that shows ``target`` (metres) at a round scale, or at the one given.

    The frame is narrowed, then the middle moved, so that only known ground is shown.
    """
    x0, y0, x1, y1 = available
    ground = source.ground
    scale = scale or fitting_scale(target, x1 - x0, y1 - y0)
    k = 1000 / scale
    frame_w = min(x1 - x0, (ground[2] - ground[0]) * k)
    frame_h = min(y1 - y0, (ground[3] - ground[1]) * k)
    left = x0 if frame_w >= 0.5 * (x1 - x0) else x0 + (x1 - x0 - frame_w) / 2
    box = (left, y1 - frame_h, left + frame_w, y1)
    half_w, half_h = frame_w / k / 2, frame_h / k / 2
    x = min(max((target[0] + target[2]) / 2, ground[0] + half_w), ground[2] - half_w)
    y = min(max((target[1] + target[3]) / 2, ground[1] + half_h), ground[3] - half_h)
    return Projection(box, scale, (x, y))


def draw_map(
    sheet: Sheet, source: MapSource, content: Content, projection: Projection, look: MapLook, name: str = "map"
) -> DrawnMap:  # fmt: skip
    """Draw a map in the projection's frame; ``name`` is that of its group, unlike for each map of a sheet."""
    f, plan = look.factor, content.plan
    plan_area = source.district(plan.district) if plan and plan.level == "district" else None
    painter = MapPainter(sheet, source, projection, f, look.opacity)
    group = sheet.group(name, title="地图")
    painter.base(sheet.group("base", group, "底图"), plan_area)
    if look.graticule:
        furniture.draw_graticule(sheet, sheet.group("graticule", group), projection, f)
    drawn = painter.layers(sheet.group("layers", group), content)
    bar_f = max(f, look.least_pt / furniture.BAR_PT)
    bar_mm = furniture.BAR_MM * f
    bar = furniture.scale_bar_box(projection, bar_f, bar_mm, drawn.ink)
    placer = _place_labels(source, look, projection, drawn, bar)
    draw_labels(sheet, sheet.group("labels", group, "注记"), placer.placed)
    if look.scale_bar:
        group = sheet.group("scale-bar", title="比例尺")
        furniture.draw_scale_bar(sheet, group, projection, bar_f, bar_mm, bar)
    if look.north_arrow:
        furniture.draw_north_arrow(sheet, sheet.group("north-arrow", title="指北针"), projection, f)
    sheet.box(sheet.group("frame"), projection.box, stroke=marks.INK_3, width_pt=0.7 * f)
    return DrawnMap(drawn, tuple(placer.placed), tuple(placer.left_out))


def _place_labels(
    source: MapSource, look: MapLook, projection: Projection, drawn: Drawn, bar: Box
) -> LabelPlacer:
    f = look.factor
    blocked = []
    if look.scale_bar:
        blocked.append(bar)
    if look.north_arrow:
        blocked.append(furniture.north_arrow_box(projection.box, f))
    placer = LabelPlacer(projection.box, f, blocked, look.least_pt)
    if look.labels:
        placer.avoid(drawn.symbols)
        placer.place([n for n in drawn.names if n.level == 1])
    named = {n.text for n in drawn.names if look.labels}
    base = source.at(projection, _base_names)
    placer.place_base([n for n in base if n.text not in named])
    if look.labels:
        placer.place([n for n in drawn.names if n.level > 1])
    return placer


def _base_names(source: MapSource, projection: Projection) -> list[Name]:
    """Names of districts and waters."""
    names = []
    for district in source.districts:
        parts = projection.clipped(district.geometry, bleed_mm=-2)
        parts = [p for p in parts if p.geom_type == "Polygon"]
        if parts:
            best = max(parts, key=lambda p: p.area)
            names.append(Name(f"base-{district.name}", district.name, 0, "#6a7682", best, weight=best.area))
    return [*names, *sea_names(source, projection)]
