"""Decks and atlases of a plan: slides (PPTX) from its scenes, and a PDF with a page for each structure and feature."""

from layers.deck.atlas_pdf import AtlasCount, write_atlas
from layers.deck.plan_deck import build_deck, build_plan_deck

__all__ = ["AtlasCount", "build_deck", "build_plan_deck", "write_atlas"]
