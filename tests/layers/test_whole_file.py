"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.whole_file import write_whole


class UnwritableError(ValueError):
    pass


def test_the_new_content_takes_the_place_of_the_former(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    write_whole(b"new", path, UnwritableError)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_former_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UnwritableError, match=r"无法写入 .*a\.csv：No space left"):
        write_whole(b"new", path, UnwritableError)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_no_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError, match="无法写入"):
        write_whole(b"new", tmp_path / "none" / "a.csv", UnwritableError)
