"""Fixtures of the figure tests: the real store as the renderer needs it, and a small quick page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from layers.render import Layout, MapSource, parse_layout
from layers.store import Store
from layers.styles import read_styles

DATA = Path(__file__).resolve().parents[3] / "data"

SMALL: dict[str, Any] = {"paper": "pixels", "width_px": 1100, "height_px": 800, "dpi": 150}
"""A page small enough to be quick and large enough to hold everything."""


def small(**values: Any) -> Layout:
    """A layout on the small page."""
    return parse_layout({**SMALL, **values})


@pytest.fixture(scope="session")
def source(store: Store) -> MapSource:
    return MapSource(store, read_styles(DATA / "layers.yaml"))
