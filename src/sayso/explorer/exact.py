"""The exact words behind items: the sentence of the text in which an event's word, or a cue, stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.explorer.holdings import Holdings
from sayso.explorer.shelf import Row
from sayso.rendering.evidence import Passage, sentence_around

_REACH = 600
"""Characters of the text on either side of a word in which its sentence is looked for."""


def passages(holdings: Holdings, rows: Sequence[Row]) -> list[Passage | None]:
    """Return for each row, which has a document, a start and an end, the sentence around; None without a text.

    Only what is near is read of each text: some are books.
    """
    wanted = [
        {"n": n, "document": row["document"], "start": row["start"], "end": row["end"]} for n, row in _placed(rows)
    ]
    if not wanted:
        return [None] * len(rows)
    found = holdings.select(
        f"""SELECT w.n, greatest(w.start - {_REACH}, 0) AS begins,
            substring(text, greatest(w.start - {_REACH}, 0) + 1, w."end" - w.start + 2 * {_REACH}) AS near
        FROM (SELECT unnest($wanted, recursive := true)) AS w JOIN texts USING (document)""",
        {"wanted": wanted},
    )
    near = {row["n"]: (row["begins"], row["near"]) for row in found}
    return [_around(near[n], row["start"], row["end"]) if n in near else None for n, row in enumerate(rows)]


def with_words(holdings: Holdings, rows: Sequence[Row]) -> None:
    """Put to each row, as ``evidence``, the sentence around its words."""
    for row, passage in zip(rows, passages(holdings, rows), strict=True):
        row["evidence"] = passage


def _placed(rows: Iterable[Row]) -> Iterable[tuple[int, Row]]:
    return ((n, row) for n, row in enumerate(rows) if row["start"] is not None and row["end"] is not None)


def _around(near: tuple[int, str], start: int, end: int) -> Passage:
    begins, text = near
    return sentence_around(text, (start - begins, end - begins), [])
