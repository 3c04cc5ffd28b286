"""The layer tree as data: what stands in it, and whether its numbers are those of the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from dash.development.base_component import Component

from geo.precision import Precision, precision_words
from layers.store import Store
from layers.styles import Styles
from tests.viewer.component_tree import attribute, of_class, walk, words
from viewer import layer_tree


@pytest.fixture(scope="module")
def tree(store: Store, styles: Styles) -> Component:
    return layer_tree.layout(store, styles)


def rows(tree: Component) -> Iterator[tuple[str, Component]]:
    """Name and count of every category."""
    for row in of_class(tree, "category"):
        yield words(of_class(row, "category-name")), of_class(row, "count")[0]


def test_every_category_stands_once_in_the_order_of_the_style_table(tree: Component, styles: Styles) -> None:
    assert [name for name, _ in rows(tree)] == [style.name for style in styles.categories.values()]


def test_counts_are_the_structural_features_of_the_store(
    tree: Component, store: Store, styles: Styles
) -> None:
    wanted = Counter(styles.categories[f.category].name for f in store.features.values() if f.level == 1)
    assert {name: int(words(count)) for name, count in rows(tree)} == {
        style.name: wanted[style.name] for style in styles.categories.values()
    }


def test_group_counts_add_up(tree: Component) -> None:
    groups = {attribute(c, "data-total"): int(words(c)) for c in of_class(tree, "count")}
    groups.pop(None)
    sums: Counter[str] = Counter()
    for _, count in rows(tree):
        sums[attribute(count, "data-group")] += int(words(count))
    assert groups == dict(sums)


def test_marks_tell_plans_and_level_of_every_feature(tree: Component, store: Store, styles: Styles) -> None:
    for name, count in rows(tree):
        features = [f for f in store.features.values() if styles.categories[f.category].name == name]
        marks = attribute(count, "data-features").split()
        assert Counter(marks) == Counter(f"{','.join(f.plans)}:{f.level}" for f in features)


def test_plans_and_levels_to_choose_from_with_one_of_each_on(tree: Component, store: Store) -> None:
    options = of_class(tree, "option")
    plans = [words(o) for o in options if attribute(o, "data-filter") == "plan"]
    assert plans == ["全部", *(p.district for p in store.plans.values())]
    assert [words(o) for o in options if attribute(o, "aria-pressed") == "true"] == ["全部", "结构"]


def test_legend_holds_the_six_classes_with_their_meaning(tree: Component) -> None:
    legend = of_class(tree, "precision-row")
    assert [words(row) for row in legend] == [
        precision_words(p).label_zh + precision_words(p).meaning_zh for p in Precision
    ]
    pictures = [attribute(part, "src") for row in legend for part in walk(row) if attribute_is_image(part)]
    assert len(set(pictures)) == 6, "each class has a swatch of its own"


def attribute_is_image(part: object) -> bool:
    return isinstance(part, Component) and part.to_plotly_json()["type"] == "Img"
