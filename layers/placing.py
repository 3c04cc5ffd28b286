"""Placing the whole catalog: recipes run in the order their references need, structures drawn from their members."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geo.errors import PlaceError, RecipeError
from geo.gazetteer import Gazetteer
from geo.issues import IssueType, make_issue
from geo.placement import Placement, placement_from_parts
from geo.precision import Precision
from geo.recipes import place_feature
from layers.catalog import SHARED, Catalog, CatalogError, CatalogFeature


def place_catalog(
    catalog: Catalog,
    gazetteer: Gazetteer,
    homes: Mapping[str, str],
    on_placed: Callable[[], None] = lambda: None,
) -> dict[str, Placement]:
    """Feature id -> placement for every feature of the catalog.

    ``homes`` gives the district of each plan, which decides between namesakes.

    Raises
    ------
    CatalogError
        Naming file, entry and reason: an unknown place, a wrong argument, features placed by each other in a circle.
    """
    placed: dict[str, Placement] = {}
    under_way: list[str] = []

    def place(feature: CatalogFeature) -> Placement:
        if feature.id in placed:
            return placed[feature.id]
        if feature.id in under_way:
            circle = " → ".join(catalog.features[i].name for i in [*under_way, feature.id])
            raise CatalogError(f"{feature.scope}.yaml：placement 互相引用成环：{circle}")
        under_way.append(feature.id)
        placed[feature.id] = run_recipe(feature)
        under_way.pop()
        on_placed()
        return placed[feature.id]

    def run_recipe(feature: CatalogFeature) -> Placement:
        def refer(name: str) -> Placement | None:
            target = catalog.named(name, feature.scope)
            return place(target) if target else None

        spec: Mapping[str, object] = feature.base.placement or {}
        if spec.get("recipe") == "members":
            return _from_members(feature, spec, place, catalog)
        try:
            return place_feature(
                spec,
                gazetteer=gazetteer,
                scope=None if feature.scope == SHARED else feature.scope,
                feature_geometry=refer,
                home=homes.get(feature.scope),
            )
        except (RecipeError, PlaceError) as e:
            raise CatalogError(f"{feature.scope}.yaml：「{feature.name}」的 placement：{e}") from e

    for feature in catalog.features.values():
        place(feature)
    return placed


def _from_members(
    feature: CatalogFeature,
    spec: Mapping[str, object],
    place: Callable[[CatalogFeature], Placement],
    catalog: Catalog,
) -> Placement:
    ids = [
        i for i in dict.fromkeys(m for group in feature.members.values() for m in group) if i != feature.id
    ]
    note = str(spec.get("note") or "")
    parts = [place(catalog.features[i]) for i in ids]
    drawn = [p for p in parts if p.geometry is not None]
    if not drawn:
        issue = make_issue(
            IssueType.UNPLACED_BY_CHOICE, reason=spec.get("reason") or "原文没有列出可以落图的组成部分"
        )
        return Placement(None, Precision.UNPLACED, None, "members", note=note, issues=(issue,))
    missing = [catalog.features[i].name for i, p in zip(ids, parts, strict=True) if p.geometry is None]
    return placement_from_parts(
        drawn, note=note, issues=[make_issue(IssueType.PART_UNPLACED, name=n) for n in missing]
    )
