"""The export: the tiny plan compared whole, the real one against RFC 7946 and the plan files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from layers.export_geojson import ExportError, feature_collection, write_geojson
from layers.folding import SEPARATOR, fold_name
from layers.store import Store
from tests.conftest import DATA
from tests.layers.golden import GOLDEN, comparable


@pytest.fixture(scope="module")
def exported(store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The file of the real atlas, read back strictly."""
    path = tmp_path_factory.mktemp("export") / "all.geojson"
    assert write_geojson(store, path) == len(store.features)

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return dict(json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse))


# ---------------------------------------------------------------- the golden plan


def test_the_tiny_plan_is_exported_as_it_was(tiny_store: Store) -> None:
    """If a change is meant: ``python -m tests.layers.golden``, and read the difference."""
    expected = json.loads(GOLDEN.read_text(encoding="utf-8"))
    actual = comparable(tiny_store)
    for want, got in zip(expected["features"], actual["features"], strict=True):
        assert got == want
    assert actual == expected


def test_the_tiny_plan_says_what_its_text_says(tiny_store: Store) -> None:
    """What the golden file must hold, whoever wrote it."""
    features = {f["properties"]["name"]: f for f in feature_collection(tiny_store)["features"]}
    axis = features["沿王沙路—青新高速发展轴"]["properties"]
    assert [(e["line"], e["text"]) for e in axis["evidence"]] == [(7, "沿王"), (11, "沙路一青新高速发展轴")]
    (project,) = axis["projects"]
    assert [(q["printed"], q["value"], q["about"], q["at_least"]) for q in project["quantities"]] == [
        ("约2.7万平方米", 27_000, True, False),
        ("1.5亿元以上", 1.5, False, True),
    ]
    assert (project["stage"], project["start_year"], project["finish_year"]) == ("unspecified", None, 2025)
    assert [(d["role"], d["printed"]) for d in project["dates"]] == [("finish", "到2025年")]
    assert [e["text"] for e in features["移风"]["properties"]["evidence"]] == ["青烟"]
    station = features["红岛综合枢纽"]["properties"]["evidence"]
    assert [e["sentence"][: e["sentence"].index("综合枢纽")][-5:] for e in station] == ["建成红岛站"]
    assert features["一带一轴"]["properties"]["structure"] == {
        **features["一带一轴"]["properties"]["structure"],
        "counts": (("带", 1, 1), ("轴", 2, 1)),
        "verdict": "short",
    }
    assert features["空港工业园区"]["geometry"] == {"type": "Point", "coordinates": [120.36, 36.29]}
    assert features["𠮷田路"]["geometry"] is None
    assert features["𠮷田路"]["properties"]["issues"]


# ---------------------------------------------------------------- RFC 7946


def positions(coordinates: Any) -> Iterator[list[float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def parts(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from parts(part)
    else:
        yield geometry


def test_every_feature_is_there_once(exported: dict[str, Any], store: Store) -> None:
    assert exported["type"] == "FeatureCollection"
    assert "crs" not in exported
    ids = [f["id"] for f in exported["features"]]
    assert ids == list(store.features)
    assert len(ids) == len(set(ids))
    assert [f["properties"]["id"] for f in exported["features"]] == ids
    assert {f["type"] for f in exported["features"]} == {"Feature"}


def test_unplaced_and_null_are_the_same(exported: dict[str, Any]) -> None:
    unplaced = [f for f in exported["features"] if f["properties"]["precision"] == "unplaced"]
    assert unplaced
    for f in exported["features"]:
        assert (f["geometry"] is None) == (f["properties"]["precision"] == "unplaced")
        assert (f["geometry"] is None) == ("bbox" not in f)
    assert all(f["properties"]["issues"] for f in unplaced)


def test_coordinates_are_lon_lat_with_six_decimals(exported: dict[str, Any]) -> None:
    for f in exported["features"]:
        for geometry in parts(f["geometry"]) if f["geometry"] else ():
            for position in positions(geometry["coordinates"]):
                lon, lat = position
                assert 110 < lon < 130
                assert 30 < lat < 42
                assert position == [round(lon, 6), round(lat, 6)]


def test_shapes_are_valid_and_wound_counter_clockwise(exported: dict[str, Any]) -> None:
    for f in exported["features"]:
        for geometry in parts(f["geometry"]) if f["geometry"] else ():
            found = shape(geometry)
            assert found.is_valid, f["id"]
            assert not found.is_empty
            for polygon in shapely.get_parts(found):
                if polygon.geom_type == "Polygon":
                    assert polygon.exterior.is_ccw, f["id"]
                    assert not any(hole.is_ccw for hole in polygon.interiors), f["id"]


def test_the_box_is_that_of_the_shape(exported: dict[str, Any]) -> None:
    for f in exported["features"]:
        if f["geometry"]:
            assert f["bbox"] == pytest.approx(shape(f["geometry"]).bounds, abs=1e-6)
            west, south, east, north = f["bbox"]
            assert west <= east
            assert south <= north


# ---------------------------------------------------------------- evidence


def test_every_item_of_evidence_is_in_its_file(exported: dict[str, Any]) -> None:
    texts = {p: (DATA / "plans" / f"{p}.txt").read_bytes().decode() for p in exported["plans"]}
    for f in exported["features"]:
        properties = f["properties"]
        assert properties["evidence"], f["id"]
        for item in [*properties["evidence"], *(e for p in properties["projects"] for e in p["evidence"])]:
            text = texts[item["plan"]]
            assert item["text"] == text[item["start"] : item["end"]] != ""
            assert item["line"] == text.count("\n", 0, item["start"]) + 1
            words, sentence = (fold_name(item[k]).replace(SEPARATOR, "") for k in ("text", "sentence"))
            assert words in sentence.replace("|", "").replace(" ", ""), (f["id"], item["line"])
        assert {e["plan"] for e in properties["evidence"]} <= set(properties["plans"])


def test_references_lead_to_features(exported: dict[str, Any]) -> None:
    ids = {f["id"] for f in exported["features"]}
    for f in exported["features"]:
        properties = f["properties"]
        assert set(properties["part_of"]) <= ids
        assert {i for group in properties["members"].values() for i in group} <= ids


def test_the_file_names_its_sources_and_plans(exported: dict[str, Any], store: Store) -> None:
    assert any("OpenStreetMap" in line for line in exported["attribution"])
    assert any("高德" in line for line in exported["attribution"])
    assert set(exported["plans"]) == set(store.plans)
    assert exported["version"] == store.version
    assert any("中断" in sentence for sentence in exported["plans"]["qingdao"]["missing"])


# ---------------------------------------------------------------- writing


def test_a_folder_that_is_not_there(tiny_store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"无法写入 .*all\.geojson"):
        write_geojson(tiny_store, tmp_path / "none" / "all.geojson")
    assert list(tmp_path.iterdir()) == []


def test_a_file_as_folder(tiny_store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="无法写入"):
        write_geojson(tiny_store, tmp_path / "file" / "all.geojson")


def test_a_failure_leaves_the_former_file(
    tiny_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.geojson"
    path.write_text("former", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ExportError, match="No space left"):
        write_geojson(tiny_store, path)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
        ("all.geojson", "former")
    ]
