"""Pure geography of Qingdao: CRSs and datums, base map, gazetteer, precision and placement recipes."""

from geo.errors import (
    AmbiguousPlace,
    BaseDataError,
    GazetteerError,
    GeoError,
    PlaceError,
    RecipeError,
    UnknownPlace,
)
from geo.gazetteer import Gazetteer, read_gazetteer
from geo.issues import Issue, IssueType, Severity
from geo.place import Place
from geo.placement import Placement, Waypoint, placement_from_parts
from geo.precision import Precision, precision_words, states_area, weakest
from geo.recipes import place_feature

__all__ = [
    "AmbiguousPlace",
    "BaseDataError",
    "Gazetteer",
    "GazetteerError",
    "GeoError",
    "Issue",
    "IssueType",
    "Place",
    "PlaceError",
    "Placement",
    "Precision",
    "RecipeError",
    "Severity",
    "UnknownPlace",
    "Waypoint",
    "place_feature",
    "placement_from_parts",
    "precision_words",
    "read_gazetteer",
    "states_area",
    "weakest",
]
