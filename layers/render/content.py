"""What a layout shows: the features chosen, and the extent and scale of the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import point_to_metric, to_metric
from layers.facets import feature_facets
from layers.records import FeatureSummary, PlanInfo
from layers.render.errors import LayoutError
from layers.render.layout_spec import Layout
from layers.render.source import MapSource
from layers.said import joined, said

MARGIN = 0.04
"""Room around what the extent is fitted to, as a share of its width and height."""

_ROUND = (1.0, 1.2, 1.25, 1.5, 1.6, 1.8, 2.0, 2.2, 2.5, 2.8, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0, 7.5, 8.0, 9.0, 10.0)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A feature on the map: ``level`` as the plan gives it, ``geometry`` in metres (EPSG:4549)."""

    feature: FeatureSummary
    level: int
    geometry: BaseGeometry


@dataclass(frozen=True)
class Content:
    """Everything a layout shows; ``target`` is what the extent was fitted to, in metres.

    ``unplaced`` are the features that were asked for but have no geometry.
    """

    plan: PlanInfo | None
    shown: tuple[Shown, ...]
    unplaced: tuple[FeatureSummary, ...]
    target: tuple[float, float, float, float]


def plan_level(feature: FeatureSummary, plan: str | None) -> int:
    """The level the plan gives the feature, where it gives one of its own."""
    view = feature.views.get(plan or "", {})
    return int(view.get("level") or feature.level)


def choose_content(source: MapSource, layout: Layout) -> Content:
    """The features a layout asks for and the box its map is fitted to.

    Raises
    ------
    LayoutError
        An unknown plan or feature, an unplaced selection, filters that nothing meets, or an extent outside the base map.
    """
    plan = _plan(source, layout.plan)
    wanted = [(f, plan_level(f, layout.plan)) for f in _wanted(source, layout)]
    geometries = source.geometries
    shown = tuple(Shown(f, level, geometries[f.id]) for f, level in wanted if f.id in geometries)
    unplaced = tuple(f for f, _ in wanted if f.id not in geometries)
    if layout.features is not None and not shown:
        raise LayoutError(said("所选要素都未落图，没有范围可画"))
    target = _target(source, layout, plan, shown)
    x0, y0, x1, y1 = source.ground
    if target[2] <= x0 or target[0] >= x1 or target[3] <= y0 or target[1] >= y1:
        raise LayoutError(
            said("所给范围不在底图之内（青岛及周边，东经 119.2° 至 121.6°，北纬 35.2° 至 37.4°）")
        )
    return Content(plan, shown, unplaced, target)


def _plan(source: MapSource, plan: str | None) -> PlanInfo | None:
    if plan is None:
        return None
    if plan not in source.store.plans:
        known = joined(source.store.plans)
        raise LayoutError(said("没有规划「{plan}」；可用：{known}", plan=plan[:40], known=known))
    return source.store.plans[plan]


def _wanted(source: MapSource, layout: Layout) -> Iterable[FeatureSummary]:
    features = source.store.features
    if layout.features is not None:
        for fid in layout.features:
            if fid not in features:
                raise LayoutError(said("没有要素「{feature}」", feature=fid[:60]))
        return [features[fid] for fid in dict.fromkeys(layout.features)]
    categories = layout.layers or [c for c, s in source.styles.categories.items() if s.shown]
    facets = feature_facets(source.store) if layout.filters else {}
    found = [
        f
        for f in features.values()
        if f.category in categories
        and plan_level(f, layout.plan) in layout.levels
        and (layout.plan is None or layout.plan in f.plans)
        and (not facets or facets[f.id].meet(layout.filters))
    ]
    if facets and not found:
        raise LayoutError(said("没有要素符合所选的筛选，没有可画的"))
    return found


def _target(source: MapSource, layout: Layout, plan: PlanInfo | None, shown: tuple[Shown, ...]) -> tuple[float, float, float, float]:  # fmt: skip
    if layout.centre is not None:
        x, y = point_to_metric(*layout.centre)
        return x - 1, y - 1, x + 1, y + 1
    if layout.bbox is not None:
        return _bounds(to_metric(shapely.box(*layout.bbox).segmentize(0.05)))
    if layout.features is not None:
        return _bounds(
            shapely.union_all(
                [shapely.box(*s.geometry.buffer(s.feature.halo_m or 300).bounds) for s in shown]
            )
        )
    name = plan.district if plan else "青岛市"
    district = source.district(name)
    if district is None:
        raise LayoutError(said("底图里没有 {name}，请用 bbox 给出范围", name=name))
    return _bounds(district)


def _bounds(geometry: BaseGeometry) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = geometry.bounds
    mx, my = MARGIN * (x1 - x0), MARGIN * (y1 - y0)
    return x0 - mx, y0 - my, x1 + mx, y1 + my


def fitting_scale(target: tuple[float, float, float, float], width_mm: float, height_mm: float) -> int:
    """The largest round scale 1:N at which the target fits a frame of this size."""
    exact = max((target[2] - target[0]) / width_mm, (target[3] - target[1]) / height_mm) * 1000
    power = 10.0 ** (len(str(int(exact))) - 1)
    return round(next(r for r in _ROUND if r * power >= exact - 1e-6) * power)
