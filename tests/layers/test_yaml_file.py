"""Data files that a planner edits: whatever is wrong is one sentence that names file, entry and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from layers.yaml_file import check_model, read_model, read_yaml
from tests.conftest import DATA


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Item(_Strict):
    name: str = Field(min_length=1)
    kind: Literal["road", "rail"] = "road"
    lanes: int = Field(default=2, ge=1)

    @field_validator("name")
    @classmethod
    def _is_no_number(cls, value: str) -> str:
        if value.isdigit():
            raise ValueError(f"名称不能是数字 {value}")
        return value


class _File(_Strict):
    version: Literal[1]
    items: tuple[_Item, ...] = ()


class WrongError(ValueError):
    pass


def sentence(path: Path) -> str:
    with pytest.raises(WrongError) as caught:
        read_model(path, _File, WrongError)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2", "x.yaml：version：不是允许的取值，应是 1（写的是 2）"),
        ("items: []", "x.yaml：version：缺少这一项"),
        ("version: 1\nitem: []", "x.yaml：item：没有这样的项（是否写错了名字？）"),
        (
            "version: 1\nitems: [{name: 甲}, {name: 乙, kind: rode}]",
            "x.yaml：「乙」 kind：不是允许的取值，应是 'road' 或 'rail'（写的是 'rode'）",
        ),
        ("version: 1\nitems: [{kind: rail}]", "x.yaml：items 第 1 条 name：缺少这一项"),
        (
            "version: 1\nitems: [{name: 甲, lanes: 0}]",
            "x.yaml：「甲」 lanes：数值太小，不能小于 1（写的是 0）",
        ),
        ("version: 1\nitems: [{name: '7'}]", "x.yaml：「7」 name：名称不能是数字 7"),
        (
            'version: 1\nitems: [{name: "甲\\n乙", kind: 1}]',
            "x.yaml：「甲 乙」 kind：不是允许的取值，应是 'road' 或 'rail'（写的是 1）",
        ),
        ("version: 1\nitems: [甲]", "x.yaml：items 第 1 条：应是映射（写的是 '甲'）"),
        ("", "x.yaml：应是映射（写的是 None）"),
        ("version: 1\nversion: 1", "x.yaml第 1 行：不是有效的 YAML：「version」写了两次"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert sentence(path) == said


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", "版本".encode("gb18030"), b"\x00", b"[" * 5000, b"a: 2021-13-45", b"a: " + b"9" * 5000, b"? [a]\n: b"],
)  # fmt: skip
def test_what_is_no_yaml_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    told = sentence(path)
    assert told.startswith("x.yaml")
    assert "\n" not in told


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert sentence(tmp_path / "x.yaml") == "x.yaml：无法读取：没有这个文件"
    assert sentence(tmp_path).startswith(f"{tmp_path.name}：无法读取：")


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.name)
def test_no_data_file_states_a_key_twice(path: Path) -> None:
    assert read_yaml(path, WrongError)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["version", "items", "x"]), _VALUES))
def test_any_values_are_a_model_or_one_sentence(values: dict[str, object]) -> None:
    told = "x.yaml："
    try:
        check_model("x.yaml", values, _File, WrongError)
    except WrongError as e:
        told = str(e)
    assert told.startswith("x.yaml：")
    assert "\n" not in told
