"""Projects of the real plans, each with the stage, dates and quantities of its own clause; and what a planner may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.atlas import Atlas, build_atlas
from layers.catalog import CatalogError
from layers.projects import Project


def projects(atlas: Atlas, plan: str, line: int) -> list[Project]:
    found = {
        (p.id, p.name): p
        for item in atlas.evidence.values()
        for p in item.projects
        if (p.quote.plan, p.quote.line) == (plan, line)
    }
    return list(found.values())


def named(atlas: Atlas, plan: str, line: int, words: str) -> Project:
    return next(p for p in projects(atlas, plan, line) if words in p.name)


def test_every_span_is_the_plan_s_own_characters(atlas: Atlas) -> None:
    count = 0
    for item in atlas.evidence.values():
        for p in item.projects:
            text = atlas.plans[p.quote.plan].text
            told = [*p.quantities, *p.dates, *([p.stage] if p.stage.text else [])]
            for t in told:
                assert text[t.start : t.end] == t.text, (p.name, t)
            count += len(told)
    assert count > 400


def test_a_quantity_stands_in_the_quote_of_its_project(atlas: Atlas) -> None:
    for item in atlas.evidence.values():
        for p in item.projects:
            for q in p.quantities:
                assert any(a <= q.start and q.end <= b for a, b in p.quote.parts), (p.name, q)


@pytest.mark.parametrize(
    ("plan", "line", "words", "stage"),
    [
        ("licang", 268, "二期东扩", "advancing"),  # 「加快」 stands before the list that it is a member of
        ("shinan", 515, "齐鲁石化疗养院", "advancing"),
        ("shinan", 443, "二期综合商务楼", "planned"),
        ("shinan", 443, "一期工程", "completed"),
        ("shinan", 443, "建设医养健康综合体", "unspecified"),  # its three phases are not at one stage
        ("jimo", 674, "研究推进轻轨11号线北延", "study"),
        ("jimo", 674, "7号线二期", "advancing"),
        ("jimo", 674, "规划建设移赵路", "planned"),
        ("jimo", 674, "S209", "unspecified"),  # 改造提升: not the 规划建设 of the next clause
        ("chengyang", 130, "即将投入使用", "under_construction"),
        ("chengyang", 142, "新建社区卫生服务中心7个", "completed"),
        ("chengyang", 582, "长江路北延工程", "unspecified"),
        (
            "qingdao",
            167,
            "成为国家“双创”示范基地",
            "unspecified",
        ),  # 加快建设 is of the thing after a lost comma
    ],
)
def test_each_project_has_the_stage_of_its_own_clause(
    atlas: Atlas, plan: str, line: int, words: str, stage: str
) -> None:
    assert named(atlas, plan, line, words).stage.stage == stage


@pytest.mark.parametrize(
    ("plan", "line", "words", "finish", "roles"),
    [
        ("chengyang", 676, "建成启用", 2025, {"finish"}),
        ("chengyang", 676, "新增人防工程", None, {"target"}),  # under the same 到2025年, but 新增
        ("chengyang", 694, "保障性住房", None, {"period"}),
        ("shinan", 575, "42个老旧小区", 2025, {"period", "finish"}),
        ("licang", 591, "道路长度", None, {"target"}),
        ("licang", 268, "二期东扩", None, set()),
    ],
)
def test_a_year_holds_for_what_it_governs(
    atlas: Atlas, plan: str, line: int, words: str, finish: int | None, roles: set[str]
) -> None:
    found = [p for p in projects(atlas, plan, line) if words in p.name and {d.role for d in p.dates} == roles]
    assert found
    assert (found[0].start_year, found[0].finish_year) == (None, finish)


@pytest.mark.parametrize(
    ("plan", "line", "words", "printed"),
    [
        ("shinan", 140, "11处山头林地", ["11处"]),
        ("chengyang", 104, "总部载体", ["500万平方米"]),
        ("chengyang", 142, "保障性住房", ["1.61万套", "96.6万平方米"]),
        ("licang", 114, "枣山路", ["73条"]),
        ("licang", 114, "深圳路", ["73条"]),
        ("licang", 112, "黑臭水体", []),
        ("shinan", 443, "建设医养健康综合体", ["约13.5万平方米", "约9亿元"]),
        ("qingdao", 301, "科教产融合园区", ["3—5个"]),
        ("licang", 591, "路网密度", ["383.5公里", "4.8公里"]),
    ],
)
def test_each_project_has_its_own_figures(
    atlas: Atlas, plan: str, line: int, words: str, printed: list[str]
) -> None:
    assert [q.printed for q in named(atlas, plan, line, words).quantities] == printed


ENTRY = (
    "{name: 建设安置房, kind: 新建, line: 11, text: '建设安置房约2.7万平方米,总投资1.5亿元以上,到2025年完工'"
)


def tiny_project(data: Path, added: str) -> Project:
    path = data / "catalog" / "tiny.yaml"
    text = path.read_text(encoding="utf-8")
    assert ENTRY in text
    path.write_text(text.replace(ENTRY, ENTRY + added), encoding="utf-8")
    atlas = build_atlas(data)
    return next(p for item in atlas.evidence.values() for p in item.projects if p.name == "建设安置房")


def test_a_planner_has_the_last_word(tiny_data: Path) -> None:
    added = ", stage: under_construction, start_year: 2022, finish_year: 2024, amounts: [1.5亿元以上]"
    found = tiny_project(tiny_data, added)
    assert (found.stage.stage, found.stage.text) == ("under_construction", None)
    assert (found.start_year, found.finish_year) == (2022, 2024)
    assert [q.text for q in found.quantities] == ["1.5 亿元以上"]


def test_none_of_the_figures_may_be_the_project_s(tiny_data: Path) -> None:
    assert tiny_project(tiny_data, ", amounts: []").quantities == ()


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        (", stage: done", r"stage：不是允许的取值，应是 'study', "),
        (", finish_year: 20225", r"finish_year：数值太大"),
        (", start_year: 22", r"start_year：数值太小"),
        (", start_year: 2025, finish_year: 2022", r"「建设安置房」：start_year 晚于 finish_year"),
        (
            ", amounts: [3亿元]",
            r"amounts：「3亿元」不是这段文字里的数量（读到的是：约2.7万平方米、1.5亿元以上）",
        ),
    ],
)
def test_a_wrong_override_names_file_entry_and_reason(tiny_data: Path, added: str, sentence: str) -> None:
    with pytest.raises(CatalogError) as caught:
        tiny_project(tiny_data, added)
    message = str(caught.value)
    assert message.startswith("tiny.yaml：")
    assert sentence in message
    assert "\n" not in message
