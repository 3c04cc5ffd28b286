"""What every file of ours says of the view it shows; :mod:`layers.carried_view` reads it back."""

from __future__ import annotations

CUSTOM_PROPERTY = "plan-atlas-view"
"""Name of the property of an Office file: its subject would cut long words."""


def carried_words(link: str, version: str, editions: str) -> str:
    """``link`` as ``/?v=2...``, the version of the data, and a sentence on the plans that begins with 规划文本."""
    return f"视图 {link}；数据版本 {version}；{editions}"
