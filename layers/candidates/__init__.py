"""Place-like mentions of a plan, found without looking at the catalog."""

from layers.candidates.finding import Finder, find_candidates, read_finder
from layers.candidates.grammar import Grammar, GrammarError, read_grammar
from layers.candidates.model import Candidate
from layers.candidates.tokens import ModelMissingError

__all__ = [
    "Candidate",
    "Finder",
    "Grammar",
    "GrammarError",
    "ModelMissingError",
    "find_candidates",
    "read_finder",
    "read_grammar",
]
