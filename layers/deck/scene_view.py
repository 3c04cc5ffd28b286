"""What a scene's link shows: which features, at which camera, and which of them the scene is about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely

from geo.crs import to_metric
from layers.facets import Facets, feature_facets
from layers.records import FeatureSummary, PlanInfo
from layers.render.source import MapSource
from layers.said import joined, said
from layers.scene_file import SceneFileError, scene_place
from layers.scene_sets import Scene, SceneSet
from layers.store import Store
from layers.view_link import BBox, ViewState, check_link, decode_link

_SCREEN_PX = (1000, 660)
"""The map of a common window: what a link that says only centre and zoom is taken to show."""
_DEG_PER_PX = 360 / 256


@dataclass(frozen=True)
class SceneView:
    """``features`` are the placed ones that the link shows; ``subject`` is the chosen one, or the structure that the
    scene is made for; ``newest`` is the layer a ready scene adds when it shows whole layers; ``box`` is in WGS 84, None
    where the link does not say what is to be seen; ``missing`` counts features that these data do not have."""

    state: ViewState
    features: tuple[str, ...]
    subject: FeatureSummary | None
    newest: str | None
    box: BBox | None
    missing: int


class SceneViews:
    """The views of scenes over one store."""

    def __init__(self, source: MapSource) -> None:
        self.source = source

    @cached_property
    def _facets(self) -> Mapping[str, Facets]:
        return feature_facets(self.source.store)

    def view(self, scene: Scene) -> SceneView:
        """The view of a scene.

        Raises
        ------
        ViewLinkError
            The scene's link is none of ours.
        """
        known = self.source.store.features
        state = decode_link(check_link(scene.link)).state
        chosen = known.get(state.feature)
        shown = [f.id for f in self._shown(state)]
        if chosen is not None and chosen.bbox and chosen.id not in shown:
            shown.append(chosen.id)  # on the screen what is chosen is seen whatever the layers
        asked = {*state.only, *((state.feature,) if state.feature else ())}
        return SceneView(
            state=state,
            features=tuple(shown),
            subject=chosen or known.get(_structure_in(scene.id)),
            newest=state.layers[-1] if state.layers and not state.only and scene.id.count("/") == 2 else None,
            box=state.box or _box_of_centre(state),
            missing=len(asked - known.keys()),
        )

    def _shown(self, state: ViewState) -> Iterator[FeatureSummary]:
        """The placed features that layers, plan, level and filters leave, only those asked for where some are."""
        categories = self.source.styles.categories
        layers = [c for c, s in categories.items() if s.shown] if state.layers is None else state.layers
        features = self.source.store.features
        wanted = (features[f] for f in state.only if f in features) if state.only else features.values()
        for f in wanted:
            if (
                f.bbox
                and f.category in layers
                and f.level <= state.level
                and (not state.plan or state.plan in f.plans)
                and self._passes(f.id, state)
            ):
                yield f

    def _passes(self, feature: str, state: ViewState) -> bool:
        """Whether every filter names a value of the feature."""
        return not any(state.filters.values()) or self._facets[feature].meet(state.filters)


def check_scenes(views: SceneViews, scenes: SceneSet) -> None:
    """Whether every scene can be drawn, before any is.

    Raises
    ------
    SceneFileError
        A scene's plan is unknown or its box lies off the base map; a sentence for each.
    """
    problems = []
    store, ground = views.source.store, shapely.box(*views.source.ground)
    for number, scene in enumerate(scenes.scenes, 1):
        view, place = views.view(scene), scene_place(number, scene.caption)
        if view.state.plan and view.state.plan not in store.plans:
            problems.append(
                said(
                    "{scene}：没有规划「{plan}」；可用：{known}",
                    scene=place,
                    plan=view.state.plan[:40],
                    known=joined(store.plans),
                )
            )
        if view.box and not to_metric(shapely.box(*view.box).segmentize(0.5)).intersects(ground):
            problems.append(
                said(
                    "{scene}：范围不在底图之内（青岛及周边，东经 119.2° 至 121.6°，北纬 35.2° 至 37.4°）",
                    scene=place,
                )
            )
    if problems:
        raise SceneFileError(problems)


def _box_of_centre(state: ViewState) -> BBox | None:
    if state.centre is None:
        return None
    lat, lon, zoom = state.centre
    x, y = (px * _DEG_PER_PX / 2**zoom / 2 for px in _SCREEN_PX)
    y *= math.cos(
        math.radians(lat)
    )  # the screen's Mercator stretches north and south as much as east and west
    return max(lon - x, -180.0), max(lat - y, -90.0), min(lon + x, 180.0), min(lat + y, 90.0)


def _structure_in(scene_id: str) -> str:
    parts = scene_id.split("/")
    return parts[1] if len(parts) > 2 else ""


@dataclass(frozen=True)
class Presentation:
    """Scenes ready to be drawn, and what slides and handouts say of them: ``plan`` when they are a plan's ready set."""

    title: str
    plan: PlanInfo | None
    plans: tuple[PlanInfo, ...]
    shown: tuple[tuple[Scene, SceneView], ...]


def presentation(source: MapSource, scene_set: SceneSet) -> Presentation:
    """Look at every scene of a set.

    Raises
    ------
    SceneFileError
        A scene cannot be drawn.
    """
    views = SceneViews(source)
    check_scenes(views, scene_set)
    plan = source.store.plans.get(scene_set.plan)
    shown = tuple((scene, views.view(scene)) for scene in scene_set.scenes)
    plans = (plan,) if plan else tuple(plans_in(source.store, [view for _, view in shown]))
    title = f"{plan.short_title}空间布局" if plan else scene_set.title or "演示"
    return Presentation(title, plan, plans, shown)


def plans_in(store: Store, views: Sequence[SceneView]) -> list[PlanInfo]:
    """The plans whose words are behind what scenes show: those in view, else all that name a feature of them."""
    named = {v.state.plan for v in views if v.state.plan}
    for view in views:
        if not view.state.plan:
            named.update(p for f in view.features for p in store.features[f].plans)
    return [p for p in store.plans.values() if p.id in named]
