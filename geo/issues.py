"""What a placement had to repair, assume or give up: a table of issue types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue matters to a reader of the map."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class IssueType(StrEnum):
    """Kinds of placement issue."""

    SIDE_ALONG_ROAD = "side_along_road"
    SIDE_MISSES_AREA = "side_misses_area"
    EMPTY_RESULT = "empty_result"
    SLIVERS_DROPPED = "slivers_dropped"
    FAR_FROM_COAST = "far_from_coast"
    COAST_NOT_JOINED = "coast_not_joined"
    SEA_NOT_CLOSED = "sea_not_closed"
    SHARP_TURN = "sharp_turn"
    LINE_CROSSES_ITSELF = "line_crosses_itself"
    LEAVES_FRAME = "leaves_frame"
    OUTSIDE_FRAME = "outside_frame"
    PART_UNPLACED = "part_unplaced"
    NOT_ON_LAND = "not_on_land"
    NO_EXTENT = "no_extent"
    NO_NEIGHBOURS = "no_neighbours"
    TOO_FEW_POINTS = "too_few_points"
    SMALLER_THAN_ERROR = "smaller_than_error"
    NO_MEMBERS = "no_members"
    PRECISION_KEPT = "precision_kept"
    ACCURACY_KEPT = "accuracy_kept"
    UNPLACED_BY_CHOICE = "unplaced_by_choice"


@dataclass(frozen=True)
class Issue:
    """One thing a reader should know about a placement.

    Attributes
    ----------
    type
        Row of the table of issue types.
    severity
        How much it matters.
    message
        One Chinese sentence.
    """

    type: IssueType
    severity: Severity
    message: str


_TABLE: dict[IssueType, tuple[Severity, str]] = {
    IssueType.SIDE_ALONG_ROAD: (
        Severity.WARNING,
        "「{name}」大体为{run}走向，却被用作{side}界，按其{end}端点切分",
    ),
    IssueType.SIDE_MISSES_AREA: (Severity.WARNING, "「{name}」不与「{area}」相交，{side}界没有切到任何范围"),
    IssueType.EMPTY_RESULT: (Severity.ERROR, "按所述界限切分后没有剩余范围，只能落到「{area}」"),
    IssueType.SLIVERS_DROPPED: (Severity.INFO, "去掉了 {count} 个碎块"),
    IssueType.FAR_FROM_COAST: (Severity.WARNING, "「{name}」离海岸约 {km} 公里，取最近的岸线点"),
    IssueType.COAST_NOT_JOINED: (Severity.ERROR, "「{start}」与「{end}」不在同一段海岸附近，只画出两点"),
    IssueType.SEA_NOT_CLOSED: (Severity.ERROR, "所列岬角没有围合出水面（{names}），只标出大致位置"),
    IssueType.SHARP_TURN: (Severity.WARNING, "轴线在「{name}」处转折过急（{degrees} 度），请核对节点顺序"),
    IssueType.LINE_CROSSES_ITSELF: (Severity.WARNING, "平滑后的线与自身相交，改用折线"),
    IssueType.LEAVES_FRAME: (Severity.INFO, "线路延伸到图幅以外，在图边截断并加箭头"),
    IssueType.OUTSIDE_FRAME: (Severity.ERROR, "全部节点都在图幅以外"),
    IssueType.PART_UNPLACED: (Severity.WARNING, "组成部分「{name}」没有落图，未包括在内"),
    IssueType.NOT_ON_LAND: (Severity.ERROR, "所得范围不在陆地上，只能落到「{area}」"),
    IssueType.NO_EXTENT: (Severity.WARNING, "「{name}」只有一个点，没有范围，按 {radius} 米半径估计"),
    IssueType.NO_NEIGHBOURS: (
        Severity.WARNING,
        "「{district}」内没有其他镇街驻地可供划分，「{name}」的范围即全区",
    ),
    IssueType.TOO_FEW_POINTS: (Severity.WARNING, "地点不足三个，围不成面，按 {radius} 米半径示意"),
    IssueType.SMALLER_THAN_ERROR: (Severity.WARNING, "位置误差约 {accuracy} 米，大于图形本身，降低精度等级"),
    IssueType.NO_MEMBERS: (Severity.WARNING, "没有列出成员，无法由成员成图"),
    IssueType.PRECISION_KEPT: (Severity.WARNING, "目录写的精度「{asked}」高于依据，仍按「{kept}」"),
    IssueType.ACCURACY_KEPT: (Severity.WARNING, "目录写的误差 {asked} 米小于依据，仍按 {kept} 米"),
    IssueType.UNPLACED_BY_CHOICE: (Severity.INFO, "{reason}"),
}


def make_issue(kind: IssueType, **values: object) -> Issue:
    """An issue of a type, its sentence filled in.

    Parameters
    ----------
    kind
        Row of the table.
    **values
        What the sentence of that row names.
    """
    severity, sentence = _TABLE[kind]
    return Issue(kind, severity, sentence.format(**values))
