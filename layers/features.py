"""From the catalog and the plans to features with evidence, projects and structure verdicts.

Placement comes after (:mod:`layers.placing`): nothing here knows a coordinate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from layers.catalog import SHARED, Catalog, CatalogError, CatalogFeature
from layers.folding import fold_name
from layers.mentions import Mention, PlanText, Quote, find_mentions, locate
from layers.quantities import Quantity, find_quantities


@dataclass(frozen=True)
class Project:
    """A named action that one sentence ties to one or more features.

    ``id`` is made from plan and place in the text, so the same words under two features are one project.
    """

    id: str
    name: str
    kind: str
    quote: Quote
    quantities: tuple[Quantity, ...]
    note: str | None = None


@dataclass
class FeatureEvidence:
    """A catalog feature with what the plans say of it."""

    feature: CatalogFeature
    evidence: list[Mention] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)

    @property
    def plans(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys([*(m.quote.plan for m in self.evidence), *(p.quote.plan for p in self.projects)])
        )


def gather_evidence(catalog: Catalog, texts: Sequence[PlanText]) -> dict[str, FeatureEvidence]:
    """Evidence and projects of every feature, in catalog order.

    Raises
    ------
    CatalogError
        When a hand-given place does not hold its text, or a name or feature occurs nowhere.
    """
    gathered = {f.id: FeatureEvidence(f) for f in catalog.features.values()}
    for plan_text in texts:
        for mention in find_mentions(catalog, plan_text):
            gathered[mention.feature].evidence.append(mention)
        for feature in catalog.features.values():
            gathered[feature.id].projects.extend(_projects(feature, plan_text))
    _check_names_occur(catalog, texts)
    for item in gathered.values():
        if not item.evidence:
            scope = item.feature.scope
            raise CatalogError(f"{scope}.yaml：「{item.feature.name}」在适用的规划文本中没有任何出处")
    return gathered


def _projects(feature: CatalogFeature, plan_text: PlanText) -> list[Project]:
    plan = plan_text.plan.id
    found = []
    for view in feature.entries:
        if view.scope != plan:
            continue
        for entry in view.entry.projects:
            where = f"{plan}.yaml：「{feature.name}」的项目「{entry.name}」"
            a, b = locate(plan_text, entry.line, entry.text, entry.nth, where)
            quote = plan_text.quote(a, b)
            quantities = tuple(find_quantities(plan_text.reading.text[a:b]))
            found.append(
                Project(
                    f"{plan}@{quote.start}-{quote.end}", entry.name, entry.kind, quote, quantities, entry.note
                )
            )
    return found


def _check_names_occur(catalog: Catalog, texts: Sequence[PlanText]) -> None:
    """An alias that matches nothing is a mistake of the catalog (a typing error, or a name of another plan)."""
    for feature in catalog.features.values():
        for view in feature.entries:
            if view.entry.only_at:
                continue
            scopes = texts if view.scope == SHARED else [t for t in texts if t.plan.id == view.scope]
            for alias in view.entry.aliases:
                key = fold_name(alias)
                if not any(key in t.reading.text for t in scopes):
                    raise CatalogError(
                        f"{view.scope}.yaml：「{feature.name}」的别名「{alias}」在文本中没有出现"
                    )


@dataclass(frozen=True)
class StructureVerdict:
    """Whether the members a text names are as many as its formula promises.

    ``counts`` holds (kind, expected, found); expected is None for N or an unstated number. ``verdict`` is complete,
    short, over, open (the formula says N), principle (no members by nature) or conflicting (the text names other
    members, or another number, elsewhere; ``conflict`` says where).
    """

    feature: str
    counts: tuple[tuple[str, int | None, int], ...]
    verdict: str
    conflict: str | None = None


def judge_structures(catalog: Catalog) -> list[StructureVerdict]:
    """The verdict for every structure of the catalog, in catalog order."""
    verdicts = []
    for feature in catalog.features.values():
        if feature.category != "structure":
            continue
        expects: dict[str, int | str] = {}
        for view in feature.entries:
            expects.update(view.entry.expects)
        kinds = list(dict.fromkeys([*expects, *feature.members]))
        counts = tuple(
            (kind, e if isinstance(e := expects.get(kind), int) else None, len(feature.members.get(kind, ())))
            for kind in kinds
        )
        conflict = next((v.entry.conflict for v in feature.entries if v.entry.conflict), None)
        verdicts.append(
            StructureVerdict(feature.id, counts, "conflicting" if conflict else _verdict(counts), conflict)
        )
    return verdicts


def _verdict(counts: tuple[tuple[str, int | None, int], ...]) -> str:
    if not counts or all(found == 0 and expected is None for _, expected, found in counts):
        return "principle"
    if any(expected is not None and found < expected for _, expected, found in counts):
        return "short"
    if any(expected is not None and found > expected for _, expected, found in counts):
        return "over"
    return "complete" if any(expected is not None for _, expected, _ in counts) else "open"
