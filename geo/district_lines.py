"""District lines a user has better, kept beside the base map and drawn instead of the package's.

``python app.py refine --boundaries`` writes the file (:mod:`geo.refining_districts` finds what goes in it). The
shore stays the base map's: only the lines between districts, and the city's edge on land, are taken from the user.
Deleting the file brings the package's lines back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.base import BASE_DIR
from geo.errors import BaseDataError
from geo.feature_file import read_features, write_features

PATH = BASE_DIR / "districts.geojson"
_TOUCH_DEG = 1e-7
_STEP_DEG = 5e-4
_NOBODY = ""


@dataclass(frozen=True)
class DistrictLine:
    """The outline of one district, as a user's file draws it.

    Attributes
    ----------
    name
        Full name, such as 市南区.
    geometry
        WGS 84 area; it may run out to sea.
    accuracy_m
        How far the truth may be.
    source
        Source in words.
    """

    name: str
    geometry: BaseGeometry
    accuracy_m: float
    source: str


def read_district_lines(path: Path) -> dict[str, DistrictLine]:
    """Lines by district; empty when there is no file.

    Raises
    ------
    BaseDataError
        The file is damaged.
    """
    found = read_features(
        path, _line, lambda reason: BaseDataError(f"{reason}；删去该文件即恢复原来的行政边界")
    )
    return {line.name: line for line in found}


def _line(feature: Mapping[str, Any]) -> DistrictLine:
    p = feature["properties"]
    geometry = areas_of(shape(feature["geometry"]))
    if geometry.is_empty:
        raise ValueError(f"「{p['name']}」没有图形")
    return DistrictLine(str(p["name"]), geometry, float(p["accuracy_m"]), str(p["source"]))


def write_district_lines(path: Path, lines: Iterable[DistrictLine]) -> None:
    """Write the file whole, one district a line; a failed write leaves the former one.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    write_features(path, ((_properties(line), line.geometry) for line in lines))


def _properties(line: DistrictLine) -> dict[str, Any]:
    return {"name": line.name, "accuracy_m": line.accuracy_m, "source": line.source}


def areas_of(geometry: BaseGeometry) -> BaseGeometry:
    """The areas of a geometry, made valid, without its points and lines."""
    parts = shapely.get_parts(shapely.make_valid(geometry))
    nested = [p for part in parts for p in shapely.get_parts(part)]
    return shapely.union_all([p for p in nested if shapely.get_dimensions(p) == 2])


def fitted(
    raw: Mapping[str, BaseGeometry], better: Mapping[str, BaseGeometry], ground: BaseGeometry
) -> dict[str, BaseGeometry]:
    """All districts with some of them drawn anew, and the others made to meet them.

    A neighbour gives up what a new outline covers, and takes what it no longer covers. Along the sea and on
    islands the former outline stays, since the shore decides there; land that a new outline leaves out at the
    edge of the city belongs to no district.

    Parameters
    ----------
    raw
        WGS 84 areas by district, all of them.
    better
        Those to draw anew.
    ground
        Land, WGS 84.
    """
    if not better:
        return dict(raw)
    drawn: dict[str, BaseGeometry] = {}
    taken: BaseGeometry = shapely.Polygon()
    for name in raw:
        if name in better:
            drawn[name] = better[name].difference(taken)
            taken = taken.union(better[name])
    others = {name: area.difference(taken) for name, area in raw.items() if name not in better}
    outside = shapely.union_all(list(raw.values())).boundary.intersection(ground)
    for name in better:
        left = areas_of(raw[name].difference(shapely.union_all([taken, *others.values()])))
        drawn[name] = drawn[name].union(left.difference(ground))
        borders = {other: area.boundary for other, area in others.items()}
        borders |= {name: ground.boundary, _NOBODY: outside}
        beside = better[name].buffer(_TOUCH_DEG)
        for part in shapely.get_parts(areas_of(left.intersection(ground))):
            # A piece apart from the new outline is an island that the file leaves out, not land it gives up.
            shares = _shares(part, borders, name) if part.intersects(beside) else {name: part}
            for heir, share in shares.items():
                if heir == name:
                    drawn[name] = drawn[name].union(share)
                elif heir != _NOBODY:
                    others[heir] = others[heir].union(share)
    merged = drawn | others
    return {name: areas_of(merged[name]) for name in raw}


def _shares(part: BaseGeometry, borders: Mapping[str, BaseGeometry], owner: str) -> dict[str, BaseGeometry]:
    """A left-over part shared out among those whose border it follows, each taking what lies nearest its own.

    What follows nobody's border stays with its owner.
    """
    edge = part.boundary.buffer(_TOUCH_DEG)
    followed: dict[tuple[float, float], str] = {}
    for heir, border in borders.items():
        near = shapely.clip_by_rect(border, *edge.bounds).intersection(edge)
        for x, y in shapely.get_coordinates(shapely.segmentize(near, _STEP_DEG)).round(7).tolist():
            followed.setdefault((x, y), heir)
    heirs = list(followed.values())
    if len(set(heirs)) < 2:
        return {heirs[0] if heirs else owner: part}
    net = shapely.voronoi_polygons(shapely.MultiPoint(list(followed)), extend_to=part, ordered=True)
    cells = shapely.get_parts(net)
    return {
        heir: part.intersection(
            shapely.union_all([c for c, h in zip(cells, heirs, strict=True) if h == heir])
        )
        for heir in dict.fromkeys(heirs)
    }
