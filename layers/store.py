"""Reading the store: everything the viewer and the exports ask of data/built/atlas.gpkg.

Read-only and safe for threads (one connection each). Writing is in :mod:`layers.store_writing`.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from layers.records import Block, Evidence, FeatureSummary, PlanInfo, ProjectRecord, Structure
from layers.segments import segment_of


class StoreMissingError(ValueError):
    """There is no readable store; the message says how to build one."""


class Store:
    """A built atlas on disk.

    Raises
    ------
    StoreMissingError
        When the file is not there or is no store of this version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        if not path.is_file():
            raise StoreMissingError(f"没有找到数据文件 {path}，请先运行 python app.py build")
        try:
            self.meta: dict[str, str] = dict(self._rows("SELECT key, value FROM meta"))
        except sqlite3.Error as e:
            raise StoreMissingError(f"数据文件 {path} 已损坏（{e}），请运行 python app.py build") from e

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            connection.execute("PRAGMA temp_store = memory")  # reading must work where a disk is full
            self._local.connection = connection
        return connection

    def _rows(self, sql: str, args: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection().execute(sql, tuple(args)).fetchall()

    @property
    def version(self) -> str:
        """The content hash: the same data give the same version."""
        return self.meta["content"]

    @property
    def inputs(self) -> str:
        """The digest of what the store was built from; empty where it was not built from a data folder."""
        return self.meta.get("inputs", "")

    @property
    def attribution(self) -> list[str]:
        """Sources that must be named wherever the map is shown."""
        return [str(a) for a in json.loads(self.meta["attribution"])]

    @cached_property
    def plans(self) -> dict[str, PlanInfo]:
        """Plans by id, the city first."""
        columns = "id, title, short_title, district, adcode, level, issuer, document_number, published, period, horizon, missing"
        return {
            head[0]: PlanInfo(*(*head, tuple(json.loads(missing))))
            for *head, missing in self._rows(f"SELECT {columns} FROM plans ORDER BY ord")
        }

    def plan_text(self, plan: str) -> str | None:
        """The raw text of a plan; None for an unknown plan."""
        rows = self._rows("SELECT text FROM plans WHERE id = ?", [plan])
        return str(rows[0][0]) if rows else None

    @cached_property
    def features(self) -> dict[str, FeatureSummary]:
        """Every feature by id, in catalog order."""
        columns = (
            "id, name, category, level, status, scope, aliases, part_of, members, plans, views, note, precision, "
            "accuracy_m, method, basis, placement_note, issues, halo_m, arrow, lon, lat, bbox, length_km, area_km2, "
            "evidence_count, project_count, pinyin"
        )
        return {r[0]: _summary(r) for r in self._rows(f"SELECT {columns} FROM features ORDER BY ord")}

    def geometry(self, feature: str) -> dict[str, Any] | None:
        """The GeoJSON geometry of a feature; None when it is unplaced or unknown."""
        rows = self._rows("SELECT geometry FROM features WHERE id = ?", [feature])
        return json.loads(rows[0][0]) if rows and rows[0][0] else None

    def geometries(self, category: str | None = None) -> dict[str, dict[str, Any]]:
        """GeoJSON geometries by feature id, of one category or all, without the unplaced."""
        where, args = ("AND category = ?", [category]) if category else ("", [])
        rows = self._rows(
            f"SELECT id, geometry FROM features WHERE geometry IS NOT NULL {where} ORDER BY ord", args
        )
        return {fid: json.loads(g) for fid, g in rows}

    def evidence(self, feature: str) -> list[Evidence]:
        """The mentions of a feature, by plan and place in the text."""
        rows = self._rows(f"SELECT {_QUOTE} FROM mentions q JOIN passages p ON p.id = q.passage JOIN plans n ON n.id = q.plan "
                          "WHERE q.feature = ? ORDER BY n.ord, q.start", [feature])  # fmt: skip
        return [_evidence(r) for r in rows]

    def mentions_of(self, features: Collection[str]) -> list[tuple[str, Evidence]]:
        """(feature id, mention) of some features, by plan and place in the text."""
        marks = ",".join("?" * len(features))
        rows = self._rows(f"SELECT q.feature, {_QUOTE} FROM mentions q JOIN passages p ON p.id = q.passage "
                          f"JOIN plans n ON n.id = q.plan WHERE q.feature IN ({marks}) ORDER BY n.ord, q.start", features)  # fmt: skip
        return [(feature, _evidence(tuple(quote))) for feature, *quote in rows]

    def projects(self, feature: str | None = None) -> list[ProjectRecord]:
        """The projects of a feature, or of all features."""
        where, args = ("WHERE q.feature = ?", [feature]) if feature else ("", [])
        rows = self._rows(
            f"SELECT q.id, q.feature, q.name, q.kind, q.quantities, q.note, q.stage, q.stage_words, "
            f"q.dates, q.start_year, q.finish_year, {_QUOTE} FROM projects q "
            f"JOIN passages p ON p.id = q.passage JOIN plans n ON n.id = q.plan {where} ORDER BY n.ord, q.start",
            args,
        )
        return [
            ProjectRecord(
                pid,
                fid,
                name,
                kind,
                _evidence(tuple(quote)),
                tuple(json.loads(quantities)),
                note,
                stage,
                json.loads(words) if words else None,
                tuple(json.loads(dates)),
                start_year,
                finish_year,
            )
            for pid, fid, name, kind, quantities, note, stage, words, dates, start_year, finish_year, *quote in rows
        ]

    def related(self, feature: str, limit: int = 8) -> list[str]:
        """Ids of features that stand in the same passages, most often first."""
        rows = self._rows(
            "SELECT feature, COUNT(*) FROM mentions WHERE feature <> ? AND passage IN "
            "(SELECT passage FROM mentions WHERE feature = ?) GROUP BY feature ORDER BY 2 DESC, 1 LIMIT ?",
            [feature, feature, limit],
        )
        return [fid for fid, _ in rows]

    @cached_property
    def structures(self) -> dict[str, Structure]:
        """Structure checks by feature id."""
        rows = self._rows("SELECT feature, counts, verdict, conflict, places, principles FROM structures")
        return {
            f: Structure(
                f,
                tuple(tuple(c) for c in json.loads(n)),
                verdict,
                why,
                tuple(evidence_of(p) for p in json.loads(places)),
                tuple(json.loads(principles)),
            )
            for f, n, verdict, why, places, principles in rows
        }

    def blocks(self, plan: str) -> list[Block]:
        """A plan in reading order; ``[]`` for an unknown plan."""
        rows = self._rows(
            "SELECT plan, ord, passage, kind, depth, number, line, start, segments FROM blocks WHERE plan = ? ORDER BY ord",
            [plan],
        )
        return [Block(*(*head, tuple(map(segment_of, json.loads(marked))))) for *head, marked in rows]

    def base(self, name: str) -> str | None:
        """A layer of the base map (land, water, districts) as GeoJSON text; None for an unknown one."""
        rows = self._rows("SELECT geojson FROM base WHERE name = ?", [name])
        return str(rows[0][0]) if rows else None

    def search_projects(self, words: str, limit: int) -> list[tuple[str, str, str]]:
        """(feature, project name, plan) of projects whose name holds a string."""
        return [(r[0], r[2], r[1]) for r in self._search("project", words, limit)]

    def search_blocks(self, folded: str, limit: int) -> list[tuple[str, int, str]]:
        """(plan, raw offset, clean text) of paragraphs that hold a folded string."""
        found = [(r[1], int(r[0])) for r in self._search("text", folded, limit)]
        blocks = []
        for plan, number in found:
            start, segments = self._rows(
                "SELECT start, segments FROM blocks WHERE plan = ? AND ord = ?", [plan, number]
            )[0]
            blocks.append((plan, start, "".join(text for text, *_ in json.loads(segments))))
        return blocks

    def _search(self, kind: str, words: str, limit: int) -> list[tuple[Any, ...]]:
        """Rows of the index that hold a string; the trigram index needs three characters, shorter ones are read through."""
        if len(words) >= 3:
            where, arg = "search MATCH ?", 'text : "' + words.replace('"', '""') + '"'
        else:
            where, arg = r"text LIKE ? ESCAPE '\'", "%" + _like(words) + "%"
        sql = f"SELECT ref, plan, text FROM search WHERE {where} AND kind = ? ORDER BY rowid LIMIT ?"
        return self._rows(sql, [arg, kind, limit])


_QUOTE = "q.plan, q.start, q.end, q.line, q.text, q.parts, q.passage, p.path, q.before, q.mention, q.after"


def _like(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _evidence(r: tuple[Any, ...]) -> Evidence:
    plan, start, end, line, text, parts, passage, path, *sentence = r
    return evidence_of(
        [plan, start, end, line, text, json.loads(parts), passage, json.loads(path), *sentence]
    )


def evidence_of(values: list[Any]) -> Evidence:
    """A quote that the store keeps as a list, its values in the order of :data:`_QUOTE`."""
    plan, start, end, line, text, parts, passage, path, before, mention, after = values
    spans = tuple((a, b) for a, b in parts)
    return Evidence(plan, start, end, line, text, spans, passage, before, mention, after, path=tuple(path))


def _summary(r: tuple[Any, ...]) -> FeatureSummary:
    (fid, name, category, level, status, scope, aliases, part_of, members, plans, views, note, precision, accuracy_m,
     method, basis, placement_note, issues, halo_m, arrow, lon, lat, bbox, *rest) = r  # fmt: skip
    return FeatureSummary(
        fid, name, category, level, status, scope, tuple(json.loads(aliases)), tuple(json.loads(part_of)),
        {k: tuple(v) for k, v in json.loads(members).items()}, tuple(json.loads(plans)), json.loads(views), note,
        precision, accuracy_m, method, basis, placement_note, tuple(json.loads(issues)), halo_m, arrow, lon, lat,
        tuple(json.loads(bbox)) if bbox else None, *rest,
    )  # fmt: skip
