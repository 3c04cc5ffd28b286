"""Names found in the real plans: exact spans, the longest name, and what only looks like a name."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.atlas import Atlas, build_atlas
from layers.catalog import Catalog, CatalogError
from layers.folding import SEPARATOR, fold_name
from layers.mentions import Mention, find_mentions, find_names, names_in
from tests.layers.plan_readings import PLAN_IDS


def mentions_of(atlas: Atlas, name: str, plan: str) -> list[Mention]:
    feature = atlas.catalog.named(name, plan)
    assert feature is not None, name
    return [m for m in atlas.evidence[feature.id].evidence if m.quote.plan == plan]


def named_on(atlas: Atlas, plan: str, line: int) -> list[tuple[str, str]]:
    """(name of the feature, words) of the mentions that begin on a line."""
    return [
        (item.feature.name, m.quote.mention)
        for item in atlas.evidence.values()
        for m in item.evidence
        if m.quote.plan == plan and m.quote.line == line
    ]


# ---------------------------------------------------------------- names that the file tears apart


def test_a_name_cut_by_a_footnote_is_one_mention_of_two_parts(atlas: Atlas) -> None:
    name = "沿王沙路—青新高速—青龙高速发展轴"
    cut = [m for m in mentions_of(atlas, name, "chengyang") if len(m.quote.parts) > 1]
    assert len(cut) == 1
    quote = cut[0].quote
    text = atlas.plans["chengyang"].text
    assert [text[a:b] for a, b in quote.parts] == ["沿王", "沙路一青新高速一青龙高速发展轴"]
    assert [text.count("\n", 0, a) + 1 for a, _ in quote.parts] == [314, 318]
    assert quote.text == "沙路一青新高速一青龙高速发展轴"
    assert quote.line == 318
    assert quote.mention == "沿王沙路一青新高速一青龙高速发展轴"


def test_a_name_cut_by_a_page_break_is_one_span_with_the_break_in_it(atlas: Atlas) -> None:
    (mention,) = [m for m in mentions_of(atlas, "中心城区北部片区", "jimo") if m.quote.line == 259]
    assert mention.quote.text == "中心城区北部片**\n\n区"
    assert mention.quote.mention == "中心城区北部片区"
    assert mention.quote.sentence.startswith("中心城区北部片区打造全省领先")


@pytest.mark.parametrize(
    ("plan", "line", "name", "text"),
    [
        ("chengyang", 314, "空港工业园区", "空港工 业园区"),
        ("chengyang", 318, "沿黑龙江中路—重庆北路—靖城路发展轴", "沿黑龙江中路一重庆北路一靖城路发展轴"),
        ("chengyang", 130, "地铁1号线", "地铁 1 号线"),
        ("qingdao", 449, "青诸城镇发展轴", "青诸城镇發展轴"),
        ("shinan", 515, "香港西路52号项目", "香港西路 52 号"),
        ("chengyang", 582, "S202威青路", "S202 威青路"),
    ],
)
def test_a_name_is_found_however_it_is_printed(
    atlas: Atlas, plan: str, line: int, name: str, text: str
) -> None:
    assert (line, text) in [(m.quote.line, m.quote.text) for m in mentions_of(atlas, name, plan)]


# ---------------------------------------------------------------- what only looks like a name


def test_a_power_station_is_no_railway_station(atlas: Atlas) -> None:
    """城阳 593: 「220 千伏红岛站」 is a substation."""
    here = [name for name, words in named_on(atlas, "chengyang", 593) if "红岛站" in words]
    assert here == ["220千伏红岛站"]
    assert 593 not in [m.quote.line for m in mentions_of(atlas, "红岛高铁站", "chengyang")]


@pytest.mark.parametrize(("plan", "line"), [("jimo", 636), ("jimo", 789), ("licang", 647)])
def test_changing_customs_is_no_town(atlas: Atlas, plan: str, line: int) -> None:
    text = atlas.plans[plan].text
    assert "移风易俗" in text.split("\n")[line - 1]
    assert [words for _, words in named_on(atlas, plan, line) if "移风" in words] == []


def test_the_town_itself_is_found(atlas: Atlas) -> None:
    assert [m.quote.line for m in mentions_of(atlas, "移风店", "jimo")] == [415]


def test_a_district_is_not_read_across_two_other_names(atlas: Atlas) -> None:
    """青岛 439: 「平度市南村镇」 holds 「市南」 but names no 市南区; 「市南、市北」 before it does."""
    text = atlas.plans["qingdao"].text
    spans = [(m.quote.start, m.quote.end) for m in mentions_of(atlas, "市南区", "qingdao")]
    trap = text.index("平度市南村镇")
    assert spans
    assert not any(trap <= a < trap + 6 for a, _ in spans)
    assert any(text[a : a + 5] == "市南、市北" for a, _ in spans)
    assert any(trap <= m.quote.start < trap + 6 for m in mentions_of(atlas, "南村镇", "qingdao"))


def test_a_metro_line_is_not_found_in_a_longer_number(atlas: Atlas) -> None:
    for plan in PLAN_IDS:
        text = atlas.plans[plan].text
        for mention in mentions_of(atlas, "地铁1号线", plan):
            before = text[: mention.quote.start].rstrip()
            assert not before[-1:].isdigit()
            assert "11" not in mention.quote.mention
    assert ("地铁11号线", "地铁11号线") in named_on(atlas, "jimo", 128)


def test_a_table_of_contents_and_a_repeated_copy_give_no_evidence(atlas: Atlas) -> None:
    """The city's file holds its text three times, lines 3-449, 451-897 and 899-1345."""
    lines = {m.quote.line for i in atlas.evidence.values() for m in i.evidence if m.quote.plan == "qingdao"}
    assert max(lines) <= 449


# ---------------------------------------------------------------- lists that share a word


@pytest.mark.parametrize(
    ("plan", "line", "found"),
    [
        ("shinan", 587, ["地铁1号线", "地铁8号线", "地铁4号线", "地铁2号线", "地铁5号线"]),
        ("jimo", 684, ["地铁7号线", "地铁15号线", "地铁16号线", "地铁11号线"]),
        ("chengyang", 576, ["东部热源站点", "西部热源站点"]),
        ("qingdao", 441, ["市南区", "市北区", "李沧区", "崂山区", "城阳区"]),
        (
            "shinan",
            515,
            ["海天中心", "绿城深蓝中心", "香港西路52号项目", "航运科技大厦", "财富中心", "鲁商中心"],
        ),
        (
            "shinan",
            595,
            [
                "青岛湾地下停车场",
                "南京路地下停车场",
                "汇泉湾地下停车场",
                "中山路片区地下停车场",
                "湛山广场地下停车场",
                "六街口地下停车场",
                "龙山地下停车场",
            ],
        ),
        ("chengyang", 582, ["中车大道", "岙东路", "长江路", "华中路", "李王路", "环城北路", "文阳路"]),
    ],
)
def test_every_member_of_a_list_has_its_own_evidence(
    atlas: Atlas, plan: str, line: int, found: list[str]
) -> None:
    names = [name for name, _ in named_on(atlas, plan, line)]
    assert [name for name in found if name not in names] == []


# ---------------------------------------------------------------- every real mention


def test_all_real_evidence_is_exact(atlas: Atlas) -> None:
    quotes = [m.quote for i in atlas.evidence.values() for m in i.evidence]
    quotes += [p.quote for i in atlas.evidence.values() for p in i.projects]
    assert len(quotes) > 3000
    for q in quotes:
        text = atlas.plans[q.plan].text
        assert q.text == text[q.start : q.end]
        assert (q.start, q.end) in q.parts
        assert q.end - q.start == max(b - a for a, b in q.parts)
        assert all(b <= c for (_, b), (c, _) in pairwise(q.parts))
        assert q.line == text.count("\n", 0, q.start) + 1
        assert q.mention
        assert q.sentence == q.before + q.mention + q.after
        printed = fold_name("".join(text[a:b] for a, b in q.parts))
        assert fold_name(q.mention).replace(SEPARATOR, "") == printed.replace(SEPARATOR, "")
        assert "\n" not in q.sentence


def test_a_mention_found_by_name_is_one_of_the_feature_s_names(atlas: Atlas) -> None:
    for item in atlas.evidence.values():
        names = {fold_name(n) for n in (item.feature.name, *item.feature.aliases)}
        for m in item.evidence:
            if not m.by_hand:
                assert atlas.texts[m.quote.plan].reading.text[m.a : m.b] in names


@pytest.mark.parametrize("plan", PLAN_IDS)
def test_names_never_overlap(atlas: Atlas, plan: str) -> None:
    found = [m for i in atlas.evidence.values() for m in i.evidence if m.quote.plan == plan and not m.by_hand]
    found.sort(key=lambda m: m.a)
    assert [(m.quote.text, n.quote.text) for m, n in pairwise(found) if m.b > n.a] == []


# ---------------------------------------------------------------- the finder itself


def matches(names: list[str], text: str) -> list[str]:
    return [text[m.a : m.b] for m in find_names(dict.fromkeys(names, "id"), text)]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["1号线"], "地铁11号线和1号线", ["1号线"]),
        (["11号线"], "地铁111号线", []),
        (["1号线"], "地铁1号线", ["1号线"]),
        (["g20"], "g204和g20", ["g20"]),
        (["s20"], "as20", []),
        (["52号"], "香港西路52号", ["52号"]),
        ([], "市南", []),
        (["市南", "南村镇"], "平度市南村镇", ["市南", "南村镇"]),
    ],
)
def test_find_names(names: list[str], text: str, found: list[str]) -> None:
    assert matches(names, text) == found


_WORDS = st.text(alphabet="市南村路1a2号线", min_size=1, max_size=4)


@given(st.lists(_WORDS, max_size=6), st.text(alphabet="市南村路1a2号线" + SEPARATOR, max_size=40))
def test_find_names_gives_what_stands_there(names: list[str], text: str) -> None:
    found = list(find_names(dict.fromkeys(names, "id"), text))
    assert all(text[m.a : m.b] in names for m in found)
    spans = {(m.a, m.b) for m in found}
    for name in names:
        if not (name[0].isascii() or name[-1].isascii()):
            at = text.find(name)
            assert at < 0 or (at, at + len(name)) in spans


def test_names_of_both_scopes_are_valid_in_a_plan(atlas: Atlas) -> None:
    names = names_in(atlas.catalog, "jimo")
    assert names["移风易俗"] is None
    own = names["移风店"]
    shared = names["地铁11号线"]
    assert own is not None
    assert own.startswith("jimo.")
    assert shared is not None
    assert shared.startswith("shared.")
    assert "移风店" not in names_in(atlas.catalog, "chengyang")


def test_two_features_of_one_name_are_refused(atlas: Atlas) -> None:
    features = dict(atlas.catalog.features)
    twin = next(f for f in features.values() if f.name == "移风店")
    features["jimo.twin"] = type(twin)("jimo.twin", "jimo", twin.base, dict(twin.views))
    with pytest.raises(CatalogError, match="「移风店」同时是"):
        names_in(Catalog(features, {}), "jimo")


def test_finding_twice_finds_the_same(atlas: Atlas) -> None:
    first = find_mentions(atlas.catalog, atlas.texts["licang"])
    assert first == find_mentions(atlas.catalog, atlas.texts["licang"])
    assert [m.a for m in first] == sorted(m.a for m in first)


def test_a_refusal_that_refuses_nothing_stops_the_build(tiny_data: Path) -> None:
    path = tiny_data / "catalog" / "tiny.yaml"
    text = path.read_text(encoding="utf-8")
    entry = "  - name: 夏庄街道\n"
    assert entry in text
    refusal = "    not_at: [{line: 11, text: 建设安置房, reason: 不是}]\n"
    path.write_text(text.replace(entry, entry + refusal), encoding="utf-8")
    with pytest.raises(
        CatalogError, match=r"^tiny\.yaml：「夏庄街道」的 not_at：tiny\.txt 第 11 行的「建设安置房」"
    ):
        build_atlas(tiny_data)
