"""The ready scenes of each plan: one change a scene, nothing left out, the plan's own words."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qs

import pytest

from layers.scene_sets import Scene, build_scene_set, own_structures
from layers.store import Store
from layers.styles import Styles, read_styles
from layers.view_link import check_link
from viewer.settings import ROOT

PLANS = ["qingdao", "chengyang", "jimo", "licang", "shinan"]


@pytest.fixture(scope="module")
def styles() -> Styles:
    return read_styles(ROOT / "data" / "layers.yaml")


def view(scene: Scene) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(scene.link[1:]).items()}


def listed(scene: Scene, name: str, separator: str) -> list[str]:
    return [part for part in view(scene).get(name, "").split(separator) if part]


@pytest.mark.parametrize("plan", PLANS)
def test_every_link_is_one_of_ours_and_names_only_what_there_is(
    store: Store, styles: Styles, plan: str
) -> None:
    for scene in build_scene_set(store, styles, plan).scenes:
        assert check_link(scene.link) == scene.link
        assert set(listed(scene, "layers", ",")) <= set(map(str, styles.categories))
        for feature in [*listed(scene, "only", ","), *listed(scene, "feature", ",")]:
            assert feature in store.features
        west, south, east, north = map(float, view(scene)["box"].split(","))
        assert 119 < west < east < 122
        assert 35 < south < north < 38


@pytest.mark.parametrize("plan", PLANS)
def test_ids_are_unique_and_the_same_every_time(store: Store, styles: Styles, plan: str) -> None:
    made = build_scene_set(store, styles, plan)
    assert len({s.id for s in made.scenes}) == len(made.scenes)
    assert made == build_scene_set(store, styles, plan)


@pytest.mark.parametrize("plan", PLANS)
def test_it_opens_and_closes_with_the_whole(store: Store, styles: Styles, plan: str) -> None:
    scenes = build_scene_set(store, styles, plan).scenes
    assert scenes[0].caption.startswith(store.plans[plan].district)
    assert view(scenes[0])["box"] == view(scenes[-1])["box"]
    assert not listed(scenes[-1], "only", ",")


@pytest.mark.parametrize("plan", PLANS)
def test_within_a_chapter_the_camera_stays_and_one_thing_is_added(
    store: Store, styles: Styles, plan: str
) -> None:
    scenes = build_scene_set(store, styles, plan).scenes
    for before, after in pairwise(scenes):
        if before.chapter != after.chapter:
            continue
        assert view(before)["box"] == view(after)["box"]
        if before.id.endswith("/whole"):
            assert len(listed(after, "only", ",")) == 1
        elif after.id.endswith("/together"):
            assert listed(before, "only", ",") == listed(after, "only", ",")
        elif "only" in view(after):
            assert listed(before, "layers", ",") == listed(after, "layers", ",")
            assert listed(after, "only", ",")[:-1] == listed(before, "only", ",")
            assert view(after)["feature"] == listed(after, "only", ",")[-1]
        else:
            assert listed(after, "layers", ",")[:-1] == listed(before, "layers", ",")


@pytest.mark.parametrize("plan", PLANS)
def test_every_placed_member_gets_its_scene_and_the_others_are_named(
    store: Store, styles: Styles, plan: str
) -> None:
    made = build_scene_set(store, styles, plan)
    by_id = {s.id: s for s in made.scenes}
    structures = own_structures(store, store.plans[plan])
    assert structures
    for structure in structures:
        whole = by_id[f"{plan}/{structure.id}/whole"]
        for member in {m for group in structure.members.values() for m in group}:
            if store.features[member].bbox:
                assert f"{plan}/{structure.id}/{member}" in by_id
            else:
                assert store.features[member].name in whole.caption


@pytest.mark.parametrize("plan", PLANS)
def test_members_are_in_layers_and_levels_that_show_them(store: Store, styles: Styles, plan: str) -> None:
    for scene in build_scene_set(store, styles, plan).scenes:
        for feature in map(store.features.__getitem__, listed(scene, "only", ",")):
            assert feature.category in listed(scene, "layers", ",")
            assert feature.level <= int(view(scene).get("level", "1"))
            assert view(scene).get("plan", plan) in feature.plans


def test_a_shared_structure_is_told_by_the_city_alone(store: Store) -> None:
    names = {p: [s.name for s in own_structures(store, store.plans[p])] for p in PLANS}
    assert "五大发展轴" in names["qingdao"]
    assert "五大发展轴" not in names["chengyang"]
    assert "三湾一带" in names["shinan"]


def test_notes_quote_the_plan_with_the_place(store: Store, styles: Styles) -> None:
    scenes = {s.id: s for s in build_scene_set(store, styles, "shinan").scenes}
    note = scenes["shinan/shinan.san-wan-yi-dai/shinan.fu-shan-wan-qu"].note
    quoted = note.split("「")[1].split("」")[0]
    sentences = [e.sentence for e in store.evidence("shinan.fu-shan-wan-qu") if e.plan == "shinan"]
    assert quoted in sentences
    assert "行）" in note
    assert "落图：" in note


def test_an_unknown_plan_is_no_plan(store: Store, styles: Styles) -> None:
    with pytest.raises(KeyError):
        build_scene_set(store, styles, "beijing")


def test_a_river_that_goes_on_does_not_widen_the_frame(store: Store, styles: Styles) -> None:
    """大沽河 reaches far north of 城阳; an axis with an arrow keeps the arrow in sight."""
    scenes = build_scene_set(store, styles, "chengyang").scenes
    boxes = {s.chapter: tuple(map(float, view(s)["box"].split(","))) for s in scenes}
    assert boxes["环湾优化"][3] < boxes["结束"][3] + 0.1
    (river,) = (f for f in store.features.values() if f.name == "大沽河")
    assert river.bbox
    assert river.bbox[3] > boxes["环湾优化"][3] + 0.3
    for scene in scenes:
        west, south, east, north = map(float, view(scene)["box"].split(","))
        for feature in (store.features[i] for i in listed(scene, "only", ",")):
            if feature.bbox and feature.arrow != "none":
                assert west <= feature.bbox[0]
                assert feature.bbox[2] <= east
                assert south <= feature.bbox[1]
                assert feature.bbox[3] <= north
