"""What the map draws: everything that has a shape, once, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from layers.catalog_entries import Category
from layers.map_layers import layer_collection, one_feature
from layers.store import Store


def ids(feature: dict[str, Any]) -> list[str]:
    """The features a drawn shape stands for."""
    properties = feature["properties"]
    return [t["id"] for t in properties["together"]] if "together" in properties else [properties["id"]]


@pytest.mark.parametrize("category", [str(c) for c in Category])
def test_a_layer_draws_its_placed_features(store: Store, category: str) -> None:
    drawn = [i for f in layer_collection(store, category)["features"] for i in ids(f)]
    assert set(drawn) == set(store.geometries(category))


def test_an_unknown_category_is_an_empty_layer(store: Store) -> None:
    assert layer_collection(store, "moon") == {"type": "FeatureCollection", "features": []}


def test_a_shape_says_how_sure_it_is(store: Store) -> None:
    for category in Category:
        for f in layer_collection(store, category)["features"]:
            properties = f["properties"]
            feature = store.features[properties["id"]]
            assert properties["precision"] == feature.precision != "unplaced"
            assert f["geometry"]["type"] != "GeometryCollection"
            assert set(properties["plans"]) >= set(feature.plans)


def test_vague_features_of_one_place_come_as_one(store: Store) -> None:
    groups = [
        f
        for category in Category
        for f in layer_collection(store, category)["features"]
        if "together" in f["properties"]
    ]
    assert groups
    for f in groups:
        members = [store.features[i] for i in ids(f)]
        assert len(members) > 1
        assert {m.precision for m in members} == {"district"}
        assert len({(m.lon, m.lat) for m in members}) == 1
        assert f["geometry"]["type"] == "Point"
        levels = [m.level for m in members]
        assert levels == sorted(levels)
        assert f["properties"]["plans"] == sorted({p for m in members for p in m.plans})


def test_large_areas_lie_below_small_ones(store: Store) -> None:
    def extent(feature_id: str) -> float:
        west, south, east, north = store.features[feature_id].bbox or (0.0, 0.0, 0.0, 0.0)
        return (east - west) * (north - south)

    for category in Category:
        shapes = layer_collection(store, category)["features"]
        sizes = [extent(f["properties"]["id"]) for f in shapes if f["properties"]["precision"] != "district"]
        assert sizes == sorted(sizes, reverse=True)


def test_an_arrow_points_along_its_line(tiny_store: Store) -> None:
    shapes = layer_collection(tiny_store, "belt")["features"]
    (line,) = [f for f in shapes if f["geometry"]["type"] == "LineString"]
    (head,) = [f for f in shapes if "bearing" in f["properties"]]
    assert head["geometry"]["coordinates"] == line["geometry"]["coordinates"][-1] == [120.25, 36.27]
    assert head["properties"]["bearing"] == pytest.approx(
        257.3, abs=0.2
    )  # from 120.36 36.29: west-south-west


def test_a_line_without_direction_has_no_arrow(tiny_store: Store) -> None:
    shapes = layer_collection(tiny_store, "axis")["features"]
    assert shapes
    assert not any("bearing" in f["properties"] for f in shapes)


def test_one_feature_is_drawn_as_chosen(store: Store) -> None:
    for feature_id in store.geometries("axis"):
        shapes = one_feature(store, feature_id)["features"]
        assert shapes
        assert {f["properties"]["id"] for f in shapes} == {feature_id}


@pytest.mark.parametrize("feature_id", ["tiny.jitian", "no.such.feature", ""])
def test_what_has_no_shape_is_an_empty_layer(tiny_store: Store, feature_id: str) -> None:
    assert one_feature(tiny_store, feature_id) == {"type": "FeatureCollection", "features": []}
