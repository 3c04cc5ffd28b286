"""No two features for one thing without a stated reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layers.duplicates import ACCEPTED, DuplicatesError, Reason, find_duplicates, read_reasons, stale_reasons
from layers.store import Store
from tests.conftest import DATA

REASONS = read_reasons(DATA / ACCEPTED)


def test_every_suspicion_has_its_reason(store: Store) -> None:
    found = find_duplicates(store, REASONS)
    assert [(s.features, s.clues) for s in found if s.reason is None] == []


def test_no_reason_is_left_over(store: Store) -> None:
    assert stale_reasons(find_duplicates(store, REASONS), REASONS) == []
    assert {i for r in REASONS for i in r.features} <= set(store.features)


def test_a_reason_that_nothing_needs_is_told(store: Store) -> None:
    found = find_duplicates(store, REASONS)
    needless = Reason(features=(found[0].features[0], "nothing"), reason="试")
    assert stale_reasons(found, [*REASONS, needless]) == [needless]


def clues(store: Store, one: str, other: str) -> tuple[str, ...]:
    found = {frozenset(s.features): s.clues for s in find_duplicates(store, ())}
    return found.get(frozenset((one, other)), ())


@pytest.mark.parametrize(
    ("changes", "clue"),
    [({"name": "青岛湾区"}, "name"), ({"aliases": ("青岛湾区",)}, "name"), ({"name": "青岛湾新区"}, "alike")],
)
def test_a_second_feature_of_the_name_is_suspected(
    store: Store, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], clue: str
) -> None:
    (bay,) = [f for f in store.features.values() if f.name == "青岛湾区"]
    other = next(f for f in store.features.values() if f.id != bay.id and f.category == bay.category)
    assert clues(store, bay.id, other.id) == ()
    twin = replace(other, category=bay.category, **changes)  # type: ignore[arg-type]
    monkeypatch.setattr(store, "features", {**store.features, other.id: twin})
    assert clue in clues(store, bay.id, other.id)


def test_a_second_feature_in_the_place_is_suspected(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = [
        f for f in store.features.values() if f.category == "facility" and f.precision == "located"
    ][:2]
    assert "place" not in clues(store, one.id, other.id)
    twin = replace(other, lon=one.lon, lat=one.lat)
    monkeypatch.setattr(store, "features", {**store.features, other.id: twin})
    assert "place" in clues(store, one.id, other.id)


@pytest.mark.parametrize(
    "text",
    [
        "accepted: [{features: [a]}]",
        "accepted: [{features: [a, b], reason: ''}]",
        "accepted: [",
        "reasons: []",
    ],
)
def test_a_wrong_file_of_reasons_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / ACCEPTED
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DuplicatesError, match=ACCEPTED):
        read_reasons(path)
