"""The projects of a feature: an action the catalog quotes from a plan, with its stage, dates and quantities.

What counts is the project's own clause: of several projects in one sentence each has its own verb, years and figures.
The clause is that of the quote which shares most with the project's name, whole even where the quote is a part of it
(「加快A、B等项目建设」 tells the stage of A); a condition at the head of the sentence (到2025年) holds for it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from layers.catalog import CatalogError, CatalogFeature
from layers.catalog_entries import ProjectEntry
from layers.clauses import clause_around, clauses_in, main_clause
from layers.dates import PrintedDate, find_dates, with_role
from layers.folding import fold_name
from layers.mentions import PlanText, locate
from layers.quantities import Quantity, find_quantities
from layers.records import Quote
from layers.stages import Stage, StageWords

Printed = TypeVar("Printed", Quantity, PrintedDate)


@dataclass(frozen=True)
class StageReading:
    """A stage and the words of the plan that tell it: ``plan.text[start:end] == text``; no words where the catalog
    states the stage itself, or where none is told."""

    stage: Stage
    text: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Project:
    """A named action that one sentence ties to one or more features.

    ``id`` is made from plan and place in the text, so the same words under two features are one project. Spans of
    ``stage``, ``dates`` and ``quantities`` are code points of the plan. ``start_year`` and ``finish_year`` are those the
    words (or the catalog) give as such; None where they do not.
    """

    id: str
    name: str
    kind: str
    quote: Quote
    quantities: tuple[Quantity, ...]
    stage: StageReading
    dates: tuple[PrintedDate, ...]
    start_year: int | None
    finish_year: int | None
    note: str | None = None


def find_projects(feature: CatalogFeature, plan_text: PlanText, words: StageWords) -> Iterator[Project]:
    """The projects that a plan's file gives a feature.

    Raises
    ------
    CatalogError
        When a line does not hold the words, or ``amounts`` lists what is no quantity in them.
    """
    plan = plan_text.plan.id
    for view in feature.entries:
        if view.scope != plan:
            continue
        for entry in view.entry.projects:
            where = f"{plan}.yaml：「{feature.name}」的项目「{entry.name}」"
            yield _project(entry, plan_text, words, where)


def _project(entry: ProjectEntry, plan_text: PlanText, words: StageWords, where: str) -> Project:
    reading = plan_text.reading
    a, b = locate(plan_text, entry.line, entry.text, entry.nth, where)
    quote = plan_text.quote(a, b)
    sentence = reading.sentence_at(a)[0], max(reading.sentence_at(b - 1)[1], b)
    clause = _own_clause(plan_text, a, b, fold_name(entry.name), sentence)
    dates = tuple(_dates(plan_text, (a, b), clause, sentence))
    return Project(
        id=f"{quote.plan}@{quote.start}-{quote.end}",
        name=entry.name,
        kind=entry.kind,
        quote=quote,
        quantities=tuple(_in_plan(q, plan_text) for q in _quantities(entry, plan_text, a, b, where)),
        stage=StageReading(entry.stage) if entry.stage else _stage(plan_text, clause, words),
        dates=tuple(_in_plan(d, plan_text) for d in dates),
        start_year=entry.start_year or _start_year(dates),
        finish_year=entry.finish_year or _finish_year(dates),
        note=entry.note,
    )


def _own_clause(plan_text: PlanText, a: int, b: int, name: str, sentence: tuple[int, int]) -> tuple[int, int]:
    text = plan_text.reading.text
    return clause_around(text, *main_clause(text, a, b, name), sentence)


def _stage(plan_text: PlanText, clause: tuple[int, int], words: StageWords) -> StageReading:
    reading = plan_text.reading
    headings = reading.heading_path(reading.passage_at(clause[0]).id)
    told = words.read(reading.text[slice(*clause)], words.looks_back(headings))
    if told is None:
        return StageReading("unspecified")
    start, end = _longest_part(plan_text, clause[0] + told.start, clause[0] + told.end)
    return StageReading(told.stage, plan_text.plan.text[start:end], start, end)


def _dates(
    plan_text: PlanText, quoted: tuple[int, int], clause: tuple[int, int], sentence: tuple[int, int]
) -> Iterator[PrintedDate]:
    """Dates in the quote or its own clause, and the condition at the head of the sentence where they have none."""
    text = plan_text.reading.text
    plan_from = int(plan_text.plan.period[:4])
    first, last = min(quoted[0], clause[0]), max(quoted[1], clause[1])
    found = [
        replace(d, start=d.start + sentence[0], end=d.end + sentence[0])
        for d in find_dates(text[slice(*sentence)], plan_from)
    ]
    own = [d for d in found if first <= d.start < last]
    if not any(d.start < clause[1] for d in own):
        before = [d for d in found if d.end <= first <= d.end + _REACH and d.leads]
        if before and ";" not in text[before[-1].end : first]:
            yield with_role(before[-1], text[slice(*clause)], plan_from)
    yield from own


_REACH = 80  # characters that a condition at the head of a sentence holds for: commas and stops may be lost


def _start_year(dates: Sequence[PrintedDate]) -> int | None:
    return next((d.first for d in dates if d.role in ("start", "span")), None)


def _finish_year(dates: Sequence[PrintedDate]) -> int | None:
    return next((d.last for d in dates if d.role in ("finish", "span")), None)


# A clause that only tells more of what went before, with no subject of its own.
_ATTRIBUTE = re.compile(
    r"^(?:其中)?(?:总|规划)?(?:建筑面积|建筑规模|建面|投资|造价|占地|用地|面积|全长|长度|总长|涉及|惠及|设置|设计|设有|配套|规模|日处理|每日|提供|新增床位)"
)
_NEXT = re.compile("[、和及与]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def _quantities(entry: ProjectEntry, plan_text: PlanText, a: int, b: int, where: str) -> list[Quantity]:
    """The quantities of the quote that are the project's own, in folded places of the reading order.

    The size of a list (A、B等30余条) is no figure of its members. Where the name prints figures, it is those, and what
    their clauses and attributes (总投资…, 占地…) add.
    """
    text = plan_text.reading.text[a:b]
    found = find_quantities(text)
    if entry.amounts is not None:
        own = [next((q for q in found if q.printed == fold_name(words)), None) for words in entry.amounts]
        if None in own:
            wrong = entry.amounts[own.index(None)]
            known = "、".join(q.printed for q in found) or "没有"
            raise CatalogError(f"{where}的 amounts：「{wrong}」不是这段文字里的数量（读到的是：{known}）")
        chosen = [q for q in found if q in own]
    else:
        chosen = _own(text, found, fold_name(entry.name))
    return [replace(q, start=q.start + a, end=q.end + a) for q in chosen]


def _own(text: str, found: list[Quantity], name: str) -> list[Quantity]:
    figures = set(_FIGURE.findall(name))
    named = [q for q in found if figures & set(_FIGURE.findall(q.printed))]
    return [q for q in found if q in named or _belongs(text, q, named)]


def _belongs(text: str, quantity: Quantity, named: list[Quantity]) -> bool:
    if text[: quantity.start].endswith("等"):
        return False
    first, last = next(c for c in clauses_in(text, 0, len(text)) if c[0] <= quantity.start < c[1])
    beside = any(
        not _NEXT.search(text, min(q.end, quantity.end), max(q.start, quantity.start))
        for q in named
        if first <= q.start < last
    )
    return not named or beside or bool(_ATTRIBUTE.match(text[first:last]))


def _in_plan(item: Printed, plan_text: PlanText) -> Printed:
    """A quantity or date with its words and places in the plan for those in the reading order."""
    printed = plan_text.reading.sentence_text(item.start, item.end)
    start, end = _longest_part(plan_text, item.start, item.end)
    return replace(item, printed=printed, text=plan_text.plan.text[start:end], start=start, end=end)


def _longest_part(plan_text: PlanText, a: int, b: int) -> tuple[int, int]:
    """Raw span of a folded range; of the longest part where a footnote or page break cuts it."""
    return max(plan_text.reading.raw_parts(a, b), key=lambda part: part[1] - part[0])
