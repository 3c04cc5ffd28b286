"""The deck as python-pptx reads it back: titles, the plan's words, pictures, tables, notes, what the file says of itself."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation

from layers.deck import build_deck
from layers.deck.plan_deck import with_few_members
from layers.deck.project_slides import deck_projects
from layers.deck.words import CUT, quoted, shortened
from layers.render import MapSource
from layers.scene_sets import SceneSet, build_scene_set
from layers.store import Store
from layers.styles import read_styles
from tests.conftest import DATA

PLAN = "shinan"


@pytest.fixture(scope="module")
def source(store: Store) -> MapSource:
    return MapSource(store, read_styles(DATA / "layers.yaml"))


@pytest.fixture(scope="module")
def scenes(source: MapSource) -> SceneSet:
    """The opening, the first structure with its first members, and one layer."""
    every = build_scene_set(source.store, source.styles, PLAN)
    layer = next(s for s in every.scenes if s.chapter == "产业集群")
    return replace(every, scenes=(*every.scenes[:4], layer))


@pytest.fixture(scope="module")
def content(source: MapSource, scenes: SceneSet) -> bytes:
    return build_deck(source, scenes, dpi=150)


@pytest.fixture(scope="module")
def show(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def pictures(slide: Any) -> list[Any]:
    return [s for s in slide.shapes if s.name == "地图"]


def words(slide: Any) -> str:
    return "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_slides_and_titles(show: Any, scenes: SceneSet, store: Store) -> None:
    tables = -(-len(deck_projects(store, PLAN).rows) // 8)
    titles = [s.shapes.title.text_frame.text for s in show.slides]
    assert len(titles) == 1 + len(scenes.scenes) + tables + 1
    assert titles[:4] == ["市南区「十四五」规划空间布局", "市南区", "三湾一带", "浮山湾区"]
    assert titles[5].startswith("产业集群：")
    assert titles[-2:] == [f"重点项目（{tables}/{tables}）", "资料来源"]
    assert len(set(titles)) == len(titles)


def test_the_sentence_is_in_the_notes_and_on_the_slide(show: Any, store: Store) -> None:
    slide = show.slides[3]
    notes = slide.notes_slide.notes_text_frame.text
    said = next(e for e in store.evidence("shinan.fu-shan-wan-qu") if e.plan == PLAN and quoted(e) in notes)
    assert said.line == 507
    assert any(f"「{shortened(said, most)}」" in words(slide) for most in (140, 110, 85))
    assert f"第 {said.line} 行" in words(slide)
    assert "视图：/?v=2" in notes


def test_a_layer_brings_a_sentence_for_each_feature(show: Any, store: Store) -> None:
    notes = show.slides[5].notes_slide.notes_text_frame.text
    parks = [
        f for f in store.features.values() if f.category == "industrial_park" and PLAN in f.plans and f.bbox
    ]
    shown = [f for f in parks if f.level <= 2]
    assert shown
    for feature in shown:
        assert any(quoted(e) in notes for e in store.evidence(feature.id) if e.plan == PLAN)


def test_maps_are_crisp_and_described(show: Any, scenes: SceneSet) -> None:
    for slide in list(show.slides)[1 : 1 + len(scenes.scenes)]:
        (picture,) = pictures(slide)
        alt = picture._element.nvPicPr.cNvPr.get("descr")
        assert slide.shapes.title.text_frame.text[:2] in alt
        assert "比例尺 1:" in alt
        image = Image.open(io.BytesIO(picture.image.blob))
        assert image.width / (picture.width / 914400) >= 148
        assert len(image.convert("RGB").resize((200, 140)).getcolors(40000) or []) > 20


def test_the_camera_stays_while_one_thing_is_added(show: Any) -> None:
    first, second = (pictures(show.slides[i])[0] for i in (2, 3))
    assert (first.width, first.height) == (second.width, second.height)
    scales = [p._element.nvPicPr.cNvPr.get("descr").rsplit("比例尺", 1)[1] for p in (first, second)]
    assert scales[0] == scales[1]


def test_everything_stands_on_the_slide(show: Any) -> None:
    for slide in show.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= show.slide_width
            assert shape.top + shape.height <= show.slide_height


def test_projects_are_a_native_table_with_printed_amounts(show: Any, store: Store) -> None:
    slide = next(s for s in show.slides if s.shapes.title.text_frame.text.startswith("重点项目（1/"))
    table = next(s for s in slide.shapes if s.has_table).table
    cells = [[c.text_frame.text for c in row.cells] for row in table.rows]
    assert cells[0][2] == "投资（原文）"
    assert cells[1][0] == "华润中心"
    assert cells[1][2:] == ["约168亿元", "约123万平方米", "349"]
    text = store.plan_text(PLAN)
    assert text is not None
    for row in cells[1:]:
        assert row[2] in "".join(text.split()) or "、" in row[2]
    assert "「" in slide.notes_slide.notes_text_frame.text


def test_sources_and_properties(show: Any, store: Store) -> None:
    last = words(show.slides[-1])
    for part in ("示意图，不作为法定依据", "OpenStreetMap", store.version[:12], store.plans[PLAN].title):
        assert part in last
    core = show.core_properties
    assert core.title == "市南区「十四五」规划空间布局"
    assert core.subject.startswith("视图 /?v=2")
    assert store.version in core.subject


def test_the_typeface_has_chinese(show: Any) -> None:
    for master in (show.slide_masters[0], show.notes_master):
        theme = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
        assert b'<a:ea typeface="Microsoft YaHei"/>' in theme.blob


@pytest.mark.parametrize("plan", ["qingdao", "chengyang", "jimo", "licang", "shinan"])
def test_members_are_capped_and_the_whole_stays(source: MapSource, plan: str) -> None:
    every = build_scene_set(source.store, source.styles, plan)
    few = with_few_members(every, 3)
    assert [s.id for s in few.scenes if s.id.endswith(("/whole", "/together"))] == [
        s.id for s in every.scenes if s.id.endswith(("/whole", "/together"))
    ]
    for structure in {s.chapter for s in few.scenes}:
        assert sum("feature=" in s.link for s in few.scenes if s.chapter == structure) <= 3


def test_a_shortened_sentence_keeps_the_mention_and_marks_cuts(store: Store) -> None:
    longest = max(store.evidence("shinan.fu-shan-wan-qu"), key=lambda e: len(e.sentence))
    text = shortened(longest, 30)
    assert longest.mention in text
    assert text.strip(CUT) in longest.sentence
    assert CUT in text


def test_nothing_else_is_written(tmp_path: Path, content: bytes) -> None:
    assert content[:2] == b"PK"
    assert list(tmp_path.iterdir()) == []
