"""What a gazetteer kind is called in OpenStreetMap's tags, and how names of a kind may differ in spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geo.gazetteer_rows import SITE_KINDS
from geo.toponym import name_key

ANY: frozenset[str] = frozenset()
"""Any value of a key."""

_SITE_KEYS = ("leisure", "landuse", "tourism", "amenity", "building", "historic", "shop", "office", "man_made",
              "natural", "boundary", "industrial")  # fmt: skip
_SITE = {key: ANY for key in _SITE_KEYS}
_STATION = {"railway": frozenset({"station", "halt", "stop"}), "public_transport": frozenset({"station"}),
            "station": ANY}  # fmt: skip

TAGS: dict[str, dict[str, frozenset[str]]] = {
    **{kind: _SITE for kind in SITE_KINDS},
    "road": {"highway": ANY},
    "motorway": {"highway": frozenset({"motorway", "trunk", "primary", "motorway_link"}), "route": frozenset({"road"})},
    "bridge": {"bridge": ANY, "man_made": frozenset({"bridge"})},
    "tunnel": {"tunnel": ANY, "man_made": frozenset({"tunnel"})},
    "interchange": {"highway": frozenset({"motorway_junction"}), "barrier": frozenset({"toll_booth"})},
    "railway": {"railway": frozenset({"rail", "construction"}), "route": frozenset({"railway", "train", "tracks"})},
    "metro_line": {
        "railway": frozenset({"subway", "light_rail", "construction"}),
        "route": frozenset({"subway", "light_rail", "train"}),
    },
    "metro_station": _STATION,
    "rail_station": _STATION,
    "airport": {"aeroway": frozenset({"aerodrome"})},
    "port": {"landuse": frozenset({"port", "harbour", "industrial"}), "industrial": frozenset({"port"}), "harbour": ANY},
    "river": {"waterway": frozenset({"river", "stream", "canal"})},
    "reservoir": {"natural": frozenset({"water"}), "landuse": frozenset({"reservoir"}), "water": ANY},
    "lake": {"natural": frozenset({"water"}), "water": ANY},
    "wetland": {"natural": frozenset({"wetland"}), "leisure": frozenset({"nature_reserve", "park"})},
    "bay": {"natural": frozenset({"bay"})},
    "headland": {"natural": frozenset({"cape", "peninsula"})},
    "island": {"place": frozenset({"island", "islet"})},
    "coast": {"natural": frozenset({"beach"})},
    "mountain": {"natural": frozenset({"peak", "ridge", "mountain_range", "hill"})},
    "township": {
        "boundary": frozenset({"administrative"}),
        "place": frozenset({"town", "suburb", "city_district", "borough", "quarter"}),
    },
    "village": {
        "place": frozenset({"village", "hamlet", "suburb", "neighbourhood", "quarter", "locality"}),
        "landuse": frozenset({"residential"}),
        "boundary": frozenset({"administrative"}),
    },
}  # fmt: skip
"""Kind -> tags of which one must be there. Kinds that are left out (district, city, region) are never refined."""

LINE_KINDS = frozenset({"road", "motorway", "railway", "metro_line", "river", "bridge", "tunnel"})

_ENDINGS: dict[str, str] = {
    "metro_station": r"(?:地铁站|站)$",
    "rail_station": r"(?:火车站|站)$",
    "township": r"(?:街道办事处|办事处|人民政府)$",
    "village": r"(?:社区|村)$",
    "mountain": r"(?:森林公园)$",
}
_LINE_NUMBER = re.compile(r"[（(]\d+号线[）)]")
_ROUTE = re.compile(r"[:：→\[（(].*$")


def is_of_kind(tags: Mapping[str, str], kind: str) -> bool:
    """Whether tags describe a thing of a gazetteer kind."""
    wanted = TAGS.get(kind, {})
    return any(key in tags and tags[key] != "no" and (not v or tags[key] in v) for key, v in wanted.items())


def match_keys(name: str, kind: str) -> frozenset[str]:
    """Spellings under which a name of a kind may be met, as compared."""
    base = _LINE_NUMBER.sub("", name)
    if kind == "metro_line":
        base = _ROUTE.sub("", name).strip().removeprefix("青岛")
    short = re.sub(_ENDINGS[kind], "", base) if kind in _ENDINGS else base
    if kind == "township" and short != base and not short.endswith(("街道", "镇")):
        short += "街道"
    if kind in {"township", "mountain"}:
        return frozenset({name_key(base), name_key(short)})
    return frozenset({name_key(short if len(short) > 1 else base)})
