"""``open``: bring back the view that a file of ours carries, in the browser."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError

from viewer.settings import Settings

_PATIENCE_S = 60.0
_PAUSE_S = 0.3
_SHORT_S = 2.0
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Past any proxy of the environment: what asks this machine is not for others to see."""


def add_parser(
    commands: Any, serve: Callable[[argparse.Namespace, Settings], int]
) -> argparse.ArgumentParser:
    """``serve`` runs the server as the command of that name does."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "open", help="回到一个图件、幻灯片、网页或数据文件当时的视图"
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="规划图集导出的 PNG、SVG、PDF、PPTX、XLSX、HTML、KML、GeoJSON 或 GeoPackage",
    )
    parser.add_argument("--print", action="store_true", dest="only_print", help="只写出链接，不打开浏览器")
    parser.set_defaults(run=lambda arguments, settings: run(arguments, settings, serve))
    return parser


def run(
    arguments: argparse.Namespace, settings: Settings, serve: Callable[[argparse.Namespace, Settings], int]
) -> int:
    from layers.carried_view import read_carried_file

    view = read_carried_file(arguments.file)
    if arguments.only_print:
        _compare(view.version, _version_on_disk(settings))
        print(f"/{view.link}")
        return 0
    address = f"http://{_reachable(settings.host)}:{settings.port}"
    running = _running_version(address)
    if running is not None:
        _compare(view.version, running)
        _open(f"{address}/{view.link}")
        return 0
    waiting = threading.Thread(target=_open_when_served, args=(address, view.link, view.version), daemon=True)
    waiting.start()
    return serve(arguments, settings)


def _reachable(host: str) -> str:
    """The address this machine reaches a server by that listens on ``host``."""
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound


def _running_version(address: str) -> str | None:
    """Data version of the atlas that is served there; None when none is."""
    try:
        with _DIRECT.open(f"{address}/about.json", timeout=_SHORT_S) as answer:
            told = json.loads(answer.read(10_000))
    except (URLError, OSError, ValueError):
        return None
    known = isinstance(told, dict) and told.get("application") == "plan-atlas"
    return str(told.get("version", "")) if known else None


def _version_on_disk(settings: Settings) -> str | None:
    from layers.store import Store, StoreMissingError

    try:
        return Store(settings.store).version
    except (StoreMissingError, OSError):
        return None


def _compare(carried: str, present: str | None) -> None:
    """Say so when the file was made of other data."""
    if carried and present and not present.startswith(carried):
        sentence = f"文件出自数据版本 {carried[:12]}，现在的数据是 {present[:12]}，画出来的可能与文件不同"
        print(sentence, file=sys.stderr)


def _open_when_served(address: str, link: str, carried: str) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        running = _running_version(address)
        if running is not None:
            _compare(carried, running)
            _open(f"{address}/{link}")
            return
        time.sleep(_PAUSE_S)


def _open(address: str) -> None:
    print(address, flush=True)
    if not webbrowser.open(address):
        print("没有找到浏览器，请自己打开上面的地址", file=sys.stderr)
