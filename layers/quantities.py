"""Numbers a plan prints with a unit: amounts of money, areas, lengths, years, counts.

Each keeps the words it was read from; 「约」 and 「左右」 stay as ``about``, 「以上」 as ``at_least``. Nothing is
converted but the unit: 1.2万平方米 is 12,000 m2, never rounded or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["investment", "amount", "floor_area", "area", "length", "capacity", "count", "year"]


@dataclass(frozen=True)
class Quantity:
    """A printed quantity.

    Attributes
    ----------
    kind
        investment and amount (亿元: only what the words call 投资, 投入 or 造价 is investment), floor_area and area (m2), length (km), capacity (as printed), count, year.
    value, unit
        The number in the unit named for its kind.
    printed
        The exact folded words; ``start`` and ``end`` are their range in the text searched.
    about, at_least
        Whether the words hedge the number.
    low
        The lower end where a range is printed (5-7公里); ``value`` is then the upper.
    """

    kind: Kind
    value: float
    unit: str
    printed: str
    start: int
    end: int
    about: bool = False
    at_least: bool = False
    low: float | None = None


_NUMBER = r"(?:(?P<low>\d+(?:\.\d+)?)[一~至])?(?P<n>\d+(?:\.\d+)?)(?P<many>余|多)?(?P<scale>百万|十万|千万|万|亿)?(?P<more>余|多)?"
_SCALE = {None: 1.0, "": 1.0, "十万": 1e5, "百万": 1e6, "千万": 1e7, "万": 1e4, "亿": 1e8}

# unit -> (kind, unit of the value, factor)
_UNITS: dict[str, tuple[Kind, str, float]] = {
    "亿元": ("investment", "亿元", 1.0),
    "万元": ("investment", "亿元", 1e-4),
    "元": ("investment", "亿元", 1e-8),
    "平方公里": ("area", "m2", 1e6),
    "公顷": ("area", "m2", 1e4),
    "亩": ("area", "m2", 10000 / 15),
    "平方米": ("area", "m2", 1.0),
    "平米": ("area", "m2", 1.0),
    "公里": ("length", "km", 1.0),
    "千米": ("length", "km", 1.0),
    "米": ("length", "km", 1e-3),
    "吨/日": ("capacity", "吨/日", 1.0),
    "吨/天": ("capacity", "吨/日", 1.0),
    "立方米/日": ("capacity", "立方米/日", 1.0),
    "立方米": ("capacity", "立方米", 1.0),
    "千瓦": ("capacity", "千瓦", 1.0),
    "张": ("count", "张", 1.0),
    "个": ("count", "个", 1.0),
    "处": ("count", "处", 1.0),
    "条": ("count", "条", 1.0),
    "座": ("count", "座", 1.0),
    "栋": ("count", "栋", 1.0),
    "所": ("count", "所", 1.0),
    "家": ("count", "家", 1.0),
}
# 签约 38 个国家 is exactly 38, as is what stands after 集约 or 附近.
_ABOUT = r"大约|(?<![签预节集合公违履])约|(?<!附)近"
_QUANTITY = re.compile(
    rf"(?P<about>{_ABOUT})?{_NUMBER}(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?!百分点)"
    r"(?P<tail>左右|以上)?"
)
_YEAR = re.compile(r"(?<!\d)(?P<n>20[0-4]\d)年")
_FLOOR = re.compile(r"(建筑面积|建筑规模|总建面|建面|体量)[^。;;]{0,6}$")
_INVESTED = re.compile(r"(投资|造价|投入)[^,，。;；]{0,8}$")


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity in a folded text, in order; ``[]`` when there is none."""
    return sorted([*_measures(text), *_years(text)], key=lambda q: q.start)


def _measures(text: str) -> Iterator[Quantity]:
    for m in _QUANTITY.finditer(text):
        unit = m["unit"]
        scale = m["scale"]
        if unit == "元" and scale in ("亿", "万"):
            unit, scale = scale + unit, None
        kind, unit_out, factor = _UNITS[unit]
        before = text[max(0, m.start() - 16) : m.start()]
        if kind == "investment" and not _INVESTED.search(before):
            kind = "amount"
        if kind == "area" and _FLOOR.search(before):
            kind = "floor_area"
        yield Quantity(
            kind=kind,
            value=_value(m["n"], scale, factor),
            unit=unit_out,
            printed=m[0],
            start=m.start(),
            end=m.end(),
            about=bool(m["about"]) or m["tail"] == "左右",
            at_least=bool(m["many"] or m["more"]) or m["tail"] == "以上",
            low=_value(m["low"], scale, factor) if m["low"] else None,
        )


def _value(digits: str, scale: str | None, factor: float) -> float:
    """Digits with their unit applied, without the noise of binary fractions."""
    return float(f"{float(digits) * _SCALE[scale] * factor:.10g}")


def _years(text: str) -> Iterator[Quantity]:
    for m in _YEAR.finditer(text):
        yield Quantity("year", float(m["n"]), "年", m[0], m.start(), m.end())
