"""Short ids: the same for the same view, bounded, whole on disk, and never more than a link of ours."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from layers.kept_links import KeptLinks, KeptLinksError, link_id
from layers.view_link import LONGEST, ViewLinkError


@pytest.fixture
def kept(tmp_path: Path) -> KeptLinks:
    return KeptLinks(tmp_path / "links.sqlite", most=3)


def test_a_link_is_found_by_its_id(kept: KeptLinks) -> None:
    key = kept.keep("?v=2&plan=jimo")
    assert key == kept.keep("?v=2&plan=jimo") == link_id("?v=2&plan=jimo")
    assert kept.find(key) == "?v=2&plan=jimo"


def test_an_old_link_is_kept_in_its_present_form(kept: KeptLinks) -> None:
    assert kept.find(kept.keep("?v=1&layers=bay.axis")) == "?v=2&layers=bay,axis"


def test_it_is_there_for_another_process(kept: KeptLinks, tmp_path: Path) -> None:
    key = kept.keep("?v=2&plan=jimo")
    assert KeptLinks(tmp_path / "links.sqlite").find(key) == "?v=2&plan=jimo"


@pytest.mark.parametrize(
    "key", ["", "a", "a" * 12, "A" * 12, "../../etc/x", "' OR 1=1 --", "a" * 13, "湾" * 12]
)
def test_an_unknown_id_is_none(kept: KeptLinks, key: str) -> None:
    kept.keep("?v=2&plan=jimo")
    assert kept.find(key) is None


def test_nothing_is_written_to_look_up(kept: KeptLinks, tmp_path: Path) -> None:
    assert kept.find("a" * 12) is None
    assert list(tmp_path.iterdir()) == []


def test_the_links_longest_not_opened_go(kept: KeptLinks) -> None:
    keys = [kept.keep(f"?v=2&plan=p{n}") for n in range(3)]
    kept.note_opened(keys[0])
    keys.append(kept.keep("?v=2&plan=p3"))
    assert [kept.find(key) is not None for key in keys] == [True, False, True, True]


@pytest.mark.parametrize(
    "link", ["", "javascript:alert(1)", "//example.org", "?v=2&foo=1", "?v=2&only=" + "a," * LONGEST]
)
def test_other_links_are_refused(kept: KeptLinks, tmp_path: Path, link: str) -> None:
    with pytest.raises(ViewLinkError):
        kept.keep(link)
    assert list(tmp_path.iterdir()) == []


def test_what_someone_else_wrote_into_the_file_is_no_link(kept: KeptLinks, tmp_path: Path) -> None:
    key = kept.keep("?v=2&plan=jimo")
    with closing(sqlite3.connect(tmp_path / "links.sqlite")) as db, db:
        db.execute("UPDATE links SET link = 'https://example.org'")
    assert kept.find(key) is None


def test_a_damaged_file_is_said_in_words(kept: KeptLinks, tmp_path: Path) -> None:
    (tmp_path / "links.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(KeptLinksError, match="不能读写"):
        kept.find("a" * 12)
    with pytest.raises(KeptLinksError, match="不能读写"):
        kept.keep("?v=2")


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeptLinksError, match="不能读写"):
        KeptLinks(tmp_path / "none" / "links.sqlite").keep("?v=2")


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    kept = KeptLinks(tmp_path / "links.sqlite")
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda n: kept.keep(f"?v=2&plan=p{n}"), range(60)))
    assert [kept.find(key) for key in keys] == [f"?v=2&plan=p{n}" for n in range(60)]
