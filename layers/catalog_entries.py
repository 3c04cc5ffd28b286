"""What an entry of data/catalog/*.yaml may say: its schema, and nothing of how entries go together.

Reading the files and resolving names to entries is in :mod:`layers.catalog`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from layers.stages import Stage
from layers.yaml_file import Strict


class Category(StrEnum):
    """What kind of thing a feature is; the names, groups and colours are in data/layers.yaml."""

    AXIS = "axis"
    BELT = "belt"
    CORE = "core"
    NODE = "node"
    STRUCTURE = "structure"
    ZONE = "zone"
    REGION = "region"
    BAY = "bay"
    COAST = "coast"
    ISLAND = "island"
    INDUSTRIAL_PARK = "industrial_park"
    INDUSTRIAL_CLUSTER = "industrial_cluster"
    BUSINESS_DISTRICT = "business_district"
    COMMERCIAL = "commercial"
    RAIL = "rail"
    ROAD = "road"
    HUB = "hub"
    GREEN = "green"
    MOUNTAIN = "mountain"
    WATER = "water"
    FACILITY = "facility"
    HERITAGE = "heritage"
    RENEWAL = "renewal"
    ADMIN = "admin"
    TOWNSHIP = "township"


Status = Literal["existing", "planned", "under_construction", "proposed", "renewal", "unspecified"]
ProjectKind = Literal["新建", "改造", "扩建", "打通", "修复", "治理", "招引", "规划研究", "产业", "其他"]
Text = Annotated[str, Field(min_length=1)]
Year = Annotated[int, Field(ge=1949, le=2099)]


class StrippedStrict(Strict):
    """A part of an entry: no unknown key, no space around a text."""

    model_config = ConfigDict(str_strip_whitespace=True)


class NotPlace(StrippedStrict):
    """A longer string that holds a name without being it (「移风易俗」 holds 「移风」)."""

    text: Text
    reason: Text


class At(StrippedStrict):
    """An occurrence given by hand: exact characters that begin on a physical line of a plan."""

    line: int = Field(ge=1)
    text: Text
    nth: int = Field(default=1, ge=1)
    plan: str | None = None


class NotAt(At):
    """An occurrence of a name that means something else."""

    reason: Text


class Expectation(StrippedStrict):
    """How many members of a kind a structure has, where its own words do not say so (or say otherwise)."""

    kind: Text
    count: Annotated[int, Field(ge=1)] | Literal["N"]
    reason: Text


class Said(At):
    """Words that tell what a plan says of a matter (范围, 数目), to be held against what another plan says of it."""

    what: Text


class Reading(At):
    """A place that tells a structure's members its own way; its words may hold a formula of their own."""

    members: dict[str, tuple[Text, ...]] = Field(default_factory=dict)


class Conflict(StrippedStrict):
    """A structure on which the text contradicts itself: why, and the places that do not agree."""

    reason: Text
    places: Annotated[tuple[Reading, ...], Field(min_length=2)]


class ProjectEntry(StrippedStrict):
    """An action, quantity or date that the text ties to a feature.

    ``stage``, ``start_year``, ``finish_year`` and ``amounts`` say what the program should not read by itself; ``amounts``
    lists the printed quantities that are the project's own, ``[]`` none of them.
    """

    name: Text
    kind: ProjectKind = "其他"
    line: int = Field(ge=1)
    text: Text
    nth: int = Field(default=1, ge=1)
    stage: Stage | None = None
    start_year: Year | None = None
    finish_year: Year | None = None
    amounts: tuple[Text, ...] | None = None
    note: str | None = None


class Entry(StrippedStrict):
    """One feature as the catalog states it.

    In a plan's file, ``shared: true`` adds what this plan says (aliases, mentions, projects, level, status) to the
    entry of the same name in shared.yaml, which alone states category and placement.
    """

    name: Text
    id: Annotated[str, Field(pattern=r"^[a-z0-9_.-]+$")] | None = None
    shared: bool = False
    category: Category | None = None
    level: Literal[1, 2, 3] | None = None
    status: Status = "unspecified"
    status_at: At | None = None
    said: tuple[Said, ...] = ()
    part_of: tuple[Text, ...] = ()
    aliases: tuple[Text, ...] = ()
    mentions: tuple[At, ...] = ()
    not_at: tuple[NotAt, ...] = ()
    only_at: bool = False
    projects: tuple[ProjectEntry, ...] = ()
    placement: dict[str, Any] | None = None
    members: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    stands_for: dict[str, Text] = Field(default_factory=dict)
    expects: tuple[Expectation, ...] = ()
    conflict: Conflict | None = None
    note: str | None = None


def reading_label(kind: str, place: At) -> str:
    """What the members of a kind are listed under that only one place of the text gives."""
    return f"{kind}（第{place.line}行）"


def counted_kind(label: str) -> str:
    """The kind that members are listed under, be it a kind itself or a :func:`reading_label` of it."""
    return label.partition("（")[0]
