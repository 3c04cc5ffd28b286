"""``export``: write the atlas in a format of choice."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from viewer.commands.build import build_store
from viewer.commands.errors import UsageError
from viewer.settings import Settings


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("export", help="导出数据")
    parser.add_argument("--format", choices=["geojson"], default="geojson", help="格式")
    parser.add_argument("--all", action="store_true", required=True, help="全部要素，含未落图的")
    parser.add_argument("--force", action="store_true", help="覆盖已有文件")
    parser.add_argument("out", type=Path, metavar="OUT", help="输出文件，或已有的文件夹")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.export_geojson import write_geojson
    from layers.store import Store

    out: Path = arguments.out
    path = out / "plan-atlas.geojson" if out.is_dir() else out
    if path.exists() and not arguments.force:
        raise UsageError(f"{path} 已存在；要覆盖请加 --force")
    build_store(settings)
    count = write_geojson(Store(settings.store), path)
    print(f"已写入 {path}：{count} 个要素")
    return 0
