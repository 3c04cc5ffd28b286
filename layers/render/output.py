"""Files of a page: PNG with its DPI, SVG with text as text, PDF with its metadata; whole or not at all."""

from __future__ import annotations

import base64
import contextlib
import datetime
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

import matplotlib as mpl
import shapely
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geo.crs import to_wgs84
from layers.carried_words import carried_words
from layers.progress import Progress, silent
from layers.render.errors import WriteError, reason
from layers.render.layout_spec import Layout, layout_json
from layers.render.page import Page, compose
from layers.render.source import MapSource
from layers.render.text import FAMILY, font_path
from layers.said import said
from layers.view_link import ViewState, encode_link

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "svg", "pdf")
AUTHOR = "规划图集 Plan Atlas"

# One drawing at a time: matplotlib's settings and font faces are shared by the whole process.
_LOCK = threading.Lock()
_SETTINGS: Any = {"svg.fonttype": "none", "pdf.fonttype": 3, "svg.hashsalt": "plan-atlas", "path.simplify": True, "text.hinting": "none"}  # fmt: skip


@contextmanager
def drawing() -> Iterator[None]:
    """Matplotlib with this package's settings, one drawing at a time: its state is the whole process's."""
    with _LOCK, mpl.rc_context(_SETTINGS):
        yield


@dataclass(frozen=True)
class Imprint:
    """What a file says of itself in its metadata."""

    title: str
    link: str
    subject: str
    layout: str
    date: datetime.date


def view_state(page: Page, source: MapSource) -> ViewState:
    """The same view in the application; chosen features come with the layers that hold them."""
    layout, known = page.layout, source.store.features
    chosen = layout.features or ()
    holding = tuple(sorted({known[f].category for f in chosen if f in known}))
    return ViewState(
        plan=layout.plan or "",
        level=max(layout.levels),
        layers=layout.layers or holding or None,
        filters=layout.filters,
        opacity=layout.opacity,
        only=chosen,
        box=to_wgs84(shapely.box(*page.projection.ground())).bounds,
    )


_COMPOSED, _DRAWN = 0.45, 0.9
"""Shares of the work done when the page is put together, and when it is drawn."""


def render(
    source: MapSource,
    layout: Layout,
    kind: Format,
    today: datetime.date | None = None,
    progress: Progress = silent,
) -> bytes:
    """A figure as the bytes of a file; what ``progress`` raises ends the work.

    Raises
    ------
    RenderError
        The layout asks for what cannot be drawn.
    """
    progress(said("等候绘制"), 0.0)
    with drawing():
        progress(said("排版"), 0.02)
        page = compose(
            source,
            layout,
            today,
            lambda share: progress(said("绘制"), _COMPOSED + (_DRAWN - _COMPOSED) * share),
        )
        progress(said("绘制"), _COMPOSED)
        return page_bytes(page, source, kind, today)


def page_bytes(page: Page, source: MapSource, kind: Format, today: datetime.date | None = None) -> bytes:
    link = "/" + encode_link(view_state(page, source))
    subject = carried_words(link, source.store.version, page.imprint[0])
    imprint = Imprint(page.title, link, subject, layout_json(page.layout), today or datetime.date.today())
    write: dict[str, Callable[[Page, Imprint], bytes]] = {"png": _png, "svg": _svg, "pdf": _pdf}
    return write[kind](page, imprint)


def _png(page: Page, imprint: Imprint) -> bytes:
    canvas: Any = FigureCanvasAgg(page.sheet.figure)
    canvas.draw()
    picture = Image.frombuffer(
        "RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1
    ).convert("RGB")
    words = PngInfo()
    told = {
        "Title": imprint.title,
        "Author": AUTHOR,
        "Description": imprint.subject,
        "plan-atlas-layout": imprint.layout,
    }
    for key, value in told.items():
        words.add_itxt(key, value)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(page.layout.dpi, page.layout.dpi), pnginfo=words, compress_level=4)
    return out.getvalue()


def _pdf(page: Page, imprint: Imprint) -> bytes:
    out = io.BytesIO()
    made = datetime.datetime.combine(imprint.date, datetime.time(), datetime.UTC)
    told = {
        "Title": imprint.title, "Author": AUTHOR, "Subject": imprint.subject,
        "Keywords": f"plan-atlas-layout={imprint.layout}", "Creator": AUTHOR, "CreationDate": made, "ModDate": made,
    }  # fmt: skip
    canvas: Any = FigureCanvasPdf(page.sheet.figure)
    canvas.print_pdf(out, metadata=told)
    return out.getvalue()


def _svg(page: Page, imprint: Imprint) -> bytes:
    out = io.StringIO()
    told = {
        "Title": imprint.title, "Creator": AUTHOR, "Description": imprint.subject, "Date": imprint.date.isoformat(),
        "Keywords": ["plan-atlas", f"plan-atlas-layout={imprint.layout}"],
    }  # fmt: skip
    canvas: Any = FigureCanvasSVG(page.sheet.figure)
    canvas.print_svg(out, metadata=told)
    return _finished_svg(out.getvalue(), page).encode()


def _finished_svg(svg: str, page: Page) -> str:
    """Names for people on the groups, and the font's few characters inside the file."""
    svg = svg.replace("<svg ", '<svg xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" ', 1)

    def named(match: re.Match[str]) -> str:
        gid = match.group(1)
        title = page.sheet.names.get(gid)
        if title is None:
            return match.group(0)
        layer = ' inkscape:groupmode="layer"' if not gid.count(".") else ""
        return f'<g id="{gid}"{layer} inkscape:label={quoteattr(title)}>\n<title>{escape(title)}</title>'

    svg = re.sub(r'<g id="([^"]+)">', named, svg)
    words = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    face = f"@font-face{{font-family:'{FAMILY}';src:url(data:font/woff;base64,{_embedded(words)}) format('woff')}}"
    return svg.replace('<style type="text/css">', f'<style type="text/css">{face}', 1)


def _embedded(words: str) -> str:
    """The font with only these characters, as WOFF in base64."""
    options = subset.Options(layout_features=[], hinting=False, desubroutinize=True, notdef_outline=True)
    options.flavor = "woff"
    face = TTFont(font_path(), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=words + " ")
    cutter.subset(face)
    face.flavor = "woff"
    out = io.BytesIO()
    face.save(out)
    return base64.b64encode(out.getvalue()).decode()


def check_target(path: Path, force: bool) -> None:
    """Whether a file may be written there, before any work is done.

    Raises
    ------
    WriteError
        The folder does not exist, the path is a folder, or the file exists and ``force`` is not given.
    """
    try:
        if not path.parent.is_dir():
            raise WriteError(f"文件夹 {path.parent} 不存在")
        if path.is_dir():
            raise WriteError(f"{path} 是文件夹，不能当作文件来写")
        if path.exists() and not force:
            raise WriteError(f"{path} 已存在；要覆盖请加 --force")
    except OSError as e:
        raise WriteError(said("无法写入 {path}：{reason}", path=path, reason=reason(e))) from e


def write_bytes(content: bytes, path: Path) -> None:
    """Write beside and rename, so that a failure leaves the former file, or none.

    Raises
    ------
    WriteError
        The file cannot be written, or the disk is full.
    """
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as e:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise WriteError(said("无法写入 {path}：{reason}", path=path, reason=reason(e))) from e


def layout_of(keywords: str) -> dict[str, object] | None:
    """The layout that a file's metadata carries; None when there is none."""
    found = re.search(r"plan-atlas-layout=(\{.*\})", keywords, re.DOTALL)
    try:
        return dict(json.loads(found.group(1))) if found else None
    except ValueError:
        return None
