"""Reading a YAML file that a planner edits, and its model, with errors that name file, entry and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """A part of a data file: it has no keys but its own, and does not change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader (the C one is ten times as fast), but a key that stands twice is an error.

    YAML lets the second win in silence.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = next((k for i, k in enumerate(keys) if k in keys[:i]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"「{twice}」写了两次", node.start_mark)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def read_yaml(path: Path, error: type[ValueError]) -> Any:
    """What a UTF-8 YAML file holds, not yet checked; None for an empty one.

    Raises
    ------
    error
        With one sentence, when the file cannot be read or is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError as e:
        raise error(f"{path.name}：无法读取：没有这个文件") from e
    except OSError as e:
        raise error(f"{path.name}：无法读取：{e.strerror}") from e
    except UnicodeDecodeError as e:
        raise error(f"{path.name}：不是 UTF-8 文本（第 {e.start} 字节）") from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        problem = " ".join(str(getattr(e, "problem", None) or e).split())
        raise error(f"{path.name}{where}：不是有效的 YAML：{problem}") from e
    except (RecursionError, ValueError) as e:  # a thousand brackets; a number or a date that cannot be
        raise error(f"{path.name}：不是有效的 YAML：{' '.join(str(e).split())}") from e


def read_model(path: Path, model: type[Model], error: type[ValueError]) -> Model:
    """The file as a model; raises ``error`` with one sentence when it cannot be read or does not hold one."""
    return check_model(path.name, read_yaml(path, error), model, error)


def check_model(file_name: str, raw: object, model: type[Model], error: type[ValueError]) -> Model:
    """What :func:`read_yaml` gave, as a model.

    Raises
    ------
    error
        With one sentence on the first thing wrong: file, entry, key, reason.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as e:
        raise error(_explain(file_name, raw, e)) from e


_REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样的项（是否写错了名字？）",
    "literal_error": "不是允许的取值，应是 {expected}",
    "enum": "不是允许的取值，应是 {expected}",
    "string_type": "应是文字",
    "string_too_short": "不能为空或少于 {min_length} 个字",
    "string_pattern_mismatch": "写法不对",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "float_type": "应是数",
    "float_parsing": "应是数",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "tuple_type": "应是列表",
    "too_short": "至少要有 {min_length} 项",
    "dict_type": "应是映射",
    "model_type": "应是映射",
    "greater_than": "数值太小，应大于 {gt}",
    "greater_than_equal": "数值太小，不能小于 {ge}",
    "less_than": "数值太大，应小于 {lt}",
    "less_than_equal": "数值太大，不能大于 {le}",
}
_SAYS_ITSELF = ("missing", "extra_forbidden", "value_error")
_LABELS = ("name", "text", "word", "id")
"""The keys by which an entry of a list is called."""
_LONGEST = 60


def _explain(file_name: str, raw: object, error: ValidationError) -> str:
    first = error.errors()[0]
    kind = first["type"]
    told = {name: str(value).replace(" or ", " 或 ") for name, value in first.get("ctx", {}).items()}
    if kind == "value_error":
        reason = told["error"]
    else:
        reason = _REASONS[kind].format(**told) if kind in _REASONS else first["msg"]
    if kind not in _SAYS_ITSELF:
        written = repr(first["input"])
        reason += f"（写的是 {written[:_LONGEST]}{'…' if len(written) > _LONGEST else ''}）"
    return "：".join(filter(None, (file_name, _place(raw, first["loc"]), reason)))


def _place(raw: object, loc: tuple[int | str, ...]) -> str:
    """Entry and key; an entry of a list by its label, else by its number."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return ".".join(map(str, loc))
    section = raw.get(loc[0]) if isinstance(raw, dict) else None
    item = section[loc[1]] if isinstance(section, list) and loc[1] < len(section) else None
    label = next((item[k] for k in _LABELS if item.get(k)), None) if isinstance(item, dict) else None
    entry = f"「{' '.join(str(label).split())}」" if label else f"{loc[0]} 第 {loc[1] + 1} 条"
    return " ".join([entry, ".".join(map(str, loc[2:]))]).rstrip()
