"""The real plans, read once for all tests."""

from functools import cache
from pathlib import Path

from layers.passages import Passage, parse_passages
from layers.plans import Plan, line_starts, read_plans
from layers.reading import Reading, read_in_order

DATA = Path(__file__).resolve().parents[2] / "data"
PLAN_IDS = ("qingdao", "chengyang", "jimo", "licang", "shinan")


@cache
def plans() -> dict[str, Plan]:
    return read_plans(DATA)


@cache
def passages(plan_id: str) -> tuple[Passage, ...]:
    return tuple(parse_passages(plans()[plan_id]))


@cache
def reading(plan_id: str) -> Reading:
    return read_in_order(plans()[plan_id], passages(plan_id))


@cache
def _starts(plan_id: str) -> list[int]:
    return line_starts(plans()[plan_id].text)


def on_line(plan_id: str, line: int) -> list[Passage]:
    """The passages that start on a line."""
    starts = [*_starts(plan_id), len(plans()[plan_id].text) + 1]
    return [passage for passage in passages(plan_id) if starts[line - 1] <= passage.start < starts[line]]


def words(passage: Passage) -> str:
    """The raw words of a passage without outer white space."""
    return plans()[passage.plan].text[passage.start : passage.end].strip()


def by_id(passage_id: str | None) -> Passage:
    plan_id = str(passage_id).partition("@")[0]
    return next(passage for passage in passages(plan_id) if passage.id == passage_id)
