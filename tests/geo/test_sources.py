"""The script that makes osm.csv: names, kinds, repeats."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "data" / "sources" / "make_gazetteer.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gazetteer", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_gazetteer"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("fclass", "name", "kind"),
    [
        ("residential", "金都花园", "estate"),
        ("residential", "下王埠村", "village"),
        ("industrial", "海尔工业园", "industrial_park"),
        ("university", "中国海洋大学（鱼山校区）", "campus"),
        ("forest", "洞门山", "mountain"),
        ("park", "沧口公园", "park"),
        ("restaurant", "船歌鱼水饺", None),
        ("military", "某基地", None),
    ],
)
def test_kind_of(script: ModuleType, fclass: str, name: str, kind: str | None) -> None:
    assert script.kind_of(fclass, name) == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("栈桥公园", True),
        ("公寓楼1号", False),
        ("三号楼", False),
        ("9", False),
        ("KFC", False),
        ("居委会", False),
    ],
)
def test_is_name(script: ModuleType, name: str, expected: bool) -> None:
    assert script.is_name(name) is expected


def test_several_names_in_one(script: ModuleType) -> None:
    assert script.names_of("青岛农业大学(平度校区);海都学院") == ("青岛农业大学（平度校区）", ("海都学院",))
    assert script.names_of("(高密市天力化学有限公司)") == ("高密市天力化学有限公司", ())


def test_one_place_is_kept_once(script: ModuleType) -> None:
    one = script.Row("永旺", (), "mall", "市南区", 120.40, 36.07, "OSM mall 1")
    again = script.Row("永旺", (), "facility", "市南区", 120.401, 36.07, "OSM building 2")
    elsewhere = script.Row("永旺", (), "mall", "黄岛区", 120.20, 35.96, "OSM mall 3")
    assert script.distinct([again, elsewhere, one]) == [one, elsewhere]
