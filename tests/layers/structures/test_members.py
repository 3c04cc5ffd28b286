"""Members of structures are what the formula counts."""

from __future__ import annotations

from layers.catalog_entries import Category
from layers.store import Store
from layers.structures import FORMULAS, Vocabulary, read_vocabulary
from layers.structures.members import member_doubts
from tests.conftest import DATA

VOCABULARY = read_vocabulary(DATA / FORMULAS)


def with_kind(word: str, **changes: object) -> Vocabulary:
    kinds = tuple(k.model_copy(update=changes) if k.word == word else k for k in VOCABULARY.kinds)
    return Vocabulary.model_validate(VOCABULARY.model_dump() | {"kinds": [k.model_dump() for k in kinds]})


def test_the_members_of_the_plans_are_what_is_counted(store: Store) -> None:
    assert member_doubts(store, VOCABULARY) == []


def test_a_member_of_another_category_is_doubted(store: Store) -> None:
    doubts = member_doubts(store, with_kind("湾", categories=(Category.RAIL,)))
    names = {(store.features[d.structure].name, store.features[d.member].name) for d in doubts}
    assert ("三湾一带", "浮山湾区") in names
    assert {d.what for d in doubts} == {"category"}


def test_a_line_that_runs_the_other_way_is_doubted(store: Store) -> None:
    doubts = member_doubts(store, with_kind("纵", bearing="east_west"))
    assert {"两横三纵", "四纵两横"} <= {store.features[d.structure].name for d in doubts}
    assert {d.what for d in doubts} == {"bearing"}
