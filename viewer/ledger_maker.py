"""The ledger of the page 收录 made by itself: a process of low priority beside the server, watched while it works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from layers.ledger_file import kept_inputs
from layers.said import Said, said
from layers.store import Store
from viewer.settings import ROOT

_IDLE = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)


@dataclass(frozen=True)
class LedgerState:
    """``idle`` where nobody makes it, ``waiting`` until the process speaks (another may be making the same), ``making``,
    ``made``, or ``failed`` with the reason.

    ``share`` is the part that is done, 0 to 1.
    """

    step: Literal["idle", "waiting", "making", "made", "failed"] = "idle"
    share: float = 0.0
    reason: Said | None = None


class LedgerMaker:
    """Makes the ledger of one store, at most once; ``state`` may be read from any thread."""

    def __init__(self, data: Path, store: Store) -> None:
        self._data, self._store = data, store
        self._lock = threading.Lock()
        self._begun = False
        self.state = LedgerState()

    def announce(self) -> None:
        """Say that the ledger is to come, where it is missing or of other inputs, before it is begun."""
        with self._lock:
            if self.state.step == "idle":
                current = kept_inputs(self._store.path) == self._store.inputs
                self.state = LedgerState("made", 1.0) if current else LedgerState("waiting")

    def start(self) -> None:
        """Begin where there is something to make; returns at once."""
        self.announce()
        with self._lock:
            if self._begun or self.state.step != "waiting":
                return
            self._begun = True
        threading.Thread(target=self._run, name="ledger", daemon=True).start()

    def _run(self) -> None:
        module = ["-m", "viewer.ledger_process"]
        places = [str(path.resolve()) for path in (self._data, self._store.path)]
        command = [sys.executable, *module, *places, self._store.inputs]
        try:
            with subprocess.Popen(  # noqa: S603 - our own program with our own paths
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                creationflags=_IDLE,
            ) as process:
                for line in process.stdout or ():
                    self._hear(line)
        except OSError as e:
            self._fail(said("没有启动生成收录表的程序：{reason}", reason=e.strerror))
            return
        if process.returncode == 0:
            self.state = LedgerState("made", 1.0)
        elif self.state.step != "failed":
            self._fail(said("生成收录表的程序中断了（状态 {status}）", status=process.returncode))

    def _hear(self, line: str) -> None:
        told = json.loads(line)
        if "message" in told:
            self._fail(said(told["message"], **told["values"]))
        else:
            self.state = LedgerState("making", float(told["share"]))

    def _fail(self, reason: Said) -> None:
        self.state = LedgerState("failed", self.state.share, reason)
