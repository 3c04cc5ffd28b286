"""The plans to read: a server-made HTML page a plan, every mention marked, all plan text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from dash import html
from markupsafe import Markup, escape

from layers.records import Block, FeatureSummary, PlanInfo
from layers.segments import Segment
from layers.store import Store
from viewer import ids
from viewer.i18n import PLAN_WORDS, _, language_tag
from viewer.inputs import Input


def layout(store: Store) -> html.Div:
    """The reader's frame: a plan to choose, contents, find, and the place assets/3-reader.js puts the text into."""
    plans = [
        html.Button(
            p.district, className="plan-button", title=p.title, **{"data-read-plan": p.id}, **PLAN_WORDS
        )
        for p in store.plans.values()
    ]
    tools = html.Div(
        className="reader-tools",
        children=[
            html.Select(
                [html.Option(_("目录"), value="")], id="reader-contents", **{"aria-label": _("目录")}
            ),
            Input(id="reader-find", type="search", placeholder=_("在本文中查找"), autoComplete="off"),
            html.Span(id="reader-found", className="count"),
        ],
    )
    mentions = html.Div(
        id="reader-mentions",
        hidden=True,
        children=[
            html.Span(_("选中的要素"), className="reader-label"),
            html.Span(id="reader-count"),
            html.Button(_("上一处"), **{"data-step": "-1"}),
            html.Button(_("下一处"), **{"data-step": "1"}),
            html.Button(_("看要素"), **{"data-tab": "feature"}),
        ],
    )
    follow = html.Div(
        [
            html.Span(id="reader-named", role="status"),
            html.Button(
                _("图随文动"),
                className="follow",
                id="reader-follow",
                title=_("滚动时，地图上突出眼前这段文字提到的要素"),
                **{"aria-pressed": "false"},
            ),
        ],
        className="reader-follow",
    )
    filtered = html.P(id="reader-filtered", className="filter-note", hidden=True)
    head = html.Div(
        [html.Div([*plans, follow], className="plan-buttons"), tools, mentions, filtered],
        className="reader-head",
    )
    text = html.Div(id=ids.READER_BODY, className="reader-body", tabIndex="0", role="document", **PLAN_WORDS)
    return html.Div([head, text], id=ids.READER, className="reader")


def reader_html(store: Store, plan: str) -> str:
    """The whole plan as an HTML fragment: what is missing, its edition, then the text in reading order."""
    info = store.plans[plan]
    parts = [_head(info), *_body(store.blocks(plan), store.features)]
    return "\n".join(parts)


def _head(info: PlanInfo) -> str:
    facts = " · ".join(x for x in (info.issuer, info.document_number, info.published, info.period) if x)
    gaps = Markup("").join(Markup("<li>{}</li>").format(m) for m in info.missing)
    notice = (
        Markup('<details class="gaps"><summary lang="{}">{}</summary><ul>{}</ul></details>').format(
            language_tag(), _("原文缺损说明"), gaps
        )
        if info.missing
        else ""
    )
    return str(
        Markup('<header><h2>{}</h2><p class="edition">{}</p>{}</header>').format(info.title, facts, notice)
    )


def _body(blocks: list[Block], features: Mapping[str, FeatureSummary]) -> Iterator[str]:
    for is_table, group in groupby(blocks, key=lambda b: b.kind == "table"):
        if is_table:
            yield _table(list(group), features)
        else:
            yield from (_block(b, features) for b in group)


_TAGS = {"heading": "h{level}", "run_in": "h5", "box_title": "h4"}


def _block(block: Block, features: Mapping[str, FeatureSummary]) -> str:
    tag = _TAGS.get(block.kind, "p").format(level=min(block.depth + 2, 5))
    return str(
        Markup('<{tag} class="b-{kind}" id="b{start}" data-line="{line}">{text}</{tag}>').format(
            tag=tag,
            kind=block.kind,
            start=block.start,
            line=block.line,
            text=_marked(_spaced(block), features),
        )
    )


def _table(rows: list[Block], features: Mapping[str, FeatureSummary]) -> str:
    body = Markup("").join(
        Markup('<tr id="b{}" data-line="{}">{}</tr>').format(
            row.start,
            row.line,
            Markup("").join(Markup("<td>{}</td>").format(_marked(c, features)) for c in _cells(row.segments)),
        )
        for row in rows
    )
    return str(Markup('<div class="table-frame"><table>{}</table></div>').format(body))


def _cells(
    segments: Iterable[Segment],
) -> Iterator[list[Segment]]:
    cell: list[Segment] = []
    for segment in segments:
        if segment[0] == "\t":
            yield cell
            cell = []
        else:
            cell.append(segment)
    yield cell


def _spaced(block: Block) -> tuple[Segment, ...]:
    """A heading's number and words stand apart, which the folded text no longer shows."""
    number = (block.number or "").replace(" ", "")
    first, *rest = block.segments
    if block.kind != "heading" or first.feature or not number or not first.text.startswith(number):
        return block.segments
    return (Segment(f"{number}\u3000{first.text[len(number) :]}"), *rest)


_MENTION = Markup(
    '<a href="#" class="m c-{category}" data-feature="{id}" data-start="{start}"{name}>{text}</a>'
)
_HOLDER = Markup(
    '<span role="link" tabindex="0" class="m c-{category}" data-feature="{id}" data-start="{start}"{name}>{text}</span>'
)
"""A mention that holds others: links cannot stand within links."""


def _marked(
    segments: Iterable[Segment], features: Mapping[str, FeatureSummary], nested: bool = False
) -> Markup:
    """The words with every mention marked; where mentions lie within one another, each says its feature's name."""
    out = Markup("")
    for text, feature, start, inner in segments:
        if feature is None:
            out += escape(text)
            continue
        named = Markup(' data-name="{}"').format(features[feature].name) if nested or inner else ""
        out += (_HOLDER if inner else _MENTION).format(
            category=features[feature].category,
            id=feature,
            start=start,
            name=named,
            text=_marked(inner, features, nested=True) if inner else text,
        )
    return out
