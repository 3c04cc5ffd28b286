"""KML 2.2: a folder a category, coloured as on the map, each placemark with its quoted evidence.

Written as XML and not through GDAL, whose drivers take no styles from a table.

References
----------
OGC 12-007r2, KML 2.3 (and 07-147r2, KML 2.2).
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from geo.precision import Precision, precision_words
from layers.formats.content import NOTICE, TITLE, Content
from layers.formats.rows import Table, Value, feature_table, place_words
from layers.records import FeatureSummary
from layers.styles import CategoryStyle, PrecisionStyle

_KML = "http://www.opengis.net/kml/2.2"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUOTES = 6
_UNPLACED = "未落图"


def render(content: Content) -> bytes:
    """The document; unplaced features stand in a folder of their own, without geometry."""
    root = ET.Element("kml", xmlns=_KML)
    document = _add(root, "Document")
    _add(document, "name", TITLE)
    _add(document, "description", "\n".join(f"{head}：{words}" for head, words in content.imprint()))
    told = {"link": content.link, "version": content.store.version, "notice": NOTICE}
    _extended(document, told)
    for category, precision in sorted(
        {(f.category, f.precision) for f in content.features if f.id in content.geometries}
    ):
        _add_style(document, category, precision, content)
    table = feature_table(content)
    rows = dict(zip(table.values("id"), table.rows, strict=True))
    for title, features in _folders(content).items():
        folder = _add(document, "Folder")
        _add(folder, "name", title)
        for feature in features:
            _add_placemark(folder, feature, content, table, rows[feature.id])
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body


def _folders(content: Content) -> dict[str, list[FeatureSummary]]:
    """Features by the name of their category, in layer order; the unplaced last."""
    found: dict[str, list[FeatureSummary]] = defaultdict(list)
    for category, style in content.styles.categories.items():
        for f in content.features:
            if f.category == category and f.id in content.geometries:
                found[style.name].append(f)
    found[_UNPLACED] = [f for f in content.features if f.id not in content.geometries]
    return {title: features for title, features in found.items() if features}


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = _ILLEGAL.sub("", text)
    return element


def _extended(parent: ET.Element, values: dict[str, str]) -> None:
    data = _add(parent, "ExtendedData")
    for name, value in values.items():
        _add(_add(data, "Data", name=name), "value", value)


def _add_style(document: ET.Element, category: str, precision: str, content: Content) -> None:
    look, sure = content.styles.categories[category], content.styles.precision[precision]
    style = _add(document, "Style", id=f"{category}-{precision}")
    icon = _add(style, "IconStyle")
    _add(icon, "color", kml_color(look.color, 1.0))
    _add(icon, "scale", "0.9")
    line = _add(style, "LineStyle")
    _add(line, "color", kml_color(look.color, sure.stroke_opacity))
    _add(line, "width", f"{_line_width(look, sure):g}")
    fill = _add(style, "PolyStyle")
    _add(fill, "color", kml_color(look.color, min(sure.fill_opacity, 0.15)))


def _line_width(look: CategoryStyle, sure: PrecisionStyle) -> float:
    return max(look.width, 6.0) if sure.soft else look.width


def kml_color(color: str, opacity: float) -> str:
    """``#rrggbb`` as KML writes it: aabbggrr."""
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}"


def _add_placemark(
    folder: ET.Element, f: FeatureSummary, content: Content, table: Table, row: tuple[Value, ...]
) -> None:
    mark = _add(folder, "Placemark", id=f.id)
    _add(mark, "name", f.name)
    _add(mark, "description", _description(f, content))
    geometry = content.geometries.get(f.id)
    if geometry is not None:
        _add(mark, "styleUrl", f"#{f.category}-{f.precision}")
    told = dict(zip((c.key for c in table.columns), row, strict=True))
    told = {
        "feature": told.pop("id"),
        **{k: v for k, v in told.items() if k != "name"},
    }  # KML has its own id and name
    _extended(mark, {k: str(v) for k, v in told.items() if v not in (None, "")})
    if geometry is not None:
        _add_geometry(mark, geometry)


def _description(f: FeatureSummary, content: Content) -> str:
    """HTML, as viewers show it; every word of the plan escaped."""
    words = precision_words(Precision(f.precision))
    quotes = content.evidence[f.id][:_QUOTES]
    return f"<p>{words.label_zh}：{words.meaning_zh}</p>" + "".join(
        f"<blockquote>「{escape(e.before)}<b>{escape(e.mention)}</b>{escape(e.after)}」"
        f"<br/>{escape(place_words(content, e))}</blockquote>"
        for e in quotes
    )


def _add_geometry(parent: ET.Element, geometry: BaseGeometry) -> None:
    if hasattr(geometry, "geoms"):
        many = _add(parent, "MultiGeometry")
        for part in geometry.geoms:
            _add_geometry(many, part)
    elif geometry.geom_type == "Polygon":
        area = _add(parent, "Polygon")
        _add(area, "tessellate", "1")
        for tag, ring in [
            ("outerBoundaryIs", geometry.exterior),
            *(("innerBoundaryIs", r) for r in geometry.interiors),
        ]:
            _add(_add(_add(area, tag), "LinearRing"), "coordinates", _coordinates(ring))
    else:
        shape = _add(parent, geometry.geom_type)
        if geometry.geom_type == "LineString":
            _add(shape, "tessellate", "1")
        _add(shape, "coordinates", _coordinates(geometry))


def _coordinates(geometry: BaseGeometry) -> str:
    return " ".join(f"{x:.6f},{y:.6f}" for x, y in shapely.get_coordinates(geometry))
