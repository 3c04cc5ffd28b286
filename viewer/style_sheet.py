"""The style sheet that follows from data: mentions in their layer's colour, ink on dark, and the filter by plan."""

from __future__ import annotations

from collections.abc import Iterable

from layers.styles import Styles
from viewer.dark_ink import dark_rules


def style_sheet(styles: Styles, plans: Iterable[str]) -> str:
    """CSS for the categories of data/layers.yaml and the plans of the store."""
    rules = [
        f".m.c-{category} {{ border-bottom-color: {style.color}; }}"
        f" .badge.c-{category} {{ background: {style.color}; border-color: {style.color}; color: #fff; }}"
        for category, style in styles.categories.items()
    ]
    rules += dark_rules(styles)
    rules += [f'.map-frame[data-plan="{plan}"] .f:not(.in-{plan}) {{ display: none; }}' for plan in plans]
    return "\n".join(rules)
