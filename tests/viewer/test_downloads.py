"""/data and ``export``: what the filters of a page keep, counted before it is downloaded, the same from either."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from layers.formats import select_features, selection_of
from layers.store import Store
from layers.styles import Styles
from layers.view_link import decode_link
from viewer.command_line import run

LINK = "?v=2&plan=shinan&status=planned&precision=located,derived,schematic&district=370202"


def ids_of(text: str) -> set[str]:
    csv.field_size_limit(10_000_000)  # outlines are long
    return {row["编号"] for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}


@pytest.fixture
def wanted(store: Store, styles: Styles) -> set[str]:
    found = {f.id for f in select_features(store, styles, selection_of(decode_link(LINK).state))}
    assert 3 < len(found) < 200
    return found


def test_the_number_is_told_before(client: FlaskClient, store: Store, wanted: set[str]) -> None:
    told = client.get(f"/data/count?link={quote(LINK, safe='')}").get_json()
    assert told == {"features": len(wanted), "unplaced": 0}
    everything = client.get("/data/count").get_json()
    assert everything["features"] == len(store.features)
    assert everything["unplaced"] == sum(f.bbox is None for f in store.features.values())
    assert client.get("/data/count?plan=shinan&level=1").get_json()["features"] < len(store.features)


def test_the_file_of_the_filters(client: FlaskClient, wanted: set[str]) -> None:
    answer = client.get(f"/data?format=csv&link={quote(LINK, safe='')}")
    assert ids_of(answer.get_data(as_text=True)) == wanted
    assert unquote(answer.headers["Content-Disposition"]).endswith("规划图集-筛选.csv")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("javascript:alert(1)", "不是本图集的视图链接"),
        ("?v=2&status=done", "没有状态「done」"),
        ("?v=2&plan=beijing", "没有规划「beijing」"),
        ("?v=2&plan=shinan&precision=unplaced&district=370202", "没有要素符合"),
        ("?v=2&only=" + "x" * 9000, "链接太长"),
    ],
)
@pytest.mark.parametrize("path", ["/data", "/data/count"])
def test_a_link_that_chooses_nothing(client: FlaskClient, path: str, link: str, words: str) -> None:
    answer = client.get(f"{path}?link={quote(link, safe='')}")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert words in answer.text


@pytest.mark.parametrize(
    "options",
    [
        ["--link", LINK],
        ["--link", f"http://127.0.0.1:8050/{LINK}&view=36.1,120.3,11"],
        ["--plan", "shinan", "--status", "planned", "--precision", "located,derived,schematic", "--district", "市南区"],
    ],
)  # fmt: skip
def test_the_command_line_chooses_the_same(
    options: list[str], wanted: set[str], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(store.path))
    path = tmp_path / "x.csv"
    assert run(["export", "--format", "csv", *options, str(path)], lambda _: None) == 0
    assert f"{len(wanted)} 个要素" in capsys.readouterr().out
    assert ids_of(path.read_text(encoding="utf-8")) == wanted
