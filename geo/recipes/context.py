"""What every recipe shares: the form of a spec, and names turned into geometry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Annotated

import shapely
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metric
from geo.errors import RecipeError
from geo.gazetteer import Gazetteer
from geo.issues import Issue, IssueType, make_issue
from geo.place import Place
from geo.placement import Placement, Waypoint, joined_words
from geo.precision import Precision, weakest

FeatureGeometry = Callable[[str], Placement | None]
"""Gives the placement of another catalog entry by its name or id; None when there is no such entry."""

FEATURE = "feature:"
BARE_ACCURACY_M = 500.0
BARE_BASIS = "按目录所写坐标"
WATER_KINDS = frozenset({"bay", "island", "headland", "coast"})

Reference = str | tuple[float, float]
"""``NAME``, ``kind:NAME``, ``NAME@district``, ``feature:NAME``, or ``[lon, lat]``."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[Reference, ...], BeforeValidator(_as_list), Field(min_length=1)]


class Spec(BaseModel):
    """Arguments that every recipe takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recipe: str
    precision: Precision | None = None
    accuracy_m: float | None = Field(default=None, gt=0)
    basis: str = ""
    note: str = ""

    @property
    def guess_m(self) -> float:
        """How far the edge may be off where ``precision: schematic`` says that a width or radius is a guess."""
        return 0.0


@dataclass(frozen=True)
class Located:
    """A reference with its geometry.

    Attributes
    ----------
    name
        As written; empty for bare coordinates.
    geometry
        WGS 84.
    precision
        Class of the place itself.
    """

    name: str
    geometry: BaseGeometry
    kind: str
    districts: tuple[str, ...]
    radius_m: float | None
    accuracy_m: float
    precision: Precision
    basis: str

    @property
    def metric(self) -> BaseGeometry:
        """Geometry in metres (EPSG:4549)."""
        return to_metric(self.geometry)

    @property
    def point(self) -> Point:
        """A WGS 84 point that stands for the place: of an area its centre where that lies inside."""
        return centre_of(self.geometry)

    @property
    def waypoint(self) -> Waypoint:
        """The place as a named point."""
        return Waypoint(self.name, round(self.point.x, 6), round(self.point.y, 6))


def centre_of(geometry: BaseGeometry) -> Point:
    """Centroid when it lies on the geometry or the geometry is a point, else a point on it."""
    if isinstance(geometry, Point):
        return geometry
    if shapely.get_dimensions(geometry) == 1:
        middle = shapely.line_interpolate_point(shapely.get_parts(geometry)[0], 0.5, normalized=True)
        return Point(middle)
    centroid = geometry.centroid
    if geometry.contains(centroid):
        return Point(centroid)
    largest = max(shapely.get_parts(geometry), key=lambda part: float(part.area))
    return Point(largest.representative_point())


def place_precision(place: Place) -> Precision:
    """Class of a gazetteer place by itself, from its geometry and accuracy."""
    if place.surveyed:
        return Precision.BOUNDARY
    if place.accuracy_m <= 500:
        return Precision.LOCATED
    return Precision.DISTRICT if isinstance(place.geometry, Point) else Precision.DERIVED


class Context:
    """Names turned into geometry for one placement.

    Parameters
    ----------
    gazetteer
        The places.
    scope
        Plan whose own table goes first.
    feature_geometry
        Placement of another catalog entry.
    home
        District of the plan: decides between namesakes.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        scope: str | None,
        feature_geometry: FeatureGeometry,
        home: str | None = None,
    ) -> None:
        self.gazetteer = gazetteer
        self.scope = scope
        self.home = home
        self.feature_geometry = feature_geometry

    def one(self, reference: Reference, *, prefer: Collection[str] = ()) -> Located | None:
        """The geometry of a reference; None when it is a feature that is not placed.

        Raises
        ------
        PlaceError
            The name is unknown or ambiguous.
        RecipeError
            ``feature:`` names no entry.
        """
        if not isinstance(reference, str):
            return _bare(reference)
        if reference.startswith(FEATURE):
            return self._feature(reference)
        place = self.gazetteer.lookup(reference, self.scope, home=self.home, prefer=prefer)
        return _located(reference, place)

    def township(self, reference: Reference) -> Located | None:
        """A township as the city-wide tables have it; None when the reference is none.

        Every plan gets the same seat, so that cells of one district always fit.
        """
        if not isinstance(reference, str) or reference.startswith(FEATURE):
            return None
        place = self.gazetteer.lookup(reference, self.scope, home=self.home, prefer=("township",))
        same = [t for t in self.gazetteer.townships if (t.name, t.districts) == (place.name, place.districts)]
        return _located(reference, same[0] if same else place) if place.kind == "township" else None

    def many(
        self, references: Iterable[Reference], *, prefer: Collection[str] = ()
    ) -> tuple[list[Located], list[Issue]]:
        """Geometry of several references, and an issue for each feature that is not placed."""
        found: list[Located] = []
        issues: list[Issue] = []
        for reference in references:
            located = self.one(reference, prefer=prefer)
            if located is None:
                issues.append(make_issue(IssueType.PART_UNPLACED, name=str(reference).removeprefix(FEATURE)))
            else:
                found.append(located)
        return found, issues

    def _feature(self, reference: str) -> Located | None:
        name = reference.removeprefix(FEATURE).strip()
        placement = self.feature_geometry(name)
        if placement is None:
            raise RecipeError(f"目录中没有条目「{name}」")
        if placement.geometry is None:
            return None
        return Located(
            name=name,
            geometry=placement.geometry,
            kind="feature",
            districts=(),
            radius_m=placement.halo_m,
            accuracy_m=placement.accuracy_m or BARE_ACCURACY_M,
            precision=placement.precision,
            basis=placement.basis,
        )


def _located(reference: str, place: Place) -> Located:
    return Located(
        name=reference,
        geometry=place.geometry,
        kind=place.kind,
        districts=place.districts,
        radius_m=place.radius_m,
        accuracy_m=place.accuracy_m,
        precision=place_precision(place),
        basis=place.source,
    )


def _bare(reference: tuple[float, float]) -> Located:
    lon, lat = reference
    if not (73 <= lon <= 136 and 3 <= lat <= 54):
        raise RecipeError(f"坐标 [{lon}, {lat}] 不在中国范围内，应先经度后纬度")
    return Located("", Point(lon, lat), "", (), None, BARE_ACCURACY_M, Precision.LOCATED, BARE_BASIS)


def basis_of(places: Iterable[Located]) -> str:
    """Sources of several places in words, each once."""
    return joined_words(word for place in places for word in place.basis.split("；"))


def accuracy_of(places: Iterable[Located], least_m: float = 0.0) -> float:
    """Worst accuracy of several places, and no better than ``least_m``."""
    return max([least_m, *(place.accuracy_m for place in places)])


def precision_of(best: Precision, places: Iterable[Located]) -> Precision:
    """Class of something built from features: never surer than they are.

    Gazetteer places count by their accuracy, not by their class.
    """
    return weakest([best, *(place.precision for place in places if place.kind == "feature")])


def at_best(floor: Precision, precision: Precision) -> Precision:
    """The class, but no less sure than ``floor``: a drawn shape, however vague, is not a marker."""
    return min(floor, precision, key=lambda p: p.rank)


def waypoints_of(places: Iterable[Located]) -> tuple[Waypoint, ...]:
    """The places as named points, in order."""
    return tuple(place.waypoint for place in places)
