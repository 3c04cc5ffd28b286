from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.plans import PlanError, line_of, line_starts, read_plans
from tests.layers.plan_readings import DATA, PLAN_IDS, plans


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the kept plans that a test may damage."""
    shutil.copytree(DATA / "plans", tmp_path / "plans")
    return tmp_path


def test_all_five_plans_are_read_in_the_order_of_the_list() -> None:
    assert tuple(plans()) == PLAN_IDS


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_the_text_is_the_file_itself(plan_id: str) -> None:
    raw = (DATA / "plans" / f"{plan_id}.txt").read_bytes()
    plan = plans()[plan_id]
    assert plan.text.encode() == raw
    assert plan.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("plan_id", "line", "printed"),
    [
        ("jimo", 5, "即政发〔2021〕29号"),
        ("jimo", 23, "2021年7月7日"),
        ("licang", 5, "青李沧政发〔2021〕12 号"),
        ("licang", 18, "2021 年 3 月 31 日"),
        ("shinan", 7, "2021 年 4 月"),
    ],
)
def test_numbers_and_dates_are_those_printed(plan_id: str, line: int, printed: str) -> None:
    plan = plans()[plan_id]
    assert printed in plan.text.split("\n")[line - 1]
    known = {plan.document_number, plan.published}
    year, _, rest = (plan.published or "").partition("-")
    assert printed.replace(" ", "") in known or (year in printed and str(int(rest[:2])) in printed)


def test_what_the_text_does_not_print_is_none() -> None:
    assert plans()["qingdao"].document_number is None
    assert plans()["chengyang"].published is None


def test_the_city_text_says_what_is_missing() -> None:
    assert any("第六章第二节" in sentence for sentence in plans()["qingdao"].missing)


def damage(data: Path, name: str, old: bytes, new: bytes) -> None:
    path = data / "plans" / name
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new, 1))


def test_a_changed_text_is_named(data: Path) -> None:
    damage(data, "licang.txt", "青岛国际院士港".encode(), "青岛国际院士岛".encode())
    with pytest.raises(PlanError, match=r"licang\.txt：文本与登记的不同"):
        read_plans(data)


def test_changed_line_ends_are_a_change(data: Path) -> None:
    damage(data, "shinan.txt", b"\n", b"\r\n")
    with pytest.raises(PlanError, match=r"shinan\.txt：文本与登记的不同"):
        read_plans(data)


def test_a_missing_text_is_named(data: Path) -> None:
    (data / "plans" / "jimo.txt").unlink()
    with pytest.raises(PlanError, match=r"jimo\.txt：没有这份规划的文本"):
        read_plans(data)


def test_a_text_that_is_not_utf8_is_named(data: Path) -> None:
    raw = "城阳区".encode("gb18030")
    (data / "plans" / "chengyang.txt").write_bytes(raw)
    old = plans()["chengyang"].sha256.encode()
    damage(data, "plans.yaml", old, hashlib.sha256(raw).hexdigest().encode())
    with pytest.raises(PlanError, match=r"chengyang\.txt：不是 UTF-8"):
        read_plans(data)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("level: city", "level: province", "level 是 'province'"),
        ("  issuer: 青岛市人民政府\n", "", "qingdao 缺少 issuer"),
        ("  horizon: 2035", "  horizont: 2035", "qingdao 缺少 horizon"),
        ("  page_breaks: false", "  pagebreaks: false", "不认识的项 pagebreaks"),
        ("title: 青岛市", "title: {青岛市", "不是有效的 YAML"),
        ("lines: 1,", "lines: first,", "boilerplate 要写 lines"),
    ],
)
def test_a_damaged_list_is_one_sentence(data: Path, old: str, new: str, message: str) -> None:
    damage(data, "plans.yaml", old.encode(), new.encode())
    with pytest.raises(PlanError, match=message) as caught:
        read_plans(data)
    assert "plans.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "qingdao: text\n"])
def test_a_list_that_is_no_mapping_of_plans_is_an_error(data: Path, content: str) -> None:
    (data / "plans" / "plans.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PlanError, match="应按规划的 id"):
        read_plans(data)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="没有这份规划清单"):
        read_plans(tmp_path)


@given(st.text(alphabet="青岛 \n\r\u2028", max_size=40))
def test_lines_are_counted_as_editors_count_them(text: str) -> None:
    starts = line_starts(text)
    for offset in range(len(text)):
        line = line_of(text, offset)
        assert line == text.count("\n", 0, offset) + 1
        assert line == line_of(starts, offset)
        assert starts[line - 1] <= offset
