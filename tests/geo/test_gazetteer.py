"""The gazetteer: spelling, order of tables, namesakes, references between rows, wrong rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import AmbiguousPlace, GazetteerError, UnknownPlace
from geo.gazetteer import Gazetteer, read_gazetteer
from geo.toponym import clean_name, name_key

HEADER = "name,aliases,kind,district,geometry,coordinates,radius_m,accuracy_m,source,note\n"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("⻘岛⻄站", "青岛西站"),
        ("⻰⼭", "龙山"),
        ("空港工 业园区", "空港工业园区"),
        ("青岛大学(浮山校区)", "青岛大学（浮山校区）"),
        ("ＣＢＤ　中心", "CBD 中心"),
    ],
)
def test_clean_name(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@given(st.text(alphabet="青岛⻘⻄站Ａａ（(）) \u3000—一1", max_size=20))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    assert name_key(name_key(text)) == name_key(text)


def test_a_plans_own_table_goes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("灵山").kind == "mountain"
    assert gazetteer.lookup("灵山", "jimo").kind == "village"
    assert gazetteer.lookup("灵山", "licang").kind == "mountain"


def test_tables_of_other_plans_come_after_hand_made_ones_and_before_osm(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("栈桥").table == "places"
    assert gazetteer.lookup("栈桥", "licang").table == "licang"
    assert gazetteer.lookup("戴家山").table == "licang"


def test_a_namesake_in_another_district_is_not_the_island(gazetteer: Gazetteer) -> None:
    island = gazetteer.lookup("田横岛")
    assert (island.kind, island.table, island.surveyed) == ("island", "base", True)
    assert gazetteer.lookup("estate:田横岛").districts == ("黄岛区",)


def test_kind_and_district_choose(gazetteer: Gazetteer) -> None:
    with pytest.raises(AmbiguousPlace, match=r"park:五四广场@市南区（places）.*metro_station:五四广场"):
        gazetteer.lookup("五四广场")
    assert gazetteer.lookup("park:五四广场").kind == "park"
    assert gazetteer.lookup("五四广场", prefer=("metro_station",)).kind == "metro_station"
    assert gazetteer.lookup("金口@市北区").districts == ("市北区",)
    assert gazetteer.lookup("金口", home="城阳区").districts == ("城阳区",)
    with pytest.raises(AmbiguousPlace):
        gazetteer.lookup("金口")


def test_aliases_and_spelling(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("前海栈桥").name == "栈桥"
    assert gazetteer.lookup(" 流 亭 ").name == "流亭街道"


def test_an_unknown_name_gets_close_ones(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownPlace, match="太平角六路") as caught:
        gazetteer.lookup("太平角七路")
    assert 1 <= len(caught.value.close) <= 3
    assert gazetteer.find("太平角七路") == []


def test_districts_the_city_and_islands_are_places(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("市南区").surveyed
    assert gazetteer.lookup("城阳").kind == "township"
    assert gazetteer.lookup("青岛市").kind == "city"
    assert gazetteer.lookup("小青岛").geometry.geom_type == "Polygon"
    assert gazetteer.lookup("琴岛").surveyed


def test_a_metro_line_passes_its_stations(gazetteer: Gazetteer) -> None:
    line = gazetteer.lookup("测试线").geometry
    assert line.geom_type == "LineString"
    for name in ("一号站", "二号站", "三号站"):
        assert line.distance(gazetteer.lookup(name).geometry) == 0
    assert len(line.coords) == 4


def _read(folder: Path, *rows: str) -> Gazetteer:
    (folder / "table.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return read_gazetteer(folder)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("甲,,park,市南区,point,36.06 120.31,,100,测试,", "经纬度颠倒"),
        ("甲,,park,市南区,point,20.0 36.0,,100,测试,", "不在中国范围内"),
        ("甲,,garden,市南区,point,120.31 36.06,,100,测试,", "未知的 kind「garden」"),
        ("甲,,park,市中区,point,120.31 36.06,,100,测试,", "未知的 district「市中区」"),
        ("甲,,park,市南区,blob,120.31 36.06,,100,测试,", "geometry"),
        ("甲,,park,市南区,point,120.31 36.06,,很近,测试,", "accuracy_m 应为数字"),
        ("甲,,park,市南区,point,120.31 36.06,,,测试,", "缺少 accuracy_m"),
        ("甲,,park,市南区,point,120.31 36.06,-5,100,测试,", "radius_m 应大于 0"),
        ("甲,,park,市南区,point,120.31 36.06,,100,,", "缺少 source"),
        ("甲,,park,市南区,point,,,100,测试,", "缺少 coordinates"),
        (",,park,市南区,point,120.31 36.06,,100,测试,", "缺少 name"),
        ("甲,,park,市南区,point,120.31 36.06; 120.32 36.06,,100,测试,", "实有 2 对"),
        ("甲,,road,市南区,line,120.31 36.06; 120.31 36.06,,100,测试,", "两个不同的点"),
        ("甲,,park,市南区,area,120.31 36.06; 120.32 36.06,,100,测试,", "三个不同的点"),
        ("甲,,park,市南区,area,120.3 36.0; 120.4 36.1; 120.4 36.0; 120.3 36.1,,100,测试,", "自身相交"),
        ("甲,,road,市南区,line,120.31 36.06; 乙站,,100,测试,", "没有「乙站」"),
        ("甲,,road,市南区,line,120.31 36.06; 甲,,100,测试,", "成环：甲→甲"),
        ("甲,,park,市南区,point,120.31 36.06,,100,测试,注,多一列", "应有 10 列，实有 11 列"),
    ],
)
def test_a_wrong_row_is_named_with_its_reason(tmp_path: Path, row: str, reason: str) -> None:
    with pytest.raises(GazetteerError, match=reason) as caught:
        _read(tmp_path, "好,,park,市南区,point,120.31 36.06,,100,测试,", row)
    assert str(caught.value).startswith("table.csv 第 3 行")


def test_a_cycle_of_rows_is_shown_whole(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="甲→乙→甲"):
        _read(
            tmp_path,
            "甲,,road,市南区,line,乙; 120.31 36.06,,100,测试,",
            "乙,,road,市南区,line,甲; 120.32 36.06,,100,测试,",
        )


def test_a_line_may_run_through_another_line(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        "甲,,road,市南区,line,120.31 36.06; 120.32 36.06,,100,测试,",
        "乙,,road,市南区,line,甲; 120.33 36.06,,100,测试,",
    )
    assert len(found.lookup("乙").geometry.coords) == 3


def test_wrong_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="没有地名表文件夹"):
        read_gazetteer(tmp_path / "none")
    (tmp_path / "table.csv").write_text("name,kind\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"table\.csv 第 1 行：缺少列 aliases"):
        read_gazetteer(tmp_path)
    (tmp_path / "table.csv").write_bytes("名".encode("gbk"))
    with pytest.raises(GazetteerError, match=r"table\.csv 无法读取"):
        read_gazetteer(tmp_path)


def test_a_rough_site_gives_way_to_the_osm_point_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "osm.csv").write_text(
        HEADER
        + "古城,,scenic,即墨区,point,120.4630 36.3885,,150,OSM,\n"
        + "远山公园,,park,即墨区,point,120.60 36.50,,150,OSM,\n",
        encoding="utf-8",
    )
    found = _read(
        tmp_path,
        "古城,,heritage,即墨区,point,120.4570 36.3850,350,600,测试,",
        "远山公园,,park,即墨区,point,120.4570 36.3850,,600,测试,",
    )
    assert found.lookup("古城").geometry.x == 120.4630
    assert (found.lookup("古城").accuracy_m, found.lookup("古城").kind) == (150, "heritage")
    assert found.lookup("远山公园").accuracy_m == 600
