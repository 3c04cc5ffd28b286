"""The document of the page: the language it speaks, and what it has the browser fetch before any script runs."""

from __future__ import annotations

import re
from typing import Any

from dash import Dash
from markupsafe import Markup

from viewer import i18n, page
from viewer.ledger_maker import LedgerMaker
from viewer.opening_map import OpeningMap

INDEX = """<!DOCTYPE html>
<html lang="{%lang%}">
<head>{%metas%}<meta name="viewport" content="width=device-width, initial-scale=1"><title>{%title%}</title>{%early%}{%favicon%}{%css%}</head>
<body>{%app_entry%}<footer>{%messages%}{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""

LATER = {"dash_ag_grid": "projects"}
"""Component package -> the page that uses it: a megabyte of script that the map does without."""

_UNUSED = re.compile(r"dash/(dash_table|dcc)\Z")
"""Component packages of Dash itself that no page uses."""

_POLYFILL = re.compile(r'<script src="/_dash-component-suites/dash/deps/polyfill@[^"]+"></script>')
"""What Dash brings for browsers older than any that can draw this page."""

_COMPONENTS = re.compile(r'<script src="(/_dash-component-suites/([^"]+)/[^"/]+)"></script>')
_LAYER_COMPONENT = "/_dash-component-suites/dash_leaflet/async-GeoJSON.js"
_RENDERER_ASKS = ("/_dash-layout", "/_dash-dependencies")


class Application(Dash):
    """Dash whose document speaks the language asked for and asks early for what the map needs."""

    ledger: LedgerMaker
    opening_map: OpeningMap
    plans: tuple[str, ...]

    def interpolate_index(self, **parts: Any) -> str:
        language = i18n.document_language()
        if language != i18n.DEFAULT:
            parts["css"] += '<link rel="stylesheet" href="/assets/languages.css">'
        parts["title"] = i18n._(page.TITLE)
        parts["scripts"] = _COMPONENTS.sub(_when_it_is_needed, _POLYFILL.sub("", parts["scripts"]))
        document = str(super().interpolate_index(**parts))
        own = {
            "{%lang%}": i18n.language_tag(),
            "{%early%}": early_requests(self.opening_map, language),
            "{%messages%}": i18n.messages_element(language),
        }
        for place, text in own.items():
            document = document.replace(place, text, 1)
        return document


def _when_it_is_needed(script: re.Match[str]) -> str:
    """The element of a component package: as it is, left for assets/0-later.js, or none."""
    url, package = script.groups()
    if package in LATER:
        return f'<template data-later="{LATER[package]}" data-src="{url}"></template>'
    return "" if _UNUSED.match(package) else script[0]


def early_requests(opening_map: OpeningMap, language: str) -> Markup:
    """What is on its way before any script runs: the map's data, and what Dash's renderer and its layers ask first.

    assets/0-early.js and assets/1-opening.js hand the answers on.
    """
    opening, rest = opening_map.urls
    said = "" if language == i18n.DEFAULT else f"?lang={language}"
    fetched = Markup('<link rel="preload" as="fetch" crossorigin href="{}">')
    return Markup("").join(
        [
            Markup(
                '<link rel="preload" as="fetch" crossorigin href="{}" data-paths="{}" data-rest="{}">'
            ).format(opening, " ".join(opening_map.paths), rest),
            *(fetched.format(path + said) for path in _RENDERER_ASKS),
            Markup('<link rel="preload" as="script" href="{}">').format(_LAYER_COMPONENT),
        ]
    )
