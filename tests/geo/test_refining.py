"""Better geometry from a file: matching by name, kind and district; the report; nothing lost when applied."""

from __future__ import annotations

import json
from pathlib import Path

import osmium
import pytest
import shapely
from shapely.geometry import LineString

from geo.crs import length_m, to_metric
from geo.datum import gcj02_from_wgs84
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer, read_gazetteer
from geo.longest_line import longest_line
from geo.refined import FILE, read_refined, write_refined
from geo.refining import Change, find_changes
from geo.refining_files import RefineError, read_boundaries, read_osm
from geo.refining_tags import is_of_kind, match_keys

EXTRACT = Path(__file__).resolve().parent.parent / "fixtures" / "extract.osm"
HEADER = "name,aliases,kind,district,geometry,coordinates,radius_m,accuracy_m,source,note\n"
ROWS = """鹤山路,,road,即墨区,line,120.4050 36.3900; 120.4430 36.3910; 120.5450 36.4030,,500,记忆,
鹤山路,,road,黄岛区,line,120.2000 35.9500; 120.2100 35.9500,,500,记忆,
即墨古城,,heritage,即墨区,point,120.4570 36.3850,,600,记忆,
城阳站,城阳火车站,rail_station,城阳区,point,120.3650 36.3050,,900,记忆,
即墨一线,,metro_line,即墨区,line,城阳站; 120.4000 36.3500,,900,记忆,
通济街道,,township,即墨区,point,120.4114 36.3994,3990,2300,记忆,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "places.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def gazetteer(folder: Path) -> Gazetteer:
    return read_gazetteer(folder)


def _by_name(changes: list[Change]) -> dict[str, Change]:
    return {change.place.name: change for change in changes}


def test_an_extract_gives_lines_areas_and_points(gazetteer: Gazetteer) -> None:
    changes = _by_name(find_changes(gazetteer, read_osm(EXTRACT), "OSM"))
    assert set(changes) == {"鹤山路", "即墨古城", "城阳站"}
    road = changes["鹤山路"].refined.geometry
    assert isinstance(road, LineString)
    assert changes["鹤山路"].place.districts == ("即墨区",)
    assert length_m(road) == pytest.approx(12_700, rel=0.05)
    assert road.coords[0][0] < road.coords[-1][0]
    assert changes["即墨古城"].refined.geometry.geom_type == "Polygon"
    assert changes["城阳站"].refined.geometry.geom_type == "Point"
    assert changes["城阳站"].moved_m == pytest.approx(714, abs=20)
    assert "点（误差 900 米） → 点（误差 50 米）\t移动 71" in changes["城阳站"].sentence


def test_the_packed_form_of_an_extract_gives_the_same(tmp_path: Path, gazetteer: Gazetteer) -> None:
    packed = tmp_path / "extract.osm.pbf"
    with osmium.SimpleWriter(str(packed)) as writer:
        for entity in osmium.FileProcessor(str(EXTRACT)):
            writer.add(entity)
    assert packed.read_bytes()[4:].startswith(b"\n\tOSMHeader")
    given = {c.place.name: c.refined.geometry.wkt for c in find_changes(gazetteer, read_osm(packed), "OSM")}
    plain = {c.place.name: c.refined.geometry.wkt for c in find_changes(gazetteer, read_osm(EXTRACT), "OSM")}
    assert set(given) == {"鹤山路", "即墨古城", "城阳站"}
    assert given == plain


def test_a_packed_extract_cut_short_gets_one_sentence(tmp_path: Path) -> None:
    packed = tmp_path / "cut.osm.pbf"
    packed.write_bytes(b"\x00\x00\x00\x0d\n\tOSMHeader\x18\x7c")
    with pytest.raises(RefineError, match=r"cut\.osm\.pbf"):
        read_osm(packed)


def test_applied_rows_keep_their_names_and_lines_follow_their_stations(folder: Path) -> None:
    before = (folder / "places.csv").read_bytes()
    changes = find_changes(read_gazetteer(folder), read_osm(EXTRACT), "OSM")
    write_refined(folder / FILE, [change.refined for change in changes])
    after = read_gazetteer(folder)
    station = after.lookup("城阳火车站")
    assert (station.geometry.x, station.geometry.y, station.accuracy_m) == (120.36, 36.30, 50.0)
    assert after.lookup("即墨一线").geometry.coords[0] == (120.36, 36.30)
    assert after.lookup("鹤山路@黄岛区").accuracy_m == 500
    assert (folder / "places.csv").read_bytes() == before
    assert read_gazetteer(folder, refined=False).lookup("城阳站").accuracy_m == 900
    assert set(read_refined(folder / FILE)) == {change.refined.key for change in changes}


def test_a_second_file_offers_nothing_that_is_already_known(folder: Path) -> None:
    changes = find_changes(read_gazetteer(folder), read_osm(EXTRACT), "OSM")
    write_refined(folder / FILE, [change.refined for change in changes])
    assert find_changes(read_gazetteer(folder), read_osm(EXTRACT), "OSM") == []


def _boundary(path: Path, name: str, shift: bool, crs: str | None = None) -> Path:
    corners = [(120.38, 36.37), (120.44, 36.37), (120.44, 36.42), (120.38, 36.42), (120.38, 36.37)]
    ring = [list(gcj02_from_wgs84(*xy)) if shift else list(xy) for xy in corners]
    collection: dict[str, object] = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"XZQDM": "370215", "XZQMC": name},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}
        ],
    }  # fmt: skip
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    return path


def test_boundaries_in_another_datum_become_legal_outlines(tmp_path: Path, gazetteer: Gazetteer) -> None:
    file = _boundary(tmp_path / "streets.geojson", "通济街道办事处", shift=True)
    candidates = read_boundaries(file, "gcj02", lambda name: "通济" in name)
    (change,) = find_changes(gazetteer, candidates, "区划图", legal=True)
    assert change.place.name == "通济街道"
    assert change.refined.surveyed
    west, south, _, _ = change.refined.geometry.bounds
    assert (west, south) == pytest.approx((120.38, 36.37), abs=2e-5)


@pytest.mark.parametrize("name", ["通济", "通济路", "通济小学"])
def test_a_boundary_of_another_thing_is_left_alone(tmp_path: Path, gazetteer: Gazetteer, name: str) -> None:
    file = _boundary(tmp_path / "streets.geojson", name, shift=False)
    candidates = read_boundaries(file, "wgs84", lambda _: True)
    assert find_changes(gazetteer, candidates, "区划图", legal=True) == []


def test_wrong_files_get_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.osm"
    broken.write_text("not xml", encoding="utf-8")
    with pytest.raises(RefineError, match="没有文件"):
        read_osm(tmp_path / "none.osm")
    with pytest.raises(RefineError, match=r"无法读取 broken\.osm"):
        read_osm(broken)
    with pytest.raises(RefineError, match="不是 OpenStreetMap 数据"):
        read_osm(_boundary(tmp_path / "a.geojson", "通济街道", shift=False))
    with pytest.raises(RefineError, match="任何一列都没有"):
        read_boundaries(tmp_path / "a.geojson", None, lambda _: False)


def test_a_file_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "far.csv"
    path.write_text('name,WKT\n通济街道,"POINT (500000 4000000)"\n', encoding="utf-8")
    with pytest.raises(RefineError, match=r"没有写坐标系|没有图形"):
        read_boundaries(path, None, lambda _: True)
    far = _boundary(tmp_path / "far.geojson", "通济街道", shift=False)
    far.write_text(far.read_text(encoding="utf-8").replace("120.", "110."), encoding="utf-8")
    with pytest.raises(RefineError, match="不在青岛"):
        read_boundaries(far, None, lambda _: True)


def test_a_damaged_refined_file_says_how_to_get_rid_of_it(folder: Path) -> None:
    (folder / FILE).write_text('{"features":[{}]}', encoding="utf-8")
    with pytest.raises(GazetteerError, match="删去该文件即恢复"):
        read_gazetteer(folder)


def test_the_longest_line_takes_one_carriageway_and_jumps_small_gaps() -> None:
    there = LineString([(0, 0), (1000, 0)])
    back = LineString([(1000, 20), (0, 20)])
    slip = LineString([(500, 0), (500, 20)])
    onward = LineString([(1050, 0), (2000, 0)])
    far = LineString([(5000, 0), (5400, 0)])
    line = longest_line([there, back, slip, onward, far])
    assert line is not None
    assert line.is_simple
    assert 1990 <= line.length <= 2100
    assert longest_line([shapely.Point(0, 0)]) is None


def test_names_and_tags_of_a_kind() -> None:
    assert match_keys("青岛北站", "rail_station") == match_keys("青岛北", "rail_station")
    assert match_keys("青岛地铁1号线：王家港 → 东郭庄", "metro_line") == match_keys("地铁1号线", "metro_line")
    assert match_keys("城阳街道办事处", "township") & match_keys("城阳街道", "township")
    assert is_of_kind({"highway": "primary"}, "road")
    assert not is_of_kind({"railway": "station"}, "road")
    assert not is_of_kind({"bridge": "no"}, "bridge")
    assert to_metric(shapely.Point(120, 36)).x == pytest.approx(500_000, abs=1)
