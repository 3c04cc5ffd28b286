"""A small map of a structure's members: outlines in pixels, to stand beside its diagram.

A sketch at screen size, not a figure for measuring: longitudes are only narrowed by the cosine of the latitude.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from layers.per_store import per_store
from layers.records import FeatureSummary
from layers.store import Store

WIDTH = 480
_LOWEST, _HIGHEST = 300, 460
_MARGIN = 0.14
_EDGE = 0.02
"""Between what is drawn and the edge of the sheet at least, as a share of the sheet."""
_SMALLEST_DEG = 0.03
_TOLERANCE_PX = 0.5

Kind = Literal["area", "line", "point"]
_Span = tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """A geometry of a member in pixels; ``d`` is an SVG path (of a point: empty), ``x, y`` where its name stands.

    ``halo`` is the radius of what is known of a point, in pixels, or None.
    """

    member: str
    kind: Kind
    d: str
    x: float
    y: float
    halo: float | None = None


@dataclass(frozen=True)
class SmallMap:
    """The sheet, its base and what is drawn on it, areas first.

    ``known`` is the part the base map covers, as (x, y, width, height): beside it nothing is known, not the sea.
    ``scale_km`` is the length of ``scale_px`` pixels.
    """

    height: int
    known: tuple[float, float, float, float]
    land: str
    water: str
    districts: str
    names: tuple[tuple[str, float, float], ...]
    drawn: tuple[Drawn, ...]
    scale_km: float
    scale_px: float


def build_map(store: Store, members: Sequence[FeatureSummary]) -> SmallMap | None:
    """The map of the members that are placed, drawn to their bounds; None when none is."""
    placed = [m for m in members if m.bbox is not None]
    if not placed:
        return None
    base = {name: _base(store, name) for name in ("land", "water", "districts")}
    known = shapely.total_bounds([g for _, g in base["land"]]).tolist() if base["land"] else (0, 0, 0, 0)
    frame = _Frame.around(placed).moved_into(known, placed)
    drawn = [d for m in placed for d in _drawn(m, store.geometry(m.id), frame)]
    order = {"area": 0, "line": 1, "point": 2}
    lines = [g.boundary for _, g in base["districts"]]
    km, px = _scale(frame)
    return SmallMap(
        height=frame.height,
        known=frame.box(known),
        land=frame.path(g for _, g in base["land"]),
        water=frame.path(g for _, g in base["water"]),
        districts=frame.path(lines),
        names=tuple(_district_names(base["districts"], frame)),
        drawn=tuple(sorted(drawn, key=lambda d: order[d.kind])),
        scale_km=km,
        scale_px=px,
    )


def map_height(members: Sequence[FeatureSummary]) -> int | None:
    """The height :func:`build_map` will give the sheet, without drawing it; None when no member is placed."""
    placed = [m for m in members if m.bbox is not None]
    return _Frame.around(placed).height if placed else None


@dataclass(frozen=True)
class _Frame:
    """The part of the earth that is drawn, and the way from degrees to pixels."""

    west: float
    south: float
    east: float
    north: float
    height: int

    @classmethod
    def around(cls, members: Iterable[FeatureSummary]) -> _Frame:
        boxes = [m.bbox for m in members if m.bbox is not None]
        west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
        east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
        squeeze = math.cos(math.radians((south + north) / 2))
        wide = max((east - west) * squeeze, _SMALLEST_DEG) * (1 + 2 * _MARGIN)
        high = max(north - south, _SMALLEST_DEG) * (1 + 2 * _MARGIN)
        height = round(min(max(WIDTH * high / wide, _LOWEST), _HIGHEST))
        wide, high = max(wide, high * WIDTH / height) / squeeze, max(high, wide * height / WIDTH)
        x, y = (west + east) / 2, (south + north) / 2
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, height)

    def moved_into(self, bounds: Sequence[float], members: Iterable[FeatureSummary]) -> _Frame:
        """The frame drawn in and moved into (west, south, east, north) as far as the members stay in it.

        Beside the base map there is nothing to see.
        """
        west, south, east, north = shapely.total_bounds(
            [shapely.box(*m.bbox) for m in members if m.bbox]
        ).tolist()
        wide, high = self.east - self.west, self.north - self.south
        needed = max((east - west) / wide, (north - south) / high) / (1 - 2 * _EDGE)
        share = min(1.0, max(min((bounds[2] - bounds[0]) / wide, (bounds[3] - bounds[1]) / high), needed))
        dx, dy = wide * (1 - share) / 2, high * (1 - share) / 2
        left, low, right, top = self.west + dx, self.south + dy, self.east - dx, self.north - dy
        x = _shift((left, right), (bounds[0], bounds[2]), (west, east))
        y = _shift((low, top), (bounds[1], bounds[3]), (south, north))
        return replace(self, west=left + x, east=right + x, south=low + y, north=top + y)

    @property
    def px_per_deg(self) -> float:
        """Pixels for a degree of latitude."""
        return self.height / (self.north - self.south)

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            round((lon - self.west) / (self.east - self.west) * WIDTH, 1),
            round((self.north - lat) / (self.north - self.south) * self.height, 1),
        )

    def box(self, bounds: Iterable[float]) -> tuple[float, float, float, float]:
        """(west, south, east, north) as the part of the sheet it covers: x, y, width, height."""
        west, south, east, north = (float(b) for b in bounds)
        (left, top), (right, bottom) = self.xy(west, north), self.xy(east, south)
        left, top = max(left, 0.0), max(top, 0.0)
        return left, top, max(min(right, WIDTH) - left, 0.0), max(min(bottom, self.height) - top, 0.0)

    def cut(self, geometry: BaseGeometry) -> BaseGeometry:
        """The part in the frame and a little around, no finer than the screen."""
        reach = 12 / self.px_per_deg
        clipped = shapely.clip_by_rect(
            geometry, self.west - reach, self.south - reach, self.east + reach, self.north + reach
        )
        return shapely.simplify(clipped, _TOLERANCE_PX / self.px_per_deg)

    def path(self, geometries: Iterable[BaseGeometry]) -> str:
        """One SVG path of lines and outlines."""
        return "".join(self._part(p) for g in geometries for p in _parts(self.cut(g)))

    def _part(self, part: BaseGeometry) -> str:
        if part.geom_type == "Polygon":
            return "".join(self._ring(r.coords) + "Z" for r in (part.exterior, *part.interiors))
        return self._ring(part.coords) if part.geom_type in ("LineString", "LinearRing") else ""

    def _ring(self, coordinates: Iterable[tuple[float, ...]]) -> str:
        points = (self.xy(c[0], c[1]) for c in coordinates)
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _shift(frame: _Span, bounds: _Span, inner: _Span) -> float:
    """How far to move ``frame`` into ``bounds`` so that ``inner`` stays in it; 0 where the frame is longer than the bounds."""
    (a, b), (least, most) = frame, bounds
    edge = _EDGE * (b - a)
    if b - a > most - least + 1e-9:
        return 0.0
    up = min(max(least - a, 0.0), max(inner[0] - edge - a, 0.0))
    down = min(max(b - most, 0.0), max(b - edge - inner[1], 0.0))
    return up - down


def _drawn(member: FeatureSummary, geometry: dict[str, Any] | None, frame: _Frame) -> Iterable[Drawn]:
    if geometry is None or member.lon is None or member.lat is None:
        return
    x, y = frame.xy(member.lon, member.lat)
    parts = [p for p in _parts(shape(geometry)) if not p.is_empty]
    areas = [p for p in parts if p.geom_type == "Polygon"]
    lines = [p for p in parts if p.geom_type == "LineString"]
    points = [p for p in parts if p.geom_type == "Point"]
    if areas:
        yield Drawn(member.id, "area", frame.path(areas), x, y)
    if lines:
        yield Drawn(member.id, "line", frame.path(lines), x, y)
    for point in points:
        halo = member.halo_m / 111_000 * frame.px_per_deg if member.halo_m else None
        yield Drawn(member.id, "point", "", *frame.xy(point.x, point.y), halo)


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        return [p for g in geometry.geoms for p in _parts(g)]
    return [] if geometry.is_empty else [geometry]


@per_store
def _base(store: Store, name: str) -> tuple[tuple[dict[str, Any], BaseGeometry], ...]:
    collection = json.loads(store.base(name) or '{"features": []}')
    return tuple((f["properties"], shape(f["geometry"])) for f in collection["features"])


def _district_names(
    districts: Iterable[tuple[dict[str, Any], BaseGeometry]], frame: _Frame
) -> Iterable[tuple[str, float, float]]:
    for properties, _ in districts:
        x, y = frame.xy(properties["lon"], properties["lat"])
        if 24 < x < WIDTH - 24 and 12 < y < frame.height - 12:
            yield str(properties["name"]), x, y


def _scale(frame: _Frame) -> tuple[float, float]:
    """A round length of at most a fifth of the width."""
    px_per_km = frame.px_per_deg / 111.0
    most = WIDTH / 5 / px_per_km
    base = 10 ** math.floor(math.log10(most))
    km = next(base * n for n in (5, 2, 1) if base * n <= most)
    return km, round(km * px_per_km, 1)
