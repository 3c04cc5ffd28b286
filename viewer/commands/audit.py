"""``audit``: tables that check the atlas."""

from __future__ import annotations

import argparse
from typing import Any

from viewer.commands.build import build_store
from viewer.settings import Settings


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("audit", help="检查数据")
    what = parser.add_subparsers(dest="what", metavar="检查", required=True)
    what.add_parser("structures", help="空间格局的成员够不够数").set_defaults(run=run_structures)
    what.add_parser("crossplan", help="几份规划都说到的要素，各自怎么说、哪里不同").set_defaults(
        run=run_crossplan
    )
    what.add_parser("placement", help="各规划、各级要素的落图精度").set_defaults(run=run_placement)


def run_structures(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.audit import structure_table
    from layers.store import Store

    build_store(settings)
    print(structure_table(Store(settings.store)))
    return 0


def run_crossplan(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.crossplan import crossplan_table
    from layers.store import Store
    from layers.styles import read_styles

    build_store(settings)
    statuses = {key: named.name for key, named in read_styles(settings.data / "layers.yaml").statuses.items()}
    print(crossplan_table(Store(settings.store), statuses))
    return 0


def run_placement(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.audit import precision_table
    from layers.store import Store

    build_store(settings)
    print(precision_table(Store(settings.store)))
    return 0
