"""What goes wrong in :mod:`layers`, said in the language of the request."""

from __future__ import annotations

from layers.said import Said, sentence_of
from viewer.i18n.messages import _


def spoken(problem: object) -> str:
    """The sentence of an error, or a sentence itself; one that remembers no message stays as it was written.

    The messages of geo/ and layers/ are found by :mod:`viewer.i18n.extraction` wherever ``said`` is called.
    """
    sentence = sentence_of(problem) if isinstance(problem, BaseException) else problem
    if not isinstance(sentence, Said):
        return str(sentence)
    return _(sentence.message, **{name: spoken(value) for name, value in sentence.values.items()})
