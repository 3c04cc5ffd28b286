"""The plans laid out to be read: nothing lost, nothing twice, every mention marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from layers.atlas import Atlas
from layers.blocks import ReadingBlock, reading_blocks
from layers.folding import SEPARATOR, fold_name
from layers.mentions import Mention
from layers.segments import Segment
from tests.layers.plan_readings import PLAN_IDS


def blocks_of(atlas: Atlas, plan: str) -> list[ReadingBlock]:
    return list(reading_blocks(atlas.texts[plan], atlas.passages[plan], mentions_of(atlas, plan)))


def mentions_of(atlas: Atlas, plan: str) -> list[Mention]:
    return [m for i in atlas.evidence.values() for m in i.evidence if m.quote.plan == plan]


def words(block: ReadingBlock) -> str:
    return "".join(s.text for s in block.segments)


def marked(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Every marked segment, a mention before those within it."""
    for segment in segments:
        if segment.feature is not None:
            yield segment
        yield from marked(segment.inner)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_the_blocks_together_are_the_reading_order(atlas: Atlas, plan: str) -> None:
    reading = atlas.texts[plan].reading
    whole = "".join(reading.sentence_text(a, a + 1) for a, c in enumerate(reading.text) if c != SEPARATOR)
    assert squeezed("".join(words(b) for b in blocks_of(atlas, plan))) == squeezed(whole)


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_every_mention_is_marked_once_with_its_words(atlas: Atlas, plan: str) -> None:
    found = {(s.feature, s.start): s.text for b in blocks_of(atlas, plan) for s in marked(b.segments)}
    mentions = {(m.feature, m.quote.start): m.quote.mention for m in mentions_of(atlas, plan)}
    assert found.keys() == mentions.keys()
    assert [k for k, words in mentions.items() if not squeezed(words).startswith(squeezed(found[k]))] == []


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_what_lies_within_a_mention_makes_up_its_words(atlas: Atlas, plan: str) -> None:
    holders = [s for b in blocks_of(atlas, plan) for s in marked(b.segments) if s.inner]
    assert all(squeezed("".join(i.text for i in s.inner)) == squeezed(s.text) for s in holders)
    assert all(any(i.feature for i in s.inner) for s in holders)


def test_five_axes_named_in_one_breath_are_six_mentions(atlas: Atlas) -> None:
    (breath,) = [
        s for b in blocks_of(atlas, "qingdao") for s in b.segments if s.feature == "shared.wu-da-fa-zhan-zhou"
    ]
    axes = [atlas.catalog.features[s.feature].name for s in breath.inner if s.feature]
    assert fold_name("、".join(axes)) == fold_name(breath.text)
    assert len(axes) == 5


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_a_block_knows_its_place(atlas: Atlas, plan: str) -> None:
    text = atlas.plans[plan].text
    ids = {p.id for p in atlas.passages[plan]}
    for block in blocks_of(atlas, plan):
        assert block.passage in ids
        assert block.line == text.count("\n", 0, block.start) + 1
        assert words(block).strip()


def test_a_run_in_heading_cut_by_a_footnote_is_one_block(atlas: Atlas) -> None:
    """城阳 314/318: 「沿王」, footnote [7], 「沙路…发展轴。」."""
    blocks = blocks_of(atlas, "chengyang")
    (at,) = [i for i, b in enumerate(blocks) if "沿王沙路一青新高速" in words(b)]
    assert words(blocks[at]) == "沿王沙路一青新高速一青龙高速发展轴。"
    assert blocks[at].line == 314
    assert words(blocks[at + 1]).startswith("结合夏庄、惜福镇街道驻地改造")


def test_a_row_of_a_table_is_one_block_of_cells(atlas: Atlas) -> None:
    rows = [words(b) for b in blocks_of(atlas, "shinan") if b.kind == "table"]
    assert any("人均地区生产总值" in row and row.count("\t") >= 3 for row in rows)
