"""A user's own district lines: neighbours meet them, the shore stays, and what is not the district is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from geo.base import land
from geo.crs import area_m2, to_metric, to_wgs84
from geo.district_lines import DistrictLine, fitted, read_district_lines, write_district_lines
from geo.districts import District, districts_drawn, read_raw
from geo.errors import BaseDataError
from geo.refining_districts import district_named, find_district_changes
from geo.refining_files import Candidate


def _moved(name: str, east_m: float, north_m: float) -> BaseGeometry:
    return to_wgs84(translate(to_metric(read_raw()[name]), east_m, north_m))


def _line(name: str, geometry: BaseGeometry) -> dict[str, DistrictLine]:
    return {name: DistrictLine(name, geometry, 50.0, "区划图")}


def _gain_m2(after: dict[str, District], name: str) -> float:
    return area_m2(after[name].geometry) - area_m2(districts_drawn({})[name].geometry)


def test_a_new_line_takes_from_its_neighbours_and_leaves_the_shore() -> None:
    after = districts_drawn(_line("市南区", _moved("市南区", 0, 150)))
    assert _gain_m2(after, "市南区") == pytest.approx(1.51e6, rel=0.02)
    assert _gain_m2(after, "市北区") < -1.3e6
    assert abs(_gain_m2(after, "即墨区")) < 100
    assert sum(_gain_m2(after, name) for name in after) == pytest.approx(0, abs=200)
    assert after["市南区"].source == "区划图"
    assert after["市北区"].accuracy_m == 60.0


def test_what_a_new_line_leaves_goes_to_the_neighbour_beside_it() -> None:
    after = districts_drawn(_line("市南区", _moved("市南区", 0, -150)))
    assert _gain_m2(after, "市北区") > 1.3e6
    assert sum(_gain_m2(after, name) for name in after) == pytest.approx(0, abs=5000)


def test_islands_that_a_file_leaves_out_stay() -> None:
    mainland = max(shapely.get_parts(read_raw()["黄岛区"].intersection(land())), key=shapely.area)
    after = districts_drawn(_line("黄岛区", mainland))
    assert abs(_gain_m2(after, "黄岛区")) < 5000


_WITHIN = st.floats(0.1, 2.8)


@settings(max_examples=25, deadline=None)
@given(_WITHIN, _WITHIN, _WITHIN, _WITHIN)
def test_districts_never_overlap_nor_leave_a_hole(x: float, y: float, x2: float, y2: float) -> None:
    """Nine squares on land that covers them: the middle one drawn anew somewhere among them."""
    raw = {f"{i}{j}": shapely.box(i, j, i + 1, j + 1) for i in range(3) for j in range(3)}
    (west, east), (south, north) = sorted((x, x2)), sorted((y, y2))
    new = shapely.box(west, south, east + 0.1, north + 0.1)
    found = fitted(raw, {"11": new}, shapely.box(-1, -1, 4, 4))
    assert shapely.union_all(list(found.values())).area == pytest.approx(9, abs=1e-5)
    assert sum(area.area for area in found.values()) == pytest.approx(9, abs=1e-5)
    assert found["11"].area >= new.area - 1e-5


def test_land_left_out_at_the_edge_of_the_city_belongs_to_nobody() -> None:
    raw = {name: shapely.box(i, 0, i + 1, 1) for i, name in enumerate("甲乙")}
    found = fitted(raw, {"乙": shapely.box(1, 0, 1.9, 1)}, shapely.box(-1, -1, 4, 2))
    assert found["乙"].area == pytest.approx(0.9, abs=0.05)
    assert found["甲"].area == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("name", "district"),
    [("青岛市市南区", "市南区"), ("城阳", "城阳区"), ("西海岸新区", "黄岛区"), ("胶州市", "胶州市"), ("城阳街道", None),
     ("青岛市", None), ("", None)],
)  # fmt: skip
def test_names_of_districts(name: str, district: str | None) -> None:
    assert district_named(name) == district


def test_a_file_gives_changes_and_says_what_it_does_not_take() -> None:
    candidates = [
        Candidate(("市南",), None, _moved("市南区", 0, 150)),
        Candidate(("城阳区",), None, shapely.box(120.30, 36.20, 120.35, 36.25)),
        Candidate(("李沧区",), None, shapely.Point(120.4, 36.15)),
    ]
    changes, refused = find_district_changes(candidates, {}, "区划图")
    named = {change.after.name: change for change in changes}
    assert set(named) == {"市南区", "市北区", "崂山区"}
    assert named["市南区"].line is not None
    assert "移动平均 55 米、最远 162 米\t面积 29.71 → 31.22 平方公里" in named["市南区"].sentence
    assert "随相邻的新界线让出或补足" in named["市北区"].sentence
    assert refused == ["城阳区\t没有采用：文件里的图形与现有的只重合 2%，像是另一处或坐标不对"]


def test_a_second_file_offers_nothing_that_is_already_known() -> None:
    candidates = [Candidate(("市南区",), None, _moved("市南区", 0, 150))]
    changes, _ = find_district_changes(candidates, {}, "区划图")
    kept = {c.line.name: c.line for c in changes if c.line}
    assert find_district_changes(candidates, kept, "区划图") == ([], [])


def test_lines_are_kept_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "districts.geojson"
    assert read_district_lines(path) == {}
    line = DistrictLine("市南区", shapely.box(120.3, 36.0, 120.4, 36.1), 50.0, "区划图")
    write_district_lines(path, [line])
    back = read_district_lines(path)["市南区"]
    assert back.geometry.equals(line.geometry)
    assert (back.accuracy_m, back.source) == (50.0, "区划图")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", ["{", '{"features": [{"properties": {}}]}',
    '{"features": [{"properties": {"name": "市南区", "accuracy_m": 1, "source": "x"},'
    ' "geometry": {"type": "Point", "coordinates": [120, 36]}}]}'])  # fmt: skip
def test_a_damaged_file_says_how_to_get_rid_of_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "districts.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BaseDataError, match="删去该文件即恢复"):
        read_district_lines(path)
