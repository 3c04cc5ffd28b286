"""Pages of the figure machinery as a deck needs them: a map alone, at a camera that stays from slide to slide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from PIL import Image

from geo.crs import to_metric, to_wgs84
from layers.render.content import fitting_scale
from layers.render.layout_spec import Layout, parse_layout
from layers.render.output import drawing, page_bytes
from layers.render.page import compose
from layers.render.source import MapSource
from layers.view_link import BBox

ENLARGE = 1.5
"""Type and lines on a slide: read from the back of a room."""
CLOSEST = 25_000
"""No map is drawn larger than 1:N: the base map has nothing to show there."""
_SHEET_MM = (238.0, 216.0)


@dataclass(frozen=True)
class MapPicture:
    """A map without title and legend: PNG, the categories on it (with the kind of their first mark), its scale."""

    png: bytes
    width_px: int
    height_px: int
    kinds: tuple[tuple[str, str], ...]
    scale: int


@dataclass(frozen=True)
class Camera:
    """Scale 1:N about a longitude and latitude."""

    scale: int
    centre: tuple[float, float]


class MapDrawer:
    """Draws the maps of one deck."""

    def __init__(self, source: MapSource, plan: str, dpi: int) -> None:
        self.source, self.plan, self.dpi = source, plan, dpi
        self._cameras: dict[BBox | None, Camera] = {}
        self._frame_mm: tuple[float, float] | None = None

    def draw(self, features: Sequence[str], box: BBox | None) -> MapPicture:
        """The map of these features, cut at its frame.

        Raises
        ------
        LayoutError
            Nothing of it can be drawn.
        """
        camera = self._camera(features, box)
        layout = self._layout(tuple(features), camera)
        with drawing():
            page = compose(self.source, layout)
            whole = Image.open(io.BytesIO(page_bytes(page, self.source, "png")))
        k = self.dpi / 25.4
        x0, y0, x1, y1 = page.projection.box
        cut = (round(x0 * k), whole.height - round(y1 * k), round(x1 * k), whole.height - round(y0 * k))
        picture = whole.crop(cut)
        out = io.BytesIO()
        picture.save(out, "PNG", dpi=(self.dpi, self.dpi), compress_level=6)
        kinds = tuple((c, kind) for c, n in page.drawn.kinds.items() for (kind, _), _ in n.most_common(1))
        return MapPicture(out.getvalue(), picture.width, picture.height, kinds, page.projection.scale)

    def _layout(self, features: tuple[str, ...], camera: Camera | None) -> Layout:
        width, height = (round(mm / 25.4 * self.dpi) for mm in _SHEET_MM)
        values = {
            "paper": "pixels", "width_px": width, "height_px": height, "dpi": self.dpi, "plan": self.plan,
            "features": features, "legend": False, "locator": False, "structures": False, "enlarge": ENLARGE,
        }  # fmt: skip
        if camera is not None:
            values |= {"scale": camera.scale, "centre": camera.centre}
        return parse_layout(values)

    def _camera(self, features: Sequence[str], box: BBox | None) -> Camera:
        """The camera that shows a box, or else the features; the same box gives the same camera."""
        if box is None:
            return self._fitted(
                to_wgs84(shapely.union_all([self.source.geometries[f] for f in features])).bounds
            )
        if box not in self._cameras:
            self._cameras[box] = self._fitted(box)
        return self._cameras[box]

    def _fitted(self, box: BBox) -> Camera:
        width, height = self._frame()
        x0, y0, x1, y1 = to_metric(shapely.box(*box).segmentize(0.05)).bounds
        centre = to_wgs84(shapely.Point((x0 + x1) / 2, (y0 + y1) / 2))
        return Camera(max(CLOSEST, fitting_scale((x0, y0, x1, y1), width, height)), (centre.x, centre.y))

    def _frame(self) -> tuple[float, float]:
        """Width and height of the map frame on the sheet."""
        if self._frame_mm is None:
            anything = next(iter(self.source.geometries))
            summary = self.source.store.features[anything]
            at = (summary.lon or 0.0, summary.lat or 0.0)
            with drawing():
                x0, y0, x1, y1 = compose(
                    self.source, self._layout((anything,), Camera(CLOSEST, at))
                ).projection.box
            self._frame_mm = x1 - x0, y1 - y0
        return self._frame_mm
