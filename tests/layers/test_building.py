"""Building: the same twice, skipped when nothing changed, and a failure that loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from layers import inputs, store_writing
from layers.atlas import build_atlas
from layers.building import build
from layers.catalog import CatalogError
from layers.inputs import inputs_digest
from layers.plans import PlanError
from layers.store import Store
from layers.store_writing import StoreError
from tests.layers.damage import replace_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "built" / "atlas.gpkg"


def test_two_builds_hold_the_same(tiny_data: Path, path: Path) -> None:
    first = build(tiny_data, path)
    second = build(tiny_data, path, force=True)
    assert not first.skipped
    assert not second.skipped
    assert first.content == second.content == Store(path).version


def test_the_hash_follows_the_content(tiny_data: Path, path: Path) -> None:
    first = build(tiny_data, path)
    replace_in(tiny_data / "catalog" / "tiny.yaml", "note: 按规划文字顺序", "note: 按图")
    second = build(tiny_data, path)
    assert not second.skipped
    assert second.content != first.content


def test_a_build_is_skipped_when_nothing_changed(tiny_data: Path, path: Path) -> None:
    first = build(tiny_data, path)
    before = path.stat().st_mtime_ns
    steps: list[str] = []
    second = build(tiny_data, path, lambda step, _: steps.append(step))
    assert second.skipped
    assert second.content == first.content
    assert path.stat().st_mtime_ns == before
    assert steps == []


def test_a_touched_file_is_no_change(tiny_data: Path, path: Path) -> None:
    build(tiny_data, path)
    (tiny_data / "catalog" / "tiny.yaml").touch()
    assert build(tiny_data, path).skipped


@pytest.mark.parametrize(
    "file",
    ["catalog/tiny.yaml", "catalog/shared.yaml", "gazetteer/tiny.csv", "plans/plans.yaml", "layers.yaml"],
)
def test_every_input_counts(tiny_data: Path, file: str) -> None:
    before = inputs_digest(tiny_data)
    with (tiny_data / file).open("a", encoding="utf-8") as f:
        f.write("\n")
    assert inputs_digest(tiny_data) != before


@pytest.mark.parametrize(
    "file", ["layers/store_schema.sql", "layers/mentions.py", "geo/crs.py", "data/base/land.geojson"]
)
def test_the_code_that_builds_is_an_input(
    tiny_data: Path, tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = Path(inputs.__file__).resolve().parent.parent
    for folder in ("geo", "layers"):
        shutil.copytree(code / folder, tmp_path / "code" / folder)
    shutil.copytree(code / "data" / "base", tmp_path / "code" / "data" / "base")
    before = inputs_digest(tiny_data)
    monkeypatch.setattr(inputs, "__file__", str(tmp_path / "code" / "layers" / "inputs.py"))
    assert inputs_digest(tiny_data) == before
    with (tmp_path / "code" / file).open("a", encoding="utf-8") as f:
        f.write("\n")
    assert inputs_digest(tiny_data) != before


def test_what_is_built_is_no_input(tiny_data: Path) -> None:
    before = inputs_digest(tiny_data)
    (tiny_data / "built").mkdir()
    (tiny_data / "built" / "old.csv").write_text("x", encoding="utf-8")
    assert inputs_digest(tiny_data) == before


def test_a_damaged_store_is_built_anew(tiny_data: Path, path: Path) -> None:
    first = build(tiny_data, path)
    path.write_bytes(b"no database" * 200)
    second = build(tiny_data, path)
    assert not second.skipped
    assert second.content == first.content


def test_progress_runs_from_start_to_end(tiny_data: Path, path: Path) -> None:
    shares: list[float] = []
    build(tiny_data, path, lambda _, share: shares.append(share))
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_wrong_catalog_leaves_the_former_store(tiny_data: Path, path: Path) -> None:
    first = build(tiny_data, path)
    held = path.read_bytes()
    replace_in(tiny_data / "catalog" / "tiny.yaml", "of: 空港工业园区", "of: 空港园")
    with pytest.raises(CatalogError, match="空港园"):
        build(tiny_data, path)
    assert path.read_bytes() == held
    assert Store(path).version == first.content
    assert [p.name for p in path.parent.iterdir()] == ["atlas.gpkg"]


def test_a_changed_plan_text_stops_the_build(tiny_data: Path, path: Path) -> None:
    build(tiny_data, path)
    held = path.read_bytes()
    replace_in(tiny_data / "plans" / "tiny.txt", "夏庄", "夏莊")
    with pytest.raises(PlanError, match=r"tiny\.txt"):
        build(tiny_data, path)
    assert path.read_bytes() == held


@pytest.mark.parametrize(
    "failure",
    [
        OSError(28, "No space left on device"),
        pyogrio.errors.DataSourceError("sqlite3_exec failed: disk is full"),
        pyogrio.errors.DataLayerError("failed to write features"),
    ],
)
@pytest.mark.parametrize("step", ["_write_layers", "_write_tables"])
def test_a_failure_while_writing_leaves_the_former_store(
    tiny_data: Path, path: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: Exception
) -> None:
    build(tiny_data, path)
    held = path.read_bytes()
    real = getattr(store_writing, step)

    def fail(*arguments: Any) -> None:
        real(*arguments)
        raise failure

    monkeypatch.setattr(store_writing, step, fail)
    with pytest.raises(StoreError, match=r"无法写入 .*atlas\.gpkg.*磁盘空间"):
        build(tiny_data, path, force=True)
    assert path.read_bytes() == held
    assert [p.name for p in path.parent.iterdir()] == ["atlas.gpkg"]


def test_the_steps_of_the_tiny_atlas(tiny_data: Path) -> None:
    atlas = build_atlas(tiny_data)
    assert list(atlas.plans) == ["tiny"]
    assert set(atlas.placements) == set(atlas.evidence) == set(atlas.catalog.features)
