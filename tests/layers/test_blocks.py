"""The plans laid out to be read: nothing lost, nothing twice, every mention marked."""

from __future__ import annotations

import pytest

from layers.atlas import Atlas
from layers.blocks import ReadingBlock, reading_blocks
from layers.folding import SEPARATOR
from layers.mentions import Mention
from tests.layers.plan_readings import PLAN_IDS


def blocks_of(atlas: Atlas, plan: str) -> list[ReadingBlock]:
    return list(reading_blocks(atlas.texts[plan], atlas.passages[plan], mentions_of(atlas, plan)))


def mentions_of(atlas: Atlas, plan: str) -> list[Mention]:
    return [m for i in atlas.evidence.values() for m in i.evidence if m.quote.plan == plan]


def words(block: ReadingBlock) -> str:
    return "".join(text for text, _, _ in block.segments)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_the_blocks_together_are_the_reading_order(atlas: Atlas, plan: str) -> None:
    reading = atlas.texts[plan].reading
    whole = "".join(reading.sentence_text(a, a + 1) for a, c in enumerate(reading.text) if c != SEPARATOR)
    assert squeezed("".join(words(b) for b in blocks_of(atlas, plan))) == squeezed(whole)


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_every_mention_is_marked_or_lies_under_one_that_is(atlas: Atlas, plan: str) -> None:
    mentions = mentions_of(atlas, plan)
    by_key = {(m.feature, m.quote.start): m for m in mentions}
    marked: list[Mention] = []
    for block in blocks_of(atlas, plan):
        for text, feature, start in block.segments:
            assert (feature is None) == (start is None)
            if feature is not None and start is not None:
                mention = by_key[feature, start]
                assert squeezed(mention.quote.mention).startswith(squeezed(text))
                marked.append(mention)
    covered = {at for m in marked for at in range(m.a, m.b)}
    assert len(marked) > 0.9 * len(mentions)
    assert [m.quote for m in mentions if covered.isdisjoint(range(m.a, m.b))] == []


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
