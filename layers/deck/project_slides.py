"""The projects of a plan for its slides, in the plan's own figures: those that name an amount, the largest first; of a plan
that names none, those with other figures."""

from __future__ import annotations

from dataclasses import dataclass

from layers.project_table import project_rows, total
from layers.records import Evidence
from layers.store import Store


@dataclass(frozen=True)
class DeckProject:
    """A project as printed; ``quote`` is the sentence it stands in."""

    features: str
    name: str
    amount: str
    others: str
    quote: Evidence


@dataclass(frozen=True)
class DeckProjects:
    """Those shown, and how many the plan has: all, and with an amount of money."""

    rows: tuple[DeckProject, ...]
    count: int
    with_amount: int


def deck_projects(store: Store, plan: str) -> DeckProjects:
    """Every project of a plan that prints an amount, each and each amount once; where none does, those that print other
    figures, in the order of the text."""
    rows = [r for r in project_rows(store) if r.plan == plan]
    quotes = {p.id: p.quote for p in store.projects() if p.quote.plan == plan}
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.project, []).append(row.feature_name)
    counted = {r.project: r for r in rows if r.investment is not None and r.amount_key == r.project}
    if not counted:
        counted = {r.project: r for r in rows if r.printed}
    found = []
    for row in sorted(counted.values(), key=lambda r: (-(r.investment or 0.0), r.line)):
        others = "、".join(words for kind, words in row.printed.items() if kind != "investment")
        of = "、".join(dict.fromkeys(names[row.project]))
        found.append(
            DeckProject(of, row.name, row.printed.get("investment", ""), others, quotes[row.project])
        )
    numbers = total(rows)
    return DeckProjects(tuple(found), numbers.projects, numbers.with_amount)
