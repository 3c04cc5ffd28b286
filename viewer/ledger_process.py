"""A process of its own that makes the ledger beside a store: ``python -m viewer.ledger_process DATA STORE INPUTS``.

It runs at the lowest priority and tells how far it is, a JSON object a line (viewer/ledger_maker.py reads them): ``share``
while it works, ``message`` and ``values`` when it cannot. When nobody listens any more it ends.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from layers.ledger_file import make_ledger
from layers.said import Said, said, sentence_of

LOWEST_PRIORITY = 19
_STEP = 0.01


def _tell(**words: Any) -> None:
    print(json.dumps(words), flush=True)  # noqa: T201 - this is how it speaks


class _Teller:
    """Tells a step further on only, where the work tells every sentence."""

    def __init__(self) -> None:
        self._told = -1.0

    def __call__(self, _step: str, share: float) -> None:
        if share >= self._told + _STEP:
            self._told = share
            _tell(share=share)


def main(data: str, store: str, inputs: str) -> int:
    """Make the ledger; 0 when it is there."""
    if hasattr(os, "nice"):  # elsewhere whoever starts it sets the priority
        os.nice(LOWEST_PRIORITY)
    try:
        make_ledger(Path(data), Path(store), inputs, _Teller())
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - kept open until the process ends
        return 1
    except (ValueError, OSError) as e:
        words = sentence_of(e)
        sentence = words if isinstance(words, Said) else said("{reason}", reason=words)
        _tell(message=sentence.message, values={name: str(value) for name, value in sentence.values.items()})
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
