"""What is amiss with a structure's count: what is lacking, how the text contradicts itself and where, what is a principle."""

from __future__ import annotations

from typing import Any

from dash import html

from layers.records import Evidence, Structure
from viewer.i18n import PLAN_WORDS, _, phrase
from viewer.quotation import line_number, read_button


def check_details(check: Structure) -> list[Any]:
    """Lines under the verdict; ``[]`` where the numbers hold and there is nothing to add."""
    lines: list[Any] = []
    if check.conflict:
        lines += [html.P(check.conflict, className="conflict", **PLAN_WORDS), *map(_place, check.places)]
    elif gaps := [_gap(*count) for count in check.counts if count[1] is not None and count[1] != count[2]]:
        said = [part for gap in gaps for part in (_("，"), *gap)][1:]
        lines.append(html.P(said, className="gaps-told"))
    if check.principles and check.verdict != "principle":
        told = html.Span("、".join(f"「{p}」" for p in check.principles), **PLAN_WORDS)
        lines.append(html.P(phrase("{clauses}是原则，不计成员", clauses=told), className="also"))
    return lines


def _gap(kind: str, wanted: int, found: int) -> list[Any]:
    parts = {"kind": html.Span(kind, **PLAN_WORDS), "n": str(wanted), "found": str(found)}
    if found == 0:
        return phrase("{kind}：提法说有 {n}，原文没有点名", **parts)
    if found < wanted:
        return phrase("{kind}：提法说有 {n}，原文只点名 {found}", **parts)
    return phrase("{kind}：提法说有 {n}，原文点名 {found}", **parts)


def _place(e: Evidence) -> html.Blockquote:
    """One of the places that contradict each other, with the way to it."""
    return html.Blockquote(
        [
            html.P([e.before, html.Mark(e.mention), e.after], **PLAN_WORDS),
            html.Footer(
                [
                    line_number(e.line),
                    read_button(e.plan, e.start),
                ]
            ),
        ],
        className="conflict-place",
    )
