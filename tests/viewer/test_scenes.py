"""Ready scenes and the presenter's page by URL."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from layers.scene_sets import SCHEMA, VERSION
from layers.store import Store


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
    script = client.get(re.findall(r'src="(/kept/[^"]+\.js)"', page)[0]).get_data(as_text=True)
    assert "9-stage.js" in script
    assert "presenter.js */" not in script
