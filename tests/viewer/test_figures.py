"""Figures by URL: a layout goes in as it is kept in a file, a picture or sentences come out; pictures of scenes."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from layers.progress import Progress
from layers.render import MapSource, parse_layout, render
from layers.store import Store
from layers.styles import Styles
from tests.viewer.conftest import Find
from viewer.turns import BusyError, Turns

SMALL = {"paper": "pixels", "width_px": 900, "height_px": 700, "dpi": 150, "plan": "shinan"}


def post(client: FlaskClient, url: str, layout: Mapping[str, Any]) -> TestResponse:
    return client.post(url, data=json.dumps(layout), content_type="application/json")


@pytest.fixture(scope="module")
def source(store: Store, styles: Styles) -> MapSource:
    return MapSource(store, styles)


def finished(client: FlaskClient, taken: TestResponse | dict[str, Any]) -> TestResponse:
    """The file of a job, once it is done."""
    told = taken if isinstance(taken, dict) else taken.get_json()
    until = time.monotonic() + 120
    while told["state"] in ("waiting", "working"):
        assert time.monotonic() < until
        time.sleep(0.02)
        told = client.get(f"/jobs/{told['id']}").get_json()
    assert told["state"] == "done", told["words"]
    return client.get(f"/jobs/{told['id']}/file")


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_layout_becomes_a_file(client: FlaskClient, kind: str, begins: bytes) -> None:
    answer = finished(client, post(client, f"/figures?format={kind}", SMALL))
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].endswith(quote(f"规划图集-shinan.{kind}"))


@pytest.mark.parametrize(
    "layout", [SMALL, {"plan": "shinan", "paper": "A3", "orientation": "portrait", "dpi": 600}]
)
def test_a_preview_has_the_shape_of_the_page_in_few_dots(client: FlaskClient, layout: dict[str, Any]) -> None:
    answer = post(client, "/preview?longest=600", layout)
    width, height = Image.open(io.BytesIO(answer.data)).size
    assert max(width, height) == pytest.approx(600, rel=0.02)
    assert width / height == pytest.approx(900 / 700 if layout is SMALL else 297 / 420, rel=0.01)


WRONG = [
    ({"dpi": 90}, ["分辨率"]),
    ({"dpi": "many", "paper": "A7", "colour": "red"}, ["纸张", "分辨率", "colour"]),
    ({"plan": "beijing"}, ["没有规划「beijing」"]),
    ({"features": ["no-such"]}, ["没有要素「no-such」"]),
    ({"bbox": [100, 20, 101, 21]}, ["不在底图之内"]),
    ({"title": "<b>粗</b>"}, ["标题"]),
    ({"bbox": [120, 36, 120.2], "scale": 3}, ["范围", "比例尺"]),
]


@pytest.mark.parametrize(("layout", "names"), WRONG)
@pytest.mark.parametrize("url", ["/layout", "/preview?longest=400", "/figures?format=pdf"])
def test_each_problem_has_its_line_that_names_the_field(
    client: FlaskClient, url: str, layout: dict[str, Any], names: list[str]
) -> None:
    answer = post(client, url, layout)
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    lines = answer.text.split("\n")
    assert len(lines) == len(names)
    assert all(any(name in line for line in lines) for name in names)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 5000, b'{"dpi": ' + b"9" * 6000 + b"}", b" " * 300_000]
)
def test_what_is_no_layout_is_one_sentence(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/layout", data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text
    assert "\n" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "asked",
    ["figures?format=gif", *(f"preview?longest={n}" for n in ("0", "99999", "x", "", "9" * 5000))],
)
def test_wrong_words_about_a_figure(client: FlaskClient, asked: str) -> None:
    answer = post(client, f"/{asked}", SMALL)
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")


def test_another_site_cannot_have_figures_made(client: FlaskClient) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/figures?format=png", json=SMALL, headers=elsewhere).status_code == 403
    assert (
        client.post("/figures?format=png", data=json.dumps(SMALL), content_type="text/plain").status_code
        == 415
    )


def test_a_figure_ends_where_it_is_cancelled(source: MapSource) -> None:
    """However far it is: put together, or half drawn."""

    class StoppedError(Exception):
        pass

    told: list[float] = []
    render(source, parse_layout(SMALL), "svg", progress=lambda _, share: told.append(share))
    assert told == sorted(told)
    assert len(told) > 50  # it looks up often while it draws

    for stop_at in (0.0, 0.02, 0.45, 0.7):
        after = 0

        def stop(_: str, share: float, stop_at: float = stop_at) -> None:
            nonlocal after
            after += share > stop_at
            if share >= stop_at:
                raise StoppedError

        with pytest.raises(StoppedError):
            render(source, parse_layout(SMALL), "svg", progress=stop)
        assert after <= 1
    assert render(source, parse_layout(SMALL), "png")  # the next one is drawn all the same


def test_figures_stand_in_line_and_a_cancelled_one_frees_the_next(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(_s: object, _l: object, _k: str, path: Path, progress: Progress) -> None:
        progress("绘制", 0.5)
        begun.release()
        while not go_on.wait(0.01):
            progress("绘制", 0.5)
        path.write_bytes(b"drawn")

    monkeypatch.setattr("viewer.figures.write_figure", slow)
    first, second, third = (post(client, "/figures?format=pdf", SMALL).get_json() for _ in range(3))
    assert begun.acquire(timeout=30)

    def told(job: dict[str, Any]) -> dict[str, Any]:
        return dict(client.get(f"/jobs/{job['id']}").get_json())

    assert (told(first)["state"], told(first)["share"]) == ("working", 0.5)
    assert [told(job)["words"] for job in (second, third)] == [
        "排队等候，前面还有 1 份",
        "排队等候，前面还有 2 份",
    ]
    assert client.get("/about.json").status_code == 200  # the page is not kept waiting
    assert client.delete(f"/jobs/{first['id']}").status_code == 204
    assert begun.acquire(timeout=30)
    assert [told(job)["state"] for job in (second, third)] == ["working", "waiting"]
    go_on.set()
    for job in (second, third):
        assert finished(client, job).data == b"drawn"


def test_no_more_previews_than_there_is_room_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those at work and those that wait hold a thread of the server each: the rest are told so at once."""
    turns = Turns(at_once=1, waiting=0)
    with turns.turn(), pytest.raises(BusyError), turns.turn():
        pass
    with turns.turn():
        pass  # it is free again
    impatient = Turns(at_once=1, waiting=1, seconds=0.01)
    with impatient.turn(), pytest.raises(BusyError), impatient.turn():
        pass

    @contextmanager
    def none_left(_: Turns) -> Iterator[None]:
        raise BusyError
        yield

    monkeypatch.setattr(Turns, "turn", none_left)
    answer = post(client, "/preview?longest=400", SMALL)
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert "请等一会儿" in answer.text


def test_what_is_saved_comes_back_with_its_defaults(client: FlaskClient) -> None:
    told = post(client, "/layout", {**SMALL, "legend": False, "title": "市南"}).get_json()
    kept = json.loads(told["text"])
    assert kept == {"version": 1, **SMALL, "legend": False, "title": "市南"}
    again = post(client, "/layout", kept).get_json()
    assert again == told
    assert told["layout"]["scale_bar"] is True


def test_presets_come_in_the_language_asked_for(client: FlaskClient) -> None:
    chinese, english = (client.get(f"/layouts.json?lang={language}").get_json() for language in ("zh", "en"))
    assert [p["label"] for p in chinese["presets"]] == ["报告插图", "汇报用图", "大幅展板"]
    assert [p["name"] for p in english["presets"]] == ["报告插图", "汇报用图", "大幅展板"]
    assert "Poster" in [p["label"] for p in english["presets"]]
    assert chinese["defaults"]["paper"] == "A4"


def test_a_structure_is_selected_with_its_placed_members(
    client: FlaskClient, store: Store, find: Find
) -> None:
    structure = find("三湾一带")
    told = client.get(f"/selection/{structure.id}").get_json()
    members = {m for group in structure.members.values() for m in group}
    assert set(told["features"]) == {f for f in {structure.id, *members} if store.features[f].bbox}
    west, south, east, north = told["bbox"]
    for f in told["features"]:
        box = store.features[f].bbox
        assert box is not None
        assert west < box[0]
        assert south < box[1]
        assert box[2] < east
        assert box[3] < north
    assert post(client, "/layout", {"features": told["features"]}).status_code == 200


def test_nothing_can_be_drawn_of_what_has_no_place(client: FlaskClient, store: Store) -> None:
    nowhere = next(f for f in store.features.values() if not f.bbox and not f.members)
    for feature in (nowhere.id, "no-such"):
        answer = client.get(f"/selection/{quote(feature)}")
        assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_a_scene_has_its_picture(client: FlaskClient) -> None:
    scene = client.get("/scenes/shinan.json").get_json()["scenes"][2]
    answer = client.get("/scene.png?link=" + quote(scene["link"], safe=""))
    assert answer.mimetype == "image/png"
    picture = Image.open(io.BytesIO(answer.data))
    assert 300 < picture.width <= 800
    assert len(set(picture.convert("RGB").resize((60, 40)).getdata())) > 20  # a map, no bare paper


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "?v=2&plan=beijing", "?v=2&box=100,20,101,21"])
def test_a_link_of_no_scene_is_one_sentence(client: FlaskClient, link: str) -> None:
    answer = client.get("/scene.png?link=" + quote(link, safe=""))
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.text
