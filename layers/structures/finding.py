"""Formulas in the words of a plan, so that none is overlooked: each is a structure of the catalog or has a reason not to be.

A finder of candidates, wider than :func:`~layers.structures.formula.parse_formula`: it also sees what is no structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layers.catalog import Catalog, read_catalog
from layers.catalog_entries import Category
from layers.ledger_rules import Rules, read_rules
from layers.mentions import Mention, PlanText, find_mentions
from layers.passages import parse_passages
from layers.plans import read_plans
from layers.reading import read_in_order
from layers.structures.vocabulary import FORMULAS, Vocabulary, read_vocabulary

_NOUN = "[\u4e00-\u9fff]"
_LONGEST_NOUN = 9


def find_formulas(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Ranges of a folded text that count kinds of the vocabulary, in reading order and without overlaps.

    Counted runs (两横三纵), counted nouns behind a measure (五大发展轴; never one of a thing), and counts that open a
    quotation (「五水绕城」). Arabic numbers only as sums in quotations: elsewhere they are quantities (10个片区).
    """
    last = 0
    for match in _pattern(vocabulary.words, vocabulary.open, vocabulary.measures).finditer(text):
        if match.start() >= last:
            last = match.end()
            yield match.span()


_NUMERALS = "一二两双三四五六七八九十"


@cache
def _pattern(kinds: tuple[str, ...], opens: tuple[str, ...], measures: tuple[str, ...]) -> re.Pattern[str]:
    kind = "|".join(map(re.escape, kinds))
    count = f"(?:[{_NUMERALS}]+|{'|'.join(map(re.escape, opens))})"
    measure = "|".join(map(re.escape, measures))
    return re.compile(
        rf"(?:{count}(?:{kind})){{2,}}"
        rf"|(?<=\"){count}(?:{kind}){_NOUN}{{0,4}}(?=[,、。\"])"
        rf"|(?<![第{_NUMERALS}])(?!一(?:{measure})){count}(?:{measure}){_NOUN}{{0,{_LONGEST_NOUN}}}?(?:{kind})(?![{_NUMERALS}])"
        rf"|(?<=\")\d(?:\+[\dN]+)+(?=\")",
        re.IGNORECASE,
    )


@dataclass(frozen=True)
class Overlooked:
    """A formula of a plan that is no structure of the catalog: its place, its sentence, and why; None when nothing says."""

    plan: str
    line: int
    text: str
    sentence: str
    reason: str | None


def overlooked_in(data: Path) -> list[Overlooked]:
    """:func:`overlooked_formulas` of every plan of a data folder, as its files are now; the store is not asked.

    Raises
    ------
    PlanError, CatalogError, FormulaError, LedgerError
        Each with one sentence that names the file.
    """
    rules, vocabulary = read_rules(data / "ledger.yaml"), read_vocabulary(data / FORMULAS)
    plans = read_plans(data)
    catalog = read_catalog(data / "catalog", plans)
    found: list[Overlooked] = []
    for plan in plans.values():
        text = PlanText(plan, read_in_order(plan, parse_passages(plan)))
        found += overlooked_formulas(text, find_mentions(catalog, text), catalog, rules, vocabulary)
    return found


def overlooked_formulas(
    plan_text: PlanText,
    mentions: Sequence[Mention],
    catalog: Catalog,
    rules: Rules,
    vocabulary: Vocabulary,
) -> list[Overlooked]:
    """The formulas of a plan that are neither a structure's words nor part of another name, in reading order.

    Parameters
    ----------
    plan_text, mentions
        The plan and what :func:`layers.mentions.find_mentions` finds in it.
    catalog
        To tell structures from other features.
    rules
        What data/ledger.yaml says; a word of it that overlaps a formula gives the reason.
    vocabulary
        The words of formulas.
    """
    structures = {f.id for f in catalog.features.values() if f.category is Category.STRUCTURE}
    reasons = list(_reasons(plan_text, rules))
    found = []
    for a, b in find_formulas(plan_text.reading.text, vocabulary):
        if any(m.a < b and a < m.b and (m.feature in structures or m.a <= a) for m in mentions):
            continue
        name = plan_text.reading.text[a:b]
        reason = next((why for first, last, why in reasons if first < b and a < last), None)
        reason = reason or next((why for p, _, why, _ in rules.patterns if p.fullmatch(name)), None)
        quote = plan_text.quote(a, b)
        found.append(Overlooked(quote.plan, quote.line, quote.mention, quote.sentence, reason))
    return found


def _reasons(plan_text: PlanText, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """Every place of a word that the ledger decides, with the reason."""
    text, plan = plan_text.reading.text, plan_text.plan.id
    for (only, word), (_, reason) in rules.strings.items():
        if only in (None, plan):
            yield from ((m.start(), m.end(), reason) for m in re.finditer(re.escape(word), text))
    for (of, line, word), (_, reason) in rules.decisions.items():
        place = plan_text.reading.find_from(word, line) if of == plan else None
        if place is not None:
            yield *place, reason
