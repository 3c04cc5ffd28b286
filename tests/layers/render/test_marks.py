"""The page draws as the screen does: one registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from layers.render import MapSource, render
from layers.render.marks import DRAW_ORDER, area_fill, area_stroke, line_stroke
from layers.styles import read_styles
from tests.layers.render.conftest import small

ROOT = Path(__file__).resolve().parents[3]
STYLES = read_styles(ROOT / "data" / "layers.yaml")


@pytest.mark.parametrize("category", STYLES.categories)
@pytest.mark.parametrize("precision", ["boundary", "located", "derived", "schematic", "district"])
def test_ink_is_the_registry_in_points(category: str, precision: str) -> None:
    style, sure = STYLES.categories[category], STYLES.precision[precision]
    line, area, fill = line_stroke(style, sure), area_stroke(style, sure), area_fill(style, sure)
    assert line.color == area.color == fill.color == style.color
    assert line.width_pt == pytest.approx(0.75 * (max(style.width, 6) if sure.soft else style.width))
    assert line.dash_pt == tuple(0.75 * float(d) for d in sure.dash.split())
    assert fill.hatch == (style.hatch if sure.hatched else "none")
    assert area.opacity == (0.35 if sure.soft else sure.stroke_opacity)


def test_every_category_has_its_place_in_the_order() -> None:
    assert sorted(DRAW_ORDER) == sorted(STYLES.categories)


def test_the_screen_stacks_its_layers_alike() -> None:
    found = re.search(
        r"_ORDER = \[(.*?)\]", (ROOT / "viewer" / "map_view.py").read_text(encoding="utf-8"), re.DOTALL
    )
    assert found is not None
    assert tuple(re.findall(r'"(\w+)"', found.group(1))) == DRAW_ORDER


def test_the_file_holds_the_colours_and_widths_of_the_registry(source: MapSource) -> None:
    svg = render(
        source, small(plan="qingdao", layers=["axis"], labels=False, legend=False, enlarge=1), "svg"
    ).decode()
    layer = svg[svg.index('id="layer-axis"') : svg.index('id="labels"')]
    style = source.styles.categories["axis"]
    widths = {float(w) for w in re.findall(r"stroke-width: ([\d.]+)", layer)}
    assert style.color in layer
    assert style.width * 0.75 in widths
