"""The gazetteer: names to places.

Reads every CSV of data/gazetteer, adds the outlines that come from packages, and finds a place by name.
Rows are parsed in :mod:`geo.gazetteer_rows`; outlines come from :mod:`geo.outlines`; where one table knows a
place better than another is settled in :mod:`geo.improve`.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.crs import stored
from geo.errors import AmbiguousPlace, GazetteerError, PlaceError, UnknownPlace
from geo.gazetteer_rows import KINDS, Row, read_rows
from geo.improve import improved
from geo.outlines import built_in_places
from geo.place import BUILT_IN, OSM, Place
from geo.refined import FILE, Refined, RowKey, read_refined
from geo.toponym import name_key

GAZETTEER_DIR = Path(__file__).resolve().parent.parent / "data" / "gazetteer"

_STATION_OF_LINE = {"metro_line": ("metro_station",), "railway": ("rail_station",)}


@dataclass(frozen=True)
class _Query:
    """A reference taken apart: ``kind:NAME@district``."""

    text: str
    key: str
    kind: str | None
    district: str | None


def _parse_query(text: str) -> _Query:
    kind, colon, rest = text.partition(":")
    if colon and kind.strip() in KINDS:
        rest = rest.strip()
    else:
        kind, rest = "", text.strip()
    name, _, district = rest.partition("@")
    return _Query(text, name_key(name), kind.strip() or None, district.strip() or None)


class Gazetteer:
    """Places by name, in tiers.

    Parameters
    ----------
    places
        All places.
    scoped
        Tables that belong to one plan each: first for that plan, after the others for any other.
    """

    def __init__(self, places: Iterable[Place], *, scoped: Collection[str] = ()) -> None:
        self._places = tuple(places)
        self._scoped = frozenset(scoped)
        self._index: dict[str, list[Place]] = {}
        for place in self._places:
            for name in dict.fromkeys((name_key(place.name), *map(name_key, place.aliases))):
                self._index.setdefault(name, []).append(place)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @cached_property
    def townships(self) -> tuple[Place, ...]:
        """Township seats, each township once: a table of one plan yields to the city-wide ones."""
        once: dict[tuple[str, tuple[str, ...]], Place] = {}
        for place in sorted(self._places, key=lambda p: self._tier(p, None)):
            if place.kind == "township":
                once.setdefault((name_key(place.name), place.districts), place)
        return tuple(once.values())

    def _tier(self, place: Place, scope: str | None) -> int:
        if scope is not None and place.table == scope:
            return 0
        if place.table == BUILT_IN:
            return 1
        if place.table == OSM:
            return 4
        return 3 if place.table in self._scoped else 2

    def find(self, name: str, scope: str | None = None) -> list[Place]:
        """Every place that bears the name, best tier first; ``[]`` when there is none."""
        query = _parse_query(name)
        found = [
            place
            for place in self._index.get(query.key, [])
            if query.kind in (None, place.kind) and query.district in (None, *place.districts)
        ]
        return sorted(found, key=lambda p: (self._tier(p, scope), name_key(p.name) != query.key))

    def lookup(
        self, name: str, scope: str | None = None, *, home: str | None = None, prefer: Collection[str] = ()
    ) -> Place:
        """The one place a name means.

        Tables are asked in order: the scope's own, outlines from packages, hand-made tables, those of other
        plans, OpenStreetMap. Within a tier a name goes before an alias.

        Parameters
        ----------
        name
            ``NAME``, ``kind:NAME``, ``NAME@district`` or ``kind:NAME@district``.
        scope
            Plan whose own table goes first.
        home
            District that decides between namesakes of one tier.
        prefer
            Kinds that decide between places of one name and tier.

        Raises
        ------
        UnknownPlace
            No row bears the name.
        AmbiguousPlace
            Several rows of the first tier that has it do.
        """
        found = self.find(name, scope)
        if not found:
            raise UnknownPlace(name, self.close_names(name))
        key = _parse_query(name).key
        first = (self._tier(found[0], scope), name_key(found[0].name) != key)
        same = [p for p in found if (self._tier(p, scope), name_key(p.name) != key) == first]
        for narrower in ([p for p in same if p.kind in prefer], [p for p in same if home in p.districts]):
            kept = [p for p in narrower if p in same]
            same = kept or same
        if len(same) > 1:
            raise AmbiguousPlace(name, tuple(f"{p.reference}（{p.table}）" for p in same))
        return same[0]

    def close_names(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Up to ``count`` names that look like this one."""
        key = _parse_query(name).key
        close = difflib.get_close_matches(key, self._index, n=count * 2, cutoff=0.5)
        return tuple(dict.fromkeys(self._index[c][0].name for c in close))[:count]


class _Resolver:
    """Turns rows into places, following names of other rows."""

    def __init__(
        self,
        rows: list[Row],
        built_in: tuple[Place, ...],
        scoped: Collection[str],
        refined: Mapping[RowKey, Refined],
    ) -> None:
        self._rows = {id(row): row for row in rows}
        self._refined = refined
        self._done: dict[int, Place] = {}
        self._open: list[Row] = []
        self._scoped = scoped
        stubs = [_stub(row) for row in rows]
        self._row_of = {id(stub): row for stub, row in zip(stubs, rows, strict=True)}
        self._names = Gazetteer((*stubs, *built_in), scoped=scoped)

    def place(self, row: Row) -> Place:
        """The place of a row.

        Raises
        ------
        GazetteerError
            It refers to an unknown or ambiguous name, or to itself, or its shape is impossible.
        """
        if id(row) in self._done:
            return self._done[id(row)]
        if any(row is other for other in self._open):
            chain = "→".join([r.name for r in self._open] + [row.name])
            raise row.error(f"地名相互引用成环：{chain}")
        better = self._refined.get((row.table, row.kind, row.name, row.districts))
        if better is not None:
            place = replace(
                _stub(row),
                geometry=better.geometry,
                accuracy_m=better.accuracy_m,
                source=better.source,
                surveyed=better.surveyed,
            )
        else:
            self._open.append(row)
            geometry = self._geometry(row)
            self._open.pop()
            place = replace(_stub(row), geometry=geometry)
        self._done[id(row)] = place
        return place

    def _geometry(self, row: Row) -> BaseGeometry:
        points = [xy for item in row.coordinates for xy in self._vertices(row, item)]
        if row.geometry == "point":
            if len(points) != 1:
                raise row.error(f"点应有一对坐标，实有 {len(points)} 对")
            return Point(points[0])
        points = [xy for k, xy in enumerate(points) if k == 0 or xy != points[k - 1]]
        if row.geometry == "line":
            if len(points) < 2:
                raise row.error("线至少要有两个不同的点")
            return LineString(points)
        if len(set(points)) < 3:
            raise row.error("面至少要有三个不同的点")
        ring = Polygon(points)
        if not ring.is_valid:
            raise row.error("面的边界与自身相交")
        return stored(ring)

    def _vertices(self, row: Row, item: tuple[float, float] | str) -> list[tuple[float, float]]:
        if not isinstance(item, str):
            return [item]
        scope = row.table if row.table in self._scoped else None
        prefer = _STATION_OF_LINE.get(row.kind, ())
        try:
            target = self._names.lookup(item, scope, prefer=prefer)
        except PlaceError as error:
            raise row.error(str(error)) from error
        other = self._row_of.get(id(target))
        geometry = self.place(other).geometry if other is not None else target.geometry
        if isinstance(geometry, LineString):
            return [(float(x), float(y)) for x, y in geometry.coords]
        point = geometry if isinstance(geometry, Point) else geometry.representative_point()
        return [(float(point.x), float(point.y))]


def _stub(row: Row) -> Place:
    return Place(
        name=row.name,
        aliases=row.aliases,
        kind=row.kind,
        districts=row.districts,
        geometry=Point(),
        radius_m=row.radius_m,
        accuracy_m=row.accuracy_m,
        source=row.source,
        note=row.note,
        table=row.table,
    )


def read_gazetteer(
    folder: Path = GAZETTEER_DIR, *, scoped: Collection[str] = (), refined: bool = True
) -> Gazetteer:
    """The gazetteer of a folder of CSV files, with districts, the city and named islands.

    A row that refined.geojson knows better takes its geometry from there.

    Parameters
    ----------
    folder
        Every ``*.csv`` in it is read, in order of name.
    scoped
        Names (without ``.csv``) of the tables that belong to one plan each.
    refined
        Whether refined.geojson counts; without it every row is as its table has it.

    Raises
    ------
    GazetteerError
        A file or row is wrong; the message names file, row and reason.
    BaseDataError
        The district package or the base map is missing.
    """
    if not folder.is_dir():
        raise GazetteerError(f"没有地名表文件夹 {folder}")
    built_in = built_in_places()
    rows = [row for path in sorted(folder.glob("*.csv")) for row in read_rows(path)]
    better = read_refined(folder / FILE) if refined else {}
    resolver = _Resolver(rows, built_in, scoped, better)
    places = improved((resolver.place(row) for row in rows), built_in)
    return Gazetteer((*built_in, *places), scoped=scoped)
