"""Passages: what each stretch of a plan is, in a tree.

A list of short phases: lines -> regions -> blocks -> notes and boxes -> flows -> run-in headings -> outline.
"""

from layers.passages.model import KINDS, Passage
from layers.passages.parsing import parse_passages

__all__ = ["KINDS", "Passage", "parse_passages"]
