"""The audit of the gazetteer: rows whose point contradicts what they say of themselves or another table.

Looks at every hand-made row; OpenStreetMap's points are the measure, not the measured. A finding that is right as it
is gets its reason in a small table, so that a new one stands out.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.base import frame_box, land_metric, sea_metric
from geo.crs import distance_m, to_metric
from geo.districts import districts
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer_rows import SITE_KINDS
from geo.place import BUILT_IN, OSM, Place
from geo.toponym import name_key

AT_LEAST_M = 150.0
SHORE_M = 150.0
NAMESAKE_M = 20_000.0
OFFSHORE_M = 5000.0

LAND_KINDS = SITE_KINDS | {
    "township",
    "village",
    "city",
    "metro_station",
    "rail_station",
    "interchange",
    "airport",
    "reservoir",
    "mountain",
}

SEA_KINDS = frozenset({"bay", "island", "headland", "coast"})

CHECKS: dict[str, str] = {
    "outside_district": "不在所写的区内",
    "land_in_sea": "陆上地物在海里",
    "bay_on_land": "海湾在陆上",
    "tables_differ": "两张表中相距过远",
    "far_from_osm": "离 OpenStreetMap 同名点过远",
}


@dataclass(frozen=True)
class RowFinding:
    """One doubtful row.

    Attributes
    ----------
    row
        ``table/kind:name@district``.
    check
        Key of :data:`CHECKS`.
    detail
        One sentence.
    reason
        Why it is right as it is; None when nobody has said so.
    """

    row: str
    check: str
    detail: str
    reason: str | None = None


def row_name(place: Place) -> str:
    """How findings and acceptances write a row."""
    return f"{place.table}/{place.reference}"


def read_accepted_rows(path: Path) -> dict[tuple[str, str], str]:
    """(row, check) -> reason, from a CSV with these three columns; empty when there is no such file.

    Raises
    ------
    GazetteerError
        The file cannot be read or lacks a column.
    """
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {(r["row"], r["check"]): r["reason"] for r in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise GazetteerError(f"{path.name} 无法读取，应有 row、check、reason 三列：{error}") from error


def audit_gazetteer(gazetteer: Gazetteer, accepted: Mapping[tuple[str, str], str]) -> list[RowFinding]:
    """Every doubtful row, in the order of the tables; accepted ones carry their reason."""
    by_hand = [place for place in gazetteer if place.table not in {BUILT_IN, OSM}]
    namesakes: dict[str, list[Place]] = defaultdict(list)
    for place in gazetteer:
        for name in dict.fromkeys([place.name, *place.aliases]):
            namesakes[name_key(name)].append(place)
    found: list[RowFinding] = []
    for place in by_hand:
        found += _outside(place)
        found += _wrong_side_of_the_shore(place)
        found += _against_namesakes(place, namesakes)
    return [replace(f, reason=accepted.get((f.row, f.check))) for f in found]


@cache
def _district(name: str) -> BaseGeometry:
    return to_metric(districts()[name].geometry)


def _outside(place: Place) -> Iterator[RowFinding]:
    if not place.districts:
        return
    metric = to_metric(place.geometry)
    reach = max(AT_LEAST_M, place.accuracy_m)
    if place.kind in SEA_KINDS:
        reach += OFFSHORE_M
    gap = min(metric.distance(_district(name)) for name in place.districts)
    if gap > reach:
        where = "、".join(place.districts)
        yield RowFinding(
            row_name(place), "outside_district", f"离{where} {round(gap)} 米，误差只写 {round(reach)} 米"
        )


def _wrong_side_of_the_shore(place: Place) -> Iterator[RowFinding]:
    metric = to_metric(place.geometry)
    if not frame_box().contains(place.geometry):
        return  # no shore is known there
    if place.kind in LAND_KINDS and isinstance(place.geometry, Point):
        gap = metric.distance(land_metric())
        if gap > SHORE_M:
            yield RowFinding(row_name(place), "land_in_sea", f"离岸 {round(gap)} 米")
    if place.kind == "bay":
        gap = metric.distance(sea_metric())
        if gap > SHORE_M:
            yield RowFinding(row_name(place), "bay_on_land", f"离海 {round(gap)} 米")


def _against_namesakes(place: Place, namesakes: Mapping[str, list[Place]]) -> Iterator[RowFinding]:
    """A thing of one name, kind and district should lie at one place in every table.

    Against OpenStreetMap the kind may differ within the site kinds; the nearest namesake counts.
    """
    same = [
        other
        for name in dict.fromkeys([place.name, *place.aliases])
        for other in namesakes[name_key(name)]
        if other is not place and set(other.districts) & set(place.districts)
    ]
    osm = [o for o in same if o.table == OSM and _is_alike(place, o)]
    if osm:
        nearest = min(osm, key=lambda o: _gap(place, o))
        gap, doubt = _gap(place, nearest), max(AT_LEAST_M, place.accuracy_m) + nearest.accuracy_m
        if doubt < gap < NAMESAKE_M:
            yield RowFinding(
                row_name(place),
                "far_from_osm",
                f"离「{nearest.name}」{round(gap)} 米，误差只写 {round(doubt)} 米",
            )
    for other in same:
        if other.table in {OSM, place.table, BUILT_IN} or other.kind != place.kind:
            continue
        gap, doubt = _gap(place, other), place.accuracy_m + other.accuracy_m
        if gap > doubt and place.table < other.table:
            yield RowFinding(
                row_name(place),
                "tables_differ",
                f"与 {row_name(other)} 相距 {round(gap)} 米，误差合计 {round(doubt)} 米",
            )


def _is_alike(place: Place, other: Place) -> bool:
    both_sites = place.kind in SITE_KINDS and other.kind in SITE_KINDS
    return place.kind == other.kind or both_sites


def _gap(one: Place, other: Place) -> float:
    """Distance between two places; two lines are as far apart as the one's vertices lie from the other."""
    if shapely.get_dimensions(one.geometry) == 1 and shapely.get_dimensions(other.geometry) == 1:
        a, b = sorted(
            (to_metric(one.geometry), to_metric(other.geometry)), key=lambda line: float(line.length)
        )
        return max(float(Point(xy).distance(b)) for xy in shapely.get_coordinates(a))
    return distance_m(one.geometry, other.geometry)
