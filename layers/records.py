"""What the store holds, as the viewer and the exports get it: plans, features, sentences, projects, structures, text.

Reading them from the file is in :mod:`layers.store`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layers.segments import Segment


@dataclass(frozen=True)
class PlanInfo:
    """A plan without its text; ``missing`` says in sentences what the file lacks."""

    id: str
    title: str
    short_title: str
    district: str
    adcode: str
    level: str
    issuer: str | None
    document_number: str | None
    published: str | None
    period: str
    horizon: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class FeatureSummary:
    """A feature as lists and layers need it.

    ``lon, lat`` (WGS 84) is a point on it for labels and flying to, None when unplaced; ``bbox`` is
    ``(west, south, east, north)``; ``views`` holds what each plan says: level, status, note,
    members of a structure by kind, and the places that say so (``evidence_of`` reads them); ``length_km`` and
    ``area_km2`` are None where the precision does not allow to state them.
    """

    id: str
    name: str
    category: str
    level: int
    status: str
    scope: str
    aliases: tuple[str, ...]
    part_of: tuple[str, ...]
    members: dict[str, tuple[str, ...]]
    plans: tuple[str, ...]
    views: dict[str, dict[str, Any]]
    note: str | None
    precision: str
    accuracy_m: float | None
    method: str
    basis: str
    placement_note: str | None
    issues: tuple[dict[str, str], ...]
    halo_m: float | None
    arrow: str | None
    lon: float | None
    lat: float | None
    bbox: tuple[float, float, float, float] | None
    length_km: float | None
    area_km2: float | None
    evidence_count: int
    project_count: int
    pinyin: str


@dataclass(frozen=True)
class Quote:
    """A stretch of a plan in its sentence, ready to show and exact to the character.

    ``parts`` are the raw spans ``(start, end)``: one, or several where a footnote or page furniture lies between;
    ``start``, ``end`` and ``text`` are those of the longest part. ``before + mention + after`` is the sentence in
    clean reading form.
    """

    plan: str
    start: int
    end: int
    line: int
    text: str
    parts: tuple[tuple[int, int], ...]
    passage: str
    before: str
    mention: str
    after: str

    @property
    def sentence(self) -> str:
        return self.before + self.mention + self.after


@dataclass(frozen=True)
class Evidence(Quote):
    """A quote as the store keeps it, with the headings above its sentence."""

    path: tuple[str, ...]


@dataclass(frozen=True)
class ProjectRecord:
    """A project of a feature, with its sentence and what its words tell.

    ``quantities`` and ``dates`` have the keys of :class:`layers.quantities.Quantity` and
    :class:`layers.dates.PrintedDate`; ``stage`` is one of :data:`layers.stages.STAGES` and ``stage_words`` the ``text``,
    ``start`` and ``end`` it was read from, None where it was not. All spans are code points of the plan.
    """

    id: str
    feature: str
    name: str
    kind: str
    quote: Evidence
    quantities: tuple[dict[str, Any], ...]
    note: str | None
    stage: str = "unspecified"
    stage_words: dict[str, Any] | None = None
    dates: tuple[dict[str, Any], ...] = ()
    start_year: int | None = None
    finish_year: int | None = None


@dataclass(frozen=True)
class Structure:
    """The count check of a structure: see :class:`layers.structures.StructureVerdict`.

    ``counts`` are (kind, expected or None, found); ``conflict`` is how the text contradicts itself, or None, and
    ``places`` where; ``principles`` are the clauses of the formula that have no members.
    """

    feature: str
    counts: tuple[tuple[str, int | None, int], ...]
    verdict: str
    conflict: str | None
    places: tuple[Evidence, ...] = ()
    principles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, table row or note in reading order.

    The texts of the ``segments``, joined, are the text.
    """

    plan: str
    ord: int
    passage: str
    kind: str
    depth: int
    number: str | None
    line: int
    start: int
    segments: tuple[Segment, ...]
