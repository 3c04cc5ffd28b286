"""Matching a file's named areas with the districts: which lines it has, and what they would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.base import land
from geo.crs import area_m2, to_metric
from geo.district_lines import DistrictLine, areas_of
from geo.districts import ADCODES, District, districts_drawn
from geo.refining_files import Candidate

ACCURACY_M = 50.0
LEAST_OVERLAP = 0.6
_SAMPLE_M = 100.0
_SAME_M2 = 1000.0
_OTHER_NAMES = {"西海岸新区": "黄岛区", "青岛西海岸新区": "黄岛区", "即墨市": "即墨区"}


@dataclass(frozen=True)
class DistrictChange:
    """What a file would change of one district.

    Attributes
    ----------
    before, after
        The district as it is and as it would be, land only.
    line
        Its new line; None for a neighbour that only gives up or takes what the new lines leave.
    """

    before: District
    after: District
    line: DistrictLine | None

    @property
    def sentence(self) -> str:
        """Name, what changes, areas and how far the line moves, tab-separated for a report."""
        former, new = (area_m2(d.geometry) / 1e6 for d in (self.before, self.after))
        size = f"面积 {former:.2f} → {new:.2f} 平方公里"
        if self.line is None:
            return f"{self.after.name}\t随相邻的新界线让出或补足\t{size}"
        mean, most = _moved_m(self.before.geometry, self.after.geometry)
        lines = f"界线（误差 {self.before.accuracy_m:.0f} 米） → 界线（误差 {self.line.accuracy_m:.0f} 米）"
        return f"{self.after.name}\t{lines}\t移动平均 {mean:.0f} 米、最远 {most:.0f} 米\t{size}"


def district_named(name: str) -> str | None:
    """The district that a name means, with or without 青岛市 before it or 区 after it; None when it is none."""
    bare = name.strip().removeprefix("山东省").removeprefix("青岛市")
    known = _OTHER_NAMES.get(bare, bare)
    return next((full for full in ADCODES if known in (full, full[:-1])), None)


def find_district_changes(
    candidates: Iterable[Candidate], kept: Mapping[str, DistrictLine], source: str
) -> tuple[list[DistrictChange], list[str]]:
    """Changes of district lines that a file offers, neighbours included, and why other areas are not taken.

    Parameters
    ----------
    candidates
        Named things of the file.
    kept
        Lines taken from earlier files.
    source
        Source in words.

    Returns
    -------
    changes, refused
        Districts in their usual order; a sentence for each area of a district's name that is not the district.
    """
    offered: dict[str, list[BaseGeometry]] = {}
    for candidate in candidates:
        name = next((d for n in candidate.names if (d := district_named(n))), None)
        if name is not None and shapely.get_dimensions(candidate.geometry) == 2:
            offered.setdefault(name, []).append(candidate.geometry)
    before = districts_drawn(kept)
    new: dict[str, DistrictLine] = {}
    refused = []
    for name, areas in offered.items():
        outline = areas_of(shapely.union_all(areas))
        share = _overlap(outline, before[name].geometry)
        if share < LEAST_OVERLAP:
            refused.append(f"{name}\t没有采用：文件里的图形与现有的只重合 {share:.0%}，像是另一处或坐标不对")
        else:
            new[name] = DistrictLine(name, outline, ACCURACY_M, source)
    if not new:
        return [], refused
    after = districts_drawn({**kept, **new})
    changes = [
        DistrictChange(before[name], after[name], new.get(name))
        for name in ADCODES
        if area_m2(before[name].geometry.symmetric_difference(after[name].geometry)) > _SAME_M2
    ]
    return (changes if any(c.line for c in changes) else []), refused


def _overlap(outline: BaseGeometry, district: BaseGeometry) -> float:
    """Shared land over the land of either; how far each runs out to sea does not count."""
    common = area_m2(outline.intersection(district))
    return common / (area_m2(district) + area_m2(outline.intersection(land())) - common)


def _moved_m(before: BaseGeometry, after: BaseGeometry) -> tuple[float, float]:
    """Mean and greatest distance of the new edge from the old, in metres."""
    edge = shapely.segmentize(to_metric(after).boundary, _SAMPLE_M)
    away = shapely.distance(shapely.points(shapely.get_coordinates(edge)), to_metric(before).boundary)
    return float(np.mean(away)), float(np.max(away))
