"""Short ids of long links, kept in a small SQLite file beside the store.

An id is made from the link itself, so the same view has the same id and keeping it twice changes nothing. What is kept
is bounded: of more links than :data:`MOST` those that were longest not opened go.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from layers.said import said
from layers.view_link import ViewLinkError, check_link

FILE = "links.sqlite"
MOST = 5000
_ID = re.compile("[a-z2-7]{12}")
_SCHEMA = "CREATE TABLE IF NOT EXISTS links (id TEXT PRIMARY KEY, link TEXT NOT NULL, opened INTEGER NOT NULL) WITHOUT ROWID"
_PATIENCE_S = 5.0


class KeptLinksError(ValueError):
    """Links cannot be kept or looked up; the message says why in one sentence."""


def link_id(link: str) -> str:
    """The id of a link: 60 bits of its SHA-256."""
    return base64.b32encode(hashlib.sha256(link.encode()).digest()).decode()[:12].lower()


class KeptLinks:
    """The links kept in one file, which is made with the first of them; safe to use from several processes."""

    def __init__(self, path: Path, most: int = MOST) -> None:
        self._path, self._most = path, most

    def keep(self, link: str) -> str:
        """Keep a link in the form of this version and return its id.

        Raises
        ------
        ViewLinkError
            It is none of ours.
        KeptLinksError
            It cannot be written.
        """
        link = check_link(link)
        key = link_id(link)
        with self._open("rwc") as db:
            db.execute(_SCHEMA)
            (now,) = db.execute("SELECT coalesce(max(opened), 0) + 1 FROM links").fetchone()
            db.execute("INSERT OR REPLACE INTO links VALUES (?, ?, ?)", (key, link, now))
            db.execute(
                "DELETE FROM links WHERE id IN (SELECT id FROM links ORDER BY opened DESC LIMIT -1 OFFSET ?)",
                (self._most,),
            )
        return key

    def find(self, key: str) -> str | None:
        """The link of an id; None when there is none, or what is kept under it is no link.

        Raises
        ------
        KeptLinksError
            The file cannot be read.
        """
        if not _ID.fullmatch(key) or not self._path.exists():
            return None
        with self._open("rw") as db:
            row = db.execute("SELECT link FROM links WHERE id = ?", (key,)).fetchone()
        try:
            return check_link(str(row[0])) if row else None
        except ViewLinkError:
            return None

    def note_opened(self, key: str) -> None:
        """Remember that a link was opened just now; that it cannot be written is no harm."""
        try:
            with self._open("rw") as db:
                db.execute(
                    "UPDATE links SET opened = (SELECT max(opened) + 1 FROM links) WHERE id = ?", (key,)
                )
        except KeptLinksError:
            return

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        """A transaction: done whole, or not at all."""
        try:
            address = f"{self._path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE_S)) as db, db:
                yield db
        except sqlite3.Error as e:
            raise KeptLinksError(
                said("短链接的文件 {name} 不能读写：{reason}", name=self._path.name, reason=e)
            ) from e
