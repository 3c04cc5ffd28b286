"""The atlas as pypdf reads it back: pages, bookmarks, links, text; and failures that leave nothing."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from layers.deck import pdf_book, write_atlas
from layers.deck.atlas_entries import atlas_entries, entry_scale
from layers.render import MapSource, WriteError
from layers.store import Store
from layers.styles import read_styles
from tests.conftest import DATA

PLAN, MOST = "shinan", 7


@pytest.fixture(scope="module")
def source(store: Store) -> MapSource:
    return MapSource(store, read_styles(DATA / "layers.yaml"))


@pytest.fixture(scope="module")
def told() -> list[tuple[str, float]]:
    return []


@pytest.fixture(scope="module")
def reader(
    source: MapSource, tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, float]]
) -> PdfReader:
    path = tmp_path_factory.mktemp("atlas") / "atlas.pdf"
    count = write_atlas(
        source, PLAN, path, most=MOST, progress=lambda step, share: told.append((step, share))
    )
    assert (count.pages, count.entries) == (MOST + 1, MOST)
    assert [p.name for p in path.parent.iterdir()] == ["atlas.pdf"]
    return PdfReader(path)


def text_of(page: Any) -> str:
    return "".join(page.extract_text().split())


def test_pages_and_numbers(reader: PdfReader) -> None:
    assert len(reader.pages) == MOST + 1
    for i, page in enumerate(reader.pages, 1):
        assert f"{i}/{MOST + 1}" in text_of(page)
        assert "示意图，不作为法定依据" in text_of(page)
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 842, 595]


def test_each_page_has_name_precision_and_the_sentence_with_its_place(
    reader: PdfReader, store: Store
) -> None:
    entries = atlas_entries(store, store.plans[PLAN])[:MOST]
    for entry, page in zip(entries, reader.pages[1:], strict=True):
        words = text_of(page)
        assert "".join(entry.feature.name.split()) in words
        assert "".join(entry.precision_sentence.split()) in words
        said = next(e for e in store.evidence(entry.feature.id) if e.plan == PLAN)
        assert "".join(f"「{said.sentence}」".split()) in words
        assert f"第{said.line}行" in words


def test_bookmarks_lead_to_their_pages(reader: PdfReader, store: Store) -> None:
    names = [e.feature.name for e in atlas_entries(store, store.plans[PLAN])[:MOST]]
    flat = [x for part in reader.outline for x in (part if isinstance(part, list) else [part])]
    assert [x.title for x in flat if x.title not in ("目录", "空间格局", "一级要素")] == names
    for item in flat:
        page = reader.get_destination_page_number(item)
        if item.title in names:
            assert page == names.index(item.title) + 1


def test_contents_lines_are_links(reader: PdfReader) -> None:
    links = [a.get_object() for a in reader.pages[0]["/Annots"]]
    pages = [str(a["/Dest"]) for a in links]
    assert pages == [f"/p{i}" for i in range(1, MOST + 1)]
    known = reader.trailer["/Root"]["/Dests"]
    assert all(known[p][0].get_object()["/Type"] == "/Page" for p in pages)


def test_what_the_file_says_of_itself(reader: PdfReader, store: Store, told: list[tuple[str, float]]) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "市南区「十四五」规划图集"
    assert "视图 /?v=1&plan=shinan" in str(reader.metadata.subject)
    assert store.version in str(reader.metadata.subject)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_full_disk_leaves_the_former_file(
    source: MapSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"former")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pdf_book.PdfBook, "finish", full)
    with pytest.raises(WriteError, match="磁盘已满"):
        write_atlas(source, PLAN, path, most=1)
    assert path.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [path]


def test_stopped_leaves_nothing(source: MapSource, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_atlas(source, PLAN, tmp_path / "a.pdf", stopped=lambda: True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("plan", ["qingdao", "chengyang", "jimo", "licang", "shinan"])
def test_entries_are_the_structures_then_the_first_level(store: Store, plan: str) -> None:
    entries = atlas_entries(store, store.plans[plan])
    chapters = [e.chapter for e in entries]
    assert chapters == sorted(chapters, key=["空间格局", "一级要素"].index)
    assert len({e.feature.id for e in entries}) == len(entries)


@pytest.mark.parametrize("plan", ["qingdao", "jimo", "shinan"])
def test_no_map_is_nearer_than_the_base_map_can_tell(source: MapSource, plan: str) -> None:
    info = source.store.plans[plan]
    scales = {entry_scale(source, info, e) for e in atlas_entries(source.store, info) if e.shown}
    assert None in scales
    assert len(scales) == 2
    assert min(s for s in scales if s) >= 20_000
