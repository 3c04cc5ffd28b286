"""The view that a file of ours carries in its metadata: which, of which data, of which plan editions.

Every format says it in the same words (:mod:`layers.carried_words`), where people and other programs show a file's
description; :func:`read_carried_view` finds it again in PNG, SVG, PDF, PPTX, XLSX, HTML, KML, GeoJSON and GeoPackage.
A file is data of a stranger: only its metadata is read, within bounds, and nothing in it is executed or expanded.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import BinaryIO

from lxml import etree
from PIL.PngImagePlugin import PngImageFile
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from layers.carried_words import carried_words
from layers.said import said, sentence_of
from layers.view_link import ViewLinkError, check_link

LARGEST = 100_000_000
"""Bytes of a file that is looked into; the largest of ours, an A2 sheet at 600 dpi or an atlas, stays below."""

_HEAD, _HTML_HEAD, _BLOCK = 1_000_000, 100_000, 50_000
_LINK = re.compile(r"视图(?:链接)?\s?[：]?(/\?v=[^\s；<>\"]+)")
_VERSION = re.compile(r"数据版本\s?[：]?([0-9a-f]{12,64})")
_PLANS = re.compile(r"规划(?:文本|版本)：([^\n]+)")
_WORDS = 40_000


logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a damaged file is told in our own words


class CarriedViewError(ValueError):
    """The file carries no view that can be brought back; the message says why in one sentence."""


@dataclass(frozen=True)
class CarriedView:
    """A view: its link in the form of this version, the version of the data (empty when the file does not say), and the
    plan editions as the file words them."""

    link: str
    version: str
    editions: str


def read_carried_file(path: Path) -> CarriedView:
    """The view that a file on disk carries; see :func:`read_carried_view`.

    Raises
    ------
    CarriedViewError
        It cannot be read, or carries no view.
    """
    try:
        if path.is_dir():
            raise CarriedViewError(f"{path} 是文件夹，不是文件")
        with path.open("rb") as file:
            return read_carried_view(file, path.stat().st_size)
    except CarriedViewError:
        raise
    except FileNotFoundError as e:
        raise CarriedViewError(f"没有文件 {path}") from e
    except OSError as e:
        raise CarriedViewError(f"无法读取 {path}：{e.strerror}") from e
    except ValueError as e:
        raise CarriedViewError("文件名里有不能用的字符") from e


def read_carried_view(file: BinaryIO, size: int) -> CarriedView:
    """The view that a file carries.

    Parameters
    ----------
    file
        Open for reading bytes, at its beginning, seekable.
    size
        Its length in bytes.

    Raises
    ------
    CarriedViewError
        The file is empty, too large, of another type, damaged, or carries no view.
    """
    if not size:
        raise CarriedViewError(said("这个文件是空的"))
    if size > LARGEST:
        raise CarriedViewError(
            said(
                "这个文件有 {size} MB，超过 {most} MB，没有打开",
                size=size // 1_000_000,
                most=LARGEST // 1_000_000,
            )
        )
    start = file.read(1024)
    name, read = _reader(start)
    file.seek(0)
    try:
        words = "\n".join(read(file))[:_WORDS]
    except _UNREADABLE as e:
        raise CarriedViewError(said("这个 {kind} 文件已损坏，读不出来", kind=name)) from e
    return _parse(words, name)


def _parse(words: str, name: str) -> CarriedView:
    link = _LINK.search(words)
    if link is None:
        raise CarriedViewError(
            said("这个 {kind} 文件没有带视图：它不是规划图集导出的，或另存时去掉了说明", kind=name)
        )
    try:
        checked = check_link(link[1])
    except ViewLinkError as e:
        raise CarriedViewError(
            said("这个 {kind} 文件带的视图读不出来：{reason}", kind=name, reason=sentence_of(e))
        ) from e
    version, plans = _VERSION.search(words), _PLANS.findall(words)
    return CarriedView(
        checked, version[1] if version else "", "、".join(dict.fromkeys(p.strip() for p in plans))
    )


def _reader(start: bytes) -> tuple[str, Callable[[BinaryIO], Iterable[str]]]:
    """Name of the format and how its words are read, known by the first bytes, never by the file's name."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG", _png
    if b"%PDF-" in start:
        return "PDF", _pdf
    if start.startswith(b"PK\x03\x04"):
        return said("PPTX 或 XLSX"), _package
    if start.startswith(b"SQLite format 3\x00"):
        return "GeoPackage", _geopackage
    if text[:1] == b"{":
        return "GeoJSON", _geojson
    if re.match(rb"(?i)<!doctype html|<html", text):
        return said("网页"), _html
    if text.startswith((b"<?xml", b"<svg", b"<kml", b"<!DOCTYPE svg")):
        return said("SVG 或 KML"), _xml
    raise CarriedViewError(
        said(
            "只能打开规划图集导出的 PNG、SVG、PDF、PPTX、XLSX、HTML、KML、GeoJSON 和 GeoPackage，这个文件是别的类型"
        )
    )


_UNREADABLE = (
    OSError, ValueError, SyntaxError, LookupError, TypeError, AttributeError, AssertionError, EOFError, RuntimeError,
    ArithmeticError, MemoryError,
    PyPdfError, zlib.error, zipfile.BadZipFile, zipfile.LargeZipFile, etree.LxmlError, sqlite3.Error,
)  # fmt: skip
"""What the readers of damaged files raise; each of them is the file's fault, not ours."""


def _png(file: BinaryIO) -> Iterator[str]:
    with PngImageFile(file) as picture:  # reads what stands before the picture, not the picture
        yield str(picture.info.get("Description", ""))


def _pdf(file: BinaryIO) -> Iterator[str]:
    told = PdfReader(file).metadata
    yield str((told and told.subject) or "")


def _package(file: BinaryIO) -> Iterator[str]:
    """Slides and workbooks, and the packed Shapefile with its about.txt."""
    with zipfile.ZipFile(file) as package:
        if "about.txt" in package.namelist():
            with package.open("about.txt") as about:
                yield about.read(_HEAD).decode("utf-8-sig", "replace")
        for part in ("docProps/custom.xml", "docProps/core.xml"):
            if part in package.namelist():
                with package.open(part) as xml:
                    root = etree.fromstring(xml.read(_HEAD), _parser())
                yield from (str(text) for text in root.itertext())


def _html(file: BinaryIO) -> Iterator[str]:
    metas = _Metas()
    metas.feed(file.read(_HTML_HEAD).decode("utf-8", "replace"))
    yield carried_words(
        metas.found.get("plan-atlas-link", ""),
        metas.found.get("plan-atlas-version", ""),
        f"规划文本：{metas.found.get('plan-atlas-editions', '')}",
    )


class _Metas(HTMLParser):
    """The named metadata of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "meta" and said.get("name"):
            self.found.setdefault(str(said["name"]), said.get("content") or "")


def _xml(file: BinaryIO) -> Iterator[str]:
    """The first description: the document's own stands before those of its parts."""
    parser = etree.XMLPullParser(
        ("end",), tag="{*}description", resolve_entities=False, no_network=True, load_dtd=False
    )
    for _ in range(_HEAD // _BLOCK):
        block = file.read(_BLOCK)
        if not block:
            parser.close()  # says so when the file is cut off
            return
        parser.feed(block)
        for _event, element in parser.read_events():
            yield "".join(str(text) for text in element.itertext())
            return


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _geojson(file: BinaryIO) -> Iterator[str]:
    """The members before the features, which may be many."""
    head, found, _ = file.read(_HEAD).decode("utf-8", "replace").partition('"features":')
    if not found:
        return
    told = json.loads(head.rstrip().removesuffix(",") + "}")
    plans = _plans_in_words(told.get("editions"))
    yield carried_words(str(told.get("link", "")), str(told.get("version", "")), plans)


def _geopackage(file: BinaryIO) -> Iterator[str]:
    """The metadata that GDAL wrote, ``<Item name="link">`` and the like."""
    with tempfile.TemporaryDirectory(prefix="plan-atlas-") as folder:
        copy = Path(folder) / "copy.gpkg"
        with copy.open("wb") as target:  # closed before SQLite opens it, as Windows wants it
            shutil.copyfileobj(file, target)
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.execute("PRAGMA trusted_schema = OFF")
            db.set_progress_handler(lambda: 1, 2_000_000)  # an endless view in it ends here
            rows = db.execute("SELECT substr(metadata, 1, 100000) FROM gpkg_metadata LIMIT 4").fetchall()
    for (xml,) in rows:
        told = dict(_items(str(xml)))
        plans = json.loads(told.get("editions", "[]"))
        yield carried_words(told.get("link", ""), told.get("version", ""), _plans_in_words(plans))


def _items(xml: str) -> Iterator[tuple[str, str]]:
    root = etree.fromstring(xml.encode(), _parser())
    for item in root.iter("{*}MDI"):
        yield str(item.get("key") or ""), item.text or ""


def _plans_in_words(editions: object) -> str:
    return f"规划文本：{'、'.join(map(str, editions))}" if isinstance(editions, list) else ""
