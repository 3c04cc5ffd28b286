"""The ledger kept beside the store, so that a reader need not wait for the model: written by ``audit coverage``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from layers.ledger import Row
from layers.ledger_rules import LedgerError
from layers.whole_file import write_whole

NAME = "coverage.json"


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


def keep_ledger(rows: Sequence[LedgerRow], store: Path, content: str) -> Path:
    """Write the ledger beside the store with the content hash it belongs to.

    Raises
    ------
    LedgerError
        When it cannot be written.
    """
    path = store.with_name(NAME)
    text = json.dumps({"content": content, "rows": [asdict(r) for r in rows]}, ensure_ascii=False)
    write_whole(text.encode(), path, LedgerError)
    return path


def kept_ledger(store: Path) -> tuple[str, list[LedgerRow]] | None:
    """The content hash and the rows of the kept ledger; None when there is none that can be read."""
    try:
        kept = json.loads(store.with_name(NAME).read_text("utf-8"))
        return str(kept["content"]), [LedgerRow(**row) for row in kept["rows"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
