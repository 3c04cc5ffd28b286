"""Results that are kept as long as the store they were read from, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from layers.store import Store

P = ParamSpec("P")
R = TypeVar("R")


def per_store(function: Callable[Concatenate[Store, P], R]) -> Callable[Concatenate[Store, P], R]:
    """Compute once for each store and further arguments (hashable); safe for threads.

    :func:`functools.lru_cache` would hold the store itself, with its connections, after everything else has let it go.
    Nothing is thrown out while the store lives: for functions whose arguments come from the store, not from a request.
    """
    kept: WeakKeyDictionary[Store, dict[Hashable, R]] = WeakKeyDictionary()

    @wraps(function)
    def result(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> R:
        own = kept.setdefault(store, {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in own:
            own[key] = function(store, *args, **kwargs)
        return own[key]

    return result
