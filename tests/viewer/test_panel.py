"""The panel of a feature as a plain function of the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from dash.development.base_component import Component

from geo.precision import Precision, precision_words
from layers.records import FeatureSummary
from layers.store import Store
from layers.styles import Styles
from tests.viewer.component_tree import attribute, of_class, walk, words
from tests.viewer.conftest import Find
from viewer import panel

MARKUP = '<img src=x onerror="alert(1)">&amp;'


def shown(store: Store, styles: Styles, feature: FeatureSummary) -> Component:
    return panel.feature_panel(store, styles, feature.id)


def test_panel_says_what_a_feature_is_and_how_sure_its_place_is(
    store: Store, styles: Styles, find: Find
) -> None:
    axis = find("青烟城镇发展轴")
    view = shown(store, styles, axis)
    text = words(view)
    assert text.startswith("青烟城镇发展轴")
    meaning = precision_words(Precision(axis.precision))
    assert meaning.label_zh + meaning.meaning_zh in text
    badges = [words(b) for b in of_class(view, "badge")]
    assert badges[:3] == [
        styles.categories["axis"].name,
        styles.levels[axis.level].name,
        styles.statuses[axis.status].name,
    ]
    assert set(badges[3 : 3 + len(axis.plans)]) == {store.plans[p].district for p in axis.plans}


def test_every_quotation_holds_its_mark_and_leads_to_its_place(
    store: Store, styles: Styles, find: Find
) -> None:
    bay = find("胶州湾")
    view = shown(store, styles, bay)
    evidence = store.evidence(bay.id)
    quotes = [part for part in walk(view) if type(part).__name__ == "Blockquote"]
    assert len(quotes) == len(evidence) > 1
    for quote, e in zip(quotes, evidence, strict=True):
        assert [words(p) for p in walk(quote) if type(p).__name__ == "Mark"] == [e.mention]
        assert e.sentence in words(quote)
        (read,) = [b for b in of_class(quote, "read") if attribute(b, "data-read-plan")]
        assert (attribute(read, "data-read-plan"), attribute(read, "data-read-start")) == (
            e.plan,
            str(e.start),
        )


def test_projects_are_told_with_their_sentence(store: Store, styles: Styles, find: Find) -> None:
    feature = find("青岛蓝谷")
    projects = store.projects(feature.id)
    text = words(shown(store, styles, feature))
    assert projects
    assert all(p.name in text and p.quote.mention in text for p in projects)


def test_a_structure_lists_its_members_and_a_member_its_structure(
    store: Store, styles: Styles, find: Find
) -> None:
    whole = find("三湾一带")
    members = [m for group in whole.members.values() for m in group]
    listed = {attribute(chip, "data-feature") for chip in of_class(shown(store, styles, whole), "chip")}
    assert set(members) <= listed
    part = store.features[members[0]]
    listed = {attribute(chip, "data-feature") for chip in of_class(shown(store, styles, part), "chip")}
    assert {whole.id, *members[1:]} <= listed


def test_an_unplaced_feature_says_why(store: Store, styles: Styles, find: Find) -> None:
    feature = find("山东半岛城市群")
    assert feature.precision == "unplaced"
    text = words(shown(store, styles, feature))
    assert feature.issues[0]["text"] in text
    assert precision_words(Precision.UNPLACED).meaning_zh in text


def test_area_and_length_are_told_only_where_precision_allows(store: Store, styles: Styles) -> None:
    for feature in store.features.values():
        terms = {
            words(p) for p in walk(shown(store, styles, feature)) if isinstance(p, Component) and is_term(p)
        }
        if feature.precision in ("schematic", "district", "unplaced"):
            assert not terms & {"面积", "长度"}, feature.id


def is_term(part: Component) -> bool:
    return type(part).__name__ == "Dt"


@pytest.mark.parametrize("unknown", ["", "no.such", "shared", "' OR 1=1 --"])
def test_an_unknown_id_gives_a_sentence(store: Store, styles: Styles, unknown: str) -> None:
    assert words(panel.feature_panel(store, styles, unknown)) == "没有这个要素，它可能已在新版数据中改名。"


def test_names_with_markup_stay_text(store_path: Path, styles: Styles, find: Find) -> None:
    own = Store(store_path)
    bay = find("胶州湾")
    own.features[bay.id] = replace(
        bay, name=MARKUP, aliases=(MARKUP,), basis=MARKUP, issues=({"text": MARKUP},)
    )
    view = panel.feature_panel(own, styles, bay.id)
    assert words(view).count(MARKUP) == 4
    kinds = {type(part).__name__ for part in walk(view) if isinstance(part, Component)}
    assert not kinds & {"Markdown", "DangerouslySetInnerHTML", "Iframe"}


def test_every_feature_has_a_panel(store: Store, styles: Styles) -> None:
    for feature in store.features.values():
        assert feature.name in words(shown(store, styles, feature))
