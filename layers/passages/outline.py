"""The outline: from flows to passages that know the heading they stand under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layers.passages.blocks import Block
from layers.passages.flows import Flow
from layers.passages.model import Passage
from layers.passages.numbering import BOX_DEPTH, RUN_IN_DEPTH
from layers.passages.run_ins import RunIn, find_run_ins, is_lead_in, lead_in

_WITHOUT_PARENT = ("cover", "toc", "copy", "boilerplate")


class Outline:
    """Takes the flows of a plan in order and gives its passages."""

    def __init__(self, plan: str, text: str) -> None:
        self._plan = plan
        self._text = text
        self._passages: list[Passage] = []
        self._headings: list[Passage] = []
        self._lead_in: Passage | None = None
        self._boxes: list[Passage] = []

    def passages(self) -> list[Passage]:
        """The passages so far, in the order of the text."""
        return sorted(self._passages, key=lambda passage: passage.start)

    def add(self, flow: Flow) -> None:
        """Add the passages of one flow."""
        first = flow[0]
        if first.kind == "heading":
            self._add_heading(first)
        elif first.kind == "box_title":
            self._boxes = [self._add_block(first, self._heading)]
        elif first.kind in ("paragraph", "list_item"):
            self._add_paragraph(flow)
        elif first.kind == "box":
            self._add_whole(flow, self._boxes[-1])
        else:
            self._add_whole(flow, None if first.kind in _WITHOUT_PARENT else self._heading)

    @property
    def _heading(self) -> Passage | None:
        return self._headings[-1] if self._headings else None

    def _add_heading(self, block: Block) -> None:
        if block.depth > BOX_DEPTH:
            self._boxes = [self._boxes[0], self._add_block(block, self._boxes[0])]
            return
        while self._headings and self._headings[-1].depth >= block.depth:
            self._headings.pop()
        self._headings.append(self._add_block(block, self._heading))
        self._lead_in = None

    def _add_paragraph(self, flow: Flow) -> None:
        parts = Parts(flow)
        text = "".join(self._text[block.start : block.end] for block in flow)
        if flow[0].kind == "paragraph" and is_lead_in(text):
            self._lead_in = self._add_run_in(parts, lead_in(text), self._heading, RUN_IN_DEPTH)
            return
        run_ins = find_run_ins(text)
        if run_ins and flow[0].kind == "paragraph":
            self._lead_in = None
        above = self._lead_in or self._heading
        depth = RUN_IN_DEPTH + 1 if self._lead_in else RUN_IN_DEPTH
        self._add_plain(parts, (0, run_ins[0].start if run_ins else len(text)), above)
        for at, run_in in enumerate(run_ins):
            heading = self._add_run_in(parts, run_in, above, depth)
            following = run_ins[at + 1].start if at + 1 < len(run_ins) else len(text)
            self._add_plain(parts, (run_in.end, following), heading)

    def _add_run_in(self, parts: Parts, run_in: RunIn, above: Passage | None, depth: int) -> Passage:
        added: list[Passage] = []
        for start, end, last in parts.spans(run_in.start, run_in.end):
            added.append(self._add("run_in", start, end, above, last, run_in.number, run_in.title, depth))
        return added[0]

    def _add_plain(self, parts: Parts, span: tuple[int, int], above: Passage | None) -> None:
        number = parts.flow[0].number if span[0] == 0 else ""
        for start, end, last in parts.spans(*span):
            self._add(parts.flow[0].kind, start, end, above, last, number)

    def _add_whole(self, flow: Flow, above: Passage | None) -> None:
        for start, end, last in Parts(flow).spans(0, sum(block.end - block.start for block in flow)):
            self._add(flow[0].kind, start, end, above, last, flow[0].number, flow[0].title)

    def _add_block(self, block: Block, above: Passage | None) -> Passage:
        title = block.title
        return self._add(block.kind, block.start, block.end, above, None, block.number, title, block.depth)

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        above: Passage | None,
        last: int | None,
        number: str = "",
        title: str = "",
        depth: int | None = None,
    ) -> Passage:
        passage = Passage(
            id=self._id(start),
            plan=self._plan,
            kind=kind,
            start=start,
            end=end,
            number=number,
            title=title,
            depth=(above.depth + 1 if above else 0) if depth is None else depth,
            parent=above.id if above else None,
            continues=None if last is None else self._id(last),
        )
        self._passages.append(passage)
        return passage

    def _id(self, start: int) -> str:
        return f"{self._plan}@{start}"


class Parts:
    """The parts of a flow, from which consecutive spans of its joined text are cut."""

    def __init__(self, flow: Sequence[Block]) -> None:
        self.flow = flow
        self._last_start: int | None = None

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int | None]]:
        """Raw (start, end) of a span of the joined text, one for each part it touches.

        The third value is the start of the span before it where that lies in an earlier part, else None.
        """
        at = 0
        for block in self.flow:
            length = block.end - block.start
            first, last = max(start - at, 0), min(end - at, length)
            if first < last:
                raw_start = block.start + first
                yield raw_start, block.start + last, self._last_start if first == 0 else None
                self._last_start = raw_start
            at += length
