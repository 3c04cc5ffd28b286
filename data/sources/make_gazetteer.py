"""Make data/gazetteer/osm.csv: OpenStreetMap's named points of Qingdao, from the package geopi.

The coordinates of geopi's shapefile are WGS 84 as they are, whatever its README says. A name is cleaned
(CJK radicals, full width), its kind comes from the OSM class, its district from the point. Run from the
root of the repository:

    pip install -r requirements-data.txt
    python data/sources/make_gazetteer.py
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import logging
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyogrio

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geo.districts import district_at  # noqa: E402
from geo.toponym import clean_name, name_key  # noqa: E402

BBOX = (119.4, 35.5, 121.1, 37.2)
SHAPEFILE = Path("data/city_shp/china_poi.shp")
ACCURACY_M = 150
SOURCE = "OpenStreetMap (ODbL), geopi 0.1.8"
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
SAME_PLACE_DEG = 0.015
GENERIC_AT = 4

KINDS: dict[str, str] = {
    "residential": "estate",
    "industrial": "works",
    "commercial": "facility",
    "building": "facility",
    "retail": "mall",
    "mall": "mall",
    "department_store": "mall",
    "market_place": "market",
    "school": "school",
    "university": "campus",
    "college": "campus",
    "hospital": "hospital",
    "clinic": "hospital",
    "park": "park",
    "recreation_ground": "park",
    "forest": "scenic",
    "nature_reserve": "scenic",
    "attraction": "scenic",
    "viewpoint": "scenic",
    "theme_park": "scenic",
    "zoo": "scenic",
    "golf_course": "scenic",
    "tourist_info": "scenic",
    "museum": "museum",
    "library": "culture",
    "theatre": "culture",
    "arts_centre": "culture",
    "cinema": "culture",
    "community_centre": "culture",
    "artwork": "culture",
    "stadium": "stadium",
    "sports_centre": "stadium",
    "ice_rink": "stadium",
    "town_hall": "facility",
    "courthouse": "facility",
    "public_building": "facility",
    "wastewater_plant": "facility",
    "water_works": "facility",
    "hotel": "facility",
    "lighthouse": "heritage",
    "fort": "heritage",
    "castle": "heritage",
    "ruins": "heritage",
    "memorial": "heritage",
    "tower": "facility",
    "comms_tower": "facility",
    "observation_tower": "facility",
}
"""Kind by OSM class. A class that is left out (shops, restaurants, banks, military) is left out of the table."""

BY_NAME: tuple[tuple[str, frozenset[str], str], ...] = (
    (r"(?:收费站|立交桥|立交)$", frozenset({"facility"}), "interchange"),
    (
        r"(?:产业|工业|科技|软件|创业|物流)园区?$",
        frozenset({"works", "facility", "estate"}),
        "industrial_park",
    ),
    (r"(?:村|庄|社区|疃|埠|泊子|家)$", frozenset({"estate"}), "village"),
    (r"水库$", frozenset({"scenic", "park", "facility"}), "reservoir"),
    (r"(?:山|顶|崮|峰)$", frozenset({"scenic"}), "mountain"),
)
"""Where a name says more than its class: pattern, classes it may correct, kind."""

CJK = re.compile(r"[\u4e00-\u9fff]")
NUMBERED = re.compile(
    r"^[\d#]|[一二三四五六七八九十]+号楼$|^居委会$|\d+(?:号楼|号|栋|#|楼|区|组团|期|座|公寓)?$|^[A-Za-z]\d*(?:座|楼|区|栋)$"
)


@dataclass(frozen=True)
class Row:
    """One named point."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    district: str
    lon: float
    lat: float
    note: str


def kind_of(fclass: str, name: str) -> str | None:
    """Gazetteer kind of an OSM point; None when the table leaves its class out."""
    kind = KINDS.get(fclass)
    for pattern, classes, better in BY_NAME:
        if kind in classes and re.search(pattern, name):
            return better
    return kind


def names_of(raw: str) -> tuple[str, tuple[str, ...]]:
    """Name and aliases of an OSM name, which may hold several parted by semicolons."""
    parts = [clean_name(part) for part in re.split(r"[;；]", raw)]
    parts = [part.strip("（） ") if part.startswith("（") else part for part in parts]
    parts = [part for part in dict.fromkeys(parts) if part]
    return (parts[0], tuple(parts[1:])) if parts else ("", ())


def is_name(name: str) -> bool:
    """Whether a name can be a toponym: Chinese, and not a number of a building."""
    return len(CJK.findall(name)) >= 2 and len(name) <= 30 and not NUMBERED.search(name)


def read_rows(shapefile: Path) -> list[Row]:
    """Named points within the ten districts."""
    frame = pyogrio.read_dataframe(shapefile, bbox=BBOX)
    rows = []
    for record in frame.itertuples(index=False):
        name, aliases = names_of(str(record.name or ""))
        kind = kind_of(record.fclass, name)
        if kind is None or not is_name(name):
            continue
        lon, lat = record.geometry.x, record.geometry.y
        district = district_at(lon, lat)
        if district is not None:
            note = f"OSM {record.fclass} {record.osm_id}"
            rows.append(Row(name, aliases, kind, district, round(lon, 5), round(lat, 5), note))
    return rows


def distinct(rows: list[Row]) -> list[Row]:
    """Rows without repeats of one place and without generic names such as 图书馆."""
    order = {kind: rank for rank, kind in enumerate(dict.fromkeys(KINDS.values()))}
    order["facility"] = len(order) + 1
    generic = {
        name
        for name, count in Counter(r.name for r in rows if len(r.name) <= 5).items()
        if count >= GENERIC_AT and not re.search(r"(?:村|庄)$", name)
    }
    kept: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=lambda r: (order.get(r.kind, 0), r.note)):
        same = kept.setdefault((name_key(row.name), row.district), [])
        near = any(abs(o.lon - row.lon) + abs(o.lat - row.lat) < SAME_PLACE_DEG for o in same)
        if row.name not in generic and not near:
            same.append(row)
    flat = [row for group in kept.values() for row in group]
    return sorted(flat, key=lambda r: (r.district, r.kind, r.name, r.lon, r.lat))


def write_table(path: Path, rows: list[Row]) -> None:
    """The gazetteer's columns, UTF-8, one row a point."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for r in rows:
            where = f"{r.lon:.5f} {r.lat:.5f}"
            writer.writerow(
                [
                    r.name,
                    "|".join(r.aliases),
                    r.kind,
                    r.district,
                    "point",
                    where,
                    "",
                    ACCURACY_M,
                    SOURCE,
                    r.note,
                ]
            )


def main() -> None:
    """Write the table."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "gazetteer" / "osm.csv")
    args = parser.parse_args()
    spec = importlib.util.find_spec("geopi")
    if spec is None or spec.origin is None:
        parser.error("geopi is not installed: pip install -r requirements-data.txt")
    rows = distinct(read_rows(Path(spec.origin).parent / SHAPEFILE))
    write_table(args.out, rows)
    logging.info("%s: %d rows %s", args.out.name, len(rows), dict(Counter(r.kind for r in rows)))


if __name__ == "__main__":
    main()
