"""The data of the web page beside its layers: what legend, lists and popups say."""

from __future__ import annotations

import json
from typing import Any

from shapely.geometry import shape

from geo.precision import Precision, precision_words
from layers.formats.content import Content
from layers.records import FeatureSummary, ProjectRecord

_FEW = 150
"""A selection of this many features is shown whole at once."""

_LINES = frozenset({"axis", "belt", "rail", "road", "coast"})
_HOME = ((35.58, 119.55), (37.15, 121.0))


def page_data(content: Content) -> dict[str, Any]:
    """What the page's script reads, as JSON."""
    styles = content.styles
    used = {f.category for f in content.features}
    return {
        "looks": {
            name: {
                **style.model_dump(include={"name", "color", "symbol", "hatch", "width"}),
                "line": name in _LINES,
            }
            for name, style in styles.categories.items()
            if name in used
        },
        "groups": [
            {"name": g.name, "categories": [str(c) for c in g.categories if str(c) in used]}
            for g in styles.groups
        ],
        "precision": {
            name: {**style.model_dump(), "label": words.label_zh, "meaning": words.meaning_zh}
            for name, style in styles.precision.items()
            for words in [precision_words(Precision(name))]
        },
        "levels": {str(level): named.name for level, named in styles.levels.items()},
        "level": first_level(content),
        "plans": {p.id: p.short_title for p in content.store.plans.values()},
        "attribution": "；".join(content.store.attribution),
        "bounds": _bounds(content),
        "features": {f.id: _feature(content, f) for f in content.features},
    }


def first_level(content: Content) -> int:
    """The level shown at first: all of a small selection, the structural features of a large one."""
    levels = {f.level for f in content.features}
    return max(levels) if len(content.features) <= _FEW else min(levels)


Corners = tuple[tuple[float, float], tuple[float, float]]
"""South-west and north-east corner, latitude first."""


def _bounds(content: Content) -> Corners:
    """Where the page opens: the districts of the chosen plans, else all features, else all of 青岛."""
    boxes = _district_boxes(content) or [f.bbox for f in content.features if f.bbox]
    if not boxes:
        return _HOME
    west, south, east, north = zip(*boxes, strict=True)
    return (min(south), min(west)), (max(north), max(east))


def _district_boxes(content: Content) -> list[tuple[float, float, float, float]]:
    """Boxes of the districts whose plans were chosen; ``[]`` unless each plan is of one district."""
    if content.selection.ids:
        return []
    names = {content.store.plans[p].district for p in content.selection.plans}
    districts = json.loads(content.store.base("districts") or '{"features": []}')["features"]
    boxes = {
        d["properties"]["name"]: shape(d["geometry"]).bounds
        for d in districts
        if d["properties"]["name"] in names
    }
    return list(boxes.values()) if boxes.keys() == names else []


def _feature(content: Content, f: FeatureSummary) -> dict[str, Any]:
    return {
        "name": f.name,
        "category": f.category,
        "level": f.level,
        "status": content.styles.statuses[f.status].name,
        "plans": f.plans,
        "aliases": "、".join(f.aliases),
        "precision": f.precision,
        "accuracy": _distance(f.accuracy_m),
        "measure": _measure(f),
        "note": "；".join(dict.fromkeys(w for w in (f.placement_note, *(i["text"] for i in f.issues)) if w)),
        "basis": f.basis,
        "halo": round(f.halo_m) if f.halo_m else None,
        "at": (f.lon, f.lat),
        "evidence": [(e.plan, e.line, e.before, e.mention, e.after) for e in content.evidence[f.id]],
        "projects": [
            (
                p.quote.plan,
                p.quote.line,
                p.name,
                _project_facts(content, p),
                p.quote.sentence,
            )
            for p in content.projects[f.id]
        ],
    }


def _project_facts(content: Content, p: ProjectRecord) -> str:
    """Stage, dates and quantities, as far as the words tell them."""
    stage = [] if p.stage == "unspecified" else [content.styles.stages[p.stage].name]
    return "、".join([*stage, *(str(told["printed"]) for told in (*p.dates, *p.quantities))])


def _distance(metres: float | None) -> str:
    if metres is None:
        return ""
    return f"{metres / 1000:.1f} 公里" if metres >= 1000 else f"{metres:.0f} 米"


def _measure(f: FeatureSummary) -> str:
    """Length and area, which the store states only where the precision allows it."""
    words = [f"长 {f.length_km:.1f} 公里"] if f.length_km else []
    words += [f"面积 {f.area_km2:.2f} 平方公里"] if f.area_km2 else []
    return "，".join(words)
