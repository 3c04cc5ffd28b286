"""The places of a plan on which a comparison rests: the words that say a feature's status, extent or number.

Given by a planner (``status_at`` and ``said`` of a catalog entry): what is compared is what a plan says in so many words,
never a status that was read from the whole of its text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layers.catalog import CatalogError, CatalogFeature
from layers.mentions import PlanText, locate
from layers.records import Quote

STATUS = "status"


@dataclass(frozen=True)
class Statement:
    """``quote`` is where a plan says what (``STATUS``, or a word such as 范围) it says of a feature."""

    what: str
    quote: Quote


def find_statements(feature: CatalogFeature, plan_text: PlanText) -> Iterator[Statement]:
    """What one plan's entries point at, in the order of the file.

    Raises
    ------
    CatalogError
        When a line does not hold its text, or the place of a status is given without a status.
    """
    plan = plan_text.plan.id
    for view in feature.entries:
        if view.scope != plan:
            continue
        where = f"{plan}.yaml：「{feature.name}」的"
        at = view.entry.status_at
        if at is not None:
            if view.entry.status == "unspecified":
                raise CatalogError(f"{where} status_at：写了依据，却没有写 status")
            yield Statement(
                STATUS, plan_text.quote(*locate(plan_text, at.line, at.text, at.nth, f"{where} status_at"))
            )
        for said in view.entry.said:
            place = locate(plan_text, said.line, said.text, said.nth, f"{where} said「{said.what}」")
            yield Statement(said.what, plan_text.quote(*place))
