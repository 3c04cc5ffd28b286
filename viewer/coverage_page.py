"""收录: the ledger of every place-like word, by plan and bin, each with its sentence."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html

from layers.ledger_file import LedgerRow, kept_ledger
from layers.ledger_rules import BIN_NAMES
from layers.store import Store
from layers.styles import Styles
from viewer import ids
from viewer.i18n import N_, PLAN_WORDS, _, _n, phrase
from viewer.quotation import read_button

_MOST = 200
_MEANING = {
    "evidence": N_("是图上要素的出处"),
    "part": N_("是要素的别名，或一个更长名称的一部分"),
    "outside": N_("在本规划范围之外的地方"),
    "institution": N_("机构、企业或活动，没有落地的位置"),
    "generic": N_("口号，或「园区」「社区」一类的通用词"),
    "undecided": N_("还没有定下来"),
}


@lru_cache(maxsize=2)
def _ledger(path: Path, _changed_ns: int) -> tuple[str, list[LedgerRow]] | None:
    return kept_ledger(path)


def _kept(store: Store) -> tuple[str, list[LedgerRow]] | None:
    try:
        changed = store.path.with_name("coverage.json").stat().st_mtime_ns
    except OSError:
        return None
    return _ledger(store.path, changed)


def layout(store: Store, styles: Styles) -> html.Div:  # noqa: ARG001 - every page is laid out so
    """The table of bins by plan; a sentence that says how to make it where there is none."""
    kept = _kept(store)
    head = [
        html.H1(_("收录情况")),
        html.P(
            _(
                "程序不看目录，另用语法、语言模型和地名表找出文中每一处像地名的字句，再逐一归类："
                "落到图上的、别名、范围以外的、没有位置的机构、通用词。没上图的都能在这里查到原因。"
            )
        ),
    ]
    if kept is None:
        command = html.Code("python app.py audit coverage")
        return html.Div(
            [
                *head,
                html.P(
                    phrase("还没有生成收录表，请先运行 {command}（约半分钟）。", command=command),
                    className="lead",
                ),
            ]
        )
    content, rows = kept
    stale = html.P(
        _("这张表早于当前数据，运行 {command} 可更新。", command="python app.py audit coverage"),
        className="conflict",
    )
    return html.Div(
        className="coverage-page",
        children=[
            *head,
            *([stale] if content != store.version else []),
            _table(store, rows),
            dcc.Store(id=ids.COVERAGE_CHOICE, data={"plan": "", "bin": "undecided"}),
            html.Div(id=ids.COVERAGE_ROWS),
        ],
    )


def _table(store: Store, rows: list[LedgerRow]) -> html.Table:
    counts = Counter((r.plan, r.bin) for r in rows)
    totals = Counter(r.bin for r in rows)
    lines = [(p.id, p.district, lambda b, p=p: counts[p.id, b]) for p in store.plans.values()]
    lines.append(("", _("合计"), lambda b: totals[b]))
    return html.Table(
        className="coverage-table",
        children=[
            html.Thead(
                html.Tr(
                    [
                        html.Th(_("规划")),
                        *(html.Th(_(name), title=_(_MEANING[b])) for b, name in BIN_NAMES.items()),
                        html.Th(_("总数")),
                    ]
                )
            ),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(label, **(PLAN_WORDS if plan else {})),
                            *(html.Td(_cell(plan, str(b), count(str(b)))) for b in BIN_NAMES),
                            html.Td(str(sum(count(str(b)) for b in BIN_NAMES))),
                        ]
                    )
                    for plan, label, count in lines
                ]
            ),
        ],
    )


def _cell(plan: str, bin_: str, count: int) -> html.Button:
    return html.Button(
        str(count), className="cell", **{"data-coverage-plan": plan, "data-coverage-bin": bin_}
    )


def rows_view(store: Store, plan: str, bin_: str) -> html.Div:
    """The first rows of a bin, grouped by word, most frequent first, each with its sentences."""
    kept = _kept(store)
    found = [r for r in (kept[1] if kept else []) if r.bin == bin_ and plan in ("", r.plan)]
    words = Counter(r.text for r in found)
    found.sort(key=lambda r: (-words[r.text], r.text))
    name = next((_(n) for b, n in BIN_NAMES.items() if str(b) == bin_), bin_)
    where = store.plans[plan].district if plan in store.plans else _("全部规划")
    cut = _("，先列 {most} 处", most=_MOST) if len(found) > _MOST else ""
    title = phrase(
        "{where} · {bin}：{words}，{places}{cut}",
        where=html.Span(where, **(PLAN_WORDS if plan in store.plans else {})),
        bin=name,
        words=_n("{n} 个词", len(words)),
        places=_n("{n} 处", len(found)),
        cut=cut,
    )
    return html.Div([html.H2(title), html.Ul([_row(store, r) for r in found[:_MOST]], className="ledger")])


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
                            html.Span(f"{store.plans[r.plan].district} · {r.chapter}", **PLAN_WORDS),
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


def register(app: Dash, store: Store) -> None:
    """Choosing a number lists its rows."""

    @app.callback(
        Output(ids.COVERAGE_ROWS, "children"), Input(ids.COVERAGE_CHOICE, "data"), prevent_initial_call=False
    )
    def show(choice: dict[str, Any] | None) -> Any:
        choice = choice or {}
        return rows_view(store, str(choice.get("plan", "")), str(choice.get("bin", "undecided")))
