"""Better geometry for gazetteer rows, kept beside the tables in refined.geojson and looked up first.

``python app.py refine`` writes the file (:mod:`geo.refining` finds what goes in it); a row of a table is never
changed by it: deleting the file, or one feature of it, brings the earlier geometry back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.crs import stored
from geo.errors import GazetteerError

FILE = "refined.geojson"

RowKey: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""Table, kind, name and districts of a row."""


@dataclass(frozen=True)
class Refined:
    """Better geometry for one row.

    Attributes
    ----------
    key
        The row.
    geometry
        WGS 84 point, line or area.
    accuracy_m
        How far the truth may be.
    source
        Source in words.
    surveyed
        Whether the geometry is a surveyed or legal outline.
    """

    key: RowKey
    geometry: BaseGeometry
    accuracy_m: float
    source: str
    surveyed: bool = False


def read_refined(path: Path) -> dict[RowKey, Refined]:
    """Refined geometry by row; empty when there is no file.

    Raises
    ------
    GazetteerError
        The file is damaged.
    """
    if not path.is_file():
        return {}
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        found = [_refined(feature) for feature in features]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise GazetteerError(f"{path.name} 已损坏：{error}；删去该文件即恢复原来的位置") from error
    return {refined.key: refined for refined in found}


def _refined(feature: Mapping[str, Any]) -> Refined:
    p = feature["properties"]
    geometry = shape(feature["geometry"])
    if geometry.is_empty:
        raise ValueError(f"「{p['name']}」没有图形")
    return Refined(
        key=(p["table"], p["kind"], p["name"], tuple(p["districts"])),
        geometry=geometry,
        accuracy_m=float(p["accuracy_m"]),
        source=str(p["source"]),
        surveyed=bool(p["surveyed"]),
    )


def write_refined(path: Path, refined: Iterable[Refined]) -> None:
    """Write the file whole, one feature a line; a failed write leaves the former one.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    lines = [json.dumps(_feature(r), ensure_ascii=False, separators=(",", ":")) for r in refined]
    body = ",\n".join(lines)
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(f'{{"type":"FeatureCollection",\n"features":[\n{body}\n]}}\n', encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _feature(refined: Refined) -> dict[str, Any]:
    table, kind, name, districts = refined.key
    properties = {
        "table": table,
        "kind": kind,
        "name": name,
        "districts": list(districts),
        "accuracy_m": refined.accuracy_m,
        "source": refined.source,
        "surveyed": refined.surveyed,
    }
    return {"type": "Feature", "properties": properties, "geometry": mapping(stored(refined.geometry))}
