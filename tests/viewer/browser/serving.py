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
from urllib.request import urlopen

from viewer.settings import ROOT

# Two renderers of the address bar's own would start with every window; the last --disable-features is the one that counts,
# so what Playwright turns off stands here again.
_FEATURES_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PaintHolding", "MediaRouter", "OptimizationHints", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "DestroyProfileOnBrowserClose",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "ThirdPartyStoragePartitioning", "NetworkTimeServiceQuerying",
)  # fmt: skip
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--disable-features={','.join(_FEATURES_OFF)}",
]  # fmt: skip

_SLOW_AT_FIRST = ("/", "/facets.json")
_WARM_S = 120


@dataclass(frozen=True)
class Serving:
    """A running server: its address, and its process for those who want to stop it."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def serving(store: Path, port: int | None = None) -> Iterator[Serving]:
    """Serve a built store until the block ends; when it begins, what is made for the first who asks is made."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={
            **os.environ,
            "PLAN_ATLAS_DATA": str(ROOT / "data"),  # whatever a test has set for commands of its own
            "PLAN_ATLAS_STORE": str(store),
            "PLAN_ATLAS_COVERAGE": "off",  # half a minute's work beside every server, which few tests look at
            "PYTHONIOENCODING": "utf-8",
        },
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        _wait_for_address(process)
        url = f"http://127.0.0.1:{port}"
        for path in _SLOW_AT_FIRST:
            with urlopen(url + path, timeout=_WARM_S) as answer:
                answer.read()
        yield Serving(url, process)
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
