"""``python app.py export --deck`` and ``--atlas``: what is refused, in one sentence, with nothing left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from layers import deck
from layers.store import Store
from viewer.command_line import run


@pytest.fixture
def export(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run ``export`` over the built store in an empty folder, with a quick deck; gives status and what was said."""
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(store.path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(deck, "build_deck", lambda *_, **__: b"deck")

    def go(*argv: str) -> tuple[int, str]:
        status = run(["export", *argv], lambda _: None)
        said = capsys.readouterr()
        return status, said.err or said.out

    go.store = store.path
    return go


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["--deck", "--out", "."], 2, "--deck 要用 --plan"),
        (["--atlas", "--out", "."], 2, "--atlas 要用 --plan"),
        (["--deck", "--atlas", "--plan", "shinan", "--out", "."], 2, "只能写一个"),
        (["--deck", "--plan", "shinan"], 2, "请写明输出"),
        (["--handout", "--out", "."], 2, "--handout 要用 --plan"),
        (["--atlas", "--scenes", "s.json", "--out", "."], 2, "不用 --scenes"),
        (
            ["--deck", "--plan", "shinan", "--scenes", "s.json", "--out", "."],
            2,
            "--plan 和 --scenes 只能写一个",
        ),
        (["--deck", "--scenes", "none.json", "--out", "."], 1, "没有场景文件 none.json"),
        (["--deck", "--plan", "shinan", "--by", "chapter", "--out", "."], 2, "不用 --by"),
        (["--atlas", "--plan", "shinan", "--by", "page", "--out", "."], 2, "--by 应是"),
        (["--handout", "--plan", "shinan", "--per-page", "0", "--out", "."], 2, "--per-page 应是 1、2 或 3"),
        (
            ["--handout", "--plan", "shinan", "--address", "javascript:x", "--out", "."],
            2,
            "--address 应是 http",
        ),
        (["--format", "png", "--by", "chapter", "--out", "x.png"], 2, "--by 只和"),
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


SCENES = """{"schema": "plan-atlas-scenes", "version": 1, "title": "我的", "scenes": [
 {"caption": "甲", "link": "?v=2&layers=bay&box=120.3,36.03,120.45,36.12"}]}"""


def test_own_scenes_are_named_after_their_file(export, tmp_path: Path) -> None:
    (tmp_path / "汇报.json").write_text(SCENES, encoding="utf-8")
    status, said = export(
        "--handout", "--scenes", "汇报.json", "--address", "http://10.0.0.1:8050", "--out", "."
    )
    assert (status, said.split("：")[-1].strip()) == (0, "2 页")
    assert export("--deck", "--scenes", "汇报.json", "--out", ".")[0] == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "plan-atlas-deck-汇报.pptx", "plan-atlas-handout-汇报.pdf", "汇报.json",
    ]  # fmt: skip
    reader = PdfReader(tmp_path / "plan-atlas-handout-汇报.pdf")
    (link,) = reader.pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"].startswith("http://10.0.0.1:8050/?v=2&layers=bay")


@pytest.mark.parametrize("kind", ["deck", "handout", "atlas"])
def test_an_interrupt_leaves_nothing(
    export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def stop(self: object, step: str, share: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(export.store))
    monkeypatch.setattr("viewer.commands.export_book.ProgressBar.show", stop)
    assert export("--" + kind, "--plan", "shinan", "--out", ".")[0] == 130
    assert list(tmp_path.iterdir()) == []
