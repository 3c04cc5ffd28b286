"""The ledger of what was left out: every place-like mention of the plans in exactly one bin, with the reason.

The candidates come from :mod:`layers.candidates`, which does not know the catalog; here they are held against the
mentions the catalog finds, then against the rules of data/ledger.yaml.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from layers.candidates import Candidate, find_candidates, read_finder
from layers.candidates.tokens import tag_reading
from layers.catalog import SHARED, Catalog, read_catalog
from layers.catalog_entries import Category
from layers.folding import fold_name
from layers.ledger_rules import BIN_NAMES, Bin, LedgerError, Rules, read_rules
from layers.mentions import Mention, PlanText, find_mentions
from layers.passages import parse_passages
from layers.plans import read_plans
from layers.progress import Progress, silent
from layers.reading import read_in_order
from layers.whole_file import write_whole

_CHAPTER_DEPTH = 1


@dataclass(frozen=True)
class Row:
    """A candidate in its bin.

    ``feature`` is the id of the feature it is evidence or part of, else empty; ``start`` its place in the plan file.
    """

    plan: str
    chapter: str
    line: int
    text: str
    bin: Bin
    reason: str
    feature: str
    sentence: str
    start: int
    candidate: Candidate


def ledger_of(data: Path, progress: Progress = silent) -> list[Row]:
    """The ledger of every plan in a data folder, as its files are now; the store is not asked.

    ``progress`` is told the plan being read and the share of all plans' text that is done.

    Raises
    ------
    PlanError, CatalogError, GrammarError, LedgerError, GeoError, ModelMissingError
        Each with one sentence that names the file.
    """
    rules = read_rules(data / "ledger.yaml")
    plans = read_plans(data)
    catalog = read_catalog(data / "catalog", plans)
    finder = read_finder(data, scoped=plans)
    texts = [PlanText(plan, read_in_order(plan, parse_passages(plan))) for plan in plans.values()]
    whole = sum(len(text.reading.text) for text in texts) or 1
    rows: list[Row] = []
    done = 0

    def tell(at: int) -> None:
        progress(plan_text.plan.district, (done + at) / whole)

    for plan_text in texts:
        tokens = tag_reading(plan_text.reading, tell)
        candidates = find_candidates(finder, plan_text, tokens)
        rows += build_ledger(plan_text, candidates, find_mentions(catalog, plan_text), catalog, rules)
        done += len(plan_text.reading.text)
    return rows


def build_ledger(
    plan_text: PlanText,
    candidates: Sequence[Candidate],
    mentions: Sequence[Mention],
    catalog: Catalog,
    rules: Rules,
) -> list[Row]:
    """One row a candidate, in reading order.

    Parameters
    ----------
    plan_text
        The plan.
    candidates
        From :func:`layers.candidates.find_candidates` on this plan.
    mentions
        From :func:`layers.mentions.find_mentions` on this plan, in reading order.
    catalog, rules
        For the strings that are no places, and everything else that has been decided.
    """
    chapters = _chapters(plan_text)
    refused = _refused(plan_text, catalog, rules)
    reach = list(accumulate((m.b for m in mentions), max))
    rows = []
    for candidate in candidates:
        near = _touching(mentions, reach, candidate)
        bin_, reason, feature = _place(plan_text, candidate, near, catalog, rules, refused)
        quote = plan_text.quote(candidate.a, candidate.b)
        passage = plan_text.reading.passage_at(candidate.a)
        rows.append(
            Row(
                quote.plan,
                chapters[passage.id],
                quote.line,
                quote.mention,
                bin_,
                reason,
                feature,
                quote.sentence,
                quote.start,
                candidate,
            )
        )
    return rows


def _touching(mentions: Sequence[Mention], reach: Sequence[int], candidate: Candidate) -> list[Mention]:
    """The mentions that share a character with the candidate, in reading order.

    ``reach`` is the furthest end up to each mention: ends themselves are in no order where names stand inside longer
    ones (正阳路 in 沿正阳路、春阳路发展带).
    """
    found = []
    for mention in mentions[bisect_left(reach, candidate.a + 1) :]:
        if mention.a >= candidate.b:
            break
        if mention.b > candidate.a:
            found.append(mention)
    return found


def _place(
    plan_text: PlanText,
    candidate: Candidate,
    near: Sequence[Mention],
    catalog: Catalog,
    rules: Rules,
    refused: Sequence[tuple[int, int, Bin, str]],
) -> tuple[Bin, str, str]:
    """Bin, reason and feature of a candidate; the first that holds counts."""
    of_feature = _by_mention(candidate, near, catalog, rules.tails)
    if of_feature is not None:
        return of_feature
    for a, b, bin_, reason in refused:
        if a < candidate.b and candidate.a < b and (candidate.b <= b or a <= candidate.a):
            return bin_, reason, ""
    plan = plan_text.plan.id
    name = candidate.text.replace('"', "")
    decided = rules.decisions.get((plan, plan_text.reading.line(candidate.a), name))
    decided = decided or rules.strings.get((plan, name)) or rules.strings.get((None, name))
    if decided is not None:
        return *decided, ""
    for pattern, bin_, reason, only in rules.patterns:
        if only in (None, plan) and pattern.fullmatch(name):
            return bin_, reason, ""
    return *_BY_SORT.get(candidate.sort, (Bin.UNDECIDED, "像地名，目录中没有")), ""


_BY_SORT: Mapping[str, tuple[Bin, str]] = {
    "outside": (Bin.OUTSIDE, "外地或更大范围的地名"),
    "institution": (Bin.INSTITUTION, "机构、企业或活动，没有用地"),
    "generic": (Bin.GENERIC, "通用词，没有专名"),
}


def _by_mention(
    candidate: Candidate, near: Sequence[Mention], catalog: Catalog, tails: Collection[str]
) -> tuple[Bin, str, str] | None:
    """The bin of a candidate that a mention covers or crosses; None when a mention only stands before its head."""
    for mention in near:
        name = catalog.features[mention.feature].name
        if (mention.a, mention.b) == (candidate.a, candidate.b):
            return Bin.EVIDENCE, f"「{name}」的出处", mention.feature
    for mention in near:
        name = catalog.features[mention.feature].name
        if mention.a <= candidate.a and candidate.b <= mention.b:
            return Bin.PART, f"「{name}」出处的一部分", mention.feature
        if mention.b == candidate.b:
            return Bin.EVIDENCE, f"「{name}」的出处，前有修饰语", mention.feature
        if mention.b > candidate.b or mention.a < candidate.a:
            return Bin.PART, f"与「{name}」的出处交叠", mention.feature
        rest = candidate.text[mention.b - candidate.a :].strip('"')
        if rest in tails or catalog.features[mention.feature].category is Category.STRUCTURE:
            return Bin.EVIDENCE, f"「{name}」的出处，后有附加语", mention.feature
    return None


def _refused(plan_text: PlanText, catalog: Catalog, rules: Rules) -> list[tuple[int, int, Bin, str]]:
    """Ranges of the strings that the catalog says are no places, with the bin their reason tells."""
    text = plan_text.reading.text
    found = []
    for scope in (SHARED, plan_text.plan.id):
        for entry in catalog.not_places.get(scope, ()):
            pattern = fold_name(entry.text)
            bin_ = next(
                (r.bin for r in rules.not_places if any(w in entry.reason for w in r.words)), Bin.GENERIC
            )
            at = text.find(pattern)
            while at >= 0:
                found.append((at, at + len(pattern), bin_, entry.reason))
                at = text.find(pattern, at + 1)
    return found


def _chapters(plan_text: PlanText) -> dict[str, str]:
    """Title of the chapter each passage stands in; empty before the first."""
    by_id = {p.id: p for p in plan_text.reading.passages}
    chapters: dict[str, str] = {}
    for passage in plan_text.reading.passages:
        at = passage
        while at.parent is not None and not (at.kind == "heading" and at.depth <= _CHAPTER_DEPTH):
            at = by_id[at.parent]
        chapters[passage.id] = f"{at.number} {at.title}".strip() if at.kind == "heading" else ""
    return chapters


def bin_table(rows: Iterable[Row], *, by_chapter: bool = False) -> str:
    """Rows by bin, one line a plan (and chapter), tab-separated; the last column is the total of the others."""
    counts: dict[tuple[str, ...], Counter[Bin]] = {}
    for row in rows:
        key = (row.plan, row.chapter or "（章前）") if by_chapter else (row.plan,)
        counts.setdefault(key, Counter())[row.bin] += 1
    total = sum(counts.values(), Counter[Bin]())
    head = ["规划", "章"] if by_chapter else ["规划"]
    lines = ["\t".join([*head, *(BIN_NAMES[b] for b in Bin), "合计", "待定占比"])]
    lines += [_line(key, count) for key, count in counts.items()]
    lines.append(_line(("合计", "") if by_chapter else ("合计",), total))
    return "\n".join(lines)


def _line(key: tuple[str, ...], count: Counter[Bin]) -> str:
    share = count[Bin.UNDECIDED] / max(count.total(), 1)
    return "\t".join([*key, *(str(count[b]) for b in Bin), str(count.total()), f"{share:.1%}"])


def write_ledger(rows: Iterable[Row], path: Path) -> None:
    """Write the rows as CSV (UTF-8 with a mark, as spreadsheets expect) beside ``path`` and rename it.

    Raises
    ------
    LedgerError
        When the folder does not exist, cannot be written, or the disk is full.
    """
    write_whole(_csv(rows).encode("utf-8-sig"), path, LedgerError)


def _csv(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["plan", "chapter", "line", "text", "bin", "reason", "feature", "sentence"])
    writer.writerows(_cells(rows))
    return out.getvalue()


def _cells(rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for r in rows:
        yield (
            r.plan,
            r.chapter,
            r.line,
            _as_text(r.text),
            str(r.bin),
            r.reason,
            r.feature,
            _as_text(r.sentence),
        )


def _as_text(words: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@")) else words
