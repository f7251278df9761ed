"""How every picture looks: colours, letters, lines.

The colours are ColorBrewer's PuOr (Brewer 2003), purple for cooperation and orange for conflict, which people with
any of the common colour blindnesses tell apart. The steps are chosen so that they also differ in luminance: printed
in grey, they are still so many greys. No picture relies on colour alone: rows are named, marks differ in shape.
"""

from __future__ import annotations

from typing import Any, Final

WIDTH: Final = 720
"""Pixels between the left and the right edge of what is plotted, where the caller does not say."""

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
"""What vl-convert ships, then what has the same measures elsewhere; nothing is fetched."""

INK: Final = "#222222"
QUIET: Final = "#5f5f5f"
"""Grey for what explains: 6.4 times as dark as the paper."""
HAIRLINE: Final = "#d9d9d9"
LAND: Final = "#eae8e3"
PAPER: Final = "#ffffff"

QUADS: Final[dict[int, tuple[str, str]]] = {
    1: ("Verbal cooperation", "#b2abd2"),
    2: ("Material cooperation", "#542788"),
    3: ("Verbal conflict", "#e08214"),
    4: ("Material conflict", "#b35806"),
}
"""Quad class -> its name and colour."""

BALANCE: Final[dict[str, str]] = {
    "mostly cooperation": "#542788",
    "both": "#a6a6a6",
    "mostly conflict": "#b35806",
}
"""Which way the events between two actors, or at a place, go -> colour."""

SHARES: Final[tuple[str, ...]] = ("#542788", "#8073ac", "#b2abd2")
"""Parts of a whole, from dark to light."""

ONE_COLOUR: Final = "#542788"

TITLE_SIZE: Final = 17
TEXT_SIZE: Final = 12
NOTE_SIZE: Final = 11


def config() -> dict[str, Any]:
    """Return the Vega-Lite configuration that all pictures share."""
    axis = {
        "labelFont": FONT,
        "labelFontSize": NOTE_SIZE,
        "labelColor": QUIET,
        "titleFont": FONT,
        "titleFontSize": NOTE_SIZE,
        "titleFontWeight": "normal",
        "titleColor": QUIET,
        "domainColor": QUIET,
        "tickColor": HAIRLINE,
        "gridColor": HAIRLINE,
        "gridWidth": 0.6,
    }
    legend = {
        "labelFont": FONT,
        "labelFontSize": NOTE_SIZE,
        "labelColor": INK,
        "labelLimit": 0,
        "titleFont": FONT,
        "titleFontSize": NOTE_SIZE,
        "titleFontWeight": "normal",
        "titleColor": QUIET,
        "titleLimit": 0,
    }
    return {
        "background": PAPER,
        "font": FONT,
        "padding": 16,
        "axis": axis,
        "legend": legend,
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": TEXT_SIZE, "color": INK},
        "header": {"labelFont": FONT, "labelFontSize": TEXT_SIZE, "labelColor": INK, "labelLimit": 0, "title": None},
        "title": {
            "font": FONT,
            "fontSize": TITLE_SIZE,
            "fontWeight": "bold",
            "color": INK,
            "anchor": "start",
            "offset": 14,
            "limit": 0,
            "subtitleFont": FONT,
            "subtitleFontSize": TEXT_SIZE,
            "subtitleColor": QUIET,
            "subtitlePadding": 6,
            "subtitleLineHeight": 16,
            "lineHeight": 21,
        },
    }
