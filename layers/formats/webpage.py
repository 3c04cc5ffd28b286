"""A standalone web page by folium: one file with scripts, styles, base map, layers and evidence inside.

It asks nothing of the network: folium's links to its content delivery network are taken out, Leaflet comes from a
package, and a content security policy forbids every request.
"""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from html import escape
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import folium
from branca.element import Element
from folium.utilities import JsCode

from layers.formats.content import NOTICE, TITLE, Content
from layers.formats.webpage_data import first_level, page_data
from layers.formats.webpage_layers import BASE, PANES, base_collection, category_collection, feature_style

_PAGE = Path(__file__).with_name("page")
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"  # fmt: skip


def render(content: Content) -> bytes:
    """The page."""
    page = _named(folium.Map(location=(36.3, 120.3), tiles=None, zoom_snap=0.25, min_zoom=7,
                             max_zoom=17), "atlas")  # fmt: skip
    page.default_js, page.default_css = [], []  # this map's own lists: the class keeps its links
    root = page.get_root()
    data = page_data(content)
    for number, part in enumerate(_head(content, data)):
        root.header.add_child(_raw(part), name=f"page{number}")
    root.html.add_child(_raw(_side(content)), name="side")
    _add_base(page, content)
    shown = _add_layers(page, content)
    calls = ", ".join(f"{json.dumps(c)}: {name}" for c, name in shown.items())
    for child in root._children.values():
        child.render()  # puts its scripts into the root, which is written once they are all there
    root.script.add_child(_raw(f"planAtlasPage.start({page.get_name()}, {{{calls}}});"), name="start")
    return _finished(root).encode()


def _finished(root: Any) -> str:
    """The whole text, with the language it is in."""
    text: str = root._template.render(this=root, kwargs={})
    return text.replace("<html>", '<html lang="zh-CN">', 1)


def _raw(text: str) -> Any:
    """Text as it is: what an Element is made from is a template, in which the words of a plan could be code."""
    element: Any = Element("{{ this.raw }}")
    element.raw = text
    return element


def _named(element: Any, name: str) -> Any:
    """An element with a name of its own instead of a random one, so that the same data give the same file."""
    element._id = name
    return element


def _add_pane(page: Any, name: str, z: int, clickable: bool = False) -> None:
    pane = folium.map.CustomPane(name, z_index=z, pointer_events=clickable)
    _named(pane, name.replace("-", "_")).add_to(page)


def _add_base(page: Any, content: Content) -> None:
    for z, (name, look) in enumerate(BASE.items()):
        _add_pane(page, f"base-{name}", 210 + 5 * z)
        collection = base_collection(content, name)
        if collection["features"]:
            layer = folium.GeoJson(
                collection, style_function=lambda _, look=look: look, control=False, pane=f"base-{name}",
                interactive=False, on_each_feature=JsCode("planAtlasPage.district") if name == "districts" else None,
            )  # fmt: skip
            _named(layer, f"base_{name}").add_to(page)


def _add_layers(page: Any, content: Content) -> dict[str, str]:
    """Add a layer a category; return the name of its JavaScript variable by category."""
    named: dict[str, str] = {}
    for z, category in enumerate(PANES):
        collection = category_collection(content, category)
        if not collection["features"]:
            continue
        _add_pane(page, f"layer-{category}", 400 + 4 * z, clickable=True)
        layer = folium.GeoJson(
            collection, style_function=lambda f, c=category: feature_style(content, c, f), control=False,
            show=_starts_shown(content, category), pane=f"layer-{category}",
            point_to_layer=JsCode("planAtlasPage.point"), on_each_feature=JsCode("planAtlasPage.each"),
        )  # fmt: skip
        named[category] = _named(layer, category).add_to(page).get_name()
    for name, z in (("highlight", 610), ("names", 640)):
        _add_pane(page, name, z)
    return named


def _starts_shown(content: Content, category: str) -> bool:
    asked = content.selection.categories or content.selection.ids
    return bool(asked) or content.styles.categories[category].shown


def _head(content: Content, data: dict[str, Any]) -> list[str]:
    imprint = content.imprint()
    words = dict(imprint)
    editions = "；".join(w for head, w in imprint if head == "规划版本")
    title = TITLE + "".join(f" · {content.store.plans[p].district}" for p in content.selection.plans)
    metas = {
        "viewport": "width=device-width, initial-scale=1",
        "description": f"{TITLE}。{NOTICE}。{words['范围']}",
        "plan-atlas-link": content.link,
        "plan-atlas-version": content.store.version,
        "plan-atlas-editions": editions,
        "plan-atlas-selection": json.dumps(content.selection.as_words(), ensure_ascii=False),
        "author": "规划图集 Plan Atlas",
    }
    return [
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(title)}</title>",
        *(f'<meta name="{name}" content="{escape(value)}">' for name, value in metas.items()),
        f"<style>{_leaflet_css()}\n{(_PAGE / 'page.css').read_text(encoding='utf-8')}{_faint(content)}</style>",
        f'<script type="application/json" id="atlas-data">{_json(data)}</script>',
        f"<script>{_leaflet_js()}</script>",
        f"<script>{(_PAGE / 'map.js').read_text(encoding='utf-8')}</script>",
    ]


def _faint(content: Content) -> str:
    """The rules for layers that the view has fainter."""
    return "".join(
        f"\n.leaflet-layer-{category}-pane {{ opacity: {percent / 100:g} }}"
        for category, percent in content.opacity.items()
    )


def _json(value: object) -> str:
    """JSON that no plan's words can end: no ``<`` in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", r"\u003c").replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")


def _side(content: Content) -> str:
    about = "".join(f"<p>{escape(head)}：{escape(words)}</p>" for head, words in content.imprint())
    levels = "".join(
        f'<label><input type="radio" name="level" value="{level}"{" checked" if level == first_level(content) else ""}>'
        f"{escape(named.name if level == 1 else '＋' + named.name)}</label>"
        for level, named in content.styles.levels.items()
    )
    chosen = content.selection.plans
    plans = "、".join(escape(p.short_title) for p in content.plans if not chosen or p.id in chosen)
    return (
        f'<aside class="side"><h1>{escape(TITLE)}</h1><p class="about">{plans}</p>'
        '<input type="search" id="find" placeholder="查找名称" aria-label="查找名称"><ul class="list" id="found"></ul>'
        f'<div class="levels" role="radiogroup" aria-label="级别">{levels}</div><div id="tree"></div>'
        '<h2>落图精度</h2><dl class="precision" id="precision"></dl>'
        f'<h2>来源与说明</h2><div class="about"><p>{escape("；".join(content.store.attribution))}</p>'
        f"<details><summary>关于这份文件</summary>{about}</details></div></aside>"
        f'<div class="notice">{escape(NOTICE)}</div>'
    )


def _package_file(name: str) -> Path:
    return Path(str(distribution("xstatic-leaflet").locate_file(f"xstatic/pkg/leaflet/data/{name}")))


@cache
def _leaflet_js() -> str:
    script = _package_file("leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S*", "", script).replace("</script", r"<\/script")


@cache
def _leaflet_css() -> str:
    """Leaflet's style sheet with its pictures inside."""

    def inside(match: re.Match[str]) -> str:
        return f"url(data:image/png;base64,{base64.b64encode(_package_file(match.group(1)).read_bytes()).decode()})"

    return re.sub(
        r"url\((images/[\w-]+\.png)\)", inside, _package_file("leaflet.css").read_text(encoding="utf-8")
    )
