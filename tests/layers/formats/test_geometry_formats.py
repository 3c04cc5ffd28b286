"""GeoJSON, GeoPackage, Shapefile and KML, read back by GDAL: counts, geometry, attributes, Chinese."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from layers.formats import ALL, FORMATS, Selection, write_format
from layers.formats.kml import kml_color
from layers.formats.shapefile import NAME_BYTES, cut_names, cut_text
from layers.store import Store
from tests.layers.formats.conftest import Write

CRSS = ["EPSG:4326", "EPSG:4490", "EPSG:4549"]
LAYERS = ("points", "lines", "areas")


def expected(store: Store, crs: str) -> dict[str, BaseGeometry]:
    """Stored geometry in a CRS, by a transformation of the tests' own."""
    step = Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
    return {
        fid: shapely.transform(shape(g), lambda x, y: step.transform(x, y), interleaved=False)
        for fid, g in store.geometries().items()
    }


def same(found: BaseGeometry, wanted: BaseGeometry, crs: str) -> bool:
    """Whether two geometries have the same corners, length and area, parts in any order."""
    tolerance = 0.01 if crs == "EPSG:4549" else 1e-6
    one, other = (shapely.points(shapely.get_coordinates(g)) for g in (found, wanted))
    near = all(
        len(set(shapely.STRtree(there).query_nearest(here, max_distance=tolerance)[0])) == len(here)
        for here, there in ((one, other), (other, one))
    )
    long = abs(found.length - wanted.length) <= tolerance * len(one)
    wide = abs(found.area - wanted.area) <= tolerance * (wanted.length + tolerance)
    return near and long and wide


def gathered(frames: list[Any], key: str = "id") -> dict[str, BaseGeometry]:
    """One geometry a feature, its parts from all layers together."""
    parts: dict[str, list[BaseGeometry]] = {}
    for frame in frames:
        for fid, geometry in zip(frame[key], frame.geometry, strict=True):
            parts.setdefault(fid, []).append(geometry)
    return {fid: shapely.geometrycollections(found) for fid, found in parts.items()}


@pytest.mark.parametrize("crs", CRSS)
def test_geojson(write: Write, tiny_store: Store, crs: str) -> None:
    path = write("geojson", crs=crs)
    frame = pyogrio.read_dataframe(path)
    assert list(frame["id"]) == list(tiny_store.features)
    assert frame.crs.to_epsg() == int(crs[5:])
    wanted = expected(tiny_store, crs)
    for fid, name, geometry in zip(frame["id"], frame["name"], frame.geometry, strict=True):
        assert name == tiny_store.features[fid].name
        assert (geometry is None) == (fid not in wanted)
        assert geometry is None or same(geometry, wanted[fid], crs)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["notice"] == "示意图，不作为法定依据"
    assert told["link"] == "/?v=2&level=3"
    assert told["version"] == tiny_store.version
    assert len(told["editions"]) == len(tiny_store.plans)


def test_geojson_in_the_stored_crs_is_rfc_7946(write: Write) -> None:
    assert "crs" not in json.loads(write("geojson").read_text(encoding="utf-8"))


@pytest.mark.parametrize("crs", CRSS)
def test_geopackage(write: Write, tiny_store: Store, crs: str) -> None:
    path = write("gpkg", crs=crs)
    frames = [pyogrio.read_dataframe(path, layer=layer) for layer in LAYERS]
    assert {f.crs.to_epsg() for f in frames} == {int(crs[5:])}
    found, wanted = gathered(frames), expected(tiny_store, crs)
    assert found.keys() == wanted.keys()
    assert all(same(found[fid], wanted[fid], crs) for fid in wanted)
    unplaced = pyogrio.read_dataframe(path, layer="unplaced")
    assert found.keys() | set(unplaced["feature"]) == set(tiny_store.features)
    assert "𠮷田路" in set(unplaced["name"])
    evidence = pyogrio.read_dataframe(path, layer="evidence")
    assert len(evidence) == sum(f.evidence_count for f in tiny_store.features.values())
    assert len(pyogrio.read_dataframe(path, layer="projects")) == len(tiny_store.projects())
    told = pyogrio.read_info(path, layer="points")["dataset_metadata"]
    assert told["version"] == tiny_store.version
    assert told["notice"] == "示意图，不作为法定依据"
    about = pyogrio.read_dataframe(path, layer="about")
    assert "视图链接" in set(about["item"])


def test_geopackage_keeps_numbers_as_numbers(write: Write, tiny_store: Store) -> None:
    frame = pyogrio.read_dataframe(write("gpkg"), layer="points")
    for fid, level, accuracy in zip(frame["id"], frame["level"], frame["accuracy_m"], strict=True):
        assert level == tiny_store.features[fid].level
        assert accuracy == tiny_store.features[fid].accuracy_m


@pytest.mark.parametrize("crs", CRSS)
def test_shapefile(write: Write, tiny_store: Store, crs: str) -> None:
    path = write("shp", crs=crs)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert archive.read("points.cpg").decode().strip() == "UTF-8"
        fields = archive.read("fields.txt").decode("utf-8-sig")
        assert "不作为法定依据" in archive.read("about.txt").decode("utf-8-sig")
    frames = [
        pyogrio.read_dataframe(f"/vsizip/{path}/{layer}.shp") for layer in LAYERS if f"{layer}.shp" in names
    ]
    assert {f.crs.to_epsg() for f in frames} == {int(crs[5:])}
    found, wanted = gathered(frames), expected(tiny_store, crs)
    assert found.keys() == wanted.keys()
    assert all(same(found[fid], wanted[fid], crs) for fid in wanted)
    for frame in frames:
        columns = [c for c in frame.columns if c != "geometry"]
        assert [line.split("\t")[0] for line in fields.splitlines()[1:]] == columns
        for fid, name in zip(frame["id"], frame["name"], strict=True):
            assert name == tiny_store.features[fid].name


def test_names_are_cut_without_collision() -> None:
    names = [
        "category",
        "category_zh",
        "category_zhong",
        "CATEGORY_ZH_2",
        "落图精度说明",
        "落图精度",
        "x" * 30,
        "x" * 31,
    ]
    cut = cut_names(names)
    assert len({c.lower() for c in cut}) == len(names)
    assert all(0 < len(c.encode()) <= NAME_BYTES for c in cut)
    assert cut[0] == "category"
    assert len(set(cut_names(["同名同名"] * 120))) == 120


def test_texts_are_cut_at_a_character() -> None:
    assert cut_text("规划图集", 12) == "规划图集"
    assert cut_text("规划图集", 11) == "规划图"
    assert cut_text("规划图集", 11, "…") == "规划…"
    assert cut_text("𠮷" * 100, 254, "…").endswith("𠮷…")


def test_kml(write: Write, tiny_store: Store) -> None:
    path = write("kml")
    layers = [str(name) for name, _ in pyogrio.list_layers(path)]
    frames = [pyogrio.read_dataframe(path, layer=layer) for layer in layers]
    placed = [f for f, layer in zip(frames, layers, strict=True) if layer != "未落图"]
    found, wanted = gathered(placed, "feature"), expected(tiny_store, "EPSG:4326")
    assert found.keys() == wanted.keys()
    assert all(same(found[fid], wanted[fid], "EPSG:4326") for fid in wanted)
    unplaced = frames[layers.index("未落图")]
    assert set(unplaced["feature"]) | found.keys() == set(tiny_store.features)
    names = {fid: name for f in frames for fid, name in zip(f["feature"], f["Name"], strict=True)}
    assert names == {fid: f.name for fid, f in tiny_store.features.items()}
    text = path.read_text(encoding="utf-8")
    assert tiny_store.version in text
    assert "不作为法定依据" in text


def test_kml_colours_are_turned_round() -> None:
    assert kml_color("#c4122f", 1.0) == "ff2f12c4"
    assert kml_color("#c4122f", 0.45) == "732f12c4"


@pytest.mark.parametrize("fmt", ["geojson", "gpkg", "shp", "kml"])
def test_a_selection_holds_only_what_was_asked(write: Write, tiny_store: Store, fmt: str) -> None:
    path = write(fmt, Selection(categories=("axis",), levels=(1,)))
    wanted = {f.name for f in tiny_store.features.values() if f.category == "axis" and f.level == 1}
    source = f"/vsizip/{path}/lines.shp" if fmt == "shp" else path
    layer = {"gpkg": "lines", "kml": "发展轴"}.get(fmt)
    frame = pyogrio.read_dataframe(source, **({"layer": layer} if layer else {}))
    assert set(frame["Name" if fmt == "kml" else "name"]) == wanted
    assert len(wanted) == 2


def test_the_whole_atlas_in_the_formats_of_gis(store: Store, styles: Any, tmp_path: Path) -> None:
    """Every feature of the five plans comes back from GDAL, once."""
    path = tmp_path / "all.gpkg"
    assert write_format(store, styles, "gpkg", ALL, "EPSG:4549", path) == len(store.features)
    frames = [pyogrio.read_dataframe(path, layer=layer) for layer in LAYERS]
    found, wanted = gathered(frames), expected(store, "EPSG:4549")
    assert found.keys() == wanted.keys()
    assert [fid for fid in wanted if not same(found[fid], wanted[fid], "EPSG:4549")] == []
    unplaced = pyogrio.read_dataframe(path, layer="unplaced")
    assert len(unplaced) == len(store.features) - len(wanted)
    assert all(unplaced["note"])


def test_every_format_has_its_names() -> None:
    assert all(name == f.name and f.extension.startswith(".") for name, f in FORMATS.items())
    assert len({f.extension for f in FORMATS.values()}) == len(FORMATS) == 7
