"""Writing a file whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from layers.said import said


def write_whole(content: bytes, path: Path, error: type[ValueError]) -> None:
    """Write beside ``path`` and rename, so that a failure leaves the former file, or none.

    Raises
    ------
    error
        With one sentence: the folder does not exist, cannot be written, or the disk is full.
    """
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as e:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise error(said("无法写入 {path}：{reason}", path=path, reason=e.strerror)) from e
