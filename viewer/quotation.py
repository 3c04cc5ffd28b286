"""The foot of a quotation: its line in the plan and the way to read it there (assets/2-page.js)."""

from __future__ import annotations

from dash import html

from viewer.i18n import _


def line_number(line: int) -> html.Span:
    """The 1-based line of the plan file."""
    return html.Span(_("第 {line} 行", line=line), className="line")


def read_button(plan: str, start: int) -> html.Button:
    """What opens the plan at a place; ``start`` counts code points of its file."""
    return html.Button(
        _("查看原文"), className="read", **{"data-read-plan": plan, "data-read-start": str(start)}
    )
