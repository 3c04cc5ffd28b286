"""The plan's words as they are quoted: the sentence whole or shortened at marked places, and where it stands."""

from __future__ import annotations

from layers.records import Evidence, PlanInfo

CUT = "……"


def place_of(quote: Evidence) -> str:
    """Headings above a sentence and its line."""
    return f"{' › '.join(quote.path) or '正文'}，第 {quote.line} 行"


def short_place_of(quote: Evidence, headings: int = 2) -> str:
    """The last headings above a sentence and its line."""
    kept = " › ".join(quote.path[-headings:]) or "正文"
    return f"{kept}，第 {quote.line} 行"


def quoted(quote: Evidence) -> str:
    """The whole sentence with its place."""
    return f"「{quote.sentence}」（{place_of(quote)}）"


def shortened(quote: Evidence, most: int) -> str:
    """The sentence, or the part of it about the mention, in about ``most`` characters; every cut is marked."""
    if len(quote.sentence) <= most:
        return quote.sentence
    room = max(most - len(quote.mention), 0)
    before = quote.before[-(room // 3) :] if room >= 3 else ""
    after = quote.after[: room - len(before)]
    start = CUT if len(before) < len(quote.before) else ""
    return start + before + quote.mention + after + (CUT if len(after) < len(quote.after) else "")


def clipped(text: str, most: int) -> str:
    """The text, or its beginning and a mark."""
    return text if len(text) <= most else text[: most - 1].rstrip("、，") + "…"


def edition(plan: PlanInfo) -> str:
    """The title of a plan with what it prints of its number and date."""
    known = "，".join(x for x in (plan.document_number, plan.published) if x)
    return f"《{plan.title}》" + (f"（{known}）" if known else "（原文未注文号和日期）")
