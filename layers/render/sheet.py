"""The sheet: a matplotlib figure drawn on in millimetres from the lower left corner, in named groups.

No pyplot and no axes: what is drawn says itself where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from layers.render import text as type_

Points = NDArray[np.float64]
Align = Literal["left", "center", "right"]
Box = tuple[float, float, float, float]
"""``(x0, y0, x1, y1)`` in mm."""

WEIGHT = 0.032
"""Width of the outline that makes type bold, in ems: the font has one weight only."""

PT_PER_PX = 0.75
"""Points in a pixel of 1/96 inch."""


class Group(Artist):
    """A named group of artists; in an SVG a ``<g>`` with the name as id."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__()
        self.set_gid(name)
        self.children: list[Artist] = []

    def draw(self, renderer: RendererBase) -> None:
        renderer.open_group("g", gid=self.get_gid())
        for child in self.children:
            child.draw(renderer)
        renderer.close_group("g")


class Sheet:
    """A page of ``width_mm`` by ``height_mm``. Every drawing method adds to the group that is given."""

    def __init__(self, width_mm: float, height_mm: float, dpi: float) -> None:
        self.width_mm, self.height_mm = width_mm, height_mm
        self.figure = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), dpi=dpi, facecolor="white")
        self.mm = Affine2D().scale(1 / 25.4) + self.figure.dpi_scale_trans
        self.names: dict[str, str] = {}
        self._clips: dict[Box, Rectangle] = {}

    def group(self, name: str, parent: Group | None = None, title: str | None = None) -> Group:
        """A new group, on the page or inside another; ``title`` is its name for people."""
        group = Group(name)
        if title:
            self.names[name] = title
        if parent is None:
            self.figure.add_artist(group)
        else:
            parent.children.append(group)
        return group

    def _add(self, group: Group, artist: Artist, clip: Box | None = None) -> None:
        artist.set_figure(self.figure)
        if clip is not None:
            if clip not in self._clips:
                x0, y0, x1, y1 = clip
                self._clips[clip] = Rectangle((x0, y0), x1 - x0, y1 - y0, transform=self.mm, facecolor="none")
            artist.set_clip_path(self._clips[clip])
        group.children.append(artist)

    def path(
        self, group: Group, path: Path, *, fill: str | None = None, fill_opacity: float = 1.0, stroke: str | None = None,
        width_pt: float = 0.0, opacity: float = 1.0, dash_pt: Sequence[float] = (), cap: Literal["butt", "round"] = "butt",
        clip: Box | None = None,
    ) -> None:  # fmt: skip
        """An outline, an area, or both."""
        patch = PathPatch(
            path,
            transform=self.mm,
            facecolor=_rgba(fill, fill_opacity),
            edgecolor=_rgba(stroke, opacity),
            linewidth=width_pt if stroke else 0,
            linestyle=(0, tuple(dash_pt)) if dash_pt else "-",
            capstyle=cap,
            joinstyle="round",
        )
        self._add(group, patch, clip)

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
            colors=[_rgba(color, opacity)],
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
            x + dx, y + dy, words, fontproperties=type_.font().copy(), color=_rgba(color, opacity), rotation=angle,
            rotation_mode="anchor", ha="left", va="baseline", transform=self.mm, parse_math=False,
        )  # fmt: skip
        label.set_fontsize(size_pt)
        self._add(group, label)


def _rgba(color: str | None, opacity: float) -> tuple[float, float, float, float]:
    if color is None:
        return (0.0, 0.0, 0.0, 0.0)
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (red, green, blue, opacity)
