"""The sheet: a matplotlib figure drawn on in millimetres from the lower left corner, in named groups.

No pyplot and no axes: what is drawn says itself where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox, BboxBase, Transform, TransformedBbox
from numpy.typing import NDArray

from layers.render import text as type_

Points = NDArray[np.float64]
Align = Literal["left", "center", "right"]
Box = tuple[float, float, float, float]
"""``(x0, y0, x1, y1)`` in mm."""
Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, 0 to 1."""

WEIGHT = 0.032
"""Width of the outline that makes type bold, in ems: the font has one weight only."""

PT_PER_PX = 0.75
"""Points in a pixel of 1/96 inch."""


class Group(Artist):
    """A named group of artists; in an SVG a ``<g>`` with the name as id."""

    def __init__(self, name: str | None = None, begun: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.set_gid(name)
        self.children: list[_Drawable] = []
        self._begun = begun

    def draw(self, renderer: RendererBase) -> None:
        self._begun()
        renderer.open_group("g", gid=self.get_gid())
        for child in self.children:
            child.draw(renderer)
        renderer.close_group("g")


@dataclass(frozen=True, slots=True)
class _Ink:
    """A path on the sheet: what a patch of matplotlib's draws, at a third of its cost, for a map has thousands.

    ``face`` and ``edge`` are colours with their opacity, ``width_pt`` of the edge and ``dash_pt`` in points.
    """

    path: Path
    mm: Transform
    face: Colour
    edge: Colour
    width_pt: float
    dash_pt: Sequence[float]
    cap: Literal["butt", "round"]
    clip: BboxBase | None

    def draw(self, renderer: RendererBase) -> None:
        gc: Any = renderer.new_gc()
        gc.set_foreground(self.edge, isRGBA=True)
        gc.set_linewidth(self.width_pt if self.edge[3] else 0)
        gc.set_joinstyle("round")
        gc.set_capstyle(self.cap)
        if self.dash_pt and self.width_pt and self.edge[3]:
            gc.set_dashes(0, self.dash_pt)
        gc.set_clip_rectangle(self.clip)
        renderer.draw_path(gc, self.path, self.mm, self.face if self.face[3] else None)
        gc.restore()


class _Drawable(Protocol):
    def draw(self, renderer: RendererBase) -> None: ...


class Sheet:
    """A page of ``width_mm`` by ``height_mm``. Every drawing method adds to the group that is given.

    ``watch`` is told the share of its groups that a file has been drawn of; what it raises ends the drawing.
    """

    def __init__(
        self, width_mm: float, height_mm: float, dpi: float, watch: Callable[[float], None] | None = None
    ) -> None:
        self.width_mm, self.height_mm = width_mm, height_mm
        self._watch, self._groups, self._drawn = watch, 0, 0
        self.figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), dpi=dpi, facecolor="white")
        self.mm = Affine2D().scale(1 / 25.4) + self.figure.dpi_scale_trans
        self.names: dict[str, str] = {}
        self._clips: dict[Box, BboxBase] = {}
        self._opacity = 1.0

    @contextmanager
    def faded(self, opacity: float) -> Iterator[None]:
        """Everything added meanwhile is so much fainter: 1 as ever, 0 not to be seen."""
        before, self._opacity = self._opacity, self._opacity * opacity
        try:
            yield
        finally:
            self._opacity = before

    def group(self, name: str, parent: Group | None = None, title: str | None = None) -> Group:
        """A new group, on the page or inside another; ``title`` is its name for people."""
        group = Group(name, self._tell)
        self._groups += 1
        if title:
            self.names[name] = title
        if parent is None:
            self.figure.add_artist(group)
        else:
            parent.children.append(group)
        return group

    def _tell(self) -> None:
        if self._watch is not None:
            self._drawn += 1
            self._watch(min(1.0, self._drawn / self._groups))

    def _add(self, group: Group, artist: Artist) -> None:
        artist.set_figure(self.figure)
        group.children.append(artist)

    def _clip(self, box: Box) -> BboxBase:
        """A box of the sheet as the renderers take it."""
        if box not in self._clips:
            self._clips[box] = TransformedBbox(Bbox.from_extents(*box), self.mm)
        return self._clips[box]

    def path(
        self, group: Group, path: Path, *, fill: str | None = None, fill_opacity: float = 1.0, stroke: str | None = None,
        width_pt: float = 0.0, opacity: float = 1.0, dash_pt: Sequence[float] = (), cap: Literal["butt", "round"] = "butt",
        clip: Box | None = None,
    ) -> None:  # fmt: skip
        """An outline, an area, or both."""
        width = width_pt if stroke else 0.0
        group.children.append(
            _Ink(path, self.mm, self._rgba(fill, fill_opacity), self._rgba(stroke, opacity), width, tuple(dash_pt), cap,
                 None if clip is None else self._clip(clip))
        )  # fmt: skip

    def lines(
        self, group: Group, lines: Iterable[Points], *, stroke: str, width_pt: float, opacity: float = 1.0,
        dash_pt: Sequence[float] = (), cap: Literal["butt", "round"] = "butt", clip: Box | None = None,
    ) -> None:  # fmt: skip
        """Many open lines in one stroke, so that a see-through colour does not add up where they cross."""
        drawn = [line for line in lines if len(line) > 1]
        if not drawn:
            return
        path = Path.make_compound_path(*(Path(line) for line in drawn))
        self.path(group, path, stroke=stroke, width_pt=width_pt, opacity=opacity, dash_pt=dash_pt, cap=cap, clip=clip)  # fmt: skip

    def dots(self, group: Group, at: Points, *, color: str, radius_mm: float, opacity: float) -> None:
        """Many small dots, as round-capped lines of no length to speak of."""
        if len(at) == 0:
            return
        ends = np.stack([at, at + np.array([1e-3, 0])], axis=1)
        dots = LineCollection(
            list(ends),
            transform=self.mm,
            colors=[self._rgba(color, opacity)],
            linewidths=2 * radius_mm / type_.MM_PER_PT,
            capstyle="round",
        )
        self._add(group, dots)

    def box(self, group: Group, box: Box, **look: Any) -> None:
        """A rectangle; ``look`` as for :meth:`path`."""
        x0, y0, x1, y1 = box
        self.path(group, Path([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], closed=True), **look)

    def text(
        self, group: Group, x: float, y: float, words: str, size_pt: float, *, color: str = "#1d2733", align: Align = "left",
        bold: bool = False, halo_pt: float = 0.0, halo_color: str = "#ffffff", angle: float = 0.0, opacity: float = 1.0,
    ) -> None:  # fmt: skip
        """One line of text, ``y`` at the middle of its characters; ``angle`` turns it about (x, y).

        Halo and weight are outlines below the text, so that the text itself stays text.
        """
        words = type_.printable(words)
        if not words.strip():
            return
        em = size_pt * type_.MM_PER_PT
        along = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * type_.width_mm(words, size_pt)
        turn = Affine2D().rotate_deg(angle)
        dx, dy = turn.transform((-along, -em * (type_.CAP - type_.DEPTH) / 2))
        place = Affine2D().scale(type_.MM_PER_PT) + turn + Affine2D().translate(x + dx, y + dy)
        if halo_pt or bold:
            outline = TextPath((0, 0), words, size=size_pt, prop=type_.font()).transformed(place)
            if halo_pt:
                self.path(
                    group,
                    outline,
                    stroke=halo_color,
                    width_pt=2 * halo_pt,
                    opacity=0.9 * opacity,
                    cap="round",
                )
            if bold:
                self.path(group, outline, stroke=color, width_pt=size_pt * WEIGHT, opacity=opacity)
        label = Text(
            x + dx, y + dy, words, fontproperties=type_.font().copy(), color=self._rgba(color, opacity), rotation=angle,
            rotation_mode="anchor", ha="left", va="baseline", transform=self.mm, parse_math=False,
        )  # fmt: skip
        label.set_fontsize(size_pt)
        self._add(group, label)

    def _rgba(self, color: str | None, opacity: float) -> Colour:
        if color is None:
            return (0.0, 0.0, 0.0, 0.0)
        red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return (red, green, blue, opacity * self._opacity)
