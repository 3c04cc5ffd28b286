"""The page's own scripts and style sheets as one file each: some forty requests fewer before the first map.

The files of assets/ stay apart for who reads them; here they are joined in memory in the order of their names, which is
the order in which Dash would load them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from dash import Dash

from viewer.kept_answers import KeptAnswers

NO_SINGLE_FILES = r"\.(js|css)$"
"""What Dash is told to leave out of the page; each file keeps its URL below /assets/."""

_OTHER_DOCUMENTS = re.compile(r"(presenter|languages)\.")
"""Files of the presenter's window, and of languages other than Chinese."""


def bundled_files(assets: Path, suffix: str) -> list[Path]:
    """The files of the page with this suffix, in the order in which they run."""
    return sorted(p for p in assets.glob(f"*.{suffix}") if not _OTHER_DOCUMENTS.match(p.name))


def script_bundle(files: Iterable[Path]) -> bytes:
    """Scripts in one; a missing semicolon or a last comment of one cannot reach into the next."""
    return "\n".join(f"/* {p.name} */\n{p.read_text(encoding='utf-8')}\n;" for p in files).encode()


def style_bundle(files: Iterable[Path], more: str) -> bytes:
    """Style sheets in one, those that follow from data last."""
    return "\n".join([*(f"/* {p.name} */\n{p.read_text(encoding='utf-8')}" for p in files), more]).encode()


def register_bundles(app: Dash, kept: KeptAnswers, assets: Path, style_sheet: str) -> None:
    """Let Dash put the bundles where it would put the single files: after its components, before its renderer.

    Parameters
    ----------
    app
        The application, made with ``assets_ignore=NO_SINGLE_FILES``.
    kept
        Where the bundles are kept.
    assets
        The folder of the single files.
    style_sheet
        The rules that follow from data.
    """
    script = script_bundle(bundled_files(assets, "js"))
    style = style_bundle(bundled_files(assets, "css"), style_sheet)
    scripts_url = kept.keep("atlas", "js", script, "text/javascript; charset=utf-8")
    app.scripts.append_script({"external_url": scripts_url, "external_only": True})
    style_url = kept.keep("atlas", "css", style, "text/css; charset=utf-8")
    app.css.append_css({"external_url": style_url, "external_only": True})
