"""Parts of the layout that never change, sent as HTML: the browser sets them at once, where Dash's renderer would make and
watch a component for every word.

The elements of the document are the same either way.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

from dash import Dash
from dash.development.base_component import Component

from viewer.fragments import html_text

_HTML = "dash_html_components"
_KEEPS_ITS_TEXT = {"Select", "Textarea"}
"""Elements whose value React sets as a property, not as content."""


class _Static:
    """A component of ``dash.html`` whose children are HTML already; Dash writes it as any other component."""

    def __init__(self, host: Component, inner: str) -> None:
        self._host = host
        self._inner = inner

    def to_plotly_json(self) -> dict[str, Any]:
        described: dict[str, Any] = self._host.to_plotly_json()
        props = {name: value for name, value in described["props"].items() if name != "children"}
        return {**described, "props": {**props, "dangerouslySetInnerHTML": {"__html": self._inner}}}


def live_ids(app: Dash) -> set[str]:
    """The ids that callbacks of the application read or write; those of patterns are no strings and not among them."""
    found: set[str] = set()
    for output, callback in app.callback_map.items():
        found |= {part.rpartition(".")[0] for part in output.strip(".").split("...")}
        found |= {str(part["id"]) for part in (*callback["inputs"], *callback["state"])}
    return found


def with_static_parts(node: Any, live: Collection[str]) -> Any:
    """A copy of a layout in which every largest part that never changes is HTML.

    A part never changes when it is made of ``dash.html`` alone and no callback names it or anything in it. What cannot be
    written as HTML stays as it is.

    Parameters
    ----------
    node
        A component, a list, or text.
    live
        The ids of :func:`live_ids`.
    """
    if isinstance(node, list | tuple):
        return [with_static_parts(child, live) for child in node]
    if not isinstance(node, Component) or getattr(node, "children", None) is None:
        return node
    if not isinstance(node.children, str) and _never_changes(node, live):
        try:
            return _Static(node, str(html_text(node.children)))
        except ValueError:
            pass
    node = copy.copy(node)
    node.children = with_static_parts(node.children, live)
    return node


def _never_changes(node: Any, live: Collection[str]) -> bool:
    if isinstance(node, list | tuple):
        return all(_never_changes(child, live) for child in node)
    if not isinstance(node, Component):
        return True
    if node._namespace != _HTML:
        return False
    if node._type in _KEEPS_ITS_TEXT and getattr(node, "value", None) is not None:
        return False
    named = getattr(node, "id", None)
    if isinstance(named, dict) or named in live:
        return False
    return _never_changes(getattr(node, "children", None), live)
