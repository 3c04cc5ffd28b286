"""GeoJSON of the store: one FeatureCollection, the unplaced features too (geometry null).

RFC 7946: WGS 84, longitude then latitude, 6 decimals, exterior rings counter-clockwise. In another CRS, which that
standard leaves to an agreement, the member ``crs`` of the 2008 specification names it, as GDAL and QGIS read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from layers.export_crs import GEOGRAPHIC, in_crs
from layers.records import Evidence, FeatureSummary, ProjectRecord
from layers.store import Store
from layers.whole_file import write_whole


class ExportError(ValueError):
    """The export cannot be written; the message says why and what to do."""


def feature_collection(
    store: Store, features: Iterable[FeatureSummary] | None = None, crs: str = GEOGRAPHIC
) -> dict[str, Any]:
    """Features with their evidence and projects.

    ``evidence`` is a list of ``{plan, line, start, end, text, sentence}`` where start and end are code points of the
    plan file, text is exactly ``plan[start:end]`` and line is 1-based; a mention cut by a footnote gives one item
    a part. ``projects`` is a list of ``{name, kind, stage, stage_words, start_year, finish_year, dates, quantities,
    evidence}``; a date's, a quantity's and the stage's ``text`` is exactly ``plan[start:end]`` of the plan of their evidence.

    Parameters
    ----------
    store
        Where they are.
    features
        Which of them; None for every one.
    crs
        One of :data:`layers.export_crs.CRS_NAMES`.
    """
    chosen = store.features.values() if features is None else features
    return {
        "type": "FeatureCollection",
        "name": "plan-atlas",
        **({} if crs == GEOGRAPHIC else {"crs": _named_crs(crs)}),
        "version": store.version,
        "attribution": store.attribution,
        "plans": {
            p.id: {"title": p.title, "published": p.published, "missing": p.missing}
            for p in store.plans.values()
        },
        "features": list(_features(store, chosen, crs)),
    }


def _named_crs(crs: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{crs.replace(':', '::')}"}}


def _shape_and_box(stored: dict[str, Any], f: FeatureSummary, crs: str) -> dict[str, Any]:
    """The members ``geometry`` and ``bbox``."""
    if crs == GEOGRAPHIC:
        return {"geometry": stored, **({"bbox": f.bbox} if f.bbox else {})}
    moved = in_crs(shape(stored), crs)
    return {"geometry": json.loads(shapely.to_geojson(moved)), "bbox": moved.bounds}


def _features(store: Store, chosen: Iterable[FeatureSummary], crs: str) -> Iterator[dict[str, Any]]:
    geometries = store.geometries()
    texts = {plan: store.plan_text(plan) or "" for plan in store.plans}
    for feature in chosen:
        properties = _properties(feature)
        properties["evidence"] = [item for e in store.evidence(feature.id) for item in _spans(e, texts)]
        properties["projects"] = [_project(p, texts) for p in store.projects(feature.id)]
        if feature.id in store.structures:
            check = store.structures[feature.id]
            properties["structure"] = {"counts": check.counts, "verdict": check.verdict}
        yield {
            "type": "Feature",
            "id": feature.id,
            **(
                _shape_and_box(geometries[feature.id], feature, crs)
                if feature.id in geometries
                else {"geometry": None}
            ),
            "properties": properties,
        }


def _properties(f: FeatureSummary) -> dict[str, Any]:
    return {
        "id": f.id,
        "name": f.name,
        "category": f.category,
        "level": f.level,
        "status": f.status,
        "aliases": f.aliases,
        "part_of": f.part_of,
        "members": f.members,
        "plans": f.plans,
        "precision": f.precision,
        "accuracy_m": f.accuracy_m,
        "method": f.method,
        "basis": f.basis,
        "note": f.placement_note,
        "issues": f.issues,
        "length_km": f.length_km,
        "area_km2": f.area_km2,
    }


def _spans(e: Evidence, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    text = texts[e.plan]
    for start, end in e.parts:
        yield {
            "plan": e.plan,
            "line": text.count("\n", 0, start) + 1 if start != e.start else e.line,
            "start": start,
            "end": end,
            "text": text[start:end],
            "sentence": e.sentence,
        }


def _project(p: ProjectRecord, texts: dict[str, str]) -> dict[str, Any]:
    return {
        "name": p.name,
        "kind": p.kind,
        "stage": p.stage,
        "stage_words": p.stage_words,
        "start_year": p.start_year,
        "finish_year": p.finish_year,
        "dates": p.dates,
        "quantities": p.quantities,
        "evidence": list(_spans(p.quote, texts)),
    }


def write_geojson(store: Store, path: Path) -> int:
    """Write the FeatureCollection beside ``path`` and rename it; return the number of features.

    Raises
    ------
    ExportError
        When the folder does not exist, cannot be written, or the disk is full.
    """
    collection = feature_collection(store)
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    write_whole(text.encode(), path, ExportError)
    return len(collection["features"])
