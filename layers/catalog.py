"""The catalog: what a planner curates in data/catalog/*.yaml, read and checked.

Here: reading the files, resolving names to entries. Not here: what an entry may say (:mod:`layers.catalog_entries`),
finding the names in the plans (:mod:`layers.mentions`) and turning a placement recipe into a geometry
(:mod:`layers.placing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pypinyin import lazy_pinyin

from layers.catalog_entries import Category, Entry, NotPlace, Status, StrippedStrict, reading_label
from layers.yaml_file import check_model, read_yaml

SHARED = "shared"


class CatalogError(ValueError):
    """A catalog file, entry or reference is wrong; the message names file, entry and reason."""


class _File(StrippedStrict):
    plan: str | None = None
    not_places: tuple[NotPlace, ...] = ()
    features: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class PlanView:
    """What one plan says of a feature: the entry of that plan's file (or the shared entry itself)."""

    scope: str
    entry: Entry


@dataclass
class CatalogFeature:
    """A feature of the catalog with everything its files say of it.

    Attributes
    ----------
    id
        Stable: the ``id`` of the entry, else scope and pinyin of the name.
    scope
        ``"shared"``, or the plan whose file alone defines it.
    base
        The entry that states category and placement.
    views
        One entry a plan that adds to it; for a plan's own feature just that one.
    part_of, members
        Ids, resolved; members by the kind the formula counts, or by kind and place where the text contradicts itself
        (:func:`reading_label`).
    members_by_scope
        The same as each file states them.
    """

    id: str
    scope: str
    base: Entry
    views: dict[str, PlanView] = field(default_factory=dict)
    part_of: tuple[str, ...] = ()
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    members_by_scope: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.base.name

    @property
    def category(self) -> Category:
        assert self.base.category is not None
        return self.base.category

    @property
    def entries(self) -> Iterator[PlanView]:
        """The base and every view, each once."""
        yield PlanView(self.scope, self.base)
        yield from (v for v in self.views.values() if v.entry is not self.base)

    @property
    def level(self) -> int:
        """The strongest role any plan gives it (1 is structural)."""
        return min((v.entry.level or 3 for v in self.entries if v.entry.level), default=3)

    @property
    def status(self) -> Status:
        """The base entry's status, or the first that a plan states."""
        stated = [v.entry.status for v in self.entries if v.entry.status != "unspecified"]
        return stated[0] if stated else "unspecified"

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a for v in self.entries for a in v.entry.aliases if a != self.name))


@dataclass(frozen=True)
class Catalog:
    """All features by id, and the strings that are no places, by plan."""

    features: Mapping[str, CatalogFeature]
    not_places: Mapping[str, tuple[NotPlace, ...]]

    def named(self, name: str, scope: str) -> CatalogFeature | None:
        """The feature that ``name`` (or an id) means inside ``scope``: the scope's own first, then shared.

        A shared entry may also mean a plan's own feature, where only one plan has one of that name.
        """
        if name in self.features:
            return self.features[name]
        found = _by_name(self.features, scope).get(name) or _by_name(self.features, SHARED).get(name)
        if found is None and scope == SHARED:
            bearers = [f for f in self.features.values() if f.name == name]
            return bearers[0] if len(bearers) == 1 else None
        return found


def _by_name(features: Mapping[str, CatalogFeature], scope: str) -> dict[str, CatalogFeature]:
    return {f.name: f for f in features.values() if f.scope == scope}


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """ASCII id part of a Chinese name: its pinyin, syllables joined by hyphens."""
    syllables = lazy_pinyin(name, errors=lambda other: other)
    return re.sub(r"[^a-z0-9]+", "-", "-".join(syllables).lower()).strip("-")


def read_catalog(folder: Path, plans: Iterable[str]) -> Catalog:
    """Read shared.yaml and every plan's file.

    Raises
    ------
    CatalogError
        For unreadable YAML, an unknown key or value, two entries of one name or id, a shared entry without its
        base, a place in no plan's text, or a reference to an entry that does not exist.
    """
    plans = list(plans)
    stray = sorted(p.name for p in folder.glob("*.yaml") if p.stem not in (SHARED, *plans))
    if stray:
        raise CatalogError(f"{stray[0]}：plans.yaml 里没有名为 {Path(stray[0]).stem} 的规划")
    files = {scope: _read_file(folder / f"{scope}.yaml", scope) for scope in [SHARED, *plans]}
    for scope, file in files.items():
        for entry in file.features:
            _check_places(scope, entry, plans)
    features: dict[str, CatalogFeature] = {}
    for entry in files[SHARED].features:
        _add(features, SHARED, entry, folder / "shared.yaml")
    shared = _by_name(features, SHARED)
    for plan in plans:
        path = folder / f"{plan}.yaml"
        for entry in files[plan].features:
            if not entry.shared:
                _add(features, plan, entry, path)
            elif entry.name not in shared:
                raise CatalogError(
                    f"{path.name}：「{entry.name}」写了 shared: true，但 shared.yaml 里没有同名条目"
                )
            elif entry.category or entry.placement or entry.id:
                raise CatalogError(
                    f"{path.name}：「{entry.name}」写了 shared: true，类别、落图和 id 应写在 shared.yaml"
                )
            elif plan in shared[entry.name].views:
                raise CatalogError(f"{path.name}：「{entry.name}」写了两次")
            else:
                shared[entry.name].views[plan] = PlanView(plan, entry)
    catalog = Catalog(features, {scope: files[scope].not_places for scope in files})
    for feature in features.values():
        _resolve(catalog, feature)
    return catalog


def _read_file(path: Path, scope: str) -> _File:
    if not path.exists():
        return _File(plan=None if scope == SHARED else scope)
    raw = read_yaml(path, CatalogError) or {}
    if not isinstance(raw, dict):
        raise CatalogError(f"{path.name}：最外层应是含 features 的映射")
    parsed = check_model(path.name, raw, _File, CatalogError)
    if scope != SHARED and parsed.plan != scope:
        raise CatalogError(f"{path.name}：plan 写的是 {parsed.plan!r}，应为 {scope!r}")
    return parsed


def _check_places(scope: str, entry: Entry, plans: list[str]) -> None:
    """A place in a text says, in shared.yaml, which plan's text; it would be passed over in silence else."""
    conflicting = entry.conflict.places if entry.conflict else ()
    for key, places in (("mentions", entry.mentions), ("not_at", entry.not_at), ("conflict", conflicting)):
        for at in places:
            if (at.plan or scope) not in plans:
                wrong = f"没有名为 {at.plan!r} 的规划" if at.plan else "没有写 plan"
                raise CatalogError(
                    f"{scope}.yaml：「{entry.name}」的 {key}：第 {at.line} 行「{at.text}」{wrong}"
                )
    for project in entry.projects:
        if project.start_year and project.finish_year and project.start_year > project.finish_year:
            raise CatalogError(
                f"{scope}.yaml：「{entry.name}」的项目「{project.name}」：start_year 晚于 finish_year"
            )
    for key in ("projects", "status_at", "said"):
        if scope == SHARED and getattr(entry, key):
            raise CatalogError(f"{scope}.yaml：「{entry.name}」的 {key} 应写在各规划的文件里")


def _add(features: dict[str, CatalogFeature], scope: str, entry: Entry, path: Path) -> None:
    if entry.category is None:
        raise CatalogError(f"{path.name}：「{entry.name}」没有 category")
    if entry.placement is None:
        raise CatalogError(
            f"{path.name}：「{entry.name}」没有 placement（无法落图时写 recipe: unplaced 和 reason）"
        )
    if entry.level is None and scope != SHARED:
        raise CatalogError(f"{path.name}：「{entry.name}」没有 level")
    feature_id = entry.id or f"{scope}.{slug(entry.name)}"
    if feature_id in features:
        other = features[feature_id].name
        raise CatalogError(
            f"{path.name}：「{entry.name}」与「{other}」的 id 同为 {feature_id}，请给其中一个另写 id"
        )
    feature = CatalogFeature(feature_id, scope, entry)
    if scope != SHARED:
        feature.views[scope] = PlanView(scope, entry)
    features[feature_id] = feature


def _resolve(catalog: Catalog, feature: CatalogFeature) -> None:
    parents: dict[str, None] = {}
    for view in feature.entries:
        for name in view.entry.part_of:
            parents[_must(catalog, feature, view.scope, name, "part_of").id] = None
        for kind, names in _members_of(view.entry):
            ids = tuple(_must(catalog, feature, view.scope, n, f"members.{kind}").id for n in names)
            feature.members_by_scope.setdefault(view.scope, {})[kind] = ids
            feature.members[kind] = tuple(dict.fromkeys((*feature.members.get(kind, ()), *ids)))
    feature.part_of = tuple(p for p in parents if p != feature.id)


def _members_of(entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from entry.members.items()
    for place in entry.conflict.places if entry.conflict else ():
        yield from ((reading_label(kind, place), names) for kind, names in place.members.items())


def _must(catalog: Catalog, feature: CatalogFeature, scope: str, name: str, key: str) -> CatalogFeature:
    found = catalog.named(name, scope)
    if found is None:
        raise CatalogError(f"{scope}.yaml：「{feature.name}」的 {key}：没有名为「{name}」的条目")
    bearers = [f.id for f in catalog.features.values() if f.name == name and f.scope == found.scope]
    if name != found.id and len(bearers) > 1:
        raise CatalogError(
            f"{scope}.yaml：「{feature.name}」的 {key}：有 {len(bearers)} 个条目名为「{name}」，请写 id（{'、'.join(bearers)}）"
        )
    return found
