"""What goes wrong is said in the language of the page: nothing of the Chinese sentence is left but what was typed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.said import joined, said
from viewer.i18n import spoken
from viewer.i18n.catalogue import SERVER, catalogue_path, forms, read_catalogue

_CHINESE = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]+")

WRONG_LINKS = [
    "x", "?v=3", "?v=2&view=a", "?v=2&box=1,2", "?v=2&layers=!", "?v=2&level=x", "?v=2&at=x", "?v=2&opacity=axis", "?v=2&lang=fr",
    "?v=2&plan=a&plan=b", "?v=2&odd=1", "?v=2&a.b=%00", "?v=2&box=5,5,1,1", "?v=2" + "&a.b=c" * 2000,
]  # fmt: skip
WRONG_LAYOUTS: list[Any] = [
    {"dpi": 1}, {"dpi": 10_000}, {"title": "t" * 99}, {"title": "<b>"}, {"paper": "A9"}, {"paper": "pixels"}, {"odd": 1},
    {"bbox": [1, 2, 3]}, {"bbox": [3, 2, 1, 4]}, {"plan": "none"}, {"features": ["none"]}, {"features": []},
    {"layers": ["none"]}, {"centre": [500, 3], "scale": 5000}, {"centre": [120.3, 36.1]}, {"bbox": [1, 2, 3, 4]}, {"width_px": 600},
    {"notes": "\x01"}, [1],
]  # fmt: skip
WRONG_SCENES: list[Any] = [
    {}, {"schema": "x"}, {"schema": "plan-atlas-scenes", "version": 99}, {"schema": "plan-atlas-scenes", "version": 1, "scenes": []},
    {"schema": "plan-atlas-scenes", "version": 1, "scenes": [7, {"caption": 1}, {"link": "x"}, {"link": "?v=2", "note": "n" * 9000}] * 3},
]  # fmt: skip


def check(sentence: str) -> None:
    assert sentence
    assert _CHINESE.findall(sentence) == []


@pytest.mark.parametrize("link", WRONG_LINKS)
def test_links(client: FlaskClient, link: str) -> None:
    for reply in (
        client.post("/links?lang=en", json={"link": link}),
        client.get("/qr.svg", query_string={"lang": "en", "link": link}),
        client.get("/scene.png", query_string={"lang": "en", "link": link}),
    ):
        assert reply.status_code == 400
        check(reply.text)


@pytest.mark.parametrize("layout", WRONG_LAYOUTS, ids=str)
def test_layouts(client: FlaskClient, layout: Any) -> None:
    reply = client.post("/layout?lang=en", data=json.dumps(layout))
    assert reply.status_code == 400
    check(reply.text)


def test_a_layout_that_is_no_json(client: FlaskClient) -> None:
    check(client.post("/layout?lang=en", data="{").text)
    check(client.post("/figure?lang=en", data='{"layers": ["bay"], "plan": "jimo", "levels": [3], "title": 1}').text)  # fmt: skip


@pytest.mark.parametrize("scenes", WRONG_SCENES, ids=lambda s: str(s)[:60])
def test_scenes(client: FlaskClient, scenes: Any) -> None:
    reply = client.post("/books?lang=en", json={"kind": "deck", "scenes": scenes})
    assert reply.status_code == 400
    check(reply.text)


@pytest.mark.parametrize(
    "query", ["plan=none", "layers=none", "level=9", "feature=none", "crs=none", "format=kml&crs=EPSG:4549", "plan=jimo&feature=shinan.fu-shan-wan-qu"]
)  # fmt: skip
def test_data(client: FlaskClient, query: str) -> None:
    reply = client.get(f"/data?lang=en&{query}")
    if reply.status_code == 400:
        check(reply.text)
    else:
        assert "feature=shinan" in query  # a feature that is there after all


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"<svg", b"<html>", b"PK\x03\x04"])  # fmt: skip
def test_files(client: FlaskClient, content: bytes) -> None:
    reply = client.post("/carried-view?lang=en", data=content, content_type="application/octet-stream")
    assert reply.status_code == 422
    check(reply.text)


@pytest.mark.parametrize("box", ["", "1,2", "5,5,1,1", "a,b,c,d"])
def test_boxes(client: FlaskClient, box: str) -> None:
    reply = client.get("/box.json", query_string={"lang": "en", "box": box})
    assert reply.status_code == 400
    check(reply.text)


def test_sentences_within_sentences_are_spoken_too(client: FlaskClient) -> None:
    sentence = said("{name}：{reason}", name=said("版式文件"), reason=joined([said("磁盘已满"), "x"], "；"))
    assert spoken(ValueError(sentence)) == "版式文件：磁盘已满；x"
    with client.application.test_request_context("/?lang=en"):
        assert spoken(ValueError(sentence)) == "The layout file: the disk is full; x"
        assert spoken(ValueError("别的")) == "别的"
        assert spoken(sentence) == spoken(ValueError(sentence))


def test_the_messages_of_layers_are_collected() -> None:
    known = {forms(m.id)[0] for m in read_catalogue(catalogue_path("en", SERVER), "en") if m.id}
    assert {"链接太长：{n} 个字符，最多 {most} 个", "没有要素「{feature}」", "磁盘已满"} <= known
