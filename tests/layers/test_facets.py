"""What features can be filtered by, on the five real plans."""

from __future__ import annotations

import pytest

from layers.facets import NO_YEAR, district_names, feature_facets, target_years
from layers.in_box import BoxError, FeatureIndex, passages_naming, read_box
from layers.store import Store

NAMES = {"市南区": "370202", "城阳区": "370214", "即墨区": "370215", "李沧区": "370213"}


def test_every_feature_has_its_facets_as_the_store_tells_them(store: Store) -> None:
    found = feature_facets(store)
    assert list(found) == list(store.features)
    assert all(
        (found[i].status, found[i].precision) == (f.status, f.precision) for i, f in store.features.items()
    )
    assert {i for i, f in found.items() if f.projects == ("none",)} == {
        i for i, f in store.features.items() if not f.project_count
    }


def test_districts_hold_what_lies_in_them(store: Store) -> None:
    found = feature_facets(store)
    by_name = {f.name: f.id for f in store.features.values()}
    for name, code in NAMES.items():
        if name in by_name:
            assert found[by_name[name]].districts == (code,), "no sliver of a neighbour"
    assert "370202" in found[by_name["浮山湾"]].districts, "a bay belongs to its shore"
    assert set(found[by_name["青岛市"]].districts) == set(district_names(store))
    assert all(not found[f.id].districts for f in store.features.values() if f.bbox is None)


def test_target_years_are_printed_years(store: Store) -> None:
    years = target_years(store)
    assert 2025 in years
    assert min(years) >= 2021
    named = {y for f in feature_facets(store).values() for y in f.years} - {NO_YEAR}
    assert named == {str(y) for y in years}


def test_a_box_holds_what_reaches_into_it(store: Store) -> None:
    index = FeatureIndex(store)
    somewhere = next(f for f in store.features.values() if f.bbox and f.precision == "located")
    assert somewhere.lon is not None
    assert somewhere.lat is not None
    box = (somewhere.lon - 0.01, somewhere.lat - 0.01, somewhere.lon + 0.01, somewhere.lat + 0.01)
    assert somewhere.id in index.in_box(box)
    assert index.in_box((10.0, 10.0, 11.0, 11.0)) == []


def test_passages_name_what_was_asked_for(store: Store) -> None:
    feature = max(store.features.values(), key=lambda f: f.evidence_count)
    found = passages_naming(store, [feature.id])
    evidence = store.evidence(feature.id)
    assert {p.first.passage for group in found.values() for p in group} == {e.passage for e in evidence}
    assert all(p.features == (feature.id,) for group in found.values() for p in group)
    assert passages_naming(store, []) == {}


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "121,36,120,37", "120,36,121,nan", "120,36,121,999"]
)
def test_what_is_no_box_is_refused(text: str) -> None:
    with pytest.raises(BoxError):
        read_box(text)
