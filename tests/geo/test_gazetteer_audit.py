"""The gazetteer's audit finds what contradicts itself, and the real tables are clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import GazetteerError
from geo.gazetteer import GAZETTEER_DIR, read_gazetteer
from geo.gazetteer_audit import audit_gazetteer, read_accepted_rows

HEADER = "name,aliases,kind,district,geometry,coordinates,radius_m,accuracy_m,source,note\n"
PLANS = ("qingdao", "chengyang", "jimo", "licang", "shinan")


def _checks(folder: Path, **tables: str) -> set[tuple[str, str]]:
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text(HEADER + rows, encoding="utf-8")
    found = audit_gazetteer(read_gazetteer(folder), {})
    return {(f.row.split(":")[1].split("@")[0], f.check) for f in found}


def test_each_contradiction_is_found(tmp_path: Path) -> None:
    found = _checks(
        tmp_path,
        a="某村,,village,市南区,point,120.45 36.38,,300,x,\n"
        "某学校,,school,,point,120.30 36.15,,300,x,\n"
        "某湾,,bay,即墨区,point,120.45 36.40,,300,x,\n"
        "某医院,,hospital,即墨区,point,120.45 36.38,,200,x,\n"
        "某路,,road,即墨区,line,120.45 36.38; 120.46 36.38,,200,x,\n",
        b="某路,,road,即墨区,line,120.45 36.40; 120.46 36.40,,200,x,\n",
        osm="某医院,,hospital,即墨区,point,120.47 36.38,,150,x,\n",
    )
    assert found == {
        ("某村", "outside_district"),
        ("某学校", "land_in_sea"),
        ("某湾", "bay_on_land"),
        ("某医院", "far_from_osm"),
        ("某路", "tables_differ"),
    }


def test_what_is_as_sure_as_it_says_is_no_finding(tmp_path: Path) -> None:
    assert not _checks(
        tmp_path,
        a="某医院,,hospital,即墨区,point,120.45 36.38,,2000,x,\n某湾,,bay,,point,120.75 36.38,,300,x,\n",
        osm="某医院,,hospital,即墨区,point,120.47 36.38,,150,x,\n",
    )


def test_the_real_tables_have_no_unexplained_row() -> None:
    accepted = read_accepted_rows(GAZETTEER_DIR.parent / "gazetteer_accepted.csv")
    found = audit_gazetteer(read_gazetteer(scoped=PLANS), accepted)
    assert [f for f in found if f.reason is None] == []


def test_a_damaged_list_of_reasons_is_named(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("row,reason\na,b\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"r\.csv"):
        read_accepted_rows(tmp_path / "r.csv")
    assert read_accepted_rows(tmp_path / "none.csv") == {}
