"""``refine`` on the command line: a report first, the file only with ``--apply``, one sentence for what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
