"""Which features an export holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import get_args

from geo.precision import Precision
from layers.export_geojson import ExportError
from layers.facets import NO_YEAR, Work, district_names, feature_facets, target_years
from layers.records import FeatureSummary
from layers.said import joined, said
from layers.store import Store
from layers.styles import Styles
from layers.view_link import ViewState


@dataclass(frozen=True)
class Selection:
    """A filter: a feature must meet each condition that is not empty.

    ``plans`` are plans that name it (any of them), ``levels`` its level, ``ids`` feature ids; the others are facets
    (:mod:`layers.facets`), ``districts`` by adcode.
    """

    plans: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    precisions: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()

    def as_words(self) -> dict[str, list[str | int]]:
        """The conditions by name, without the empty ones."""
        return {name: list(values) for name, values in asdict(self).items() if values}

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The facets asked for, by the filters of a link, without the empty ones."""
        asked = {
            "status": self.statuses, "precision": self.precisions, "projects": self.projects, "year": self.years,
            "district": self.districts,
        }  # fmt: skip
        return {name: values for name, values in asked.items() if values}


ALL = Selection()


def select_features(store: Store, styles: Styles, selection: Selection) -> list[FeatureSummary]:
    """The features that meet a selection, in catalog order, the unplaced too.

    Raises
    ------
    ExportError
        A plan, category, level, feature or facet is unknown, or nothing meets all conditions.
    """
    _check(said("规划"), selection.plans, store.plans)
    _check(said("类别"), selection.categories, styles.categories)
    _check(said("级别"), selection.levels, styles.levels)
    _check(said("要素"), selection.ids, store.features, listed=False)
    _check_facets(store, styles, selection)
    facets = feature_facets(store) if selection.filters else {}
    plans, categories, levels, ids = map(frozenset, (selection.plans, selection.categories, selection.levels, selection.ids))  # fmt: skip
    found = [
        f
        for f in store.features.values()
        if (not plans or not plans.isdisjoint(f.plans))
        and (not categories or f.category in categories)
        and (not levels or f.level in levels)
        and (not ids or f.id in ids)
        and (not facets or facets[f.id].meet(selection.filters))
    ]
    if not found:
        raise ExportError(said("没有要素符合所选的条件，没有写文件"))
    return found


def _check_facets(store: Store, styles: Styles, selection: Selection) -> None:
    _check(said("状态"), selection.statuses, styles.statuses)
    _check(said("精度"), selection.precisions, [str(p) for p in Precision])
    _check(said("项目条件"), selection.projects, get_args(Work))
    if selection.years:
        _check(said("目标年"), selection.years, [*map(str, target_years(store)), NO_YEAR])
    if selection.districts:
        _check(said("区市"), selection.districts, district_names(store))


def _check(what: str, asked: Iterable[object], known: Collection[object], listed: bool = True) -> None:
    for value in asked:
        if value not in known:
            no_such = said("没有{what}「{value}」", what=what, value=value)
            raise ExportError(
                said("{problem}；可选的有 {known}", problem=no_such, known=joined(known))
                if listed
                else no_such
            )


def view_state(selection: Selection, features: Iterable[FeatureSummary]) -> ViewState:
    """The application's view of a selection and the features in it, as nearly as it can: it shows one plan or all, and
    the levels up to one. Features chosen one by one come with the layers that hold them."""
    one_plan, one_feature = len(selection.plans) == 1, len(selection.ids) == 1
    holding = tuple(sorted({f.category for f in features})) if selection.ids else ()
    return ViewState(
        plan=selection.plans[0] if one_plan else "",
        level=max(selection.levels, default=3),
        layers=selection.categories or holding or None,
        filters=selection.filters,
        only=selection.ids,
        feature=selection.ids[0] if one_feature else "",
    )


def selection_of(state: ViewState) -> Selection:
    """What the lists of a view hold: its plan, its filters and 「仅看」; layers and detail (「详略」) are the map's alone.

    Raises
    ------
    ExportError
        A level is no number.
    """
    filters = {name: tuple(values) for name, values in state.filters.items()}
    try:
        levels = tuple(int(level) for level in filters.get("grade", ()))
    except ValueError:
        raise ExportError(said("链接里的级别应是整数")) from None
    return Selection(
        plans=(state.plan,) if state.plan else (),
        categories=filters.get("category", ()),
        levels=levels,
        ids=state.only,
        statuses=filters.get("status", ()),
        precisions=filters.get("precision", ()),
        projects=filters.get("projects", ()),
        years=filters.get("year", ()),
        districts=filters.get("district", ()),
    )
