"""Files of every format give back the view they carry; strangers, damage and traps are each one sentence."""

from __future__ import annotations

import datetime
import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pypdf import PdfWriter

from layers import carried_view
from layers.carried_view import CarriedView, CarriedViewError, read_carried_file, read_carried_view
from layers.carried_words import carried_words
from layers.deck.atlas_pdf import write_atlas
from layers.deck.slides import SlideSet
from layers.formats import Selection, format_bytes
from layers.render import FORMATS, MapSource, parse_layout, render
from layers.store import Store
from layers.styles import Styles, read_styles
from layers.view_link import ViewState, encode_link
from tests.conftest import DATA

PAGE = {"paper": "pixels", "width_px": 700, "height_px": 500, "dpi": 150, "plan": "tiny"}
DAY = datetime.datetime(2026, 1, 1)


@pytest.fixture(scope="module")
def styles() -> Styles:
    return read_styles(DATA / "layers.yaml")


@pytest.fixture(scope="module")
def figures(tiny_store: Store, styles: Styles) -> dict[str, bytes]:
    source = MapSource(tiny_store, styles)
    return {kind: render(source, parse_layout(dict(PAGE)), kind) for kind in FORMATS}


@pytest.fixture(scope="module")
def data(tiny_store: Store, styles: Styles) -> dict[str, bytes]:
    chosen = Selection(plans=("tiny",), levels=(1, 2))
    return {
        fmt: format_bytes(tiny_store, styles, fmt, chosen)[0]
        for fmt in ("html", "xlsx", "kml", "geojson", "gpkg", "shp")
    }


def deck(subject: str) -> bytes:
    slides = SlideSet("页脚")
    slides.add("标题", "备注")
    slides.tell("汇报", subject, "plan-atlas", "一部规划", DAY)
    return slides.content()


def read(content: bytes) -> CarriedView:
    return read_carried_view(io.BytesIO(content), len(content))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_figure_gives_back_its_view(figures: dict[str, bytes], tiny_store: Store, kind: str) -> None:
    view = read(figures[kind])
    assert view.link.startswith("?v=2&plan=tiny&box=")
    assert view.version == tiny_store.version
    assert tiny_store.plans["tiny"].title in view.editions


@pytest.mark.parametrize("fmt", ["html", "xlsx", "kml", "geojson", "gpkg", "shp"])
def test_data_give_back_their_view(data: dict[str, bytes], tiny_store: Store, fmt: str) -> None:
    view = read(data[fmt])
    assert view.link == "?v=2&plan=tiny&level=2"
    assert view.version == tiny_store.version
    assert tiny_store.plans["tiny"].title in view.editions


def test_slides_give_back_a_view_longer_than_their_subject_holds() -> None:
    link = encode_link(ViewState(only=tuple(f"shinan.{n:04}" for n in range(400))))
    content = deck(carried_words("/" + link, "a" * 64, "规划文本：《甲》（<乙> & 丙）"))
    assert read(content) == CarriedView(link, "a" * 64, "《甲》（<乙> & 丙）")
    assert len(Presentation(io.BytesIO(content)).core_properties.subject) == 255


def test_an_atlas_gives_back_its_plan(tiny_store: Store, styles: Styles, tmp_path: Path) -> None:
    write_atlas(MapSource(tiny_store, styles), "tiny", tmp_path / "a.pdf", most=1)
    view = read_carried_file(tmp_path / "a.pdf")
    assert view.link == "?v=2&plan=tiny"
    assert view.version == tiny_store.version


def test_the_name_of_the_file_does_not_matter(figures: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "报告.jpg").write_bytes(figures["png"])
    assert read_carried_file(tmp_path / "报告.jpg") == read(figures["png"])


def test_an_old_link_comes_back_in_its_present_form() -> None:
    assert read(deck("视图 /?v=1&layers=bay,axis&bbox=120,36,121,37；数据版本 0123456789ab；x")).link == (
        "?v=2&layers=bay,axis&box=120.00000,36.00000,121.00000,37.00000"
    )


def png(**words: str) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    for name, text in words.items():
        told.add_itxt(name, text)
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def pdf(subject: str | None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    if subject is not None:
        writer.add_metadata({"/Subject": subject})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(f"docProps/{name}.xml", body)
    return out.getvalue()


def database(tmp_path: Path, sql: str) -> bytes:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(sql)
    return path.read_bytes()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9))
    + b"]><svg><metadata><description>&a8;</description></metadata></svg>"
)

STRANGE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "是空的"),
    "text": ("视图 /?v=2&plan=tiny；".encode(), "别的类型"),
    "a photograph": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "别的类型"),
    "a program": (b"\x7fELF\x02\x01\x01", "别的类型"),
    "a png of someone else": (png(), "没有带视图"),
    "a png that says something else": (png(Description="a cat"), "没有带视图"),
    "a png with a foreign address": (png(Description="视图 https://example.org/?v=2"), "没有带视图"),
    "a png with markup in its link": (png(Description="视图 /?v=2&plan=\"'>；"), "没有带视图|读不出来"),
    "a png of a later version": (png(Description="视图 /?v=9&plan=tiny；数据版本 abc"), "版本是 9"),
    "a png with a broken link": (png(Description="视图 /?v=2&level=many；"), "level"),
    "a png that ends early": (png(Description="视图 /?v=2；")[:40], "没有带视图|已损坏"),
    "a png of nothing but its name": (b"\x89PNG\r\n\x1a\n", "已损坏"),
    "a pdf of someone else": (pdf(None), "没有带视图"),
    "a pdf of nothing but its name": (b"%PDF-1.7\n", "已损坏"),
    "a pdf that ends early": (pdf("视图 /?v=2；")[:200], "已损坏|没有带视图"),
    "an empty package": (package(), "没有带视图|别的类型|已损坏"),
    "a package of someone else": (package(core=b"<a>b</a>"), "没有带视图"),
    "a package with broken xml": (package(core=b"<a>"), "已损坏"),
    "a package of which half is missing": (package(core=b"<a>b</a>" * 99)[:80], "已损坏"),
    "a bomb": (package(core=b"<a>" + b" " * 300_000_000), "已损坏"),
    "entities that grow": (LAUGHS, "没有带视图|已损坏"),
    "an svg of someone else": (b"<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>", "没有带视图"),
    "an svg that is cut off": (b"<?xml version='1.0'?><svg><g>", "已损坏"),
    "a page of someone else": (b"<!DOCTYPE html><title>x</title>", "没有带视图"),
    "a page with a script as its link": (
        b'<!DOCTYPE html><meta name="plan-atlas-link" content="javascript:alert(1)">', "没有带视图",
    ),
    "json of someone else": (b'{"type":"FeatureCollection","features":[]}', "没有带视图"),
    "broken json": (b'{"type":"features",,,"features":[', "已损坏"),
    "json of a list": (b'{"link":["/?v=2"],"features":[]}', "没有带视图"),
    "deep json": (b'{"a":' + b"[" * 200_000 + b',"features":', "已损坏"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_what_carries_no_view_is_said_in_one_sentence(name: str) -> None:
    content, says = STRANGE[name]
    with pytest.raises(CarriedViewError, match=says) as raised:
        read(content)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 160


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t (x)",
        "CREATE TABLE gpkg_metadata (metadata); INSERT INTO gpkg_metadata VALUES ('<a')",
        "CREATE TABLE gpkg_metadata (metadata); INSERT INTO gpkg_metadata VALUES (NULL)",
        "CREATE VIEW gpkg_metadata AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT max(x) AS metadata FROM n",
    ],
)
def test_a_database_of_someone_else_is_said_in_one_sentence(tmp_path: Path, sql: str) -> None:
    with pytest.raises(CarriedViewError, match=r"已损坏|没有带视图"):
        read(database(tmp_path, sql))


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried_view, "LARGEST", 1000)
    (tmp_path / "a.png").write_bytes(png(Description="视图 /?v=2；") + b"\0" * 2000)
    with pytest.raises(CarriedViewError, match="超过"):
        read_carried_file(tmp_path / "a.png")


def missing(folder: Path) -> Path:
    return folder / "nothing.png"


def name_of_nul(folder: Path) -> Path:
    return folder / "a\0b"


def no_folder(folder: Path) -> Path:
    (folder / "file").write_text("x")
    return folder / "file" / "a.png"


@pytest.mark.parametrize("where", [missing, Path, name_of_nul, no_folder])
def test_a_path_that_is_no_file_is_said_in_one_sentence(
    where: Callable[[Path], Path], tmp_path: Path
) -> None:
    with pytest.raises(CarriedViewError) as raised:
        read_carried_file(where(tmp_path))
    assert "\n" not in str(raised.value)


@pytest.fixture(scope="module")
def nth(figures: dict[str, bytes], data: dict[str, bytes]) -> Callable[[int], bytes]:
    """One of the files, by number: the files themselves are too long for a report of hypothesis."""
    subject = carried_words("/?v=2&plan=tiny", "0123456789ab", "规划文本：甲")
    every = [*figures.values(), *data.values(), deck(subject)]
    return lambda number: every[number]


changes = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6)


@settings(max_examples=150)
@given(st.integers(0, 8), changes, st.booleans(), st.just(1.0) | st.floats(0, 1))
def test_damage_anywhere_is_a_view_or_a_sentence(
    nth: Callable[[int], bytes], which: int, changes: list[tuple[float, int]], near: bool, end: float
) -> None:
    content = bytearray(nth(which))
    for place, byte in changes:  # the words stand near the beginning of most
        content[int(place * (min(len(content), 4000 if near else len(content)) - 1))] = byte
    cut = bytes(content[: int(end * len(content))])
    try:
        said = read(cut).link
    except CarriedViewError as e:
        said = str(e)
    assert said
    assert "\n" not in said
