"""Geometry by dimension, for formats that keep points, lines and areas apart.

A feature of mixed geometry has a row in each layer, under its one id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.formats.content import Content
from layers.formats.rows import Table, feature_table

LAYERS = {"points": "点", "lines": "线", "areas": "面"}
"""Layer name -> Chinese, by dimension."""


def layer_rows(content: Content, dimension: int) -> tuple[Table, list[BaseGeometry]]:
    """Rows and their geometries of one dimension: Points (one row each), MultiLineStrings or MultiPolygons."""
    pairs = [(f, g) for f in content.features if f.id in content.geometries
             for g in _of_dimension(content.geometries[f.id], dimension)]  # fmt: skip
    return feature_table(content, [f for f, _ in pairs]), [g for _, g in pairs]


def _of_dimension(geometry: BaseGeometry, dimension: int) -> Iterator[BaseGeometry]:
    parts = [p for p in _simple(geometry) if shapely.get_dimensions(p) == dimension]
    if dimension == 0:
        yield from parts
    elif parts:
        joined: Any = shapely.multilinestrings(parts) if dimension == 1 else shapely.multipolygons(parts)
        yield joined


def _simple(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _simple(part)
    else:
        yield geometry
