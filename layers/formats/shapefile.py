"""Shapefile: a zip of points, lines and areas, with the words a Shapefile has no room for beside them.

A DBF field name has 10 bytes and a text 254: names are cut without collision and listed, long texts are cut at a
character and stand whole in the tables of the zip.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from layers.formats.content import Content
from layers.formats.csv_table import csv_bytes
from layers.formats.gdal import frame, geo_frame, write_layer
from layers.formats.parts import LAYERS, layer_rows
from layers.formats.rows import Table, Value, evidence_table, feature_table, project_table, unplaced_table

NAME_BYTES = 10
TEXT_BYTES = 254
_MORE = "…"
_EPOCH = (2021, 1, 1, 0, 0, 0)
_GEOMETRY = ("Point", "MultiLineString", "MultiPolygon")


def render(content: Content) -> bytes:
    """A zip; a layer without features is left out, as an empty Shapefile says nothing."""
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as name:
        folder = Path(name)
        for dimension, layer in enumerate(LAYERS):
            table, geometries = layer_rows(content, dimension)
            if geometries:
                data = geo_frame(_cut_frame(table), geometries, content.crs)
                write_layer(data, folder / f"{layer}.shp", driver="ESRI Shapefile", encoding="UTF-8",
                            geometry_type=_GEOMETRY[dimension])  # fmt: skip
        files = {p.name: p.read_bytes() for p in sorted(folder.iterdir())}
    tables = {"features": feature_table(content), "evidence": evidence_table(content),
              "projects": project_table(content), "unplaced": unplaced_table(content)}  # fmt: skip
    files |= {f"{name}.csv": csv_bytes(table) for name, table in tables.items() if table.rows}
    files["fields.txt"] = ("\ufeff" + field_list(tables["features"])).encode()
    files["about.txt"] = (
        "\ufeff" + "".join(f"{head}：{words}\r\n" for head, words in content.imprint())
    ).encode()
    return _zipped(files)


def cut_names(names: Sequence[str], limit: int = NAME_BYTES) -> list[str]:
    """Names of at most ``limit`` UTF-8 bytes, cut at a character, all different whatever their case."""
    taken: set[str] = set()
    cut: list[str] = []
    for name in names:
        short, number = cut_text(name, limit), 1
        while short.lower() in taken:
            tail = f"_{number}"
            short, number = cut_text(name, limit - len(tail)) + tail, number + 1
        taken.add(short.lower())
        cut.append(short)
    return cut


def cut_text(text: str, limit: int, more: str = "") -> str:
    """The text in at most ``limit`` UTF-8 bytes, cut at a character; ``more`` stands for what is left out."""
    raw = text.encode()
    if len(raw) <= limit:
        return text
    return raw[: limit - len(more.encode())].decode(errors="ignore") + more


def field_list(table: Table) -> str:
    """The fields in words: cut name, whole name, heading, and whether texts are cut."""
    lines = ["字段\t全名\t中文\t说明"]
    for at, (short, column) in enumerate(zip(_short_names(table), table.columns, strict=True)):
        cut = sum(
            1 for row in table.rows if isinstance(row[at], str) and len(str(row[at]).encode()) > TEXT_BYTES
        )
        words = f"{cut} 个值超过 {TEXT_BYTES} 字节，已截断，全文见 features.csv" if cut else ""
        lines.append(f"{short}\t{column.key}\t{column.heading}\t{words}")
    return "\r\n".join(lines) + "\r\n"


def _short_names(table: Table) -> list[str]:
    return cut_names([c.key for c in table.columns])


def _cut_frame(table: Table) -> object:
    def cut(value: Value) -> Value:
        return cut_text(value, TEXT_BYTES, _MORE) if isinstance(value, str) else value

    return frame(table.columns, [[cut(v) for v in row] for row in table.rows], _short_names(table))


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
