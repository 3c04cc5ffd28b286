"""Ink on the dark theme: the registry's colours where they stand out from the dark base map, else lighter ones.

Nothing is drawn again for a theme: what is drawn carries the registry's colour in its attributes, and style sheet rules
that know this colour put the other in its place. Figures and files always have the registry's own.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator

from dash import html

from layers.styles import Styles
from viewer.swatches import category_swatch, precision_swatch

GROUNDS = ("#2a343c", "#16232d")
"""Land and sea of the dark theme: --land and --sea in assets/page.css."""

LEAST_CONTRAST = 3.5
"""WCAG 2 asks 3 for graphics; a thin or half transparent line needs more."""

NEUTRAL = "#b7c2cc"
"""What precision classes are drawn in."""

_DARK = '[data-theme="dark"]'
_STEP = 0.01

# Where features are drawn: the maps, and the hatches that they refer to. Drawings of structures stand on white.
_DRAWN = (".leaflet-container", "#hatch-defs")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (``#rrggbb``), 1 to 21.

    References
    ----------
    WCAG 2.2, definitions of "contrast ratio" and "relative luminance".
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on_dark(color: str) -> str:
    """The colour itself, or of its hue the darkest that stands out from land and sea of the dark theme."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(color))
    found = color
    while min(contrast(found, ground) for ground in GROUNDS) < LEAST_CONTRAST and lightness < 1:
        lightness = min(1.0, lightness + _STEP)
        found = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return found


def dark_rules(styles: Styles) -> Iterator[str]:
    """Rules for maps, names, swatches and mentions of the registry's categories."""
    for color in sorted({style.color for style in styles.categories.values()}):
        ink = ink_on_dark(color)
        for paint in ("stroke", "fill") if ink != color else ():
            drawn = ", ".join(f'{place} [{paint}="{color}"]' for place in _DRAWN)
            yield f"{_DARK} :is({drawn}) {{ {paint}: {ink}; }}"
    for category, style in styles.categories.items():
        ink = ink_on_dark(style.color)
        yield f"{_DARK} {{ --ink-{category}: {ink}; }}"
        yield f"{_DARK} .m.c-{category} {{ border-bottom-color: {ink}; }}"
        yield _instead(category, category_swatch(category, style.model_copy(update={"color": ink})))
    for name, precision in styles.precision.items():
        yield _instead(name, precision_swatch(name, precision, NEUTRAL))


def _instead(name: str, swatch: html.Img) -> str:
    """The swatch of this name shows another picture, behind its own that is moved out of sight."""
    shown = f"object-fit: none; object-position: 200px 0; background: url({swatch.src}) center / contain no-repeat;"
    return f"{_DARK} .swatch.s-{name} {{ {shown} }}"


def _luminance(color: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in channels)
