"""Names on the map: level 1 first, none over another, with halos, and leaders where a name must stand off."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.render.map_frame import Name
from layers.render.occupancy import Occupancy, turned_points
from layers.render.sheet import Box, Group, Points, Sheet
from layers.render.text import MM_PER_PT, balanced, width_mm

SIZE_PT = {0: 8.5, 1: 8.0, 2: 7.4, 3: 7.0}
"""Size of a name by level, before the page's factor; 0 is the base map's own."""

LEADING = 1.18
LONGEST = 9
MOST = 180
"""Names on one map, as many as the screen shows and a few more."""

CROWD = 90
"""Names from which on a map is crowded: no long leaders, no smaller type."""

REACHES = (3, 5, 8, 12, 17, 23, 30)
"""Lengths of leaders to try, in mm before the page's factor."""

_TURNS = tuple(
    (math.cos(math.radians(turn)), math.sin(math.radians(turn)))
    for turn in (20, 160, -20, 200, 45, 135, -45, 225, 70, 110, -70, 250, 90, 270, 0, 180)
)
"""Ways a leader may go from its feature, the best first."""


@dataclass(frozen=True)
class Placed:
    """A name set on the sheet: its lines, the middle of them, and the leader to its feature, if any."""

    name: Name
    lines: tuple[str, ...]
    size_pt: float
    x: float
    y: float
    angle: float
    corners: tuple[tuple[float, float], ...]
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True)
class _Spot:
    x: float
    y: float
    angle: float = 0.0
    leader_from: tuple[float, float] | None = None


class LabelPlacer:
    """Places names one by one; what is placed is never moved again."""

    def __init__(
        self, frame: Box, factor: float, blocked: Iterable[Box] = (), smallest_pt: float = 0.0
    ) -> None:
        inset = 0.8 * factor
        self.factor = factor
        self.smallest_pt = smallest_pt
        self._grid = Occupancy((frame[0] + inset, frame[1] + inset, frame[2] - inset, frame[3] - inset))
        self._names: list[BaseGeometry] = []
        self._reach = 0
        self._shares: tuple[float, ...] = (1.0,)
        self.placed: list[Placed] = []
        self.left_out: list[Name] = []
        self.avoid(blocked)

    def avoid(self, boxes: Iterable[Box]) -> None:
        """Symbols that no name may cover."""
        for box in boxes:
            self._grid.take_box(box)

    def place(self, names: Sequence[Name]) -> None:
        """Set names, the most important first, and remember those that found no room."""
        order = sorted(
            names, key=lambda n: (n.level, n.shape.geom_type != "Point", n.shape.geom_type == "Polygon", -n.weight, n.id)
        )  # fmt: skip
        for i, name in enumerate(order):
            # Long leaders serve a map of few names; on a crowded one they would only tangle.
            few = len(order) <= CROWD
            self._reach = (len(REACHES) if few else 3) if name.level == 1 else 2 if few else 0
            self._shares = (1.0, 0.88, 0.8) if name.level == 1 else (1.0, 0.9) if few else (1.0,)
            found = self._find(name) if len(self.placed) < MOST else None
            if found is None:
                self.left_out.append(order[i])
            else:
                self.placed.append(found)

    def place_base(self, names: Sequence[Name]) -> None:
        """Set the base map's names where they stand free; one that does not is no loss."""
        for name in sorted(names, key=lambda n: -n.weight):
            size = max(SIZE_PT[0] * self.factor, self.smallest_pt)
            width, height = width_mm(name.text, size), size * MM_PER_PT * LEADING
            for spot in self._inside(_Inner(name.shape), width, height):
                placed = self._try(name, [name.text], size, spot, width, height)
                if placed is not None:
                    self.placed.append(placed)
                    break

    def _find(self, name: Name) -> Placed | None:
        on_line = name.shape.geom_type == "LineString"
        inner = _Inner(name.shape) if name.shape.geom_type == "Polygon" else None
        whole = name.text.split("\n")
        broken = [part for line in whole for part in balanced(line, LONGEST)]
        sizes = (max(SIZE_PT[name.level] * self.factor * share, self.smallest_pt) for share in self._shares)
        for size in dict.fromkeys(sizes):
            for lines in [whole, broken] if on_line and whole != broken else [broken]:
                width = max(width_mm(line, size) for line in lines)
                height = size * MM_PER_PT * LEADING * len(lines)
                for spot in self._spots(name, inner, width, height, straight=len(lines) == 1):
                    placed = self._try(name, lines, size, spot, width, height)
                    if placed is not None:
                        return placed
        return None

    def _try(self, name: Name, lines: list[str], size: float, spot: _Spot, width: float, height: float) -> Placed | None:  # fmt: skip
        """Set a name at a spot if it is free, else None."""
        if not self._is_free(spot.x, spot.y, width, height, spot.angle):
            return None
        shape = _turned(spot, width + 0.8, height + 0.3)
        leader = None if spot.leader_from is None else (spot.leader_from, _edge(spot, width, height))
        if self._names:
            names = np.array(self._names)
            if shapely.intersects(names, shape).any():
                return None
            if leader is not None and shapely.intersects(names, shapely.LineString(leader)).any():
                return None
        if leader is not None:
            line = shapely.LineString(leader)
            self._grid.take(shapely.get_coordinates(line.segmentize(0.3)))
        self._grid.take(turned_points(spot.x, spot.y, width + 0.8, height + 0.3, spot.angle))
        self._names.append(shape)
        corners = tuple((float(x), float(y)) for x, y in shapely.get_coordinates(shape)[:4])
        return Placed(name, tuple(lines), size, spot.x, spot.y, spot.angle, corners, leader)

    def _is_free(self, x: float, y: float, width: float, height: float, angle: float = 0.0) -> bool:
        return self._grid.is_free(x, y, width + 0.8, height + 0.3, angle)

    def _spots(
        self, name: Name, inner: _Inner | None, width: float, height: float, straight: bool
    ) -> Iterator[_Spot]:
        shape = name.shape
        if shape.geom_type == "LineString":
            if straight:
                yield from _along(shape, width, height)
            for share in (0.5, 0.25, 0.75):
                at = shape.interpolate(share, normalized=True)
                yield from self._around(at.x, at.y, 1.2 * self.factor, width, height)
        elif inner is not None:
            yield from self._inside(inner, width, height)
            at = shape.representative_point()
            yield from self._away(at.x, at.y, 1.0, width, height)
        else:
            yield from self._around(shape.x, shape.y, name.radius_mm, width, height)

    def _inside(self, inner: _Inner, width: float, height: float) -> Iterator[_Spot]:
        """Within the area from its middle outwards; else right on it where it is too small to hold the name."""
        area = inner.area
        if area.area < 3 * width * height:
            yield _Spot(*inner.middle)
            return
        # What of a name the area holds is the dear question: asked only of spots that are not taken.
        free = [i for i, (x, y) in enumerate(inner.points) if self._is_free(x, y, width, height)]
        if not free:
            return
        at = inner.points[free]
        boxes = shapely.box(
            at[:, 0] - width / 2, at[:, 1] - height / 2, at[:, 0] + width / 2, at[:, 1] + height / 2
        )
        held = shapely.area(shapely.intersection(boxes, area)) / (width * height)
        for i in np.argsort(-np.round(held, 1) + 0.9 * inner.away[free], kind="stable"):
            if held[i] > 0.45 or free[i] == 0 or area.area < 4 * width * height:
                yield _Spot(float(at[i][0]), float(at[i][1]))

    def _around(self, x: float, y: float, radius: float, width: float, height: float) -> Iterator[_Spot]:
        """Beside a point: right, left, above, below, then the corners; then farther off with a leader."""
        gap = radius + 1.2 * self.factor
        w, h = width / 2 + gap, height / 2 + gap * 0.8
        for dx, dy in ((w, 0), (0, -h), (0, h), (-w, 0)):
            yield _Spot(x + dx, y + dy)
        for dx, dy in ((w, h), (w, -h), (-w, h), (-w, -h)):
            yield _Spot(x + dx * 0.93, y + dy * 0.8)
        yield from self._away(x, y, radius, width, height)

    def _away(self, x: float, y: float, radius: float, width: float, height: float) -> Iterator[_Spot]:
        for reach in REACHES[: self._reach]:
            for dx, dy in _TURNS:
                far = reach * self.factor + radius
                start = (x + dx * radius, y + dy * radius)
                yield _Spot(x + dx * (far + width / 2), y + dy * (far + height / 2), leader_from=start)


def draw_labels(sheet: Sheet, group: Group, placed: Iterable[Placed]) -> None:
    """The placed names, each a group of its feature's id."""
    for label in placed:
        own = sheet.group(f"label-{label.name.id}", group)
        if label.leader is not None:
            sheet.lines(own, [np.array(label.leader)], stroke="#ffffff", width_pt=1.8, opacity=0.9)
            sheet.lines(own, [np.array(label.leader)], stroke=label.name.color, width_pt=0.5, opacity=0.9)
        step = label.size_pt * MM_PER_PT * LEADING
        turn = math.radians(label.angle)
        for i, line in enumerate(label.lines):
            off = ((len(label.lines) - 1) / 2 - i) * step
            sheet.text(
                own, label.x - off * math.sin(turn), label.y + off * math.cos(turn), line, label.size_pt, color=label.name.color,
                align="center", angle=label.angle, halo_pt=0.13 * label.size_pt, bold=label.name.level == 1,
            )  # fmt: skip


def _turned(spot: _Spot, width: float, height: float) -> BaseGeometry:
    a = math.radians(spot.angle)
    u = np.array([math.cos(a), math.sin(a)]) * width / 2
    v = np.array([-math.sin(a), math.cos(a)]) * height / 2
    at = np.array([spot.x, spot.y])
    return shapely.polygons([at - u - v, at + u - v, at + u + v, at - u + v])


def _edge(spot: _Spot, width: float, height: float) -> tuple[float, float]:
    """Where a leader meets the box of its name."""
    assert spot.leader_from is not None
    x, y = spot.leader_from
    return (
        min(max(x, spot.x - width / 2), spot.x + width / 2),
        min(max(y, spot.y - height / 2), spot.y + height / 2),
    )


def _along(line: BaseGeometry, width: float, height: float) -> Iterator[_Spot]:
    """On the line and beside it, turned with it, where it is straight enough for the name."""
    length = line.length
    if length < width * 1.15:
        return
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9):
        middle = share * length
        if middle - width / 2 < 0 or middle + width / 2 > length:
            continue
        at: Points = shapely.get_coordinates(
            shapely.line_interpolate_point(line, [middle - width / 2, middle, middle + width / 2])
        )
        chord = at[2] - at[0]
        reach = float(np.hypot(*chord))
        if reach < 0.94 * width:
            continue
        angle = math.degrees(math.atan2(chord[1], chord[0]))
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
        x, y = (at[0] + at[2]) / 2 * 0.5 + at[1] * 0.5
        yield _Spot(float(x), float(y), angle)
        normal = np.array([-chord[1], chord[0]]) / max(reach, 1e-9)
        for side in (0.95, -0.95):
            yield _Spot(float(x + normal[0] * side * height), float(y + normal[1] * side * height), angle)


class _Inner:
    """An area's middle, and points all over it from which a name may be hung."""

    def __init__(self, area: BaseGeometry) -> None:
        self.area = area
        self.middle = _middle(area)

    @cached_property
    def points(self) -> Points:
        """The middle first; ``(n, 2)`` in mm."""
        x0, y0, x1, y1 = self.area.bounds
        xs = np.linspace(x0, x1, 13)[1:-1]
        ys = np.linspace(y0, y1, 13)[1:-1]
        grid = np.array([(x, y) for x in xs for y in ys])
        shapely.prepare(self.area)
        grid = grid[shapely.contains_xy(self.area, grid[:, 0], grid[:, 1])]
        return np.vstack([[self.middle], grid]) if len(grid) else np.array([self.middle])

    @cached_property
    def away(self) -> Points:
        """How far each point is from the middle, as a share of the area's extent."""
        x0, y0, x1, y1 = self.area.bounds
        distance: Points = np.hypot(*(self.points - self.middle).T)
        return distance / max(math.hypot(x1 - x0, y1 - y0), 1e-9)


def _middle(area: BaseGeometry) -> tuple[float, float]:
    """The middle of the widest part: the centre of the largest circle inside, roughly."""
    line = shapely.maximum_inscribed_circle(
        shapely.simplify(area, 0.3), tolerance=max(area.length / 100, 0.3)
    )
    x, y = shapely.get_coordinates(line)[0]
    return float(x), float(y)
