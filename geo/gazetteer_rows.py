"""Rows of the gazetteer's CSV files: reading and checking, without resolving names to places."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import GazetteerError
from geo.toponym import clean_name

COLUMNS = (
    "name",
    "aliases",
    "kind",
    "district",
    "geometry",
    "coordinates",
    "radius_m",
    "accuracy_m",
    "source",
    "note",
)

SITE_KINDS = frozenset(
    [
        "park",
        "scenic",
        "campus",
        "school",
        "hospital",
        "stadium",
        "museum",
        "culture",
        "mall",
        "market",
        "estate",
        "works",
        "industrial_park",
        "facility",
        "heritage",
    ]
)
"""Kinds of a site: a thing with a place of its own that OpenStreetMap may know as a point."""

KINDS = SITE_KINDS | frozenset(
    [
        "district",
        "township",
        "village",
        "city",
        "region",
        "metro_station",
        "metro_line",
        "rail_station",
        "railway",
        "motorway",
        "road",
        "bridge",
        "tunnel",
        "interchange",
        "port",
        "airport",
        "river",
        "reservoir",
        "lake",
        "wetland",
        "bay",
        "headland",
        "island",
        "coast",
        "mountain",
    ]
)
"""Kinds a row may have."""

GEOMETRIES = frozenset({"point", "line", "area"})
DISTRICTS = frozenset(
    ["市南区", "市北区", "李沧区", "崂山区", "城阳区", "黄岛区", "即墨区", "胶州市", "平度市", "莱西市"]
)

_LON = (73.0, 136.0)
_LAT = (3.0, 54.0)


@dataclass(frozen=True)
class Row:
    """One checked row; ``coordinates`` still holds names of other rows."""

    path: Path
    line: int
    name: str
    aliases: tuple[str, ...]
    kind: str
    districts: tuple[str, ...]
    geometry: str
    coordinates: tuple[tuple[float, float] | str, ...]
    radius_m: float | None
    accuracy_m: float
    source: str
    note: str

    @property
    def table(self) -> str:
        """File name without ``.csv``."""
        return self.path.stem

    def error(self, reason: str) -> GazetteerError:
        """An error that names file, row and reason."""
        return GazetteerError(f"{self.path.name} 第 {self.line} 行「{self.name}」：{reason}")


class _RowError(Exception):
    """Why a row is wrong."""


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in text.split("|")) if part)


def _number(text: str, column: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise _RowError(f"{column} 应为数字，实为「{text}」") from error
    if not value > 0:
        raise _RowError(f"{column} 应大于 0，实为「{text}」")
    return value


def _coordinate(text: str) -> tuple[float, float] | str:
    parts = text.split()
    if len(parts) != 2:
        return text
    try:
        lon, lat = float(parts[0]), float(parts[1])
    except ValueError:
        return text
    if not (_LON[0] <= lon <= _LON[1] and _LAT[0] <= lat <= _LAT[1]):
        swapped = _LON[0] <= lat <= _LON[1] and _LAT[0] <= lon <= _LAT[1]
        raise _RowError(f"坐标「{text}」{'经纬度颠倒，应先经度后纬度' if swapped else '不在中国范围内'}")
    return lon, lat


def _row(path: Path, line: int, cells: dict[str, str]) -> Row:
    name = clean_name(cells["name"])
    if not name:
        raise _RowError("缺少 name")
    kind, shape = cells["kind"].strip(), cells["geometry"].strip()
    if kind not in KINDS:
        raise _RowError(f"未知的 kind「{kind}」")
    if shape not in GEOMETRIES:
        raise _RowError(f"geometry 应为 point、line 或 area，实为「{shape}」")
    within = _split(cells["district"])
    unknown = [d for d in within if d not in DISTRICTS]
    if unknown:
        raise _RowError(f"未知的 district「{unknown[0]}」")
    items = [item.strip() for item in cells["coordinates"].replace("；", ";").split(";")]
    coordinates = tuple(_coordinate(item) for item in items if item)
    if not coordinates:
        raise _RowError("缺少 coordinates")
    accuracy = _number(cells["accuracy_m"], "accuracy_m")
    if accuracy is None:
        raise _RowError("缺少 accuracy_m")
    if not cells["source"].strip():
        raise _RowError("缺少 source")
    return Row(
        path=path,
        line=line,
        name=name,
        aliases=tuple(clean_name(alias) for alias in _split(cells["aliases"])),
        kind=kind,
        districts=within,
        geometry=shape,
        coordinates=coordinates,
        radius_m=_number(cells["radius_m"], "radius_m"),
        accuracy_m=accuracy,
        source=cells["source"].strip(),
        note=cells["note"].strip(),
    )


def read_rows(path: Path) -> list[Row]:
    """Rows of one file; blank lines are skipped.

    Raises
    ------
    GazetteerError
        The file is no UTF-8 CSV with the expected header, or a row is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path, csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path.name} 无法读取：{error}") from error


def _read(path: Path, reader: Any) -> list[Row]:
    rows: list[Row] = []
    header: list[str] | None = None
    for cells in reader:
        line = int(reader.line_num)
        if header is None:
            header = [cell.strip() for cell in cells]
            missing = [column for column in COLUMNS if column not in header]
            if missing:
                raise GazetteerError(f"{path.name} 第 1 行：缺少列 {'、'.join(missing)}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise GazetteerError(f"{path.name} 第 {line} 行：应有 {len(header)} 列，实有 {len(cells)} 列")
        named = dict(zip(header, cells, strict=True))
        try:
            rows.append(_row(path, line, named))
        except _RowError as reason:
            raise GazetteerError(f"{path.name} 第 {line} 行「{named['name']}」：{reason}") from reason
    return rows
