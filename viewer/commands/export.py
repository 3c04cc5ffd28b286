"""``export``: write the atlas as data (GeoJSON, GeoPackage, tables, a web page ...), as a figure (PNG, SVG, PDF), or as
slides, handout or book of maps (viewer/commands/export_book.py)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viewer.commands.build import build_store
from viewer.commands.errors import UsageError
from viewer.commands.export_book import KINDS, OPTIONS, add_options, export_book
from viewer.settings import Settings

if TYPE_CHECKING:
    from layers.formats import Selection
    from layers.render import Layout

# Only for the help text: what knows the formats takes a second to import, and every command builds this parser.
_DATA_NAMES = ("geojson", "gpkg", "shp", "kml", "csv", "xlsx", "html")
_CRS_NAMES = ("EPSG:4326", "EPSG:4490", "EPSG:4549")

_FIGURES = ("png", "svg", "pdf")
_FIGURE_OPTIONS = (
    "paper", "orientation", "dpi", "scale", "centre", "bbox", "preset", "layout", "title", "subtitle", "notes",
    "review_number", "size", "opacity",
)  # fmt: skip
_FACETS = {
    "status": "状态，如 planned,under_construction", "precision": "落图精度，如 boundary,located",
    "projects": "项目：named 有项目，invested 写明投资，none 没有", "year": "项目目标年，如 2025,2035；none 未写年份",
    "district": "所在区市，如 市南区,370214",
}  # fmt: skip
"""Filters of the page beside plan, level and category."""
_CHOICES = ("plan", "level", "layers", "features", *_FACETS)


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "export",
        help="导出数据或图件",
        epilog="例：python app.py export --format pdf --plan shinan --paper A3 --out 图件；"
        "python app.py export --format geojson --all plan-atlas.geojson；"
        "python app.py export --deck --plan shinan --out 汇报",
    )
    parser.add_argument("--format", metavar="FORMAT", help="、".join([*_DATA_NAMES, *_FIGURES]))
    parser.add_argument("--all", action="store_true", help="全部要素，含未落图的（只用于数据格式）")
    parser.add_argument("--force", action="store_true", help="覆盖已有文件")
    parser.add_argument("--out", type=Path, dest="out_option", metavar="OUT", help="输出文件，或已有的文件夹")
    add_options(parser.add_argument_group("成套"))
    choice = parser.add_argument_group("选择内容")
    choice.add_argument("--plan", metavar="ID", help="只要这部规划说到的，如 shinan")
    choice.add_argument("--level", metavar="N", help="到第几级（1、2、3），或列出级别，如 1,3")
    choice.add_argument("--layers", metavar="A,B", help="图层，如 axis,belt")
    choice.add_argument("--features", metavar="ID,...", help="只要这些要素")
    for name, words in _FACETS.items():
        choice.add_argument(f"--{name}", metavar="A,B", help=f"只要这些（数据格式）{words}")
    choice.add_argument("--link", metavar="LINK", help="网页上「分享」的链接：取它的规划和筛选（数据格式）")
    parser.add_argument("--crs", metavar="EPSG", help=f"数据的坐标系：{'、'.join(_CRS_NAMES)}")
    figure = parser.add_argument_group("图件")
    figure.add_argument("--preset", metavar="NAME", help="预设：报告插图、汇报用图、大幅展板")
    figure.add_argument("--layout", type=Path, metavar="FILE.json", help="版式文件；命令行上写的优先")
    figure.add_argument("--paper", metavar="SIZE", help="A4、A3、A2、16:9，或 pixels（同时写 --size 宽x高）")
    figure.add_argument("--size", metavar="WxH", help="像素宽和高，如 1600x900")
    figure.add_argument("--orientation", metavar="WAY", help="landscape 横向，portrait 纵向")
    figure.add_argument("--dpi", metavar="N", help="分辨率，150 至 600")
    figure.add_argument("--bbox", metavar="W,S,E,N", help="范围：西,南,东,北（经纬度）")
    figure.add_argument("--scale", metavar="N", help="固定比例尺 1:N")
    figure.add_argument("--centre", metavar="LON,LAT", help="固定比例尺时图的中心")
    figure.add_argument(
        "--opacity", metavar="A-50,B-80", help="图层的不透明度（百分数），如 region-50,axis-80"
    )
    figure.add_argument("--title", metavar="T", help="标题")
    figure.add_argument("--subtitle", metavar="T", help="副标题")
    figure.add_argument("--notes", metavar="T", help="说明")
    figure.add_argument("--review-number", metavar="T", help="审图号")
    for name, words in _SWITCHES.items():
        figure.add_argument(
            f"--{name.replace('_', '-')}", action=argparse.BooleanOptionalAction, default=None, help=words
        )
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT", help="同 --out")
    parser.set_defaults(run=run)


_SWITCHES = {
    "legend": "图例", "scale_bar": "比例尺条", "north_arrow": "指北针", "locator": "区位图", "graticule": "经纬网",
    "labels": "注记", "project_table": "项目表", "quotes": "原文摘录", "structures": "空间格局一览",
}  # fmt: skip


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    if any(getattr(arguments, kind) for kind in KINDS):
        return export_book(arguments, settings, _out(arguments))
    wrong = [o for o in OPTIONS if getattr(arguments, o) is not None]
    if wrong:
        raise UsageError(f"--{wrong[0].replace('_', '-')} 只和 {'、'.join(f'--{k}' for k in KINDS)} 一起用")
    kind = str(arguments.format or "geojson")
    if kind not in _DATA_NAMES and kind not in _FIGURES:
        raise UsageError(f"--format 应是 {'、'.join([*_DATA_NAMES, *_FIGURES])} 之一，写的是「{kind[:40]}」")
    out = _out(arguments)
    if kind in _DATA_NAMES:
        return _export_data(arguments, kind, out, settings)
    data_only = [o for o in ("all", "crs", "link") if getattr(arguments, o) not in (None, False)]
    if data_only:
        raise UsageError(
            f"--{data_only[0]} 只用于数据格式；图件请用 --plan、--layers、--level、--features、--status 等选内容"
        )
    return _export_figure(arguments, kind, out, settings)


def _out(arguments: argparse.Namespace) -> Path:
    given = [p for p in (arguments.out, arguments.out_option) if p is not None]
    if len(given) != 1:
        raise UsageError("请写明输出文件或文件夹（--out OUT）" if not given else "输出位置写了两次")
    if "\0" in str(given[0]):
        raise UsageError("输出路径含有不可见字符")
    return Path(given[0])


def _is_folder(path: Path) -> bool:
    """Whether there is a folder of this name; a name that cannot be looked up is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _export_data(arguments: argparse.Namespace, kind: str, out: Path, settings: Settings) -> int:
    from layers.export_crs import CRS_NAMES
    from layers.formats import FORMATS, write_format
    from layers.store import Store
    from layers.styles import read_styles

    wrong = [o for o in (*_FIGURE_OPTIONS, *_SWITCHES) if getattr(arguments, o) is not None]
    if wrong:
        raise UsageError(f"--{wrong[0].replace('_', '-')} 只用于图件（png、svg、pdf）")
    link = data_link(arguments)
    crs = arguments.crs or next(iter(CRS_NAMES))
    if crs not in CRS_NAMES:
        raise UsageError(f"--crs 应是 {'、'.join(CRS_NAMES)} 之一，写的是「{crs[:40]}」")
    path = out / f"plan-atlas{FORMATS[kind].extension}" if _is_folder(out) else out
    if path.exists() and not arguments.force:
        raise UsageError(f"{path} 已存在；要覆盖请加 --force")
    selection = data_selection(arguments, link)
    build_store(settings)
    styles = read_styles(settings.data / "layers.yaml")
    count = write_format(
        Store(settings.store), styles, kind, selection, crs, path, arguments.force, link and f"/{link}"
    )
    print(f"已写入 {path}：{count} 个要素")
    return 0


def data_link(arguments: argparse.Namespace) -> str | None:
    """The link of ``--link`` as this version writes it, whether a whole address or its query was given; None without.

    Raises
    ------
    UsageError
        It is no link of a view, or stands beside other choices.
    """
    from layers.view_link import ViewLinkError, check_link

    if arguments.link is None:
        return None
    beside = [o for o in ("all", *_CHOICES) if getattr(arguments, o) not in (None, False)]
    if beside:
        raise UsageError(f"--link 自己就是选择，不要再写 --{beside[0]}")
    at = arguments.link.find("?")
    try:
        return check_link(arguments.link[at:] if at >= 0 else arguments.link)
    except ViewLinkError as e:
        raise UsageError(f"--link：{e}") from e


def data_selection(arguments: argparse.Namespace, link: str | None = None) -> Selection:
    """What the options or the filters of a link choose; everything must be asked for by ``--all``.

    Raises
    ------
    UsageError
        Both or neither are given.
    """
    from layers.formats import Selection, selection_of
    from layers.view_link import decode_link

    if link is not None:
        return selection_of(decode_link(link).state)
    chosen = {o: getattr(arguments, o) for o in _CHOICES if getattr(arguments, o) is not None}
    if bool(chosen) == arguments.all:
        names = "、".join(f"--{o}" for o in (*_CHOICES, "link"))
        raise UsageError(
            f"请写 --all（全部要素，含未落图的），或用 {names} 选一部分" + ("，不要都写" if chosen else "")
        )
    written = _written(arguments)
    filters = written.get("filters", {})
    return Selection(
        plans=(chosen["plan"],) if "plan" in chosen else (),
        categories=written.get("layers", ()),
        levels=written.get("levels", ()),
        ids=written.get("features", ()),
        statuses=filters.get("status", ()),
        precisions=filters.get("precision", ()),
        projects=filters.get("projects", ()),
        years=filters.get("year", ()),
        districts=filters.get("district", ()),
    )


def _adcodes(names: tuple[str, ...]) -> tuple[str, ...]:
    from geo.districts import ADCODES

    return tuple(ADCODES.get(name, name) for name in names)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(x.strip() for x in (text or "").split(",") if x.strip())


def _export_figure(arguments: argparse.Namespace, kind: str, out: Path, settings: Settings) -> int:
    from layers.render import FORMATS, MapSource, check_target, render, write_bytes
    from layers.store import Store
    from layers.styles import read_styles

    layout = figure_layout(arguments, settings)
    path = out / f"plan-atlas-{layout.plan or 'all'}.{kind}" if _is_folder(out) else out
    if path.suffix.lower() != f".{kind}":
        raise UsageError(f"输出文件应以 .{kind} 结尾，或是已有的文件夹：{path}")
    check_target(path, arguments.force)
    build_store(settings)
    source = MapSource(Store(settings.store), read_styles(settings.data / "layers.yaml"))
    content = render(source, layout, next(f for f in FORMATS if f == kind))
    write_bytes(content, path)
    width, height = layout.size_mm
    print(f"已写入 {path}：{width:g}×{height:g} 毫米" + (f"，{layout.dpi} dpi" if kind == "png" else ""))
    return 0


def figure_layout(arguments: argparse.Namespace, settings: Settings) -> Layout:
    """The layout that preset, layout file and options give together, the later over the earlier.

    Raises
    ------
    UsageError
        An option is not written as it should be.
    LayoutError
        The layout file does not make a layout.
    """
    from layers.render import LayoutError, parse_layout, read_layout, read_presets

    values: dict[str, Any] = {}
    if arguments.preset is not None:
        presets = read_presets(settings.data / "layouts.yaml")
        if arguments.preset not in presets:
            raise UsageError(f"没有预设「{arguments.preset[:40]}」；可用：{'、'.join(presets)}")
        values |= presets[arguments.preset].values
    if arguments.layout is not None:
        values |= read_layout(arguments.layout)
    values |= _written(arguments)
    try:
        return parse_layout(values)
    except LayoutError as e:
        if arguments.layout is not None:
            raise
        raise UsageError(str(e)) from e


def _written(arguments: argparse.Namespace) -> dict[str, Any]:
    """The options that were given, as layout values."""
    plain = ("plan", "paper", "orientation", "title", "subtitle", "notes", "review_number", *_SWITCHES)
    values = {o: getattr(arguments, o) for o in plain if getattr(arguments, o) is not None}
    for option in ("dpi", "scale"):
        if getattr(arguments, option) is not None:
            values[option] = _integer(option, getattr(arguments, option))
    for option in ("layers", "features"):
        if getattr(arguments, option) is not None:
            values[option] = _listed(getattr(arguments, option))
    if filters := {name: _listed(getattr(arguments, name)) for name in _FACETS if getattr(arguments, name)}:
        values["filters"] = (
            filters | {"district": _adcodes(filters["district"])} if "district" in filters else filters
        )
    if arguments.opacity is not None:
        values["opacity"] = {
            layer.strip(): _integer("opacity", percent)
            for layer, _, percent in (one.rpartition("-") for one in arguments.opacity.split(","))
        }
    if arguments.bbox is not None:
        values["bbox"] = _numbers("bbox", arguments.bbox, 4)
    if arguments.centre is not None:
        values["centre"] = _numbers("centre", arguments.centre, 2)
    if arguments.level is not None:
        levels = [_integer("level", x) for x in arguments.level.split(",")]
        values["levels"] = (
            tuple(range(1, levels[0] + 1)) if len(levels) == 1 and 0 < levels[0] < 4 else tuple(levels)
        )
    if arguments.size is not None:
        width, _, height = arguments.size.lower().replace("×", "x").partition("x")
        values |= {"width_px": _integer("size", width), "height_px": _integer("size", height)}
        values.setdefault("paper", "pixels")
    return values


def _integer(option: str, text: str) -> int:
    digits = text.strip().removeprefix("1:").replace("_", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise UsageError(f"--{option} 应是整数，写的是「{text[:40]}」")
    return int(digits)


def _numbers(option: str, text: str, count: int) -> tuple[float, ...]:
    try:
        numbers = tuple(float(x) for x in text.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != count or not all(abs(n) < 1e6 for n in numbers):
        raise UsageError(f"--{option} 应是 {count} 个用逗号隔开的数，写的是「{text[:60]}」")
    return numbers
