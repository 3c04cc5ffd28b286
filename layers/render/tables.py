"""The band below a map: projects as a table, and the plan's own words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.render import marks
from layers.render.content import Content, plan_level
from layers.render.sheet import Box, Group, Sheet
from layers.render.source import MapSource
from layers.render.text import MM_PER_PT, wrap

SIZE_PT = 7.0
ROW_MM = 4.5


@dataclass(frozen=True)
class ProjectRow:
    """A project as printed: feature, project, its quantities in the plan's words, and place."""

    feature: str
    name: str
    quantities: str
    place: str


@dataclass(frozen=True)
class Quote:
    """A sentence of a plan with its place."""

    feature: str
    sentence: str
    place: str


def project_rows(source: MapSource, content: Content, drawn: list[str]) -> list[ProjectRow]:
    """The projects of the features on the map, in the order of the plan."""
    rows: list[ProjectRow] = []
    store, shown = source.store, {s.feature.id for s in content.shown} & set(drawn)
    seen: set[str] = set()
    for project in store.projects():
        if (
            project.feature not in shown
            or project.id in seen
            or (content.plan and project.quote.plan != content.plan.id)
        ):
            continue
        seen.add(project.id)
        quantities = "、".join(str(q["printed"]) for q in project.quantities if q.get("printed"))
        place = f"{store.plans[project.quote.plan].district} 第{project.quote.line}行"
        rows.append(ProjectRow(store.features[project.feature].name, project.name, quantities, place))
    return rows


def quotes(source: MapSource, content: Content, drawn: list[str]) -> list[Quote]:
    """The first sentence a plan gives each feature on the map, level 1 first."""
    found: list[Quote] = []
    seen: set[str] = set()
    shown = sorted((s for s in content.shown if s.feature.id in set(drawn)), key=lambda s: s.level)
    for s in shown:
        for e in source.store.evidence(s.feature.id):
            if content.plan and e.plan != content.plan.id:
                continue
            if e.sentence not in seen:
                seen.add(e.sentence)
                found.append(
                    Quote(
                        s.feature.name, e.sentence, f"{source.store.plans[e.plan].short_title} 第{e.line}行"
                    )
                )
            break
    return found


def structure_lines(source: MapSource, content: Content, levels: tuple[int, ...]) -> list[tuple[str, str]]:
    """The structures of the plan: name, and its members in the plan's order; ``[]`` without a plan."""
    plan = content.plan
    if plan is None:
        return []
    features = source.store.features
    found = []
    for feature in features.values():
        if (
            feature.category == "structure"
            and plan.id in feature.plans
            and plan_level(feature, plan.id) in levels
        ):
            members = feature.members.get(plan.id) or next(iter(feature.members.values()), ())
            names = "、".join(features[m].name for m in members if m in features)
            found.append((feature.name, names))
    return found


def draw_structures(
    sheet: Sheet, group: Group, items: list[tuple[str, str]], box: Box, factor: float
) -> None:
    """Structures with their members from the top of a box, as many as fit whole."""
    size, width = 7.0 * factor, box[2] - box[0]
    step = size * MM_PER_PT * 1.45
    y = box[3] - step / 2
    for name, members in items:
        lines = wrap(members, size, width, most=5) if members else []
        if y - step * len(lines) < box[1]:
            break
        sheet.text(group, box[0], y, wrap(name, size, width, most=1)[0], size, color=marks.INK, bold=True)
        for words in lines:
            y -= step
            sheet.text(group, box[0], y, words, size, color=marks.INK_2)
        y -= step * 1.55


def draw_project_table(sheet: Sheet, group: Group, rows: list[ProjectRow], box: Box, factor: float) -> None:
    """As many rows as fit; the last line says how many more there are."""
    x0, _, x1, top = box
    width, row = x1 - x0, ROW_MM * factor
    edges = [x0 + width * share for share in (0.0, 0.26, 0.6, 0.83)]
    fits = int((top - box[1]) / row) - 1
    kept = rows if len(rows) <= fits else rows[: max(0, fits - 1)]
    size = SIZE_PT * factor

    def line(y: float, cells: tuple[str, str, str, str], bold: bool = False) -> None:
        for edge, following, cell in zip(edges, [*edges[1:], x1], cells, strict=True):
            words = wrap(cell, size, following - edge - 1.5 * factor, most=1) if cell else []
            if words:
                sheet.text(
                    group, edge, y, words[0], size, color=marks.INK if bold else marks.INK_2, bold=bold
                )

    y = top - row / 2
    line(y, ("要素", "项目", "规模", "出处"), bold=True)
    sheet.lines(
        group, [np.array([(x0, y - row / 2), (x1, y - row / 2)])], stroke=marks.INK_3, width_pt=0.6 * factor
    )
    for r in kept:
        y -= row
        line(y, (r.feature, r.name, r.quantities, r.place))
        sheet.lines(
            group,
            [np.array([(x0, y - row / 2), (x1, y - row / 2)])],
            stroke=marks.RULE,
            width_pt=0.4 * factor,
        )
    if len(kept) < len(rows):
        sheet.text(group, x0, y - row, f"另有 {len(rows) - len(kept)} 个项目", size, color=marks.INK_3)
    if not rows:
        sheet.text(group, x0, y - row, "图上要素在规划里没有对应项目", size, color=marks.INK_3)


def draw_quotes(sheet: Sheet, group: Group, items: list[Quote], box: Box, factor: float) -> None:
    """Quotes from the top of a box, as many as fit whole."""
    size = SIZE_PT * factor
    step = size * MM_PER_PT * 1.42
    y = box[3] - step / 2
    left = len(items)
    for quote in items:
        lines = wrap(f"「{quote.sentence}」", size, box[2] - box[0] - 2.5 * factor, most=4)
        if y - step * (len(lines) + 1) < box[1]:
            break
        top = y + step / 2
        for words in lines:
            sheet.text(group, box[0] + 2.5 * factor, y, words, size, color=marks.INK)
            y -= step
        sheet.text(
            group, box[0] + 2.5 * factor, y, f"{quote.feature} — {quote.place}", size, color=marks.INK_3
        )
        sheet.lines(
            group,
            [np.array([(box[0] + 0.6 * factor, top), (box[0] + 0.6 * factor, y - step / 2)])],
            stroke=marks.RULE,
            width_pt=1.6 * factor,
        )
        y -= step * 1.5
        left -= 1
    if left and y > box[1]:
        sheet.text(group, box[0] + 2.5 * factor, y, f"另有 {left} 段原文", size, color=marks.INK_3)
