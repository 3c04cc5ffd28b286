"""The link of a view: the query string that assets/5-link.js writes and reads, made and checked without a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

BBox = tuple[float, float, float, float]

VERSION = 1
LONGEST = 2400
"""Characters of a link. A QR code of 2,953 bytes is the largest there is; links of our own stay far below."""

_LINK = re.compile(r"\?v=([0-9]+)(?:&[a-z]+=[A-Za-z0-9._~,*+%-]*)*")
"""What URLs write plainly or percent-encoded, nothing that means something in HTML."""


class ViewLinkError(ValueError):
    """The text is no link of a view; the message says why in one sentence."""


def view_link(
    *,
    plan: str = "",
    level: int = 1,
    layers: Sequence[str] = (),
    feature: str = "",
    only: Sequence[str] = (),
    box: BBox | None = None,
) -> str:
    """A link that shows these layers up to a level, of one plan or (empty) all.

    ``feature`` is the chosen one; ``only`` leaves nothing but these features; ``box`` is ``(west, south, east, north)``
    in WGS 84 and is fitted to whatever window opens the link.
    """
    parts = [("v", str(VERSION)), ("plan", plan), ("level", str(level) if level != 1 else "")]
    parts += [("layers", ".".join(layers)), ("feature", feature), ("only", ",".join(only))]
    parts += [("box", ",".join(f"{degrees:.5f}" for degrees in box) if box else "")]
    return "?" + "&".join(f"{name}={quote(value, safe=',.~')}" for name, value in parts if value)


def check_view_link(link: str) -> str:
    """The link itself when it is one of ours: relative, of this version, of plain ASCII, not too long.

    Raises
    ------
    ViewLinkError
        With one sentence that says what is wrong.
    """
    if len(link) > LONGEST:
        raise ViewLinkError(f"链接太长：{len(link)} 个字符，最多 {LONGEST} 个")
    match = _LINK.fullmatch(link)
    if match is None:
        raise ViewLinkError("这不是本图集的视图链接，链接应以「?v=1」开头")
    if int(match[1]) != VERSION:
        raise ViewLinkError(f"链接的版本是 {match[1]}，这里只认得 {VERSION}")
    return link
