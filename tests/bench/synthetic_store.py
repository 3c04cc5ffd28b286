"""A store of many made-up features, by the real pipeline from the reading of the text on: each has its sentence in a plan.

Points, lines and areas lie at random over Qingdao; kinds, levels and precisions come in about the shares of the five real
plans. The same seed gives the same store.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import stored
from geo.placement import Placement
from geo.precision import Precision
from layers.atlas import Atlas
from layers.catalog import Catalog, CatalogFeature
from layers.catalog_entries import Entry
from layers.features import gather_evidence
from layers.inputs import inputs_digest
from layers.mentions import PlanText
from layers.passages import parse_passages
from layers.plans import read_plans
from layers.reading import read_in_order
from layers.stages import STAGE_WORDS, read_stage_words
from layers.store_writing import write_store
from layers.styles import read_styles
from viewer.settings import ROOT

SEED = 20251122
_PLAN = "shinan"
_WEST, _SOUTH, _EAST, _NORTH = 119.7, 35.7, 120.9, 37.0
_LEVELS, _LEVEL_SHARES = (1, 2, 3), (26, 63, 11)
_STATUS = ("existing", "planned", "renewal", "under_construction", "proposed")
_SHAPES, _SHAPE_SHARES = ("point", "line", "area"), (55, 17, 28)
_OF_SHAPE = {
    "point": (("facility", "commercial", "hub", "heritage", "node"), ("located", "district")),
    "line": (("road", "rail", "axis", "belt"), ("located", "schematic")),
    "area": (("zone", "industrial_park", "green", "water", "renewal", "bay"), ("derived", "schematic")),
}
_CORNERS = 24


def write_synthetic_store(path: Path, count: int) -> str:
    """Write the store; returns its content hash, which is always the same for a count."""
    chance = random.Random(SEED)
    data = ROOT / "data"
    made = [_feature(i, chance) for i in range(count)]
    sentences = [f"（{i + 1}）建设{feature.name}。" for i, (feature, _) in enumerate(made)]
    plan = replace(
        read_plans(data)[_PLAN],
        text="第一章 合成数据\n第一节 要素\n" + "\n".join(sentences) + "\n",
        missing=(), boilerplate=(), page_breaks=False,
    )  # fmt: skip
    passages = parse_passages(plan)
    text = PlanText(plan, read_in_order(plan, passages))
    catalog = Catalog({feature.id: feature for feature, _ in made}, {})
    atlas = Atlas(
        plans={plan.id: plan},
        passages={plan.id: passages},
        texts={plan.id: text},
        catalog=catalog,
        evidence=gather_evidence(catalog, [text], read_stage_words(data / STAGE_WORDS)),
        placements={feature.id: placement for feature, placement in made},
        verdicts=(),
        styles=read_styles(data / "layers.yaml"),
    )
    return write_store(atlas, path, inputs_digest(data))


def _feature(number: int, chance: random.Random) -> tuple[CatalogFeature, Placement]:
    shape = chance.choices(_SHAPES, _SHAPE_SHARES)[0]
    categories, precisions = _OF_SHAPE[shape]
    entry = Entry.model_validate(
        {
            "name": f"合成要素{number + 1:05}号",
            "category": chance.choice(categories),
            "level": chance.choices(_LEVELS, _LEVEL_SHARES)[0],
            "status": chance.choice(_STATUS),
        }
    )
    precision = Precision(chance.choice(precisions))
    return (
        CatalogFeature(id=f"{_PLAN}.synthetic-{number + 1:05}", scope=_PLAN, base=entry),
        Placement(
            geometry=stored(_geometry(shape, chance)),
            precision=precision,
            accuracy_m=200.0,
            method="place",
            basis="随机生成",
            halo_m=2000.0 if precision is Precision.DISTRICT else None,
        ),
    )


def _geometry(shape: str, chance: random.Random) -> BaseGeometry:
    """A point, a wandering line or a star-shaped area of some kilometres (WGS 84)."""
    lon, lat = chance.uniform(_WEST, _EAST), chance.uniform(_SOUTH, _NORTH)
    if shape == "point":
        return shapely.Point(lon, lat)
    turns = [2 * math.pi * i / _CORNERS for i in range(_CORNERS)]
    if shape == "area":
        reach = [chance.uniform(0.004, 0.02) for _ in turns]
        return shapely.Polygon(
            [(lon + r * math.cos(a), lat + 0.8 * r * math.sin(a)) for a, r in zip(turns, reach, strict=True)]
        )
    points = [(lon, lat)]
    for _ in turns:
        points.append(
            (points[-1][0] + chance.uniform(-0.002, 0.01), points[-1][1] + chance.uniform(-0.004, 0.006))
        )
    return shapely.LineString(points)
