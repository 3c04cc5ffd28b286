"""Make data/base/land.geojson and data/base/water.geojson from packages.

Land comes from roaring-landmask (OpenStreetMap's land polygons), reservoirs from the npm package
@geo-maps/earth-waterbodies-1m (OpenStreetMap, 2017). Run from the root of the repository:

    pip install -r requirements-data.txt
    npm install --prefix FOLDER @geo-maps/earth-waterbodies-1m@0.6.0
    python data/sources/make_base.py --waterbodies FOLDER/node_modules/@geo-maps/earth-waterbodies-1m/map.geo.json
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geo.crs import area_m2, stored, to_metric, to_wgs84  # noqa: E402

EXTENT = (119.2, 35.2, 121.6, 37.4)
DECIMALS = 5
MIN_ISLAND_M2 = 400.0

ISLANDS: dict[str, tuple[float, float]] = {
    "灵山岛": (120.1679, 35.7598),
    "田横岛": (120.9604, 36.4199),
    "竹岔岛": (120.3103, 35.9428),
    "大公岛": (120.4927, 35.9607),
    "小公岛": (120.5846, 35.9961),
    "小青岛": (120.3188, 36.0528),
    "大管岛": (120.7685, 36.2298),
    "小管岛": (120.7191, 36.2830),
    "大福岛": (120.5832, 36.0929),
    "朝连岛": (120.8769, 35.8938),
    "长门岩": (120.9474, 36.1799),
    "女岛": (120.8549, 36.3714),
    "斋堂岛": (119.9245, 35.6300),
    "沐官岛": (119.7341, 35.5927),
    "星光岛": (120.1062, 35.8943),
    "千里岩": (121.3860, 36.2660),
}
"""Point of each island whose name is known from maps and local gazetteers."""

RESERVOIRS: dict[str, tuple[float, float]] = {
    "产芝水库": (120.4318, 36.9675),
    "棘洪滩水库": (120.2103, 36.3612),
    "尹府水库": (120.1391, 36.8667),
    "北墅水库": (120.2293, 36.9568),
    "吉利河水库": (119.7591, 35.7626),
    "崂山水库": (120.4920, 36.2496),
}
"""Point of each reservoir whose name is known."""

MIN_OUTLINE_VERTICES = 12
"""An outline with fewer vertices looks like a surveyed one and is not: a circle of its area says so."""


def read_osm_land() -> list[BaseGeometry]:
    """Land polygons of the extent, clipped to it, largest first."""
    from roaring_landmask import LandmaskProvider, Shapes

    world = shapely.from_wkb(bytes(Shapes.wkb(LandmaskProvider.Osm)))
    parts = shapely.get_parts(world)
    frame = shapely.box(*EXTENT)
    touching = parts[shapely.intersects(parts, frame)]
    clipped = shapely.get_parts(shapely.intersection(touching, frame))
    areas = [stored(part, DECIMALS) for part in clipped if area_m2(part) >= MIN_ISLAND_M2]
    return sorted(areas, key=area_m2, reverse=True)


def island_name(geometry: BaseGeometry) -> str:
    """Name of the island whose known point lies on it or nearest, within 300 m; empty when unknown."""
    metric = to_metric(geometry)
    for name, (lon, lat) in ISLANDS.items():
        if metric.distance(to_metric(shapely.Point(lon, lat))) <= 300:
            return name
    return ""


def build_land() -> list[dict[str, Any]]:
    """GeoJSON features of the land: one mainland, then islands."""
    features: list[dict[str, Any]] = []
    taken: set[str] = set()
    for index, geometry in enumerate(read_osm_land()):
        name = "" if index == 0 else island_name(geometry)
        if name in taken:
            name = ""
        taken.add(name)
        properties: dict[str, Any] = {"kind": "mainland" if index == 0 else "island"}
        if name:
            properties["name"] = name
        properties["area_km2"] = round(area_m2(geometry) / 1e6, 4)
        features.append({"type": "Feature", "properties": properties, "geometry": mapping(geometry)})
    return features


def build_water(path: Path) -> list[dict[str, Any]]:
    """GeoJSON features of the named reservoirs: the source's coarse outline, or a circle of its area."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    frame = shapely.box(*EXTENT)
    bodies = [
        part
        for member in collection["geometries"]
        for part in shapely.get_parts(shape(member))
        if part.intersects(frame) and part.area < 1
    ]
    features = []
    for name, (lon, lat) in RESERVOIRS.items():
        body = min(bodies, key=lambda b: b.centroid.distance(shapely.Point(lon, lat)))
        area = area_m2(body)
        vertices = len(body.exterior.coords) - 1
        outline = vertices >= MIN_OUTLINE_VERTICES
        drawn = (
            body
            if outline
            else to_wgs84(to_metric(body).centroid.buffer((area / 3.141592653589793) ** 0.5, 8))
        )
        properties = {
            "kind": "reservoir",
            "name": name,
            "area_km2": round(area / 1e6, 2),
            "approximate": True,
            "shape": f"outline simplified to {vertices} vertices" if outline else "circle of the same area",
        }
        features.append(
            {"type": "Feature", "properties": properties, "geometry": mapping(stored(drawn, DECIMALS))}
        )
    return features


def write_collection(path: Path, features: list[dict[str, Any]], metadata: dict[str, str]) -> None:
    """One feature a line, so that a change shows as a short difference."""
    head = json.dumps(metadata, ensure_ascii=False)
    body = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    text = f'{{"type":"FeatureCollection",\n"metadata":{head},\n"features":[\n{body}\n]}}\n'
    path.write_text(text, encoding="utf-8")
    logging.info("%s: %d features, %d bytes", path.name, len(features), path.stat().st_size)


def main() -> None:
    """Write both files."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--waterbodies", type=Path, help="map.geo.json of the npm package; left out: land only"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "base")
    args = parser.parse_args()
    write_collection(
        args.out / "land.geojson",
        build_land(),
        {
            "title": "Land and islands around Qingdao",
            "source": "OpenStreetMap land polygons, from PyPI roaring-landmask 0.11.0",
            "attribution": "© OpenStreetMap contributors",
            "licence": "ODbL 1.0",
            "date": "OpenStreetMap as packaged in roaring-landmask 0.11.0",
            "crs": "OGC:CRS84",
            "accuracy": "about 50 m",
            "note": "island names added by hand from maps and local gazetteers",
        },
    )
    if args.waterbodies:
        write_collection(
            args.out / "water.geojson",
            build_water(args.waterbodies),
            {
                "title": "Large reservoirs of Qingdao, approximate",
                "source": "OpenStreetMap, from npm @geo-maps/earth-waterbodies-1m 0.6.0",
                "attribution": "© OpenStreetMap contributors",
                "licence": "ODbL 1.0",
                "date": "OpenStreetMap as of 2017",
                "crs": "OGC:CRS84",
                "accuracy": "outlines of a few vertices or circles of the same area: see the member 'shape'",
                "note": "names added by hand from maps",
            },
        )


if __name__ == "__main__":
    main()
