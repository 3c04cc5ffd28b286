"""Which language an answer is in: the link, the cookie, the request's own word; and that no cache mixes them."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from layers.store import Store
from tests.viewer.conftest import Find
from viewer.i18n import DEFAULT, LANGUAGES, N_, PLAN_WORDS, _, _n, language, phrase, phrase_n

CHINESE_COOKIE = {"Cookie": "plan_atlas_lang=zh"}
ENGLISH_COOKIE = {"Cookie": "plan_atlas_lang=en"}


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    """A client that sends the cookies of the test and no other."""
    return client.application.test_client(use_cookies=False)


def lang_of(client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> str:
    found = re.search(r'<html lang="([^"]*)">', client.get(path, headers=headers or {}).text)
    assert found
    return found[1]


def test_a_document_follows_its_link_then_the_last_choice_then_chinese(client: FlaskClient) -> None:
    for path in ("/", "/presenter"):
        assert lang_of(client, path) == "zh-CN"
        assert lang_of(client, path, ENGLISH_COOKIE) == "en"
        assert lang_of(client, f"{path}?lang=en", CHINESE_COOKIE) == "en"
        assert lang_of(client, f"{path}?lang=zh", ENGLISH_COOKIE) == "zh-CN"
        assert lang_of(client, f"{path}?lang=%3Cscript%3E") == "zh-CN"
        assert lang_of(client, path, {"Cookie": "plan_atlas_lang=xx"}) == "zh-CN"
        assert "Cookie" in client.get(path).headers["Vary"]


def test_only_documents_follow_the_cookie(client: FlaskClient, find: Find) -> None:
    """A window in Chinese stays so while another window chooses English."""
    path = f"/panel/{find('胶州湾').id}"
    assert "原文出处" in client.get(path, headers=ENGLISH_COOKIE).text
    assert "Evidence" in client.get(f"{path}?lang=en", headers=CHINESE_COOKIE).text


def test_chinese_documents_carry_no_messages(client: FlaskClient) -> None:
    chinese, english = client.get("/").text, client.get("/?lang=en").text
    assert 'id="messages"' not in chinese
    assert "languages.css" not in chinese
    found = re.search(r'<script id="messages" type="application/json">(.*?)</script>', english, re.DOTALL)
    assert found
    messages = json.loads(found[1])
    assert messages["复制引文"] == "Copy citation"
    assert messages["{n} 个要素"] == ["{n} feature", "{n} features"]
    assert english.index('id="messages"') < english.index("<script src=")


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/panel/-", "点选地图上的任一图形", "Click any shape"),
        ("/panel/no-such", "没有这个要素", "There is no such feature"),
        ("/read/qingdao", "原文缺损说明", "Gaps in the source text"),
        ("/structures/page", "提法示意，不表示位置和大小", "Diagram of the formula"),
        ("/crossplan/page", "同一要素，各规划怎么说", "One feature, what each plan says"),
        ("/selection/none", "都未落图", "Neither the chosen feature"),
        ("/data?format=dwg", "没有数据格式", "There is no data format"),
        ("/_dash-layout", "图层", "Layers"),
        ("/presenter", "重新计时", "Reset timer"),
    ],
)
def test_fragments_come_in_the_language_asked_for(
    client: FlaskClient, path: str, chinese: str, english: str
) -> None:
    in_english = path + ("&" if "?" in path else "?") + "lang=en"
    for _again in range(2):  # whichever was made first is not given to the other
        assert chinese in _read(client, path)
        assert english in _read(client, in_english)
        assert chinese not in _read(client, in_english)


def _read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    return json.dumps(answer.json, ensure_ascii=False) if answer.is_json else answer.text


def test_plan_text_stays_chinese_and_is_marked_so(client: FlaskClient, find: Find) -> None:
    page = client.get(f"/panel/{find('胶州湾').id}?lang=en").text
    assert re.search(r'<h1 lang="zh-CN">.*?胶州湾</h1>', page)
    assert client.get("/read/shinan?lang=en").text.count("市南区") == client.get("/read/shinan").text.count(
        "市南区"
    )


@pytest.mark.parametrize("path", ["/panel/-", "/read/shinan", "/structures/page", "/presenter"])
def test_a_cached_answer_is_never_of_the_other_language(client: FlaskClient, path: str) -> None:
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    other = client.get(f"{path}?lang=en", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag


def test_layers_are_named_in_both_languages(client: FlaskClient, store: Store) -> None:
    layout = _read(client, "/_dash-layout?lang=en")
    assert "Spatial structure" in layout
    assert "空间结构" not in layout
    for plan in store.plans.values():
        assert plan.district in layout


def test_messages_outside_of_a_request_are_chinese() -> None:
    assert language() == DEFAULT
    assert _("第 {line} 行", line=3) == "第 3 行"
    assert _n("{n} 个要素", 1) == "1 个要素"
    assert N_("规划") == "规划"
    assert phrase("属于 {parent}", parent=1) == ["属于 ", 1]
    assert LANGUAGES["zh"] == PLAN_WORDS["lang"]


def test_english_counts_and_puts_parts_in_place(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=en"):
        assert _("第 {line} 行", line=3) == "line 3"
        assert [_n("框内 {n} 个要素", n) for n in (0, 1, 2)] == [
            "0 features in the box",
            "1 feature in the box",
            "2 features in the box",
        ]
        assert phrase("属于 {parent}", parent=1) == ["Part of ", 1]
        assert phrase_n("提到 {n} 个：{names}", 2, names=["x"]) == ["Names ", "2", ": ", ["x"]]
        assert _("没有收录的话") == "没有收录的话"
