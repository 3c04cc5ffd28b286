"""How far a project has come, in real clauses of the plans, and the table of words itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.folding import fold
from layers.stages import STAGE_WORDS, StageError, StageWords, read_stage_words
from tests.conftest import DATA


@pytest.fixture(scope="module")
def table() -> StageWords:
    return read_stage_words(DATA / STAGE_WORDS)


def told(table: StageWords, clause: str, looks_back: bool = False) -> tuple[str, str] | None:
    words = fold(clause).text
    found = table.read(words, looks_back)
    return (found.stage, words[found.start : found.end]) if found else None


@pytest.mark.parametrize(
    ("clause", "stage", "words"),
    [
        ("研究论证地铁16号线纳入第三批建设计划可行性", "study", "研究论证"),
        ("研究推进轻轨11号线北延", "study", "研究推进"),
        ("争取青荣城际南线纳入国网规划", "study", "争取青荣城际南线纳入"),
        ("推进青威高速延长线、莱青高速公路和蓝谷快速路选线落位", "study", "选线"),
        ("规划建设移赵路", "planned", "规划建设"),
        ("到2025年，规划新建幼儿园16所", "planned", "规划新建"),
        ("二期拟拆除裙楼部分", "planned", "拟拆除"),
        ("适时启动动漫园二期建设", "planned", "适时启动"),
        (
            "加快院士港研究院南延、院士港二期东扩、国际院士港大数据中心等项目建设",
            "advancing",
            "加快院士港研究院南延、院士港二期东扩、国际院士港大数据中心等项目建设",
        ),
        ("加快推进中山路步行街等项目规划建设", "advancing", "加快推进中山路步行街等项目规划建设"),
        ("加快推进片区收储", "advancing", "加快推进"),
        ("推进国家级海洋经济发展示范区建设", "advancing", "推进国家级海洋经济发展示范区建设"),
        ("红岛高铁站、城阳火车站即将投入使用", "under_construction", "即将投入使用"),
        ("一期工程已完工", "completed", "已完工"),
        ("一期升级改造、客房装修、设备更新等工作已基本完成", "completed", "已基本完成"),
    ],
)
def test_real_clauses(table: StageWords, clause: str, stage: str, words: str) -> None:
    assert told(table, clause) == (stage, fold(words).text)


@pytest.mark.parametrize(
    "clause",
    [
        "建设超高层城市综合体",  # says neither begun nor to come
        "建成启用红岛高铁站、城阳火车站",  # an aim: it is not built by being in the plan
        "到2025年，建成区绿化覆盖率达到43.6%以上",
        "积极对接中科院海洋大科学研究中心",
        "支持驻即高校建设高水平研究型大学",
        "推动黄河流域生态保护和高质量发展、融入胶东经济圈一体化、发力中央活力区建设",
        "推动传统商业向全渠道平台商转型建设",
        "推动李沧区西部地区产业转型升级",
        "",
    ],
)
def test_what_tells_no_stage(table: StageWords, clause: str) -> None:
    assert told(table, clause) is None


@pytest.mark.parametrize(
    ("clause", "stage"),
    [
        ("双积路立交、双元路拓宽、春阳路西延等30余条重点道路建成通车", "completed"),
        ("新建社区卫生服务中心7个", "completed"),
        ("开工建设亚洲杯青春足球场", "under_construction"),
        ("红岛高铁站、城阳火车站即将投入使用", "under_construction"),
        ("规划总建筑面积100万平米的数字经济园区加快建设", "advancing"),
        ("筹建人才住房1.2万套", "planned"),
    ],
)
def test_a_chapter_that_looks_back_tells_what_was_done(table: StageWords, clause: str, stage: str) -> None:
    found = told(table, clause, looks_back=True)
    assert found is not None
    assert found[0] == stage


@pytest.mark.parametrize(
    ("headings", "looks_back"),
    [
        (("第一章 开启现代化建设新征程", "第一节 决胜全面建成小康社会取得决定性成就"), True),
        (("第一章 新时代城阳高质量发展基础全面夯实",), True),
        (("第五章 全面建设更好满足人民对美好生活向往的幸福新城阳",), False),
        ((), False),
    ],
)
def test_which_chapters_look_back(table: StageWords, headings: tuple[str, ...], looks_back: bool) -> None:
    assert table.looks_back(headings) is looks_back


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("version: 1\nreview: [回顾]\nnot_words: []\nbreaks: []\nrules: [{stage: done, words: [建成]}]", "rules 第 1 条 stage"),
        ("version: 1\nreview: [回顾]\nnot_words: []\nbreaks: []\nrules: [{stage: study, words: [建]}]", "rules 第 1 条 words.0"),
        ("version: 1\nreview: [回顾]\nnot_words: []\nbreaks: []\nrules: []\nwords: []", "words"),
        ("version: [", "不是有效的 YAML"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / STAGE_WORDS
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StageError, match=f"stages.yaml.*{sentence}"):
        read_stage_words(path)


def test_a_missing_table_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"stages\.yaml：无法读取"):
        read_stage_words(tmp_path / STAGE_WORDS)
