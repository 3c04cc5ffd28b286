"""Boxes to tick, to choose from and to type in, as the browser has them: ``dash.html`` has no ``<input>``.

They are written as HTML (:func:`viewer.fragments.html_text`), never made by Dash's renderer, and so stand only in parts of
a layout that no callback names (:mod:`viewer.static_parts`). A script that listens to them does the rest.
"""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component


class Input(Component):
    """An ``<input>``; its attributes by the names that ``dash.html`` gives them."""

    _namespace = "dash_html_components"
    _type = "Input"
    _children_props: tuple[str, ...] = ()
    _base_nodes = ("children",)
    _prop_names = (
        "id", "type", "name", "value", "className", "title", "placeholder", "autoComplete", "maxLength", "checked", "disabled",
    )  # fmt: skip
    _valid_wildcard_attributes = ("data-", "aria-")

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
