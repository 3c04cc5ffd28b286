"""Fixtures of the geography tests: a small gazetteer, and a short way to place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from geo.gazetteer import Gazetteer, read_gazetteer
from geo.placement import Placement
from geo.recipes import place_feature

FIXTURES = Path(__file__).parent / "fixtures" / "gazetteer"
SCOPED = ("jimo", "licang")

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

Place = Callable[..., Placement]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The small gazetteer with districts and islands."""
    return read_gazetteer(FIXTURES, scoped=SCOPED)


@pytest.fixture
def place(gazetteer: Gazetteer) -> Place:
    """Places a recipe; ``features`` are other entries by name."""

    def run(
        recipe: str,
        *,
        scope: str | None = None,
        home: str | None = None,
        features: dict[str, Placement] | None = None,
        **arguments: object,
    ) -> Placement:
        spec = {"recipe": recipe, **{key.rstrip("_"): value for key, value in arguments.items()}}
        known = features or {}
        return place_feature(spec, gazetteer=gazetteer, scope=scope, feature_geometry=known.get, home=home)

    return run
