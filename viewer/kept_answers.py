"""Answers whose URL names their content: browsers keep them for good, and each is packed once."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from flask import Flask, Request, Response, abort, request

FOR_GOOD = "public, max-age=31536000, immutable"
_FOLDER = "/kept/"
_COMPONENT_SUITES = "/_dash-component-suites/"
_MOST_PACKED = 64


class KeptAnswers:
    """Bodies by the URL that names them; one collection belongs to one server."""

    def __init__(self, server: Flask) -> None:
        self._answers: dict[str, tuple[bytes, str]] = {}
        server.add_url_rule(f"{_FOLDER}<name>", "kept_answer", self._answer)

    def keep(self, stem: str, suffix: str, body: bytes, content_type: str) -> str:
        """Keep a body and return its URL, which changes with the body and only with it."""
        name = f"{stem}-{hashlib.sha256(body).hexdigest()[:16]}.{suffix}"
        self._answers[name] = (body, content_type)
        return _FOLDER + name

    def _answer(self, name: str) -> Response:
        if name not in self._answers:
            abort(404)
        body, content_type = self._answers[name]
        response = Response(body, content_type=content_type, headers={"Cache-Control": FOR_GOOD})
        response.set_etag(name)
        return response.make_conditional(request)


class PackedOnce:
    """The compressed form of what never changes, for flask-compress; the least used goes when there are many."""

    def __init__(self) -> None:
        self._packed: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._packed:
                self._packed.move_to_end(key)
            return self._packed.get(key)

    def set(self, key: str, value: bytes) -> None:
        if key.endswith(_CHANGING):
            return
        with self._lock:
            self._packed[key] = value
            self._packed.move_to_end(key)
            if len(self._packed) > _MOST_PACKED:
                self._packed.popitem(last=False)


_CHANGING = ";"
"""How flask-compress's key ends when :func:`packing_key` gives none."""


def packing_key(asked: Request) -> str:
    """The path when it names its content, as Dash's component files do too; nothing for what may change."""
    return asked.path if asked.path.startswith((_FOLDER, _COMPONENT_SUITES)) else ""
