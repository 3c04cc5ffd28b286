"""The table of formats, and writing one: whole or not at all."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from layers.export_crs import CRS_NAMES, GEOGRAPHIC
from layers.export_geojson import ExportError
from layers.formats.content import Content
from layers.formats.selection import Selection, select_features, view_state
from layers.said import joined, said
from layers.store import Store
from layers.styles import Styles
from layers.view_link import encode_link


@dataclass(frozen=True)
class Format:
    """A format: its name on the command line, file extension with the dot, media type and Chinese label.

    ``module`` holds ``render(content) -> bytes``; it is imported when first asked for, as some of them load much.
    ``crss`` are the CRSs it may be in.
    """

    name: str
    extension: str
    media_type: str
    label: str
    module: str
    crss: tuple[str, ...] = tuple(CRS_NAMES)


_ONLY_WGS84 = (GEOGRAPHIC,)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        f.name: f
        for f in (
            Format("geojson", ".geojson", "application/geo+json", "GeoJSON", "layers.formats.geojson"),
            Format("gpkg", ".gpkg", "application/geopackage+sqlite3", "GeoPackage（QGIS、ArcGIS）", "layers.formats.geopackage"),
            Format("shp", ".shp.zip", "application/zip", "Shapefile（压缩包）", "layers.formats.shapefile"),
            Format("kml", ".kml", "application/vnd.google-earth.kml+xml", "KML（奥维、Google Earth）", "layers.formats.kml", _ONLY_WGS84),
            Format("csv", ".csv", "text/csv; charset=utf-8", "CSV 表格（几何为 WKT）", "layers.formats.csv_table"),
            Format("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 工作簿", "layers.formats.workbook"),
            Format("html", ".html", "text/html; charset=utf-8", "单个网页（离线地图）", "layers.formats.webpage", _ONLY_WGS84),
        )
    }
)  # fmt: skip
"""Formats by name, in the order to offer them."""


def format_bytes(
    store: Store,
    styles: Styles,
    fmt: str,
    selection: Selection,
    crs: str = GEOGRAPHIC,
    link: str | None = None,
) -> tuple[bytes, int]:
    """A file's bytes and the number of features in it.

    Parameters
    ----------
    store, styles
        Where the features are, and how they are drawn and called.
    fmt
        A name of :data:`FORMATS`.
    selection
        Which features.
    crs
        One of :data:`layers.export_crs.CRS_NAMES`.
    link
        The address of the view, kept in the file; made from the selection when None.

    Raises
    ------
    ExportError
        Format, CRS or a condition is unknown, the format is not in that CRS, or nothing is selected.
    """
    chosen = _check_format(fmt, crs)
    features = tuple(select_features(store, styles, selection))
    link = link or "/" + encode_link(view_state(selection, features))
    content = Content(store, styles, selection, features, crs, link)
    try:
        body: bytes = import_module(chosen.module).render(content)
    except OSError as e:  # formats that GDAL writes pass through a temporary folder
        raise ExportError(
            said("无法生成 {format}：{reason}", format=said(chosen.label), reason=_reason(e))
        ) from e
    return body, len(features)


def write_format(
    store: Store, styles: Styles, fmt: str, selection: Selection, crs: str, path: Path, force: bool = False,
    link: str | None = None,
) -> int:  # fmt: skip
    """Write a file and return the number of features in it; see :func:`format_bytes`.

    The file is written beside and renamed: a failure leaves the former file, or none.

    Raises
    ------
    ExportError
        The request is wrong, the file exists and ``force`` is not given, or it cannot be written.
    """
    _check_format(fmt, crs)
    _check_target(path, force)
    body, count = format_bytes(store, styles, fmt, selection, crs, link)
    _write_whole(body, path)
    return count


def _check_format(fmt: str, crs: str) -> Format:
    if fmt not in FORMATS:
        raise ExportError(said("没有格式「{format}」；可选的有 {known}", format=fmt, known=joined(FORMATS)))
    if crs not in CRS_NAMES:
        raise ExportError(said("没有坐标系「{crs}」；可选的有 {known}", crs=crs, known=joined(CRS_NAMES)))
    chosen = FORMATS[fmt]
    if crs not in chosen.crss:
        raise ExportError(
            said(
                "{format} 只能用 {known}，不能用 {crs}",
                format=said(chosen.label),
                known=joined(chosen.crss),
                crs=crs,
            )
        )
    return chosen


def _check_target(path: Path, force: bool) -> None:
    if "\0" in str(path):
        raise ExportError("文件名里有不能用的字符")
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        there = False
    except OSError as e:
        raise ExportError(f"无法写入 {path}：{_reason(e)}") from e
    else:
        there = True
    if path.is_dir():
        raise ExportError(f"{path} 是文件夹，请写出文件名")
    if not path.parent.is_dir():
        raise ExportError(f"文件夹 {path.parent} 不存在")
    if there and not force:
        raise ExportError(f"{path} 已存在；要覆盖请加 --force")


def _write_whole(body: bytes, path: Path) -> None:
    beside = path.with_name(f".plan-atlas-{secrets.token_hex(4)}.part")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    except OSError as e:
        raise ExportError(f"无法写入 {path}：{_reason(e)}") from e
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


_REASONS = {
    errno.ENOSPC: said("磁盘已满"), errno.EDQUOT: said("磁盘配额已用完"), errno.EACCES: said("没有写权限"),
    errno.EPERM: said("没有写权限"),
    errno.EROFS: said("磁盘是只读的"), errno.ENAMETOOLONG: said("文件名太长"),
}  # fmt: skip


def _reason(e: OSError) -> str:
    return _REASONS.get(e.errno or 0, e.strerror or str(e))
