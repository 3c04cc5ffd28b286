"""Which language a request is answered in.

A document (the page, the presenter's window) speaks what its link says, else what the reader chose last (a cookie),
else Chinese. Whatever a document then asks for by URL says its language itself (assets/0-i18n.js sees to it), so that
two windows may speak two languages and every cache keeps them apart.
"""

from __future__ import annotations

from types import MappingProxyType

from flask import Flask, Response, g, has_request_context, request

DEFAULT = "zh"
LANGUAGES = MappingProxyType({"zh": "zh-CN", "en": "en"})
"""Value of ``lang`` in a link -> BCP 47 tag of the document."""

OWN_NAMES = MappingProxyType({"zh": "中文", "en": "English"})
"""What a language calls itself, for the switch."""

PARAMETER = "lang"
COOKIE = "plan_atlas_lang"

PLAN_WORDS = MappingProxyType({"lang": "zh-CN"})
"""Attributes of an element that holds the plan's own words, as in ``html.Span(name, **PLAN_WORDS)``: screen readers
then read them in Chinese, and a test knows that they are not forgotten interface text."""


def language() -> str:
    """The language of the request under way; Chinese outside of one."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _known(request.args.get(PARAMETER)) or DEFAULT
    return str(g.language)


def document_language() -> str:
    """The language of the document being answered; the rest of the request speaks it too."""
    g.language = _known(request.args.get(PARAMETER)) or _known(request.cookies.get(COOKIE)) or DEFAULT
    g.follows_cookie = True
    return str(g.language)


def language_tag() -> str:
    """BCP 47 tag of the language of the request, for ``<html lang>``."""
    return LANGUAGES[language()]


def _known(value: str | None) -> str | None:
    return value if value in LANGUAGES else None


def register_language(server: Flask) -> None:
    """Tell caches that documents depend on the cookie."""

    @server.after_request
    def vary(response: Response) -> Response:
        if g.get("follows_cookie"):
            response.vary.add("Cookie")
        return response
