"""What interface text is wrapped in. Values go in by name: ``_("第 {line} 行", line=3)``."""

from __future__ import annotations

import re
from typing import Any, Protocol

from geo.precision import Precision, precision_words
from viewer.i18n.catalogue import translations
from viewer.i18n.language import DEFAULT, language

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Named(Protocol):
    """What data/layers.yaml names in Chinese and English."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def _(message: str, /, **values: object) -> str:
    """A message in the language of the request, with its values put in."""
    text = translations(language()).gettext(message)
    return text.format(**values) if values else text


def _n(message: str, /, n: int, **values: object) -> str:
    """A message that counts: ``_n("{n} 个要素", 3)``. Chinese has one form, a translation may have several."""
    return translations(language()).ngettext(message, message, n).format(n=n, **values)


def N_(message: str, /) -> str:  # noqa: N802 - gettext's name for it
    """Mark a message of a constant; whoever shows it says ``_(...)``."""
    return message


def phrase(message: str, /, **parts: Any) -> list[Any]:
    """A message whose values may be components: ``phrase("属于 {name}", name=html.Span(...))``."""
    return _filled(translations(language()).gettext(message), parts)


def phrase_n(message: str, /, n: int, **parts: Any) -> list[Any]:
    """A message that counts and whose values may be components."""
    return _filled(translations(language()).ngettext(message, message, n), {"n": str(n), **parts})


def _filled(text: str, parts: dict[str, Any]) -> list[Any]:
    pieces = _PLACEHOLDER.split(text)
    return [parts[piece] if i % 2 else piece for i, piece in enumerate(pieces) if piece]


def label(named: Named) -> str:
    """The name of a layer, group, status or level in the language of the request."""
    return named.name if language() == DEFAULT else str(getattr(named, f"name_{language()}"))


def precision_label(precision: Precision) -> str:
    """The name of a precision class in the language of the request."""
    return str(getattr(precision_words(precision), f"label_{language()}"))


def precision_meaning(precision: Precision) -> str:
    """What a precision class means, in one sentence."""
    return str(getattr(precision_words(precision), f"meaning_{language()}"))
