"""One thing, several plans: what each plan calls it, its role there, and where the plans differ.

A difference is a fact of the texts, never a judgement on which plan is right: each comes with both sentences, the very
ones that say it. What a plan passes over in silence differs from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import NamedTuple

from layers.catalog_entries import counted_kind
from layers.folding import fold_name
from layers.records import Evidence, FeatureSummary, ProjectRecord
from layers.statements import STATUS
from layers.store import Store, evidence_of

FIGURE_NAMES = {
    "investment": "投资",
    "floor_area": "建筑面积",
    "area": "用地",
    "length": "长度",
    "capacity": "规模",
    "start": "开工年",
    "finish": "建成年",
    "target": "目标年",
}
"""What is compared of the projects, by kind of quantity or role of date."""


class Figure(NamedTuple):
    """A printed quantity or year of a project: its words, their value in ``unit`` (年 for a year), its sentence."""

    printed: str
    value: float
    quote: Evidence
    unit: str


@dataclass(frozen=True)
class PlanRole:
    """What one plan says of a feature.

    Attributes
    ----------
    names
        Its words for it, most frequent first.
    figures
        The printed quantities and dates of its projects by kind, each with its value and the sentence it stands in.
    said
        The places that say the status (under ``STATUS``) and other matters (范围); only these are compared.
    parts, part_quote
        (structure, kind) of the plan's formulas that the feature is a member of, 「四极赋能」's 极, and the words that
        put it there.
    """

    plan: str
    names: tuple[str, ...]
    level: int | None
    status: str
    evidence: tuple[Evidence, ...]
    projects: tuple[ProjectRecord, ...]
    figures: dict[str, tuple[Figure, ...]]
    said: dict[str, Evidence] = field(default_factory=dict)
    parts: tuple[tuple[str, str], ...] = ()
    part_quote: Evidence | None = None


@dataclass(frozen=True)
class Difference:
    """Two plans that do not say the same: ``what`` (状态, 定位, 范围, 投资, ...), each plan's words and where it says so."""

    what: str
    plans: tuple[str, str]
    words: tuple[str, str]
    quotes: tuple[Evidence, Evidence]

    @property
    def sentences(self) -> tuple[str, str]:
        return self.quotes[0].sentence, self.quotes[1].sentence


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
    return [
        _with_parts(store, feature, _role(feature, plan, evidence[plan], projects[plan]))
        for plan in feature.plans
    ]


def _with_parts(store: Store, feature: FeatureSummary, role: PlanRole) -> PlanRole:
    """The role with the structures of its plan that the feature is a member of."""
    found: dict[str, str] = {}
    for structure in map(store.features.__getitem__, store.structures):
        members = structure.views.get(role.plan, {}).get("members", {})
        kinds = [counted_kind(label) for label, ids in members.items() if feature.id in ids]
        if kinds:
            found[structure.id] = kinds[0]
    if not found:
        return role
    passages = {e.passage for _, e in store.mentions_of(list(found)) if e.plan == role.plan}
    quote = next((e for e in role.evidence if e.passage in passages), None)
    parts = tuple((store.features[s].name, kind) for s, kind in found.items())
    return replace(role, parts=parts, part_quote=quote or next(iter(role.evidence), None))


def _role(
    feature: FeatureSummary, plan: str, evidence: list[Evidence], projects: list[ProjectRecord]
) -> PlanRole:
    counts: dict[str, int] = defaultdict(int)
    for item in evidence:
        counts[item.mention] += 1
    figures: dict[str, list[Figure]] = defaultdict(list)
    for project in projects:
        for quantity in project.quantities:
            if quantity["kind"] in FIGURE_NAMES:
                figures[quantity["kind"]].append(
                    Figure(quantity["printed"], quantity["value"], project.quote, quantity["unit"])
                )
        for date in project.dates:
            if date["role"] in FIGURE_NAMES:
                figures[date["role"]].append(
                    Figure(date["printed"], float(date["last"]), project.quote, "年")
                )
    view = feature.views.get(plan, {})
    return PlanRole(
        plan=plan,
        names=tuple(sorted(counts, key=lambda n: -counts[n])),
        level=view.get("level"),
        status=view.get("status", "unspecified"),
        evidence=tuple(evidence),
        projects=tuple(projects),
        figures={kind: tuple(items) for kind, items in figures.items()},
        said={what: evidence_of(place) for what, place in view.get("said", {}).items()},
    )


def find_differences(roles: list[PlanRole]) -> list[Difference]:
    """Where two plans differ: in the words for the status or another matter, or in a figure of the same kind."""
    return [d for one, other in combinations(roles, 2) for d in _differences(one, other)]


def _differences(one: PlanRole, other: PlanRole) -> Iterator[Difference]:
    plans = (one.plan, other.plan)
    for what in (w for w in one.said if w in other.said):
        quotes = one.said[what], other.said[what]
        if what == STATUS and one.status != other.status:
            yield Difference("状态", plans, (one.status, other.status), quotes)
        elif what != STATUS and fold_name(quotes[0].mention) != fold_name(quotes[1].mention):
            yield Difference(what, plans, (quotes[0].mention, quotes[1].mention), quotes)
    for kind in (k for k in FIGURE_NAMES if k in one.figures and k in other.figures):
        units = {f.unit for f in one.figures[kind]} & {f.unit for f in other.figures[kind]}
        ours, theirs = ([f for f in role.figures[kind] if f.unit in units] for role in (one, other))
        if units and {f.value for f in ours}.isdisjoint(f.value for f in theirs):
            words = ("、".join(f.printed for f in ours), "、".join(f.printed for f in theirs))
            yield Difference(FIGURE_NAMES[kind], plans, words, (ours[0].quote, theirs[0].quote))


def part_words(role: PlanRole) -> str:
    """The formulas of a plan that the feature is part of, in words: 「四极赋能」的极."""
    return "、".join(f"「{name.strip('“”')}」的{kind}" for name, kind in role.parts)


def unproved_statuses(store: Store) -> list[tuple[FeatureSummary, list[PlanRole]]]:
    """Shared features whose plans' statuses differ while one of them does not point at the words that say so."""
    found = []
    for feature in shared_features(store):
        roles = [r for r in plan_roles(store, feature) if r.status != "unspecified"]
        unproved = [r for r in roles if STATUS not in r.said]
        if unproved and len({r.status for r in roles}) > 1:
            found.append((feature, unproved))
    return found


def crossplan_table(store: Store, statuses: dict[str, str]) -> str:
    """For each shared feature a line a plan (name, level, formulas, status, counts, figures), then its differences with
    both sentences; last the statuses that differ without proof. ``statuses`` are the words for the statuses."""
    lines = ["要素\t规划\t称呼\t级别\t格局\t状态\t出处\t项目\t数字"]
    for feature in shared_features(store):
        roles = plan_roles(store, feature)
        for role in roles:
            figures = "；".join(
                f"{FIGURE_NAMES[k]} {'、'.join(f.printed for f in v)}" for k, v in role.figures.items()
            )
            lines.append(
                f"{feature.name}\t{role.plan}\t{'、'.join(role.names)}\t{role.level or '—'}\t{part_words(role) or '—'}"
                f"\t{statuses[role.status]}"
                f"\t{len(role.evidence)}\t{len(role.projects)}\t{figures or '—'}"
            )
        for d in find_differences(roles):
            words = [statuses.get(w, w) for w in d.words] if d.what == "状态" else d.words
            lines.append(f"  不同：{d.what}\t{d.plans[0]} {words[0]}\t{d.plans[1]} {words[1]}")
            lines.extend(f"    {q.plan} 第 {q.line} 行：{q.before}【{q.mention}】{q.after}" for q in d.quotes)
    for feature, roles in unproved_statuses(store):
        told = "、".join(f"{r.plan} {statuses[r.status]}" for r in roles)
        lines.append(f"状态不同而没有写明依据（status_at）：{feature.name}\t{told}")
    return "\n".join(lines)
