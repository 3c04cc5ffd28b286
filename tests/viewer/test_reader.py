"""The plans as HTML to read: complete, marked, and escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from layers.records import Block
from layers.segments import Segment
from layers.store import Store
from viewer.reader import reader_html

PLANS = ["qingdao", "chengyang", "jimo", "licang", "shinan"]


@pytest.mark.parametrize("plan", PLANS)
def test_every_block_is_there_word_for_word(store: Store, plan: str) -> None:
    page = reader_html(store, plan)
    text = "".join(unescape(re.sub(r"<[^>]*>", "", page)).split())
    at = 0
    for block in store.blocks(plan):
        wanted = "".join("".join(s[0] for s in block.segments).split())
        at = text.find(wanted, at)
        assert at >= 0, wanted[:60]
        at += len(wanted)


@pytest.mark.parametrize("plan", PLANS)
def test_every_mention_is_a_link_to_its_feature(store: Store, plan: str) -> None:
    links = re.findall(
        r'<(?:a href="#"|span role="link" tabindex="0") class="m c-(\w+)" data-feature="([^"]+)" data-start="(\d+)"',
        reader_html(store, plan),
    )
    told = {(feature, int(start)) for _, feature, start in links}
    assert told == {
        (f.id, e.start) for f in store.features.values() for e in store.evidence(f.id) if e.plan == plan
    }
    assert len(links) > 100
    assert all(store.features[feature].category == category for category, feature, _ in links)


@pytest.mark.parametrize("plan", PLANS)
def test_ids_are_used_once(store: Store, plan: str) -> None:
    ids = re.findall(r' id="(b\d+)"', reader_html(store, plan))
    assert len(ids) == len(set(ids))


def test_what_the_city_file_lacks_is_said(store: Store) -> None:
    missing = store.plans["qingdao"].missing
    assert missing
    page = unescape(reader_html(store, "qingdao"))
    assert all(sentence in page for sentence in missing)


def test_plan_text_is_escaped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    feature = next(iter(store.features))
    hostile = "<script>alert('x')</script>&"
    blocks = [
        Block("shinan", i, "p", kind, 1, None, 1, i, (Segment(hostile), Segment(hostile, feature, 7)))
        for i, kind in enumerate(["heading", "paragraph", "table", "footnote"])
    ]
    monkeypatch.setattr(store, "blocks", lambda plan: blocks)
    page = reader_html(store, "shinan")
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 8


def test_a_link_never_stands_within_a_link(store: Store) -> None:
    for plan in PLANS:
        page = reader_html(store, plan)
        assert re.search(r"<a [^>]*>[^<]*<(?:a|span)", page) is None
        assert re.search(r'<span role="link"[^>]*>[^<]*<a ', page)


def test_mentions_within_one_another_say_their_names(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = list(store.features)[:2]
    hostile = '"><script>'
    inner = Segment("带", one, 8), Segment("保护")
    blocks = [Block("shinan", 0, "p", "paragraph", 1, None, 1, 0, (Segment("带保护", other, 8, inner),))]
    monkeypatch.setattr(store, "blocks", lambda plan: blocks)
    named = {**store.features, one: replace(store.features[one], name=hostile)}
    monkeypatch.setattr(store, "features", named)
    page = reader_html(store, "shinan")
    assert "<script" not in page
    assert re.findall(r'data-name="([^"]*)"', page) == [store.features[other].name, "&#34;&gt;&lt;script&gt;"]
