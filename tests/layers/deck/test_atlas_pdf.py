"""The atlas as pypdf reads it back: pages, bookmarks, links, text; and failures that leave nothing."""

from __future__ import annotations

import errno
import math
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from layers.deck import pdf_book, write_atlas
from layers.deck.atlas_entries import BY, By, atlas_entries, entry_camera, entry_rows, entry_words
from layers.deck.chapters import plan_chapters
from layers.render import MapSource, WriteError
from layers.render.content import plan_level
from layers.store import Store
from layers.styles import read_styles
from tests.conftest import DATA

PLAN, MOST = "shinan", 7
PLANS = ["qingdao", "chengyang", "jimo", "licang", "shinan"]


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
    assert count.entries == MOST
    assert count.pages == len(PdfReader(path).pages) >= MOST + 1
    assert [p.name for p in path.parent.iterdir()] == ["atlas.pdf"]
    return PdfReader(path)


def text_of(page: Any) -> str:
    return "".join(page.extract_text().split())


def spans(reader: PdfReader, names: list[str]) -> list[tuple[int, int]]:
    """First page of each entry and the one after its last, by the bookmarks."""
    flat = [x for part in reader.outline for x in (part if isinstance(part, list) else [part])]
    starts = [reader.get_destination_page_number(x) for x in flat if x.title in names]
    assert len(starts) == len(names)
    return list(zip(starts, [*starts[1:], len(reader.pages)], strict=True))


def test_pages_and_numbers(reader: PdfReader) -> None:
    for i, page in enumerate(reader.pages, 1):
        assert f"{i}/{len(reader.pages)}" in text_of(page)
        assert "示意图，不作为法定依据" in text_of(page)
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 842, 595]


def test_each_page_has_name_precision_and_the_sentence_with_its_place(
    reader: PdfReader, store: Store, source: MapSource
) -> None:
    entries = atlas_entries(store, source.styles, store.plans[PLAN])[:MOST]
    for entry, (start, _) in zip(entries, spans(reader, [e.title for e in entries]), strict=True):
        words = text_of(reader.pages[start])
        assert entry.feature is not None
        assert "".join(entry.title.split()) in words
        assert "".join(entry.subtitle.split()) in words
        assert "落图：" in entry.subtitle
        said = next(e for e in store.evidence(entry.feature.id) if e.plan == PLAN)
        assert "".join(f"「{said.sentence}」".split()) in words
        assert f"第{said.line}行" in words


def test_bookmarks_lead_to_their_pages(reader: PdfReader, store: Store, source: MapSource) -> None:
    names = [e.title for e in atlas_entries(store, source.styles, store.plans[PLAN])[:MOST]]
    flat = [x for part in reader.outline for x in (part if isinstance(part, list) else [part])]
    assert [x.title for x in flat if x.title not in ("目录", "空间格局", "一级要素")] == names
    for name, (start, end) in zip(names, spans(reader, names), strict=True):
        assert "".join(name.split()) in text_of(reader.pages[start])
        for page in range(start + 1, end):
            assert text_of(reader.pages[page]).startswith("".join(f"{name}（续）".split()))


def test_contents_lines_are_links(reader: PdfReader) -> None:
    links = [a.get_object() for a in reader.pages[0]["/Annots"]]
    pages = [str(a["/Dest"]) for a in links]
    flat = [x for part in reader.outline for x in (part if isinstance(part, list) else [part])]
    starts = {reader.get_destination_page_number(x) for x in flat if x.title != "目录"}
    assert pages == [f"/p{i}" for i in sorted(starts)]
    assert len(pages) == MOST
    known = reader.trailer["/Root"]["/Dests"]
    assert all(known[p][0].get_object()["/Type"] == "/Page" for p in pages)


def test_what_the_file_says_of_itself(reader: PdfReader, store: Store, told: list[tuple[str, float]]) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == "市南区「十四五」规划图集"
    assert "视图 /?v=2&plan=shinan" in str(reader.metadata.subject)
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


class StoppedError(Exception):
    """What a progress that is told to stop raises."""


@pytest.mark.parametrize("by", BY)
def test_stopped_leaves_nothing(source: MapSource, tmp_path: Path, by: By) -> None:
    def stop(step: str, share: float) -> None:
        if share > 0.02:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_atlas(source, PLAN, tmp_path / "a.pdf", progress=stop, by=by)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("plan", PLANS)
def test_entries_are_the_structures_then_the_first_level(source: MapSource, store: Store, plan: str) -> None:
    entries = atlas_entries(store, source.styles, store.plans[plan])
    parts = [e.part for e in entries]
    assert parts == sorted(parts, key=["空间格局", "一级要素"].index)
    assert len({e.feature.id for e in entries if e.feature}) == len(entries)


@pytest.mark.parametrize("plan", ["qingdao", "jimo", "shinan"])
def test_no_map_is_nearer_than_the_base_map_can_tell(source: MapSource, plan: str) -> None:
    info = source.store.plans[plan]
    entries = atlas_entries(source.store, source.styles, info)
    scales = {entry_camera(source, info, e).get("scale") for e in entries if e.shown}
    assert None in scales
    assert len(scales) == 2
    assert min(s for s in scales if isinstance(s, int)) >= 20_000


def test_by_structure_and_by_feature(source: MapSource, store: Store) -> None:
    plan = store.plans[PLAN]
    structures = atlas_entries(store, source.styles, plan, "structure")
    assert {e.part for e in structures} == {"空间格局"}
    features = atlas_entries(store, source.styles, plan, "feature")
    ids = {e.feature.id for e in features if e.feature}
    assert ids == {f.id for f in store.features.values() if PLAN in f.plans and plan_level(f, PLAN) <= 2}
    parts = [e.part for e in features]
    assert [p for i, p in enumerate(parts) if i == 0 or parts[i - 1] != p] == list(dict.fromkeys(parts))


@pytest.mark.parametrize("plan", PLANS)
def test_chapters_have_every_first_and_second_level_mention_of_theirs(
    source: MapSource, store: Store, plan: str
) -> None:
    info = store.plans[plan]
    chapters = plan_chapters(store, plan)
    assert [c.start for c in chapters] == sorted(c.start for c in chapters)
    text = store.plan_text(plan) or ""
    for chapter in chapters:
        assert "".join(text[chapter.start : chapter.start + 40].split()).startswith(chapter.title.split()[0])
    entries = atlas_entries(store, source.styles, info, "chapter")
    known = [f.id for f in store.features.values() if plan in f.plans and plan_level(f, plan) <= 2]
    told = {w.sentence for e in entries for w in entry_words(store, info, e)}
    first = chapters[0].start
    missing = [
        e
        for _, e in store.mentions_of(known)
        if e.plan == plan and e.start >= first and e.sentence not in told
    ]
    assert not missing
    projects = [r for e in entries for r in entry_rows(store, info, e)]
    assert len(projects) <= len({p.id for p in store.projects() if p.quote.plan == plan})


@pytest.fixture(scope="module")
def by_chapter(source: MapSource, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    path = tmp_path_factory.mktemp("chapters") / "atlas.pdf"
    write_atlas(source, "licang", path, most=3, by="chapter")
    return PdfReader(path)


def test_a_chapter_is_printed_whole(by_chapter: PdfReader, source: MapSource, store: Store) -> None:
    plan = store.plans["licang"]
    entries = atlas_entries(store, source.styles, plan, "chapter")[:3]
    pages = [text_of(p) for p in by_chapter.pages]
    starts = [by_chapter.get_destination_page_number(b) for b in by_chapter.outline[1:]]
    assert [b.title for b in by_chapter.outline[1:]] == [e.title for e in entries]
    for entry, start, end in zip(entries, starts, [*starts[1:], len(pages)], strict=True):
        whole = "".join(pages[start:end])
        assert "".join(entry.title.split()) in pages[start]
        letters = "".join(c for c in whole if c.isalnum())
        for words in entry_words(store, plan, entry):
            # a sentence may go on in the next column, with a page's foot between its halves
            for part in words.sentence.split("，")[:2]:
                assert "".join(c for c in part if c.isalnum())[:12] in letters
        for row in entry_rows(store, plan, entry):
            assert f"第{row.line}行" in whole
    numbers = [f"{i}/{len(pages)}" for i in range(1, len(pages) + 1)]
    assert all(number in page for number, page in zip(numbers, pages, strict=True))


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize(("by", "most"), [("structure", None), ("feature", 12)])
def test_nothing_of_a_structure_or_feature_is_left_out(
    source: MapSource, store: Store, tmp_path: Path, by: By, most: int | None
) -> None:
    """Every sentence to its last word, and every project with its name and figures, on as many pages as they take."""
    plan = store.plans["licang"]
    write_atlas(source, plan.id, tmp_path / "a.pdf", most=most, by=by)
    reader = PdfReader(tmp_path / "a.pdf")
    entries = atlas_entries(store, source.styles, plan, by)[:most]
    places = spans(reader, [e.title for e in entries])
    assert any(end - start > 1 for start, end in places) or by == "feature"
    for entry, (start, end) in zip(entries, places, strict=True):
        printed = "".join(p.extract_text() for p in reader.pages[start:end])
        assert "另有" not in printed.replace("另有要素", "")
        assert "…" not in printed.replace("……", "")
        whole = letters(printed)
        for words in entry_words(store, plan, entry):
            assert letters(words.sentence)[-10:] in whole
            assert letters(words.sentence)[:10] in whole
        for row in entry_rows(store, plan, entry):
            assert letters(row.name)[:8] in whole
            assert f"第{row.line}行" in printed


def test_what_stands_beside_a_map_is_large_enough_to_read(by_chapter: PdfReader) -> None:
    small: set[tuple[float, str]] = set()

    def see(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        printed = size * math.hypot(matrix[0], matrix[1])  # names along lines are turned
        if text.strip() and printed < 6.99:
            small.add((round(printed, 2), text.strip()))

    for page in by_chapter.pages:
        page.extract_text(visitor_text=see)
    assert not small
