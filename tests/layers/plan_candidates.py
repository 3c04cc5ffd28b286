"""The candidates of the real plans, found once for all tests."""

from functools import cache

from layers.candidates import Candidate, Finder, find_candidates, read_finder
from layers.mentions import PlanText
from tests.layers.plan_readings import DATA, PLAN_IDS, plans, reading


@cache
def finder() -> Finder:
    return read_finder(DATA, scoped=PLAN_IDS)


@cache
def plan_text(plan_id: str) -> PlanText:
    return PlanText(plans()[plan_id], reading(plan_id))


@cache
def candidates(plan_id: str) -> tuple[Candidate, ...]:
    return tuple(find_candidates(finder(), plan_text(plan_id)))
