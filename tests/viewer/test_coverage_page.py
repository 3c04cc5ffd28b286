"""收录: the tables and rows of a kept ledger, what is said while there is none, and the process that makes it."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.ledger_file import LedgerRow, keep_ledger, kept_inputs
from layers.said import said
from layers.store import Store
from tests.conftest import DATA, copy_tiny
from viewer.coverage_page import register_coverage
from viewer.ledger_maker import LedgerMaker, LedgerState

CHAPTER = "第一章 <b>湾区</b>"


def row(store: Store, plan: str, chapter: str, bin_: str, text: str) -> LedgerRow:
    feature = next(iter(store.features)) if bin_ == "evidence" else ""
    return LedgerRow(plan, chapter, 3, 20, text, bin_, f"{text}的原因", feature, f"建设{text}等。")


@pytest.fixture
def own_store(store: Store, tmp_path: Path) -> Store:
    """A store of its own to keep a ledger beside."""
    return Store(Path(shutil.copy(store.path, tmp_path / "atlas.gpkg")))


@pytest.fixture
def maker(own_store: Store) -> LedgerMaker:
    return LedgerMaker(DATA, own_store)


@pytest.fixture
def asked(own_store: Store, maker: LedgerMaker) -> FlaskClient:
    server = Flask(__name__)
    register_coverage(server, own_store, maker)
    return server.test_client()


@pytest.fixture
def rows(own_store: Store) -> list[LedgerRow]:
    made = [
        row(own_store, "shinan", CHAPTER, "evidence", "甲湾"),
        row(own_store, "shinan", CHAPTER, "outside", "乙国"),
        row(own_store, "shinan", "第二章", "outside", "丙国"),
        row(own_store, "shinan", "", "outside", "丁国"),
        row(own_store, "licang", "第一章", "outside", "戊国"),
    ]
    keep_ledger(made, own_store.path, own_store.inputs)
    return made


def numbers(page: str, plan: str, chapter: str) -> dict[str, int]:
    """Bin -> the number to press in the row of a plan and chapter."""
    cells = lxml.html.fromstring(page).xpath("//button[@data-coverage-bin]")
    of = {"data-coverage-plan": plan, "data-coverage-chapter": chapter}
    return {c.get("data-coverage-bin"): int(c.text) for c in cells if of.items() <= dict(c.attrib).items()}


@pytest.mark.usefixtures("rows")
def test_every_plan_and_chapter_has_its_numbers(asked: FlaskClient) -> None:
    reply = asked.get("/coverage/page")
    page = reply.text
    assert numbers(page, "", "") == {"evidence": 1, "outside": 4}
    assert numbers(page, "shinan", "") == {"evidence": 1, "outside": 3}
    assert numbers(page, "shinan", CHAPTER) == {"evidence": 1, "outside": 1}
    assert numbers(page, "shinan", "-") == {"outside": 1}
    assert "<b>湾区" not in page
    assert 'data-first-bin="outside"' in page
    assert "coverage-making" not in page
    assert asked.get("/coverage/page", headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("plan", "chapter", "found"),
    [
        ("", "", {"乙国", "丙国", "丁国", "戊国"}),
        ("shinan", "", {"乙国", "丙国", "丁国"}),
        ("shinan", "第二章", {"丙国"}),
        ("shinan", "-", {"丁国"}),
        ("shinan", "没有的章<i>", set()),
        ("none<i>", "", set()),
    ],
)
@pytest.mark.usefixtures("rows")
def test_a_bin_is_browsed_by_plan_and_chapter(
    asked: FlaskClient, plan: str, chapter: str, found: set[str]
) -> None:
    page = asked.get("/coverage/rows", query_string={"plan": plan, "chapter": chapter, "bin": "outside"}).text
    assert set(re.findall(r"<strong[^>]*>(\w+)</strong>", page)) == found
    assert "<i>" not in page
    assert page.count("data-read-start") == len(found)


def test_without_a_ledger_the_page_says_how_to_make_it(asked: FlaskClient) -> None:
    page = asked.get("/coverage/page").text
    assert "python app.py audit coverage" in page
    assert "<table" not in page
    assert asked.get("/coverage/rows?bin=outside").status_code == 200


def test_while_it_is_made_the_page_says_how_far(asked: FlaskClient, maker: LedgerMaker) -> None:
    maker.state = LedgerState("making", 0.425)
    reply = asked.get("/coverage/page")
    assert reply.headers["Cache-Control"] == "no-store"
    assert lxml.html.fromstring(reply.text).xpath("//progress/@value") == ["0.425"]
    assert "42%" in reply.text
    assert "audit coverage" not in reply.text
    told = asked.get("/coverage/state").json
    assert told == {"step": "making", "share": 0.425, "words": "正在读各规划的原文，已完成 42%"}


@pytest.mark.usefixtures("rows")
def test_an_older_ledger_is_shown_meanwhile(
    asked: FlaskClient, own_store: Store, maker: LedgerMaker, rows: list[LedgerRow]
) -> None:
    keep_ledger(rows, own_store.path, "former inputs")
    maker.state = LedgerState("waiting")
    page = asked.get("/coverage/page").text
    assert "这张表早于当前数据，正在重新生成" in page
    assert numbers(page, "", "") == {"evidence": 1, "outside": 4}


def test_a_failure_is_one_sentence_in_the_language_asked_for(asked: FlaskClient, maker: LedgerMaker) -> None:
    maker.state = LedgerState(
        "failed", reason=said("无法写入 {path}：{reason}", path="/x", reason="No space")
    )
    assert "收录表没有生成：无法写入 /x：No space" in asked.get("/coverage/page").text
    english = asked.get("/coverage/state?lang=en").json
    assert english["words"] == "The table was not made: /x cannot be written: No space"


def wait_for_end(maker: LedgerMaker) -> LedgerState:
    limit = time.monotonic() + 120
    while maker.state.step in ("waiting", "making") and time.monotonic() < limit:
        time.sleep(0.1)
    return maker.state


@pytest.fixture
def tiny(tmp_path: Path, tiny_store: Store) -> LedgerMaker:
    """The maker of a store of the tiny plan."""
    data = copy_tiny(tmp_path / "data")
    shutil.copy(DATA / "candidates.yaml", data)
    return LedgerMaker(data, Store(Path(shutil.copy(tiny_store.path, tmp_path / "atlas.gpkg"))))


def test_it_is_made_beside_the_server_once(tiny: LedgerMaker, tmp_path: Path, tiny_store: Store) -> None:
    tiny.announce()
    assert tiny.state.step == "waiting"
    tiny.start()
    tiny.start()
    assert wait_for_end(tiny) == LedgerState("made", 1.0)
    assert kept_inputs(tmp_path / "atlas.gpkg") == tiny_store.inputs
    again = LedgerMaker(tmp_path / "data", Store(tmp_path / "atlas.gpkg"))
    again.announce()
    assert again.state.step == "made"


def test_what_goes_wrong_beside_the_server_is_heard(tiny: LedgerMaker, tmp_path: Path) -> None:
    (tmp_path / "data" / "ledger.yaml").write_text("version: 7\n", encoding="utf-8")
    tiny.start()
    state = wait_for_end(tiny)
    assert state.step == "failed"
    assert state.reason is not None
    assert "ledger.yaml" in state.reason
