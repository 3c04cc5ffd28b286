"""Looking into a tree of Dash components as a reader of the page would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def walk(node: Any) -> Iterator[Any]:
    """Every component and every plain value below a node, the node first."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif node is not None:
        yield node
        if isinstance(node, Component):
            yield from walk(getattr(node, "children", None))


def words(node: Any) -> str:
    """All text below a node, in order."""
    return "".join(str(part) for part in walk(node) if not isinstance(part, Component))


def of_class(node: Any, name: str) -> list[Component]:
    """The components below a node whose className holds ``name``."""
    return [
        part
        for part in walk(node)
        if isinstance(part, Component) and name in str(getattr(part, "className", "")).split()
    ]


def attribute(component: Component, name: str) -> Any:
    """A property such as ``data-feature``, None when it is not set."""
    return component.to_plotly_json()["props"].get(name)
