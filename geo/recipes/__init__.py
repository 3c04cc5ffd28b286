"""Placement recipes: from a short spec in words to a geometry with its provenance.

One module a family. :func:`place_feature` is the way in.
"""

from geo.recipes.context import Context, FeatureGeometry, Spec
from geo.recipes.table import RECIPES, parse_spec, place_feature, references_of

__all__ = ["RECIPES", "Context", "FeatureGeometry", "Spec", "parse_spec", "place_feature", "references_of"]
