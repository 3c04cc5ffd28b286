"""The application as a user starts it: a process of its own on a free port of this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from viewer.settings import ROOT

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Serving:
    """A running server: its address, and its process for those who want to stop it."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def serving(store: Path, port: int | None = None) -> Iterator[Serving]:
    """Serve a built store until the block ends; ready when the block begins."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={
            **os.environ,
            "PLAN_ATLAS_DATA": str(ROOT / "data"),  # whatever a test has set for commands of its own
            "PLAN_ATLAS_STORE": str(store),
            "PYTHONIOENCODING": "utf-8",
        },
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        _wait_for_address(process)
        yield Serving(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for_address(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return
    raise RuntimeError(f"the server ended with status {process.wait()}")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def chromium_path() -> str | None:
    """The system's Chromium, None when there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
