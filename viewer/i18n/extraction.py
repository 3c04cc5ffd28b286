"""Which messages the code uses, found by Babel's extractors; ``python -m viewer.i18n.extraction`` updates data/locale."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po

from layers.audit import VERDICTS
from layers.catalog_entries import ProjectKind
from layers.crossplan import FIGURE_NAMES
from layers.export_crs import CRS_NAMES
from layers.formats import FORMATS
from layers.ledger_rules import BIN_NAMES
from viewer.i18n.catalogue import BROWSER, LOCALE, SERVER, catalogue_path, forms, read_catalogue
from viewer.i18n.language import DEFAULT, LANGUAGES
from viewer.settings import ROOT

_COUNTS = (1, 1)  # Chinese has one form: it is singular and plural
_KEYWORDS = {
    SERVER: {"_": None, "N_": None, "phrase": None, "_n": _COUNTS, "phrase_n": _COUNTS, "said": None},
    BROWSER: {"t": None, "atlas.t": None, "phrase": None, "atlas.phrase": None, "tn": _COUNTS, "phraseN": _COUNTS, "atlas.tn": _COUNTS, "atlas.phraseN": _COUNTS},
}  # fmt: skip
_HEADER = """# {language}: msgid is the Chinese of the code, msgstr what is shown instead; names in braces stay as they are.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural};\\n"

"""
_METHODS = {SERVER: "python", BROWSER: "javascript"}

Id = str | tuple[str, str]
"""A message; twice where it counts."""


def source_files(domain: str) -> list[Path]:
    """The files whose text a browser shows; what the command line prints is Chinese."""
    if domain == BROWSER:
        return sorted((ROOT / "assets").glob("*.js"))
    folders = (sorted((ROOT / name).rglob("*.py")) for name in ("viewer", "layers"))
    return [p for f in folders for p in f if p.parent.name != "commands" and p.stem != "command_line"]


def used_messages(domain: str) -> dict[Id, list[str]]:
    """Every message of a domain with the files that use it, in the order of the code."""
    found: dict[Id, list[str]] = {}
    for path in source_files(domain):
        with path.open("rb") as file:
            for _line, extracted, _comments, _context in extract(
                _METHODS[domain], file, keywords=_KEYWORDS[domain], options={"encoding": "utf-8"}
            ):
                message: Id = extracted if isinstance(extracted, str) else (extracted[0], extracted[1])
                if forms(message)[0].isascii():  # the key in _(NAMES["key"]) is no message
                    continue
                files = found.setdefault(message, [])
                name = path.relative_to(ROOT).as_posix()
                if name not in files:
                    files.append(name)
    if domain == SERVER:
        for term in terms():
            found.setdefault(term, ["layers"])
    return found


def terms() -> Iterator[str]:
    """What :mod:`layers` names for the viewer to show: verdicts, bins, kinds of projects and their figures, formats, coordinate systems."""
    yield from VERDICTS.values()
    yield from BIN_NAMES.values()
    yield from get_args(ProjectKind)
    yield from (f.label for f in FORMATS.values())
    yield from CRS_NAMES.values()
    yield from FIGURE_NAMES.values()


def update_catalogue(language: str, domain: str, folder: Path = LOCALE) -> list[str]:
    """Write the messages in use with the translations there are; what is used no more is left out.

    Returns the messages that still have no translation.
    """
    path = catalogue_path(language, domain, folder)
    before = read_catalogue(path, language)
    after = Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment="")
    for message, files in used_messages(domain).items():
        known = before.get(message if isinstance(message, str) else message[0])
        translation = (
            known.string if known and isinstance(known.id, str) == isinstance(message, str) else None
        )
        after.add(message, translation or None, locations=[(name, 0) for name in files])
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        file.write(_HEADER.format(language=language, plural=after.plural_forms).encode())
        write_po(file, after, width=0, omit_header=True, include_lineno=False)
    beside.replace(path)
    return [forms(m.id)[0] for m in after if m.id and not (m.string and all(forms(m.string)))]


def main() -> int:
    """Update every catalogue; 1 when something is left to translate."""
    left = [
        f"{language}/{domain}: {message}"
        for language in LANGUAGES
        if language != DEFAULT
        for domain in (SERVER, BROWSER)
        for message in update_catalogue(language, domain)
    ]
    sys.stdout.write("".join(f"{line}\n" for line in left))
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
