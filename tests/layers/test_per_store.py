"""Results kept with their store."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from layers.per_store import per_store
from layers.store import Store


@pytest.fixture
def built(store: Store) -> Path:
    return store.path


def test_a_result_is_computed_once_for_each_store_and_argument(built: Path) -> None:
    asked: list[tuple[Store, str]] = []

    @per_store
    def plans(store: Store, more: str) -> list[str]:
        asked.append((store, more))
        return [*store.plans, more]

    one, other = Store(built), Store(built)
    assert plans(one, "a") is plans(one, "a")
    assert plans(one, "b") != plans(one, "a")
    assert plans(other, "a") is not plans(one, "a")
    assert asked == [(one, "a"), (one, "b"), (other, "a")]


def test_a_store_nobody_uses_is_let_go(built: Path) -> None:
    store = Store(built)
    per_store(lambda one: list(one.plans))(store)
    gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None


def test_the_results_go_with_their_store(built: Path) -> None:
    kept = per_store(lambda one: set(one.plans))
    store = Store(built)
    gone = weakref.ref(kept(store))
    assert gone() is not None
    del store
    gc.collect()
    assert gone() is None
