"""Translations as data/locale/<language>/LC_MESSAGES/*.po keeps them: read and checked when first needed.

``viewer.po`` holds the messages of viewer/*.py, ``browser.po`` those of assets/*.js. Nothing compiled is kept.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from viewer.i18n.language import DEFAULT, LANGUAGES
from viewer.settings import ROOT

LOCALE = ROOT / "data" / "locale"
SERVER, BROWSER = "viewer", "browser"


class CatalogueError(ValueError):
    """A catalogue is wrong; the message names file, entry and reason."""


def catalogue_path(language: str, domain: str, folder: Path = LOCALE) -> Path:
    """Where the messages of a domain are translated."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """The entries of a .po file; a message without a translation is there with an empty one.

    Raises
    ------
    CatalogueError
        When the file cannot be read, is no .po file, or a translation has other placeholders than its message.
    """
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except OSError as e:
        raise CatalogueError(f"{path.name}：无法读取：{e.strerror}") from e
    except PoFileError as e:
        raise CatalogueError(f"{path.name} 第 {e.lineno + 1} 行：不是有效的 PO：{e}") from e
    except (UnicodeDecodeError, ValueError) as e:
        raise CatalogueError(f"{path.name}：不是有效的 PO：{e}") from e
    for message in catalogue:
        if message.id:
            _check(path.name, message)
    return catalogue


def _check(name: str, message: Message) -> None:
    wanted = placeholders(forms(message.id)[0])
    for form in forms(message.string):
        try:
            found = placeholders(form)
        except ValueError as e:
            raise CatalogueError(f"{name}：「{forms(message.id)[0]}」的译文：{e}") from e
        if form and found != wanted:
            raise CatalogueError(
                f"{name}：「{forms(message.id)[0]}」的译文占位符应是 {sorted(wanted)}，写的是 {sorted(found)}"
            )


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A message or translation with all its plural forms; one where it does not count."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    """The names in braces.

    Raises
    ------
    ValueError
        A brace is not closed, or a placeholder has no plain name.
    """
    names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    odd = sorted(name for name in names if not name.isidentifier())
    if odd:
        raise ValueError(f"占位符 {{{odd[0]}}} 不是名称")
    return names


@cache
def translations(language: str) -> NullTranslations:
    """The messages of viewer/*.py in a language; Chinese stays as it is written in the code."""
    if language == DEFAULT:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(catalogue_path(language, SERVER), language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def browser_messages(language: str) -> dict[str, str | list[str]]:
    """Message -> translation (a list of plural forms where it counts) for assets/*.js; nothing for Chinese."""
    if language == DEFAULT:
        return {}
    catalogue = read_catalogue(catalogue_path(language, BROWSER), language)
    return {
        forms(m.id)[0]: m.string if isinstance(m.string, str) else list(m.string)
        for m in catalogue
        if m.id and all(forms(m.string))
    }


def check_catalogues() -> None:
    """Read every catalogue once, so that a wrong one stops the start and not a request.

    Raises
    ------
    CatalogueError
        For the first wrong one.
    """
    for language in LANGUAGES:
        translations(language)
        browser_messages(language)
