"""The table that checks structures against their formulas. Placements: :mod:`layers.placement_audit`."""

from __future__ import annotations

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
