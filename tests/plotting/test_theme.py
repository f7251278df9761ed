from __future__ import annotations

from itertools import combinations

import pytest

from sayso.plotting.theme import BALANCE, INK, LAND, PAPER, QUADS, QUIET, SHARES

PALETTES = {
    "quads": [colour for _, colour in QUADS.values()],
    "balance": list(BALANCE.values()),
    "shares": list(SHARES),
}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the ratio of contrast of two colours (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_printed_in_grey_the_colours_are_still_as_many_greys(palette: list[str]) -> None:
    assert min(contrast(one, other) for one, other in combinations(palette, 2)) >= 1.25


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_mark_is_seen_on_paper(palette: list[str]) -> None:
    assert min(contrast(colour, PAPER) for colour in palette) >= 2.1


def test_words_are_read_on_paper_and_on_land() -> None:
    assert contrast(INK, PAPER) >= 12
    assert contrast(QUIET, PAPER) >= 4.5
    assert contrast(QUIET, LAND) >= 4.5
