"""Numbers a plan prints with a unit: money, areas, lengths, capacities, counts and rates.

Each keeps the words it was read from, hedges included: 「约」 and 「左右」 stay as ``about``, 「超过」, 「不低于」 and 「以上」 as
``at_least``, 「不超过」 and 「以内」 as ``at_most``. Nothing is converted but the unit (1.2万平方米 is 12,000 m2), never
rounded or guessed, and never from one currency to another. Years are no quantities: :mod:`layers.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["investment", "amount", "floor_area", "area", "length", "height", "capacity", "count", "rate"]


@dataclass(frozen=True)
class Quantity:
    """A printed quantity.

    Attributes
    ----------
    kind
        investment and amount (money: only what the words call 投资, 投入 or 造价 is investment), floor_area and area (m2),
        length (km), height (m: heights, depths and widths), capacity (what a thing can hold, treat or carry), count,
        and rate (a share, or so much per head, per square kilometre, per year).
    value, unit
        The number in the unit named for its kind: 亿元 or, in another currency, 亿美元 and the like; 兆瓦 for power.
    printed
        The words in reading form.
    text, start, end
        Exactly the characters ``[start, end)`` of the text searched, or of the plan once it is a project's.
    of
        What a capacity counts (床位, 学位, 车位, 供热面积), where a general unit does not say it.
    about, at_least, at_most
        Whether the words hedge the number.
    low
        The lower end where a range is printed (5-7公里); ``value`` is then the upper.
    """

    kind: Kind
    value: float
    unit: str
    printed: str
    text: str
    start: int
    end: int
    of: str | None = None
    about: bool = False
    at_least: bool = False
    at_most: bool = False
    low: float | None = None


_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_MONEY = ("元", "美元", "欧元", "日元", "港元", "韩元")

# unit -> (kind, unit of the value, factor)
_UNITS: dict[str, tuple[Kind, str, float]] = {
    **{unit: ("amount", f"亿{unit}", 1e-8) for unit in _MONEY},
    "平方公里": ("area", "m2", 1e6),
    "平方千米": ("area", "m2", 1e6),
    "公顷": ("area", "m2", 1e4),
    "亩": ("area", "m2", 10000 / 15),
    "平方米": ("area", "m2", 1.0),
    "平米": ("area", "m2", 1.0),
    "公里": ("length", "km", 1.0),
    "千米": ("length", "km", 1.0),
    "km": ("length", "km", 1.0),
    "米": ("length", "km", 1e-3),
    "兆瓦": ("capacity", "兆瓦", 1.0),
    "mw": ("capacity", "兆瓦", 1.0),
    "千瓦": ("capacity", "兆瓦", 1e-3),
    "kw": ("capacity", "兆瓦", 1e-3),
    "吉瓦": ("capacity", "兆瓦", 1e3),
    "gw": ("capacity", "兆瓦", 1e3),
    "千伏": ("capacity", "千伏", 1.0),
    "kv": ("capacity", "千伏", 1.0),
    "千伏安": ("capacity", "千伏安", 1.0),
    "吨级": ("capacity", "吨级", 1.0),
    "吨": ("capacity", "吨", 1.0),
    "立方米": ("capacity", "立方米", 1.0),
    "标箱": ("capacity", "标箱", 1.0),
    "标准箱": ("capacity", "标箱", 1.0),
    "teu": ("capacity", "标箱", 1.0),
    "车道": ("capacity", "车道", 1.0),
    "班": ("capacity", "班", 1.0),
    **{
        unit: ("count", unit, 1.0)
        for unit in (
            "个", "处", "条", "座", "栋", "幢", "所", "家", "张", "套", "户", "间", "项", "件", "台", "辆", "标台", "艘", "支",
            "人", "人次", "用户", "名", "位", "层", "场", "种", "部", "批", "国",
        )
    },
    "%": ("rate", "%", 1.0),
}  # fmt: skip
# What a unit must not be read before: 个 of 百分点 and 个月, 班 of 班列, 家 of 家族, 人 of 人民币.
_NOT_BEFORE = {
    "个": "百分点|月", "班": "列|次|车|子|级|组", "米": "其|兰", "人": "民|才|大|工|口|均", "位": "于|居|置", "场": "馆|所", "部": "分|署",
    "条": "件|款|例", "名": "校|师|店|优", "层": "次", "元": "素|旦", "吨": "公里", "支": "持|撑", "件": "套",
    "国": "道|家|际|内|有|民|产|企|土|外|务",
}  # fmt: skip
_POSTS = "/(?:人|户|年|月|日|天|小时|平方公里|公顷|亩|千人|万人|个|公里)"

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "万亿|十万|百万|千万|百|千|万|亿"
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
# 签约 38 个国家 is exactly 38, as is what stands after 集约 or 附近.
_ABOUT = r"(?:大约|(?<![签预节集合公违履])约)(?:为)?|(?<![附最])近"
_AT_LEAST = r"(?<!不)超过|(?<![高不商])超|(?<![超通经不])过|突破|不低于|不少于|不小于|(?<!不)高于|至少|逾"
_AT_MOST = r"不超过|不高于|不大于|不多于|(?<!不)低于|(?<!不)少于"
_QUANTITY = re.compile(
    rf"(?:(?P<at_most>{_AT_MOST})|(?P<at_least>{_AT_LEAST})|(?P<about>{_ABOUT}))?"
    rf"(?<![\d.a-z+第])(?:(?P<low>{_DIGITS})(?P<low_scale>{_SCALE})?(?:{_UNIT})?[一~至])?"
    rf"(?P<n>{_DIGITS})(?P<many>余|多)?(?P<scale>{_SCALE})?(?P<more>余|多)?"
    rf"(?P<unit>{_UNIT})"
    rf"(?P<per>(?:{_POSTS}){{0,2}})"
    r"(?P<tail>左右|上下|及?以上|以内|及?以下)?"
)

_SEGMENT = re.compile(r"[,;:。!?、\n]")
_FLOOR = re.compile(r"建筑面积|建筑规模|建面|体量|房(?!车)|公寓|载体|楼宇|商超|商铺|人防工程|节能")
_LAND = re.compile(r"占地|用地|土地|绿化|绿地|林地|园区总面积|水域|海域|路面")
_HEATED = re.compile(r"供热|供暖|采暖")
_INVESTED = re.compile(r"(?<!固定资产)(?:投资|造价|投入)[^,。;]{0,8}$")
_DAILY = re.compile(r"[日天](?:均)?(?:处理|供水|供气|产|污水|垃圾|净化)")
_PLACES = re.compile(r"床位|学位|车位|泊位|托位|席位|座位")
_PER_BEFORE = re.compile(
    r"人均|户均|生均|年均|每年|[万千百]人(?=拥有)|[千百]名老(?:年)?人|密度"
    r"|每(?:百|千|万)?(?:名|人|户|平方公里|个|亩|家|月|天|日|所|处|小时|村|社区)"
)
_SPEED = re.compile(r"时速[^,。;]{0,3}$")
_ACROSS = re.compile(r"(?:[高深宽]度?|深达|高达|下)$")
_ACROSS_AFTER = re.compile(r"(?:、\d+层)?(?:深度?|高度?|宽)")


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity in a folded text, in order; ``[]`` when there is none."""
    return list(_measures(text))


def _measures(text: str) -> Iterator[Quantity]:
    for m in _QUANTITY.finditer(text):
        unit = m["unit"]
        if (not_before := _NOT_BEFORE.get(unit)) and re.match(not_before, text[m.end("unit") :]):
            continue
        kind, unit_out, factor = _UNITS[unit]
        segment = _segment_before(text, m.start())
        after = text[m.end() : m.end() + 8]
        of = None
        if kind == "amount" and _INVESTED.search(text[max(0, m.start() - 16) : m.start()]):
            kind = "investment"
        elif kind == "area":
            kind, unit_out, of = _kind_of_area(segment, after, unit, unit_out)
        elif kind == "length" and (_ACROSS.search(segment) or _ACROSS_AFTER.match(after)):
            kind, unit_out, factor = "height", "米", factor * 1e3
        elif unit in ("吨", "立方米") and _DAILY.search(segment):
            unit_out += "/日"
        elif unit in ("张", "个") and (places := _places(segment, after)):
            kind, of = "capacity", places
        kind, unit_out, of = _as_rate(kind, unit_out, of, segment, m["per"])
        yield Quantity(
            kind=kind,
            value=_value(m["n"], m["scale"], factor),
            unit=unit_out,
            printed=m[0],
            text=m[0],
            start=m.start(),
            end=m.end(),
            of=of,
            about=bool(m["about"]) or m["tail"] in ("左右", "上下"),
            at_least=bool(m["at_least"] or m["many"] or m["more"]) or (m["tail"] or "").endswith("以上"),
            at_most=bool(m["at_most"]) or (m["tail"] or "").endswith(("以内", "以下")),
            low=_value(m["low"], m["low_scale"] or m["scale"], factor) if m["low"] else None,
        )


def _segment_before(text: str, at: int) -> str:
    """What stands before a place in the same member of a list: up to the last mark of any kind."""
    before = text[max(0, at - 40) : at]
    *_, last = _SEGMENT.split(before)
    return last


def _kind_of_area(segment: str, after: str, unit: str, unit_out: str) -> tuple[Kind, str, str | None]:
    if _HEATED.search(segment):
        return "capacity", "平方米", "供热面积"
    is_floor = unit in ("平方米", "平米") and (
        _FLOOR.search(segment) or _FLOOR.match(re.sub("^的", "", after))
    )
    return ("floor_area" if is_floor and not _LAND.search(segment) else "area"), unit_out, None


def _places(segment: str, after: str) -> str | None:
    """床位, 学位 and the like, where they stand right before the number or right after its unit."""
    found = _PLACES.search(segment[-8:]) or _PLACES.match(re.sub("^(?:的|停|护理型)+", "", after))
    return {"泊位": "车位"}.get(found[0], found[0]) if found else None


def _as_rate(kind: Kind, unit: str, of: str | None, segment: str, post: str) -> tuple[Kind, str, str | None]:
    """A quantity for each of something is a rate; 吨/日 stays a capacity."""
    if kind == "capacity" and post in ("/日", "/天", "/年", "/小时"):
        return kind, unit.removesuffix("/日") + post.replace("天", "日"), of
    if kind in ("length", "rate") and _SPEED.search(segment):
        return "rate", "km/小时", None
    if unit == "%":
        return "rate", unit, None
    if post:
        return "rate", unit + post, of
    before = _PER_BEFORE.search(segment)
    if not before:
        return kind, unit, of
    words = before[0]
    if words == "密度":
        return ("rate", f"{unit}/平方公里", of) if kind in ("length", "count") else (kind, unit, of)
    per = {"人均": "人", "户均": "户", "生均": "生", "年均": "年"}.get(words, words.removeprefix("每"))
    return "rate", f"{unit}/{per}", of


def _value(digits: str, scale: str | None, factor: float) -> float:
    """Digits with their unit applied, without the noise of binary fractions."""
    return float(f"{float(digits.replace(',', '')) * (_SCALES[scale] if scale else 1.0) * factor:.10g}")
