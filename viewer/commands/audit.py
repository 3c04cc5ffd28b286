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
    what.add_parser("placement", help="各规划、各级要素的落图精度").set_defaults(run=run_placement)


def run_structures(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.audit import structure_table
    from layers.store import Store

    build_store(settings)
    print(structure_table(Store(settings.store)))
    return 0


def run_placement(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.audit import precision_table
    from layers.store import Store

    build_store(settings)
    print(precision_table(Store(settings.store)))
    return 0
