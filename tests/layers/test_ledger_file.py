"""The kept ledger: whole, of the inputs it says, and made by one process at a time."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from layers import ledger_file
from layers.ledger_file import LedgerRow, keep_ledger, kept_inputs, kept_ledger, ledger_turn, make_ledger
from layers.ledger_rules import LedgerError
from tests.conftest import DATA

ROW = LedgerRow("tiny", "第一章", 3, 20, "甲湾", "evidence", "「甲湾」的出处", "甲湾", "建设甲湾。")


@pytest.fixture
def data(tiny_data: Path) -> Path:
    shutil.copy(DATA / "candidates.yaml", tiny_data)
    return tiny_data


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    store = tmp_path / "atlas.gpkg"
    assert kept_ledger(store) is None
    assert keep_ledger([ROW], store, "abc") == tmp_path / "coverage.json"
    assert kept_ledger(store) == ("abc", [ROW])
    assert kept_inputs(store) == "abc"


@pytest.mark.parametrize("content", ["", "[]", '{"rows": []}', '{"inputs": "a", "rows": [{"plan": 1}]}'])
def test_what_cannot_be_read_is_as_if_it_were_not_there(tmp_path: Path, content: str) -> None:
    (tmp_path / "coverage.json").write_text(content)
    assert kept_ledger(tmp_path / "atlas.gpkg") is None


def test_it_is_made_of_every_plan_and_tells_how_far_it_is(data: Path, tmp_path: Path) -> None:
    told: list[float] = []
    make_ledger(data, tmp_path / "atlas.gpkg", "abc", lambda _, share: told.append(share))
    kept = kept_ledger(tmp_path / "atlas.gpkg")
    assert kept is not None
    assert kept[0] == "abc"
    assert {row.plan for row in kept[1]} == {"tiny"}
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)
    assert len(told) > 1


def test_two_who_start_at_once_make_it_once(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "atlas.gpkg"
    made = []
    monkeypatch.setattr(ledger_file, "ledger_of", lambda *_: made.append(1) or [])
    with ledger_turn(store):
        both = [threading.Thread(target=make_ledger, args=(data, store, "abc")) for _ in range(2)]
        for one in both:
            one.start()
        assert made == []
    for one in both:
        one.join(timeout=30)
    assert made == [1]
    make_ledger(data, store, "other inputs")
    assert made == [1, 1]


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="无法写入"):
        make_ledger(DATA, tmp_path / "file" / "atlas.gpkg", "abc")
