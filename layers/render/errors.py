"""What goes wrong when a figure is made; every message is one sentence for the person who asked for it."""

from __future__ import annotations


class RenderError(ValueError):
    """The figure cannot be made as asked; the message says what is wrong and what would be right."""


class LayoutError(RenderError):
    """A layout specification is wrong; the message holds one sentence an error."""


class WriteError(RenderError):
    """The file cannot be written; nothing of it is left behind."""
