"""The table of recipes, and the one function that carries a spec out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import shapely
from pydantic import ValidationError

from geo.crs import area_m2
from geo.errors import RecipeError
from geo.gazetteer import Gazetteer
from geo.issues import Issue, IssueType, make_issue
from geo.placement import Placement, joined_words
from geo.precision import LOCATED_LIMIT_M, Precision
from geo.recipes.coasts import CoastSpec, SeaSpec, place_coast, place_sea
from geo.recipes.combine import (
    BufferSpec,
    HullSpec,
    MembersSpec,
    UnionSpec,
    place_buffer,
    place_hull,
    place_members,
    place_union,
)
from geo.recipes.context import Context, FeatureGeometry, Spec
from geo.recipes.lines import AlongSpec, LineSpec, place_along, place_line
from geo.recipes.points import (
    PlaceSpec,
    UnplacedSpec,
    WithinSpec,
    place_place,
    place_unplaced,
    place_within,
)
from geo.recipes.seats import SeatsSpec, place_seats
from geo.recipes.sides import (
    BoundedSpec,
    PartOfDistrictSpec,
    place_bounded,
    place_part_of_district,
)


@dataclass(frozen=True)
class Recipe:
    """One recipe: the form of its spec, and what carries it out."""

    model: type[Spec]
    place: Callable[[Any, Context], Placement]


RECIPES: dict[str, Recipe] = {
    "place": Recipe(PlaceSpec, place_place),
    "line": Recipe(LineSpec, place_line),
    "along": Recipe(AlongSpec, place_along),
    "bounded": Recipe(BoundedSpec, place_bounded),
    "part_of_district": Recipe(PartOfDistrictSpec, place_part_of_district),
    "seats": Recipe(SeatsSpec, place_seats),
    "buffer": Recipe(BufferSpec, place_buffer),
    "union": Recipe(UnionSpec, place_union),
    "hull": Recipe(HullSpec, place_hull),
    "coast": Recipe(CoastSpec, place_coast),
    "sea": Recipe(SeaSpec, place_sea),
    "within": Recipe(WithinSpec, place_within),
    "members": Recipe(MembersSpec, place_members),
    "unplaced": Recipe(UnplacedSpec, place_unplaced),
}
"""Recipes by name."""

_REFERENCE_KEYS = (
    "of",
    "within",
    "through",
    "west_of",
    "east_of",
    "north_of",
    "south_of",
    "between",
    "from",
    "to",
    "near",
)

_WORDS = {
    "missing": "缺少参数",
    "extra_forbidden": "不认识的参数",
    "literal_error": "取值不在可选范围内",
    "enum": "取值不在可选范围内",
    "string_type": "应为文字",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "greater_than": "数值太小",
    "greater_than_equal": "数值太小",
    "less_than": "数值太大",
    "less_than_equal": "数值太大",
    "too_short": "项目太少",
    "string_too_short": "不能为空",
    "tuple_type": "应为列表",
}


def parse_spec(spec: Mapping[str, object]) -> Spec:
    """The spec, checked.

    Raises
    ------
    RecipeError
        The recipe is unknown, an argument is missing, unknown or has a wrong value; one sentence.
    """
    name = spec.get("recipe")
    if not isinstance(name, str) or name not in RECIPES:
        raise RecipeError(f"未知的落图方法「{name}」；可用：{'、'.join(RECIPES)}")
    try:
        return RECIPES[name].model.model_validate(dict(spec))
    except ValidationError as error:
        raise RecipeError(f"落图方法 {name} 写错：{_sentence(error)}") from error


def _sentence(error: ValidationError) -> str:
    """What is wrong, each argument once, in the order found."""
    reasons: dict[str, str] = {}
    for item in error.errors(include_url=False):
        argument = str(item["loc"][0]) if item["loc"] else ""
        word = _WORDS.get(item["type"], "取值不对")
        given = _given(item["type"], item["input"])
        reasons.setdefault(argument, f"{argument} {word}{given}")
    return "；".join(reasons.values())


def _given(kind: str, value: object) -> str:
    if kind == "missing":
        return ""
    if kind == "extra_forbidden" and value is None:
        return "（文字里若有半角逗号，请给整段文字加引号）"
    return f"（{value}）"


def references_of(spec: Mapping[str, object]) -> tuple[str, ...]:
    """Names of places and features a spec refers to, as written, in order."""
    found: list[str] = []
    for key in (
        "of",
        "within",
        "through",
        "west_of",
        "east_of",
        "north_of",
        "south_of",
        "between",
        "from",
        "to",
        "near",
    ):
        value = spec.get(key)
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, str):
                found.append(item)
    return tuple(dict.fromkeys(found))


def place_feature(
    spec: Mapping[str, object],
    *,
    gazetteer: Gazetteer,
    scope: str | None,
    feature_geometry: FeatureGeometry,
    home: str | None = None,
) -> Placement:
    """The placement a spec gives.

    Parameters
    ----------
    spec
        ``recipe`` and its arguments, as in data/catalog/README.md.
    gazetteer
        The places.
    scope
        Plan whose own table of places goes first; None for shared entries.
    feature_geometry
        Placement of another catalog entry by name or id; None when there is no such entry.
    home
        District of the plan, which decides between namesakes.

    Raises
    ------
    RecipeError
        The spec is written wrongly.
    PlaceError
        A place is unknown or ambiguous.
    """
    checked = parse_spec(spec)
    context = Context(gazetteer, scope, feature_geometry, home)
    placement = RECIPES[checked.recipe].place(cast(Any, checked), context)
    return _with_the_curators_words(placement, checked)


def _with_the_curators_words(placement: Placement, spec: Spec) -> Placement:
    """The placement with the spec's note and basis; its precision and accuracy may only get worse."""
    basis = joined_words([*spec.basis.split("；"), *placement.basis.split("；")])
    noted = replace(placement, note=spec.note, basis=basis)
    if placement.geometry is None:
        return noted
    precision, accuracy, issues = placement.precision, placement.accuracy_m, list(placement.issues)
    if precision is Precision.DERIVED and accuracy is not None and _is_smaller(placement, accuracy):
        precision = Precision.SCHEMATIC
        issues.append(make_issue(IssueType.SMALLER_THAN_ERROR, accuracy=round(accuracy)))
    if spec.precision is not None and spec.precision is not precision:
        if spec.precision.rank > precision.rank:
            precision = spec.precision
        else:
            issues.append(_kept_precision(spec.precision, precision))
    if spec.precision is Precision.SCHEMATIC and accuracy is not None:
        accuracy = max(accuracy, spec.guess_m)
    if spec.accuracy_m is not None and accuracy is not None:
        if spec.accuracy_m < accuracy:
            issues.append(
                make_issue(IssueType.ACCURACY_KEPT, asked=round(spec.accuracy_m), kept=round(accuracy))
            )
        accuracy = max(accuracy, spec.accuracy_m)
    if precision is Precision.UNPLACED:
        return replace(
            noted, geometry=None, precision=precision, accuracy_m=None, halo_m=None, issues=tuple(issues)
        )
    halo = noted.halo_m
    if precision is Precision.DISTRICT and halo is None:
        halo = accuracy if accuracy is not None else LOCATED_LIMIT_M
    return replace(noted, precision=precision, accuracy_m=accuracy, halo_m=halo, issues=tuple(issues))


def _is_smaller(placement: Placement, accuracy_m: float) -> bool:
    """Whether an area is smaller than the doubt about where it is."""
    if placement.geometry is None or shapely.get_dimensions(placement.geometry) != 2:
        return False
    return math.sqrt(area_m2(placement.geometry) / math.pi) < accuracy_m


def _kept_precision(asked: Precision, kept: Precision) -> Issue:
    return make_issue(IssueType.PRECISION_KEPT, asked=asked.label, kept=kept.label)
