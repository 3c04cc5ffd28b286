"""The grammar of place-like words: data/candidates.yaml, read and checked.

Head words with their category, what may not follow them, where a name stops on its left, and the words that name
nothing. No place of a plan is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator

from layers.catalog_entries import Category
from layers.folding import fold_name
from layers.yaml_file import Strict, read_model


class GrammarError(ValueError):
    """The grammar file is wrong; the message names file and key."""


def _words(value: object) -> object:
    """Words written with spaces between them, or as a list."""
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
HeadKind = Literal["proper", "common"]


class _Heads(Strict):
    category: Category
    kind: HeadKind
    words: Words


class _Formulas(Strict):
    counts: str
    kinds: str


class _File(Strict):
    version: Literal[1]
    heads: tuple[_Heads, ...]
    not_before: dict[str, Words]
    tails: Words
    stops: Words
    inner_verbs: Words
    leading_verbs: Words
    trims: Words
    generic: Words
    common: Words
    formulas: _Formulas
    quoted: Words
    outside: Words
    institutions: Words
    prefixes: Words


@dataclass(frozen=True)
class Head:
    """A head word (「通名」) such as 路 or 产业园.

    A ``proper`` head makes a name of nearly anything before it (王沙路); a ``common`` one needs a proper word
    (青岛国际会议中心).
    """

    word: str
    category: Category
    kind: HeadKind
    not_before: tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """The words by which names of places are found; see the comments of data/candidates.yaml."""

    heads: Mapping[str, Head]
    tails: tuple[str, ...]
    stops: frozenset[str]
    inner_verbs: frozenset[str]
    leading_verbs: frozenset[str]
    trims: frozenset[str]
    generic: frozenset[str]
    common: frozenset[str]
    counts: str
    kinds: str
    quoted: tuple[str, ...]
    outside: frozenset[str]
    institutions: tuple[str, ...]
    prefixes: tuple[str, ...]


def read_grammar(path: Path) -> Grammar:
    """Read data/candidates.yaml; every word is folded as the texts are.

    Raises
    ------
    GrammarError
        The file is missing, no YAML, lacks a key or gives one head two categories.
    """
    file = read_model(path, _File, GrammarError)
    heads: dict[str, Head] = {}
    for group in file.heads:
        for word in map(fold_name, group.words):
            if word in heads:
                raise GrammarError(f"{path.name}：通名「{word}」写了两次")
            heads[word] = Head(word, group.category, group.kind, _folded(file.not_before.get(word, ())))
    return Grammar(
        heads=heads,
        tails=tuple(sorted(_folded(file.tails), key=len, reverse=True)),
        stops=frozenset(_folded(file.stops)),
        inner_verbs=frozenset(_folded(file.inner_verbs)),
        leading_verbs=frozenset(_folded(file.leading_verbs)),
        trims=frozenset(_folded(file.trims)),
        generic=frozenset(_folded(file.generic)),
        common=frozenset(_folded(file.common)),
        counts=file.formulas.counts,
        kinds=file.formulas.kinds,
        quoted=_folded(file.quoted),
        outside=frozenset(_folded(file.outside)),
        institutions=_folded(file.institutions),
        prefixes=_folded(file.prefixes),
    )


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold_name(word) for word in words)
