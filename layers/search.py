"""Searching names, projects and plan text: Chinese substrings, full pinyin and initials.

Names are few (some thousand) and are looked through in memory; plan text goes through the store's full-text index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layers.folding import fold_name
from layers.store import FeatureSummary, Store

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


def search(store: Store, query: str, limit: int = 8) -> dict[str, list[Hit]]:
    """Results by group, the best first, at most ``limit`` a group; every group is there, empty or not.

    A name that begins with the query goes before one that holds it, the feature's own name before an alias, a
    structural feature before a mention.
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
    return groups


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
