"""Files of a user's own geometry beside the data: GeoJSON, one feature a line, each made into a record and back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.crs import stored

Record = TypeVar("Record")


def read_features(
    path: Path, make: Callable[[Mapping[str, Any]], Record], damaged: Callable[[str], Exception]
) -> list[Record]:
    """What ``make`` makes of each GeoJSON feature (WGS 84); empty when there is no file.

    Raises
    ------
    Exception
        That of ``damaged``, given file and reason, when the file or a feature is not what it should be.
    """
    if not path.is_file():
        return []
    try:
        return [make(feature) for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise damaged(f"{path.name} 已损坏：{error}") from error


def write_features(path: Path, features: Iterable[tuple[Mapping[str, Any], BaseGeometry]]) -> None:
    """Write properties and WGS 84 geometries whole; a failed write leaves the former file.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": mapping(stored(geometry))},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, geometry in features
    ]
    body = ",\n".join(lines)
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(f'{{"type":"FeatureCollection",\n"features":[\n{body}\n]}}\n', encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
