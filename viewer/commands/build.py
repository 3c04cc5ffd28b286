"""``build``: make data/built/atlas.gpkg from data/ where that is needed."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from layers.building import BuildResult
from viewer.settings import Settings


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("build", help="由 data/ 生成 data/built/atlas.gpkg")
    parser.add_argument("--force", action="store_true", help="输入没有变化也重新生成")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    result = build_store(settings, force=arguments.force)
    word = "已是最新" if result.skipped else "已生成"
    print(f"{word}：{result.path}（内容 {result.content[:12]}）")
    return 0


def build_store(settings: Settings, force: bool = False) -> BuildResult:
    """Build with a progress bar; every command that reads the store starts with this."""
    from layers.building import build

    with ProgressBar() as bar:
        return build(settings.data, settings.store, bar.show, force=force)


class ProgressBar:
    """A bar on standard error that appears with the first step, so that a skipped build shows none."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, step: str, share: float) -> None:
        """Take note of the step under way and the share done, 0 to 1."""
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(
                total=100,
                bar_format="{percentage:3.0f}% {bar:30} {desc} {elapsed}",
                file=sys.stderr,
                disable=None,
                leave=False,
            )
        self._bar.set_description_str(step, refresh=False)
        self._bar.update(round(share * 100) - self._bar.n)
