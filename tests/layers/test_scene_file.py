"""Scene files of users: read whole, or refused with a sentence for each problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.scene_file import LARGEST, SceneFileError, parse_scenes, read_scene_file

LINK = "?v=2&layers=bay&box=120.20000,36.00000,120.50000,36.20000"


def scene(**changes: Any) -> dict[str, Any]:
    return {"id": "a", "chapter": "", "caption": "甲\n第二行", "note": "讲稿", "link": LINK} | changes


def file(*scenes: Any, **changes: Any) -> bytes:
    data = {"schema": "plan-atlas-scenes", "version": 1, "title": "我的", "scenes": list(scenes)} | changes
    return json.dumps(data).encode()


def test_a_good_file_is_read_whole() -> None:
    found = parse_scenes(file(scene(), scene(id="", caption="乙"), scene(id="a")))
    assert (found.title, found.plan) == ("我的", "")
    assert [s.caption for s in found.scenes] == ["甲\n第二行", "乙", "甲\n第二行"]
    assert [s.note for s in found.scenes] == ["讲稿"] * 3
    assert len({s.id for s in found.scenes}) == 3


def test_a_link_of_an_earlier_version_comes_in_the_form_of_this_one() -> None:
    (found,) = parse_scenes(file(scene(link="?v=1&layers=bay.axis&features=x"))).scenes
    assert found.link == "?v=2&layers=bay,axis&only=x"


def test_what_no_document_can_hold_is_left_out() -> None:
    (found,) = parse_scenes(file(scene(caption="甲\x00\x0b\ud800乙\n丙"))).scenes
    assert found.caption == "甲乙\n丙"


def test_a_byte_order_mark_is_no_harm() -> None:
    assert len(parse_scenes(b"\xef\xbb\xbf" + file(scene())).scenes) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是有效的 JSON"),
        (b"\xff\xfe", "不是有效的 JSON"),
        (b"[]", "不是规划图集的演示场景"),
        (file(scene(), schema="other"), "不是规划图集的演示场景"),
        (file(scene(), version=2), "版本是 2"),
        (file(scene(), version=True), "版本是 True"),
        (file(), "没有场景"),
        (file(scenes={}), "没有场景"),
        (file(*[scene()] * 401), "401 个场景，最多 400"),
        (b" " * (LARGEST + 1), "超过 4 MB"),
        (file(scene(), 7), "第 2 个场景不是一个对象"),
        (file(scene(note=5)), "第 1 个场景「甲」的 note 不是文字"),
        (file(scene(caption="长" * 601)), "caption 太长：601 字，最多 600 字"),
        (file(scene(link=None)), "第 1 个场景「甲」没有视图链接"),
        (file(scene(link="http://x")), "第 1 个场景「甲」的链接不能用：这不是本图集的视图链接"),
        (file(scene(link="?v=9")), "第 1 个场景「甲」的链接不能用：链接的版本是 9"),
        (file(scene(link="?v=2&box=1,2,3")), "box"),
    ],
)
def test_problems_are_told(content: bytes, words: str) -> None:
    with pytest.raises(SceneFileError) as told:
        parse_scenes(content)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_every_problem_has_a_sentence_and_a_few_are_shown() -> None:
    with pytest.raises(SceneFileError) as told:
        parse_scenes(file(*[scene(caption=f"幕{i}", link="x") for i in range(9)]))
    assert len(told.value.problems) == 9
    assert str(told.value).endswith("另有 4 处")
    assert all(f"「幕{i}」" in problem for i, problem in enumerate(told.value.problems))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path / "none.json", "没有场景文件"),
        (tmp_path, "是文件夹"),
        (Path("a\0b"), "不能用的字符"),
    ):
        with pytest.raises(SceneFileError, match=words):
            read_scene_file(path)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["schema", "version", "scenes", "link", "caption"]), x)).map(lambda x: json.dumps(x).encode()))  # fmt: skip
def test_whatever_is_given_is_read_or_refused(content: bytes) -> None:
    with pytest.raises(SceneFileError):
        parse_scenes(content)
