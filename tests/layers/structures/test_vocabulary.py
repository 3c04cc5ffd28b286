"""data/formulas.yaml: what is wrong in it is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.structures import FORMULAS, FormulaError, read_vocabulary
from tests.conftest import DATA


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: 1", "version: [1", "YAML"),
        ("{word: 湾, categories: [bay", "{word: 湾, categories: [gulf", "「湾」 categories.0"),
        ("bearing: east_west", "bearing: up", "「横」 bearing"),
        ("open: [N, 多, 若干]", "open: [N, 多, 多]", "「多」写了两次"),
        ("{word: 中轴,", "{word: 轴,", "「轴」写了两次"),
        ("actions: [发展,", "actions: [轴, 发展,", "「轴」同时写在 kinds 和 actions 里"),
        ("named_terms: 部分", "named_term: 部分", "named_terms"),
    ],
)
def test_a_wrong_vocabulary_names_its_fault(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (DATA / FORMULAS).read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / FORMULAS
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FormulaError) as raised:
        read_vocabulary(path)
    assert str(raised.value).startswith(FORMULAS)
    assert told in str(raised.value)


def test_a_missing_vocabulary_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormulaError, match=r"^formulas\.yaml"):
        read_vocabulary(tmp_path / FORMULAS)
