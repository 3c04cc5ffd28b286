"""The callback of a choice, asked as the page asks it."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from tests.viewer.conftest import Find
from viewer import ids


def choose(client: FlaskClient, value: object) -> dict[str, Any]:
    """What the callback of the chosen feature sets, by component id."""
    callbacks = client.get("/_dash-dependencies").get_json()
    (callback,) = [c for c in callbacks if c["inputs"] == [{"id": ids.SELECTED, "property": "data-said"}]]
    outputs = [part.rsplit(".", 1) for part in callback["output"].strip(".").split("...")]
    answer = client.post(
        "/_dash-update-component",
        json={
            "output": callback["output"],
            "outputs": [{"id": i, "property": p} for i, p in outputs],
            "inputs": [{"id": ids.SELECTED, "property": "data-said", "value": json.dumps(value)}],
            "changedPropIds": [f"{ids.SELECTED}.data-said"],
            "state": [{**s, "value": None} for s in callback.get("state", [])],
        },
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["response"]


def test_a_choice_comes_as_its_highlight(client: FlaskClient, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    answer = choose(client, {"id": axis.id, "fly": False, "at": 1})
    assert {f["properties"]["id"] for f in answer[ids.HIGHLIGHT]["data"]["features"]} == {axis.id}
    assert ids.MAP not in answer, "a click on the map does not move it"


def test_a_choice_from_a_list_moves_the_map(client: FlaskClient, find: Find) -> None:
    answer = choose(client, {"id": find("青烟城镇发展轴").id, "fly": True, "at": 1})
    assert answer[ids.MAP]["viewport"]["bounds"]


def test_an_unplaced_choice_leaves_the_map_and_empties_the_highlight(client: FlaskClient, find: Find) -> None:
    answer = choose(client, {"id": find("山东半岛城市群").id, "fly": True, "at": 1})
    assert answer[ids.HIGHLIGHT]["data"]["features"] == []
    assert ids.MAP not in answer


def test_an_unknown_choice_empties_the_highlight(client: FlaskClient) -> None:
    for value in ({"id": "no.such", "fly": True}, {"id": None}, {"fly": True}, None, ["id"], "id"):
        assert choose(client, value)[ids.HIGHLIGHT]["data"]["features"] == []


def test_the_panel_comes_by_url(client: FlaskClient, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    answer = client.get(f"/panel/{axis.id}")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert f"{axis.name}</h1>" in answer.get_data(as_text=True)
    again = client.get(f"/panel/{axis.id}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_panel_of_no_feature_is_a_sentence(client: FlaskClient) -> None:
    answer = client.get("/panel/<script>no.such")
    assert answer.status_code == 404
    assert "没有这个要素" in answer.get_data(as_text=True)
    assert "<script>" not in answer.get_data(as_text=True)


def test_the_panel_of_no_choice_says_what_to_do(client: FlaskClient) -> None:
    assert "点选地图" in client.get("/panel/-").get_data(as_text=True)
