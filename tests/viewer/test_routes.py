"""Answers by URL: their media type, version mark, size and bytes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from layers.store import Store
from layers.styles import Styles
from viewer.settings import Settings

GOOD = [
    "/layers/axis.geojson",
    "/layers/bay.geojson",
    "/base/land.geojson",
    "/base/districts.geojson",
    "/read/shinan",
]
BAD = ["/layers/nothing.geojson", "/base/sky.geojson", "/read/beijing"]


@pytest.mark.parametrize("path", GOOD)
def test_media_type(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    wanted = "text/html" if path.startswith("/read") else "application/geo+json"
    assert answer.mimetype == wanted


@pytest.mark.parametrize("path", GOOD)
def test_a_kept_copy_is_not_sent_again(client: FlaskClient, path: str) -> None:
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"older"'}).status_code == 200


@pytest.mark.parametrize("path", GOOD)
def test_gzip_holds_the_same_bytes(client: FlaskClient, path: str) -> None:
    plain = client.get(path).data
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain)
    assert gzip.decompress(packed.data) == plain


def test_a_kept_gzip_copy_is_not_sent_again(client: FlaskClient) -> None:
    accept = {"Accept-Encoding": "gzip"}
    etag = client.get(GOOD[0], headers=accept).headers["ETag"]
    assert client.get(GOOD[0], headers={**accept, "If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", GOOD)
def test_bytes_are_equal_on_a_second_call(client: FlaskClient, path: str) -> None:
    assert client.get(path).data == client.get(path).data


@pytest.mark.parametrize("path", BAD)
def test_unknown_names_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_layers_hold_every_placed_feature_once(client: FlaskClient, store: Store, styles: Styles) -> None:
    drawn: set[str] = set()
    for category in styles.categories:
        answer = client.get(f"/layers/{category}.geojson")
        if answer.status_code == 404:
            continue
        for feature in json.loads(answer.data)["features"]:
            properties = feature["properties"]
            drawn |= {t["id"] for t in properties.get("together", [properties])}
    assert drawn == {f.id for f in store.features.values() if f.bbox}


def test_layers_without_a_feature_are_empty_not_missing(
    client: FlaskClient, store: Store, styles: Styles
) -> None:
    """The page asks for every layer of the style table; an answer of 404 would be an error on its console."""
    assert {c: client.get(f"/layers/{c}.geojson").status_code for c in styles.categories} == dict.fromkeys(
        styles.categories, 200
    )


def test_two_applications_in_one_process(store_path: Path) -> None:
    settings = Settings(store=store_path)
    answers = []
    for app in (create_app(settings), create_app(settings)):
        client = app.server.test_client()
        assert client.get("/").mimetype == "text/html"
        callbacks = client.get("/_dash-dependencies").get_json()
        answers.append((len(callbacks), client.get("/_dash-layout").data, client.get(GOOD[0]).data))
    assert answers[0] == answers[1]
    assert answers[0][0] >= 2


def test_the_page_speaks_chinese_and_names_no_other_host(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert '<html lang="zh-CN">' in page
    assert "http://" not in page
    assert "https://" not in page
