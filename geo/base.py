"""The base map read from data/base: land with its islands, and inland water.

Both files are made by data/sources/make_base.py and kept in the repository; nothing here draws them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metric, to_wgs84
from geo.errors import BaseDataError

BASE_DIR = Path(__file__).resolve().parent.parent / "data" / "base"

FRAME: tuple[float, float, float, float] = (119.3, 35.4, 121.4, 37.2)
"""The map's frame (west, south, east, north) in WGS 84; lines that leave Qingdao are cut here."""


@dataclass(frozen=True)
class BaseFeature:
    """One land or water area.

    Attributes
    ----------
    name
        Name where it is known, else empty.
    kind
        ``mainland``, ``island`` or ``reservoir``.
    geometry
        WGS 84 area.
    properties
        Everything else the file says of it.
    """

    name: str
    kind: str
    geometry: BaseGeometry
    properties: Mapping[str, Any]


def frame_box() -> BaseGeometry:
    """The map's frame as a WGS 84 area."""
    return shapely.box(*FRAME)


def _read(path: Path) -> tuple[BaseFeature, ...]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            BaseFeature(
                name=str(feature["properties"].get("name", "")),
                kind=str(feature["properties"]["kind"]),
                geometry=shape(feature["geometry"]),
                properties=feature["properties"],
            )
            for feature in collection["features"]
        )
    except FileNotFoundError as error:
        raise BaseDataError(f"缺少底图文件 {path}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaseDataError(f"底图文件 {path} 已损坏：{error}") from error


@cache
def read_land(base_dir: Path = BASE_DIR) -> tuple[BaseFeature, ...]:
    """Land areas of the frame, largest first: the mainland, then islands.

    Raises
    ------
    BaseDataError
        The file is missing or damaged.
    """
    return _read(base_dir / "land.geojson")


@cache
def read_water(base_dir: Path = BASE_DIR) -> tuple[BaseFeature, ...]:
    """Large reservoirs, as approximate outlines (their properties say how approximate).

    Raises
    ------
    BaseDataError
        The file is missing or damaged.
    """
    return _read(base_dir / "water.geojson")


@cache
def land() -> BaseGeometry:
    """All land of the frame as one WGS 84 area."""
    return shapely.union_all([feature.geometry for feature in read_land()])


@cache
def mainland() -> BaseGeometry:
    """The mainland as one WGS 84 area."""
    return shapely.union_all([f.geometry for f in read_land() if f.kind == "mainland"])


@cache
def land_metric() -> BaseGeometry:
    """All land of the frame in metres (EPSG:4549)."""
    return _prepared(to_metric(land()))


@cache
def mainland_metric() -> BaseGeometry:
    """The mainland in metres (EPSG:4549)."""
    return _prepared(to_metric(mainland()))


@cache
def sea_metric() -> BaseGeometry:
    """The frame without its land, in metres (EPSG:4549)."""
    return to_metric(frame_box()).difference(land_metric())


def _prepared(geometry: BaseGeometry) -> BaseGeometry:
    valid: BaseGeometry = shapely.make_valid(geometry)
    shapely.prepare(valid)
    return valid


def named_islands() -> dict[str, BaseFeature]:
    """Islands whose name is known, by name."""
    return {f.name: f for f in read_land() if f.kind == "island" and f.name}


def land_around(lon: float, lat: float, radius_m: float) -> BaseGeometry:
    """Land within a distance of a WGS 84 point, as a WGS 84 area (empty out at sea)."""
    circle = to_metric(shapely.Point(lon, lat)).buffer(radius_m)
    near: BaseGeometry = to_wgs84(land_metric().intersection(circle))
    return near


def is_on_land(lon: float, lat: float) -> bool:
    """Whether a WGS 84 point of the frame lies on land (reservoirs count as land)."""
    return bool(shapely.intersects_xy(_land_prepared(), lon, lat))


@cache
def _land_prepared() -> BaseGeometry:
    return _prepared(land())
