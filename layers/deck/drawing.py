"""Maps of scenes: alone, without title and legend, at a camera that stays from scene to scene."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from geo.crs import to_metric
from layers.render.content import Content, Shown, fitting_scale, plan_level
from layers.render.map_drawing import DrawnMap, MapLook, draw_map, fitted_projection
from layers.render.output import drawing
from layers.render.projection import Projection
from layers.render.sheet import Box, Sheet
from layers.render.source import MapSource
from layers.view_link import BBox

CLOSEST = 25_000
"""No map is drawn larger than 1:N: the base map has nothing to show there."""
_AS_EVER: Mapping[str, int] = MappingProxyType({})
_COMPRESSION = 3
"""Of PNG: a third of the time of the usual 6, files a tenth larger."""


@dataclass(frozen=True)
class MapPicture:
    """A map as PNG; ``kinds`` are the categories on it with the kind of their commonest mark, ``precisions`` the classes
    that occur, ``unnamed`` the names that found no room."""

    png: bytes
    width_px: int
    height_px: int
    kinds: tuple[tuple[str, str], ...]
    precisions: tuple[str, ...]
    unnamed: tuple[str, ...]
    scale: int


def scene_content(source: MapSource, features: Sequence[str], plan: str) -> Content:
    """The placed features of a scene as the renderer takes them; levels as the plan gives them, if there is one."""
    known, geometries = source.store.features, source.geometries
    shown = tuple(
        Shown(known[f], plan_level(known[f], plan or None), geometries[f])
        for f in features
        if f in geometries
    )
    return Content(source.store.plans.get(plan), shown, (), (0.0, 0.0, 0.0, 0.0))


def scene_projection(source: MapSource, content: Content, box: BBox | None, frame: Box) -> Projection:
    """The camera in a frame: on the box, else on what is shown, else on the whole; the same box gives the same one."""
    if box is not None:
        around = to_metric(shapely.box(*box).segmentize(0.05)).bounds
    elif content.shown:
        around = shapely.union_all([shapely.box(*s.geometry.bounds) for s in content.shown]).bounds
    else:
        around = source.ground
    scale = max(CLOSEST, fitting_scale(around, frame[2] - frame[0], frame[3] - frame[1]))
    return fitted_projection(source, around, frame, scale)


def marks_on(map_: DrawnMap) -> tuple[tuple[str, str], ...]:
    """The categories on a map with the kind of their commonest mark."""
    return tuple((c, kind) for c, n in map_.drawn.kinds.items() for (kind, _), _ in n.most_common(1))


def faded(look: MapLook, opacity: Mapping[str, int]) -> MapLook:
    """The look with layers as faint as a view has them, in percents by category."""
    return replace(look, opacity={category: percent / 100 for category, percent in opacity.items()})


class PictureDrawer:
    """Draws the maps of a deck, each state of the map once."""

    def __init__(self, source: MapSource, size_mm: tuple[float, float], look: MapLook, dpi: int) -> None:
        self.source, self.look, self.dpi = source, look, dpi
        self._frame = (0.0, 0.0, *size_mm)
        self._drawn: dict[object, MapPicture] = {}

    def draw(
        self, features: Sequence[str], box: BBox | None, plan: str, opacity: Mapping[str, int] = _AS_EVER
    ) -> MapPicture:
        """The map of these features, layers as faint as ``opacity`` says in percents; the frame is narrower where the base
        map ends."""
        content = scene_content(self.source, features, plan)
        key = (tuple(s.feature.id for s in content.shown), box, plan, tuple(sorted(opacity.items())))
        if key not in self._drawn:
            camera = scene_projection(self.source, content, box, self._frame)
            self._drawn[key] = self._draw(content, camera, faded(self.look, opacity))
        return self._drawn[key]

    def _draw(self, content: Content, camera: Projection, look: MapLook) -> MapPicture:
        x0, y0, x1, y1 = camera.box
        camera = Projection((0.0, 0.0, x1 - x0, y1 - y0), camera.scale, camera.centre)
        sheet = Sheet(x1 - x0, y1 - y0, self.dpi)
        with drawing():
            map_ = draw_map(sheet, self.source, content, camera, look)
            canvas: Any = FigureCanvasAgg(sheet.figure)
            canvas.draw()
            size = canvas.get_width_height()
            picture = Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
        out = io.BytesIO()
        picture.save(out, "PNG", dpi=(self.dpi, self.dpi), compress_level=_COMPRESSION)
        return MapPicture(
            out.getvalue(), picture.width, picture.height, marks_on(map_), tuple(sorted(map_.drawn.precisions)),
            tuple(n.text.splitlines()[0] for n in map_.left_out), camera.scale,
        )  # fmt: skip
