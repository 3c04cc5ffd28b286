"""GeoPackage: layers of points, lines and areas, and tables of the unplaced, evidence, projects and imprint."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from layers.formats.content import NOTICE, TITLE, Content, plan_edition
from layers.formats.gdal import frame, geo_frame, write_layer
from layers.formats.parts import LAYERS, layer_rows
from layers.formats.rows import Column, Table, evidence_table, project_table, unplaced_table

_GEOMETRY = ("Point", "MultiLineString", "MultiPolygon")


def render(content: Content) -> bytes:
    """A file that QGIS and ArcGIS open as it is; empty layers stay, so that it always looks the same."""
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as folder:
        path = Path(folder) / "plan-atlas.gpkg"
        for dimension, (layer, words) in enumerate(LAYERS.items()):
            table, geometries = layer_rows(content, dimension)
            data = geo_frame(frame(table.columns, table.rows), geometries, content.crs)
            told = {"dataset_metadata": _metadata(content)} if dimension == 0 else {"append": True}
            write_layer(
                data,
                path,
                layer=layer,
                driver="GPKG",
                geometry_type=_GEOMETRY[dimension],
                IDENTIFIER=words,
                **told,
            )
        for name, words, table in _tables(content):
            data = frame(table.columns, table.rows)
            write_layer(data, path, layer=name, driver="GPKG", append=True, IDENTIFIER=words)
        return path.read_bytes()


def _tables(content: Content) -> list[tuple[str, str, Table]]:
    about = Table((Column("item", "项", 12), Column("words", "内容", 80)), [*content.imprint()])
    return [
        ("unplaced", "未落图", unplaced_table(content)),
        ("evidence", "出处", evidence_table(content)),
        ("projects", "项目", project_table(content)),
        ("about", "说明", about),
    ]


def _metadata(content: Content) -> dict[str, str]:
    return {
        "title": TITLE,
        "notice": NOTICE,
        "link": content.link,
        "version": content.store.version,
        "editions": json.dumps([plan_edition(p) for p in content.plans], ensure_ascii=False),
        "attribution": "; ".join(content.store.attribution),
    }
