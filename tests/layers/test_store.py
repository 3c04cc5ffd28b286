"""The store: what is written comes back, and other programs open the file as it is."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest

from layers.atlas import Atlas
from layers.store import Store, StoreMissingError
from layers.store_writing import StoreError, write_store

TABLES = {"plans", "passages", "blocks", "features", "mentions", "projects", "structures", "base", "meta"}


# ---------------------------------------------------------------- as other programs see it


def test_a_gis_opens_the_three_layers(store: Store, atlas: Atlas) -> None:
    layers = dict(pyogrio.list_layers(store.path))
    assert {k: v for k, v in layers.items() if v} == {
        "points": "MultiPoint",
        "lines": "MultiLineString",
        "areas": "MultiPolygon",
    }
    found: set[str] = set()
    for layer in ("points", "lines", "areas"):
        frame = pyogrio.read_dataframe(store.path, layer=layer)
        assert frame.crs == "EPSG:4326"
        assert frame["id"].is_unique
        assert frame.geometry.is_valid.all()
        assert set(frame["precision"]) <= {"boundary", "located", "derived", "schematic", "district"}
        west, south, east, north = frame.total_bounds
        assert 110 < west < east < 130
        assert 30 < south < north < 42
        found |= set(frame["id"])
    assert found == {fid for fid, p in atlas.placements.items() if p.geometry is not None}


def test_every_table_is_listed_as_attributes(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as db:
        listed = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents"))
        held = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        check = db.execute("PRAGMA integrity_check").fetchall()
    assert {t for t, kind in listed.items() if kind == "attributes"} == TABLES
    assert {t for t, kind in listed.items() if kind == "features"} == {"points", "lines", "areas"}
    assert set(listed) <= held
    assert check == [("ok",)]


def test_a_gis_reads_the_tables_too(store: Store) -> None:
    frame = pyogrio.read_dataframe(store.path, layer="mentions", columns=["plan", "line", "text"])
    assert len(frame) == sum(f.evidence_count for f in store.features.values())


# ---------------------------------------------------------------- as the viewer reads it


def test_the_plans_come_back_byte_for_byte(store: Store, atlas: Atlas) -> None:
    assert list(store.plans) == list(atlas.plans)
    for plan in atlas.plans:
        assert store.plan_text(plan) == atlas.plans[plan].text
    assert store.plan_text("nowhere") is None
    assert store.plans["qingdao"].document_number is None
    assert store.plans["jimo"].document_number == "即政发〔2021〕29号"


def test_evidence_and_projects_come_back(store: Store, atlas: Atlas) -> None:
    for fid, item in atlas.evidence.items():
        feature = store.features[fid]
        evidence = store.evidence(fid)
        assert len(evidence) == feature.evidence_count == len(item.evidence)
        assert feature.project_count == len(item.projects)
        assert feature.plans == item.plans
        assert [(e.start, e.end, e.text) for e in evidence] == [
            (m.quote.start, m.quote.end, m.quote.text)
            for m in sorted(
                item.evidence, key=lambda m: (list(atlas.plans).index(m.quote.plan), m.quote.start)
            )
        ]
    assert len(store.projects()) == sum(len(i.projects) for i in atlas.evidence.values())


def test_evidence_stands_under_its_headings(store: Store, atlas: Atlas) -> None:
    feature = atlas.catalog.named("环胶州湾发展带", "chengyang")
    assert feature is not None
    (evidence, *_) = [e for e in store.evidence(feature.id) if e.line == 314]
    assert any("两横三纵" in title or "空间" in title for title in evidence.path)


def test_a_feature_without_a_shape_is_a_feature(store: Store) -> None:
    unplaced = [f for f in store.features.values() if f.precision == "unplaced"]
    assert unplaced
    for f in unplaced:
        assert (f.lon, f.lat, f.bbox, store.geometry(f.id)) == (None, None, None, None)
        assert f.issues, f"{f.name} does not say why it is not drawn"


def test_measures_are_stated_only_where_the_precision_allows(store: Store) -> None:
    for f in store.features.values():
        if f.precision not in ("boundary", "located", "derived"):
            assert (f.length_km, f.area_km2) == (None, None)
    assert any(f.area_km2 for f in store.features.values())
    assert any(f.length_km for f in store.features.values())


def test_the_label_point_lies_in_the_box(store: Store) -> None:
    for f in store.features.values():
        if f.bbox is not None:
            west, south, east, north = f.bbox
            assert f.lon is not None
            assert f.lat is not None
            assert west <= f.lon <= east
            assert south <= f.lat <= north


def test_geometries_of_a_category_are_its_own(store: Store) -> None:
    everything = store.geometries()
    bays = store.geometries("bay")
    assert bays
    assert bays == {
        fid: geometry for fid, geometry in everything.items() if store.features[fid].category == "bay"
    }
    assert store.geometries("no such category") == {}


def test_the_base_map_is_in_the_store(store: Store) -> None:
    for name in ("land", "water", "districts"):
        text = store.base(name)
        assert text is not None
        assert text.startswith('{"type":"FeatureCollection"')
    assert store.base("moon") is None


def test_threads_read_at_once(store: Store) -> None:
    found: list[int] = []

    def read() -> None:
        found.append(len(Store(store.path).features) + len(store.projects()))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_the_store_is_read_only(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection().execute("DELETE FROM features")


# ---------------------------------------------------------------- when there is none


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match=r"没有找到数据文件 .*none\.gpkg.*python app\.py build"):
        Store(tmp_path / "none.gpkg")


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be read as one" * 40])
def test_a_file_that_is_no_store(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.gpkg").write_bytes(content)
    with pytest.raises(StoreMissingError, match=r"已损坏.*python app\.py build"):
        Store(tmp_path / "bad.gpkg")


def test_a_folder_in_the_way(tiny_atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "atlas.gpkg").mkdir()
    with pytest.raises(StoreError, match=r"无法写入 .*atlas\.gpkg"):
        write_store(tiny_atlas, tmp_path / "atlas.gpkg", "")
    assert [p.name for p in tmp_path.iterdir()] == ["atlas.gpkg"]


def test_a_file_where_the_folder_should_be(tiny_atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "built").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="无法写入"):
        write_store(tiny_atlas, tmp_path / "built" / "atlas.gpkg", "")
