"""Ready scenes, the presenter's page and QR codes by URL."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from layers.scene_sets import SCHEMA, VERSION
from layers.store import Store
from viewer.scenes import qr_svg

LINK = "?v=1&layers=bay&only=shinan.fu-shan-wan-qu&box=120.2,36.0,120.4,36.1"


def test_each_plan_has_its_ready_set(client: FlaskClient, store: Store) -> None:
    for plan in store.plans:
        reply = client.get(f"/scenes/{plan}.json")
        assert reply.mimetype == "application/json"
        made = json.loads(reply.data)
        assert (made["schema"], made["version"], made["plan"]) == (SCHEMA, VERSION, plan)
        assert len(made["scenes"]) > 10
        assert set(made["scenes"][0]) == {"id", "chapter", "caption", "note", "link"}


def test_a_kept_set_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/scenes/shinan.json").headers["ETag"]
    assert client.get("/scenes/shinan.json", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("plan", ["beijing", "%3Cb%3E"])
def test_an_unknown_plan_is_not_found(client: FlaskClient, plan: str) -> None:
    assert client.get(f"/scenes/{plan}.json").status_code == 404


def test_the_presenter_page_obeys_the_same_policy(client: FlaskClient) -> None:
    reply = client.get("/presenter")
    page = reply.get_data(as_text=True)
    assert reply.mimetype == "text/html"
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    assert "<script>" not in page
    assert "onclick" not in page
    assert client.get("/assets/presenter.js").status_code == 200
    assert client.get("/assets/presenter.css").status_code == 200


def test_the_page_itself_does_not_load_the_presenters_script(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "presenter." not in page
    assert "9-stage" in page


def test_a_qr_code_is_a_square_of_dark_on_light(client: FlaskClient) -> None:
    reply = client.get("/qr.svg?link=" + quote(LINK, safe=""))
    svg = reply.get_data(as_text=True)
    assert reply.mimetype == "image/svg+xml"
    assert svg.startswith("<svg")
    assert 'fill="#fff"' in svg
    assert 'stroke="#000"' in svg
    assert "<script" not in svg


def test_the_code_holds_this_server_and_this_link(client: FlaskClient) -> None:
    host = {"Host": "atlas.example:8050"}
    reply = client.get("/qr.svg?link=" + quote(LINK, safe=""), headers=host)
    assert reply.data == qr_svg("http://atlas.example:8050/" + LINK)


@pytest.mark.parametrize(
    "link",
    ["", "http://example.org", "//example.org", "?v=2", "javascript:alert(1)", "?v=1&x=<script>", "?v=1" + "&a=b" * 900],
)  # fmt: skip
def test_a_code_for_anything_else_is_refused_in_words(client: FlaskClient, link: str) -> None:
    reply = client.get("/qr.svg", query_string={"link": link})
    assert reply.status_code == 400
    assert reply.mimetype == "text/plain"
    assert "链接" in reply.get_data(as_text=True)
