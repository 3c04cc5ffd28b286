"""``refine`` on the command line: a report first, the file only with ``--apply``, one sentence for what is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from shapely.affinity import translate
from shapely.geometry import mapping

from geo import district_lines
from geo.crs import area_m2, to_metric, to_wgs84
from geo.districts import districts_drawn, read_raw
from geo.gazetteer import read_gazetteer
from geo.refined import FILE
from tests.conftest import DATA, FIXTURES
from viewer.command_line import run
from viewer.settings import Settings

EXTRACT = FIXTURES / "extract.osm"
PLANS = ("qingdao", "chengyang", "jimo", "licang", "shinan")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real plans and gazetteer, as the data folder of the commands."""
    for name in ("plans", "gazetteer"):
        shutil.copytree(DATA / name, tmp_path / name)
    (tmp_path / "gazetteer" / FILE).unlink(missing_ok=True)
    monkeypatch.setenv("PLAN_ATLAS_DATA", str(tmp_path))
    return tmp_path


def _serve(_: Settings) -> None:
    raise AssertionError("refine does not serve")


def _refine(*words: object) -> int:
    return run(["refine", *map(str, words)], _serve)


def test_a_report_changes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _refine("--osm", EXTRACT) == 0
    said = capsys.readouterr().out
    assert "即墨古城\tlandmarks.csv heritage\t点（误差 150 米） → 面（误差 50 米）\t移动" in said
    assert "要写入请加 --apply" in said
    assert not (data / "gazetteer" / FILE).exists()


def test_apply_writes_it_and_the_gazetteer_reads_it(data: Path) -> None:
    assert _refine("--osm", EXTRACT, "--apply") == 0
    place = read_gazetteer(data / "gazetteer", scoped=PLANS).lookup("heritage:即墨古城")
    assert place.geometry.geom_type == "Polygon"
    assert place.source == "OpenStreetMap（ODbL），extract.osm"


def test_district_lines_are_reported_first_and_written_with_apply(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "districts.geojson"
    monkeypatch.setattr(district_lines, "PATH", own)
    shifted = to_wgs84(translate(to_metric(read_raw()["市南区"]), 0, 150))
    file = tmp_path / "区划.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"XZQMC": "青岛市市南区"}, "geometry": mapping(shifted)}
        ]}, ensure_ascii=False), encoding="utf-8"
    )  # fmt: skip
    assert _refine("--boundaries", file) == 0
    assert "和 3 个区市的界线可以改进；要写入请加 --apply" in capsys.readouterr().out
    assert not own.exists()
    assert _refine("--boundaries", file, "--apply") == 0
    assert "删去该文件即恢复原来的行政边界" in capsys.readouterr().out
    drawn = districts_drawn(district_lines.read_district_lines(own))
    assert area_m2(drawn["市南区"].geometry) == pytest.approx(31.22e6, rel=1e-3)
    assert drawn["市南区"].source == "用户提供的边界文件 区划.geojson"
    assert not (data / "gazetteer" / FILE).exists()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--osm", "none.osm"], 1, "没有文件 none.osm"),
        (["--osm", "README.md"], 1, "不是 OpenStreetMap 数据"),
        (["--boundaries", DATA / "plans" / "jimo.txt"], 1, "无法读取 jimo.txt"),
        (["--osm", EXTRACT, "--datum", "gcj02"], 2, "--datum 只用于 --boundaries"),
        ([], 2, "--osm"),
    ],
)
def test_a_wrong_file_gets_one_sentence(
    data: Path, words: list[object], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _refine(*words) == status
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_file_without_a_match_says_so(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.osm"
    text = EXTRACT.read_text(encoding="utf-8")
    for name in ("鹤山路", "即墨古城", "城阳站"):
        text = text.replace(name, "无此地名")
    other.write_text(text, encoding="utf-8")
    assert _refine("--osm", other) == 1
    assert "没有与地名表同名、同类、同区的地物" in capsys.readouterr().err
