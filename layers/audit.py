"""The table that checks structures against their formulas. Placements: :mod:`layers.placement_audit`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from layers.records import Structure
from layers.store import Store
from layers.structures import gaps
from layers.structures.members import Doubt

if TYPE_CHECKING:  # it draws on the reading of plans, which a page has no need to load
    from layers.structures.finding import Overlooked

VERDICTS = {
    "complete": "齐全", "short": "缺少", "over": "多出", "open": "数目不定", "principle": "原则，无成员",
    "conflicting": "前后不一",
}  # fmt: skip


def structure_table(store: Store) -> str:
    """One line a structure: plans, name, expected and found by kind, verdict; under a contradiction its places."""
    lines = ["规划\t空间格局\t应有/列出\t结论"]
    for check in store.structures.values():
        feature = store.features[check.feature]
        counts = "，".join(
            f"{kind} {'N' if want is None else want}/{found}" for kind, want, found in check.counts
        )
        lines.append(f"{'、'.join(feature.plans)}\t{feature.name}\t{counts or '—'}\t{verdict_words(check)}")
        lines += [f"  {q.plan} 第 {q.line} 行：{q.before}【{q.mention}】{q.after}" for q in check.places]
    return "\n".join(lines)


_DOUBTS = {"category": "类别与提法不合", "bearing": "走向与提法不合"}


def doubt_lines(store: Store, doubts: Iterable[Doubt]) -> list[str]:
    """One line a member that does not look like what its formula counts."""
    names = store.features
    return [f"{names[d.structure].name}\t{d.kind}\t{names[d.member].name}\t{_DOUBTS[d.what]}" for d in doubts]


def overlooked_table(found: Iterable[Overlooked]) -> str:
    """Formulas that are no structures: each once a plan and reason, with its lines; those without a reason last."""
    grouped: dict[tuple[str, str, str], list[int]] = {}
    for f in found:
        grouped.setdefault((f.plan, f.text, f.reason or ""), []).append(f.line)
    lines = ["规划\t提法\t行\t不列为空间格局的原因"]
    for (plan, text, reason), where in sorted(grouped.items(), key=lambda g: not g[0][2]):
        lines.append(f"{plan}\t{text}\t{'、'.join(map(str, where))}\t{reason or '没有说明'}")
    return "\n".join(lines)


def verdict_words(check: Structure) -> str:
    """The verdict with what is amiss: which kinds lack how many, how the text contradicts itself, what is a principle."""
    details = [check.conflict or gaps(check.counts)]
    if check.principles and check.verdict != "principle":
        details.append(f"「{'」「'.join(check.principles)}」是原则，不计成员")
    said = "；".join(d for d in details if d)
    return VERDICTS[check.verdict] + (f"：{said}" if said else "")
