"""Data to take away: the features, or a selection of them, as files that other programs open."""

from layers.export_geojson import ExportError
from layers.formats.content import NOTICE, Content
from layers.formats.selection import ALL, Selection, select_features, selection_of
from layers.formats.writing import FORMATS, Format, format_bytes, write_format

__all__ = [
    "ALL", "FORMATS", "NOTICE", "Content", "ExportError", "Format", "Selection", "format_bytes", "select_features",
    "selection_of", "write_format",
]  # fmt: skip
