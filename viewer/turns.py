"""Turns at work that is over in a second or two: few at a time, some waiting, the rest told to come again.

A server has so many threads. Work that every one of them may wait for would leave none for the page itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class BusyError(RuntimeError):
    """Too many ask for the same at once, or the turn did not come in time."""


class Turns:
    """``at_once`` at work and ``waiting`` others, each for ``seconds`` at most."""

    def __init__(self, at_once: int = 2, waiting: int = 4, seconds: float = 20.0) -> None:
        self._places = threading.Semaphore(at_once + waiting)
        self._work = threading.Semaphore(at_once)
        self._seconds = seconds

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn, once it comes.

        Raises
        ------
        BusyError
            It does not.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            if not self._work.acquire(timeout=self._seconds):
                raise BusyError
            try:
                yield
            finally:
                self._work.release()
        finally:
            self._places.release()
