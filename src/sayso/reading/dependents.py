"""The dependants of a token, from an index that is made once per Doc.

spaCy finds the children of a token by walking over its whole subtree, so that asking for those of every token of a
deeply nested sentence takes quadratic time. Texts are hostile; here each token costs its own dependants, of which only
the first few dozen are given.
"""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc, Token

MOST = 48
"""Dependants given of one token."""


class Dependents:
    """Who hangs on whom in one Doc."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._index: dict[int, list[int]] | None = None

    def of(self, token: Token) -> list[Token]:
        """Return the dependants of a token in text order."""
        return [self._doc[i] for i in self._under(token.i)]

    def left(self, token: Token) -> list[Token]:
        """Return the dependants that come before a token."""
        return [self._doc[i] for i in self._under(token.i) if i < token.i]

    def right(self, token: Token) -> list[Token]:
        """Return the dependants that come after a token."""
        return [self._doc[i] for i in self._under(token.i) if i > token.i]

    def _under(self, position: int) -> list[int]:
        if self._index is None:
            self._index = _indexed(self._doc)
        return self._index.get(position, [])


def _indexed(doc: Doc) -> dict[int, list[int]]:
    offsets = doc.to_array(["HEAD"]).astype(np.int64).ravel()
    index: dict[int, list[int]] = {}
    for position, head in enumerate((offsets + np.arange(len(doc))).tolist()):
        if head != position:
            below = index.setdefault(head, [])
            if len(below) < MOST:
                below.append(position)
    return index
