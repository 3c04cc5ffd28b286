"""A content whose words try to be code: formulas, markup and scripts."""

from __future__ import annotations

from dataclasses import replace

from layers.formats.content import Content
from layers.formats.selection import ALL
from layers.store import Store
from layers.styles import Styles

NAMES = (
    "=1+1",
    "+86",
    "-5",
    "@SUM(A1)",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "{{ 7*7 }}",
    "https://example.org/",
)


def hostile_content(store: Store, styles: Styles) -> Content:
    """The features of a store under names of :data:`NAMES`, in their order."""
    features = list(store.features.values())
    named = [replace(f, name=name, aliases=(name,)) for f, name in zip(features, NAMES, strict=False)]
    assert len(named) == len(NAMES)
    return Content(store, styles, ALL, tuple(named), "EPSG:4326", "/?v=2&level=3")
