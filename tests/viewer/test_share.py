"""Sharing by URL: QR codes, short ids, the view a file carries; every wrong request is one sentence."""

from __future__ import annotations

import io
import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from werkzeug.test import TestResponse

from layers import kept_links
from layers.carried_words import carried_words
from layers.kept_links import FILE
from layers.store import Store
from layers.view_link import LONGEST, SHORT, ViewState, encode_link
from viewer.share import qr_svg

LINK = "?v=2&layers=bay&only=shinan.fu-shan-wan-qu&box=120.20000,36.00000,120.40000,36.10000"
LONG = encode_link(ViewState(only=tuple(f"shinan.feature-{n}" for n in range(200))))


def sentence(reply: TestResponse) -> str:
    text = reply.get_data(as_text=True)
    assert reply.mimetype == "text/plain"
    assert "\n" not in text
    return text


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


def test_the_code_of_a_long_link_holds_its_short_one(client: FlaskClient) -> None:
    assert len(LONG) > SHORT
    client.post("/links", json={"link": LONG})
    reply = client.get("/qr.svg", query_string={"link": LONG})
    assert reply.data == qr_svg(f"http://localhost/s/{kept_links.link_id(LONG)}")


@pytest.mark.parametrize(
    "link",
    ["", "http://example.org", "//example.org", "?v=3", "javascript:alert(1)", "?v=1&x=<script>", "?v=2" + "&a.b=c" * 2000],
)  # fmt: skip
def test_a_code_for_anything_else_is_refused_in_words(client: FlaskClient, link: str) -> None:
    reply = client.get("/qr.svg", query_string={"link": link})
    assert reply.status_code == 400
    assert "链接" in sentence(reply)


def test_a_short_link_stays_as_it_is(client: FlaskClient) -> None:
    assert client.post("/links", json={"link": LINK}).get_json() == {"path": LINK}


def test_a_long_link_is_kept_beside_the_store_and_opens_again(client: FlaskClient, store: Store) -> None:
    path = client.post("/links", json={"link": LONG}).get_json()["path"]
    assert path == f"s/{kept_links.link_id(LONG)}"
    assert store.path.with_name(FILE).is_file()
    reply = client.get("/" + path)
    assert (reply.status_code, reply.headers["Location"]) == (302, "/" + LONG)
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("key", ["aaaaaaaaaaaa", "a", "<b>x</b>", "%00", "..%2f..%2fetc", "湾"])
def test_an_unknown_id_has_a_page_of_its_own(client: FlaskClient, key: str) -> None:
    reply = client.get(f"/s/{quote(key, safe='%')}")
    assert reply.status_code == 404
    page = reply.get_data(as_text=True)
    assert "没有找到" in page
    assert 'href="/"' in page
    assert "<b>x" not in page


def test_the_page_of_an_unknown_id_speaks_english(client: FlaskClient) -> None:
    page = client.get("/s/aaaaaaaaaaaa?lang=en").get_data(as_text=True)
    assert '<html lang="en">' in page


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"no json", 400),
        (b"[]", 400),
        (b'{"link": 3}', 400),
        (json.dumps({"link": "https://example.org"}).encode(), 400),
        (json.dumps({"link": "?v=2&unknown=1"}).encode(), 400),
        (json.dumps({"link": "?v=2&only=" + "a" * LONGEST}).encode(), 400),
        (json.dumps({"link": "?v=2&only=" + "a" * 3 * LONGEST}).encode(), 413),
    ],
)
def test_what_is_no_link_is_not_kept(client: FlaskClient, body: bytes, status: int) -> None:
    reply = client.post("/links", data=body, content_type="application/json")
    assert reply.status_code == status
    assert "链接" in sentence(reply)


UNSEEN = encode_link(ViewState(only=tuple(f"shinan.unseen-{n}" for n in range(200))))


def is_kept(store: Store, link: str) -> bool:
    return kept_links.KeptLinks(store.path.with_name(FILE)).find(kept_links.link_id(link)) is not None


def test_a_code_keeps_no_link(client: FlaskClient, store: Store) -> None:
    reply = client.get("/qr.svg", query_string={"link": UNSEEN})
    assert reply.status_code == 404
    assert "短链接" in sentence(reply)
    assert not is_kept(store, UNSEEN)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_have_links_kept(client: FlaskClient, store: Store, site: str) -> None:
    reply = client.post("/links", json={"link": UNSEEN}, headers={"Sec-Fetch-Site": site})
    assert reply.status_code == 403
    assert sentence(reply)
    assert not is_kept(store, UNSEEN)
    for media_type in ("text/plain", "application/x-www-form-urlencoded"):
        assert client.post("/links", data=b"{}", content_type=media_type).status_code == 415


def test_another_site_cannot_have_books_made(client: FlaskClient) -> None:
    wanted = {"kind": "deck", "plan": "shinan"}
    assert client.post("/books", json=wanted, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def figure(link: str, version: str) -> bytes:
    told = PngInfo()
    told.add_itxt("Description", carried_words(link, version, "规划文本：甲"))
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def post(client: FlaskClient, content: bytes) -> TestResponse:
    return client.post("/carried-view", data=content, content_type="application/octet-stream")


def test_a_file_gives_back_its_view_and_whether_the_data_are_the_same(
    client: FlaskClient, store: Store
) -> None:
    assert post(client, figure("/" + LINK, store.version)).get_json() == {
        "link": LINK, "version": store.version, "same": True,
    }  # fmt: skip
    assert post(client, figure("/" + LINK, "0123456789ab")).get_json()["same"] is False


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"PK\x03\x04", b"<svg"]
)
def test_a_file_without_a_view_is_said_in_words(client: FlaskClient, content: bytes) -> None:
    reply = post(client, content)
    assert reply.status_code == 422
    assert sentence(reply)


def test_a_file_is_bounded_in_size_and_sent_as_bytes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viewer.share.LARGEST", 100)
    assert post(client, b"x" * 101).status_code == 413
    assert client.post("/carried-view", data=b"x", content_type="text/plain").status_code == 415


def test_the_server_says_what_it_is(client: FlaskClient, store: Store) -> None:
    assert client.get("/about.json").get_json() == {"application": "plan-atlas", "version": store.version}
