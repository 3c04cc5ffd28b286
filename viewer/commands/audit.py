"""``audit``: tables that check the atlas."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from viewer.commands.build import ProgressBar, build_store
from viewer.settings import Settings


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("audit", help="检查数据")
    what = parser.add_subparsers(dest="what", metavar="检查", required=True)
    what.add_parser("structures", help="空间格局的成员够不够数").set_defaults(run=run_structures)
    what.add_parser("crossplan", help="几份规划都说到的要素，各自怎么说、哪里不同").set_defaults(
        run=run_crossplan
    )
    what.add_parser(
        "duplicates", help="像是同一处的两个要素：同名、同一处字句、名称相近、同类同位置"
    ).set_defaults(run=run_duplicates)
    placement = what.add_parser("placement", help="各规划、各级要素的落图精度，和本地规划师会质疑的落图")
    placement.add_argument("--csv", type=Path, metavar="FILE", help="把全部发现（含已有说明的）写成 CSV")
    placement.set_defaults(run=run_placement)
    what.add_parser("gazetteer", help="地名表：所在区、海陆、重名、与 OpenStreetMap 的出入").set_defaults(
        run=run_gazetteer
    )
    coverage = what.add_parser(
        "coverage", help="像地名的字句各归哪一类：要素出处、别名、范围之外、机构、通用词、待定"
    )
    coverage.add_argument("--by", choices=["plan", "chapter"], default="plan", help="按规划或按章统计")
    coverage.add_argument("--csv", type=Path, metavar="FILE", help="把每一处连同原句写成 CSV")
    coverage.set_defaults(run=run_coverage)
    finder = what.add_parser("finder", help="不看目录，只凭语法、模型和地名表，能从规划中找到什么")
    finder.add_argument("--out", type=Path, metavar="FILE.geojson", required=True, help="写出的文件")
    finder.set_defaults(run=run_finder)


def run_structures(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the verdicts and doubtful members, then the formulas that are no structures; 1 when one has no reason."""
    from layers.audit import doubt_lines, overlooked_table, structure_table
    from layers.store import Store
    from layers.structures import FORMULAS, read_vocabulary
    from layers.structures.finding import overlooked_in
    from layers.structures.members import member_doubts

    build_store(settings)
    store = Store(settings.store)
    print(structure_table(store))
    doubts = member_doubts(store, read_vocabulary(settings.data / FORMULAS))
    if doubts:
        print("\n".join(["", "成员存疑：", *doubt_lines(store, doubts)]))
    found = overlooked_in(settings.data)
    print(f"\n{overlooked_table(found)}")
    return 1 if any(f.reason is None for f in found) else 0


def run_crossplan(arguments: argparse.Namespace, settings: Settings) -> int:
    from layers.crossplan import crossplan_table
    from layers.store import Store
    from layers.styles import read_styles

    build_store(settings)
    statuses = {key: named.name for key, named in read_styles(settings.data / "layers.yaml").statuses.items()}
    print(crossplan_table(Store(settings.store), statuses))
    return 0


def run_duplicates(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the suspicions; 1 when one has no reason."""
    from layers.duplicates import ACCEPTED, duplicates_table, find_duplicates, read_reasons, stale_reasons
    from layers.store import Store

    build_store(settings)
    store = Store(settings.store)
    reasons = read_reasons(settings.data / ACCEPTED)
    found = find_duplicates(store, reasons)
    print(duplicates_table(store, found, stale_reasons(found, reasons)))
    return 1 if any(s.reason is None for s in found) else 0


def run_placement(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the tables; 1 when a finding has no reason."""
    from geo.gazetteer import read_gazetteer
    from layers.atlas import build_atlas
    from layers.export_geojson import ExportError
    from layers.placement_audit import (
        audit_placements,
        csv_text,
        finding_rows,
        precision_table,
        read_accepted,
        summary_table,
    )
    from layers.store import Store
    from layers.whole_file import write_whole

    build_store(settings)
    with ProgressBar() as bar:
        atlas = build_atlas(settings.data, bar.show)
    gazetteer = read_gazetteer(settings.data / "gazetteer", scoped=list(atlas.plans))
    findings = audit_placements(atlas, gazetteer, read_accepted(settings.data / "placement_accepted.yaml"))
    if arguments.csv is not None:
        write_whole(csv_text(findings).encode("utf-8-sig"), arguments.csv, ExportError)
    unexplained = [f for f in findings if f.reason is None]
    print(precision_table(Store(settings.store)))
    print(f"\n{summary_table(findings)}\n")
    for row in finding_rows(unexplained):
        print("\t".join(row))
    print(f"没有说明的发现：{len(unexplained)} 条")
    return 1 if unexplained else 0


def run_gazetteer(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what is doubtful in the gazetteer; 1 when a row has no reason."""
    from geo.gazetteer import read_gazetteer
    from geo.gazetteer_audit import audit_gazetteer, read_accepted_rows
    from layers.plans import read_plans

    gazetteer = read_gazetteer(settings.data / "gazetteer", scoped=list(read_plans(settings.data)))
    findings = audit_gazetteer(gazetteer, read_accepted_rows(settings.data / "gazetteer_accepted.csv"))
    for finding in findings:
        if finding.reason is None:
            print("\t".join([finding.row, finding.check, finding.detail]))
    unexplained = sum(1 for f in findings if f.reason is None)
    print(f"发现 {len(findings)} 条，没有说明的 {unexplained} 条")
    return 1 if unexplained else 0


def run_coverage(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the table of bins, keep the ledger for the page 收录, and write it where ``--csv`` says."""
    from layers.ledger import bin_table, ledger_of, write_ledger
    from layers.ledger_file import keep_ledger, ledger_rows, ledger_turn
    from layers.store import Store

    build_store(settings)
    with ledger_turn(settings.store), ProgressBar() as bar:
        rows = ledger_of(settings.data, bar.show)
        keep_ledger(ledger_rows(rows), settings.store, Store(settings.store).inputs)
    print(bin_table(rows, by_chapter=arguments.by == "chapter"))
    if arguments.csv is not None:
        write_ledger(rows, arguments.csv)
        print(f"已写入 {arguments.csv}：{len(rows)} 行")
    return 0


def run_finder(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write what the finder alone proposes for every plan."""
    from layers.candidates.proposals import propose_all, write_proposals

    collection = propose_all(settings.data)
    write_proposals(collection, arguments.out)
    print(f"已写入 {arguments.out}：{len(collection['features'])} 个名称")
    return 0
