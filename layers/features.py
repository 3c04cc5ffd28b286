"""From the catalog and the plans to features with evidence and projects.

Placement comes after (:mod:`layers.placing`): nothing here knows a coordinate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from layers.catalog import SHARED, Catalog, CatalogError, CatalogFeature
from layers.folding import fold_name
from layers.mentions import Mention, PlanText, find_mentions
from layers.projects import Project, find_projects
from layers.stages import StageWords
from layers.statements import Statement, find_statements


@dataclass
class FeatureEvidence:
    """A catalog feature with what the plans say of it."""

    feature: CatalogFeature
    evidence: list[Mention] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    @property
    def plans(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys([*(m.quote.plan for m in self.evidence), *(p.quote.plan for p in self.projects)])
        )


def gather_evidence(
    catalog: Catalog, texts: Sequence[PlanText], words: StageWords
) -> dict[str, FeatureEvidence]:
    """Evidence and projects of every feature, in catalog order; ``words`` tell the stages of projects.

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
            gathered[feature.id].projects.extend(find_projects(feature, plan_text, words))
            gathered[feature.id].statements.extend(find_statements(feature, plan_text))
    _check_names_occur(catalog, texts)
    for item in gathered.values():
        if not item.evidence:
            scope = item.feature.scope
            raise CatalogError(f"{scope}.yaml：「{item.feature.name}」在适用的规划文本中没有任何出处")
    return gathered


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
