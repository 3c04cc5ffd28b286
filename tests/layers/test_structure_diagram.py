"""Diagrams of formulas: what is drawn how, in which order, and that nothing leaves the sheet."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.store import Store
from layers.structure_diagram import MISSING, WIDTH, Diagram, Group, Member, Shape, build_diagram, form_of


def member(name: str, category: str = "zone", lon: float | None = None, lat: float | None = None) -> Member:
    return Member(name, name, category, lon, lat)


def by_name(diagram: Diagram) -> dict[str, Shape]:
    return {s.member.name: s for s in diagram.shapes if s.member}


@pytest.mark.parametrize(
    ("kind", "category", "form"),
    [
        ("横", "belt", "band"),
        ("纵", "axis", "arrow"),
        ("通道", "road", "arrow"),
        ("大五水", "water", "wave"),
        ("核", "core", "star"),
        ("心", "admin", "star"),
        ("湾", "bay", "arc"),
        ("湾", "zone", "arc"),
        ("极", "industrial_park", "dot"),
        ("节点", "node", "dot"),
        ("片区", "zone", "block"),
        ("镇", "township", "dot"),
    ],
)
def test_forms_follow_the_formula_and_the_category(kind: str, category: str, form: str) -> None:
    assert form_of(kind, member("x", category)) == form


def test_two_across_and_three_down_cross_as_on_the_map() -> None:
    across = (member("南带", "belt", 120.2, 36.2), member("北带", "belt", 120.2, 36.4))
    down = tuple(member(n, "axis", lon, 36.3) for n, lon in (("东", 120.5), ("西", 120.1), ("中", 120.3)))
    shapes = by_name(build_diagram([Group("横", 2, across), Group("纵", 3, down)]))
    assert shapes["北带"].y < shapes["南带"].y
    assert shapes["西"].x < shapes["中"].x < shapes["东"].x
    assert {shapes[n].angle for n in ("西", "中", "东")} == {90}
    assert {shapes[n].angle for n in ("北带", "南带")} == {0}


def test_what_the_text_owes_stands_empty() -> None:
    diagram = build_diagram([Group("横", 3, ()), Group("纵", 7, ())])
    assert len(diagram.shapes) == 10
    assert all(s.member is None and "".join(s.label.lines) == MISSING for s in diagram.shapes)


def test_an_open_number_owes_nothing() -> None:
    assert [s.member is None for s in build_diagram([Group("街区", None, (member("a"),))]).shapes] == [False]


def test_nothing_named_and_nothing_promised_is_an_empty_sheet() -> None:
    assert build_diagram([]).shapes == ()
    assert build_diagram([Group("轴", None, ())]).shapes == ()


def test_poles_stand_around_the_core_as_on_the_map() -> None:
    poles = [("北", 120.3, 36.9), ("东", 120.9, 36.3), ("南", 120.3, 35.8), ("西", 119.8, 36.3)]
    groups = [
        Group("心", 1, (member("心", "core", 120.3, 36.3),)),
        Group("极", 4, tuple(member(n, "node", lon, lat) for n, lon, lat in poles)),
    ]
    shapes = by_name(build_diagram(groups))
    assert shapes["北"].y < shapes["心"].y < shapes["南"].y
    assert shapes["西"].x < shapes["心"].x < shapes["东"].x


def test_wings_stand_west_and_east_whatever_the_order_of_the_text() -> None:
    shapes = by_name(build_diagram([Group("翼", 2, (member("东部", "zone", 120.6, 36.3), member("西部", "zone", 120.2, 36.3)))]))  # fmt: skip
    assert shapes["西部"].x < shapes["东部"].x


def test_a_member_without_a_place_keeps_the_order_of_the_text() -> None:
    shapes = by_name(build_diagram([Group("区", 2, (member("乙", "zone", 120.6, 36.3), member("甲")))]))
    assert shapes["乙"].x < shapes["甲"].x


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["横", "纵", "心", "极", "湾", "带", "片区", "1", "五条水系"]),
            st.integers(0, 9) | st.none(),
            st.lists(
                st.tuples(
                    st.text(min_size=1, max_size=26),
                    st.sampled_from(["axis", "belt", "zone", "node", "bay", "water", "core"]),
                ),
                max_size=9,
            ),
        ),
        max_size=4,
        unique_by=lambda g: g[0],
    )
)
def test_every_member_is_drawn_once_and_inside_the_sheet(
    groups: list[tuple[str, int | None, list[tuple[str, str]]]],
) -> None:
    made = [
        Group(kind, expected, tuple(Member(f"{kind}{i}", n, c) for i, (n, c) in enumerate(members)))
        for kind, expected, members in groups
    ]
    diagram = build_diagram(made)
    drawn = [s.member.id for s in diagram.shapes if s.member]
    assert sorted(drawn) == sorted(m.id for g in made for m in g.members)
    for s in diagram.shapes:
        assert 0 <= s.x <= WIDTH
        assert 0 <= s.y <= diagram.height
        assert "".join(s.label.lines)


def test_every_structure_of_the_plans_has_a_diagram_without_names_over_names(store: Store) -> None:
    for check in store.structures.values():
        f = store.features[check.feature]
        wanted = {kind: want for kind, want, _ in check.counts}
        groups = [
            Group(kind, want, tuple(_member(store, m) for m in f.members.get(kind, ())))
            for kind, want in wanted.items()
        ]
        diagram = build_diagram(groups)
        assert {s.member.id for s in diagram.shapes if s.member} == {m for g in f.members.values() for m in g}
        upright = [s for s in diagram.shapes if not s.label.angle]
        for one, other in itertools.combinations(upright, 2):
            assert not _overlap(_box(one), _box(other)), f"{f.name}: {one.label.lines} {other.label.lines}"


def _member(store: Store, feature: str) -> Member:
    f = store.features[feature]
    return Member(f.id, f.name, f.category, f.lon, f.lat)


def _box(s: Shape) -> tuple[float, float, float, float]:
    wide = max(sum(12.5 if ord(c) > 255 else 7 for c in line) for line in s.label.lines)
    high = 15 * len(s.label.lines)
    left = s.label.x - (wide if s.label.anchor == "end" else wide / 2)
    return left + 2, s.label.y - high / 2 + 2, left + wide - 2, s.label.y + high / 2 - 2


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
