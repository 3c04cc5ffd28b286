"""Fixtures for all tests: the real atlas and its store, built once, and a tiny data folder to damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from layers.atlas import Atlas, build_atlas
from layers.building import build
from layers.inputs import inputs_digest
from layers.store import Store
from layers.store_writing import write_store

DATA = Path(__file__).resolve().parent.parent / "data"
FIXTURES = Path(__file__).resolve().parent / "fixtures"

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The atlas of the five real plans. Read only."""
    return build_atlas(DATA)


@pytest.fixture(scope="session")
def store(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of the five real plans. Read only."""
    path = tmp_path_factory.mktemp("built") / "atlas.gpkg"
    write_store(atlas, path, inputs_digest(DATA))
    return Store(path)


def copy_tiny(folder: Path) -> Path:
    """A data folder with the tiny plan at ``folder``."""
    shutil.copytree(FIXTURES / "tiny", folder)
    for name in ("layers.yaml", "formulas.yaml", "stages.yaml"):
        shutil.copy(DATA / name, folder)
    return folder


@pytest.fixture
def tiny_data(tmp_path: Path) -> Path:
    """The data folder of the tiny plan, to be damaged by a test."""
    return copy_tiny(tmp_path / "data")


@pytest.fixture(scope="session")
def tiny_atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The atlas of the tiny plan. Read only."""
    return build_atlas(copy_tiny(tmp_path_factory.mktemp("tiny_atlas") / "data"))


@pytest.fixture(scope="session")
def tiny_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of the tiny plan. Read only."""
    folder = tmp_path_factory.mktemp("tiny")
    build(copy_tiny(folder / "data"), folder / "atlas.gpkg")
    return Store(folder / "atlas.gpkg")
