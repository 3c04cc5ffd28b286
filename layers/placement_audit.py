"""The audit of placements: features by precision, and every placement a planner would question.

The checks of a single placement are in :mod:`layers.placement_checks`. A finding that is right as it is gets its
reason in data/placement_accepted.yaml; the goal is no row without one.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from geo.crs import to_metric
from geo.districts import CITY
from geo.gazetteer import Gazetteer
from geo.precision import Precision
from layers.atlas import Atlas
from layers.catalog import SHARED, CatalogError
from layers.placement_checks import CHECKS, Checked, places_of
from layers.store import Store
from layers.yaml_file import read_yaml

STACKED = "stacked"
UNUSED = "unused_acceptance"
STACK_LIMIT = 3

CHECK_NAMES: dict[str, str] = {
    **{name: words for name, (words, _) in CHECKS.items()},
    STACKED: "多个要素叠在一点",
    UNUSED: "多余的说明",
}
"""Check name -> Chinese name."""


@dataclass(frozen=True)
class Finding:
    """One thing a planner would question.

    Attributes
    ----------
    plan
        Plan of the feature, or ``shared``.
    feature, name
        Its id and name.
    check
        Key of :data:`CHECK_NAMES`.
    detail
        One sentence.
    reason
        Why it is right as it is; None when nobody has said so.
    """

    plan: str
    feature: str
    name: str
    check: str
    detail: str
    reason: str | None = None


def read_accepted(path: Path) -> dict[tuple[str, str], str]:
    """(feature id, check) -> reason, from data/placement_accepted.yaml; empty when there is no such file.

    Raises
    ------
    CatalogError
        The file cannot be read, or an entry lacks a part or names an unknown check.
    """
    if not path.is_file():
        return {}
    items = read_yaml(path, CatalogError) or []
    if not isinstance(items, list):
        raise CatalogError(f"{path.name}：应是一张列表，每条写 features、check、reason")
    accepted: dict[tuple[str, str], str] = {}
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict) or set(item) != {"features", "check", "reason"}:
            raise CatalogError(f"{path.name} 第 {number} 条：应写 features、check、reason 三项")
        if item["check"] not in CHECK_NAMES or not item["reason"] or not isinstance(item["features"], list):
            raise CatalogError(
                f"{path.name} 第 {number} 条：check 应是 {'、'.join(CHECK_NAMES)} 之一，features 应是列表，reason 不能为空"
            )
        accepted.update({(str(f), item["check"]): str(item["reason"]) for f in item["features"]})
    return accepted


def audit_placements(
    atlas: Atlas, gazetteer: Gazetteer, accepted: Mapping[tuple[str, str], str]
) -> list[Finding]:
    """Every finding, in catalog order; accepted ones carry their reason."""
    homes = {plan.id: plan.district for plan in atlas.plans.values()}
    found = [*_single(atlas, gazetteer, homes), *_stacks(atlas)]
    used = {(f.feature, f.check) for f in found}
    explained = [replace(f, reason=accepted.get((f.feature, f.check))) for f in found]
    return explained + [
        Finding("", feature, feature, UNUSED, f"placement_accepted.yaml 中的 {check} 已不再需要")
        for feature, check in accepted
        if (feature, check) not in used
    ]


def _single(atlas: Atlas, gazetteer: Gazetteer, homes: Mapping[str, str]) -> Iterator[Finding]:
    for fid, item in atlas.evidence.items():
        feature, placement = item.feature, atlas.placements[fid]
        if placement.geometry is None:
            continue
        scope = None if feature.scope == SHARED else feature.scope
        home = homes.get(feature.scope, CITY)
        one = Checked(
            category=str(feature.category),
            placement=placement,
            metric=to_metric(placement.geometry),
            district=home,
            words=" ".join([feature.name, *(m.quote.sentence for m in item.evidence)]),
            places=places_of(placement, gazetteer, scope),
        )
        for name, (_, check) in CHECKS.items():
            for detail in check(one):
                yield Finding(feature.scope, fid, feature.name, name, detail)


def _stacks(atlas: Atlas) -> Iterator[Finding]:
    """Features of one plan on one point; those that share the marker of their district are right there."""
    at: dict[tuple[str, float, float], list[str]] = {}
    for fid, placement in atlas.placements.items():
        point = placement.geometry
        if point is None or point.geom_type != "Point" or placement.precision is Precision.DISTRICT:
            continue
        scope = atlas.evidence[fid].feature.scope
        at.setdefault((scope, round(shapely.get_x(point), 4), round(shapely.get_y(point), 4)), []).append(fid)
    for (scope, lon, lat), ids in at.items():
        if len(ids) <= STACK_LIMIT:
            continue
        names = "、".join(atlas.evidence[i].feature.name for i in ids)
        for fid in ids:
            name = atlas.evidence[fid].feature.name
            yield Finding(scope, fid, name, STACKED, f"{len(ids)} 个要素同在 {lon} {lat}：{names}")


def precision_table(store: Store) -> str:
    """Features by plan, level and precision."""
    classes = [str(p) for p in Precision]
    lines = ["\t".join(["规划", "级别", *classes, "合计"])]
    for plan in store.plans.values():
        for level in (1, 2, 3):
            counts = Counter(
                f.precision
                for f in store.features.values()
                if plan.id in f.plans and _level(f.views, plan.id, f.level) == level
            )
            lines.append(
                "\t".join([plan.id, str(level), *(str(counts[c]) for c in classes), str(counts.total())])
            )
    return "\n".join(lines)


def _level(views: dict[str, dict[str, object]], plan: str, default: int) -> object:
    """The role a plan gives a feature, where that plan states one."""
    return views.get(plan, {}).get("level") or default


def summary_table(findings: Sequence[Finding]) -> str:
    """Findings by check: all, explained, unexplained."""
    lines = ["检查\t发现\t有说明\t无说明"]
    for check, words in CHECK_NAMES.items():
        rows = [f for f in findings if f.check == check]
        open_rows = sum(1 for f in rows if f.reason is None)
        lines.append(f"{words}\t{len(rows)}\t{len(rows) - open_rows}\t{open_rows}")
    return "\n".join(lines)


def finding_rows(findings: Iterable[Finding]) -> Iterator[tuple[str, ...]]:
    """Rows for people: plan, feature, check, detail, reason."""
    for f in findings:
        yield f.plan, f"{f.name}（{f.feature}）", CHECK_NAMES[f.check], f.detail, f.reason or ""


def csv_text(findings: Iterable[Finding]) -> str:
    """Every finding as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["plan", "feature", "name", "check", "detail", "reason"])
    for f in findings:
        writer.writerow([f.plan, f.feature, f.name, f.check, f.detail, f.reason or ""])
    return out.getvalue()
