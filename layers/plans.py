"""The plans: their texts, byte for byte as kept, and what is known about each document.

Here are the reading of data/plans/plans.yaml, the check that no text has changed, and the physical lines of a
text. What a text means (chapters, paragraphs, boxes) is layers.passages.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.yaml_file import read_yaml

LEVELS = ("city", "district")
_REQUIRED = ("title", "short_title", "district", "adcode", "level", "issuer", "period", "horizon", "sha256")
_OPTIONAL = ("document_number", "published", "missing", "boilerplate", "page_breaks")


class PlanError(ValueError):
    """A plan cannot be read; the message is one sentence that names the file."""


@dataclass(frozen=True)
class Boilerplate:
    """Lines of a file that are no plan text, such as the web page around it; 1-based, both ends included."""

    first_line: int
    last_line: int
    why: str


@dataclass(frozen=True)
class Plan:
    """One document: its text and what is printed on it.

    Attributes
    ----------
    id
        Name of the file without its ending, e.g. ``chengyang``.
    short_title
        A label, e.g. 城阳区「十四五」规划.
    district, adcode
        Name and six-digit administrative code of the area the plan is for.
    level
        ``city`` or ``district``.
    document_number, published
        As printed; None where the text does not print it. The date is ISO 8601, as far as printed (2021-04).
    missing
        Chinese sentences on what is missing from the text or damaged in it.
    text
        The decoded file. Every offset in this program is a 0-based code point of it.
    boilerplate
        Lines that are no plan text.
    page_breaks
        Whether breaks of the printed pages cut paragraphs of the file.
    """

    id: str
    title: str
    short_title: str
    district: str
    adcode: str
    level: str
    issuer: str
    document_number: str | None
    published: str | None
    period: str
    horizon: str
    sha256: str
    missing: tuple[str, ...]
    text: str
    boilerplate: tuple[Boilerplate, ...] = ()
    page_breaks: bool = True


def read_plans(data_dir: Path) -> dict[str, Plan]:
    """Read every plan listed in ``plans/plans.yaml``, in the order of the file.

    Parameters
    ----------
    data_dir
        The folder that holds ``plans/``.

    Raises
    ------
    PlanError
        plans.yaml is missing, is no YAML or lacks a key; a text is missing, is not UTF-8, or is not the text
        whose sha256 is written in plans.yaml.
    """
    folder = data_dir / "plans"
    entries = _read_entries(folder / "plans.yaml")
    return {plan_id: _plan_from_entry(folder, plan_id, entry) for plan_id, entry in entries.items()}


def line_starts(text: str) -> list[int]:
    """Offsets at which the physical lines of a text start; the first is 0."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def line_of(text_or_starts: str | Sequence[int], offset: int) -> int:
    """Number of the physical line an offset lies on, 1-based.

    Pass the list from `line_starts` where many offsets are asked for.
    """
    starts = line_starts(text_or_starts) if isinstance(text_or_starts, str) else text_or_starts
    return bisect_right(starts, offset)


def _read_entries(path: Path) -> dict[str, dict[str, Any]]:
    if not path.exists():
        raise PlanError(f"{path.name}：没有这份规划清单（{path}）")
    entries = read_yaml(path, PlanError)
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        raise PlanError(f"{path.name}：应按规划的 id 分条写各项")
    for plan_id, entry in entries.items():
        _check_entry(path, str(plan_id), entry)
    return {str(plan_id): entry for plan_id, entry in entries.items()}


def _check_entry(path: Path, plan_id: str, entry: dict[str, Any]) -> None:
    lacking = [key for key in _REQUIRED if not entry.get(key)]
    if lacking:
        raise PlanError(f"{path.name}：规划 {plan_id} 缺少 {'、'.join(lacking)}")
    unknown = sorted(str(key) for key in set(entry) - {*_REQUIRED, *_OPTIONAL})
    if unknown:
        raise PlanError(f"{path.name}：规划 {plan_id} 有不认识的项 {'、'.join(unknown)}")
    if entry["level"] not in LEVELS:
        levels = "、".join(LEVELS)
        raise PlanError(f"{path.name}：规划 {plan_id} 的 level 是 {entry['level']!r}，应为 {levels} 之一")


def _plan_from_entry(folder: Path, plan_id: str, entry: dict[str, Any]) -> Plan:
    sha256 = str(entry["sha256"])
    return Plan(
        id=plan_id,
        title=str(entry["title"]),
        short_title=str(entry["short_title"]),
        district=str(entry["district"]),
        adcode=str(entry["adcode"]),
        level=str(entry["level"]),
        issuer=str(entry["issuer"]),
        document_number=_text_or_none(entry.get("document_number")),
        published=_text_or_none(entry.get("published")),
        period=str(entry["period"]),
        horizon=str(entry["horizon"]),
        sha256=sha256,
        missing=tuple(str(sentence) for sentence in entry.get("missing") or ()),
        text=_read_text(folder / f"{plan_id}.txt", sha256),
        boilerplate=_boilerplate(folder / "plans.yaml", plan_id, entry.get("boilerplate") or ()),
        page_breaks=bool(entry.get("page_breaks", True)),
    )


def _read_text(path: Path, sha256: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise PlanError(f"{path.name}：没有这份规划的文本（{path}）") from None
    found = hashlib.sha256(raw).hexdigest()
    if found != sha256:
        raise PlanError(
            f"{path.name}：文本与登记的不同（sha256 {found[:12]}…，plans.yaml 登记 {sha256[:12]}…）"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PlanError(f"{path.name}：不是 UTF-8 文本（{_one_line(error)}）") from error


def _boilerplate(path: Path, plan_id: str, entries: Sequence[Any]) -> tuple[Boilerplate, ...]:
    found = []
    for entry in entries:
        try:
            first, _, last = str(entry["lines"]).partition("-")
            found.append(Boilerplate(int(first), int(last or first), str(entry["why"])))
        except (KeyError, TypeError, ValueError):
            message = f"{path.name}：规划 {plan_id} 的 boilerplate 要写 lines 和 why：{entry}"
            raise PlanError(message) from None
    return tuple(found)


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
