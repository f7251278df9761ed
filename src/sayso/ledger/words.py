"""Words to search for, as people write them, made an expression that SQLite's FTS5 understands.

``grain deal`` finds texts with both words in any form, ``"grain deal"`` the phrase, ``grain OR wheat`` either,
``grain -deal`` the first without the second, ``ukrain*`` what begins so. Nothing else has a meaning, so nothing that is
typed is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.errors import LedgerError

_PIECE = re.compile(r'(?P<not>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]")


def expression(words: str) -> str:
    """Return the FTS5 expression for words; raise LedgerError where nothing is left to search for."""
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for negated, term in _terms(words.encode("utf-8", "replace").decode()):
        if term == "OR":
            either = bool(wanted)
        elif negated:
            unwanted.append(term)
        elif either:
            wanted[-1].append(term)
            either = False
        else:
            wanted.append([term])
    if not wanted:
        raise LedgerError(f"{words!r} holds no word to search for; give at least one without a minus sign")
    found = " AND ".join(f"({' OR '.join(terms)})" for terms in wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def _terms(words: str) -> Iterator[tuple[bool, str]]:
    for piece in _PIECE.finditer(words):
        if piece["word"] == "OR":
            yield False, "OR"
            continue
        text = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        if _WORD.search(text):
            begins = text.endswith("*") and piece["phrase"] is None
            yield bool(piece["not"]), '"' + text.rstrip("*").replace("\0", " ") + '"' + ("*" if begins else "")
