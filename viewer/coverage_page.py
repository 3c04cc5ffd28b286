"""收录: the ledger of every place-like word, by plan, chapter and bin, each with its sentence.

The page comes as HTML (/coverage/page) with its tables or with how far their making is; /coverage/rows lists a bin,
/coverage/state tells how the making goes on (assets/8-coverage.js).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dash import html
from flask import Flask, Response, request

from layers.ledger_file import NAME, LedgerRow, kept_ledger
from layers.ledger_rules import BIN_NAMES, Bin
from layers.store import Store
from layers.styles import Styles
from viewer.fragments import HTML, answer, html_text
from viewer.i18n import N_, PLAN_WORDS, _, _n, phrase, spoken
from viewer.ledger_maker import LedgerMaker, LedgerState
from viewer.quotation import read_button

BEFORE_CHAPTERS = "-"
"""In links and requests, what stands before a plan's first chapter."""
COMMAND = "python app.py audit coverage"
_MOST = 200
_FIRST_SHOWN = (Bin.UNDECIDED, Bin.OUTSIDE)
_MEANING = {
    "evidence": N_("是图上要素的出处"),
    "part": N_("是要素的别名，或一个更长名称的一部分"),
    "outside": N_("在本规划范围之外的地方"),
    "institution": N_("机构、企业或活动，没有落地的位置"),
    "generic": N_("口号，或「园区」「社区」一类的通用词"),
    "undecided": N_("还没有定下来"),
}


@dataclass(frozen=True)
class Ledger:
    """The kept rows; ``inputs`` is the digest of what they belong to."""

    inputs: str
    rows: tuple[LedgerRow, ...]

    @cached_property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """Rows by (plan, chapter, bin), in the order of the plans."""
        return Counter((r.plan, _chapter(r), r.bin) for r in self.rows)

    @property
    def first_shown(self) -> str:
        """The bin to begin with: what is undecided, and when nothing is, what lies outside."""
        return str(next((b for b in _FIRST_SHOWN if any(r.bin == b for r in self.rows)), Bin.EVIDENCE))

    def find(self, plan: str, chapter: str, bin_: str) -> list[LedgerRow]:
        """The rows of a bin; an empty plan or chapter stands for all."""
        found = (r for r in self.rows if r.bin == bin_ and plan in ("", r.plan))
        return [r for r in found if chapter in ("", _chapter(r))]


def _chapter(row: LedgerRow) -> str:
    return row.chapter or BEFORE_CHAPTERS


@lru_cache(maxsize=2)
def _read(path: Path, _changed_ns: int) -> Ledger | None:
    kept = kept_ledger(path)
    return Ledger(kept[0], tuple(kept[1])) if kept else None


def kept(store: Store) -> Ledger | None:
    """The ledger beside the store as it is now; None while there is none."""
    try:
        changed = store.path.with_name(NAME).stat().st_mtime_ns
    except OSError:
        return None
    return _read(store.path, changed)


def layout(store: Store, styles: Styles) -> html.Div:  # noqa: ARG001 - every page is laid out so
    """Where assets/6-structures.js puts the page."""
    return html.Div(
        _("正在打开……"), id="coverage-frame", **{"data-fragment": f"/coverage/page?v={store.version[:12]}"}
    )


def page_view(store: Store, ledger: Ledger | None, state: LedgerState) -> html.Div:
    """The tables, where they are; and what is going on where they are missing or of other data."""
    current = ledger is not None and ledger.inputs == store.inputs
    head = [
        html.H1(_("收录情况")),
        html.P(
            _(
                "程序不看目录，另用语法、语言模型和地名表找出文中每一处像地名的字句，再逐一归类："
                "落到图上的、别名、范围以外的、没有位置的机构、通用词。没上图的都能在这里查到原因。"
            ),
            className="page-lead",
        ),
        *([] if current else [_making(state, ledger is not None)]),
    ]
    if ledger is None:
        return html.Div(head, className="coverage-page")
    return html.Div(
        [
            *head,
            html.Div(
                [
                    html.Div(_table(store, ledger), className="coverage-tables"),
                    html.Section(
                        id="coverage-rows",
                        className="coverage-rows",
                        tabIndex="-1",
                        **{"aria-live": "polite"},
                    ),
                ],
                className="coverage-body",
            ),
        ],
        className="coverage-page",
        **{"data-first-bin": ledger.first_shown},
    )


def _making(state: LedgerState, has_former: bool) -> html.Div:
    """Why the tables are not there or not of these data, and how far their making is."""
    begun = state.step in ("waiting", "making")
    if has_former:
        why = _("这张表早于当前数据，正在重新生成，好了会自己换上。") if begun else _("这张表早于当前数据。")
    else:
        why = (
            _("收录表正在生成，约半分钟，好了会自己出现；其他各页照常使用。")
            if begun
            else _("还没有收录表。")
        )
    told = progress_words(state)
    by_hand = phrase("也可以运行 {command} 生成（约半分钟），再重新打开本页。", command=html.Code(COMMAND))
    return html.Div(
        [
            html.P(why, className="lead"),
            *([html.Progress(value=str(state.share), max="1", **{"aria-label": _("进度")})] if begun else []),
            html.P(told, className="making-words", role="status"),
            *([] if begun else [html.P(by_hand)]),
        ],
        id="coverage-making",
        className="coverage-making",
        **{"data-step": state.step},
    )


def progress_words(state: LedgerState) -> str:
    """Where the making stands, in one sentence; empty when there is nothing to say."""
    if state.step == "failed":
        return _("收录表没有生成：{reason}", reason=spoken(state.reason))
    if state.step == "making":
        return _("正在读各规划的原文，已完成 {percent}%", percent=round(state.share * 100))
    return _("等待开始……") if state.step == "waiting" else ""


def _table(store: Store, ledger: Ledger) -> html.Table:
    """A body a plan: its own row, then its chapters folded away; the totals last."""
    counts = ledger.counts
    heads = [
        html.Th(_("规划、章"), scope="col"),
        *(html.Th(_(n), title=_(_MEANING[b]), scope="col") for b, n in BIN_NAMES.items()),
        html.Th(_("总数"), scope="col"),
    ]
    bodies = []
    for plan in store.plans.values():
        chapters = list(dict.fromkeys(c for p, c, _bin in counts if p == plan.id))
        opener = html.Button(
            plan.district,
            className="opener",
            title=_("列出各章"),
            **{"data-coverage-open": plan.id, "aria-expanded": "false"},
            **PLAN_WORDS,
        )
        rows = [_line(opener, plan.id, "", _counted(counts, plan.id), "plan-row")]
        rows += [
            _line(_chapter_name(c), plan.id, c, _counted(counts, plan.id, c), "chapter-row") for c in chapters
        ]
        bodies.append(html.Tbody(rows, **{"data-coverage-of": plan.id}))
    total = _line(_("合计"), "", "", _counted(counts), "total-row")
    return html.Table(
        [html.Thead(html.Tr(heads)), *bodies, html.Tbody(total, **{"data-coverage-of": ""})],
        className="coverage-table",
    )


def _counted(
    counts: Counter[tuple[str, str, str]], plan: str = "", chapter: str = ""
) -> Callable[[str], int]:
    """The number of rows of a bin in a plan and chapter; empty ones stand for all."""
    of = Counter[str]()
    for (p, c, b), n in counts.items():
        if plan in ("", p) and chapter in ("", c):
            of[b] += n
    return of.__getitem__


def _chapter_name(chapter: str) -> Any:
    return _("第一章之前") if chapter == BEFORE_CHAPTERS else html.Span(chapter, **PLAN_WORDS)


def _line(head: Any, plan: str, chapter: str, count: Callable[[str], int], look: str) -> html.Tr:
    where = {"data-coverage-plan": plan, "data-coverage-chapter": chapter}
    cells = [html.Td(_cell(str(b), _(name), count(str(b)), where)) for b, name in BIN_NAMES.items()]
    total = html.Td(str(sum(count(str(b)) for b in BIN_NAMES)), className="sum")
    return html.Tr([html.Th(head, scope="row"), *cells, total], className=look, hidden=look == "chapter-row")


def _cell(bin_: str, name: str, count: int, where: dict[str, str]) -> html.Button | html.Span:
    """A number that lists its rows; nothing to press where there are none."""
    if not count:
        return html.Span("0", className="no-rows")
    words = {"aria-label": _("{bin}：{n} 处", bin=name, n=count), "aria-pressed": "false"}
    return html.Button(str(count), className="cell", **{**where, "data-coverage-bin": bin_}, **words)


def rows_view(store: Store, ledger: Ledger, plan: str, chapter: str, bin_: str) -> html.Div:
    """The first rows of a bin, grouped by word, most frequent first, each with its sentences."""
    found = ledger.find(plan, chapter, bin_)
    words = Counter(r.text for r in found)
    found.sort(key=lambda r: (-words[r.text], r.text))
    name = next((_(n) for b, n in BIN_NAMES.items() if str(b) == bin_), bin_[:20])
    where = [html.Span(store.plans[plan].district, **PLAN_WORDS)] if plan in store.plans else [_("全部规划")]
    if chapter:
        where += [" · ", _chapter_name(chapter[:80])]
    cut = _("，先列 {most} 处", most=_MOST) if len(found) > _MOST else ""
    title = phrase(
        "{where} · {bin}：{words}，{places}{cut}",
        where=html.Span(where),
        bin=name,
        words=_n("{n} 个词", len(words)),
        places=_n("{n} 处", len(found)),
        cut=cut,
    )
    meaning = [html.P(_(_MEANING[bin_]), className="bin-meaning")] if bin_ in _MEANING else []
    listed = html.Ul([_row(store, r) for r in found[:_MOST]], className="ledger")
    return html.Div([html.H2(title), *meaning, listed])


def _row(store: Store, r: LedgerRow) -> html.Li:
    before, found, after = r.sentence.partition(r.text)
    sentence = [before, html.Mark(r.text), after] if found else [r.sentence]
    to_feature = (
        [html.Button(_("看要素"), className="read", **{"data-feature": r.feature})]
        if r.feature in store.features
        else []
    )
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(r.text, **PLAN_WORDS),
                    html.Span(r.reason, className="badge small", **PLAN_WORDS),
                ]
            ),
            html.P(sentence, **PLAN_WORDS),
            html.Footer(
                [
                    html.Span(
                        [
                            html.Span(
                                " · ".join(filter(None, [store.plans[r.plan].district, r.chapter])),
                                **PLAN_WORDS,
                            ),
                            " · " + _("第 {line} 行", line=r.line),
                        ],
                        className="path",
                    ),
                    *to_feature,
                    read_button(r.plan, r.start),
                ]
            ),
        ]
    )


def register_coverage(server: Flask, store: Store, maker: LedgerMaker) -> None:
    """Add the routes."""

    @server.get("/coverage/page")
    def coverage_page() -> Response:
        ledger, state = kept(store), maker.state
        body = html_text(page_view(store, ledger, state))
        if ledger is None or ledger.inputs != store.inputs:
            return Response(body, content_type=HTML, headers={"Cache-Control": "no-store"})
        return answer(body, HTML, store.inputs)

    @server.get("/coverage/rows")
    def coverage_rows() -> Response:
        ledger = kept(store) or Ledger("", ())
        asked = (request.args.get(name, "") for name in ("plan", "chapter", "bin"))
        body = html_text(rows_view(store, ledger, *asked))
        return answer(body, HTML, ledger.inputs or "-")

    @server.get("/coverage/state")
    def coverage_state() -> Response:
        state = maker.state
        told = {"step": state.step, "share": round(state.share, 3), "words": progress_words(state)}
        body = json.dumps(told, ensure_ascii=False)
        return Response(body, content_type="application/json", headers={"Cache-Control": "no-store"})
