"""The base map: land, named islands, reservoirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from geo.base import (
    BASE_DIR,
    land_around,
    mainland,
    named_islands,
    read_land,
    read_water,
    sea_metric,
)
from geo.base import is_on_land as on_land
from geo.crs import area_m2, to_metric
from geo.errors import BaseDataError


@pytest.mark.parametrize("name", ["land.geojson", "water.geojson"])
def test_every_file_says_where_it_comes_from(name: str) -> None:
    metadata = json.loads((BASE_DIR / name).read_text(encoding="utf-8"))["metadata"]
    assert {"source", "licence", "date", "attribution", "crs"} <= set(metadata)
    assert metadata["licence"].startswith("ODbL")


def test_land_is_valid_and_the_mainland_comes_first() -> None:
    features = read_land()
    assert features[0].kind == "mainland"
    assert all(f.geometry.is_valid for f in features)
    assert all(f.kind == "island" for f in features[1:])
    assert mainland().area > 0.9


@pytest.mark.parametrize(
    ("name", "km2"), [("灵山岛", 7.77), ("田横岛", 2.09), ("竹岔岛", 0.36), ("大公岛", 0.15)]
)
def test_named_islands_have_their_size(name: str, km2: float) -> None:
    assert area_m2(named_islands()[name].geometry) == pytest.approx(km2 * 1e6, rel=0.05)


def test_reservoirs_say_that_they_are_approximate() -> None:
    names = {f.name for f in read_water()}
    assert {"棘洪滩水库", "崂山水库"} <= names
    assert all(f.properties["approximate"] for f in read_water())


@pytest.mark.parametrize(
    ("lon", "lat", "expected"),
    [
        (120.3826, 36.0671, True),
        (120.2300, 36.1200, False),
        (120.1679, 35.7598, True),
        (120.8000, 35.8000, False),
        (120.2100, 36.3650, True),
    ],
)
def test_is_on_land(lon: float, lat: float, expected: bool) -> None:
    assert on_land(lon, lat) is expected


def test_land_around_a_place_by_the_sea_is_part_of_the_circle() -> None:
    near = land_around(120.3148, 36.0610, 500)
    assert 0 < area_m2(near) < 3.2 * 500**2
    assert land_around(120.8, 35.7, 500).is_empty


def test_sea_and_land_do_not_meet_inside() -> None:
    point = to_metric(shapely.Point(120.23, 36.12))
    assert sea_metric().contains(point)


def test_a_missing_and_a_damaged_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(BaseDataError, match=r"land\.geojson"):
        read_land(tmp_path)
    (tmp_path / "water.geojson").write_text('{"features": [{}]}', encoding="utf-8")
    with pytest.raises(BaseDataError, match="已损坏"):
        read_water(tmp_path)
