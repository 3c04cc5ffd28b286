"""Figures made from the real plans, opened again: scale, names, legend, DPI, text, groups, metadata."""

from __future__ import annotations

import datetime
import io
import itertools
import math
import re
import xml.etree.ElementTree as ET

import pytest
import shapely
from PIL import Image
from pypdf import PdfReader
from pyproj import Geod

from layers.facets import feature_facets
from layers.render import Layout, LayoutError, MapSource, render
from layers.render.content import choose_content
from layers.render.output import layout_of, view_state
from layers.render.page import Page, compose, page_title
from tests.layers.render.conftest import small

PLANS = ["qingdao", "chengyang", "jimo", "licang", "shinan"]
SVG = "{http://www.w3.org/2000/svg}"
TODAY = datetime.date(2026, 1, 2)


@pytest.fixture(scope="module")
def pages(source: MapSource) -> dict[str, Page]:
    """Every plan's structure on A4."""
    return {plan: compose(source, Layout(plan=plan, dpi=150)) for plan in PLANS}


@pytest.fixture(scope="module")
def svg(source: MapSource) -> ET.Element:
    return ET.fromstring(render(source, small(plan="shinan"), "svg", TODAY))


@pytest.fixture(scope="module")
def pdf(source: MapSource) -> PdfReader:
    return PdfReader(io.BytesIO(render(source, Layout(plan="shinan", title="市南区空间结构"), "pdf", TODAY)))


def test_a_known_distance_on_the_page(source: MapSource, svg: ET.Element) -> None:
    """Two stations drawn in the SVG are as far apart as on the ellipsoid, at the printed scale."""
    groups = {g.get("id"): g for g in svg.iter(f"{SVG}g")}
    printed = re.search(r"1:([\d ]+)", " ".join(t.text or "" for t in svg.iter(f"{SVG}text")))
    assert printed is not None
    scale = int(printed.group(1).replace(" ", ""))
    stations = [f for f in source.store.features.values() if f.category == "core" and f.id in groups]
    assert len(stations) >= 2
    apart = []
    for one, other in itertools.combinations(stations, 2):
        _, _, metres = Geod(ellps="WGS84").inv(one.lon, one.lat, other.lon, other.lat)
        page_mm = math.dist(_middle(groups[one.id]), _middle(groups[other.id])) * 25.4 / 72
        apart.append((metres, page_mm / 1000 * scale))
    far = max(apart)
    assert far[1] == pytest.approx(far[0], rel=0.005)


def _middle(group: ET.Element) -> tuple[float, float]:
    path = group.find(f".//{SVG}path")
    assert path is not None
    at = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d", ""))]
    xs, ys = [x for x, _ in at], [y for _, y in at]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@pytest.mark.parametrize("scale", [25_000, 100_000])
def test_a_fixed_scale_is_kept(source: MapSource, scale: int) -> None:
    page = compose(source, small(plan="shinan", scale=scale, centre=[120.36, 36.065]))
    projection = page.projection
    east = projection.to_page(shapely.Point(projection.centre[0] + 1000, projection.centre[1]))
    middle = projection.to_page(shapely.Point(*projection.centre))
    assert (east.x - middle.x) * scale / 1000 == pytest.approx(1000, rel=1e-6)


@pytest.mark.parametrize("plan", PLANS)
def test_no_name_lies_over_another(pages: dict[str, Page], plan: str) -> None:
    page = pages[plan]
    boxes = [shapely.Polygon(label.corners) for label in page.labels]
    tree = shapely.STRtree(boxes)
    pairs = tree.query(boxes, predicate="overlaps")
    assert pairs.shape[1] == 0
    frame = shapely.box(*page.projection.box)
    assert all(frame.covers(box) for box in boxes)
    assert len(boxes) > 15


@pytest.mark.parametrize("plan", PLANS)
def test_most_structural_features_are_named(pages: dict[str, Page], plan: str) -> None:
    page = pages[plan]
    named = [label for label in page.labels if label.name.level == 1]
    assert len(page.left_out) <= 0.25 * (len(named) + len(page.left_out)), [n.text for n in page.left_out]


@pytest.mark.parametrize("plan", PLANS)
def test_the_legend_is_what_is_shown(pages: dict[str, Page], source: MapSource, plan: str) -> None:
    page = pages[plan]
    drawn = [source.store.features[fid] for fid in page.drawn.features]
    rows = {role: {e.key for e in page.entries if e.role == role} for role in ("category", "precision")}
    assert rows["category"] == {f.category for f in drawn}
    assert rows["precision"] == {f.precision for f in drawn}
    assert drawn


def test_names_stay_off_the_scale_bar(source: MapSource) -> None:
    page = compose(source, small(plan="shinan"))
    ids = {c.get_gid() for c in page.sheet.figure.artists}
    assert {"map", "scale-bar", "north-arrow", "title", "imprint", "legend", "locator"} <= ids


def test_a_png_knows_its_dpi(source: MapSource) -> None:
    layout = small(plan="licang", dpi=200)
    picture = Image.open(io.BytesIO(render(source, layout, "png")))
    assert picture.size == layout.size_px == (1100, 800)
    assert picture.info["dpi"] == pytest.approx((200, 200), abs=0.01)
    assert len(set(picture.convert("RGB").resize((110, 80)).getdata())) > 200
    assert layout_of("plan-atlas-layout=" + picture.info["plan-atlas-layout"]) is not None
    assert source.store.version in picture.info["Description"]


def test_a_pdf_is_text_and_lines(pdf: PdfReader) -> None:
    page = pdf.pages[0]
    words = page.extract_text()
    for expected in (
        "市南区空间结构",
        "浮山湾区",
        "图例",
        "推定",
        "示意图，不作为法定依据",
        "EPSG:4549",
        "OpenStreetMap",
    ):
        assert expected in words
    assert [float(x) for x in page.mediabox[2:]] == pytest.approx([841.89, 595.28], abs=0.1)
    assert not page.images


def test_a_pdf_says_where_it_comes_from(pdf: PdfReader, source: MapSource) -> None:
    told = pdf.metadata
    assert told is not None
    assert told.title == "市南区空间结构"
    assert told.author == "规划图集 Plan Atlas"
    assert source.store.version in (told.subject or "")
    assert "/?v=2&plan=shinan" in (told.subject or "")
    assert layout_of(str(told["/Keywords"])) == {"version": 1, "plan": "shinan", "title": "市南区空间结构"}


def test_an_svg_has_a_group_a_layer_and_keeps_ids(svg: ET.Element, source: MapSource) -> None:
    groups = {g.get("id"): g for g in svg.iter(f"{SVG}g")}
    page = compose(source, small(plan="shinan"))
    for category in {source.store.features[f].category for f in page.drawn.features}:
        layer = groups[f"layer-{category}"]
        inside = {g.get("id") for g in layer.iter(f"{SVG}g")}
        assert {f for f in page.drawn.features if source.store.features[f].category == category} <= inside
        assert layer.findtext(f"{SVG}title") == source.styles.categories[category].name
    ids = [e.get("id") for e in svg.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_an_svg_keeps_text_as_text_with_its_font(svg: ET.Element) -> None:
    words = [t.text for t in svg.iter(f"{SVG}text")]
    assert "浮山湾区" in words
    assert "示意图，不作为法定依据" in words
    style = "".join(s.text or "" for s in svg.iter(f"{SVG}style"))
    assert "@font-face" in style
    assert "http" not in style


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_request_gives_the_same_bytes(source: MapSource, kind: str) -> None:
    layout = small(plan="licang", layers=["zone"])
    assert render(source, layout, kind, TODAY) == render(source, layout, kind, TODAY)  # type: ignore[arg-type]


def test_chosen_features_alone(source: MapSource) -> None:
    chosen = ("shinan.fu-shan-wan-qu", "shinan.hui-quan-wan-qu")
    page = compose(source, small(features=chosen))
    assert set(page.drawn.features) == set(chosen)
    x0, y0, x1, y1 = page.projection.ground()
    assert shapely.box(x0, y0, x1, y1).covers(source.geometries[chosen[0]])


def test_formulas_are_no_formulas_to_the_typesetter(source: MapSource) -> None:
    """A dollar sign begins mathematics in matplotlib; here it is a dollar sign."""
    page = compose(source, small(plan="shinan", title="投资 $5 亿与 $\\frac{1}{2}$"))
    render(source, page.layout, "png")


@pytest.mark.parametrize(
    "extra", [{"project_table": True, "quotes": True}, {"width_px": 800, "height_px": 1100, "quotes": True}]
)
def test_tables_and_quotes(source: MapSource, extra: dict[str, object]) -> None:
    svg = ET.fromstring(render(source, small(plan="shinan", graticule=True, notes="说明", **extra), "svg"))
    ids = {g.get("id") for g in svg.iter(f"{SVG}g")}
    assert {"quotes", "graticule", "notes"} <= ids
    words = "".join(t.text or "" for t in svg.iter(f"{SVG}text"))
    assert "「" in words
    assert "′N" in words


def opacities(svg: bytes, group: str) -> list[float]:
    """Every opacity drawn in a group of an SVG."""
    root = ET.fromstring(svg)
    found = next(g for g in root.iter(f"{SVG}g") if g.get("id") == group)
    styles = " ".join(e.get("style", "") for e in found.iter())
    return [float(v) for v in re.findall(r"(?:^|[; ])(?:fill-|stroke-)?opacity: ([\d.]+)", styles)]


def test_layers_are_as_faint_as_the_layout_says(source: MapSource) -> None:
    """The ink of the layer and its row in the legend, nothing else; the view of the file has it too."""
    plain, faint = (
        render(source, small(plan="qingdao", opacity=opacity), "svg", TODAY) for opacity in ({}, {"belt": 40})
    )
    for group in ("layer-belt", "legend-category-belt"):
        before, after = opacities(plain, group), opacities(faint, group)
        assert max(before, default=1.0) > 0.4  # an ink without an opacity is drawn in full
        assert 0 < max(after) <= 0.4 + 1e-6
    for group in ("layer-axis", "labels", "base"):
        assert opacities(plain, group) == opacities(faint, group)
    assert b"opacity=belt-40" in faint
    assert b"opacity=belt" not in plain


def test_filters_leave_out_what_does_not_meet_them(source: MapSource) -> None:
    facets = feature_facets(source.store)
    filters = {"status": ("planned", "under_construction"), "precision": ("schematic",)}
    layout = small(levels=(1, 2, 3), filters=filters)
    content = choose_content(source, layout)
    shown = {s.feature.id for s in content.shown}
    every = {s.feature.id for s in choose_content(source, small(levels=(1, 2, 3))).shown}
    assert shown == {i for i in every if facets[i].meet(filters)}
    assert 0 < len(shown) < len(every)
    page = compose(source, layout, TODAY)
    assert "（已筛选）" in page_title(layout, content)[1]
    assert view_state(page, source).filters == filters
    with pytest.raises(LayoutError, match="没有要素符合所选的筛选"):
        choose_content(source, small(filters={"status": ("moved",)}))
    with pytest.raises(LayoutError, match="没有筛选「colour」；可用：status"):
        small(filters={"colour": ("red",)})
