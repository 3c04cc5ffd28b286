"""The facet table and the box by HTTP."""

from __future__ import annotations

from flask.testing import FlaskClient

from layers.store import Store


def test_the_facet_table_holds_every_feature(client: FlaskClient, store: Store) -> None:
    answer = client.get("/facets.json")
    assert answer.mimetype == "application/json"
    assert set(answer.json) == set(store.features)
    assert client.get("/facets.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_box_gives_ids_and_its_list_the_sentences(client: FlaskClient, store: Store) -> None:
    ids = client.get("/box.json?at=120.3,36.2,120.5,36.3").json
    assert ids
    assert set(ids) <= set(store.features)
    html = client.post("/box", json=ids).text
    assert f"框内 {len(ids)} 个要素" in html
    assert "data-read-start" in html


def test_what_cannot_be_is_refused_in_words(client: FlaskClient) -> None:
    assert client.get("/box.json?at=nonsense").status_code == 400
    assert client.post("/box", json={"ids": 1}).status_code == 400
    assert client.post("/box", data="not json").status_code == 400
    assert client.post("/box", data=b"x" * 300_000).status_code == 413
    assert "没有显示中的要素" in client.post("/box", json=["<script>", 3, None]).text
