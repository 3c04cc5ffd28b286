"""The errors of this package. Each message is one sentence that a planner can act on."""

from __future__ import annotations


class GeoError(ValueError):
    """Base of every error raised on purpose by this package."""


class BaseDataError(GeoError):
    """A base map file or a data package is missing, damaged or not the one expected."""


class GazetteerError(GeoError):
    """A gazetteer file cannot be read; the message names file, row and reason."""


class PlaceError(GeoError):
    """A place name cannot be resolved."""


class UnknownPlace(PlaceError):  # noqa: N818
    """No gazetteer row bears the name.

    Attributes
    ----------
    name
        The name asked for.
    close
        Up to three names that look alike.
    """

    def __init__(self, name: str, close: tuple[str, ...] = ()) -> None:
        self.name = name
        self.close = close
        hint = f"；相近的名称：{'、'.join(close)}" if close else ""
        super().__init__(f"地名表中没有「{name}」{hint}")


class AmbiguousPlace(PlaceError):  # noqa: N818
    """Several rows of one tier bear the name.

    Attributes
    ----------
    name
        The name asked for.
    candidates
        How to write each candidate so that it is the only one, with its table.
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        self.name = name
        self.candidates = candidates
        super().__init__(f"地名「{name}」不唯一，请写明是哪一个：{'、'.join(candidates)}")


class RecipeError(GeoError):
    """A placement recipe is written wrongly: unknown recipe, argument or value."""
