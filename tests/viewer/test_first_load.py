"""What the document brings before the first map: each script once, in order, kept by the browser, and no data lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.map_layers import layer_collection
from layers.store import Store
from layers.styles import Styles
from viewer.bundles import bundled_files, script_bundle, style_bundle
from viewer.kept_answers import FOR_GOOD, KeptAnswers, PackedOnce
from viewer.opening_map import split
from viewer.settings import ROOT

ASSETS = ROOT / "assets"


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> str:
    return client.get("/").get_data(as_text=True)


def scripts(document: str) -> list[str]:
    return re.findall(r'<script src="([^"]+)"', document)


def kept(document: str, suffix: str) -> str:
    (url,) = re.findall(rf'(?:src|href)="(/kept/[^"]+\.{suffix})"', document)
    return str(url)


def test_one_script_and_one_style_sheet_of_our_own(document: str) -> None:
    own = [url for url in scripts(document) if not url.startswith("/_dash-component-suites/")]
    assert own == [kept(document, "js")]
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', document) == [kept(document, "css")]


def test_the_bundle_runs_after_the_components_and_before_the_renderer(document: str) -> None:
    urls = scripts(document)
    at = urls.index(kept(document, "js"))
    leaflet, renderer = (
        next(i for i, u in enumerate(urls) if n in u) for n in ("dash_leaflet", "dash_renderer")
    )
    assert leaflet < at < renderer


@pytest.mark.parametrize("suffix", ["js", "css"])
def test_the_bundle_holds_every_file_once_in_order(client: FlaskClient, document: str, suffix: str) -> None:
    bundle = client.get(kept(document, suffix)).get_data(as_text=True)
    places = []
    for name in sorted(p.name for p in ASSETS.glob(f"*.{suffix}")):
        if name.startswith(("presenter.", "languages.")):
            assert f"/* {name} */" not in bundle
            continue
        text = (ASSETS / name).read_text(encoding="utf-8")
        assert bundle.count(text) == 1, name
        places.append(bundle.index(text))
    assert len(places) > 3
    assert places == sorted(places)


def test_the_rules_that_follow_from_data_come_last(client: FlaskClient, document: str) -> None:
    assert client.get(kept(document, "css")).data.endswith(client.get("/layers.css").data)


def test_a_script_that_ends_in_a_comment_does_not_swallow_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("(function () {})() // no semicolon, no line end", encoding="utf-8")
    (tmp_path / "b.js").write_text("(function () {})()", encoding="utf-8")
    lines = script_bundle(bundled_files(tmp_path, "js")).decode().splitlines()
    assert lines.index("(function () {})() // no semicolon, no line end") + 1 == lines.index(";")
    assert "(function () {})()" in lines


def test_the_url_changes_with_the_content_and_only_with_it(tmp_path: Path) -> None:
    answers = KeptAnswers(Flask("kept"))
    (tmp_path / "a.css").write_text("a {}", encoding="utf-8")
    first = answers.keep("x", "css", style_bundle(bundled_files(tmp_path, "css"), ""), "text/css")
    assert answers.keep("x", "css", style_bundle(bundled_files(tmp_path, "css"), ""), "text/css") == first
    (tmp_path / "a.css").write_text("a { }", encoding="utf-8")
    assert answers.keep("x", "css", style_bundle(bundled_files(tmp_path, "css"), ""), "text/css") != first


def test_what_names_its_content_is_kept_for_good(client: FlaskClient, document: str) -> None:
    urls = set(re.findall(r'"(/kept/[^"]+)"', document))
    assert len(urls) == 4
    for url in urls:
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_GOOD)
        again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert "Content-Security-Policy" in answer.headers


def test_an_older_version_is_not_answered_with_a_newer(client: FlaskClient) -> None:
    assert client.get("/kept/atlas-0000000000000000.js").status_code == 404


def test_the_document_itself_is_never_kept_for_good(client: FlaskClient) -> None:
    assert "max-age" not in client.get("/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_packed_answers_are_the_same_each_time(client: FlaskClient, document: str, coding: str) -> None:
    accept = {"Accept-Encoding": coding}
    once, again = (client.get(kept(document, "js"), headers=accept) for _ in range(2))
    assert once.headers["Content-Encoding"] == again.headers["Content-Encoding"] == coding
    assert once.data == again.data
    other = client.get(kept(document, "css"), headers=accept)
    assert other.data != once.data


def test_changing_answers_are_packed_each_time(client: FlaskClient) -> None:
    accept = {"Accept-Encoding": "gzip"}
    one, other = (client.get(f"/search?q={q}", headers=accept).data for q in ("胶州湾", "崂山"))
    assert one != other


def test_packed_answers_do_not_pile_up() -> None:
    packed = PackedOnce()
    packed.set("gzip;", b"changing")
    assert packed.get("gzip;") is None
    for number in range(1000):
        packed.set(f"gzip;/{number}", b"x")
    assert packed.get("gzip;/0") is None
    assert packed.get("gzip;/999") == b"x"
    assert len(packed._packed) < 100


def test_the_two_answers_hold_each_layer_as_its_own_url_gives_it(store: Store, styles: Styles) -> None:
    first, rest = split(store, styles)
    assert set(rest) <= set(styles.categories)
    for category in styles.categories:
        whole = list(first[f"/layers/{category}.geojson"]["features"])
        later = rest.get(category, {"at": [], "features": []})
        assert later["at"] == sorted(set(later["at"]))
        for place, feature in zip(later["at"], later["features"], strict=True):
            whole.insert(place, feature)
        assert whole == layer_collection(store, category)["features"]


def test_the_first_answer_is_what_the_opening_view_shows(store: Store, styles: Styles) -> None:
    first, _ = split(store, styles)
    for category, style in styles.categories.items():
        levels = {f["properties"]["level"] for f in first[f"/layers/{category}.geojson"]["features"]}
        assert levels <= ({1} if style.shown else set())


def test_early_requests_are_those_the_page_makes(client: FlaskClient, document: str, styles: Styles) -> None:
    early = re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)"', document)
    assert early[1:] == ["/_dash-layout", "/_dash-dependencies"]
    paths = set(re.findall(r'data-paths="([^"]+)"', document)[0].split())
    assert paths == set(json.loads(client.get(early[0]).data))
    english = client.get("/?lang=en").get_data(as_text=True)
    assert 'href="/_dash-layout?lang=en"' in english
    for url in re.findall(r'as="script" href="([^"]+)"', document):
        assert client.get(url).status_code == 200


def test_tables_come_with_their_page(document: str, client: FlaskClient) -> None:
    assert not [url for url in scripts(document) if "dash_ag_grid" in url]
    (page, url) = re.findall(
        r'<template data-later="([^"]+)" data-src="([^"]+dash_ag_grid[^"]+)">', document
    )[0]
    assert page == "projects"
    assert client.get(url).mimetype in ("application/javascript", "text/javascript")
