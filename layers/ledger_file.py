"""The ledger kept beside the store, so that a reader need not wait for the model.

``audit coverage`` writes it, and whoever serves the store makes it where it is missing or of other inputs
(:func:`make_ledger`); however many start at once, one of them does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from layers.ledger import Row, ledger_of
from layers.ledger_rules import LedgerError
from layers.progress import Progress, silent
from layers.said import said
from layers.whole_file import write_whole

NAME = "coverage.json"
_TURN = "coverage.lock"


@dataclass(frozen=True)
class LedgerRow:
    """One place-like mention and its bin; ``start`` is its place in the plan file (code points)."""

    plan: str
    chapter: str
    line: int
    start: int
    text: str
    bin: str
    reason: str
    feature: str
    sentence: str


def ledger_rows(rows: Sequence[Row]) -> list[LedgerRow]:
    """The rows as they are kept."""
    return [
        LedgerRow(r.plan, r.chapter, r.line, r.start, r.text, str(r.bin), r.reason, r.feature, r.sentence)
        for r in rows
    ]


def make_ledger(data: Path, store: Path, inputs: str, progress: Progress = silent) -> Path:
    """Make the ledger of a data folder and keep it beside the store, unless it is there already.

    One process at a time: the others wait for it and then find it done.

    Parameters
    ----------
    data
        The folder that the store was built from.
    store
        Path of the store.
    inputs
        What the ledger belongs to: the store's digest of its inputs.
    progress
        Told the plan being read and the share done.

    Raises
    ------
    PlanError, CatalogError, GrammarError, LedgerError, GeoError, ModelMissingError
        Each with one sentence.
    """
    with ledger_turn(store):
        if kept_inputs(store) != inputs:
            keep_ledger(ledger_rows(ledger_of(data, progress)), store, inputs)
    return store.with_name(NAME)


@contextmanager
def ledger_turn(store: Path) -> Iterator[None]:
    """Hold the turn to make the ledger beside a store; given back even when the process dies.

    Raises
    ------
    LedgerError
        The folder cannot be written.
    """
    lock = FileLock(store.with_name(_TURN))
    try:
        lock.acquire()
    except OSError as e:
        raise LedgerError(said("无法写入 {path}：{reason}", path=store.parent, reason=e.strerror)) from e
    try:
        yield
    finally:
        lock.release()


def keep_ledger(rows: Sequence[LedgerRow], store: Path, inputs: str) -> Path:
    """Write the ledger beside the store with the digest of the inputs it belongs to.

    Raises
    ------
    LedgerError
        When it cannot be written.
    """
    path = store.with_name(NAME)
    text = json.dumps({"inputs": inputs, "rows": [asdict(r) for r in rows]}, ensure_ascii=False)
    write_whole(text.encode(), path, LedgerError)
    return path


def kept_ledger(store: Path) -> tuple[str, list[LedgerRow]] | None:
    """The digest of the inputs and the rows of the kept ledger; None when there is none that can be read."""
    try:
        kept = json.loads(store.with_name(NAME).read_text("utf-8"))
        return str(kept["inputs"]), [LedgerRow(**row) for row in kept["rows"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept_inputs(store: Path) -> str | None:
    """The inputs that the kept ledger belongs to; None when there is no ledger."""
    kept = kept_ledger(store)
    return kept[0] if kept else None
