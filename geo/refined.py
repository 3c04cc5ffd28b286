"""Better geometry for gazetteer rows, kept beside the tables in refined.geojson and looked up first.

``python app.py refine`` writes the file (:mod:`geo.refining` finds what goes in it); a row of a table is never
changed by it: deleting the file, or one feature of it, brings the earlier geometry back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import GazetteerError
from geo.feature_file import read_features, write_features

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
    found = read_features(
        path, _refined, lambda reason: GazetteerError(f"{reason}；删去该文件即恢复原来的位置")
    )
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
    write_features(path, ((_properties(r), r.geometry) for r in refined))


def _properties(refined: Refined) -> dict[str, Any]:
    table, kind, name, districts = refined.key
    return {
        "table": table,
        "kind": kind,
        "name": name,
        "districts": list(districts),
        "accuracy_m": refined.accuracy_m,
        "source": refined.source,
        "surveyed": refined.surveyed,
    }
