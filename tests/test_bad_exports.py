"""Export requests that cannot be met, from the command line and over HTTP: each answered in words, nothing left behind."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from layers.store import Store
from tests.full_disk import small_files
from viewer.application import build_application
from viewer.command_line import run
from viewer.settings import Settings

SCENE = {"caption": "甲", "note": "", "link": "?v=2&layers=bay&box=120.2,36.0,120.5,36.2"}


def scenes(*links: str, **changes: Any) -> dict[str, Any]:
    """A file of scenes, one a link, with something changed."""
    found = [{**SCENE, "link": link} for link in links] or [SCENE]
    return {"schema": "plan-atlas-scenes", "version": 1, "title": "", "scenes": found} | changes


@dataclass(frozen=True)
class Case:
    """A wrong request: options of ``export`` and the same over HTTP (``figure``, ``data`` or ``book``), with a word that
    the answer says. ``files`` are written before."""

    argv: tuple[str, ...]
    words: str
    figure: dict[str, Any] | str | None = None
    data: str | None = None
    book: dict[str, Any] | str | None = None
    query: str = "format=png"
    file: str | None = None


def figure(option: str, value: str, words: str, **layout: Any) -> Case:
    return Case(("--format", "png", f"--{option}={value}", "--out", "x.png"), words, figure=layout)


def damaged(text: str, words: str) -> Case:
    """A file of scenes that is none, or is wrong."""
    argv = ("--deck", "--scenes", "scenes.json", "--out", ".")
    try:
        return Case(argv, words, book={"kind": "deck", "scenes": json.loads(text)}, file=text)
    except (ValueError, RecursionError):
        return Case(argv, words, file=text)


# fmt: off
CASES = {
    "unknown layer": figure("layers", "axis,moon", "没有图层「moon」", layers=["axis", "moon"]),
    "faint unknown layer": figure("opacity", "moon-50", "没有图层「moon」", opacity={"moon": 50}),
    "opacity of nothing": figure("opacity", "axis-0", "不能小于 10", opacity={"axis": 0}),
    "opacity in words": figure("opacity", "axis-half", "", opacity={"axis": "half"}),
    "no layer": figure("layers", ",", "图层不能为空", layers=[]),
    "10,000 dpi": figure("dpi", "10000", "不能大于 600", dpi=10000),
    "dpi in words": figure("dpi", "fine", "", dpi="fine"),
    "empty extent": figure("bbox", "120,36,120,36", "西小于东", bbox=[120, 36, 120, 36]),
    "extent of NaN": figure("bbox", "nan,36,120.5,36.2", "", bbox=[float("nan"), 36, 120.5, 36.2]),
    "extent elsewhere": figure("bbox", "2,48,3,49", "不在底图之内", bbox=[2, 48, 3, 49]),
    "negative scale": figure("scale", "-5000", "", scale=-5000),
    "scale of three": figure("scale", "3", "不能小于 1000", scale=3),
    "markup in the title": figure("title", "<script>x</script>", "不能含 HTML", title="<script>x</script>"),
    "title without end": figure("title", "长" * 300, "不能多于 60", title="长" * 300),
    "NUL in the title": figure("title", "市\0南", "控制字符", title="市\0南"),
    "notes without end": figure("notes", "长" * 5000, "不能多于 400", notes="长" * 5000),
    "markup in the notes": figure("notes", "见 <a href=x>图</a>", "不能含 HTML", notes="见 <a href=x>图</a>"),
    "entities in the review number": figure("review-number", "&#60;b&#62;", "不能含 HTML", review_number="&#60;b&#62;"),
    "layout of wrong types": Case(
        ("--format", "png", "--layout", "l.json", "--out", "x.png"), "级别",
        figure={"levels": "all", "legend": "perhaps"}, file='{"levels": "all", "legend": "perhaps"}'),
    "layout that is a list": Case(("--format", "png", "--layout", "l.json", "--out", "x.png"), "JSON 对象",
                                  figure="[1]", file="[1]"),
    "no such layout": Case(("--format", "png", "--layout", "none.json", "--out", "x.png"), "无法读取版式文件"),
    "nothing to draw": Case(("--format", "png", "--layers", "island", "--plan", "licang", "--out", "x.png"),
                            "没有可画的要素", figure={"layers": ["island"], "plan": "licang"}),
    "unknown plan": figure("plan", "laoshan", "没有规划「laoshan」", plan="laoshan"),
    "plan outside": figure("plan", "../../etc", "没有规划", plan="../../etc"),
    "unknown paper": figure("paper", "A7", "纸张应是", paper="A7"),
    "huge pixels": figure("size", "90000x90000", "不能大于 12000", paper="pixels", width_px=90000, height_px=90000),
    "unknown feature": figure("features", "nowhere", "没有要素「nowhere」", features=["nowhere"]),
    "level nine": figure("level", "9", "级别", levels=[9]),
    "unknown preset": Case(("--format", "png", "--preset", "海报", "--out", "x.png"), "没有", figure={"preset": "海报"}),
    "damaged layout": Case(("--format", "png", "--layout", "l.json", "--out", "x.png"), "", figure="{", file="{"),
    "unknown figure format": Case(("--format", "tiff", "--out", "x.tiff"), "tiff", figure={}, query="format=tiff"),
    "unknown data format": Case(("--format", "dwg", "--all", "x.dwg"), "dwg", data="format=dwg"),
    "unknown CRS": Case(("--format", "geojson", "--all", "--crs", "EPSG:9", "x.geojson"), "EPSG:9", data="crs=EPSG:9"),
    "unknown status": Case(("--format", "csv", "--status", "done", "x.csv"), "没有状态「done」",
                           data="format=csv&link=" + quote("?v=2&status=done", safe="")),
    "link of another site": Case(("--format", "csv", "--link", "javascript:alert(1)", "x.csv"), "视图链接",
                                 data="format=csv&link=javascript:alert(1)"),
    "filters that leave nothing": Case(
        ("--format", "xlsx", "--plan", "shinan", "--precision", "unplaced", "--district", "370202", "x.xlsx"),
        "没有要素符合", data="format=xlsx&link=" + quote("?v=2&plan=shinan&precision=unplaced&district=370202", safe="")),
    "path outside": Case(("--atlas", "--plan", "shinan", "--out", "no/such/../x.pdf"), "不存在"),
    "file as a folder": Case(("--deck", "--scenes", "scenes.json", "--out", "scenes.json/x.pptx"), "scenes.json",
                             file=json.dumps(scenes())),
    "NUL in the path": Case(("--format", "png", "--out", "a\0b.png"), "不可见字符"),
    "no such scenes": Case(("--deck", "--scenes", "none.json", "--out", "."), "none.json"),
    "scenes that are a folder": Case(("--handout", "--scenes", ".", "--out", "."), "是文件夹"),
    "deck of no plan": Case(("--deck", "--plan", "../x", "--out", "."), "规划", book={"kind": "deck", "plan": "../x"}),
    "atlas by moon": Case(("--atlas", "--plan", "shinan", "--by", "moon", "--out", "."), "moon",
                          book={"kind": "atlas", "plan": "shinan", "by": "moon"}),
    "nine scenes a page": Case(("--handout", "--plan", "shinan", "--per-page", "9", "--out", "."), "1、2 或 3",
                               book={"kind": "handout", "plan": "shinan", "per_page": 9}),
    "unknown book": Case(("--format", "poster", "--plan", "shinan", "--out", "."), "poster", book={"kind": "poster"}),
    "scenes that are no JSON": damaged('{"schema":', "不是有效的 JSON"),
    "scenes too deep": damaged("[" * 50_000, "不是有效的 JSON"),
    "scenes of another program": damaged('{"schema": "other", "version": 1, "scenes": []}', "不是规划图集的演示场景"),
    "scenes of another version": damaged(json.dumps(scenes(version=7)), "版本是 7"),
    "scenes without a scene": damaged(json.dumps(scenes(scenes=[])), "没有场景"),
    "scenes without end": damaged(json.dumps(scenes(scenes=[SCENE] * 401)), "最多 400"),
    "scene with a link of others": damaged(json.dumps(scenes("javascript:alert(1)")), "第 1 个场景「甲」的链接不能用"),
    "scene with a box elsewhere": damaged(json.dumps(scenes("?v=2&box=2,48,3,49")), "范围不在底图之内"),
    "scene of no plan": damaged(json.dumps(scenes("?v=2&plan=laoshan")), "没有规划「laoshan」"),
}
# fmt: on


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return build_application(Settings(store=store.path)).server.test_client()


def test_there_are_more_than_twenty() -> None:
    assert len(CASES) >= 20
    assert sum(c.figure is not None or c.data is not None or c.book is not None for c in CASES.values()) >= 20


@pytest.mark.parametrize("name", CASES)
def test_from_the_command_line(
    name: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    case = CASES[name]
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(store.path))
    monkeypatch.chdir(tmp_path)
    if case.file is not None:
        (tmp_path / ("l.json" if "l.json" in case.argv else "scenes.json")).write_text(
            case.file, encoding="utf-8"
        )
    before = set(tmp_path.iterdir())
    status = run(["export", *case.argv], lambda _: None)
    said = capsys.readouterr().err.strip()
    assert status in (1, 2)
    assert case.words in said
    assert len(said.splitlines()) == 1
    assert said.startswith(("错误：", "参数错误："))
    assert "Traceback" not in said
    assert set(tmp_path.iterdir()) == before


FULL = {
    **{kind: ("--format", kind, "--plan", "shinan", "--dpi", "150", "--out", f"x.{kind}") for kind in ("png", "svg", "pdf")},
    **{kind: ("--format", kind, "--plan", "shinan", f"x.{kind}") for kind in ("geojson", "gpkg", "shp", "kml", "csv", "xlsx", "html")},
    "deck": ("--deck", "--scenes", "scenes.json", "--out", "x.pptx"),
    "handout": ("--handout", "--scenes", "scenes.json", "--out", "x.pdf"),
    "atlas": ("--atlas", "--plan", "shinan", "--by", "structure", "--out", "x.pdf"),
}  # fmt: skip


@pytest.mark.parametrize("name", FULL)
def test_a_full_disk(
    name: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(store.path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenes.json").write_text(json.dumps(scenes()), encoding="utf-8")
    before, elsewhere = set(tmp_path.iterdir()), left_behind()
    with small_files(9_000):
        assert run(["export", *FULL[name]], lambda _: None) == 1
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("错误：")
    assert "无法" in said
    assert set(tmp_path.iterdir()) == before
    assert left_behind() <= elsewhere


@pytest.mark.parametrize("name", [n for n, c in CASES.items() if c.figure is not None])
def test_a_figure_over_http(name: str, client: FlaskClient) -> None:
    case = CASES[name]
    body = case.figure if isinstance(case.figure, str) else json.dumps(case.figure)
    answer = client.post(f"/figures?{case.query}", data=body, content_type="application/json")
    if answer.status_code == 202:  # what only the drawing can tell is told by the job
        assert case.words in failure(client, answer.get_json())
        return
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert case.words in answer.text
    assert "<script" not in answer.text or answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", [n for n, c in CASES.items() if c.data is not None])
def test_data_over_http(name: str, client: FlaskClient) -> None:
    answer = client.get(f"/data?{CASES[name].data}")
    assert answer.status_code == 400
    assert CASES[name].words in answer.text


def failure(client: FlaskClient, told: dict[str, Any]) -> str:
    """Why a job failed; there is no file of it."""
    while told["state"] in ("waiting", "working"):
        told = client.get(f"/jobs/{told['id']}").get_json()
    assert told["state"] == "failed"
    assert client.get(f"/jobs/{told['id']}/file").status_code == 404
    return str(told["words"])


def left_behind() -> set[Path]:
    """Files in the temporary folders of jobs."""
    return {
        f
        for folder in Path(tempfile.gettempdir()).glob("plan-atlas-*")
        if folder.is_dir()
        for f in folder.iterdir()
    }


@pytest.mark.parametrize("name", [n for n, c in CASES.items() if c.book is not None])
def test_a_book_over_http(name: str, client: FlaskClient) -> None:
    case, before = CASES[name], left_behind()
    answer = client.post("/books", json=case.book)
    if answer.status_code == 202:  # what only the drawing can tell is told by the job
        assert case.words in failure(client, answer.get_json())
    else:
        assert answer.status_code == 400
        assert case.words in answer.text
    assert left_behind() <= before


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"data": "x" * 5_000_000, "content_type": "application/json"}, 413),
        ({"data": "kind=deck", "content_type": "application/x-www-form-urlencoded"}, 415),
        ({"data": "{", "content_type": "application/json"}, 400),
        ({"json": []}, 400),
        ({"json": {"kind": ["deck"]}}, 400),
        ({"json": {"kind": "deck", "plan": {}}}, 400),
        ({"json": {"kind": "deck", "scenes": None}}, 400),
    ],
)
def test_a_body_that_is_none_of_ours(client: FlaskClient, options: dict[str, Any], status: int) -> None:
    answer = client.post("/books", **options)
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert answer.text


def test_a_job_that_is_not_there(client: FlaskClient) -> None:
    assert client.get("/jobs/none").status_code == 404
    assert client.get("/jobs/none/file").status_code == 404
    assert client.delete("/jobs/none").status_code == 204
