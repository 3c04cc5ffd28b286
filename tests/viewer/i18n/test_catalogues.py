"""The catalogues: every interface string is translated, nothing in them is left over, placeholders agree."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.jslexer import Token, tokenize

from viewer.i18n import CatalogueError
from viewer.i18n.catalogue import BROWSER, LOCALE, SERVER, catalogue_path, forms, placeholders, read_catalogue
from viewer.i18n.extraction import source_files, update_catalogue, used_messages
from viewer.settings import ROOT

CHINESE = re.compile("[\u3400-\u9fff]")
WRAPPERS = {"_", "N_", "_n", "phrase", "phrase_n", "said"}

# Chinese in viewer/ that is no interface text: errors of the start, answers to other programs, and words of plans.
NOT_SHOWN = {
    "application.py", "settings.py", "fragments.py", "catalogue.py", "language.py",
}  # fmt: skip
PLAN_WORDS = {"正文", "等", "状态", "城阳的发展轴怎么走"}
"""Fallbacks inside quotations, a question as its readers would ask it, and the keys of layers.crossplan, which are shown through ``_``."""
FILE_NAMES = {"规划图集-", "全部", "筛选", "汇报", "图集", "讲义", "演示场景"}


@pytest.mark.parametrize("domain", [SERVER, BROWSER])
def test_every_message_is_translated_and_none_is_left_over(domain: str) -> None:
    catalogue = {forms(m.id)[0]: m for m in read_catalogue(catalogue_path("en", domain), "en") if m.id}
    used = {forms(message)[0]: message for message in used_messages(domain)}
    missing = [text for text in used if text not in catalogue or not all(forms(catalogue[text].string or ""))]
    assert missing == [], "run `make messages`, then translate what it lists"
    assert sorted(catalogue.keys() - used.keys()) == []
    counting = [
        text for text, message in used.items() if len(forms(message)) != len(forms(catalogue[text].id))
    ]
    assert counting == []


@pytest.mark.parametrize("domain", [SERVER, BROWSER])
def test_translations_are_not_chinese(domain: str) -> None:
    shown = [
        form for m in read_catalogue(catalogue_path("en", domain), "en") if m.id for form in forms(m.string)
    ]
    assert [form for form in shown if CHINESE.search(form)] == []


def test_no_string_of_the_viewer_is_left_unwrapped() -> None:
    unwrapped = {
        f"{path.name}: {text}"
        for path in source_files(SERVER)
        if path.is_relative_to(ROOT / "viewer") and path.name not in NOT_SHOWN
        for text in _bare_strings(path)
        if text not in PLAN_WORDS | FILE_NAMES
    }
    assert unwrapped - _known_exceptions() == set()


def _known_exceptions() -> set[str]:
    """The table's own words (English is built in), the schema of base maps, and a citation, which is Chinese."""
    from viewer.projects_page import LOCALE as TABLE_WORDS

    table = {f"projects_page.py: {word}" for word in TABLE_WORDS.values()}
    return table | {"panel_evidence.py: ，第", "panel_evidence.py: 行）"}


def _bare_strings(path: Path) -> Iterator[str]:
    """Chinese string constants outside of docstrings, sentences of exceptions and what wraps messages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spared = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRAPPERS:
            spared |= {id(part) for argument in node.args[:1] for part in ast.walk(argument)}
        if isinstance(node, ast.Raise):
            spared |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in spared:
            continue
        if CHINESE.search(node.value):
            yield node.value


def test_no_string_of_the_scripts_is_left_unwrapped() -> None:
    unwrapped = [
        f"{path.name}:{token.lineno} {token.value}"
        for path in source_files(BROWSER)
        for before, token in _bare_js_strings(path)
        if before not in {"t", "tn", "phrase", "phraseN", "atlas.phraseN", "atlas.t", "atlas.tn", "atlas.phrase"} and "规划" not in token.value[:3]
    ]  # fmt: skip
    assert unwrapped == []


def _bare_js_strings(path: Path) -> Iterator[tuple[str, Token]]:
    """Each string with Chinese, and the name of the function it is the first argument of."""
    tokens = [t for t in tokenize(path.read_text(encoding="utf-8")) if "comment" not in t.type]
    for i, token in enumerate(tokens):
        if token.type in ("string", "template_string") and CHINESE.search(token.value):
            called = i >= 2 and tokens[i - 1].value == "("
            yield (tokens[i - 2].value if called else ""), token


def test_broken_catalogues_are_one_sentence(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path = tmp_path / "viewer.po"
    for body, reason in (
        ('msgid "第 {line} 行"\nmsgstr "line {lin}"\n', "占位符应是 ['line']，写的是 ['lin']"),
        ('msgid "第 {line} 行"\nmsgstr "line {line"\n', "第 {line} 行"),
        ('msgid "第 {line} 行"\nmsgstr "line {}"\n', "不是名称"),
        ("msgid oops\n", "不是有效的 PO"),
    ):
        path.write_text(head + body, encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"^viewer\.po") as caught:
            read_catalogue(path, "en")
        assert reason in str(caught.value)
        assert "\n" not in str(caught.value)
    with pytest.raises(CatalogueError, match="无法读取"):
        read_catalogue(tmp_path / "none.po", "en")


def test_updating_keeps_translations_and_drops_what_is_used_no_more(tmp_path: Path) -> None:
    path = catalogue_path("en", BROWSER, tmp_path)
    path.parent.mkdir(parents=True)
    kept = catalogue_path("en", BROWSER).read_text(encoding="utf-8")
    path.write_text(
        kept.replace('msgstr "Copied"', 'msgstr ""') + '\nmsgid "没有人用"\nmsgstr "unused"\n',
        encoding="utf-8",
    )
    assert update_catalogue("en", BROWSER, tmp_path) == ["已复制"]
    updated = {m.id: m.string for m in read_catalogue(path, "en") if m.id}
    before = {m.id: m.string for m in read_catalogue(catalogue_path("en", BROWSER), "en") if m.id}
    assert {**updated, "已复制": "Copied"} == before


def test_placeholders_are_names() -> None:
    assert placeholders("第 {line} 行，共 {n} 行") == {"line", "n"}
    assert placeholders("没有") == set()
    assert LOCALE.is_dir()


def test_the_search_for_bare_strings_finds_them(tmp_path: Path) -> None:
    python, script = tmp_path / "a.py", tmp_path / "a.js"
    python.write_text('"""文"""\nx = [_("甲"), "乙", f"丙{x}", N_("丁")]\nraise E("戊")\n', encoding="utf-8")
    script.write_text('const x = [t("甲"), "乙", `丙`, t(a ? "丁" : "戊")]; /* 己 */', encoding="utf-8")
    assert sorted(_bare_strings(python)) == ["丙", "乙"]
    bare = [token.value for before, token in _bare_js_strings(script) if before != "t"]
    assert bare == ['"乙"', "`丙`", '"丁"', '"戊"']
