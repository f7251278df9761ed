"""An utterance in words: who speaks, what is said, who left out what. Every string is neutral and on one line."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.corroboration.utterances.utterance import Omission, Utterance
from sayso.rendering.neutral import one_line
from sayso.rendering.wording import counted


def heading(utterance: Utterance) -> str:
    """Return who speaks, and what kind of act that is: "Lena Orsk (say)"."""
    return f"{one_line(utterance.speaker)} ({utterance.act})"


def when(utterance: Utterance) -> str:
    """Return when it was said, else when it was first reported."""
    if utterance.said:
        return utterance.said
    return f"reported {utterance.first_reported[:10]}" if utterance.first_reported else "undated"


def wording(utterance: Utterance) -> str:
    """Return the fullest words: in quotation marks where they are the speaker's own, as quoted."""
    words = one_line(utterance.wording)
    if not utterance.is_quoted:
        return words
    opening, closing = ("‘", "’") if "“" in words or '"' in words else ("“", "”")
    return f"{opening}{words}{closing}"


def counts(utterance: Utterance) -> str:
    """Return how many outlets tell it, how many copies there are, and how many documents leave something out."""
    told = [counted(utterance.outlets, "outlet")]
    if utterance.independent < utterance.outlets:
        told[0] += f" ({utterance.independent:,} independent)"
    if utterance.copies:
        told.append(counted(utterance.copies, "copy", "copies"))
    if utterance.omitting:
        told.append(f"{utterance.omitting:,} {'leaves' if utterance.omitting == 1 else 'leave'} something out")
    return ", ".join(told)


def omitted(omissions: Iterable[Omission]) -> str:
    """Return what is omitted: "condition “unless the ice clears”, limit “at least 40”"."""
    return ", ".join(f"{omission.kind} “{one_line(omission.words)}”" for omission in omissions)
