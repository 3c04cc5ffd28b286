"""Coordinate reference systems: the stored one, the metric one, and the way between them.

Stored geometry is WGS 84, longitude then latitude (OGC:CRS84). Lengths, areas and buffers are taken in
CGCS2000 / 3-degree Gauss-Kruger CM 120E (EPSG:4549). Chinese web-map datums are in :mod:`geo.datum`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

WGS84 = "OGC:CRS84"
"""Stored geometry: longitude, latitude in degrees."""

METRIC = "EPSG:4549"
"""Measures: CGCS2000 / 3-degree Gauss-Kruger CM 120E, metres."""

DECIMALS = 6
"""Decimals kept in stored degrees (0.1 m)."""

G = TypeVar("G", bound=BaseGeometry)


@cache
def transformer(source: str, target: str) -> Transformer:
    """Cached transformer between two CRSs, x (east or longitude) first."""
    return Transformer.from_crs(source, target, always_xy=True)


def _transformed(geometry: G, source: str, target: str) -> G:
    step = transformer(source, target)

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = step.transform(xy[:, 0], xy[:, 1])
        return np.column_stack([x, y])

    moved: G = shapely.transform(geometry, move)
    return moved


def to_metric(geometry: G) -> G:
    """The geometry in metres (EPSG:4549) from WGS 84."""
    return _transformed(geometry, WGS84, METRIC)


def to_wgs84(geometry: G) -> G:
    """The geometry in WGS 84 from metres (EPSG:4549), unrounded."""
    return _transformed(geometry, METRIC, WGS84)


def point_to_metric(lon: float, lat: float) -> tuple[float, float]:
    """Easting and northing in metres (EPSG:4549) of one WGS 84 point."""
    x, y = transformer(WGS84, METRIC).transform(lon, lat)
    return float(x), float(y)


def area_m2(geometry: BaseGeometry) -> float:
    """Area in square metres of a WGS 84 geometry."""
    return float(to_metric(geometry).area)


def length_m(geometry: BaseGeometry) -> float:
    """Length in metres of a WGS 84 geometry (of an area: of its outline)."""
    return float(to_metric(geometry).length)


def distance_m(one: BaseGeometry, other: BaseGeometry) -> float:
    """Shortest distance in metres between two WGS 84 geometries."""
    return float(to_metric(one).distance(to_metric(other)))


def wound(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry with outer rings anticlockwise and holes clockwise.

    References
    ----------
    RFC 7946, section 3.1.6.
    """
    if isinstance(geometry, Polygon):
        return orient(geometry, 1.0)
    if isinstance(geometry, MultiPolygon):
        return MultiPolygon([orient(part, 1.0) for part in geometry.geoms])
    return geometry


def _areas_only(geometry: BaseGeometry) -> BaseGeometry:
    """The areas of a geometry: a repair may leave lines and points beside them, or nothing else."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    parts = [p for p in shapely.get_parts(geometry) if shapely.get_dimensions(p) == 2]
    return shapely.union_all(parts) if parts else Polygon()


def stored(geometry: BaseGeometry, decimals: int = DECIMALS) -> BaseGeometry:
    """A WGS 84 geometry as it is stored: valid, rounded to a grid, wound as RFC 7946 asks.

    Parameters
    ----------
    geometry
        WGS 84, longitude first.
    decimals
        Decimals of a degree to keep.
    """
    rounded: Any = geometry
    if geometry.is_empty:
        return geometry
    if shapely.get_dimensions(geometry) == 2:
        rounded = _areas_only(shapely.set_precision(shapely.make_valid(geometry), 10.0**-decimals))
    # The grid leaves binary dust such as 120.30000000000001.
    rounded = shapely.transform(rounded, lambda xy: np.round(xy, decimals))
    return wound(rounded)
