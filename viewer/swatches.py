"""Swatches: the mark of a category or precision class, drawn as on the map."""

from __future__ import annotations

from urllib.parse import quote

from dash import html

from layers.styles import CategoryStyle, PrecisionStyle

WIDTH, HEIGHT = 30, 16
_LINES = {"axis", "belt", "rail", "road", "coast"}
INK = "#4b5563"


def category_swatch(category: str, style: CategoryStyle) -> html.Img:
    """A line for what is drawn as lines, a hatched area for the rest."""
    if category in _LINES:
        wide = min(style.width, 8)
        opacity = 0.55 if category in ("axis", "belt") else 1
        body = f'<path d="M2 8h26" stroke="{style.color}" stroke-width="{wide}" stroke-opacity="{opacity}" stroke-linecap="round"/>'
        if category == "axis":
            body += f'<path d="M21 2.5L29 8l-8 5.5z" fill="{style.color}"/>'
        if category == "rail":
            body += '<path d="M2 8h26" stroke="#fff" stroke-width="1.4" stroke-dasharray="4 4"/>'
    else:
        body = (
            f'<rect x="2" y="2" width="17" height="12" rx="2" fill="{style.color}" fill-opacity=".16" stroke="{style.color}" '
            f'stroke-width="1.4"/>{_hatch_lines(style)}{symbol_path(style.symbol, 25, 8, 3.6, style.color)}'
        )
    return _image(category, body)


def precision_swatch(name: str, style: PrecisionStyle, ink: str = INK) -> html.Img:
    """Line, fill and marker as this precision class draws them, in a neutral ink."""
    if name == "unplaced":
        return _image(
            name,
            f'<path d="M8 3l14 10M22 3L8 13" stroke="{ink}" stroke-width="1.2" stroke-opacity=".6"/>',
        )
    if style.hollow:
        body = (
            f'<circle cx="15" cy="8" r="7" fill="{ink}" fill-opacity=".06" stroke="{ink}" stroke-opacity=".6" '
            f'stroke-dasharray="2 3"/><circle cx="15" cy="8" r="3" fill="#fff" stroke="{ink}" stroke-width="1.6"/>'
        )
    elif style.soft:
        body = f'<path d="M3 8h24" stroke="{ink}" stroke-width="9" stroke-opacity="{style.stroke_opacity}" stroke-linecap="round"/>'
    elif style.dash:
        body = (
            f'<rect x="2" y="2" width="26" height="12" fill="{ink}" fill-opacity="{style.fill_opacity}" stroke="{ink}" '
            f'stroke-width="1.6" stroke-dasharray="5 3"/>'
        )
    elif name == "located":
        body = f'<path d="M2 12L14 4l6 5 8-5" fill="none" stroke="{ink}" stroke-width="2.2"/><circle cx="14" cy="4" r="3" fill="{ink}"/>'
    else:
        body = f'<rect x="2" y="2" width="26" height="12" fill="{ink}" fill-opacity="{style.fill_opacity}" stroke="{ink}" stroke-width="2"/>'
    return _image(name, body)


def _hatch_lines(style: CategoryStyle) -> str:
    stroke = f'stroke="{style.color}" stroke-width="1.1"'
    return {
        "none": "",
        "diagonal": f'<path d="M4 13L13 3M9 13l8-9M4 8l4-5" {stroke}/>',
        "back": f'<path d="M4 3l10 10M10 3l8 9M3 8l5 5" {stroke}/>',
        "cross": f'<path d="M7 3v10M14 3v10M3 6h15M3 10h15" {stroke} stroke-opacity=".7"/>',
        "dots": "".join(
            f'<circle cx="{x}" cy="{y}" r="1" fill="{style.color}"/>' for x in (6, 10, 15) for y in (5, 10)
        ),
        "waves": f'<path d="M3 6q2-2 4 0t4 0 4 0 3 0M3 11q2-2 4 0t4 0 4 0 3 0" fill="none" {stroke}/>',
    }[style.hatch]


def symbol_path(symbol: str, x: float, y: float, r: float, color: str) -> str:
    """SVG of a point symbol around (x, y); the shapes of assets/map.js."""
    fill = f'fill="{color}"'
    return {
        "circle": f'<circle cx="{x}" cy="{y}" r="{r}" {fill}/>',
        "square": f'<rect x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}" {fill}/>',
        "diamond": f'<path d="M{x} {y - r * 1.25}l{r * 1.25} {r * 1.25}-{r * 1.25} {r * 1.25}-{r * 1.25}-{r * 1.25}z" {fill}/>',
        "triangle": f'<path d="M{x} {y - r * 1.2}l{r * 1.2} {r * 2.1}h-{r * 2.4}z" {fill}/>',
        "star": f'<path d="M{x} {y - 1.5 * r}l{0.45 * r} {r} {r} .1-{0.75 * r} {0.75 * r} {0.3 * r} {r}-{r}-{0.55 * r}-{r} {0.55 * r} '
        f'{0.3 * r}-{r}-{0.75 * r}-{0.75 * r} {r}-.1z" {fill}/>',
        "cross": f'<path d="M{x - r} {y}h{2 * r}M{x} {y - r}v{2 * r}" stroke="{color}" stroke-width="2.2"/>',
    }[symbol]


def _image(name: str, body: str) -> html.Img:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">{body}</svg>'
    return html.Img(
        src="data:image/svg+xml," + quote(svg),
        className=f"swatch s-{name}",
        width=WIDTH,
        height=HEIGHT,
        alt="",
    )
