"""The rules of the ledger: data/ledger.yaml, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from layers.folding import fold_name
from layers.yaml_file import Strict, check_model, read_yaml


class LedgerError(ValueError):
    """The rules are wrong or the table cannot be written; the message names file and entry."""


class Bin(StrEnum):
    """Where a candidate ends up."""

    EVIDENCE = "evidence"
    PART = "part"
    OUTSIDE = "outside"
    INSTITUTION = "institution"
    GENERIC = "generic"
    UNDECIDED = "undecided"


BIN_NAMES: Mapping[Bin, str] = {
    Bin.EVIDENCE: "要素出处",
    Bin.PART: "别名或长名的一部分",
    Bin.OUTSIDE: "规划范围之外",
    Bin.INSTITUTION: "机构或活动",
    Bin.GENERIC: "口号或通用词",
    Bin.UNDECIDED: "待定",
}


class _Strings(Strict):
    """Names that mean the same wherever they stand, in every plan or in one."""

    words: tuple[str, ...]
    bin: Bin
    reason: str
    plan: str | None = None


class _Pattern(Strict):
    """A regular expression that the whole folded name, without quotation marks, must match."""

    pattern: str
    bin: Bin
    reason: str
    plan: str | None = None

    @field_validator("pattern")
    @classmethod
    def _is_pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as e:
            raise ValueError(f"不是正则表达式：{e}") from e
        return value


class _Decision(Strict):
    """One place in one plan."""

    plan: str
    line: int = Field(ge=1)
    text: str
    bin: Bin
    reason: str


class _Reasons(Strict):
    """Words in the reason of a catalog's ``not_places`` that tell its bin."""

    words: tuple[str, ...]
    bin: Bin


class _File(Strict):
    version: Literal[1]
    not_places: tuple[_Reasons, ...] = ()
    tails: tuple[str, ...] = ()
    strings: tuple[_Strings, ...] = ()
    patterns: tuple[_Pattern, ...] = ()
    decisions: tuple[_Decision, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What data/ledger.yaml says, ready to ask: decisions first, then strings, then patterns in their order."""

    not_places: tuple[_Reasons, ...]
    tails: frozenset[str]
    strings: Mapping[tuple[str | None, str], tuple[Bin, str]]
    patterns: tuple[tuple[re.Pattern[str], Bin, str, str | None], ...]
    decisions: Mapping[tuple[str, int, str], tuple[Bin, str]]


def read_rules(path: Path) -> Rules:
    """Read data/ledger.yaml.

    Raises
    ------
    LedgerError
        The file is missing, no YAML, or an entry lacks a key, has a wrong bin or pattern, or is there twice.
    """
    file = check_model(path.name, read_yaml(path, LedgerError) or {}, _File, LedgerError)
    patterns = tuple((re.compile(p.pattern), p.bin, p.reason, p.plan) for p in file.patterns)
    strings: dict[tuple[str | None, str], tuple[Bin, str]] = {}
    for rule in file.strings:
        for word in rule.words:
            key = rule.plan, fold_name(word).replace('"', "")
            if key in strings:
                raise LedgerError(f"{path.name}：「{word}」写了两次")
            strings[key] = rule.bin, rule.reason
    decisions = {(d.plan, d.line, fold_name(d.text)): (d.bin, d.reason) for d in file.decisions}
    return Rules(file.not_places, frozenset(map(fold_name, file.tails)), strings, patterns, decisions)
