"""The features, evidence and projects as flat rows: one table of columns for every format that has columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import Point

from geo.precision import Precision, precision_words
from layers.export_crs import in_crs
from layers.formats.content import Content
from layers.records import Evidence, FeatureSummary, ProjectRecord

Value = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column: its name for programs, its heading for people, and its width in characters on a sheet.

    ``kind`` is text, whole or real.
    """

    key: str
    heading: str
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Columns and their rows, each row as long as the columns."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]

    def values(self, key: str) -> list[Value]:
        """One column by its key."""
        at = [c.key for c in self.columns].index(key)
        return [row[at] for row in self.rows]


_Of = Callable[[Content, FeatureSummary], Value]

_FEATURES: tuple[tuple[Column, _Of], ...] = (
    (Column("id", "编号", 26), lambda _, f: f.id),
    (Column("name", "名称", 24), lambda _, f: f.name),
    (Column("category", "类别代码", 14), lambda _, f: f.category),
    (Column("category_zh", "类别", 10), lambda c, f: c.styles.categories[f.category].name),
    (Column("group_zh", "分组", 12), lambda c, f: c.styles.group_of[f.category].name),
    (Column("level", "级别", 6, "whole"), lambda _, f: f.level),
    (Column("level_zh", "级别含义", 10), lambda c, f: c.styles.levels[f.level].name),
    (Column("status", "状态代码", 12), lambda _, f: f.status),
    (Column("status_zh", "状态", 10), lambda c, f: c.styles.statuses[f.status].name),
    (Column("plans", "规划代码", 16), lambda _, f: " ".join(f.plans)),
    (Column("plans_zh", "规划", 26), lambda c, f: "、".join(c.store.plans[p].short_title for p in f.plans)),
    (Column("aliases", "又称", 26), lambda _, f: "、".join(f.aliases)),
    (Column("part_of", "属于", 24), lambda c, f: _names(c, f.part_of)),
    (Column("members", "组成", 36), lambda c, f: "；".join(f"{k}：{_names(c, v)}" for k, v in f.members.items())),
    (Column("precision", "精度代码", 12), lambda _, f: f.precision),
    (Column("precision_zh", "落图精度", 10), lambda _, f: precision_words(Precision(f.precision)).label_zh),
    (Column("accuracy_m", "误差（米）", 11, "real"), lambda _, f: f.accuracy_m),
    (Column("method", "落图方法", 12), lambda _, f: f.method),
    (Column("basis", "落图依据", 40), lambda _, f: f.basis),
    (Column("note", "落图说明", 40), lambda _, f: _reasons(f)),
    (Column("length_km", "长度（公里）", 13, "real"), lambda _, f: f.length_km),
    (Column("area_km2", "面积（平方公里）", 16, "real"), lambda _, f: f.area_km2),
    (Column("evidence", "出处数", 8, "whole"), lambda c, f: len(c.evidence[f.id])),
    (Column("projects", "项目数", 8, "whole"), lambda c, f: len(c.projects[f.id])),
    (Column("quote", "首条原文", 60), lambda c, f: _first_quote(c, f)),
    (Column("x", "X（经度或东）", 14, "real"), lambda c, f: _at(c, f, 0)),
    (Column("y", "Y（纬度或北）", 14, "real"), lambda c, f: _at(c, f, 1)),
)  # fmt: skip

_PLACE = (
    Column("plan", "规划代码", 12),
    Column("plan_zh", "规划", 20),
    Column("line", "行", 7, "whole"),
    Column("start", "起（字）", 9, "whole"),
    Column("end", "止（字）", 9, "whole"),
    Column("path", "章节", 36),
    Column("mention", "原文称呼", 24),
    Column("sentence", "原文句子", 70),
)
_FEATURE = (Column("feature", "要素编号", 26), Column("name", "要素", 24))
_PROJECT = (
    Column("project", "项目", 36),
    Column("kind", "类型", 10),
    Column("stage", "阶段代码", 12),
    Column("stage_zh", "阶段", 10),
    Column("stage_words", "阶段措辞（原文）", 24),
    Column("start_year", "开工年", 8, "whole"),
    Column("finish_year", "建成年", 8, "whole"),
    Column("dates", "时间（原文）", 18),
    Column("quantities", "数量（原文）", 30),
    Column("invest_yi", "投资（亿元）", 12, "real"),
    Column("remark", "备注", 24),
)


def feature_table(content: Content, features: Sequence[FeatureSummary] | None = None) -> Table:
    """One row a feature; all of the content's unless told which."""
    chosen = content.features if features is None else features
    return Table(
        tuple(column for column, _ in _FEATURES),
        [tuple(value(content, f) for _, value in _FEATURES) for f in chosen],
    )


def evidence_table(content: Content) -> Table:
    """One row a mention of a feature, by feature, plan and place in the text."""
    rows = [(f.id, f.name, *_place(content, e)) for f in content.features for e in content.evidence[f.id]]
    return Table((*_FEATURE, *_PLACE), rows)


def project_table(content: Content) -> Table:
    """One row a project of a feature."""
    rows = [
        (f.id, f.name, *_project(content, p), *_place(content, p.quote))
        for f in content.features
        for p in content.projects[f.id]
    ]
    return Table((*_FEATURE, *_PROJECT, *_PLACE), rows)


def unplaced_table(content: Content) -> Table:
    """One row a feature that is not on the map, with the reason."""
    rows = [
        (
            f.id, f.name, content.styles.categories[f.category].name, f.level,
            "、".join(content.store.plans[p].short_title for p in f.plans), _reasons(f), f.basis, _first_quote(content, f),
        )
        for f in content.features
        if f.id not in content.geometries
    ]  # fmt: skip
    columns = (
        *_FEATURE, Column("category_zh", "类别", 10), Column("level", "级别", 6, "whole"), Column("plans_zh", "规划", 26),
        Column("note", "没有落图的原因", 50), Column("basis", "依据", 30), Column("quote", "首条原文", 70),
    )  # fmt: skip
    return Table(columns, rows)


def place_words(content: Content, e: Evidence) -> str:
    """Where a sentence stands, in words: plan and line."""
    return f"{content.store.plans[e.plan].short_title} 第 {e.line} 行"


def _names(content: Content, ids: Sequence[str]) -> str:
    features = content.store.features
    return "、".join(features[i].name if i in features else i for i in ids)


def _reasons(f: FeatureSummary) -> str:
    return "；".join(dict.fromkeys(w for w in (f.placement_note, *(i["text"] for i in f.issues)) if w))


def _first_quote(content: Content, f: FeatureSummary) -> Value:
    found = content.evidence[f.id]
    return f"「{found[0].sentence}」（{place_words(content, found[0])}）" if found else None


def _at(content: Content, f: FeatureSummary, axis: int) -> Value:
    if f.lon is None or f.lat is None:
        return None
    point = in_crs(Point(f.lon, f.lat), content.crs)
    return (float(point.x), float(point.y))[axis]


def _place(content: Content, e: Evidence) -> Iterator[Value]:
    yield from (e.plan, content.store.plans[e.plan].short_title, e.line, e.start, e.end)
    yield from (" / ".join(e.path), e.mention, e.sentence)


def _project(content: Content, p: ProjectRecord) -> tuple[Value, ...]:
    invested = [float(q["value"]) for q in p.quantities if q["kind"] == "investment" and q["unit"] == "亿元"]
    return (
        p.name, p.kind, p.stage, content.styles.stages[p.stage].name, p.stage_words["text"] if p.stage_words else None,
        p.start_year, p.finish_year, _printed(p.dates), _printed(p.quantities),
        invested[0] if len(invested) == 1 else None, p.note,
    )  # fmt: skip


def _printed(told: Sequence[dict[str, Any]]) -> str:
    return "、".join(dict.fromkeys(str(item["printed"]) for item in told))
