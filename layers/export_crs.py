"""The CRSs an export may be in: their names for people, and stored geometry brought into them.

Coordinates are x (east or longitude) first in every CRS, as GIS files hold them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import DECIMALS, METRIC, WGS84, transformer

GEOGRAPHIC = "EPSG:4326"
CGCS2000 = "EPSG:4490"

CRS_NAMES: Mapping[str, str] = MappingProxyType(
    {
        GEOGRAPHIC: "WGS 84 经纬度",
        CGCS2000: "CGCS2000 经纬度",
        METRIC: "CGCS2000 / 3 度带高斯-克吕格投影，中央经线 120°E（米）",
    }
)
"""CRS -> what it is called; the stored one is the first (OGC:CRS84 is EPSG:4326 with longitude first)."""


def decimals(crs: str) -> int:
    """Decimals written: 6 of a degree (0.1 m), 3 of a metre."""
    return 3 if crs == METRIC else DECIMALS


def in_crs(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """A stored geometry (WGS 84) in a CRS of :data:`CRS_NAMES`, rounded to its decimals."""
    if crs == GEOGRAPHIC:
        return geometry
    step, digits = transformer(WGS84, crs), decimals(crs)

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = step.transform(xy[:, 0], xy[:, 1])
        return np.round(np.column_stack([x, y]), digits)

    moved: BaseGeometry = shapely.transform(geometry, move)
    return moved
