"""A PDF of many pages, written page by page: bookmarks, links inside the file, metadata, whole or not at all."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matplotlib.backends import backend_pdf
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages

from layers.render.errors import WriteError, reason
from layers.render.sheet import Sheet
from layers.said import said

_PT_PER_MM = 72 / 25.4


def _name(word: str) -> Any:
    names: Any = backend_pdf.Name
    return names(word)


class PdfBook:
    """The file while it is written. Fonts are shared by all pages; a finished page is no longer kept in memory."""

    def __init__(self, pages: Any) -> None:
        self._pages = pages
        self._file: Any = pages._ensure_file()
        self._marks: list[tuple[str, int, int]] = []

    def add_page(self, sheet: Sheet) -> None:
        """Write a sheet as the next page."""
        canvas: Any = FigureCanvasPdf(sheet.figure)
        canvas.print_pdf(self._pages)
        sheet.figure.clear()

    def add_bookmark(self, title: str, page: int, depth: int) -> None:
        """A bookmark to a page (0 is the first), at depth 0 or 1."""
        self._marks.append((title, page, depth))

    def link_next_page(self, box_mm: tuple[float, float, float, float], target: int) -> None:
        """Make a box on the page that is added next a link to another page (0 is the first)."""
        rect = [x * _PT_PER_MM for x in box_mm]
        self._file.pageAnnotations.append(
            {"Type": _name("Annot"), "Subtype": _name("Link"), "Rect": rect, "Border": [0, 0, 0], "Dest": _name(f"p{target}")}
        )  # fmt: skip

    def link_next_page_to(self, box_mm: tuple[float, float, float, float], address: str) -> None:
        """Make a box on the page that is added next a link to an address."""
        rect = [x * _PT_PER_MM for x in box_mm]
        action = {"S": _name("URI"), "URI": address.encode("ascii")}
        self._file.pageAnnotations.append(
            {"Type": _name("Annot"), "Subtype": _name("Link"), "Rect": rect, "Border": [0, 0, 0], "A": action}
        )

    def finish(self) -> None:
        """Write bookmarks and link targets. The catalog, written when the file was opened, is written anew."""
        file, pages = self._file, self._file.pageList
        root: dict[str, Any] = {
            "Type": _name("Catalog"),
            "Pages": file.pagesObject,
            "Lang": b"zh-CN",
            "Dests": {f"p{i}": [page, _name("Fit")] for i, page in enumerate(pages)},
        }
        if self._marks:
            root |= {"Outlines": self._outline(), "PageMode": _name("UseOutlines")}
        file.writeObject(file.rootObject, root)

    def _outline(self) -> Any:
        """The tree of bookmarks: those of depth 1 belong to the one of depth 0 before them."""
        file = self._file
        top = file.reserveObject("outline")
        items = [(file.reserveObject("bookmark"), *mark) for mark in self._marks]
        chapters: list[tuple[Any, list[Any]]] = []
        for item in items:
            if item[3] == 0 or not chapters:
                chapters.append((item, []))
            else:
                chapters[-1][1].append(item)
        self._siblings([chapter for chapter, _ in chapters], top, {id(c): below for c, below in chapters})
        heads = [chapter[0] for chapter, _ in chapters]
        file.writeObject(
            top, {"Type": _name("Outlines"), "First": heads[0], "Last": heads[-1], "Count": len(items)}
        )
        return top

    def _siblings(self, items: list[Any], parent: Any, below: dict[int, list[Any]]) -> None:
        for i, item in enumerate(items):
            reference, title, page, _ = item
            entry = {"Title": title, "Parent": parent, "Dest": [self._file.pageList[page], _name("Fit")]}
            if i:
                entry["Prev"] = items[i - 1][0]
            if i + 1 < len(items):
                entry["Next"] = items[i + 1][0]
            inner = below.get(id(item), [])
            if inner:
                entry |= {"First": inner[0][0], "Last": inner[-1][0], "Count": len(inner)}
                self._siblings(inner, reference, {})
            self._file.writeObject(reference, entry)


@contextlib.contextmanager
def pdf_book(path: Path, told: dict[str, str], made: datetime.datetime) -> Iterator[PdfBook]:
    """A book written beside ``path`` and renamed when it is complete; any failure leaves nothing of it.

    Raises
    ------
    WriteError
        The file cannot be written, or the disk is full.
    """
    beside = path.with_name(path.name + ".part")
    metadata = {**told, "CreationDate": made, "ModDate": made}
    try:
        with beside.open("wb") as out:
            pages: Any = PdfPages(out, metadata=metadata)
            book = PdfBook(pages)
            yield book
            book.finish()
            pages.close()
        beside.replace(path)
    except OSError as e:
        raise WriteError(said("无法写入 {path}：{reason}", path=path, reason=reason(e))) from e
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
