"""The ledger: every candidate in exactly one bin, and the right one in real sentences."""

import csv
import random
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.catalog import Catalog, read_catalog
from layers.ledger import Row, bin_table, build_ledger, write_ledger
from layers.ledger_rules import Bin, LedgerError, Rules, read_rules
from layers.mentions import Mention, find_mentions
from tests.layers.plan_candidates import candidates, plan_text
from tests.layers.plan_readings import DATA, PLAN_IDS


@cache
def catalog() -> Catalog:
    return read_catalog(DATA / "catalog", PLAN_IDS)


@cache
def rules() -> Rules:
    return read_rules(DATA / "ledger.yaml")


@cache
def mentions(plan_id: str) -> tuple[Mention, ...]:
    return tuple(find_mentions(catalog(), plan_text(plan_id)))


@cache
def ledger(plan_id: str) -> tuple[Row, ...]:
    return tuple(build_ledger(plan_text(plan_id), candidates(plan_id), mentions(plan_id), catalog(), rules()))


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_bins_are_exhaustive_and_exclusive(plan_id: str) -> None:
    rows = ledger(plan_id)
    assert [row.candidate for row in rows] == list(candidates(plan_id))
    assert all(isinstance(row.bin, Bin) and row.reason and row.text in row.sentence for row in rows)
    assert sum(Counter(row.bin for row in rows).values()) == len(candidates(plan_id))


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_little_is_undecided(plan_id: str) -> None:
    rows = ledger(plan_id)
    assert sum(row.bin == Bin.UNDECIDED for row in rows) < 0.02 * len(rows)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_what_a_mention_covers_is_a_features_also_inside_longer_names(plan_id: str) -> None:
    covered = [
        row
        for row in ledger(plan_id)
        if any(m.a <= row.candidate.a and row.candidate.b <= m.b for m in mentions(plan_id))
    ]
    assert covered
    assert [row.text for row in covered if row.bin not in (Bin.EVIDENCE, Bin.PART)] == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.floats(0, 1))
def test_any_catalog_leaves_one_row_a_candidate(seed: int, share: float) -> None:
    draw = random.Random(seed)
    some = [m for m in mentions("licang") if draw.random() < share]
    rows = build_ledger(plan_text("licang"), candidates("licang")[:200], some, catalog(), rules())
    assert [row.candidate for row in rows] == list(candidates("licang")[:200])
    assert all((row.feature != "") <= (row.bin in (Bin.EVIDENCE, Bin.PART)) for row in rows)


@pytest.mark.parametrize(
    ("plan_id", "line", "text", "expected"),
    [
        ("chengyang", 480, "首尔", Bin.OUTSIDE),
        ("licang", 531, "单县", Bin.OUTSIDE),  # 与单县合作建设院士港产业园区
        ("licang", 734, "院士港集团", Bin.INSTITUTION),
        ("licang", 734, "院士港产业板块", Bin.INSTITUTION),  # not_places of the catalog: a listed company
        ("licang", 266, "青岛国际院士港研究院", Bin.EVIDENCE),
        ("licang", 268, "院士港研究院南延", Bin.EVIDENCE),  # what goes on with a name
        ("shinan", 343, "香港西路48号", Bin.PART),  # 海天中心：位于香港西路48号
        ("shinan", 184, "青岛站", Bin.GENERIC),  # 让青岛站在了
        ("jimo", 433, "断头路", Bin.GENERIC),
        ("jimo", 708, "病险水库", Bin.GENERIC),
        ("shinan", 144, "长安杯", Bin.INSTITUTION),
    ],
)
def test_real_sentences_fall_into_the_right_bin(plan_id: str, line: int, text: str, expected: Bin) -> None:
    assert [row.bin for row in ledger(plan_id) if (row.line, row.text) == (line, text)][:1] == [expected]


def test_the_table_sums_to_the_total() -> None:
    rows = ledger("licang")
    for by_chapter in (False, True):
        lines = [line.split("\t") for line in bin_table(rows, by_chapter=by_chapter).split("\n")]
        body, total = lines[1:-1], lines[-1]
        keys = 2 if by_chapter else 1
        for column in range(keys, len(total) - 1):
            assert sum(int(line[column]) for line in body) == int(total[column])
        assert int(total[-2]) == len(rows) == sum(map(int, total[keys:-2]))


def test_the_csv_holds_every_row_and_no_formula(tmp_path) -> None:
    rows = ledger("licang")
    path = tmp_path / "ledger.csv"
    write_ledger(rows, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == len(rows)
    assert [r["text"].lstrip("'") for r in read] == [r.text for r in rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for r in read for cell in (r["text"], r["sentence"]))
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.csv"]
    with pytest.raises(LedgerError, match="无法写入"):
        write_ledger(rows, tmp_path / "none" / "ledger.csv")


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("version: 1\nstrings: [{words: [甲, 甲], bin: generic, reason: 试}]", "「甲」写了两次"),
        ("version: 1\nstrings: [{words: [甲], bin: nowhere, reason: 试}]", "strings 第 1 条 bin"),
        (
            "version: 1\npatterns: [{pattern: '(', bin: generic, reason: 试}]",
            "patterns 第 1 条 pattern：不是正则表达式",
        ),
        ("version: [", "不是有效的 YAML"),
    ],
)
def test_wrong_rules_say_where(tmp_path, yaml: str, message: str) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(yaml, encoding="utf-8")
    with pytest.raises(LedgerError, match=message.replace(".", r"\.")):
        read_rules(path)
