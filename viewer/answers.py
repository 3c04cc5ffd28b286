"""Answers of routes that hand out what is made on request: JSON, a file, or sentences that say why not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from flask import Response

_NO_STORE = {"Cache-Control": "no-store"}


def json_answer(value: Mapping[str, Any], status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, status=status, content_type="application/json", headers=_NO_STORE)


def file_answer(content: bytes, media_type: str, name: str) -> Response:
    """A file to be kept under ``name``, which may be Chinese."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}", **_NO_STORE}
    return Response(content, content_type=media_type, headers=headers)


def refused(sentences: str | Iterable[str], status: int = 400) -> Response:
    """Why there is nothing, one sentence a line."""
    words = sentences if isinstance(sentences, str) else "\n".join(sentences)
    return Response(words, status=status, content_type="text/plain; charset=utf-8", headers=_NO_STORE)
