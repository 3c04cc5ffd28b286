"""A structure's formula as planners sketch it: core, axes, belts, zones, bays and poles, without a map.

Pure description: shapes with places on a small sheet. Where members have a place on the map, their order on the sheet
(west to east, north to south, around the compass) is that of the map; distances and sizes mean nothing. What a formula
promises and the text does not name stands as an empty shape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Form = Literal["star", "arrow", "band", "wave", "block", "arc", "dot"]

WIDTH = 480.0
MISSING = "原文未列名"
_FONT = 12.5
_LEADING = 15.0
_LOWEST = 190.0


@dataclass(frozen=True)
class Member:
    """A member of a structure; ``lon, lat`` (WGS 84) are None when it is unplaced."""

    id: str
    name: str
    category: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Group:
    """Members of one kind, and how many the formula promises (None when it does not say)."""

    kind: str
    expected: int | None
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Label:
    """Lines of text; ``x, y`` is the middle (or, with anchor end, the right edge) of their block, turned by ``angle``."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Literal["middle", "end"] = "middle"
    angle: float = 0.0


@dataclass(frozen=True)
class Shape:
    """A shape around ``x, y``, ``w`` long and ``h`` high before it is turned by ``angle`` degrees clockwise.

    ``member`` is None for what the text does not name.
    """

    form: Form
    member: Member | None
    x: float
    y: float
    w: float
    h: float
    label: Label
    angle: float = 0.0


@dataclass(frozen=True)
class Diagram:
    """The sheet: ``captions`` are the kinds beside their lanes, as (text, x, y)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    captions: tuple[tuple[str, float, float], ...] = ()


_FORM_OF_KIND: dict[str, Form] = {
    "心": "star", "核": "star", "主": "star", "湾": "arc", "极": "dot", "点": "dot", "翼": "block", "圈": "block",
    "区": "block", "组团": "block",
}  # fmt: skip
_FORM_OF_CATEGORY: dict[str, Form] = {
    "axis": "arrow", "rail": "arrow", "road": "arrow", "belt": "band", "coast": "band", "water": "wave", "core": "star",
    "bay": "arc", "zone": "block", "region": "block", "structure": "block", "admin": "block", "renewal": "block",
    "industrial_park": "block", "industrial_cluster": "block", "business_district": "block",
}  # fmt: skip
_CENTRES = ("心", "核", "主", "中轴", "先导", "行政区", "广场")
_LINES: tuple[Form, ...] = ("arrow", "band", "wave")
_MIN_RAYS = 3


def form_of(kind: str, member: Member | None) -> Form:
    """How a member of a kind is drawn: lines by category, the rest by the formula's own word first."""
    by_category = _FORM_OF_CATEGORY.get(member.category, "dot") if member else None
    if by_category in _LINES:
        return by_category
    if member is None and any(word in kind for word in "横纵轴路带廊道"):
        return "arrow"
    by_kind = next((form for word, form in _FORM_OF_KIND.items() if kind.endswith(word)), None)
    return by_kind or by_category or "dot"


def build_diagram(groups: Sequence[Group]) -> Diagram:
    """The sheet of a structure; without groups, or with nothing named or promised, it has no shapes."""
    filled = [g for g in groups if _slots(g)]
    if any("横" in g.kind or "纵" in g.kind for g in filled):
        return _grid(filled)
    centre = _centre(filled)
    if centre is not None:
        return _radial(centre, [g for g in filled if g is not centre])
    if len(filled) == 1 and _is_rays(filled[0]):
        return _radial(None, filled)
    return _lanes(filled)


def _slots(group: Group) -> list[Member | None]:
    """The members, then an empty place for each the text owes."""
    owed = max(0, (group.expected or 0) - len(group.members))
    return [*group.members, *([None] * owed)]


def _is_rays(group: Group) -> bool:
    slots = _slots(group)
    return len(slots) >= _MIN_RAYS and all(
        m is not None and m.category == "axis" and m.lon is not None for m in slots
    )


def _centre(groups: list[Group]) -> Group | None:
    """The one thing the others stand around; None when the formula has no middle."""
    single = [g for g in groups if len(_slots(g)) == 1]
    chosen = next((g for word in _CENTRES for g in single if g.kind == word), None)
    others = [s for g in groups if g is not chosen for s in _slots(g)]
    return chosen if len(others) > 1 else None


def _grid(groups: list[Group]) -> Diagram:
    """Lines across and lines down, named at their ends; any other kind in lanes below."""
    across = [m for g in groups if "横" in g.kind for m in _ordered(_slots(g), "lat")]
    down = [m for g in groups if "纵" in g.kind for m in _ordered(_slots(g), "lon")]
    rest = [g for g in groups if "横" not in g.kind and "纵" not in g.kind]
    left, top, right = 128.0, 70.0 if down else 20.0, WIDTH - 12
    height = max(250.0, top + 54 * max(len(across), 2) + 16)
    shapes = []
    for i, member in enumerate(down):
        cell = (right - left) / len(down)
        x = left + cell * (i + 0.5)
        label = Label(_wrapped(member.name if member else MISSING, cell - 6), x, top / 2)
        shapes.append(_line("纵", member, x, (top + height) / 2, height - top - 8, label, 90))
    for i, member in enumerate(across):
        cell = (height - top) / len(across)
        y = top + cell * (i + 0.5)
        label = Label(_wrapped(member.name if member else MISSING, left - 12), left - 8, y, "end")
        shapes.append(_line("横", member, (left + right) / 2, y, right - left, label, 0))
    below = _lanes(rest, height) if rest else Diagram(WIDTH, height, ())
    return Diagram(WIDTH, below.height, (*shapes, *below.shapes), below.captions)


def _line(
    kind: str, member: Member | None, x: float, y: float, length: float, label: Label, angle: float
) -> Shape:
    form = form_of(kind, member)
    return Shape(
        form if form in _LINES else "arrow",
        member,
        x,
        y,
        length,
        18 if form in ("band", "wave") else 8,
        label,
        angle,
    )


def _radial(centre: Group | None, groups: list[Group]) -> Diagram:
    """A middle, arrows from it, and the rest around it in the order of the compass."""
    outer = [(g.kind, s) for g in groups for s in _slots(g)]
    cx, rx = WIDTH / 2, 182.0
    ry = 92.0 if len(outer) <= 6 else 148.0
    cy = ry + 42
    middle = _slots(centre)[0] if centre else None
    spots = any(form_of(kind, m) not in _LINES for kind, m in outer)
    turned = _around([m for _, m in outer], middle)
    shapes = []
    for (kind, member), angle in zip(outer, turned, strict=True):
        form = form_of(kind, member)
        dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        name = member.name if member else MISSING
        if form in _LINES:
            inner, reach = (50.0 if centre else 14.0), math.hypot(rx * dx, ry * dy) * (0.78 if spots else 1)
            middle_r, length = (inner + reach) / 2, reach - inner
            upright = angle if abs((angle + 180) % 360 - 180) <= 90 else angle + 180
            off = math.radians(upright - 90)
            label = Label(
                _wrapped(name, max(length, 120), 1),
                cx + dx * middle_r + 13 * math.cos(off),
                cy + dy * middle_r + 13 * math.sin(off),
                angle=upright % 360,
            )
            shapes.append(
                Shape(form, member, cx + dx * middle_r, cy + dy * middle_r, length, 8, label, angle)
            )
        else:
            shapes.append(_spot(form, member, name, cx + rx * dx, cy + ry * dy, 104))
    if centre:
        form = form_of(centre.kind, middle)
        name = middle.name if middle else MISSING
        big = Label(_wrapped(name, 104), cx, cy)
        shapes.append(Shape(form, middle, cx, cy, 122 if form == "block" else 84, 62, big))
    return Diagram(WIDTH, 2 * cy, tuple(shapes))


def _spot(form: Form, member: Member | None, name: str, x: float, y: float, width: float) -> Shape:
    """A shape with its name inside (block) or below."""
    lines = _wrapped(name, width - (12 if form == "block" else 0))
    if form == "block":
        return Shape(form, member, x, y, width, _block_height(len(lines)), Label(lines, x, y))
    size = 20.0 if form != "arc" else 44.0
    below = y + (16 if form != "arc" else 20) + len(lines) * _LEADING / 2
    return Shape(form, member, x, y, size, size, Label(lines, x, below))


def _around(members: list[Member | None], middle: Member | None) -> list[float]:
    """An even angle (degrees clockwise from east) for each, in the order they lie around the middle on the map."""
    placed = [(m.lon, m.lat) for m in [middle, *members] if m and m.lon is not None and m.lat is not None]
    step = 360 / max(len(members), 1)
    if not placed:
        return [-90 + step * i for i in range(len(members))]
    if middle and middle.lon is not None and middle.lat is not None:
        at = (middle.lon, middle.lat)
    else:
        at = (sum(p[0] for p in placed) / len(placed), sum(p[1] for p in placed) / len(placed))
    real = [_direction(m, at) for m in members]
    order = sorted(
        range(len(members)), key=lambda i: (real[i] is None, real[i] if real[i] is not None else 0, i)
    )
    drift = [
        math.radians(known - step * place) for place, i in enumerate(order) if (known := real[i]) is not None
    ]
    turn = math.degrees(math.atan2(sum(map(math.sin, drift)), sum(map(math.cos, drift)))) if drift else -90
    return [step * order.index(i) + turn for i in range(len(members))]


def _direction(member: Member | None, at: tuple[float, float]) -> float | None:
    if member is None or member.lon is None or member.lat is None:
        return None
    east = (member.lon - at[0]) * math.cos(math.radians(at[1]))
    return math.degrees(math.atan2(at[1] - member.lat, east)) % 360


def _lanes(groups: list[Group], top: float = 0.0) -> Diagram:
    """A lane a kind: lines one below the other, everything else in rows."""
    left, y = 66.0, top + 14
    shapes: list[Shape] = []
    captions = []
    for group in groups:
        start = y
        slots = _slots(group)
        forms = {form_of(group.kind, m) for m in slots}
        if forms <= set(_LINES):
            for member in _ordered(slots, "lat"):
                shapes.append(_lane_line(group.kind, member, left, y))
                y += 42 if shapes[-1].form == "arrow" else 36
        else:
            rows = _rows(group.kind, _ordered(slots, "lon"), left, y)
            shapes.extend(rows)
            y = max(max(s.y + s.h / 2, s.label.y + len(s.label.lines) * _LEADING / 2) for s in rows) + 12
        captions.append((group.kind, left / 2 - 4, (start + y) / 2 - 6))
        y += 8
    low = top + _LOWEST if top == 0 else y
    return _lowered(Diagram(WIDTH, max(y, low), tuple(shapes), tuple(captions)), max(0.0, low - y) / 2)


def _lowered(diagram: Diagram, by: float) -> Diagram:
    """The same sheet with everything moved down: a short diagram stands in the middle of its sheet."""
    shapes = tuple(replace(s, y=s.y + by, label=replace(s.label, y=s.label.y + by)) for s in diagram.shapes)
    return replace(
        diagram, shapes=shapes, captions=tuple((text, x, y + by) for text, x, y in diagram.captions)
    )


def _lane_line(kind: str, member: Member | None, left: float, y: float) -> Shape:
    form = form_of(kind, member)
    middle, length = (left + WIDTH - 12) / 2, WIDTH - 12 - left
    lines = _wrapped(member.name if member else MISSING, length - 20, 1)
    if form == "arrow":
        return Shape(form, member, middle, y + 28, length, 8, Label(lines, middle, y + 12))
    return Shape(form, member, middle, y + 15, length, 27, Label(lines, middle, y + 15))


def _rows(kind: str, slots: list[Member | None], left: float, top: float) -> list[Shape]:
    longest = max(_length(m.name if m else MISSING) for m in slots)
    most = 5 if longest <= 5 else 4 if longest <= 7 else 3
    rows = math.ceil(len(slots) / most)
    per_row = math.ceil(len(slots) / rows)
    cell = (WIDTH - 8 - left) / per_row
    shapes: list[Shape] = []
    y = top
    for start in range(0, len(slots), per_row):
        row = slots[start : start + per_row]
        lines = max(len(_wrapped(m.name if m else MISSING, cell - 20)) for m in row)
        placed = []
        for i, member in enumerate(row):
            form = form_of(kind, member)
            x = left + cell * (i + 0.5)
            middle = y + (_block_height(lines) / 2 if form == "block" else 12 if form != "arc" else 24)  # fmt: skip
            placed.append(_spot(form, member, member.name if member else MISSING, x, middle, cell - 8))
        shapes.extend(placed)
        y = max(max(s.y + s.h / 2, s.label.y + len(s.label.lines) * _LEADING / 2) for s in placed) + 12
    return shapes


def _block_height(lines: int) -> float:
    return max(44.0, lines * _LEADING + 20)


def _ordered(slots: list[Member | None], axis: Literal["lon", "lat"]) -> list[Member | None]:
    """West to east or north to south when all named ones are placed, else as the text lists them; empty places last."""
    named = [m for m in slots if m is not None]
    if all(m.lon is not None and m.lat is not None for m in named):
        named.sort(key=lambda m: (m.lon or 0.0) if axis == "lon" else -(m.lat or 0.0))
    return [*named, *([None] * (len(slots) - len(named)))]


def _length(text: str) -> float:
    """Width in ems: Chinese characters are one, the rest a little more than half."""
    return sum(1.0 if ord(c) > 0x2E80 or c in "—“”" else 0.56 for c in text)


def _wrapped(text: str, width: float, most: int = 3) -> tuple[str, ...]:
    """The text in at most ``most`` lines no wider than ``width``, the last cut with an ellipsis if it must."""
    room = max(3.0, width / _FONT)
    wanted = max(1, math.ceil(_length(text) / math.floor(room)))
    even = min(room, _length(text) / wanted + 0.99) if wanted <= most else room
    lines, line = [], ""
    for char in text:
        if line and _length(line + char) > even and char not in "、，）)”":
            lines.append(line)
            line = ""
        line += char
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return tuple(lines)
