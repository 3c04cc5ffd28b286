"""What the finder alone proposes for plans never seen before: one feature a name, in the export's contract."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.candidates.finding import find_candidates, read_finder
from layers.candidates.model import Candidate
from layers.catalog import slug
from layers.catalog_entries import Category
from layers.export_geojson import ExportError
from layers.mentions import PlanText
from layers.passages import parse_passages
from layers.plans import read_plans
from layers.reading import read_in_order
from layers.whole_file import write_whole


@dataclass(frozen=True)
class Proposal:
    """A name of one plan with everything that bears it; ``aliases`` are shorter or longer forms of it."""

    plan: str
    name: str
    aliases: tuple[str, ...]
    category: Category
    candidates: tuple[Candidate, ...]


def propose_all(data: Path) -> dict[str, Any]:
    """The finder's FeatureCollection for every plan of a data folder; the catalog is not read.

    Raises
    ------
    PlanError, GrammarError, GazetteerError, ModelMissingError
        Each with one sentence that names the file.
    """
    plans = read_plans(data)
    finder = read_finder(data, scoped=plans)
    texts: dict[str, PlanText] = {}
    found: dict[str, list[Proposal]] = {}
    for plan in plans.values():
        texts[plan.id] = PlanText(plan, read_in_order(plan, parse_passages(plan)))
        prefixes = (*finder.grammar.prefixes, plan.district, plan.district[:-1])
        found[plan.id] = propose(plan.id, find_candidates(finder, texts[plan.id]), prefixes)
    return proposal_collection(found, texts)


def propose(plan: str, candidates: Iterable[Candidate], prefixes: Sequence[str]) -> list[Proposal]:
    """Proposals of one plan in the order of first mention.

    Parameters
    ----------
    plan
        The plan's id.
    candidates
        What :func:`layers.candidates.find_candidates` found; only names are proposed.
    prefixes
        Words that a plan puts before a name or leaves out (青岛, 青岛市, 李沧区): forms that differ by them
        alone are one thing.
    """
    by_name: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.sort == "named":
            by_name.setdefault(_clean(candidate.name), []).append(candidate)
    groups: dict[str, list[str]] = {}
    for name in by_name:
        groups.setdefault(_bare(name, prefixes), []).append(name)
    return [_proposal(plan, names, by_name) for names in groups.values()]


def _proposal(plan: str, names: Sequence[str], by_name: Mapping[str, list[Candidate]]) -> Proposal:
    found = sorted((c for name in names for c in by_name[name]), key=lambda c: c.a)
    category = Counter(c.category for c in found).most_common(1)[0][0]
    name = max(names, key=len)
    return Proposal(plan, name, tuple(n for n in names if n != name), category, tuple(found))


def _clean(name: str) -> str:
    return name.replace('"', "")


def _bare(name: str, prefixes: Sequence[str]) -> str:
    """A name without what a plan may leave out before it, where more than a head word remains."""
    for prefix in sorted(prefixes, key=len, reverse=True):
        if name.startswith(prefix) and len(name) - len(prefix) >= 3:
            return _bare(name.removeprefix(prefix), prefixes)
    return name


def proposal_collection(
    proposals: Mapping[str, Sequence[Proposal]], texts: Mapping[str, PlanText]
) -> dict[str, Any]:
    """A FeatureCollection without geometries; evidence as in :mod:`layers.export_geojson`."""
    return {
        "type": "FeatureCollection",
        "name": "plan-atlas-finder",
        "features": [_feature(p, texts[plan]) for plan, found in proposals.items() for p in found],
    }


def _feature(proposal: Proposal, plan_text: PlanText) -> dict[str, Any]:
    fid = f"{proposal.plan}.{slug(proposal.name)}"
    return {
        "type": "Feature",
        "id": fid,
        "geometry": None,
        "properties": {
            "id": fid,
            "name": proposal.name,
            "category": str(proposal.category),
            "aliases": proposal.aliases,
            "plans": [proposal.plan],
            "precision": "unplaced",
            "evidence": [e for c in proposal.candidates for e in _evidence(c, plan_text)],
            "projects": [],
        },
    }


def _evidence(candidate: Candidate, plan_text: PlanText) -> Iterator[dict[str, Any]]:
    quote = plan_text.quote(candidate.a, candidate.b)
    for start, end in quote.parts:
        yield {
            "plan": quote.plan,
            "line": plan_text.line_of(start),
            "start": start,
            "end": end,
            "text": plan_text.plan.text[start:end],
            "sentence": quote.sentence,
        }


def write_proposals(collection: Mapping[str, Any], path: Path) -> None:
    """Write the FeatureCollection beside ``path`` and rename it.

    Raises
    ------
    ExportError
        When the folder does not exist, cannot be written, or the disk is full.
    """
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    write_whole(text.encode(), path, ExportError)
