"""Chinese web-map datums: GCJ-02 and BD-09 to and from WGS 84.

Neither is an EPSG CRS. The formula is the public one known as "eviltransform"; its constants are those of
the Krasovsky 1940 ellipsoid. The inverse has no closed form: it is iterated until it agrees with the
forward formula to well under a centimetre. The same functions take numbers or arrays.
"""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Numbers: TypeAlias = float | NDArray[np.float64]
G = TypeVar("G", bound=BaseGeometry)

_A_M = 6378245.0
_E2 = 0.00669342162296594323
_BD_PI = np.pi * 3000.0 / 180.0
_ROUNDS = 8


def _offset_deg(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Offset in degrees of GCJ-02 from WGS 84 at a WGS 84 position."""
    x, y, pi, sin = lon - 105.0, lat - 35.0, np.pi, np.sin
    root = np.sqrt(np.abs(x))
    wave = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    bulge = 1.0 - _E2 * sin(phi) ** 2
    north = np.degrees(north / (_A_M * (1.0 - _E2)) * bulge * np.sqrt(bulge))
    east = np.degrees(east / (_A_M * np.cos(phi)) * np.sqrt(bulge))
    return east, north


def _gcj02_from_wgs84(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    east, north = _offset_deg(lon, lat)
    return np.stack([lon + east, lat + north])


def _bd09_from_gcj02(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    z = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PI)
    theta = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PI)
    return np.stack([z * np.cos(theta) + 0.0065, z * np.sin(theta) + 0.006])


def _bd09_from_wgs84(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    gcj = _gcj02_from_wgs84(lon, lat)
    return _bd09_from_gcj02(gcj[0], gcj[1])


_FORWARD = {"gcj02": _gcj02_from_wgs84, "bd09": _bd09_from_wgs84}


def _forward(name: str, lon: Numbers, lat: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    moved = _FORWARD[name](np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64))
    return moved[0], moved[1]


def _inverse(name: str, lon: Numbers, lat: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    goal = np.stack([np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)])
    guess = goal.copy()
    for _ in range(_ROUNDS):
        guess += goal - _FORWARD[name](guess[0], guess[1])
    return guess[0], guess[1]


def gcj02_from_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """GCJ-02 longitude and latitude of a WGS 84 point in China."""
    x, y = _forward("gcj02", lon, lat)
    return float(x), float(y)


def wgs84_from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 longitude and latitude of a GCJ-02 point in China (round trip under 1 mm)."""
    x, y = _inverse("gcj02", lon, lat)
    return float(x), float(y)


def bd09_from_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """BD-09 longitude and latitude of a WGS 84 point in China."""
    x, y = _forward("bd09", lon, lat)
    return float(x), float(y)


def wgs84_from_bd09(lon: float, lat: float) -> tuple[float, float]:
    """WGS 84 longitude and latitude of a BD-09 point in China (round trip under 1 cm)."""
    x, y = _inverse("bd09", lon, lat)
    return float(x), float(y)


def geometry_to_wgs84(geometry: G, datum: str) -> G:
    """The geometry in WGS 84 from a datum.

    Parameters
    ----------
    geometry
        Longitude first, in ``datum``.
    datum
        ``wgs84``, ``gcj02`` or ``bd09``.

    Raises
    ------
    ValueError
        The datum is none of the three.
    """
    if datum == "wgs84":
        return geometry
    if datum not in _FORWARD:
        raise ValueError(f"未知的坐标基准「{datum}」：应为 wgs84、gcj02 或 bd09")

    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_inverse(datum, xy[:, 0], xy[:, 1]))

    moved: G = shapely.transform(geometry, move)
    return moved
