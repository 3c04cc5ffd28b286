"""How far a project has come, read from the wording of its clause as data/stages.yaml tells it; never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field

from layers.folding import fold_name
from layers.yaml_file import Strict, read_model

Stage = Literal["study", "planned", "advancing", "under_construction", "completed", "unspecified"]
STAGES: tuple[Stage, ...] = get_args(Stage)
STAGE_WORDS = "stages.yaml"

GAP = "…"
_BLANK = "□"
_REACH = 90


class StageError(ValueError):
    """data/stages.yaml is wrong; the message names entry and reason."""


class _Strict(Strict):
    model_config = ConfigDict(str_strip_whitespace=True)


Wording = Annotated[str, Field(min_length=2)]


class Rule(_Strict):
    """Words that tell a stage; ``in_review`` only where a chapter looks back."""

    stage: Literal["study", "planned", "advancing", "under_construction", "completed"]
    words: tuple[Wording, ...] = ()
    in_review: tuple[Wording, ...] = ()


class StageWords(_Strict):
    """The whole table; the first rule that matches wins."""

    version: Literal[1]
    review: tuple[Wording, ...]
    not_words: tuple[Wording, ...]
    breaks: tuple[Wording, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def _not_words(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.not_words)) or "(?!)")

    @cached_property
    def _patterns(self) -> dict[bool, tuple[re.Pattern[str], ...]]:
        """A pattern for each rule, by whether the chapter looks back."""
        return {
            looks_back: tuple(
                _pattern((*rule.words, *(rule.in_review if looks_back else ())), self.breaks)
                for rule in self.rules
            )
            for looks_back in (False, True)
        }

    def looks_back(self, headings: Sequence[str]) -> bool:
        """Whether a passage under these headings tells of the past."""
        return any(words in heading for heading in headings for words in self.review)

    def read(self, clause: str, looks_back: bool) -> StageWording | None:
        """The stage that a folded clause tells, with the range of the words that tell it; None where none do."""
        words = self._not_words.sub(lambda m: _BLANK * len(m[0]), clause)
        for rule, pattern in zip(self.rules, self._patterns[looks_back], strict=True):
            if found := pattern.search(words):
                return StageWording(rule.stage, found.start(), found.end())
        return None


@dataclass(frozen=True)
class StageWording:
    """A stage and the range of the words it was read from."""

    stage: Stage
    start: int
    end: int


def _pattern(wordings: Sequence[str], breaks: Sequence[str]) -> re.Pattern[str]:
    """One pattern for some wordings: a gap stays inside the clause and crosses no break, one at the end wants
    something to follow."""
    no_break = f"(?!{'|'.join(map(re.escape, breaks))})" if breaks else ""
    gap = f"(?:{no_break}.){{0,{_REACH}}}?"
    return re.compile("|".join(_one(w, gap) for w in wordings) or "(?!)")


def _one(wording: str, gap: str) -> str:
    parts = [re.escape(fold_name(part)) for part in wording.removesuffix(GAP).split(GAP)]
    return gap.join(parts) + (r"(?=[^等])" if wording.endswith(GAP) else "")


def read_stage_words(path: Path) -> StageWords:
    """Read data/stages.yaml.

    Raises
    ------
    StageError
        When the file is missing, not YAML, or an entry is wrong.
    """
    return read_model(path, StageWords, StageError)
