"""Sentences that remember the message they were made from, so that whoever shows one can say it in another language.

Errors carry them: ``raise ExportError(said("没有格式「{name}」", name=given))``. ``str(error)`` is the Chinese sentence, as
the command line prints it; the viewer looks the message up in its translations and puts the same values in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType


class Said(str):
    """A Chinese sentence with its ``message`` and the ``values`` put into it; a value may be such a sentence too."""

    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, values: Mapping[str, object]) -> Said:
        self = super().__new__(cls, message.format(**values))
        self.message, self.values = message, MappingProxyType(dict(values))
        return self


def said(message: str, /, **values: object) -> Said:
    """A sentence of a message and its values: ``said("最多 {most} 个", most=3)``."""
    return Said(message, values)


def joined(parts: Iterable[object], between: str = "、") -> Said:
    """Parts in one sentence; ``between`` is 「、」 for things and 「；」 for sentences, and is a message too."""
    values = {f"part{i}": part for i, part in enumerate(parts)}
    return Said("{between}".join(f"{{{name}}}" for name in values), {**values, "between": _BETWEEN[between]})


def sentence_of(error: BaseException) -> str:
    """What an error says, with its message where it remembers one."""
    return error.args[0] if len(error.args) == 1 and isinstance(error.args[0], Said) else str(error)


_BETWEEN = {"、": said("、"), "；": said("；")}
