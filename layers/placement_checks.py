"""Checks of one placement: where it lies, how it is drawn, and whether it claims more than it rests on.

Each check gives sentences, one a thing found; ``[]`` when all is well. :mod:`layers.placement_audit` runs them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.base import frame_box, land_metric, mainland_metric, sea_metric
from geo.crs import to_metric
from geo.districts import CITY, districts
from geo.gazetteer import Gazetteer
from geo.issues import Severity
from geo.place import Place
from geo.placement import Placement
from geo.precision import LOCATED_LIMIT_M, Precision
from geo.recipes.context import place_precision

AT_LEAST_M = 300.0
FAR_M = 2000.0
SHORE_M = 100.0
SHARE = 0.10
SEA_SHARE = 0.30
CRUMB_M2 = 2000.0
SLIVER_SHARE = 0.01
SLIVER_THINNESS = 0.05
APART_M = 5.0

SEA_CATEGORIES = frozenset({"bay", "coast", "island"})
WIDE_CATEGORIES = frozenset({"region", "structure"})
OPEN_CATEGORIES = frozenset({"axis", "belt", "rail", "road", "water", *WIDE_CATEGORIES, *SEA_CATEGORIES})
"""Categories that may lie over water: they cross it, run along it or are drawn over it."""

_THROUGH = frozenset({"along", "line"})
_STEMS: dict[str, str] = {
    "市南区": "市南",
    "市北区": "市北|四方",
    "李沧区": "李沧|李村|沧口|青岛北站",
    "崂山区": "崂山",
    "城阳区": "城阳|红岛|河套|上马|高新区|流亭",
    "黄岛区": "黄岛|西海岸|胶南|董家口|灵山湾|古镇口|前湾|自贸",
    "即墨区": "即墨|蓝谷|蓝色硅谷|鳌山|田横|莱青",
    "胶州市": "胶州(?!湾)|胶东(?!半岛|经济)|上合|临空",
    "平度市": "平度",
    "莱西市": "莱西",
}
"""How the plans name each district and its well-known parts."""


@dataclass(frozen=True)
class Checked:
    """What a check looks at.

    Attributes
    ----------
    category
        Category of the feature.
    placement
        Its placement, with a geometry.
    metric
        That geometry in metres.
    district
        District of its plan, or the whole city.
    words
        The feature's name and the sentences that mention it.
    places
        Gazetteer rows its way-points mean.
    """

    category: str
    placement: Placement
    metric: BaseGeometry
    district: str
    words: str
    places: Sequence[Place]


@cache
def _district_metric(name: str) -> BaseGeometry:
    if name == CITY:
        return shapely.union_all([_district_metric(n) for n in districts()])
    return to_metric(districts()[name].geometry)


@cache
def _reach(name: str, tolerance_m: float) -> BaseGeometry:
    reach: BaseGeometry = _district_metric(name).simplify(20).buffer(tolerance_m)
    shapely.prepare(reach)
    return reach


def outside_district(one: Checked) -> Iterator[str]:
    """Lies on another district's land, which the text does not name."""
    if one.category in WIDE_CATEGORIES:
        return
    tolerance = max(AT_LEAST_M, min(one.placement.accuracy_m or 0.0, 3000.0))
    reach = _reach(one.district, tolerance)
    dimension = shapely.get_dimensions(one.metric)
    if dimension < 2 and one.metric.intersects(reach):
        return  # a line that starts inside leaves on purpose
    outside = one.metric.difference(reach)
    if one.category in SEA_CATEGORIES or dimension == 2:
        outside = outside.intersection(land_metric())
    if outside.is_empty or (dimension == 2 and outside.area < SHARE * one.metric.area):
        return
    names = [n for n in districts() if outside.intersects(_district_metric(n)) and n != one.district]
    unnamed = [n for n in names if not re.search(_STEMS[n], one.words)]
    if unnamed or not names:
        far = round(one.metric.distance(_district_metric(one.district)) / 1000, 1)
        where = "、".join(unnamed) or "青岛市以外"
        share = f"，占 {outside.area / one.metric.area:.0%}" if dimension == 2 else f"，距 {far} 公里"
        yield f"落在{where}{share}"


def land_in_sea(one: Checked) -> Iterator[str]:
    """A thing on land is drawn in the sea."""
    if one.category in OPEN_CATEGORIES:
        return
    for kind, share in _shares(one.metric, sea_metric()):
        gap = one.metric.distance(land_metric())
        if kind == 0 and gap > SHORE_M and _in_frame(one):
            yield f"点在海里，离岸 {round(gap)} 米"
        elif kind > 0 and share > SEA_SHARE:
            yield f"{share:.0%} 在海里"


def _in_frame(one: Checked) -> bool:
    """Whether land and sea are known there: the base map ends at its frame."""
    return bool(shapely.intersects(frame_box(), one.placement.geometry))


def bay_on_land(one: Checked) -> Iterator[str]:
    """A bay is drawn on land."""
    if one.category != "bay":
        return
    for kind, share in _shares(one.metric, land_metric()):
        gap = one.metric.distance(sea_metric())
        if kind == 0 and gap > SHORE_M and one.placement.precision is not Precision.DISTRICT:
            yield f"点在陆地上，离海 {round(gap)} 米"
        elif kind == 2 and share > SHARE and one.placement.method == "sea":
            yield f"{share:.0%} 在陆地上"


def _shares(metric: BaseGeometry, other: BaseGeometry) -> Iterator[tuple[int, float]]:
    """Dimension of the geometry, and its share that lies in the other."""
    kind = int(shapely.get_dimensions(metric))
    whole = {0: 1.0, 1: metric.length, 2: metric.area}[kind]
    part = metric.intersection(other)
    yield kind, float({0: 0.0, 1: part.length, 2: part.area}[kind] / (whole or 1.0))


def crosses_itself(one: Checked) -> Iterator[str]:
    """A line crosses itself."""
    lines = [p for p in shapely.get_parts(one.metric) if p.geom_type == "LineString"]
    if one.placement.method in _THROUGH | {"place"} and any(not line.is_simple for line in lines):
        yield "线与自身相交"


def winding_and_slivers(one: Checked) -> Iterator[str]:
    """An area is invalid, wound the wrong way, or has crumbs and slivers beside it."""
    geometry = one.placement.geometry
    assert geometry is not None
    if not geometry.is_valid:
        yield f"图形无效：{shapely.is_valid_reason(geometry)}"
    areas = [p for p in shapely.get_parts(geometry) if isinstance(p, Polygon)]
    if any(not p.exterior.is_ccw or any(hole.is_ccw for hole in p.interiors) for p in areas):
        yield "外环不是逆时针，或内环不是顺时针"
    metric = [to_metric(p) for p in areas]
    largest = max((p.area for p in metric), default=0.0)
    slivers = sum(1 for p in metric if _is_sliver(p, largest))
    if slivers and one.category not in SEA_CATEGORIES | WIDE_CATEGORIES:
        yield f"有 {slivers} 个碎块或细条"


def _is_sliver(part: BaseGeometry, largest: float) -> bool:
    """A crumb, or a thin part that is nothing beside the largest; a whole islet is neither."""
    if part.area < largest and part.distance(mainland_metric()) > APART_M:
        return False
    if part.area < CRUMB_M2:
        return True
    thinness = 4.0 * math.pi * part.area / part.length**2
    return bool(part.area < SLIVER_SHARE * largest and thinness < SLIVER_THINNESS)


def better_than_basis(one: Checked) -> Iterator[str]:
    """Claims to be surer than the places it rests on."""
    p = one.placement
    stated = p.accuracy_m or 0.0
    if p.precision is Precision.LOCATED and stated > LOCATED_LIMIT_M:
        yield f"标为定位，误差却有 {round(stated)} 米"
    if p.precision is Precision.BOUNDARY and any(not place.surveyed for place in one.places):
        yield "标为边界，依据却不是测绘界线"
    if p.precision is Precision.LOCATED and any(
        place_precision(x).rank > Precision.LOCATED.rank for x in one.places
    ):
        yield "标为定位，依据的地点却没有定位"
    if p.method in {"within", "part_of_district"}:
        return
    worst = max(one.places, key=lambda place: place.accuracy_m, default=None)
    if worst is not None and stated + 1.0 < worst.accuracy_m:
        yield f"误差写 {round(stated)} 米，依据「{worst.name}」为 {round(worst.accuracy_m)} 米"


def far_waypoints(one: Checked) -> Iterator[str]:
    """A way-point lies far from the line drawn through it."""
    if one.placement.method not in _THROUGH:
        return
    frame = frame_box()
    for waypoint in one.placement.waypoints:
        point = shapely.Point(waypoint.lon, waypoint.lat)
        gap = to_metric(point).distance(one.metric)
        if gap > FAR_M and frame.contains(point):
            yield f"途经点「{waypoint.name}」离线 {gap / 1000:.1f} 公里"


def given_up(one: Checked) -> Iterator[str]:
    """The recipe could not do what it was asked, or the axis turns back on itself."""
    for issue in one.placement.issues:
        if issue.severity is Severity.ERROR or issue.type in {"sharp_turn", "line_crosses_itself"}:
            yield issue.message


CHECKS: dict[str, tuple[str, Callable[[Checked], Iterator[str]]]] = {
    "outside_district": ("在本区以外", outside_district),
    "land_in_sea": ("陆上要素在海里", land_in_sea),
    "bay_on_land": ("海湾在陆上", bay_on_land),
    "crosses_itself": ("线自相交", crosses_itself),
    "winding": ("面的方向或碎块", winding_and_slivers),
    "better_than_basis": ("精度高于依据", better_than_basis),
    "far_waypoint": ("途经点离线太远", far_waypoints),
    "given_up": ("落图方法没有做到", given_up),
}
"""Check name -> Chinese name and the check; ``stacked``, which looks at all features at once, is not here."""


def places_of(placement: Placement, gazetteer: Gazetteer, scope: str | None) -> tuple[Place, ...]:
    """Gazetteer rows that the way-points of a placement mean: those of the name that lie at the point.

    A way-point that is another feature or bare coordinates gives none.
    """
    found = []
    for waypoint in placement.waypoints:
        candidates = gazetteer.find(waypoint.name, scope) if waypoint.name else []
        found += [c for c in candidates if _is_at(c, waypoint.lon, waypoint.lat)][:1]
    return tuple(found)


def _is_at(place: Place, lon: float, lat: float) -> bool:
    return bool(place.geometry.distance(shapely.Point(lon, lat)) < 1e-5)
