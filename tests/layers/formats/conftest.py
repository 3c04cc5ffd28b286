"""Fixtures of the format tests: every format of the tiny plan and of the real one, written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from layers.formats import ALL, FORMATS, Selection, write_format
from layers.store import Store
from layers.styles import Styles, read_styles
from tests.conftest import DATA

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def styles() -> Styles:
    return read_styles(DATA / "layers.yaml")


@pytest.fixture
def write(tiny_store: Store, styles: Styles, tmp_path: Path) -> Write:
    """Write a format of the tiny plan and return the file."""

    def written(fmt: str, selection: Selection = ALL, crs: str = "EPSG:4326") -> Path:
        path = tmp_path / f"out{FORMATS[fmt].extension}"
        assert write_format(tiny_store, styles, fmt, selection, crs, path) > 0
        return path

    return written
