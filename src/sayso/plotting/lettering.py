"""How wide words are, and how they are broken into lines: the pictures are laid out before anything is drawn.

Widths are those of Liberation Sans, which has the measures of Arial, in classes of letters: within a few per cent for
prose. Letters of East Asian scripts are as wide as they are high; marks that sit on a letter have no width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_CLASSES = {
    0.24: "ijl|'ı",
    0.3: "ftrI.,:;!()[]{}/\\ -·`",
    0.5: 'ckszvxyJ"*^',
    0.67: "ABEKPSVXYZ&",
    0.74: "CDHNRUwTGOQФЦ",
    0.86: "mMWЖШЩЮ%@—…→",
}
_WIDTHS = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_ORDINARY, _CAPITAL, _FULL = 0.56, 0.72, 1.0
ELLIPSIS = "…"
BOLD = 1.09
"""How much wider bold letters are."""

_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class Box(NamedTuple):
    """A rectangle on the picture, in pixels; ``top`` is less than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether the two have any area in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def width_of(text: str, size: float) -> float:
    """Return about how many pixels a line of text is wide in letters of so many pixels."""
    return size * sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL
    return _CAPITAL if letter.isupper() else _ORDINARY


def one_line(text: str) -> str:
    """Return text without line breaks, control characters or marks that turn the direction of what follows."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in spaced if not _is_control(letter)).split())


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in _TURNING


def shortened(text: str, width: float, size: float) -> str:
    """Return text on one line, cut with an ellipsis where it is wider than so many pixels."""
    text = one_line(text)
    if width_of(text, size) <= width:
        return text
    room = width - width_of(ELLIPSIS, size)
    kept = 0
    for letter in text:
        room -= size * _width(letter)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return text as lines of at most so many pixels, broken at spaces; a longer word is cut with an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in one_line(text).split(" "):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > width:
            lines.append(line)
            longer = word
        line = shortened(longer, width, size)
    return [*lines, line]


def unlike(names: Iterable[tuple[str, str]], width: float, size: float) -> Iterator[str]:
    """Yield a short label for each (id, name), no two the same: the id is added where names are alike."""
    seen: set[str] = set()
    for id_, name in names:
        label = shortened(name, width, size)
        if label in seen:
            label = f"{shortened(name, width / 2, size)} ({shortened(id_, width / 2, size)})"
        number, unnumbered = 2, label
        while label in seen:
            label = f"{unnumbered} {number}"
            number += 1
        seen.add(label)
        yield label
