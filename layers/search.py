"""Searching names, projects and plan text: Chinese substrings, full pinyin and initials, and several words at once.

Names are few (some thousand) and are looked through in memory; plan text goes through the store's full-text index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from layers.folding import fold_name
from layers.records import FeatureSummary
from layers.store import Store

_MOST_PROJECTS = 200
_BETWEEN = re.compile(r"(?:[\s的，,、？?]|都?有(?:哪些|什么|多少)|怎么(?:走|说)|(?:哪些|什么|多少)|项目$)+")
"""What stands between the words of a question, or ends it: no name is looked for by it."""
MAX_QUERY = 60
"""A longer query is no name; it is cut."""


@dataclass(frozen=True)
class Hit:
    """One result; ``text`` with the matched part at ``[start, end)``, empty where pinyin matched.

    ``group`` is feature, structure, project or text; ``ref`` the feature to choose (its project's for a project),
    or for text the plan, with ``offset`` the place to open it at.
    """

    group: str
    ref: str
    text: str
    start: int
    end: int
    detail: str
    offset: int | None = None


@dataclass(frozen=True)
class Question:
    """A query of several words: the plan that it names, and words that a name, its project or its kind must hold."""

    plan: str
    words: tuple[str, ...]


def search(
    store: Store, query: str, limit: int = 8, kinds: Mapping[str, str] | None = None
) -> dict[str, list[Hit]]:
    """Results by group, the best first, at most ``limit`` a group; every group is there, empty or not.

    A name that begins with the query goes before one that holds it, the feature's own name before an alias, a
    structural feature before a mention. What is found nowhere as it stands is read as several words (城阳的发展轴,
    即墨 轨道): a plan's district narrows to that plan, the others are looked for one by one, also in ``kinds``, the
    names of the categories.
    """
    words = " ".join(query[:MAX_QUERY].split())
    groups: dict[str, list[Hit]] = {"feature": [], "structure": [], "project": [], "text": []}
    if not words:
        return groups
    ranked = sorted(
        ((rank, f, hit) for f in store.features.values() for rank, hit in _name_hits(f, words)),
        key=lambda r: (r[0], r[1].level, len(r[1].name), r[1].id),
    )
    for _, _, hit in ranked:
        if len(groups[hit.group]) < limit:
            groups[hit.group].append(hit)
    groups["project"] = list(_project_hits(store, words, limit))
    groups["text"] = list(_text_hits(store, words, limit))
    if not any(groups.values()) and (question := read_question(store, words)):
        return _answers(store, question, limit, kinds or {})
    return groups


def read_question(store: Store, text: str) -> Question | None:
    """The plan and the words of a query; None when it names no plan and is one word."""
    words = [word for word in _BETWEEN.split(text) if word]
    districts = {
        name: plan.id for plan in store.plans.values() for name in (plan.district, plan.district[:-1])
    }
    plan = ""
    rest = []
    for word in words:
        named = next((d for d in sorted(districts, key=len, reverse=True) if word.startswith(d)), "")
        if named and not plan:
            plan, word = districts[named], word[len(named) :]
        if word:
            rest.append(word)
    return Question(plan, tuple(rest)) if rest and (plan or len(rest) > 1) else None


def _answers(store: Store, question: Question, limit: int, kinds: Mapping[str, str]) -> dict[str, list[Hit]]:
    groups: dict[str, list[Hit]] = {"feature": [], "structure": [], "project": [], "text": []}
    first = question.words[0]
    own = (question.plan,)  # what only the plan asked about names goes before what it shares
    for f in sorted(
        store.features.values(), key=lambda f: (f.level, bool(own[0]) and f.plans != own, len(f.name), f.id)
    ):
        told = " ".join((f.name, *f.aliases, kinds.get(f.category, "")))
        if _fits(question, f.plans, told):
            group = "structure" if f.category == "structure" else "feature"
            groups[group].append(_hit(group, f.id, f.name, question, ""))
    for ref, text, plan in store.search_projects(first, _MOST_PROJECTS):
        f = store.features[ref]
        if _fits(question, (plan,), " ".join((text, f.name, kinds.get(f.category, "")))):
            groups["project"].append(_hit("project", ref, text, question, plan))
    for hit in _text_hits(store, first, _MOST_PROJECTS):
        if _fits(question, (hit.ref,), hit.text):
            groups["text"].append(hit)
    return {group: hits[:limit] for group, hits in groups.items()}


def _fits(question: Question, plans: tuple[str, ...], told: str) -> bool:
    return (not question.plan or question.plan in plans) and all(word in told for word in question.words)


def _hit(group: str, ref: str, text: str, question: Question, detail: str) -> Hit:
    """With the first of the words that the text holds marked."""
    word = next((w for w in question.words if w in text), "")
    at = max(text.find(word), 0)
    return Hit(group, ref, text, at, at + len(word), detail)


def _name_hits(f: FeatureSummary, words: str) -> Iterator[tuple[int, Hit]]:
    """At most one hit, with its rank (0 is best)."""
    group = "structure" if f.category == "structure" else "feature"
    for order, name in enumerate((f.name, *f.aliases)):
        at = name.find(words)
        if at >= 0:
            detail = "" if order == 0 else f.name
            yield (order > 0) * 2 + (at > 0), Hit(group, f.id, name, at, at + len(words), detail)
            return
    latin = re.sub(r"[^a-z0-9]", "", words.lower())
    if latin and words.isascii():
        keys = f.pinyin.split(" ")
        if any(k.startswith(latin) for k in keys):
            yield 4, Hit(group, f.id, f.name, 0, 0, "")
        elif len(latin) > 2 and any(latin in k for k in keys):
            yield 5, Hit(group, f.id, f.name, 0, 0, "")


def _project_hits(store: Store, words: str, limit: int) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for ref, text, plan in store.search_projects(words, limit * 3):
        if (text, plan) not in seen and len(seen) < limit:
            seen.add((text, plan))
            at = text.find(words)
            yield Hit("project", ref, text, max(at, 0), at + len(words) if at >= 0 else 0, plan)


def _text_hits(store: Store, words: str, limit: int) -> Iterator[Hit]:
    folded = fold_name(words)
    for plan, offset, text in store.search_blocks(folded or words, limit):
        at = text.find(words)
        start = max(at - 18, 0)
        piece = ("…" if start else "") + text[start : start + 60]
        found = piece.find(words)
        yield Hit("text", plan, piece, max(found, 0), found + len(words) if found >= 0 else 0, plan, offset)
