"""SVG of a structure's diagram and of its small map: the same members carry the same ``data-member`` in both.

Every name is escaped. Colours come from the style registry; assets/6-structures.js lights and dims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from layers import structure_map
from layers.records import FeatureSummary, Structure
from layers.structure_diagram import Diagram, Group, Label, Member, Shape
from layers.structure_map import Drawn, SmallMap
from layers.styles import CategoryStyle, Styles
from viewer.i18n import _

Box = tuple[float, float, float, float]

_MISSING = CategoryStyle(name="", name_en="", color="#66727e", symbol="circle", hatch="none", width=2)


def groups_of(
    structure: FeatureSummary, check: Structure | None, features: dict[str, FeatureSummary]
) -> list[Group]:
    """The kinds of a structure with their members and the number its formula promises."""
    expected = {kind: want for kind, want, _ in check.counts} if check else {}
    kinds = dict.fromkeys([*expected, *structure.members])
    return [
        Group(
            kind,
            expected.get(kind),
            tuple(_member(features[m]) for m in structure.members.get(kind, ()) if m in features),
        )
        for kind in kinds
    ]


def _member(f: FeatureSummary) -> Member:
    return Member(f.id, f.name, f.category, f.lon, f.lat)


def diagram_svg(diagram: Diagram, styles: Styles, title: str) -> str:
    """The diagram as a stand-alone SVG document."""
    lines_first = sorted(diagram.shapes, key=lambda s: s.form not in ("band", "wave", "arrow"))
    body = [_shape(s, styles.categories[s.member.category] if s.member else _MISSING) for s in lines_first]
    captions = [
        Markup('<text x="{}" y="{}" text-anchor="middle" font-size="13" fill="#51606f">{}</text>').format(
            _n(x), _n(y + 9 - 15 * (len(lines) - 1) / 2 + 15 * i), line
        )
        for text, x, y in diagram.captions
        for lines in [_caption_lines(text)]
        for i, line in enumerate(lines)
    ]
    return _document(diagram.width, diagram.height, title, [*captions, *body])


def _caption_lines(text: str) -> list[str]:
    kind, _bracket, place = text.rstrip("）").partition("（")
    return [*(kind[i : i + 4] for i in range(0, len(kind), 4)), *([place] if place else [])]


def _document(width: float, height: float, title: str, body: Iterable[Markup]) -> str:
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" lang="zh-CN" role="img" aria-label="{}" '
            "font-family=\"'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif\">"
            "{}</svg>"
        ).format(_n(width), _n(height), _n(width), _n(height), title, Markup("").join(body))
    )


def _shape(s: Shape, style: CategoryStyle) -> Markup:
    drawing = Markup(_FORMS[s.form](s, style.color, s.member is None))  # noqa: S704 - numbers and a checked colour
    turn = Markup(' transform="translate({} {}) rotate({})"').format(_n(s.x), _n(s.y), _n(s.angle))
    inside = Markup("<g{}>{}</g>{}").format(turn, drawing, _label(s.label, s.member is None))
    return _mark(s.member.id if s.member else None, s.member.name if s.member else "", inside)


def _mark(member: str | None, name: str, inside: Markup) -> Markup:
    if member is None:
        return Markup('<g class="mark missing">{}</g>').format(inside)
    return Markup('<g class="mark" data-member="{}" data-feature="{}"><title>{}</title>{}</g>').format(
        member, member, name, inside
    )


def _label(label: Label, missing: bool) -> Markup:
    top = label.y - 15 * (len(label.lines) - 1) / 2 + 4.5
    turn = (
        Markup(' transform="rotate({} {} {})"').format(_n(label.angle), _n(label.x), _n(label.y))
        if label.angle
        else Markup("")
    )
    rows = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(_n(label.x), _n(top + 15 * i), line)
        for i, line in enumerate(label.lines)
    )
    return Markup(
        '<text text-anchor="{}" font-size="12.5" fill="{}" stroke="#fff" stroke-width="3" stroke-linejoin="round" '
        'paint-order="stroke"{}>{}</text>'
    ).format(label.anchor, "#66727e" if missing else "#1d2733", turn, rows)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _stroke(color: str, missing: bool, width: float = 2) -> str:
    dash = ' stroke-dasharray="4 4"' if missing else ""
    return f'stroke="{color}" stroke-width="{width}"{dash}'


def _arrow(s: Shape, color: str, missing: bool) -> str:
    half = s.w / 2
    thick = 2 if missing else 6
    return (
        f'<path d="M{_n(-half)} 0H{_n(half - 12)}" fill="none" {_stroke(color, missing, thick)} stroke-opacity=".75"/>'
        f'<path d="M{_n(half - 15)} -8.5L{_n(half)} 0L{_n(half - 15)} 8.5z" fill="{color}"/>'
    )


def _band(s: Shape, color: str, missing: bool) -> str:
    return (
        f'<rect x="{_n(-s.w / 2)}" y="{_n(-s.h / 2)}" width="{_n(s.w)}" height="{_n(s.h)}" rx="{_n(s.h / 2)}" fill="{color}" '
        f'fill-opacity=".26" {_stroke(color, missing, 1)} stroke-opacity=".55"/>'
    )


def _wave(s: Shape, color: str, missing: bool) -> str:
    count = max(2, round(s.w / 60))
    step = s.w / count
    swell = "".join(
        f"q{_n(step / 4)} -9 {_n(step / 2)} 0t{_n(step / 2)} 0"
        if i == 0
        else f"t{_n(step / 2)} 0t{_n(step / 2)} 0"
        for i in range(count)
    )
    return (
        f'<path d="M{_n(-s.w / 2)} 0{swell}" fill="none" stroke="{color}" stroke-width="{_n(s.h * 0.6)}" '
        f'stroke-opacity=".28"/><path d="M{_n(-s.w / 2)} 0{swell}" fill="none" {_stroke(color, missing, 1.6)}/>'
    )


def _block(s: Shape, color: str, missing: bool) -> str:
    return (
        f'<rect x="{_n(-s.w / 2)}" y="{_n(-s.h / 2)}" width="{_n(s.w)}" height="{_n(s.h)}" rx="11" '
        f'fill="{color if not missing else "#fff"}" fill-opacity=".2" {_stroke(color, missing, 1.8)}/>'
    )


def _star(s: Shape, color: str, missing: bool) -> str:
    if s.h > 40:  # the middle: rings, with the name inside
        outer, inner = s.w / 2, s.w / 2 - 7
        return (
            f'<ellipse rx="{_n(outer)}" ry="{_n(outer * 0.78)}" fill="{color}" fill-opacity=".12" {_stroke(color, missing, 1.2)}/>'
            f'<ellipse rx="{_n(inner)}" ry="{_n(inner * 0.74)}" fill="{color}" fill-opacity=".16" {_stroke(color, missing, 2.4)}/>'
        )
    points = "M0 -12L3.4 -3.9L12 -3.2L5.5 2.5L7.5 11L0 6.4L-7.5 11L-5.5 2.5L-12 -3.2L-3.4 -3.9z"
    fill = "#fff" if missing else color
    return f'<path d="{points}" fill="{fill}" {_stroke(color, missing, 1.2)}/>'


def _arc(s: Shape, color: str, missing: bool) -> str:
    r = s.w / 2
    return (
        f'<path d="M{_n(-r)} {_n(-r * 0.6)}A{_n(r)} {_n(r)} 0 0 0 {_n(r)} {_n(-r * 0.6)}" fill="{color}" fill-opacity=".14" '
        f'{_stroke(color, missing, 5)} stroke-linecap="round"/>'
    )


def _dot(s: Shape, color: str, missing: bool) -> str:  # noqa: ARG001 - all forms take the same
    if missing:
        return f'<circle r="9" fill="#fff" {_stroke(color, missing, 1.6)}/>'
    return (
        f'<circle r="10.5" fill="none" stroke="{color}" stroke-width="1.4"/><circle r="6.5" fill="{color}"/>'
    )


_FORMS = {
    "arrow": _arrow, "band": _band, "wave": _wave, "block": _block, "star": _star, "arc": _arc, "dot": _dot,
}  # fmt: skip


def map_svg(sheet: SmallMap, features: dict[str, FeatureSummary], styles: Styles, title: str) -> str:
    """The small map as a stand-alone SVG document; names that would cover another show only when lit."""
    width, height = structure_map.WIDTH, sheet.height
    members, taken = _members(sheet, features, styles)
    body = [
        Markup('<rect width="{}" height="{}" fill="#eceff1"/>').format(width, height),
        Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#dcebf3"/>').format(*sheet.known),
        Markup('<path d="{}" fill="#fbfaf6" fill-rule="evenodd" stroke="#b9c4c9" stroke-width=".8"/>').format(
            sheet.land
        ),
        Markup('<path d="{}" fill="#cfe3ef"/>').format(sheet.water),
        Markup('<path d="{}" fill="none" stroke="#8c98a4" stroke-dasharray="6 3 1 3"/>').format(
            sheet.districts
        ),
        *_district_names(sheet, taken),
        *members,
        _scale_bar(sheet),
    ]
    return _document(width, height, title, body)


def _district_names(sheet: SmallMap, taken: list[Box]) -> Iterator[Markup]:
    for name, x, y in sheet.names:
        if not _covers(_box(name, x, y - 4), taken):
            yield Markup(
                '<text x="{}" y="{}" text-anchor="middle" font-size="12" letter-spacing="2" fill="#5d6873" stroke="#fff" '
                'stroke-width="3" paint-order="stroke">{}</text>'
            ).format(_n(x), _n(y), name)


def _box(name: str, x: float, y: float) -> Box:
    return x - len(name) * 6.3, y - 9, x + len(name) * 6.3, y + 9


def _covers(box: Box, taken: list[Box]) -> bool:
    return any(a < box[2] and box[0] < c and b < box[3] and box[1] < d for a, b, c, d in taken)


def _members(
    sheet: SmallMap, features: dict[str, FeatureSummary], styles: Styles
) -> tuple[list[Markup], list[Box]]:
    """The members with their names, and the places the names take."""
    drawn: dict[str, list[Drawn]] = defaultdict(list)
    for item in sheet.drawn:
        drawn[item.member].append(item)
    shapes, names = [], []
    taken: list[Box] = []
    for member, items in drawn.items():
        feature = features[member]
        style = styles.categories[feature.category]
        marks = "".join(_on_map(item, feature, style, styles) for item in items)
        inside = Markup(marks)  # noqa: S704 - numbers and a checked colour
        shapes.append(_mark(member, feature.name, inside))
        x, y = _name_place(items[0], feature.name, sheet.height)
        box = _box(feature.name, x, y)
        free = not _covers(box, taken)
        if free:
            taken.append(box)
        names.append(
            Markup(
                '<text class="map-name{}" data-member="{}" x="{}" y="{}" text-anchor="middle" font-size="12.5" font-weight="600" '
                'fill="#1d2733" stroke="#fff" stroke-width="3.4" stroke-linejoin="round" paint-order="stroke"{}>{}</text>'
            ).format(
                "" if free else " covered",
                member,
                _n(x),
                _n(y + 4),
                Markup("") if free else Markup(' visibility="hidden"'),
                feature.name,
            )
        )
    return [*shapes, *names], taken


def _name_place(item: Drawn, name: str, height: int) -> tuple[float, float]:
    half = len(name) * 6.3 + 4
    x = min(max(item.x, half), max(structure_map.WIDTH - half, half))
    y = item.y + 17 if item.kind == "point" else item.y
    return x, min(max(y, 12), height - 12)


def _on_map(item: Drawn, feature: FeatureSummary, style: CategoryStyle, styles: Styles) -> str:
    look = styles.precision[feature.precision]
    color = escape(style.color)
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    if item.kind == "line":
        width = max(style.width, 6) if look.soft else style.width
        cap = "butt" if look.dash else "round"
        return (
            f'<path d="{item.d}" fill="none" stroke="{color}" stroke-width="{width}" stroke-opacity="{look.stroke_opacity}" '
            f'stroke-linecap="{cap}" stroke-linejoin="round"{dash}/>'
        )
    if item.kind == "area":
        opacity = 0.22 if look.hatched else max(look.fill_opacity, 0.14)
        edge = ' stroke-dasharray="1 5"' if look.soft else dash
        return (
            f'<path d="{item.d}" fill="{color}" fill-opacity="{opacity}" fill-rule="evenodd" stroke="{color}" '
            f'stroke-width="1.5" stroke-opacity="{max(look.stroke_opacity, 0.6)}"{edge}/>'
        )
    halo = ""
    if item.halo and item.halo > 8:
        halo = (
            f'<circle cx="{item.x}" cy="{item.y}" r="{item.halo:.1f}" fill="{color}" fill-opacity=".05" stroke="{color}" '
            f'stroke-opacity=".6" stroke-dasharray="2 4"/>'
        )
    fill, edge = ("#fff", color) if look.hollow else (color, "#fff")
    return f'{halo}<circle cx="{item.x}" cy="{item.y}" r="6" fill="{fill}" stroke="{edge}" stroke-width="2"/>'


def _scale_bar(sheet: SmallMap) -> Markup:
    x, y = structure_map.WIDTH - sheet.scale_px - 12, sheet.height - 12
    return Markup(
        '<path d="M{0} {1}v5h{2}v-5" fill="none" stroke="#1d2733" stroke-width="1.4"/><text x="{3}" y="{1}" text-anchor="middle" '
        'font-size="11" fill="#1d2733" stroke="#fff" stroke-width="3" paint-order="stroke">{4}</text>'
    ).format(
        _n(x),
        _n(y - 5),
        _n(sheet.scale_px),
        _n(x + sheet.scale_px / 2),
        _("{n} 公里", n=f"{sheet.scale_km:g}"),
    )
