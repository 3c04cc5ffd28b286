"""The words for what plans say differently: a judged value by its name, a printed one as it is printed."""

from __future__ import annotations

from dash import html

from layers.styles import Styles
from viewer.i18n import DEFAULT, N_, PLAN_WORDS, _, label, language

JUDGED = frozenset({"状态"})
"""What is read from the wording; everything else is printed in the plan."""


NAMED = (N_("状态"), N_("定位"), N_("范围"))
"""Matters with a translation, beside the kinds of figures; a planner may name others in the catalog (``said``)."""


def difference_name(what: str) -> html.Span:
    """What differs, in the language of the request where that is known, else as the catalog names it."""
    name = _(what)
    own = language() == DEFAULT or name != what
    return html.Span(name, **({} if own else PLAN_WORDS))


def difference_words(what: str, words: str, styles: Styles) -> str:
    """One plan's words for what differs."""
    return label(styles.statuses[words]) if what in JUDGED else words
