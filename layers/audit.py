"""Tables that check the atlas: structures against their formulas, placements by precision."""

from __future__ import annotations

from collections import Counter

from geo.precision import Precision
from layers.store import Store

VERDICTS = {
    "complete": "齐全", "short": "缺少", "over": "多出", "open": "数目不定", "principle": "原则，无成员",
    "conflicting": "前后不一",
}  # fmt: skip


def structure_table(store: Store) -> str:
    """One line a structure: plans, name, expected and found by kind, verdict."""
    lines = ["规划\t空间格局\t应有/列出\t结论"]
    for check in store.structures.values():
        feature = store.features[check.feature]
        counts = "，".join(
            f"{kind} {'N' if want is None else want}/{found}" for kind, want, found in check.counts
        )
        verdict = VERDICTS[check.verdict] + (f"：{check.conflict}" if check.conflict else "")
        lines.append(f"{'、'.join(feature.plans)}\t{feature.name}\t{counts or '—'}\t{verdict}")
    return "\n".join(lines)


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
