"""The pipeline, as one readable list: data folder -> plans -> passages -> mentions -> features -> placements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.gazetteer import read_gazetteer
from geo.placement import Placement
from layers.catalog import Catalog, read_catalog
from layers.features import FeatureEvidence, gather_evidence
from layers.mentions import PlanText
from layers.passages import Passage, parse_passages
from layers.placing import place_catalog
from layers.plans import Plan, read_plans
from layers.progress import Progress, silent
from layers.reading import read_in_order
from layers.stages import STAGE_WORDS, read_stage_words
from layers.structures import FORMULAS, StructureVerdict, judge_structures, read_vocabulary
from layers.styles import Styles, read_styles


@dataclass(frozen=True)
class Atlas:
    """Everything the store holds, built from one data folder."""

    plans: Mapping[str, Plan]
    passages: Mapping[str, list[Passage]]
    texts: Mapping[str, PlanText]
    catalog: Catalog
    evidence: Mapping[str, FeatureEvidence]
    placements: Mapping[str, Placement]
    verdicts: tuple[StructureVerdict, ...]
    styles: Styles


def build_atlas(data: Path, progress: Progress = silent) -> Atlas:
    """Run the whole pipeline over a data folder.

    Raises
    ------
    PlanError, CatalogError, FormulaError, StageError, StyleError, GeoError
        Each with one sentence that names the file, the entry and the reason.
    """
    progress("读取规划文本", 0.0)
    styles = read_styles(data / "layers.yaml")
    plans = read_plans(data)
    passages, texts = {}, {}
    for i, (plan_id, plan) in enumerate(plans.items()):
        progress(f"解析{plan.short_title}", 0.05 + 0.25 * i / len(plans))
        passages[plan_id] = parse_passages(plan)
        texts[plan_id] = PlanText(plan, read_in_order(plan, passages[plan_id]))
    progress("查找出处与项目", 0.30)
    catalog = read_catalog(data / "catalog", plans)
    evidence = gather_evidence(catalog, list(texts.values()), read_stage_words(data / STAGE_WORDS))
    verdicts = judge_structures(catalog, read_vocabulary(data / FORMULAS), texts)
    progress("读取地名与底图", 0.45)
    gazetteer = read_gazetteer(data / "gazetteer", scoped=list(plans))
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        progress("落图", 0.55 + 0.35 * done / len(catalog.features))

    placements = place_catalog(catalog, gazetteer, {p.id: p.district for p in plans.values()}, count)
    return Atlas(plans, passages, texts, catalog, evidence, placements, tuple(verdicts), styles)
