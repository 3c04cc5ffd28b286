"""The map itself: base, then one group a layer with one group a feature, each as its precision asks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metric
from layers.render import marks
from layers.render.content import Content, Shown
from layers.render.hatching import hatch_dots, hatch_lines
from layers.render.projection import Projection, area_path
from layers.render.sheet import PT_PER_PX, Box, Group, Sheet
from layers.render.source import MapSource
from layers.render.symbols import arrow_head, circle, direction_deg, symbol
from layers.render.text import MM_PER_PT
from layers.styles import CategoryStyle, PrecisionStyle


@dataclass
class Drawn:
    """What the map came to show: the base of legend and labels.

    ``kinds`` counts (kind, precision) by category, kind being ``line``, ``area`` or ``point``; ``symbols`` are the boxes
    of point symbols; ``ink`` all that is drawn, on the sheet; ``names`` the names to be set; ``opacity`` how faint the
    layers are, 0 to 1 by category, where not 1.
    """

    kinds: dict[str, Counter[tuple[str, str]]] = field(default_factory=lambda: defaultdict(Counter))
    precisions: set[str] = field(default_factory=set)
    features: list[str] = field(default_factory=list)
    symbols: list[Box] = field(default_factory=list)
    ink: list[BaseGeometry] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    opacity: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Name:
    """A name to be set: at a point (``radius_mm`` of its symbol), along a line, or in an area."""

    id: str
    text: str
    level: int
    color: str
    shape: BaseGeometry
    radius_mm: float = 0.0
    weight: float = 0.0


class MapPainter:
    """Draws base and layers of one map frame."""

    def __init__(
        self, sheet: Sheet, source: MapSource, projection: Projection, factor: float, opacity: Mapping[str, float]
    ) -> None:  # fmt: skip
        self.sheet, self.source, self.projection, self.factor = sheet, source, projection, factor
        self.px_mm = PT_PER_PX * MM_PER_PT * factor
        self.drawn = Drawn(opacity=opacity)
        self._hatched: list[tuple[BaseGeometry, Box, float]] = []

    def base(self, group: Group, plan_area: BaseGeometry | None) -> None:
        """Sea, land, inland water and district lines; the plan's own ground a little brighter, its line stronger."""
        sheet, clip, pt = self.sheet, self.projection.box, PT_PER_PX * self.factor
        sheet.box(sheet.group("base-sea", group), clip, fill=marks.SEA)
        seen = self.source.at(self.projection, _base_parts)
        self._areas(sheet.group("base-land", group), seen.land,
                    fill=marks.OTHER_LAND if plan_area is not None else marks.LAND, stroke=marks.SHORE,
                    width_pt=marks.SHORE_WIDTH_PX * pt)  # fmt: skip
        plan_parts = self.projection.clipped(plan_area) if plan_area is not None else []
        if plan_parts:
            self._areas(sheet.group("base-plan-area", group), plan_parts, fill=marks.LAND)
        self._areas(sheet.group("base-water", group), seen.water, fill=marks.WATER)
        self._areas(sheet.group("base-districts", group), seen.districts,
                    stroke=marks.DISTRICT_LINE, width_pt=marks.DISTRICT_WIDTH_PX * pt, opacity=0.9,
                    dash_pt=marks.dash_pt(marks.DISTRICT_DASH, self.factor))  # fmt: skip
        if plan_parts:
            self._areas(sheet.group("base-plan-line", group), plan_parts, stroke=marks.DISTRICT_LINE,
                        width_pt=2 * pt, opacity=0.35)  # fmt: skip

    def _areas(self, group: Group, parts: list[BaseGeometry], **look: object) -> None:
        if parts:
            self.sheet.path(group, area_path(parts), clip=self.projection.box, **look)  # type: ignore[arg-type]

    def layers(self, group: Group, content: Content) -> Drawn:
        """Every feature that the frame shows, in the order of the screen."""
        styles = self.source.styles
        by_category = defaultdict(list)
        for shown in content.shown:
            by_category[shown.feature.category].append(shown)
        halos = self.sheet.group("halos", group)
        spots = self._spots(content)
        for category in marks.categories_in_order(styles):
            if category not in by_category:
                continue
            style = styles.categories[category]
            layer = self.sheet.group(f"layer-{category}", group, style.name)
            self._hatched.clear()
            with self.sheet.faded(self.drawn.opacity.get(category, 1.0)):
                for shown in sorted(by_category[category], key=_extent, reverse=True):
                    if shown.feature.id not in spots:
                        self._feature(layer, shown, style)
                for spot in spots.values():
                    if spot.category == category and not spot.done:
                        self._together(layer, halos, spot, style)
        return self.drawn

    def _feature(self, layer: Group, shown: Shown, style: CategoryStyle) -> None:
        parts = self.projection.clipped(shown.geometry)
        visible = [p for p in parts if shapely.intersects(p, shapely.box(*self.projection.box))]
        if not visible:
            return
        feature = shown.feature
        group = self.sheet.group(feature.id, layer, feature.name)
        precision = self.source.styles.precision[feature.precision]
        areas = [p for p in parts if p.geom_type == "Polygon"]
        lines = [p for p in parts if p.geom_type == "LineString"]
        points = [p for p in visible if p.geom_type == "Point"]
        if areas:
            self._area(group, areas, style, precision, len(layer.children) % 3 / 3)
        if lines:
            self._line(group, lines, shown, style, precision)
        for point in points:
            self._point(group, point.x, point.y, shown.level, style, precision)
        kind = "area" if areas else "line" if lines else "point"
        self.drawn.kinds[feature.category][kind, feature.precision] += 1
        self.drawn.ink.extend(parts)
        self.drawn.precisions.add(feature.precision)
        self.drawn.features.append(feature.id)
        self._name(shown, style, areas, lines, points)

    def _area(self, group: Group, areas: list[BaseGeometry], style: CategoryStyle, precision: PrecisionStyle, shift: float) -> None:  # fmt: skip
        sheet, clip = self.sheet, self.projection.box
        fill, stroke = marks.area_fill(style, precision), marks.area_stroke(style, precision, self.factor)
        sheet.path(group, area_path(areas), fill=fill.color, fill_opacity=fill.opacity, clip=clip)
        if fill.hatch != "none":
            step = marks.HATCH_STEP_PX * self.px_mm
            frame = shapely.box(*clip)
            for area in areas:
                inside = shapely.intersection(area, frame)
                if inside.is_empty or self._is_hatched(inside):
                    continue
                if precision.soft:
                    self._soft_edge(group, area, style.color)
                if fill.hatch == "dots":
                    sheet.dots(group, hatch_dots(inside, step), color=fill.color, opacity=marks.DOT_OPACITY,
                               radius_mm=marks.DOT_RADIUS_PX * self.px_mm)  # fmt: skip
                else:
                    sheet.lines(group, hatch_lines(inside, fill.hatch, step, shift), stroke=fill.color, clip=clip,
                                width_pt=marks.HATCH_WIDTH_PX * PT_PER_PX * self.factor, opacity=marks.HATCH_OPACITY)  # fmt: skip
        sheet.path(group, area_path(areas), stroke=stroke.color, width_pt=stroke.width_pt, opacity=stroke.opacity,
                   dash_pt=stroke.dash_pt, clip=clip)  # fmt: skip

    def _is_hatched(self, area: BaseGeometry) -> bool:
        """Whether the layer has this very area hatched already: twice would look like more."""
        x0, y0, x1, y1 = bounds = area.bounds
        room, size = 0.1 * max(x1 - x0, y1 - y0), area.area
        for other, its_bounds, its_size in self._hatched:
            if any(abs(a - b) > room for a, b in zip(its_bounds, bounds, strict=True)):
                continue
            if 0.85 < its_size / max(size, 1e-9) < 1.18 and other.intersection(area).area > 0.9 * size:
                return True
        self._hatched.append((area, bounds, size))
        return False

    def _soft_edge(self, group: Group, area: BaseGeometry, color: str) -> None:
        """A band inside the outline, narrower where the area is small."""
        reach = min(marks.SOFT_EDGE_MM * self.factor, 0.12 * float(np.sqrt(area.area)))
        band = shapely.difference(area, shapely.buffer(shapely.simplify(area, 0.1), -reach, quad_segs=2))
        parts = [p for p in shapely.get_parts(band) if p.geom_type == "Polygon"]
        if parts:
            self.sheet.path(group, area_path(parts), fill=color, fill_opacity=marks.SOFT_EDGE_OPACITY, clip=self.projection.box)  # fmt: skip

    def _line(self, group: Group, lines: list[BaseGeometry], shown: Shown, style: CategoryStyle, precision: PrecisionStyle) -> None:  # fmt: skip
        stroke = marks.line_stroke(style, precision, self.factor)
        self.sheet.lines(
            group, [shapely.get_coordinates(line) for line in lines], stroke=stroke.color, width_pt=stroke.width_pt,
            opacity=stroke.opacity, dash_pt=stroke.dash_pt, cap="round" if stroke.round_cap else "butt", clip=self.projection.box,
        )  # fmt: skip
        arrow = shown.feature.arrow
        if arrow in (None, "none") or shown.geometry.geom_type != "LineString":
            return
        whole = shapely.get_coordinates(self.projection.to_page(shown.geometry))
        for line in ([whole] if arrow != "start" else []) + ([whole[::-1]] if arrow != "end" else []):
            if _within(line[-1], self.projection.box):
                turn = direction_deg(line, reach_mm=4 * self.factor)
                head = arrow_head(float(line[-1][0]), float(line[-1][1]), turn, self.px_mm)
                self.sheet.path(group, head, fill=style.color, fill_opacity=0.85, clip=self.projection.box)

    def _point(self, group: Group, x: float, y: float, level: int, style: CategoryStyle, precision: PrecisionStyle) -> float:  # fmt: skip
        size = marks.SYMBOL_PX[level] * self.px_mm
        grown = size / (20 * self.px_mm)
        shape = symbol(style.symbol, x, y, size)
        if precision.hollow:
            self.sheet.path(group, shape, fill="#ffffff", stroke=style.color, width_pt=2 * grown * PT_PER_PX * self.factor)  # fmt: skip
        else:
            self.sheet.path(group, shape, fill=style.color, stroke="#ffffff", width_pt=1.4 * grown * PT_PER_PX * self.factor)  # fmt: skip
        r = size * 0.36
        self.drawn.symbols.append((x - r, y - r, x + r, y + r))
        return r

    def _spots(self, content: Content) -> dict[str, Spot]:
        """Features known only to their district, by id, those of a category at one point together."""
        vague = [s for s in content.shown if s.feature.precision == "district" and s.geometry.geom_type == "Point"]  # fmt: skip
        spots: dict[str, Spot] = {}

        def place(s: Shown) -> tuple[int, int]:
            return round(s.geometry.x), round(s.geometry.y)

        for _, here in groupby(sorted(vague, key=place), place):
            categories: dict[str, list[Shown]] = defaultdict(list)
            for s in here:
                categories[s.feature.category].append(s)
            for i, (category, members) in enumerate(categories.items()):
                members.sort(key=lambda s: s.level)
                spot = Spot(category, members, i, len(categories))
                spots.update((s.feature.id, spot) for s in members)
        return spots

    def _together(self, layer: Group, halos: Group, spot: Spot, style: CategoryStyle) -> None:
        """A hollow symbol for all the features of a spot, beside those of other layers there, in one halo."""
        spot.done = True
        first = spot.members[0]
        parts = self.projection.clipped(first.geometry, bleed_mm=-1)
        if not parts:
            return
        precision = self.source.styles.precision["district"]
        step = marks.SYMBOL_PX[1] * 0.75 * self.px_mm
        x, y = parts[0].x + (spot.order - (spot.beside - 1) / 2) * step, parts[0].y
        group = self.sheet.group(first.feature.id, layer, "、".join(s.feature.name for s in spot.members))
        for other in spot.members[1:]:
            self.sheet.group(other.feature.id, group, other.feature.name)
        if spot.order == 0 and first.feature.halo_m:
            radius = first.feature.halo_m * self.projection.mm_per_m
            tint = 0.6 if radius < 25 * self.factor else 0.0
            self.sheet.path(
                halos, circle(parts[0].x, parts[0].y, radius), fill=style.color, fill_opacity=precision.fill_opacity * tint,
                stroke=style.color, width_pt=PT_PER_PX * self.factor, opacity=precision.stroke_opacity * 0.6,
                dash_pt=marks.dash_pt(precision.dash, self.factor), clip=self.projection.box,
            )  # fmt: skip
        radius_mm = self._point(group, x, y, first.level, style, precision)
        self.drawn.kinds[spot.category]["point", "district"] += 1
        self.drawn.precisions.add("district")
        self.drawn.features.extend(s.feature.id for s in spot.members)
        names = [s.feature.name for s in spot.members]
        text = "\n".join(names if len(names) <= 3 else [*names[:2], f"等 {len(names)} 处"])
        self.drawn.names.append(
            Name(first.feature.id, text, first.level, marks.label_color(style.color), shapely.Point(x, y), radius_mm)
        )  # fmt: skip

    def _name(self, shown: Shown, style: CategoryStyle, areas: list[BaseGeometry], lines: list[BaseGeometry], points: list[BaseGeometry]) -> None:  # fmt: skip
        if (
            shown.feature.category == "structure"
        ):  # its members are named; its formula stands in the legend's order
            return
        frame = shapely.box(*self.projection.box)
        color = marks.label_color(style.color)
        parts = [shapely.intersection(p, frame) for p in areas or lines or points]
        parts = [p for whole in parts for p in shapely.get_parts(whole) if not p.is_empty]
        if not parts:
            return
        best = max(parts, key=lambda p: (p.area, p.length))
        radius = marks.SYMBOL_PX[shown.level] * self.px_mm * 0.36 if best.geom_type == "Point" else 0.0
        self.drawn.names.append(
            Name(shown.feature.id, shown.feature.name, shown.level, color, best, radius, float(best.area))
        )


# Waters by the corners (longitude, latitude) of the area they lie in; what lies in none is 黄海.
_WATERS = {
    "胶州湾": [
        (120.05, 36.02),
        (120.285, 36.02),
        (120.32, 36.068),
        (120.4, 36.09),
        (120.4, 36.26),
        (120.05, 36.26),
    ],
    "莱州湾": [(118.9, 37.0), (120.2, 37.0), (120.2, 38.0), (118.9, 38.0)],
}


def sea_names(source: MapSource, projection: Projection) -> list[Name]:
    """Names of the waters that the frame shows, each over its open part."""
    land = [
        shapely.simplify(p, 0.4) for a in source.land for p in projection.clipped(a.geometry) if p.area > 1
    ]
    sea = shapely.difference(shapely.box(*projection.box), shapely.union_all(land))
    boxes = {n: projection.to_page(to_metric(shapely.Polygon(b))) for n, b in _WATERS.items()}
    regions = {n: shapely.intersection(sea, b) for n, b in boxes.items()}
    regions["黄海"] = shapely.difference(sea, shapely.union_all(list(boxes.values())))
    names = []
    for name, region in regions.items():
        parts = [p for p in shapely.get_parts(region) if p.geom_type == "Polygon" and p.area > 300]
        if parts:
            best = max(parts, key=lambda p: p.area)
            names.append(Name(f"base-{name}", name, 0, "#5b87a6", best, weight=1e9))
    return names


@dataclass(frozen=True)
class _BaseParts:
    """The base map's areas seen in a frame, on the sheet."""

    land: list[BaseGeometry]
    water: list[BaseGeometry]
    districts: list[BaseGeometry]


def _base_parts(source: MapSource, projection: Projection) -> _BaseParts:
    land, water, districts = (
        [p for area in areas for p in projection.clipped(area.geometry)]
        for areas in (source.land, source.water, source.districts)
    )
    return _BaseParts(land, water, districts)


@dataclass
class Spot:
    """Features of one category at one vague point; ``order`` among the ``beside`` categories there."""

    category: str
    members: list[Shown]
    order: int
    beside: int
    done: bool = False


def _extent(shown: Shown) -> float:
    x0, y0, x1, y1 = shown.geometry.bounds
    return float((x1 - x0) * (y1 - y0))


def _within(at: np.ndarray[tuple[int, ...], np.dtype[np.float64]], box: Box) -> bool:
    return bool(box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3])
