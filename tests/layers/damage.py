"""Damaging a copy of a data file."""

from pathlib import Path


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace the first ``old``, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def is_one_sentence(message: str) -> bool:
    """Whether a message is one line without a trace of Python."""
    return (
        bool(message.strip())
        and "\n" not in message.strip()
        and not {"Traceback", "Error("} & {*message.split()}
    )
