"""One thing, several plans: what each plan calls it, its role there, and where the plans differ.

A difference is a fact of the texts, never a judgement on which plan is right: each comes with both sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from layers.store import Evidence, FeatureSummary, ProjectRecord, Store

_COMPARED = {
    "investment": "投资",
    "floor_area": "建筑面积",
    "area": "用地",
    "length": "长度",
    "capacity": "规模",
    "year": "年份",
}


@dataclass(frozen=True)
class PlanRole:
    """What one plan says of a feature.

    ``names`` are its words for it, most frequent first; ``figures`` the printed quantities of its projects by kind,
    each with the sentence it stands in.
    """

    plan: str
    names: tuple[str, ...]
    level: int | None
    status: str
    evidence: tuple[Evidence, ...]
    projects: tuple[ProjectRecord, ...]
    figures: dict[str, tuple[tuple[str, float, Evidence], ...]]


@dataclass(frozen=True)
class Difference:
    """Two plans that do not say the same: ``what`` (状态, 级别, 年份, ...), each plan's words and its sentence."""

    what: str
    plans: tuple[str, str]
    words: tuple[str, str]
    sentences: tuple[str, str]


def shared_features(store: Store) -> list[FeatureSummary]:
    """Features that at least two plans name, those of most plans first."""
    shared = [f for f in store.features.values() if len(f.plans) > 1]
    return sorted(shared, key=lambda f: (-len(f.plans), f.level))


def plan_roles(store: Store, feature: FeatureSummary) -> list[PlanRole]:
    """The roles of a feature, one a plan that names it, in the order of the plans."""
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for item in store.evidence(feature.id):
        evidence[item.plan].append(item)
    projects: dict[str, list[ProjectRecord]] = defaultdict(list)
    for project in store.projects(feature.id):
        projects[project.quote.plan].append(project)
    return [_role(feature, plan, evidence[plan], projects[plan]) for plan in feature.plans]


def _role(
    feature: FeatureSummary, plan: str, evidence: list[Evidence], projects: list[ProjectRecord]
) -> PlanRole:
    counts: dict[str, int] = defaultdict(int)
    for item in evidence:
        counts[item.mention] += 1
    figures: dict[str, list[tuple[str, float, Evidence]]] = defaultdict(list)
    for project in projects:
        for quantity in project.quantities:
            if quantity["kind"] in _COMPARED:
                figures[quantity["kind"]].append((quantity["printed"], quantity["value"], project.quote))
    view = feature.views.get(plan, {})
    return PlanRole(
        plan=plan,
        names=tuple(sorted(counts, key=lambda n: -counts[n])),
        level=view.get("level"),
        status=view.get("status", "unspecified"),
        evidence=tuple(evidence),
        projects=tuple(projects),
        figures={kind: tuple(items) for kind, items in figures.items()},
    )


def find_differences(roles: list[PlanRole]) -> list[Difference]:
    """Where two plans differ on status, on whether the thing is structural, or on a figure of the same kind."""
    return [d for one, other in combinations(roles, 2) for d in _differences(one, other)]


def _differences(one: PlanRole, other: PlanRole) -> Iterator[Difference]:
    plans = (one.plan, other.plan)
    first = (_sentence(one), _sentence(other))
    stated = {one.status, other.status} - {"unspecified"}
    if len(stated) == 2:
        yield Difference("状态", plans, (one.status, other.status), first)
    if one.level and other.level and 1 in (one.level, other.level) and one.level != other.level:
        yield Difference("级别", plans, (str(one.level), str(other.level)), first)
    for kind in one.figures.keys() & other.figures.keys():
        ours, theirs = one.figures[kind], other.figures[kind]
        if {value for _, value, _ in ours}.isdisjoint(value for _, value, _ in theirs):
            words = ("、".join(p for p, _, _ in ours), "、".join(p for p, _, _ in theirs))
            yield Difference(_COMPARED[kind], plans, words, (ours[0][2].sentence, theirs[0][2].sentence))


def _sentence(role: PlanRole) -> str:
    return role.evidence[0].sentence if role.evidence else role.projects[0].quote.sentence


def crossplan_table(store: Store, statuses: dict[str, str]) -> str:
    """For each shared feature a line a plan (name, role, status, counts, figures), then its differences with both
    sentences; ``statuses`` are the words for the statuses."""
    lines = ["要素\t规划\t称呼\t级别\t状态\t出处\t项目\t数字"]
    for feature in shared_features(store):
        roles = plan_roles(store, feature)
        for role in roles:
            figures = "；".join(
                f"{_COMPARED[k]} {'、'.join(p for p, _, _ in v)}" for k, v in role.figures.items()
            )
            lines.append(
                f"{feature.name}\t{role.plan}\t{'、'.join(role.names)}\t{role.level or '—'}\t{statuses[role.status]}"
                f"\t{len(role.evidence)}\t{len(role.projects)}\t{figures or '—'}"
            )
        for d in find_differences(roles):
            words = [statuses.get(w, w) for w in d.words] if d.what == "状态" else d.words
            lines.append(f"  不同：{d.what}\t{d.plans[0]} {words[0]}\t{d.plans[1]} {words[1]}")
            lines.extend(f"    {plan}：{text}" for plan, text in zip(d.plans, d.sentences, strict=True))
    return "\n".join(lines)
