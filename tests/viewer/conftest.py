"""Fixtures of the viewer tests: the styles, a feature by its name, and an HTTP client."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Styles, read_styles
from viewer.application import build_application
from viewer.settings import ROOT, Settings

Find = Callable[[str], FeatureSummary]


@pytest.fixture(scope="session")
def store_path(store: Store) -> Path:
    """The file of the store of the five real plans."""
    return store.path


@pytest.fixture(scope="session")
def styles() -> Styles:
    return read_styles(ROOT / "data" / "layers.yaml")


@pytest.fixture(scope="session")
def find(store: Store) -> Find:
    """The feature of a name, the most structural of several; fails when the catalog has none."""
    by_name = {f.name: f for f in sorted(store.features.values(), key=lambda f: -f.level)}
    return by_name.__getitem__


@pytest.fixture(scope="session")
def client(store_path: Path) -> FlaskClient:
    return build_application(Settings(store=store_path)).server.test_client()
