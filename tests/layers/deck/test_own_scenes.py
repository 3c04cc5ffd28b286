"""Decks and handouts of a user's own scenes, read back by python-pptx and pypdf."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from layers.deck import build_deck, write_handout
from layers.deck.scene_view import SceneViews
from layers.deck.words import quoted
from layers.facets import feature_facets
from layers.render import MapSource
from layers.scene_file import SceneFileError
from layers.scene_sets import Scene, SceneSet
from layers.store import Store
from layers.styles import read_styles
from tests.conftest import DATA

BOX = "box=120.3,36.03,120.45,36.12"
CHOSEN = "shinan.fu-shan-wan-qu"
SCENES = SceneSet(
    "我的汇报",
    "",
    (
        Scene("own/1", "第一部分", "浮山湾区\n看这里", "先讲这个。", f"?v=2&plan=shinan&level=2&layers=bay&feature={CHOSEN}&{BOX}"),
        Scene("own/2", "第一部分", "全市轴带", "", "?v=2&layers=axis,belt&box=119.5,35.6,121.2,37.1"),
        Scene("own/3", "", "空图\n<b>粗</b> & 细", "讲稿<script>", f"?v=2&layers=&{BOX}"),
        Scene("own/4", "", "", "", f"?v=2&plan=shinan&level=2&layers=bay&feature={CHOSEN}&{BOX}"),
        Scene("own/5", "", "旧数据里的", "", f"?v=2&layers=bay&only=gone.one,gone.two&{BOX}"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def source(store: Store) -> MapSource:
    return MapSource(store, read_styles(DATA / "layers.yaml"))


@pytest.fixture(scope="module")
def show(source: MapSource) -> Any:
    return Presentation(io.BytesIO(build_deck(source, SCENES, dpi=150)))


def words(slide: Any) -> str:
    return "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_a_slide_for_each_scene_between_cover_and_sources(show: Any) -> None:
    titles = [s.shapes.title.text_frame.text for s in show.slides]
    assert titles == ["我的汇报", "浮山湾区", "全市轴带", "空图", "（没有标题）", "旧数据里的", "资料来源"]
    assert "<b>粗</b> & 细" in words(show.slides[3])


def test_what_is_chosen_brings_its_sentence_and_place(show: Any, store: Store) -> None:
    slide = show.slides[1]
    said = next(e for e in store.evidence(CHOSEN) if quoted(e) in notes(slide))
    assert said.plan == "shinan"
    assert said.sentence[:30] in words(slide)
    assert f"第 {said.line} 行" in words(slide)
    assert notes(slide).startswith("先讲这个。")
    assert "先讲这个" not in words(slide)  # what the speaker reads is for the speaker


def test_the_legend_has_layers_and_precision_classes(show: Any) -> None:
    for part in ("海湾", "落图精度", "推定"):
        assert part in words(show.slides[1])
    assert "落图精度" not in words(show.slides[3])


def test_maps_are_crisp_drawn_once_a_state_and_described(show: Any) -> None:
    pictures = [next(s for s in slide.shapes if s.name == "地图") for slide in list(show.slides)[1:6]]
    for picture in pictures:
        image = Image.open(io.BytesIO(picture.image.blob))
        assert image.width / (picture.width / 914400) >= 148
        assert "比例尺 1:" in picture._element.nvPicPr.cNvPr.get("descr")
    assert pictures[0].image.sha1 == pictures[3].image.sha1
    assert "只有底图" in pictures[2]._element.nvPicPr.cNvPr.get("descr")


def test_nothing_on_a_slide_is_smaller_than_14_pt(show: Any) -> None:
    for slide in show.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
            sizes = [r.font.size.pt for f in frames for p in f.paragraphs for r in p.runs]
            assert all(size >= 14 for size in sizes)


def test_features_that_are_gone_are_told(show: Any) -> None:
    assert "有 2 个要素是现在的数据里没有的" in notes(show.slides[5])


def test_a_view_shows_what_layers_filters_and_level_leave(source: MapSource) -> None:
    views, known = SceneViews(source), source.store.features

    def shown(link: str) -> set[str]:
        return set(views.view(Scene("", "", "", "", link)).features)

    bays = shown("?v=2&level=3&layers=bay")
    assert bays == {f.id for f in known.values() if f.category == "bay" and f.bbox}
    facets = feature_facets(source.store)
    assert shown("?v=2&level=3&layers=bay&precision=derived") == {
        f for f in bays if facets[f].precision == "derived"
    }
    assert shown("?v=2&level=3&layers=bay&plan=jimo") == {f for f in bays if "jimo" in known[f].plans}
    one = sorted(bays)[0]
    assert shown(f"?v=2&level=3&layers=bay,axis&only={one}") == {one}
    assert shown(f"?v=2&level=3&layers=axis&only={one}") == set()
    assert shown(f"?v=2&layers=&feature={one}") == {one}


def test_centre_and_zoom_make_a_box_around_the_centre(source: MapSource) -> None:
    near, far = (
        SceneViews(source).view(Scene("", "", "", "", f"?v=2&view=36.1,120.4,{z}")).box for z in (13, 10)
    )
    assert near is not None
    assert far is not None
    for west, south, east, north in (near, far):
        assert (west + east) / 2 == pytest.approx(120.4)
        assert (south + north) / 2 == pytest.approx(36.1)
    assert far[2] - far[0] == pytest.approx(8 * (near[2] - near[0]))


def test_scenes_that_cannot_be_drawn_are_told_before_any_is(source: MapSource, tmp_path: Path) -> None:
    wrong = SceneSet("", "", (
        Scene("1", "", "甲", "", "?v=2&plan=laoshan"), Scene("2", "", "乙", "", "?v=2&box=2,48,3,49"),
    ))  # fmt: skip
    for make in (
        lambda: build_deck(source, wrong),
        lambda: write_handout(source, wrong, tmp_path / "h.pdf", str),
    ):
        with pytest.raises(SceneFileError) as told:
            make()
        assert [p[:10] for p in told.value.problems] == ["第 1 个场景「甲」", "第 2 个场景「乙」"]
    assert list(tmp_path.iterdir()) == []


def address_of(link: str) -> str:
    return f"http://127.0.0.1:8050/{link}"


@pytest.fixture(scope="module", params=[1, 2, 3])
def handout(
    source: MapSource, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> PdfReader:
    path = tmp_path_factory.mktemp("handout") / "h.pdf"
    pages = write_handout(source, SCENES, path, address_of, request.param)
    assert pages == -(-len(SCENES.scenes) // request.param) + 1
    assert [p.name for p in path.parent.iterdir()] == ["h.pdf"]
    return PdfReader(path)


def text_of(page: Any) -> str:
    return "".join(page.extract_text().split())


def test_pages_of_a_handout(handout: PdfReader, store: Store) -> None:
    pages = [text_of(p) for p in handout.pages]
    whole = "".join(pages)
    for i, page in enumerate(handout.pages, 1):
        assert [round(float(x)) for x in page.mediabox] == [0, 0, 595, 842]
        assert f"{i}/{len(pages)}" in text_of(page)
    for part in (
        "浮山湾区",
        "看这里",
        "先讲这个。",
        "全市轴带",
        "<b>粗</b>&细",
        "讲稿<script>",
        "（没有标题）",
    ):
        assert part in whole
    said = next(e for e in store.evidence(CHOSEN) if f"第{e.line}行" in whole)
    assert "".join(said.sentence.split())[:20] in whole
    assert store.plans["shinan"].title in pages[-1]
    assert "OpenStreetMap" in pages[-1]


def test_links_of_a_handout_open_the_scenes(handout: PdfReader) -> None:
    found = [a.get_object()["/A"]["/URI"] for page in handout.pages for a in page.get("/Annots", [])]
    assert found == [address_of(s.link) for s in SCENES.scenes]


def test_bookmarks_of_a_handout(handout: PdfReader) -> None:
    top = [x.title for x in handout.outline if not isinstance(x, list)]
    assert top == ["第一部分", "空图", "第 4 幕", "旧数据里的", "资料来源"]
    (inner,) = [x for x in handout.outline if isinstance(x, list)]
    assert [x.title for x in inner] == ["浮山湾区", "全市轴带"]
    assert handout.get_destination_page_number(handout.outline[-1]) == len(handout.pages) - 1


def test_a_handout_says_what_it_shows(handout: PdfReader, store: Store) -> None:
    assert handout.metadata is not None
    assert handout.metadata.title == "我的汇报（讲义）"
    assert f"视图 /{SCENES.scenes[0].link}" in str(handout.metadata.subject)
    assert store.version in str(handout.metadata.subject)
