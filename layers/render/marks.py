"""How the screen's looks become ink: widths, dashes and opacities of data/layers.yaml in points.

The few numbers that the screen's drawing functions (assets/1-map.js) add to the registry stand here once.
"""

from __future__ import annotations

from dataclasses import dataclass

from layers.render.sheet import PT_PER_PX
from layers.styles import CategoryStyle, PrecisionStyle, Styles

# Bottom to top, as on the screen: wide things below, points people look for on top.
DRAW_ORDER = (
    "admin", "township", "region", "structure", "zone", "bay", "coast", "island", "green", "mountain", "water",
    "renewal", "industrial_cluster", "industrial_park", "business_district", "commercial", "belt", "axis", "road",
    "rail", "heritage", "facility", "hub", "node", "core",
)  # fmt: skip

SYMBOL_PX = {1: 22.0, 2: 18.0, 3: 14.0}
"""Size of a point's symbol by level."""

HATCH_STEP_PX = 12.5
HATCH_OPACITY = 0.45
HATCH_WIDTH_PX = 0.8
"""Finer than on the screen, and as much darker: print resolves it."""
SOFT_EDGE_MM, SOFT_EDGE_OPACITY = 1.4, 0.11
"""Band inside a schematic area, so that neighbours keep apart without a hard edge."""
HATCH_GROUND = 0.045
DOT_OPACITY = 0.5
DOT_RADIUS_PX = 1.1 * 1.25

LAND, OTHER_LAND, SEA, SHORE, WATER = "#fbfaf6", "#f3f2ed", "#dcebf3", "#b9c4c9", "#cfe3ef"
DISTRICT_LINE, DISTRICT_DASH = "#8c98a4", "6 3 1 3"
DISTRICT_WIDTH_PX, SHORE_WIDTH_PX = 1.1, 0.8
INK, INK_2, INK_3, RULE = "#1d2733", "#51606f", "#66727e", "#dfe4e8"


@dataclass(frozen=True)
class Stroke:
    """A line's look; widths and dashes in pt."""

    color: str
    width_pt: float
    opacity: float
    dash_pt: tuple[float, ...]
    round_cap: bool


@dataclass(frozen=True)
class Fill:
    """An area's look; ``hatch`` is ``none`` where the fill is plain."""

    color: str
    opacity: float
    hatch: str


def dash_pt(dash: str, enlarge: float = 1.0) -> tuple[float, ...]:
    """A dash of the registry (px at 96 dpi) in pt."""
    return tuple(float(d) * PT_PER_PX * enlarge for d in dash.split())


def line_stroke(style: CategoryStyle, precision: PrecisionStyle, enlarge: float = 1.0) -> Stroke:
    """A line of this category, as sure as this class: schematic ones wide and soft."""
    width = max(style.width, 6) if precision.soft else style.width
    return Stroke(
        style.color,
        width * PT_PER_PX * enlarge,
        precision.stroke_opacity,
        dash_pt(precision.dash, enlarge),
        round_cap=not precision.dash,
    )


def area_stroke(style: CategoryStyle, precision: PrecisionStyle, enlarge: float = 1.0) -> Stroke:
    """The outline of an area; a schematic one is a mere row of dots."""
    width = 1.0 if precision.soft else min(style.width, 2)
    dash = "1 6" if precision.soft else precision.dash
    opacity = 0.35 if precision.soft else precision.stroke_opacity
    return Stroke(style.color, width * PT_PER_PX * enlarge, opacity, dash_pt(dash, enlarge), round_cap=False)


def area_fill(style: CategoryStyle, precision: PrecisionStyle) -> Fill:
    """The inside of an area: hatched where it is an idea, plain and light where it is known."""
    if precision.hatched and style.hatch != "none":
        return Fill(style.color, HATCH_GROUND, style.hatch)
    return Fill(style.color, precision.fill_opacity if not precision.hatched else HATCH_GROUND, "none")


def label_color(color: str) -> str:
    """A category's colour mixed with black, dark enough to read."""
    return "#" + "".join(f"{round(int(color[i : i + 2], 16) * 0.72):02x}" for i in (1, 3, 5))


def categories_in_order(styles: Styles) -> list[str]:
    """Every category, bottom to top."""
    rest = [c for c in styles.categories if c not in DRAW_ORDER]
    return [*rest, *(c for c in DRAW_ORDER if c in styles.categories)]
