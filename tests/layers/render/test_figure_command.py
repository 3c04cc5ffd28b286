"""``python app.py export --format png``: what is written, and what is refused with nothing left behind."""

from __future__ import annotations

import argparse
import errno
import re
from pathlib import Path

import pytest

from layers.render import WriteError, write_bytes
from layers.store import Store
from viewer.command_line import run

PIXELS = ["--size", "900x700", "--dpi", "150"]


@pytest.fixture
def export(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run ``export`` over the built store in an empty folder; gives status and what was said."""
    monkeypatch.setenv("PLAN_ATLAS_STORE", str(store.path))
    monkeypatch.chdir(tmp_path)

    def go(*argv: str) -> tuple[int, str]:
        status = run(["export", *argv], lambda _: None)
        said = capsys.readouterr()
        return status, said.err or said.out

    return go


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["--format", "tiff", "--out", "x.tiff"], 2, "--format 应是"),
        (["--format", "png"], 2, "请写明输出"),
        (["--format", "png", "--plan", "laoshan", "--out", "x.png"], 1, "没有规划「laoshan」"),
        (["--format", "png", "--layers", "axis,moon", "--out", "x.png"], 2, "没有图层「moon」"),
        (["--format", "png", "--layers", ",", "--out", "x.png"], 2, "图层不能为空"),
        (["--format", "png", "--paper", "A7", "--out", "x.png"], 2, "纸张应是"),
        (["--format", "png", "--dpi", "10000", "--out", "x.png"], 2, "不能大于 600"),
        (["--format", "png", "--dpi", "fine", "--out", "x.png"], 2, "--dpi 应是整数"),
        (["--format", "png", "--bbox", "120,36,120,36", "--out", "x.png"], 2, "西小于东"),
        (["--format", "png", "--bbox", "2,48,3,49", "--out", "x.png"], 1, "不在底图之内"),
        (["--format", "png", "--bbox", "a,b,c,d", "--out", "x.png"], 2, "--bbox 应是 4 个"),
        (["--format", "png", "--scale", "3", "--out", "x.png"], 2, "不能小于 1000"),
        (["--format", "png", "--level", "9", "--out", "x.png"], 2, "级别应是"),
        (["--format", "png", "--title", "<script>x</script>", "--out", "x.png"], 2, "不能含 HTML"),
        (["--format", "png", "--preset", "海报", "--out", "x.png"], 2, "没有预设「海报」"),
        (["--format", "png", "--layout", "none.json", "--out", "x.png"], 1, "无法读取版式文件"),
        (["--format", "png", "--features", "nowhere", "--out", "x.png"], 1, "没有要素「nowhere」"),
        (["--format", "png", "--plan", "licang", "--layers", "island", "--out", "x.png"], 1, "没有可画的要素"),
        (["--format", "png", "--plan", "licang", "--out", "no/such/x.png"], 1, "不存在"),
        (["--format", "png", "--plan", "licang", "--out", "x.pdf"], 2, "应以 .png 结尾"),
        (["--format", "png", "--plan", "licang", "--out", "长" * 200 + ".png"], 1, "文件名太长"),
        (["--format", "geojson", "--out", "x.geojson"], 2, "--all"),
        (["--format", "geojson", "--all", "--dpi", "300", "x.geojson"], 2, "只用于图件"),
        (["--format", "png", "--all", "--out", "x.png"], 2, "--all 只用于数据格式"),
        (["--format", "png", "--size", "12", "--out", "x.png"], 2, "--size"),
    ],
)  # fmt: skip
def test_bad_requests(export, tmp_path: Path, argv: list[str], status: int, words: str) -> None:
    got, said = export(*argv)
    assert got == status
    assert words in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_figure_is_written_once(export, tmp_path: Path) -> None:
    argv = ["--format", "png", "--plan", "licang", "--layers", "zone,belt", *PIXELS, "--out", str(tmp_path)]
    assert export(*argv)[0] == 0
    path = tmp_path / "plan-atlas-licang.png"
    first = path.stat().st_mtime_ns
    status, said = export(*argv)
    assert status == 1
    assert "--force" in said
    assert path.stat().st_mtime_ns == first
    assert export(*argv, "--force")[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_options_go_over_the_layout_file_over_the_preset(tmp_path: Path) -> None:
    from viewer.commands import export as command
    from viewer.settings import Settings

    (tmp_path / "l.json").write_text('{"plan": "jimo", "dpi": 200, "title": "甲"}', encoding="utf-8")
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    argv = [
        "export",
        "--preset",
        "大幅展板",
        "--layout",
        str(tmp_path / "l.json"),
        "--title",
        "乙",
        "--level",
        "3",
        "--no-legend",
    ]
    layout = command.figure_layout(parser.parse_args(argv), Settings())
    assert (layout.paper, layout.plan, layout.dpi, layout.title) == ("A2", "jimo", 200, "乙")
    assert layout.levels == (1, 2, 3)
    assert not layout.legend


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"former")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as f:
            f.write(content[:3])
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WriteError, match="磁盘已满" if number == errno.ENOSPC else "没有权限"):
        write_bytes(b"new content", path)
    assert path.read_bytes() == b"former"
    assert [p.name for p in tmp_path.iterdir()] == ["x.png"]


def test_a_figure_of_what_the_filters_leave(export, tmp_path: Path) -> None:
    argv = ["--format", "svg", "--plan", "shinan", "--level", "3", *PIXELS, "--out"]
    assert export(*argv, "whole.svg")[0] == 0
    assert export(*argv, "planned.svg", "--status", "planned", "--district", "市南区")[0] == 0
    whole, planned = (
        set(
            re.findall(
                r'id="((?:shared|shinan)\.[^"]+)"', (tmp_path / f"{n}.svg").read_text(encoding="utf-8")
            )
        )
        for n in ("whole", "planned")
    )
    assert planned < whole
    status, said = export(*argv, "none.svg", "--status", "moved")
    assert (status, (tmp_path / "none.svg").exists()) == (1, False)
    assert "没有要素符合所选的筛选" in said
