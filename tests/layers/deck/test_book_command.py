"""``python app.py export --deck`` and ``--atlas``: what is refused, in one sentence, with nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers import deck
from layers.store import Store
from viewer.command_line import run


@pytest.fixture
def export(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run ``export`` over the built store in an empty folder, with a quick deck; gives status and what was said."""
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(store.path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(deck, "build_plan_deck", lambda *_, **__: b"deck")

    def go(*argv: str) -> tuple[int, str]:
        status = run(["export", *argv], lambda _: None)
        said = capsys.readouterr()
        return status, said.err or said.out

    return go


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["--deck", "--out", "."], 2, "--deck 要用 --plan"),
        (["--atlas", "--out", "."], 2, "--atlas 要用 --plan"),
        (["--deck", "--atlas", "--plan", "shinan", "--out", "."], 2, "只能写一个"),
        (["--deck", "--plan", "shinan"], 2, "请写明输出"),
        (["--deck", "--plan", "laoshan", "--out", "."], 1, "没有规划「laoshan」"),
        (["--atlas", "--plan", "../x", "--out", "."], 1, "没有规划「../x」"),
        (["--deck", "--plan", "shinan", "--format", "png", "--out", "."], 2, "不用 --format"),
        (["--atlas", "--plan", "shinan", "--dpi", "300", "--out", "."], 2, "不用 --dpi"),
        (["--deck", "--plan", "shinan", "--all", "--out", "."], 2, "不用 --all"),
        (["--deck", "--plan", "shinan", "--out", "a.pdf"], 2, "应以 .pptx 结尾"),
        (["--atlas", "--plan", "shinan", "--out", "no/such/a.pdf"], 1, "不存在"),
        (["--atlas", "--plan", "shinan", "--out", "长" * 200 + ".pdf"], 1, "文件名太长"),
    ],
)
def test_bad_requests(export, tmp_path: Path, argv: list[str], status: int, words: str) -> None:
    got, said = export(*argv)
    assert got == status
    assert words in said
    assert len(said.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_deck_is_written_once_and_again_by_force(export, tmp_path: Path) -> None:
    path = tmp_path / "plan-atlas-deck-shinan.pptx"
    assert export("--deck", "--plan", "shinan", "--out", ".")[0] == 0
    assert path.read_bytes() == b"deck"
    status, said = export("--deck", "--plan", "shinan", "--out", ".")
    assert status == 1
    assert "已存在" in said
    assert export("--deck", "--plan", "shinan", "--out", ".", "--force")[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
