"""Writing the store: one OGC GeoPackage with feature layers, tables and full-text search.

The file is written beside and renamed, so a failed build leaves the former one. Its content hash is made from the
rows, not the bytes: a GeoPackage holds times of writing.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError
from pypinyin import Style, lazy_pinyin
from shapely.geometry.base import BaseGeometry

from geo.crs import area_m2, length_m
from geo.placement import Placement
from geo.precision import states_area
from layers.atlas import Atlas
from layers.base_map import base_map
from layers.blocks import reading_blocks
from layers.features import FeatureEvidence
from layers.folding import fold_name
from layers.projects import Project
from layers.records import Quote

SCHEMA_VERSION = "1"
_LAYERS = ("points", "lines", "areas")
_LAYER_COLUMNS = (
    "id",
    "name",
    "category",
    "level",
    "status",
    "precision",
    "accuracy_m",
    "method",
    "basis",
    "plans",
)

Row = tuple[Any, ...]


class StoreError(ValueError):
    """The store cannot be written or read; the message says why and what to do."""


def write_store(atlas: Atlas, path: Path, inputs: str) -> str:
    """Write an atlas as a GeoPackage and return its content hash.

    Parameters
    ----------
    atlas
        What to write.
    path
        The file; replaced only when the new one is complete.
    inputs
        The digest of the inputs, kept so that a later run sees whether they changed.

    Raises
    ------
    StoreError
        When the disk is full or the folder cannot be written.
    """
    beside = path.with_name(f"{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        rows = dict(_tables(atlas))
        content = _content_hash(rows)
        _write_layers(atlas, rows["features"], beside)
        rows["meta"] = [
            ("schema", SCHEMA_VERSION),
            ("inputs", inputs),
            ("content", content),
            ("pyproj", version("pyproj")),
            ("attribution", json.dumps(_ATTRIBUTION, ensure_ascii=False)),
        ]
        _write_tables(rows, beside)
        beside.replace(path)
    except (OSError, sqlite3.Error, *_GDAL_ERRORS) as e:
        _discard(beside)
        raise StoreError(f"无法写入 {path}：{_reason(e)}（请检查磁盘空间和写权限）") from e
    return content


# What pyogrio raises when GDAL cannot write; they are no OSErrors.
_GDAL_ERRORS = (DataSourceError, DataLayerError, FeatureError)


def _reason(error: Exception) -> str:
    """The system's own word for it, without the SQL that GDAL adds."""
    return getattr(error, "strerror", None) or str(error).partition(":")[0]


def _discard(path: Path) -> None:
    """Remove an unfinished file and the journal SQLite may leave beside it."""
    for unfinished in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


_ATTRIBUTION = [
    "© OpenStreetMap contributors (ODbL)",
    "GeoNames (CC BY 4.0)",
    "行政边界来源:高德",
]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _content_hash(tables: dict[str, list[Row]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(tables):
        for row in tables[name]:
            digest.update(_json([name, *row]).encode() + b"\n")
    return digest.hexdigest()


def _tables(atlas: Atlas) -> Iterator[tuple[str, list[Row]]]:
    yield "plans", list(_plan_rows(atlas))
    yield "passages", list(_passage_rows(atlas))
    blocks = list(_block_rows(atlas))
    yield "blocks", blocks
    yield "features", list(_feature_rows(atlas))
    yield "mentions", list(_mention_rows(atlas))
    yield "projects", list(_project_rows(atlas))
    yield "structures", list(_structure_rows(atlas))
    yield "search", list(_search_rows(atlas, blocks))
    yield "base", [(name, _json(collection)) for name, collection in base_map().items()]


def _plan_rows(atlas: Atlas) -> Iterator[Row]:
    for i, p in enumerate(atlas.plans.values()):
        yield (
            p.id, i, p.title, p.short_title, p.district, str(p.adcode), p.level, p.issuer, p.document_number,
            p.published, p.period, p.horizon, p.sha256, _json(list(p.missing)), p.text,
        )  # fmt: skip


def _passage_rows(atlas: Atlas) -> Iterator[Row]:
    for plan, passages in atlas.passages.items():
        reading = atlas.texts[plan].reading
        for i, p in enumerate(passages):
            yield (
                p.id, plan, i, p.kind, p.start, p.end, p.number, p.title, p.depth, p.parent, p.continues,
                _json(reading.heading_path(p.id)),
            )  # fmt: skip


def _block_rows(atlas: Atlas) -> Iterator[Row]:
    for plan, text in atlas.texts.items():
        mentions = [m for item in atlas.evidence.values() for m in item.evidence if m.quote.plan == plan]
        for i, b in enumerate(reading_blocks(text, atlas.passages[plan], mentions)):
            yield plan, i, b.passage, b.kind, b.depth, b.number, b.line, b.start, _json(b.segments)


def _feature_rows(atlas: Atlas) -> Iterator[Row]:
    for i, (fid, item) in enumerate(atlas.evidence.items()):
        feature, placement = item.feature, atlas.placements[fid]
        views = {
            v.scope: {
                "level": v.entry.level,
                "status": v.entry.status,
                "note": v.entry.note,
                "members": feature.members_by_scope.get(v.scope, {}),
                "said": {
                    s.what: _place_json(atlas, s.quote) for s in item.statements if s.quote.plan == v.scope
                },
            }
            for v in feature.entries
        }
        yield (
            fid, i, feature.name, str(feature.category), feature.level, feature.status, feature.scope,
            _json(feature.aliases), _json(feature.part_of), _json(feature.members), _json(item.plans), _json(views),
            feature.base.note, *_placement_columns(placement), len(item.evidence), len(item.projects),
            _pinyin_keys([feature.name, *feature.aliases]),
        )  # fmt: skip


def _placement_columns(p: Placement) -> Row:
    issues = _json([{"type": str(i.type), "severity": str(i.severity), "text": i.message} for i in p.issues])
    head = (str(p.precision), p.accuracy_m, p.method, p.basis, p.note, issues, p.halo_m, p.arrow)
    if p.geometry is None:
        return (*head, None, None, None, None, None, None)
    at = p.geometry if p.geometry.geom_type == "Point" else p.geometry.representative_point()
    measured = states_area(p.precision)
    return (
        *head, shapely.to_geojson(p.geometry), round(at.x, 6), round(at.y, 6), _json([round(v, 6) for v in p.geometry.bounds]),
        round(length_m(p.geometry) / 1e3, 3) if measured and p.geometry.geom_type.endswith("LineString") else None,
        round(area_m2(p.geometry) / 1e6, 4) if measured and p.geometry.geom_type.endswith("Polygon") else None,
    )  # fmt: skip


def _pinyin_keys(names: Sequence[str]) -> str:
    """Full pinyin and initials of every name, joined by spaces: what a Latin query is matched against."""
    keys: dict[str, None] = {}
    for name in names:
        keys["".join(lazy_pinyin(name)).lower()] = None
        keys["".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()] = None
    return " ".join(keys)


def _quote_columns(q: Quote) -> Row:
    return q.plan, q.start, q.end, q.line, q.text, _json(q.parts), q.passage, q.before, q.mention, q.after


def _mention_rows(atlas: Atlas) -> Iterator[Row]:
    for fid, item in atlas.evidence.items():
        for m in item.evidence:
            yield fid, *_quote_columns(m.quote), int(m.by_hand)


def _project_rows(atlas: Atlas) -> Iterator[Row]:
    for fid, item in atlas.evidence.items():
        for p in item.projects:
            yield (
                p.id,
                fid,
                p.name,
                p.kind,
                *_quote_columns(p.quote),
                _json([asdict(q) for q in p.quantities]),
                p.stage.stage,
                _json(asdict(p.stage)) if p.stage.text else None,
                _json([asdict(d) for d in p.dates]),
                p.start_year,
                p.finish_year,
                p.note,
            )


def _structure_rows(atlas: Atlas) -> Iterator[Row]:
    for v in atlas.verdicts:
        places = [_place_json(atlas, q) for q in v.places]
        yield v.feature, _json(v.counts), v.verdict, v.conflict, _json(places), _json(v.principles)


def _place_json(atlas: Atlas, q: Quote) -> Row:
    """A quote as :func:`layers.store.evidence_of` reads it."""
    path = atlas.texts[q.plan].reading.heading_path(q.passage)
    return q.plan, q.start, q.end, q.line, q.text, q.parts, q.passage, path, q.before, q.mention, q.after


def _search_rows(atlas: Atlas, blocks: list[Row]) -> Iterator[Row]:
    """What full-text search looks through: names of projects as they are, the plans' paragraphs folded."""
    for fid, item in atlas.evidence.items():
        for p in _distinct(item):
            yield "project", fid, p.quote.plan, p.name
    for plan, number, *_, segments in blocks:
        yield "text", str(number), plan, fold_name("".join(text for text, *_ in json.loads(segments)))


def _distinct(item: FeatureEvidence) -> Iterable[Project]:
    return {p.id + p.name: p for p in item.projects}.values()


def _write_layers(atlas: Atlas, feature_rows: list[Row], path: Path) -> None:
    columns = _columns("features")
    records = [dict(zip(columns, row, strict=True)) for row in feature_rows]
    for dimension, layer in enumerate(_LAYERS):
        kept = [
            (r, part)
            for r in records
            if (part := _part(atlas.placements[r["id"]].geometry, dimension)) is not None
        ]
        frame = gpd.GeoDataFrame(
            {c: [r[c] for r, _ in kept] for c in _LAYER_COLUMNS},
            geometry=[g for _, g in kept],
            crs="EPSG:4326",
        )
        frame["accuracy_m"] = frame["accuracy_m"].astype(float)
        frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio", mode="w" if dimension == 0 else "a")


def _part(geometry: BaseGeometry | None, dimension: int) -> BaseGeometry | None:
    """The points, lines or areas of a geometry as one multi-geometry; None when it has none."""
    if geometry is None:
        return None
    parts = [p for p in shapely.get_parts(geometry) if shapely.get_dimensions(p) == dimension]
    makers = (shapely.MultiPoint, shapely.MultiLineString, shapely.MultiPolygon)
    return makers[dimension](parts) if parts else None


def _columns(table: str) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(_schema())
        return [r[1] for r in db.execute(f"PRAGMA table_info({table})")]


def _schema() -> str:
    return Path(__file__).with_name("store_schema.sql").read_text(encoding="utf-8")


def _write_tables(tables: dict[str, list[Row]], path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(_schema())
        for name, rows in tables.items():
            if rows:
                db.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)
            if name != "search":
                db.execute(
                    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
                    (name, name),
                )
