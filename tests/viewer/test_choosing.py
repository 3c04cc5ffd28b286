"""The callback of a choice, asked as the page asks it."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.viewer.conftest import Find
from viewer import ids


def choose(client: FlaskClient, value: object) -> dict[str, Any]:
    """What the callback of the chosen feature sets, by component id."""
    callbacks = client.get("/_dash-dependencies").get_json()
    (callback,) = [c for c in callbacks if c["inputs"] == [{"id": ids.SELECTED, "property": "data"}]]
    outputs = [part.rsplit(".", 1) for part in callback["output"].strip(".").split("...")]
    answer = client.post(
        "/_dash-update-component",
        json={
            "output": callback["output"],
            "outputs": [{"id": i, "property": p} for i, p in outputs],
            "inputs": [{"id": ids.SELECTED, "property": "data", "value": value}],
            "changedPropIds": [f"{ids.SELECTED}.data"],
            "state": [{**s, "value": None} for s in callback.get("state", [])],
        },
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["response"]


def test_a_choice_fills_the_panel_and_the_highlight(client: FlaskClient, find: Find) -> None:
    axis = find("青烟城镇发展轴")
    answer = choose(client, {"id": axis.id, "fly": False, "at": 1})
    assert axis.name in str(answer[ids.PANEL]["children"])
    assert {f["properties"]["id"] for f in answer[ids.HIGHLIGHT]["data"]["features"]} == {axis.id}
    assert ids.MAP not in answer, "a click on the map does not move it"


def test_a_choice_from_a_list_moves_the_map(client: FlaskClient, find: Find) -> None:
    answer = choose(client, {"id": find("青烟城镇发展轴").id, "fly": True, "at": 1})
    assert answer[ids.MAP]["viewport"]["bounds"]


def test_an_unplaced_choice_leaves_the_map_and_empties_the_highlight(client: FlaskClient, find: Find) -> None:
    answer = choose(client, {"id": find("山东半岛城市群").id, "fly": True, "at": 1})
    assert answer[ids.HIGHLIGHT]["data"]["features"] == []
    assert ids.MAP not in answer


def test_an_unknown_choice_is_a_sentence(client: FlaskClient) -> None:
    for value in ({"id": "no.such", "fly": True}, {"id": None}, {"fly": True}):
        assert "没有这个要素" in str(choose(client, value)[ids.PANEL]["children"])


def test_no_choice_is_the_empty_panel(client: FlaskClient) -> None:
    assert "点选地图" in str(choose(client, None)[ids.PANEL]["children"])
