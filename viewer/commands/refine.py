"""``refine``: better geometry for the gazetteer and the districts from a file the user has.

A report first, ``--apply`` to take it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from viewer.commands.errors import UsageError
from viewer.settings import Settings


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "refine", help="用手头的数据（OpenStreetMap 提取、边界文件）改进地名表的位置和图形、行政区界线"
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--osm", type=Path, metavar="FILE", help="OpenStreetMap 提取：.osm.pbf 或 .osm")
    source.add_argument(
        "--boundaries", type=Path, metavar="FILE", help="带名称的任何矢量文件：地名的图形，或区市的界线"
    )
    parser.add_argument(
        "--datum", choices=["wgs84", "gcj02", "bd09"], help="--boundaries 的经纬度用的是哪一种基准"
    )
    parser.add_argument(
        "--apply", action="store_true", help="写入 refined.geojson、districts.geojson（不写只报告）"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    from geo import district_lines
    from geo.district_lines import read_district_lines, write_district_lines
    from geo.gazetteer import read_gazetteer
    from geo.refined import FILE, read_refined, write_refined
    from geo.refining import find_changes, is_refinable
    from geo.refining_districts import DistrictChange, district_named, find_district_changes
    from geo.refining_files import RefineError, read_boundaries, read_osm
    from geo.refining_tags import TAGS, match_keys
    from layers.plans import read_plans

    if arguments.osm is not None and arguments.datum is not None:
        raise UsageError("--datum 只用于 --boundaries：OpenStreetMap 总是 WGS 84")
    folder: Path = settings.data / "gazetteer"
    gazetteer = read_gazetteer(folder, scoped=list(read_plans(settings.data)), refined=False)
    path: Path = arguments.osm or arguments.boundaries
    lines: list[DistrictChange] = []
    refused: list[str] = []
    if arguments.osm is not None:
        candidates, source = read_osm(path), f"OpenStreetMap（ODbL），{path.name}"
    else:
        known = {
            key
            for place in gazetteer
            if is_refinable(place)
            for name in (place.name, *place.aliases)
            for key in match_keys(name, place.kind)
        }

        def is_known(name: str) -> bool:
            return district_named(name) is not None or any(match_keys(name, kind) & known for kind in TAGS)

        candidates = read_boundaries(path, arguments.datum, is_known)
        source = f"用户提供的边界文件 {path.name}"
        lines, refused = find_district_changes(candidates, read_district_lines(district_lines.PATH), source)
    changes = find_changes(gazetteer, candidates, source, legal=arguments.boundaries is not None)
    for sentence in (*refused, *(line.sentence for line in lines), *(change.sentence for change in changes)):
        print(sentence)
    if not changes and not lines:
        raise RefineError(f"{path.name} 中没有与地名表同名、同类、同区的地物，什么也没有改")
    count = f"{len(changes)} 处" + (f"和 {len(lines)} 个区市的界线" if lines else "")
    if not arguments.apply:
        print(f"以上 {count}可以改进；要写入请加 --apply")
        return 0
    if lines:
        drawn = read_district_lines(district_lines.PATH) | {c.line.name: c.line for c in lines if c.line}
        write_district_lines(district_lines.PATH, drawn.values())
        print(f"已写入 {district_lines.PATH}：删去该文件即恢复原来的行政边界")
    if changes:
        kept = read_refined(folder / FILE) | {c.refined.key: c.refined for c in changes}
        write_refined(folder / FILE, kept.values())
        print(f"已写入 {folder / FILE}：{len(changes)} 处；原来的行没有动，删去该文件即恢复")
    return 0
