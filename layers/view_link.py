"""The link of a view: one versioned definition for the page, scenes, figures, decks, web pages and QR codes.

assets/0-view-link.js is its counterpart in the browser; tests/fixtures/view_links.json holds one to the other. A link
is the query string of an address, ``?v=2&plan=shinan&...``; what is at its default is left out. Lists are joined by
commas. What a page other than the map has of its own is written ``page.name=value``: the page alone knows its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote

from layers.said import joined, said, sentence_of

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees, WGS 84."""

VERSION = 2
LONGEST = 8000
"""Characters of a link, whoever wrote it."""
SHORT = 2000
"""A longer link is handed on under a short id: mail programs cut it, and no QR code of it can be scanned."""

FILTERS = ("status", "precision", "projects", "year", "district", "category", "grade")
LANGUAGES = ("zh", "en")

_LINK = re.compile(r"/?\?v=[0-9]+(?:&[a-z._-]+=[A-Za-z0-9._~,*+%-]*)*")
"""What links write plainly or percent-encoded, nothing that means something in HTML."""
_NAME = re.compile(r"[A-Za-z0-9_.~-]{1,160}")
_PART = re.compile(r"([a-z]+)\.([a-z]+)")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")
_LONGEST_PART = 2000
_UNREADABLE = re.compile("[\x00-\x1f\x7f\ufffd\ud800-\udfff]")


class ViewLinkError(ValueError):
    """The text is no link of a view; the message says why in one sentence."""


@dataclass(frozen=True)
class ViewState:
    """What is to be seen.

    ``layers`` are the categories shown, None for those shown at the start; ``filters`` holds chosen values by name
    (:data:`FILTERS`; ``grade`` is a feature's level, where ``level`` is how much the map draws); ``opacity`` percents
    by category, where not 100; ``only`` leaves nothing but these features; ``feature`` is the chosen one; ``reader`` the
    plan opened to be read and ``place`` the code point of its text; ``centre`` is ``(lat, lon, zoom)`` in degrees, WGS 84;
    ``box`` is fitted to whatever window opens the link; ``parts`` holds, by page, what that page keeps of its own, as
    text.
    """

    lang: str = "zh"
    page: str = "map"
    plan: str = ""
    level: int = 1
    layers: tuple[str, ...] | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opacity: Mapping[str, int] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    feature: str = ""
    reader: str = ""
    place: int | None = None
    centre: tuple[float, float, float] | None = None
    box: BBox | None = None
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """A part of a link that was left aside: its name (empty for the link as a whole) and why, in one sentence."""

    part: str
    sentence: str


@dataclass(frozen=True)
class DecodedLink:
    """The state a link describes, as far as it could be read."""

    state: ViewState
    problems: tuple[Problem, ...]


def encode_link(state: ViewState) -> str:
    """The link of a state, always the same for the same state: plain ASCII that begins with ``?v=2``."""
    said = {
        "lang": "" if state.lang == "zh" else state.lang,
        "page": "" if state.page == "map" else state.page,
        "plan": state.plan,
        "level": "" if state.level == 1 else str(state.level),
        "layers": None if state.layers is None else ",".join(state.layers),
        **{name: ",".join(state.filters.get(name, ())) for name in FILTERS},
        "opacity": ",".join(f"{category}-{percent}" for category, percent in sorted(state.opacity.items())),
        "only": ",".join(state.only),
        "feature": state.feature,
        "read": state.reader,
        "at": "" if state.place is None else str(state.place),
        "view": "{:.5f},{:.5f},{:.2f}".format(*state.centre) if state.centre else "",
        "box": ",".join(f"{degrees:.5f}" for degrees in state.box) if state.box else "",
        **{
            f"{page}.{name}": text
            for page, part in sorted(state.parts.items())
            for name, text in sorted(part.items())
        },
    }
    kept = {name: text for name, text in said.items() if text or (name == "layers" and text is not None)}
    return f"?v={VERSION}" + "".join(f"&{name}={quote(text or '', safe=',')}" for name, text in kept.items())


def decode_link(link: str) -> DecodedLink:
    """The state of a link of this version or an earlier one; what cannot be read is left aside and said.

    ``link`` may begin with ``/``. An empty one is the state at the start.
    """
    problems: list[Problem] = []
    if len(link) > LONGEST:
        problems.append(
            Problem(
                "",
                said("链接太长（{n} 个字符，最多 {most} 个），后面的部分没有恢复", n=len(link), most=LONGEST),
            )
        )
        link = link[: max(link.rfind("&", 0, LONGEST), 0)]
    query: dict[str, str] = {}
    pairs = parse_qsl(link.removeprefix("/").removeprefix("?"), keep_blank_values=True)
    for name, text in pairs:
        if name in query:
            problems.append(
                Problem(name, said("链接里的 {part} 写了不止一次，只用第一个", part=_shown(name)))
            )
        query.setdefault(name, text)
    version = query.pop("v", None)
    if pairs:
        problems += _version_problems(version)
    if version == "1":
        query = _from_version_1(query)
    state = ViewState()
    for name, text in query.items():
        try:
            state = _with(state, name, text)
        except _WrongPartError as e:
            problems.append(
                Problem(name, said("链接里的 {part} {reason}", part=_shown(name), reason=sentence_of(e)))
            )
    return DecodedLink(state, tuple(problems))


def check_link(link: str) -> str:
    """The link in the form of this version, when all of it can be read.

    Raises
    ------
    ViewLinkError
        It is none of ours, too long, or a part of it is wrong, in one sentence.
    """
    if len(link) > LONGEST:
        raise ViewLinkError(said("链接太长：{n} 个字符，最多 {most} 个", n=len(link), most=LONGEST))
    if _LINK.fullmatch(link) is None:
        raise ViewLinkError(said("这不是本图集的视图链接，链接应以「?v={version}」开头", version=VERSION))
    decoded = decode_link(link)
    if decoded.problems:
        raise ViewLinkError(decoded.problems[0].sentence)
    return encode_link(decoded.state)


def _version_problems(version: str | None) -> list[Problem]:
    """A link typed by hand may leave the version out: it is read as a present one, and nobody is troubled by it."""
    if version not in (None, "1", str(VERSION)):
        return [
            Problem(
                "v",
                said(
                    "链接的版本是 {version}，这里只认得到 {known}，按现在的写法读",
                    version=version[:20],
                    known=VERSION,
                ),
            )
        ]
    return []


_NAMES_OF_1 = {
    "st": "status", "pr": "precision", "pj": "projects", "yr": "year", "di": "district", "op": "opacity",
    "features": "only", "bbox": "box",
}  # fmt: skip
_DOTTED_IN_1 = ("layers", *FILTERS, "opacity")


def _from_version_1(query: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a link of version 1 under their present names. It had two forms: the page joined layers by
    dots, figures by commas, and called ``features`` and ``bbox`` what the page called ``only`` and ``box``."""
    named = {_NAMES_OF_1.get(name, name): text for name, text in query.items()}
    return {name: text.replace(".", ",") if name in _DOTTED_IN_1 else text for name, text in named.items()}


class _WrongPartError(ValueError):
    """Why a part of a link cannot be read: the second half of a sentence."""


def _with(state: ViewState, name: str, text: str) -> ViewState:
    if name in _READERS:
        attribute, read = _READERS[name]
        return replace(state, **{attribute: read(text)})
    if name in FILTERS:
        return replace(state, filters={**state.filters, name: _names(text)})
    part = _PART.fullmatch(name)
    if part is None:
        raise _WrongPartError(said("不认得，没有理会"))
    page, own = part[1], part[2]
    return replace(state, parts={**state.parts, page: {**state.parts.get(page, {}), own: _text(text)}})


def _shown(text: str) -> str:
    return said("「{text}」", text=_UNREADABLE.sub("", text)[:24])


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise _WrongPartError(said("写的是{text}，不是名称", text=_shown(text)))
    return text


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_name(one) for one in text.split(","))) if text else ()


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise _WrongPartError(said("写的是{text}，只有 {known}", text=_shown(text), known=joined(LANGUAGES)))
    return text


def _level(text: str) -> int:
    if not re.fullmatch("[1-9]", text):
        raise _WrongPartError(said("写的是{text}，应是 1 到 9 的整数", text=_shown(text)))
    return int(text)


def _place(text: str) -> int:
    if not re.fullmatch("[0-9]{1,8}", text):
        raise _WrongPartError(said("写的是{text}，应是整数", text=_shown(text)))
    return int(text)


def _opacity(text: str) -> dict[str, int]:
    found = {}
    for one in text.split(","):
        category, _, percent = one.rpartition("-")
        if not re.fullmatch("[1-9][0-9]", percent):
            raise _WrongPartError(
                said("写的是{text}，应是「图层-百分数」，百分数从 10 到 99", text=_shown(one))
            )
        found[_name(category)] = int(percent)
    return found


def _centre(text: str) -> tuple[float, float, float]:
    lat, lon, zoom = _numbers(text, 3)
    if abs(lat) > 90 or abs(lon) > 180 or not 0 <= zoom <= 24:
        raise _WrongPartError(said("写的是{text}，应是「纬度,经度,缩放」", text=_shown(text)))
    return lat, lon, zoom


def _box(text: str) -> BBox:
    west, south, east, north = _numbers(text, 4)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise _WrongPartError(said("写的是{text}，应是「西,南,东,北」的经纬度", text=_shown(text)))
    return west, south, east, north


def _numbers(text: str, count: int) -> Sequence[float]:
    parts = text.split(",")
    if len(parts) != count or not all(_NUMBER.fullmatch(part) for part in parts):
        raise _WrongPartError(
            said("写的是{text}，应是 {count} 个用逗号隔开的数", text=_shown(text), count=count)
        )
    return [float(part) for part in parts]


def _text(text: str) -> str:
    if len(text) > _LONGEST_PART:
        raise _WrongPartError(said("太长，最多 {most} 个字符", most=_LONGEST_PART))
    if _UNREADABLE.search(text):
        raise _WrongPartError(said("含有读不出来的字符"))
    return text


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "lang": ("lang", _language),
    "page": ("page", _name),
    "plan": ("plan", _name),
    "level": ("level", _level),
    "layers": ("layers", _names),
    "opacity": ("opacity", _opacity),
    "only": ("only", _names),
    "feature": ("feature", _name),
    "read": ("reader", _name),
    "at": ("place", _place),
    "view": ("centre", _centre),
    "box": ("box", _box),
}
"""Parameter -> the field it fills and how it is read."""
