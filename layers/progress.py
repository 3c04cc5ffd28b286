"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with the step under way (Chinese, for a person) and the share done, 0 to 1."""


def silent(step: str, share: float) -> None:
    """Tell nobody."""
