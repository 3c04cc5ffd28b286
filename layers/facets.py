"""What features can be filtered by, beside plan and level: status, precision, projects, target year, district."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.districts import ADCODES
from layers.project_table import project_years
from layers.store import Store

FIRST_YEAR = 2021
"""The first year of the plans: an earlier one that a project prints is history, no target."""

NO_YEAR = "none"

Work = Literal["none", "named", "invested"]

_SHARE = 0.03
"""A feature lies in a district when so much of it does, or so much of the district is covered: no slivers."""

_NEAR_DEG = 0.02
"""Piers and small islands stand beside the simplified land of the base map."""

_SHORE_DEG = 0.003
"""A bay or a bridge off the land belongs to the districts whose shore it touches."""


@dataclass(frozen=True)
class Facets:
    """The values of one feature.

    ``projects`` is a subset of ``named`` (it has projects) and ``invested`` (one prints its investment), or only
    ``none``; ``years`` holds target years that its projects print, or only ``none``; ``districts`` holds adcodes,
    and is empty beyond the city and for what is not placed.
    """

    category: str
    level: int
    plans: tuple[str, ...]
    status: str
    precision: str
    projects: tuple[Work, ...]
    years: tuple[str, ...]
    districts: tuple[str, ...]

    def by_filter(self) -> dict[str, tuple[str, ...]]:
        """The values that each filter of a link (:data:`layers.view_link.FILTERS`) may name to keep the feature."""
        return {
            "status": (self.status,), "precision": (self.precision,), "projects": self.projects, "year": self.years,
            "district": self.districts, "category": (self.category,), "grade": (str(self.level),),
        }  # fmt: skip

    def meet(self, filters: Mapping[str, Collection[str]]) -> bool:
        """Whether every filter that names values names one of the feature's."""
        values = self.by_filter()
        return all(not set(values[name]).isdisjoint(wanted) for name, wanted in filters.items() if wanted)


@lru_cache(maxsize=4)
def feature_facets(store: Store) -> Mapping[str, Facets]:
    """The facets of every feature by id; worked out once for a store."""
    years: dict[str, set[int]] = defaultdict(set)
    invested: set[str] = set()
    for project in store.projects():
        years[project.feature].update(year for year in project_years(project) if year >= FIRST_YEAR)
        if any(quantity["kind"] == "investment" for quantity in project.quantities):
            invested.add(project.feature)
    districts = _districts_of(store)
    found = {}
    for f in store.features.values():
        work: tuple[Work, ...] = ("named",) if f.project_count else ("none",)
        found[f.id] = Facets(
            f.category,
            f.level,
            f.plans,
            f.status,
            f.precision,
            (*work, "invested") if f.id in invested else work,
            tuple(str(y) for y in sorted(years[f.id])) or (NO_YEAR,),
            districts.get(f.id, ()),
        )
    return MappingProxyType(found)


def target_years(store: Store) -> list[int]:
    """The target years that any project prints, in order."""
    printed = {year for project in store.projects() for year in project_years(project)}
    return sorted(year for year in printed if year >= FIRST_YEAR)


def district_names(store: Store) -> dict[str, str]:
    """Adcode -> name of the districts on the base map, in the order of their codes."""
    names = set(_districts(store))
    return {code: name for name, code in ADCODES.items() if name in names}


def _districts(store: Store) -> dict[str, BaseGeometry]:
    features = json.loads(store.base("districts") or '{"features": []}')["features"]
    return {f["properties"]["name"]: shape(f["geometry"]) for f in features}


def _districts_of(store: Store) -> dict[str, tuple[str, ...]]:
    areas = {ADCODES[name]: shapely.make_valid(area) for name, area in _districts(store).items()}
    for area in areas.values():
        shapely.prepare(area)
    found = {}
    for feature, geometry in store.geometries().items():
        codes = {code for part in shapely.get_parts(shape(geometry)) for code in _holding(part, areas)}
        found[feature] = tuple(sorted(codes))
    return found


def _holding(part: BaseGeometry, areas: dict[str, BaseGeometry]) -> list[str]:
    """The districts that one line, area or point lies in."""
    held = [code for code, area in areas.items() if area.contains(part)]
    if held:
        return held
    if part.geom_type == "Point":
        near = {code: area.distance(part) for code, area in areas.items()}
        nearest = min(near, key=near.__getitem__, default=None)
        return [nearest] if nearest is not None and near[nearest] <= _NEAR_DEG else []
    sound = part if part.is_valid else shapely.make_valid(part)
    held = [code for code, area in areas.items() if area.intersects(sound) and _counts(sound, area)]
    return held or [code for code, area in areas.items() if area.distance(sound) <= _SHORE_DEG]


def _counts(part: BaseGeometry, area: BaseGeometry) -> bool:
    common = part.intersection(area)
    if part.area == 0:
        return bool(common.length >= _SHARE * part.length)
    return bool(common.area >= _SHARE * min(part.area, area.area))
