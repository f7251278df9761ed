"""Neutral characters: what a hostile text could do to a terminal, a page or a spreadsheet, taken away.

Control characters move cursors and change titles, and bidirectional overrides make a reader see another order than
the text has. Each is replaced by one visible character, so that offsets into the text stay right.
"""

from __future__ import annotations

import re

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\u2028\u2029"  # line and paragraph separators, which some programs take for line feeds
    "\ud800-\udfff]"  # halves of broken surrogate pairs
)
_SEPARATORS = "\r\u2028\u2029"
_FORMULA = ("=", "+", "-", "@", "\t")


def neutral(text: str) -> str:
    """Return a text of the same length in which no character does more than stand for itself."""
    return _HARMFUL.sub(_visible, text)


def one_line(text: str) -> str:
    """Return a neutral text with every run of white space as one space."""
    return neutral(" ".join(text.split()))


def cell(text: str) -> str:
    """Return a neutral, one-line text that no spreadsheet takes for a formula: a leading apostrophe guards it."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_FORMULA) else line


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SEPARATORS:
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
