"""Which features an export holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from layers.export_geojson import ExportError
from layers.store import FeatureSummary, Store
from layers.styles import Styles
from layers.view_link import ViewState


@dataclass(frozen=True)
class Selection:
    """A filter: a feature must meet each condition that is not empty.

    ``plans`` are plans that name it (any of them), ``levels`` its level, ``ids`` feature ids.
    """

    plans: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()

    def as_words(self) -> dict[str, list[str | int]]:
        """The conditions by name, without the empty ones."""
        return {name: list(values) for name, values in asdict(self).items() if values}


ALL = Selection()


def select_features(store: Store, styles: Styles, selection: Selection) -> list[FeatureSummary]:
    """The features that meet a selection, in catalog order, the unplaced too.

    Raises
    ------
    ExportError
        A plan, category, level or feature is unknown, or nothing meets all conditions.
    """
    _check("规划", selection.plans, store.plans)
    _check("类别", selection.categories, styles.categories)
    _check("级别", selection.levels, styles.levels)
    _check("要素", selection.ids, store.features, listed=False)
    plans, categories, levels, ids = map(frozenset, (selection.plans, selection.categories, selection.levels, selection.ids))  # fmt: skip
    found = [
        f
        for f in store.features.values()
        if (not plans or not plans.isdisjoint(f.plans))
        and (not categories or f.category in categories)
        and (not levels or f.level in levels)
        and (not ids or f.id in ids)
    ]
    if not found:
        raise ExportError("没有要素符合所选的条件，没有写文件")
    return found


def _check(what: str, asked: Iterable[object], known: Collection[object], listed: bool = True) -> None:
    for value in asked:
        if value not in known:
            hint = f"；可选的有 {'、'.join(map(str, known))}" if listed else ""
            raise ExportError(f"没有{what}「{value}」{hint}")


def view_state(selection: Selection, features: Iterable[FeatureSummary]) -> ViewState:
    """The application's view of a selection and the features in it, as nearly as it can: it shows one plan or all, and
    the levels up to one. Features chosen one by one come with the layers that hold them."""
    one_plan, one_feature = len(selection.plans) == 1, len(selection.ids) == 1
    holding = tuple(sorted({f.category for f in features})) if selection.ids else ()
    return ViewState(
        plan=selection.plans[0] if one_plan else "",
        level=max(selection.levels, default=3),
        layers=selection.categories or holding or None,
        only=selection.ids,
        feature=selection.ids[0] if one_feature else "",
    )
