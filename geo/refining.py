"""Matching a file's named things with gazetteer rows: what better geometry there is, and what it would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import stored, to_metric, to_wgs84
from geo.districts import districts
from geo.longest_line import longest_line
from geo.place import BUILT_IN, Place
from geo.recipes.context import centre_of
from geo.refined import Refined, RowKey
from geo.refining_files import Candidate
from geo.refining_tags import LINE_KINDS, TAGS, is_of_kind, match_keys
from geo.toponym import name_key

ACCURACY_M = 50.0
NEAR_M = 5000.0
OUTSIDE_M = 300.0
PART_SHARE = 0.3
_SAMPLE_M = 200.0
_SIMPLER_M = 5.0
_SHAPES = ("点", "线", "面")
_ENDS: dict[str, tuple[str, ...]] = {
    "township": ("街道", "镇", "办事处", "人民政府"),
    "village": ("村", "社区", "村委会", "居委会"),
}


@dataclass(frozen=True)
class Change:
    """What a file would change of one row.

    Attributes
    ----------
    place
        The row as it is.
    refined
        Its better geometry.
    moved_m
        Distance between centres; for two lines the mean distance of the new one from the old.
    """

    place: Place
    refined: Refined
    moved_m: float

    @property
    def sentence(self) -> str:
        """Name, from, to, moved, tab-separated for a report."""
        p, r = self.place, self.refined
        before = f"{_shape(p.geometry)}（误差 {p.accuracy_m:.0f} 米）"
        after = f"{_shape(r.geometry)}（误差 {r.accuracy_m:.0f} 米）"
        return f"{p.name}\t{p.table}.csv {p.kind}\t{before} → {after}\t移动 {self.moved_m:.0f} 米"


def key_of(place: Place) -> RowKey:
    """How the file of refined geometry names a row."""
    return place.table, place.kind, place.name, place.districts


def is_refinable(place: Place) -> bool:
    """Whether a row may get better geometry from a file."""
    return place.table != BUILT_IN and place.kind in TAGS


def find_changes(
    places: Iterable[Place], candidates: Sequence[Candidate], source: str, *, legal: bool = False
) -> list[Change]:
    """Changes a file offers, in the order of the tables.

    Parameters
    ----------
    places
        Gazetteer rows.
    candidates
        Named things of the file.
    source
        Source in words, for the rows that change.
    legal
        Whether areas of the file are surveyed or legal outlines.
    """
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    rows = [place for place in places if is_refinable(place)]
    wanted = {key for place in rows for key in _keys(place)}
    for candidate in candidates:
        keys = {k for name in candidate.names for kind in TAGS for k in match_keys(name, kind)}
        for key in keys & wanted:
            by_name[key].append(candidate)
    changes = []
    for place in rows:
        same = [c for key in _keys(place) for c in by_name.get(key, []) if _fits(c, place, key)]
        unique = list({id(c): c for c in same}.values())
        geometry = _best(place, unique)
        if geometry is not None and not _is_known(place, geometry):
            surveyed = legal and shapely.get_dimensions(geometry) == 2
            refined = Refined(key_of(place), geometry, ACCURACY_M, source, surveyed)
            changes.append(Change(place, refined, _moved_m(place.geometry, geometry)))
    return changes


def _is_known(place: Place, geometry: BaseGeometry) -> bool:
    """Whether the row has this geometry already."""
    alike = shapely.get_dimensions(place.geometry) == shapely.get_dimensions(geometry)
    return alike and place.accuracy_m <= ACCURACY_M and _moved_m(place.geometry, geometry) < 1.0


def _keys(place: Place) -> frozenset[str]:
    return frozenset(k for name in (place.name, *place.aliases) for k in match_keys(name, place.kind))


@cache
def _reach(name: str) -> BaseGeometry:
    reach: BaseGeometry = to_metric(districts()[name].geometry).simplify(20).buffer(OUTSIDE_M)
    shapely.prepare(reach)
    return reach


def _fits(candidate: Candidate, place: Place, key: str) -> bool:
    """Whether a candidate is of the row's kind and name, in its district and near it."""
    if candidate.tags is not None and not is_of_kind(candidate.tags, place.kind):
        return False
    if all(key not in match_keys(name, place.kind) for name in candidate.names):
        return False
    if candidate.tags is None and not _says_its_kind(candidate, place):
        return False
    metric = to_metric(candidate.geometry)
    if place.districts and not any(metric.intersects(_reach(name)) for name in place.districts):
        return False
    near = max(NEAR_M, 3.0 * place.accuracy_m, place.radius_m or 0.0)
    return bool(metric.distance(to_metric(place.geometry)) <= near)


def _says_its_kind(candidate: Candidate, place: Place) -> bool:
    """Whether a thing without tags is surely the row: its whole name is, or it ends as its kind does."""
    whole = {name_key(name) for name in (place.name, *place.aliases)}
    return any(
        name_key(name) in whole or name.endswith(_ENDS.get(place.kind, ())) for name in candidate.names
    )


def _best(place: Place, candidates: list[Candidate]) -> BaseGeometry | None:
    """The geometry to take: a line for what runs, an area before a point for what lies."""
    if not candidates:
        return None
    if place.kind in LINE_KINDS:
        return _line(place, candidates)
    for dimension in (2, 0):
        metric = [
            to_metric(c.geometry) for c in candidates if shapely.get_dimensions(c.geometry) == dimension
        ]
        if metric:
            old = to_metric(centre_of(place.geometry))
            nearest = min(metric, key=lambda m: (round(float(m.distance(old))), -float(m.area)))
            return _settled(to_wgs84(nearest))
    return None


def _line(place: Place, candidates: list[Candidate]) -> BaseGeometry | None:
    lines = [to_metric(c.geometry) for c in candidates if shapely.get_dimensions(c.geometry) == 1]
    way = longest_line(lines) if lines else None
    old = to_metric(place.geometry)
    if way is None or (shapely.get_dimensions(old) == 1 and way.length < PART_SHARE * old.length):
        return None  # a short piece is not the whole
    if shapely.get_dimensions(old) == 1 and way.project(_end(old, 0)) > way.project(_end(old, -1)):
        way = way.reverse()
    return stored(to_wgs84(way.simplify(_SIMPLER_M)))


def _end(line: BaseGeometry, index: int) -> BaseGeometry:
    return shapely.Point(shapely.get_coordinates(line)[index])


def _settled(geometry: BaseGeometry) -> BaseGeometry:
    """A point of a multi-point; an area as it is stored, simplified to the accuracy it states."""
    if shapely.get_dimensions(geometry) == 0:
        return stored(shapely.get_parts(geometry)[0])
    return stored(to_wgs84(to_metric(geometry).simplify(_SIMPLER_M)))


def _moved_m(old: BaseGeometry, new: BaseGeometry) -> float:
    if shapely.get_dimensions(old) == 1 and shapely.get_dimensions(new) == 1:
        samples = shapely.segmentize(to_metric(new), _SAMPLE_M)
        return float(
            shapely.distance(shapely.points(shapely.get_coordinates(samples)), to_metric(old)).mean()
        )
    return float(to_metric(centre_of(old)).distance(to_metric(centre_of(new))))


def _shape(geometry: BaseGeometry) -> str:
    return _SHAPES[int(shapely.get_dimensions(geometry))]
