"""Reading the files that better geometry comes from: an OpenStreetMap extract, or any vector file with names."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
from shapely.geometry.base import BaseGeometry

from geo.base import FRAME, frame_box
from geo.datum import geometry_to_wgs84
from geo.errors import GeoError

DATUMS = ("wgs84", "gcj02", "bd09")
_LAYERS = ("points", "lines", "multilinestrings", "multipolygons")
_NAME_TAGS = ("alt_name", "old_name", "official_name", "short_name", "name:zh", "name:zh-Hans")
_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_READ_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, OSError, RuntimeError)


class RefineError(GeoError):
    """The file cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Candidate:
    """A named thing of a file.

    Attributes
    ----------
    names
        Name and other names, as written.
    tags
        OpenStreetMap tags; None where the file has none, so that the kind is not known.
    geometry
        WGS 84.
    """

    names: tuple[str, ...]
    tags: Mapping[str, str] | None
    geometry: BaseGeometry


def read_osm(path: Path) -> list[Candidate]:
    """Named things of an .osm.pbf or .osm extract, within the map's frame.

    Raises
    ------
    RefineError
        The file is missing, no OpenStreetMap extract, or holds nothing of Qingdao.
    """
    _check_is_file(path)
    if not path.name.endswith((".osm", ".pbf")):
        raise RefineError(f"{path.name} 不是 OpenStreetMap 数据：--osm 接受 .osm.pbf 或 .osm 文件")
    found: list[Candidate] = []
    for layer in _LAYERS:
        frame = _read(path, layer=layer, bbox=FRAME, where="name IS NOT NULL")
        columns = [
            c for c in frame.columns if c not in {"geometry", "name", "other_tags", "osm_id", "osm_way_id"}
        ]
        for record in frame.to_dict("records"):
            if record["geometry"] is None or record["geometry"].is_empty:
                continue
            tags = {c: str(record[c]) for c in columns if isinstance(record[c], str)}
            tags |= dict(_HSTORE.findall(record.get("other_tags") or ""))
            names = [record["name"], *(tags[key] for key in _NAME_TAGS if key in tags)]
            split = tuple(
                dict.fromkeys(n.strip() for name in names for n in re.split("[;；]", name) if n.strip())
            )
            found.append(Candidate(split, tags, shapely.force_2d(record["geometry"])))
    if not found:
        raise RefineError(f"{path.name} 中没有青岛范围内的有名地物，请换一个覆盖青岛的数据")
    return found


def read_boundaries(path: Path, datum: str | None, is_known: Callable[[str], bool]) -> list[Candidate]:
    """Named areas, lines or points of any vector file.

    Parameters
    ----------
    path
        A file that GDAL reads.
    datum
        ``wgs84``, ``gcj02`` or ``bd09`` for longitude and latitude of that datum; None to go by the file's CRS.
    is_known
        Whether a name is in the gazetteer: the column that holds most of them is the name.

    Raises
    ------
    RefineError
        The file is missing or unreadable, has no CRS, lies elsewhere, or no column holds known names.
    """
    _check_is_file(path)
    frame = _read(path)
    if "geometry" not in frame.columns or frame.empty:
        raise RefineError(f"{path.name} 中没有图形")
    if frame.crs is None and datum is None:
        raise RefineError(f"{path.name} 没有写坐标系：经纬度数据请用 --datum 写明 wgs84、gcj02 或 bd09")
    if frame.crs is not None and not frame.crs.equals("EPSG:4326"):
        frame = frame.to_crs("EPSG:4326")
    column = _name_column(path, frame, is_known)
    found = []
    for name, geometry in zip(frame[column], frame.geometry, strict=True):
        if isinstance(name, str) and geometry is not None and not geometry.is_empty:
            valid = shapely.make_valid(shapely.force_2d(geometry))
            found.append(Candidate((name,), None, geometry_to_wgs84(valid, datum or "wgs84")))
    if not any(candidate.geometry.intersects(frame_box()) for candidate in found):
        west, south, east, north = (round(float(v), 2) for v in frame.total_bounds)
        raise RefineError(
            f"{path.name} 的坐标范围是 {west} {south} 至 {east} {north}，不在青岛，请检查坐标系或 --datum"
        )
    return found


def _name_column(path: Path, frame: Any, is_known: Callable[[str], bool]) -> str:
    counts = {
        str(column): sum(1 for value in frame[column] if isinstance(value, str) and is_known(value))
        for column in frame.columns
        if column != frame.geometry.name
    }
    best = max(counts, key=lambda column: counts[column], default=None)
    if best is None or counts[best] == 0:
        raise RefineError(f"{path.name} 的任何一列都没有地名表中的名称，无法对应")
    return best


def _check_is_file(path: Path) -> None:
    if not path.is_file():
        raise RefineError(f"没有文件 {path}")


def _read(path: Path, **options: Any) -> gpd.GeoDataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pyogrio.read_dataframe(path, **options)
    except _READ_ERRORS as error:
        reason = " ".join(str(error).split())[:120]
        raise RefineError(f"无法读取 {path.name}：不是可用的矢量数据，或文件已损坏（{reason}）") from error
