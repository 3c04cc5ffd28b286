"""What every format writes: the selected features with their geometry, evidence and projects, and the imprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from layers.export_crs import CRS_NAMES, in_crs
from layers.formats.selection import Selection
from layers.records import Evidence, FeatureSummary, PlanInfo, ProjectRecord
from layers.store import Store
from layers.styles import Styles
from layers.view_link import decode_link

NOTICE = "示意图，不作为法定依据"
TITLE = "规划图集"


@dataclass(frozen=True)
class Content:
    """One export, before it takes a format.

    ``crs`` is one of :data:`layers.export_crs.CRS_NAMES`; ``link`` the address of the same view in the application.
    """

    store: Store
    styles: Styles
    selection: Selection
    features: tuple[FeatureSummary, ...]
    crs: str
    link: str

    @property
    def opacity(self) -> Mapping[str, int]:
        """How faint the view has its layers: percents by category, where not 100."""
        said = decode_link(self.link).state.opacity
        return {category: said[category] for category in self.styles.categories if category in said}

    @cached_property
    def placed(self) -> int:
        """How many of the features are on the map."""
        return sum(1 for f in self.features if f.bbox is not None)

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(f.id for f in self.features)

    @cached_property
    def geometries(self) -> dict[str, BaseGeometry]:
        """Geometry in ``crs`` by feature id, without the unplaced."""
        stored = self.store.geometries()
        return {f.id: in_crs(shape(stored[f.id]), self.crs) for f in self.features if f.id in stored}

    @cached_property
    def evidence(self) -> dict[str, list[Evidence]]:
        """Mentions by feature id, of every plan, whatever the selection."""
        return {f.id: self.store.evidence(f.id) for f in self.features}

    @cached_property
    def projects(self) -> dict[str, list[ProjectRecord]]:
        """Projects by feature id."""
        found: dict[str, list[ProjectRecord]] = {f.id: [] for f in self.features}
        for project in self.store.projects():
            if project.feature in found:
                found[project.feature].append(project)
        return found

    @property
    def plans(self) -> list[PlanInfo]:
        """The plans that name the features, the city first."""
        named = {p for f in self.features for p in f.plans}
        return [p for p in self.store.plans.values() if p.id in named]

    def imprint(self) -> list[tuple[str, str]]:
        """What a file says of itself: (heading, words)."""
        chosen = "；".join(f"{k}={','.join(map(str, v))}" for k, v in self.selection.as_words().items())
        return [
            ("标题", TITLE),
            ("声明", NOTICE),
            ("范围", chosen or "全部要素"),
            ("要素数", f"{len(self.features)}（其中未落图 {len(self.features) - self.placed}）"),
            ("坐标系", f"{self.crs} {CRS_NAMES[self.crs]}"),
            ("视图链接", self.link),
            ("数据版本", self.store.version),
            *(("规划版本", plan_edition(p)) for p in self.plans),
            *(("原文缺漏", f"{p.short_title}：{words}") for p in self.plans for words in p.missing),
            ("数据来源", "；".join(self.store.attribution)),
        ]


def plan_edition(plan: PlanInfo) -> str:
    """A plan with what is known of its edition."""
    known = (
        plan.issuer,
        plan.document_number,
        plan.published,
        f"规划期 {plan.period}",
        f"展望 {plan.horizon}",
    )
    return f"{plan.title}（{'，'.join(w for w in known if w)}）"
