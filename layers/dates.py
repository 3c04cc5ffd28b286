"""Years and periods a plan prints, and what they are to what they govern: a start, a finish, a target, the past.

A year is read as a finish only where the words say 建成, 完成, 通车 and the like; 「到2025年」 of any other aim is a target. What a
comparison, a title or an award prints (较2015年, 2035年远景目标, 「2019年…奖」) is no date of a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["start", "finish", "span", "target", "period", "past"]


@dataclass(frozen=True)
class PrintedDate:
    """A printed year, span of years or five-year period.

    Attributes
    ----------
    role
        start and finish of a work; span has both; target is the year of an aim; period a five-year plan's; past lies
        before the plan.
    first, last
        The years, both the same for a single one.
    printed
        The words in reading form.
    text, start, end
        Exactly the characters ``[start, end)`` of the text searched, or of the plan once it is a project's.
    leads
        Whether it stands as a condition for all that follows in its sentence (到2025年, 「十四五」期间).
    """

    role: Role
    first: int
    last: int
    printed: str
    text: str
    start: int
    end: int
    leads: bool = False


_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?P<span>(?<!\d)(?P<from>{_YEAR})年?[一~至到](?P<to>{_YEAR})年)
       | (?P<period>"?十(?P<nth>[一二三四五六七八])五"?(?P<which>期间|时期|期末|末))
       | (?P<point>(?P<lead>(?:力争)?(?:到|至)|截至|争取|力争|于|在)?(?<!\d)(?P<year>{_YEAR})年
          (?:底|末|初|[上下]半年|\d{{1,2}}月(?:底|份)?)?(?P<before>(?:之|以)?前)?)""",
    re.VERBOSE,
)
_NTH = {n: 2001 + 5 * i for i, n in enumerate("一二三四五六七八", start=1)}
_COMPARED = re.compile(r"(?:较|比|同|从|自|由|相当于|是|以)$")
_TITLE_AFTER = re.compile(r"远景|目标|基数|版|度|\)年")
_TITLE_BEFORE = re.compile(r"(?:规划|纲要|方案|计划|条例|意见)\($")
_STARTED = re.compile(r"^(?:[^,;。]{0,10})(?:开工|动工|开建|启动|开始(?:建设|实施))")
_FINISHED = re.compile(
    r"建成(?!区|后)|完成(?!率|情况)|竣工|完工|建好|投用|启用|通车|开通|投产|交付|贯通|投入(?:使用|运营|运行)|落成"
)


def says_finished(words: str) -> bool:
    """Whether some words tell of something finished or to be finished."""
    return bool(_FINISHED.search(words))


def find_dates(text: str, plan_from: int) -> list[PrintedDate]:
    """Every date in a folded text, in order, with its role among the words that follow it in the text.

    Parameters
    ----------
    text
        A sentence or less.
    plan_from
        The first year of the plan's period: an earlier one is past.
    """
    return list(_dates(text, plan_from))


def _dates(text: str, plan_from: int) -> Iterator[PrintedDate]:
    matches = [m for m in _DATE.finditer(text) if not _is_no_date(text, m)]
    for i, m in enumerate(matches):
        until = matches[i + 1].start() if i + 1 < len(matches) else len(text)
        date = _read(m, plan_from)
        yield with_role(date, _governed(text[m.end() : until]), plan_from)


def _read(m: re.Match[str], plan_from: int) -> PrintedDate:
    role: Role
    if m["period"]:
        first = _NTH[m["nth"]]
        last = first + 4
        role = "period"
        if m["which"] in ("末", "期末"):
            first, role = last, "target"
        if last < plan_from:
            role = "past"
        return PrintedDate(role, first, last, m[0], m[0], m.start(), m.end(), leads=True)
    if m["span"]:
        return PrintedDate("span", int(m["from"]), int(m["to"]), m[0], m[0], m.start(), m.end())
    year = int(m["year"])
    role = "target" if year >= plan_from else "past"
    leads = bool(m["lead"] and m["lead"].endswith(("到", "至", "争取", "力争"))) or bool(m["before"])
    return PrintedDate(role, year, year, m[0], m[0], m.start(), m.end(), leads)


def with_role(date: PrintedDate, words: str, plan_from: int) -> PrintedDate:
    """A date as the words it governs make it: the target year of something finished is a finish, and so on."""
    if date.role in ("span", "period"):
        return date
    if _STARTED.search(words):
        return replace(date, role="start")
    if says_finished(words):
        return replace(date, role="finish")
    return replace(date, role="target" if date.last >= plan_from else "past")


def _governed(following: str) -> str:
    """The first clause after a date."""
    words = following.lstrip(",")
    return re.split(r"[,;:。!?\n]", words, maxsplit=1)[0]


def _is_no_date(text: str, m: re.Match[str]) -> bool:
    before, after = text[: m.start()], text[m.end() :]
    if m["period"]:
        if re.match(r"是|经济社会|规划|发展", after):
            return True
        return before.count("(") > before.count(")") or bool(_COMPARED.search(before.rstrip('"')))
    if m["span"]:
        return bool(_TITLE_BEFORE.search(before))
    if m["before"] and re.match(r"(?:建成|建设|竣工)的?(?:符合|老旧|住宅|小区|房)", after):
        return True
    return bool(
        _TITLE_AFTER.match(after)
        or (not m["lead"] and _COMPARED.search(before))
        or before.count('"') % 2 == 1
    )
