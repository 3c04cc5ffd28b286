"""``export --deck``, ``--handout`` and ``--atlas``: slides, pages and maps of a plan, or of scenes of the user's own."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viewer.commands.build import ProgressBar, build_store
from viewer.commands.errors import UsageError
from viewer.settings import Settings

if TYPE_CHECKING:
    from layers.deck import AddressOf

KINDS = {"deck": ".pptx", "handout": ".pdf", "atlas": ".pdf"}
"""Option -> how the file's name ends."""
OPTIONS = ("scenes", "by", "per_page", "address")
_BY = ("structure", "feature", "chapter")
_USED = {
    "deck": ("plan", "scenes"),
    "handout": ("plan", "scenes", "per_page", "address"),
    "atlas": ("plan", "by"),
}
_COMMON = ("out", "out_option", "force", "run", "port", *KINDS)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:_/~%\[\]-]{1,200}")


def add_options(group: Any) -> None:
    """The options of this module."""
    group.add_argument(
        "--deck", action="store_true", help="汇报幻灯片（PPTX），用 --plan 或 --scenes 写明内容"
    )
    group.add_argument("--handout", action="store_true", help="讲义（PDF），用 --plan 或 --scenes 写明内容")
    group.add_argument("--atlas", action="store_true", help="一部规划的图集（PDF），用 --plan 写明规划")
    group.add_argument("--scenes", type=Path, metavar="FILE.json", help="自己的场景文件，在「演示」里导出")
    group.add_argument(
        "--by",
        metavar="WAY",
        help="图集每页一个什么：structure 格局，feature 要素，chapter 章；不写为格局和一级要素",
    )
    group.add_argument("--per-page", metavar="N", help="讲义每页几幕：2（默认）、3，或 1（带记录横线）")
    group.add_argument("--address", metavar="URL", help="讲义里二维码打开的网址，默认本机")


def export_book(arguments: argparse.Namespace, settings: Settings, out: Path) -> int:
    """Write what is asked for.

    Raises
    ------
    UsageError
        Options do not fit together.
    SceneFileError, RenderError
        It cannot be made or written.
    """
    kind = _kind(arguments)
    per_page = _per_page(arguments.per_page)
    address_of = _address(arguments.address, settings)
    folder = _is_folder(out)
    if out.suffix.lower() != KINDS[kind] and not folder:
        raise UsageError(f"输出文件应以 {KINDS[kind]} 结尾，或是已有的文件夹：{out}")

    from layers.deck import build_deck, ready_scenes, write_atlas, write_handout
    from layers.render import LayoutError, MapSource, check_target, write_bytes
    from layers.scene_file import read_scene_file
    from layers.store import Store
    from layers.styles import read_styles

    own = read_scene_file(arguments.scenes) if arguments.scenes is not None else None
    build_store(settings)
    source = MapSource(Store(settings.store), read_styles(settings.data / "layers.yaml"))
    if (
        own is None and arguments.plan not in source.store.plans
    ):  # asked before the name becomes part of a path
        raise LayoutError(f"没有规划「{arguments.plan[:40]}」；可用：{'、'.join(source.store.plans)}")
    of = arguments.plan if own is None else arguments.scenes.stem
    by = f"-{arguments.by}" if arguments.by else ""
    path = out / f"plan-atlas-{kind}{by}-{of}{KINDS[kind]}" if folder else out
    check_target(path, arguments.force)
    count = ""
    with ProgressBar() as bar:
        if kind == "atlas":
            made = write_atlas(source, arguments.plan, path, progress=bar.show, by=arguments.by or "")
            count = f"：{made.pages} 页"
        else:
            scenes = own or ready_scenes(source, arguments.plan)
            if kind == "deck":
                write_bytes(build_deck(source, scenes, progress=bar.show), path)
                count = f"：{len(scenes.scenes)} 幕"
            else:
                count = f"：{write_handout(source, scenes, path, address_of, per_page, progress=bar.show)} 页"
    print(f"已写入 {path}{count}")
    return 0


def _kind(arguments: argparse.Namespace) -> str:
    kinds = [k for k in KINDS if getattr(arguments, k)]
    if len(kinds) > 1:
        raise UsageError(f"{' 和 '.join(f'--{k}' for k in kinds)} 只能写一个")
    kind = kinds[0]
    used = _USED[kind]
    given = [o for o, v in vars(arguments).items() if o not in _COMMON and v is not None and v is not False]
    wrong = [o for o in given if o not in used]
    if wrong:
        options = "、".join(f"--{o.replace('_', '-')}" for o in (*used, "out", "force"))
        raise UsageError(f"--{kind} 只用 {options}，不用 --{wrong[0].replace('_', '-')}")
    if arguments.plan is not None and arguments.scenes is not None:
        raise UsageError("--plan 和 --scenes 只能写一个")
    if arguments.plan is None and arguments.scenes is None:
        more = "，或用 --scenes 给出场景文件" if "scenes" in used else ""
        raise UsageError(f"--{kind} 要用 --plan 写明规划，如 --plan shinan{more}")
    if arguments.by is not None and arguments.by not in _BY:
        raise UsageError(f"--by 应是 {'、'.join(_BY)} 之一，写的是「{arguments.by[:40]}」")
    return kind


def _per_page(text: str | None) -> Any:
    if text is not None and text not in ("1", "2", "3"):
        raise UsageError(f"--per-page 应是 1、2 或 3，写的是「{text[:40]}」")
    return int(text or 2)


def _address(text: str | None, settings: Settings) -> AddressOf:
    """How a link becomes an address; a long one goes by the short id under which it is kept beside the store."""
    host = "127.0.0.1" if settings.host in ("", "0.0.0.0", "::") else settings.host  # noqa: S104 - compared, not bound
    home = text or f"http://{host}:{settings.port}/"
    if not _ADDRESS.fullmatch(home):
        raise UsageError(f"--address 应是 http:// 或 https:// 开头的网址，写的是「{home[:60]}」")

    def address_of(link: str) -> str:
        from layers.kept_links import FILE, KeptLinks, KeptLinksError
        from viewer.books import SCANNABLE
        from viewer.share import short_path

        try:
            return (
                f"{home.rstrip('/')}/{short_path(KeptLinks(settings.store.with_name(FILE)), link, SCANNABLE)}"
            )
        except KeptLinksError:  # the link itself then, however long
            return f"{home.rstrip('/')}/{link}"

    return address_of


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
