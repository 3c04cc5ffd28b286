"""分享: the dialog with the link of the view, its QR code and the way back from a file; short ids of long links."""

from __future__ import annotations

import io
import json
import tempfile
import threading
from typing import Any

import segno
from dash import html
from flask import Flask, Response, request
from markupsafe import Markup

from layers.carried_view import LARGEST, CarriedViewError, read_carried_view
from layers.kept_links import FILE, KeptLinks, KeptLinksError, link_id
from layers.store import Store
from layers.view_link import LONGEST, SHORT, ViewLinkError, check_link
from viewer import ids
from viewer.i18n import _, document_language, language_tag, spoken
from viewer.same_origin import is_from_elsewhere

SVG = "image/svg+xml; charset=utf-8"
APPLICATION = "plan-atlas"

_READING_AT_ONCE = threading.Semaphore(2)
_IN_MEMORY = 8_000_000
_BLOCK = 1_000_000
_NO_STORE = {"Cache-Control": "no-store"}

_MISSING = Markup("""<!DOCTYPE html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body {{ max-width: 34em; margin: 18vh auto; padding: 0 1.5em; font: 17px/1.7 system-ui, sans-serif; color: #1d2733; }} a {{ color: #0b4f8a; }}</style></head>
<body><main><h1>{title}</h1><p>{words}</p><p><a href="/">{home}</a></p></main></body>
</html>""")


def button() -> html.Button:
    """What opens the dialog, for the head of the page."""
    return html.Button(
        _("分享"), id=ids.SHARE_BUTTON, className="scenes-button", **{"aria-haspopup": "dialog"}
    )


def layout() -> list[html.Dialog | html.Div]:
    """The dialog, and the hint while a file is held over the page; assets/9-share.js and 9-open-file.js work them."""
    return [
        _dialog(),
        html.Div(_("松开鼠标，回到这个文件的视图"), id="drop-hint", className="drop-hint", hidden=True),
    ]


def _dialog() -> html.Dialog:
    link = html.Textarea(
        id="share-link", readOnly=True, rows=3, className="share-link", **{"aria-labelledby": "share-head"}
    )
    code = html.Img(id="share-code", className="share-code", alt=_("这个视图的二维码"))
    return html.Dialog(
        [
            html.Div(
                [
                    html.H2(_("分享这个视图"), id="share-head"),
                    html.Button(
                        "×", className="scene-icon", **{"data-share": "close", "aria-label": _("关闭")}
                    ),
                ],
                className="share-head",
            ),
            html.Div(
                [link, html.Button(_("复制链接"), className="page-button", **{"data-share": "copy"})],
                className="share-row",
            ),
            html.P(id="share-words", className="share-words", role="status"),
            code,
            html.H2(_("回到文件的视图")),
            html.P(
                _(
                    "规划图集导出的图件、幻灯片、网页和数据都带着自己的视图。"
                    "把文件拖到网页上，或在这里打开，就回到当时的视图；文件不会留在服务器上。"
                ),
                className="share-words",
            ),
            html.Button(_("打开文件"), className="page-button", **{"data-share": "open"}),
        ],
        id=ids.SHARE,
        className="share",
        **{"aria-labelledby": "share-head"},
    )


def qr_svg(address: str) -> bytes:
    """A QR code of an address: black on white with its quiet zone, the size left to the page."""
    out = io.BytesIO()
    code = segno.make(address, micro=False, error="l" if len(address) > 300 else "m")
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False)
    return out.getvalue()


def short_path(kept: KeptLinks, link: str, longest: int = SHORT) -> str:
    """The path of this server that opens a link: itself where it is no longer than ``longest``, else by the id it is kept under.

    Raises
    ------
    ViewLinkError
        It is no link of ours.
    KeptLinksError
        It cannot be kept.
    """
    link = check_link(link)
    return link if len(link) <= longest else f"s/{kept.keep(link)}"


def known_path(kept: KeptLinks, link: str) -> str | None:
    """The path of this server that opens a link, where nothing need be kept for it any more; None for a long link that is not kept.

    Raises
    ------
    ViewLinkError
        It is no link of ours.
    KeptLinksError
        What is kept cannot be read.
    """
    link = check_link(link)
    if len(link) <= SHORT:
        return link
    key = link_id(link)
    return f"s/{key}" if kept.find(key) == link else None


def register_share(server: Flask, store: Store) -> None:
    """Short links, QR codes, the view a file carries, and what this server is."""
    kept = KeptLinks(store.path.with_name(FILE))

    @server.get("/about.json")
    def about() -> Response:
        return _json({"application": APPLICATION, "version": store.version})

    @server.post("/links")
    def keep() -> Response:
        if is_from_elsewhere(request):
            return _refused(_("别的网站不能在这里存链接"), 403)
        if request.mimetype != "application/json":  # a page of another site cannot send it unasked
            return _refused(_("链接要以 JSON 送来"), 415)
        if (request.content_length or 0) > 2 * LONGEST:
            return _refused(_("链接太长：最多 {most} 个字符", most=LONGEST), 413)
        told = request.get_json(silent=True)
        link = told.get("link") if isinstance(told, dict) else None
        try:
            return _json({"path": short_path(kept, link if isinstance(link, str) else "")})
        except ViewLinkError as e:
            return _refused(spoken(e), 400)
        except KeptLinksError as e:
            return _refused(spoken(e), 503)

    @server.get("/s/<path:key>")
    def short(key: str) -> Response:
        try:
            link = kept.find(key)
        except KeptLinksError as e:
            return _missing(spoken(e), 503)
        if link is None:
            return _missing(
                _("这个短链接在这台服务器上没有找到：可能抄错了，或是在另一台电脑上生成的。"), 404
            )
        kept.note_opened(key)
        return Response(status=302, headers={"Location": f"/{link}", **_NO_STORE})

    @server.get("/qr.svg")
    def qr() -> Response:
        """A link to a code; one that is too long has to be kept before: to look at an address changes nothing here."""
        try:
            path = known_path(kept, request.args.get("link", ""))
        except ViewLinkError as e:
            return _refused(spoken(e), 400)
        except KeptLinksError as e:
            return _refused(spoken(e), 503)
        if path is None:
            return _refused(_("这个链接太长，要先存成短链接，才有二维码"), 404)
        return Response(qr_svg(request.host_url + path), content_type=SVG, headers=_NO_STORE)

    @server.post("/carried-view")
    def carried() -> Response:
        if request.mimetype != "application/octet-stream":
            return _refused(_("文件要作为 application/octet-stream 送来"), 415)
        if (request.content_length or 0) > LARGEST:  # a body of unsaid length is read as empty
            return _refused(_("文件太大：最多 {most} MB", most=LARGEST // 1_000_000), 413)
        with _READING_AT_ONCE, tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            size = 0
            while block := request.stream.read(_BLOCK):
                size += file.write(block)
            file.seek(0)
            try:
                view = read_carried_view(file, size)  # type: ignore[arg-type]
            except CarriedViewError as e:
                return _refused(spoken(e), 422)
        same = store.version.startswith(view.version) if view.version else None
        return _json({"link": view.link, "version": view.version, "same": same})


def _json(value: dict[str, Any]) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json", headers=_NO_STORE)


def _refused(sentence: str, status: int) -> Response:
    return Response(sentence, status=status, content_type="text/plain; charset=utf-8", headers=_NO_STORE)


def _missing(sentence: str, status: int) -> Response:
    document_language()
    page = _MISSING.format(
        lang=language_tag(), title=_("没有这个视图"), words=sentence, home=_("打开规划图集的首页")
    )
    return Response(page, status=status, content_type="text/html; charset=utf-8", headers=_NO_STORE)
