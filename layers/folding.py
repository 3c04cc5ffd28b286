"""The folded copy of a text on which names are matched, with a map back to the raw text.

Folding makes the same name look the same however it is printed: no white space, no markup, one kind of
quotation mark and of dash, half-width letters and punctuation, variant characters replaced
(data/plans/variants.csv). Every step drops characters or maps one to one, so each folded character knows its
place in the raw text.

What stands between paragraphs, table cells and bullets becomes ``SEPARATOR``, which no name contains.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEPARATOR = "\n"
DASH = "一"
VARIANTS_CSV = Path(__file__).resolve().parent.parent / "data" / "plans" / "variants.csv"

_QUOTES = "\"'“”‘’„‟‚‛「」『』〝〞〟＂＇«»‹›`´"
_DOTS = "·•・‧∙⋅●･"
_DASHES = "-—–−－─━‐‑‒―﹣﹘⸺⸻"
_TILDES = "~～〜∼"

_TOKEN = re.compile(
    rf"""
      (?P<footnote> \^\{{?\[(?:&\}}lt;sup>)?\d{{1,3}}(?:\](?:</sup>)?|</sup>\])   # ^[7]  ^{{[8]
                  | (?<=\S)\[\d{{1,2}}\]                                          # 战略[6]
                  | [¹²³⁰⁴-⁹]+ )
    | (?P<rule>     ^[ ]*\|[-:| ]+\|[ ]*$ | ^---+[ ]*$ )                          # |----|----|  and ---
    | (?P<bullet>   ^[ ]*(?:-[ ]+(?:\*\*)?(?:[—–]+|一一)? | (?:\*\*)?(?:[—–]+|一一)) )   # "- ", ——, "- 一一"
    | (?P<markup>   ^\#{{1,6}}[ ]* | \*\*+ | [$_{{}}^\\]
                  | </?(?:b|u|i|em|strong|span|su[bp])> )
    | (?P<break>    [\t|◆▶]+ | </?(?:div|p|br|table|thead|tbody|t[dhr]|[uo]l|li)[ ]*/?> | [^\S\n]*\n\s*\n )
    | (?P<space>    \s+ )
    | (?P<dash>     [{_DASHES}]+ )
    | (?P<char>     . )
    """,
    re.VERBOSE | re.MULTILINE,
)
_TABLE_LINE = re.compile(r"^[^\n]*\t|^[ ]*\|", re.MULTILINE)


class VariantError(ValueError):
    """The table of variant characters cannot be read; the message is one sentence that names the file."""


@dataclass(frozen=True)
class Folded:
    """A folded text and where each of its characters comes from.

    Attributes
    ----------
    text
        The folded text.
    offsets, ends
        Raw start and raw end of each folded character; starts never decrease.
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, a: int, b: int) -> tuple[int, int]:
        """Raw (start, end) of the folded range ``[a, b)``, which must not be empty."""
        if not 0 <= a < b <= len(self.text):
            raise IndexError(f"no folded range [{a}, {b}) in a text of {len(self.text)} characters")
        return self.offsets[a], self.ends[b - 1]


def fold(text: str) -> Folded:
    """Fold a text; see the module for what is dropped and what is mapped."""
    table = _character_table()
    row_ends = _table_line_ends(text)
    chars: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "char":
            folded = table.get(token[0]) or _fold_other(token[0])
        elif kind == "dash":
            folded = DASH
        elif kind in ("break", "rule") or (kind == "space" and _ends_row(token, row_ends)):
            if not chars or chars[-1] == SEPARATOR:
                continue
            folded = SEPARATOR
        else:
            continue
        chars.append(folded)
        offsets.append(token.start())
        ends.append(token.end())
    return Folded("".join(chars), tuple(offsets), tuple(ends))


def fold_name(name: str) -> str:
    """Fold a name to search for in a folded text."""
    return fold(name).text.strip(SEPARATOR)


@cache
def read_variants(path: Path = VARIANTS_CSV) -> Mapping[str, str]:
    """Variant characters and the usual character of each; empty where the table is missing.

    Raises
    ------
    VariantError
        The table has no columns ``char`` and ``folded``, or a row does not map one character to one.
    """
    if not path.exists():
        return {}
    variants: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            char, folded = row.get("char"), row.get("folded")
            if char is None or folded is None or len(char) != 1 or len(folded) != 1:
                raise VariantError(f"{path.name}：每行应是一个字对一个字，写的是 {char!r}、{folded!r}")
            variants[char] = folded
    return variants


@cache
def _character_table() -> dict[str, str]:
    """Characters that fold to a fixed other one."""
    table = dict.fromkeys(_QUOTES, '"') | dict.fromkeys(_DOTS, "·") | dict.fromkeys(_TILDES, "~")
    table |= dict.fromkeys(_DASHES, DASH)
    for char, folded in read_variants().items():
        table[char] = table.get(folded) or _fold_other(folded)
    return table


@cache
def _fold_other(char: str) -> str:
    """Half-width and lower-case form of a character where that is one character, else itself."""
    narrow = unicodedata.normalize("NFKC", char)
    lower = (narrow if len(narrow) == 1 else char).lower()
    return lower if len(lower) == 1 and not lower.isspace() else char


def _ends_row(space: re.Match[str], row_ends: set[int]) -> bool:
    newline = space[0].find("\n")
    return newline >= 0 and space.start() + newline in row_ends


def _table_line_ends(text: str) -> set[int]:
    """Offsets of the line ends after which a table row, or what follows a table, starts."""
    ends: set[int] = set()
    for line in _TABLE_LINE.finditer(text):
        end = text.find("\n", line.end())
        if end >= 0:
            ends.add(end)
        if line.start() > 0:
            ends.add(line.start() - 1)
    return ends
