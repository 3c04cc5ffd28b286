"""The audit of placements: each check on a case that it must find, and the real atlas without an unexplained row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon

from geo.crs import to_metric
from geo.gazetteer import read_gazetteer
from geo.issues import IssueType, make_issue
from geo.place import Place
from geo.placement import Placement, Waypoint
from geo.precision import Precision
from layers.atlas import Atlas
from layers.catalog import CatalogError
from layers.placement_audit import (
    Finding,
    audit_placements,
    csv_text,
    precision_table,
    read_accepted,
    summary_table,
)
from layers.placement_checks import CHECKS, Checked
from layers.store import Store
from tests.conftest import DATA

JIMO = Point(120.45, 36.39)
AT_SEA = Point(120.60, 35.99)
BAY = Point(120.25, 36.12)
PLACE = Place("某地", (), "facility", ("即墨区",), JIMO, None, 800.0, "记忆", "", "jimo")


def _checked(geometry: shapely.Geometry, category: str = "facility", **changes: object) -> Checked:
    fields = {"precision": Precision.LOCATED, "accuracy_m": 300.0, "method": "place", **changes}
    words, places = fields.pop("words", ""), fields.pop("places", ())
    placement = Placement(geometry=geometry, **fields)  # type: ignore[arg-type]
    return Checked(category, placement, to_metric(geometry), "即墨区", str(words), places)  # type: ignore[arg-type]


def _found(one: Checked) -> set[str]:
    return {name for name, (_, check) in CHECKS.items() if list(check(one))}


def test_a_sound_placement_has_no_finding() -> None:
    assert _found(_checked(JIMO)) == set()


def test_outside_its_district_unless_the_text_names_the_neighbour() -> None:
    licang = Point(120.42, 36.17)
    assert _found(_checked(licang)) == {"outside_district"}
    assert _found(_checked(licang, words="与李沧区共建")) == set()
    assert _found(_checked(licang, category="region")) == set()
    leaving = LineString([JIMO, licang])
    assert _found(_checked(leaving, category="axis", method="along")) == set()


def test_land_at_sea_and_a_bay_on_land() -> None:
    assert "land_in_sea" in _found(_checked(AT_SEA))
    assert "land_in_sea" not in _found(_checked(AT_SEA, category="coast"))
    beyond_the_base_map = Point(121.44, 37.47)
    assert "land_in_sea" not in _found(_checked(beyond_the_base_map))
    assert "bay_on_land" in _found(_checked(JIMO, category="bay"))
    assert "bay_on_land" not in _found(_checked(BAY, category="bay"))


def test_lines_that_cross_and_areas_with_crumbs() -> None:
    loop = LineString([(120.44, 36.38), (120.46, 36.40), (120.46, 36.38), (120.44, 36.40)])
    assert "crosses_itself" in _found(_checked(loop, category="road"))
    square = Polygon([(120.44, 36.38), (120.46, 36.38), (120.46, 36.40), (120.44, 36.40)])
    crumb = Polygon([(120.47, 36.38), (120.4701, 36.38), (120.4701, 36.3801), (120.47, 36.3801)])
    assert _found(_checked(square)) == set()
    assert "winding" in _found(_checked(Polygon(list(square.exterior.coords)[::-1])))
    assert "winding" in _found(_checked(shapely.MultiPolygon([square, crumb])))


def test_surer_than_its_basis() -> None:
    assert "better_than_basis" in _found(_checked(JIMO, places=(PLACE,)))
    district = _checked(JIMO, places=(PLACE,), precision=Precision.DISTRICT, accuracy_m=800.0)
    assert _found(district) == set()
    assert "better_than_basis" in _found(_checked(JIMO, precision=Precision.LOCATED, accuracy_m=900.0))
    boundary = _checked(JIMO, precision=Precision.BOUNDARY, places=(replace(PLACE, accuracy_m=100.0),))
    assert "better_than_basis" in _found(boundary)


def test_waypoints_far_from_their_axis_but_not_outside_the_frame() -> None:
    axis = LineString([(120.44, 36.38), (120.46, 36.40)])
    far = (Waypoint("远处", 120.60, 36.50),)
    gone = (Waypoint("北京", 116.4, 39.9),)
    assert "far_waypoint" in _found(_checked(axis, category="axis", method="along", waypoints=far))
    assert _found(_checked(axis, category="axis", method="along", waypoints=gone)) == set()


def test_a_recipe_that_gave_up_is_a_finding() -> None:
    issue = make_issue(IssueType.EMPTY_RESULT, area="即墨区")
    assert _found(_checked(JIMO, issues=(issue,))) == {"given_up"}


def test_the_real_atlas_has_no_unexplained_row(atlas: Atlas) -> None:
    gazetteer = read_gazetteer(DATA / "gazetteer", scoped=list(atlas.plans))
    found = audit_placements(atlas, gazetteer, read_accepted(DATA / "placement_accepted.yaml"))
    assert [f for f in found if f.reason is None] == []


def test_stacks_and_unused_reasons(atlas: Atlas) -> None:
    ids = [fid for fid, item in atlas.evidence.items() if item.feature.scope == "shinan"][:5]
    point = Placement(Point(120.37, 36.07), Precision.LOCATED, 100.0, "place")
    stacked = replace(atlas, placements={**atlas.placements, **dict.fromkeys(ids, point)})
    gazetteer = read_gazetteer(DATA / "gazetteer", scoped=list(atlas.plans))
    found = audit_placements(stacked, gazetteer, {("jimo.none", "stacked"): "没有了"})
    assert set(ids) <= {f.feature for f in found if f.check == "stacked"}
    assert [f.feature for f in found if f.check == "unused_acceptance"] == ["jimo.none"]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1",
        "- {features: [x], check: nonsense, reason: y}",
        "- {features: [x], check: stacked}",
        "- [",
        "- 3",
    ],
)
def test_a_wrong_list_of_reasons_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accepted.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"accepted\.yaml"):
        read_accepted(path)


def test_tables_for_people(store: Store) -> None:
    rows = [
        Finding("jimo", "jimo.a", "甲", "winding", "有 1 个碎块"),
        Finding("", "b", "b", "stacked", "x", "说明"),
    ]
    assert "面的方向或碎块\t1\t0\t1" in summary_table(rows)
    assert csv_text(rows).splitlines()[1] == "jimo,jimo.a,甲,winding,有 1 个碎块,"
    assert precision_table(store).splitlines()[0].startswith("规划\t级别\tboundary\tlocated")
