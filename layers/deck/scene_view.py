"""What a scene's link shows: which features, within which box, and which of them the scene is about."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from layers.scene_sets import Scene
from layers.store import FeatureSummary, Store
from layers.styles import Styles
from layers.view_link import BBox, check_view_link


@dataclass(frozen=True)
class SceneView:
    """``features`` are the placed ones that the link shows; ``subject`` is the chosen one, or the structure that the
    scene is made for; ``newest`` is the layer a scene adds when it shows whole layers; ``box`` is in WGS 84."""

    features: tuple[str, ...]
    subject: FeatureSummary | None
    newest: str | None
    box: BBox | None


def scene_view(store: Store, styles: Styles, scene: Scene) -> SceneView:
    """The view of a scene.

    Raises
    ------
    ViewLinkError
        The scene's link is none of ours.
    """
    said = {k: v[0] for k, v in parse_qs(check_view_link(scene.link)[1:]).items()}
    only = [f for f in said.get("only", "").split(",") if f]
    layers = [c for c in said.get("layers", "").split(".") if c]
    shown = only or _of_layers(store, styles, layers, said.get("plan", ""), int(said.get("level", "1")))
    chosen = store.features.get(said.get("feature", "")) or store.features.get(_structure_in(scene.id))
    return SceneView(
        features=tuple(f for f in shown if f in store.features and store.features[f].bbox),
        subject=chosen,
        newest=layers[-1] if layers and not only else None,
        box=_box(said.get("box", "")),
    )


def _structure_in(scene_id: str) -> str:
    parts = scene_id.split("/")
    return parts[1] if len(parts) > 2 else ""


def _of_layers(store: Store, styles: Styles, layers: list[str], plan: str, level: int) -> list[str]:
    wanted = layers or [c for c, s in styles.categories.items() if s.shown]
    return [
        f.id
        for f in store.features.values()
        if f.category in wanted and f.level <= level and (not plan or plan in f.plans)
    ]


def _box(text: str) -> BBox | None:
    numbers = [float(n) for n in text.split(",") if n]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None
