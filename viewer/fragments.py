"""Parts of pages as HTML by URL: the same component trees, written by the server, every text and attribute escaped.

Dash's renderer needs many seconds for two thousand components; the browser reads the same as HTML at once.
"""

from __future__ import annotations

import re
from typing import Any

from dash.development.base_component import Component
from flask import Response, request
from markupsafe import Markup, escape

from viewer.i18n import language

HTML = "text/html; charset=utf-8"
_NAMES = {
    "className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan",
    "maxLength": "maxlength", "autoComplete": "autocomplete",
}  # fmt: skip
_VOID = {"img", "br", "hr", "input"}
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


def html_text(node: Any) -> Markup:
    """A tree of ``dash.html`` components as HTML.

    Raises
    ------
    ValueError
        When a component is none of ``dash.html``, or an attribute has no plain name.
    """
    if node is None:
        return Markup("")
    if isinstance(node, list | tuple):
        return Markup("").join(html_text(child) for child in node)
    if not isinstance(node, Component):
        return escape(node)
    described = node.to_plotly_json()
    if described["namespace"] != "dash_html_components":
        raise ValueError(f"只能写出 dash.html 的组件，这是 {described['namespace']}.{described['type']}")
    tag = described["type"].lower()
    props = dict(described["props"])
    children = html_text(props.pop("children", None))
    attributes = Markup("").join(_attribute(name, value) for name, value in props.items())
    if tag in _VOID:
        return Markup("<{}{}>").format(tag, attributes)
    return Markup("<{}{}>{}</{}>").format(tag, attributes, children, tag)


def _attribute(name: str, value: Any) -> Markup:
    name = _NAMES.get(name, name)
    if not _NAME.match(name) or name.startswith("on"):
        raise ValueError(f"属性 {name!r} 不能写进网页")
    if value is None or value is False:
        return Markup("")
    if value is True:
        return Markup(" {}").format(name)
    if isinstance(value, dict):
        value = "; ".join(f"{key}: {part}" for key, part in value.items())
    return Markup(' {}="{}"').format(name, value)


def answer(body: str, content_type: str, version: str, status: int = 200) -> Response:
    """A body of this version of the data in the request's language, or 304 when the browser has it."""
    response = Response(body, status=status, content_type=content_type)
    response.set_etag(entity_tag(version))
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request) if status == 200 else response


def entity_tag(version: str) -> str:
    """What names this version of an answer: of the data, and of the language it is put in."""
    return f"{version[:32]}-{language()}"
