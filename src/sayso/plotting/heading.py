"""What stands around a picture: a title that says what is shown, what is left out, and on whose word all of it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt

from sayso.errors import PlotError
from sayso.plotting.keys import Entry, key
from sayso.plotting.lettering import BOLD, one_line, shortened, wrapped
from sayso.plotting.paths import down
from sayso.plotting.theme import NOTE_SIZE, QUIET, TEXT_SIZE, TITLE_SIZE, config

LINE = 15
"""Pixels from one line of a footnote to the next."""

_LONGEST_FILTER = 320

ON_WHOSE_WORD: Final = {
    "events": "Counts what articles report, not confirmed events.",
    "statements": "Counts what articles attribute to people; whether it is true is not judged.",
}

Chart = alt.VConcatChart

_COPIES = {True: "Copies are counted.", False: "Copies of other documents are not counted."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What was selected, for the title and the footnote.

    ``filters`` are the filters in words, such as ``{"actor": "Vladimir Putin", "since": "2024"}``; ``ledger`` is the
    name of the ledger and ``version`` its version; ``copies`` says whether copies of other documents were counted too,
    None where a note of the picture's own says what becomes of them.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    ledger: str | None = None
    version: int | None = None
    copies: bool | None = False

    def in_words(self) -> str:
        """Return the filters as part of a subtitle, empty where there are none."""
        said = (
            f"{one_line(name)}: {shortened(value, _LONGEST_FILTER, TEXT_SIZE)}" for name, value in self.filters.items()
        )
        return " · ".join(said)

    def origin(self) -> str:
        """Return whether copies count, and the ledger and version that the picture was made from."""
        copies = "" if self.copies is None else _COPIES[self.copies]
        name = f"“{shortened(self.ledger, _LONGEST_FILTER, NOTE_SIZE)}”" if self.ledger else ""
        version = f"version {self.version}" if self.version is not None else ""
        made_from = ", ".join(part for part in (f"ledger {name}".strip() if name else "", version) if part)
        return " ".join(filter(None, (copies, f"Sayso, {made_from}." if made_from else "Sayso.")))

    def nothing(self, what: str) -> PlotError:
        """Return the error for a selection without any events or statements."""
        if self.filters:
            return PlotError(f"No {what} to show for {self.in_words()}: widen or drop a filter.")
        return PlotError(f"No {what} to show: the ledger holds none. Put documents in with sayso code --ledger.")


@dataclass(frozen=True, slots=True)
class Heading:
    """The words around one picture. ``shown`` says what and how much, ``left_out`` has one sentence per omission."""

    title: str
    shown: str
    left_out: tuple[str, ...]
    notes: tuple[str, ...]

    def around(self, picture: Any, scope: Scope, width: int, entries: Sequence[Entry] = (), left: float = 0) -> Chart:
        """Return the picture with title and key above and footnote below, in the look that all pictures share.

        ``left`` is how many pixels of the width lie to the left of what is plotted: numbers of an axis, names of rows.
        """
        above = [part for part in (scope.in_words(), self.shown, *self.left_out) if part]
        subtitle = [line for part in above for line in wrapped(part, width, TEXT_SIZE)]
        notes = wrapped(" ".join([*self.notes, scope.origin()]), width, NOTE_SIZE)
        title = wrapped(self.title, width / BOLD, TITLE_SIZE)
        parts = [picture, _footnote(notes, width, left)]
        if entries:
            parts.insert(0, key(entries, width, left))
        picture_and_words: Chart = alt.vconcat(*parts, spacing=12).properties(
            title=alt.TitleParams(text=title, subtitle=subtitle),
            description=" ".join([*title, *subtitle]),
        )
        configured: Chart = picture_and_words.configure(**config())
        return configured


def _footnote(lines: list[str], width: int, left: float) -> Any:
    rows = [{"line": line, "y": LINE * number} for number, line in enumerate(lines)]
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align="left", baseline="top", fontSize=NOTE_SIZE, color=QUIET)
        .encode(x=alt.value(-left), y=down("y"), text="line:N")
        .properties(width=round(width - left), height=LINE * len(lines), view=alt.ViewBackground(stroke=None))
    )


def number_of(count: int, noun: str) -> str:
    """Return a number with its noun: "1 event", "12,000 events"."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def listed(parts: Iterable[str]) -> str:
    """Return parts as English lists them: "a", "a and b", "a, b and c"."""
    *most, last = list(parts)
    return f"{', '.join(most)} and {last}" if most else last


def not_shown(count: int, total: int, noun: str, why: str) -> str:
    """Return the sentence for what is left out, empty where nothing is: "12 of 230 events have no date ..."."""
    if not count:
        return ""
    return f"{count:,} of {number_of(total, noun)} {why} {'is' if count == 1 else 'are'} not shown."
