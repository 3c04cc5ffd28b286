"""CSV: one row a feature, headings in Chinese, the geometry as WKT in the last column.

UTF-8 with a byte order mark and CRLF, so that Excel opens it. A text that begins with ``= + - @`` or a tab gets an
apostrophe before it, so that no program takes it for a formula. A cell of Excel holds 32,767 characters: the WKT of a
large area is longer, and a spreadsheet will cut it; GIS programs read it whole.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from layers.formats.content import Content
from layers.formats.rows import Column, Table, Value, feature_table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(content: Content) -> bytes:
    """The features, the unplaced with an empty WKT."""
    table = feature_table(content)
    wkt = [content.geometries[f.id].wkt if f.id in content.geometries else "" for f in content.features]
    columns = (*table.columns, Column("crs", "坐标系", 10), Column("wkt", "WKT", 40))
    rows = [(*row, content.crs, text) for row, text in zip(table.rows, wkt, strict=True)]
    return csv_bytes(replace(table, columns=columns, rows=rows))


def csv_bytes(table: Table) -> bytes:
    """A table as CSV under its Chinese headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([c.heading for c in table.columns])
    writer.writerows([_plain(v) for v in row] for row in table.rows)
    return ("\ufeff" + out.getvalue()).encode()


def _plain(value: Value) -> Value:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
