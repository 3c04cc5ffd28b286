"""/books: slides and pages of a plan or of one's own scenes, made while they are asked about, cancelled, fetched."""

from __future__ import annotations

import io
import time
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from pptx import Presentation
from pypdf import PdfReader

SCENES = {
    "schema": "plan-atlas-scenes", "version": 1, "title": "我的",
    "scenes": [{"caption": "甲", "note": "讲稿", "link": "?v=2&layers=bay&box=120.3,36.03,120.45,36.12"}],
}  # fmt: skip


def finished(client: FlaskClient, wanted: dict[str, Any]) -> tuple[bytes, str, str]:
    """Content, media type and file name of what is asked for."""
    answer = client.post("/books", json=wanted)
    assert answer.status_code == 202
    told = answer.json
    until = time.monotonic() + 120
    while told["state"] in ("waiting", "working"):
        assert time.monotonic() < until
        time.sleep(0.02)
        told = client.get(f"/jobs/{told['id']}").json
        assert 0 <= told["share"] <= 1
    assert told["state"] == "done", told["words"]
    file = client.get(f"/jobs/{told['id']}/file")
    assert client.get(f"/jobs/{told['id']}").status_code == 404
    return file.data, file.mimetype, unquote(file.headers["Content-Disposition"].split("''")[1])


def test_a_deck_of_own_scenes(client: FlaskClient) -> None:
    content, media_type, name = finished(client, {"kind": "deck", "scenes": SCENES})
    assert name == "我的汇报.pptx"
    assert media_type.endswith("presentationml.presentation")
    titles = [s.shapes.title.text_frame.text for s in Presentation(io.BytesIO(content)).slides]
    assert titles == ["我的", "甲", "资料来源"]


def test_a_handout_of_own_scenes_opens_them_on_this_server(client: FlaskClient) -> None:
    content, media_type, name = finished(client, {"kind": "handout", "scenes": SCENES, "per_page": 1})
    assert (name, media_type) == ("我的讲义.pdf", "application/pdf")
    page = PdfReader(io.BytesIO(content)).pages[0]
    (link,) = page["/Annots"]
    assert link.get_object()["/A"]["/URI"].startswith("http://localhost/?v=2&layers=bay")
    assert "讲稿" in page.extract_text()


def test_a_name_of_a_file_has_no_path(client: FlaskClient) -> None:
    name = finished(client, {"kind": "deck", "scenes": {**SCENES, "title": "../a/b"}})[2]
    assert "/" not in name


@pytest.mark.parametrize("kind", ["deck", "handout", "atlas"])
def test_cancelling_ends_it_soon(client: FlaskClient, kind: str) -> None:
    job = client.post("/books", json={"kind": kind, "plan": "shinan", "by": ""}).json
    until = time.monotonic() + 60
    while client.get(f"/jobs/{job['id']}").json["share"] == 0:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert client.delete(f"/jobs/{job['id']}").status_code == 204
    assert client.get(f"/jobs/{job['id']}").status_code == 404
    finished(client, {"kind": "deck", "scenes": SCENES})  # the worker is free
