"""Spelling of place names: one form for all the ways the same name is typed.

Nothing here knows where a place is.
"""

from __future__ import annotations

import re
import unicodedata

RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""CJK radicals that stand for whole characters and that Unicode normalisation leaves alone."""

_SPACE = re.compile(r"\s+")
_BETWEEN_CJK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_DASHES = re.compile(r"[—–‒―─-]+")


def clean_name(text: str) -> str:
    """The name as it is written in tables: no radicals, half-width letters, full-width brackets.

    A space between two Chinese characters goes; one between words stays.
    """
    folded = unicodedata.normalize("NFKC", text.translate(RADICALS)).translate(RADICALS)
    folded = _BETWEEN_CJK.sub("", _SPACE.sub(" ", folded)).strip()
    return folded.replace("(", "（").replace(")", "）")


def name_key(text: str) -> str:
    """The name as it is compared: cleaned, without spaces, dashes alike, letters small."""
    return _DASHES.sub("-", _SPACE.sub("", clean_name(text))).casefold()
