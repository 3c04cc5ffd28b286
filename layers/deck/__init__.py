"""Decks, handouts and atlases: slides (PPTX) and pages (PDF) of scenes, and a PDF with a page for each part of a plan."""

from layers.deck.atlas_entries import BY, By
from layers.deck.atlas_pdf import AtlasCount, write_atlas
from layers.deck.handout import PER_PAGE, AddressOf, PerPage, write_handout
from layers.deck.plan_deck import build_deck, build_plan_deck, ready_scenes

__all__ = [
    "BY", "PER_PAGE", "AddressOf", "AtlasCount", "By", "PerPage", "build_deck", "build_plan_deck", "ready_scenes",
    "write_atlas", "write_handout",
]  # fmt: skip
