"""Structures: what the words of a formula promise (「两横三纵」), and whether the text names as many members."""

from layers.structures.formula import Part, parse_formula
from layers.structures.judging import StructureVerdict, gaps, judge_structures
from layers.structures.vocabulary import FORMULAS, FormulaError, Vocabulary, read_vocabulary

__all__ = [
    "FORMULAS",
    "FormulaError",
    "Part",
    "StructureVerdict",
    "Vocabulary",
    "gaps",
    "judge_structures",
    "parse_formula",
    "read_vocabulary",
]
