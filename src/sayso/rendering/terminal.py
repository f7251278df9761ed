"""An account on a terminal: laid out for reading, with every distinction in words as well as in colour."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sayso.records import Record
from sayso.rendering.account import Account, Report, Telling, Voice, account
from sayso.rendering.evidence import Passage

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""

NARROWEST = 40

_SUBSTITUTES = str.maketrans(
    {"→": "->", "·": "-", "…": "...", "–": "-", "—": "--", "“": '"', "”": '"', "‘": "'", "’": "'"}
)
"""Plain characters for those typographic ones that many old encodings lack."""

_STANDING = {
    "certain": "green",
    "negated": "red",
    "hypothetical": "magenta",
    "historical": "blue",
    "expected": "cyan",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """What can be shown: the width in columns, whether colour is wanted, the encoding of the terminal or file."""

    width: int = WIDEST
    colour: bool = False
    encoding: str = "utf-8"

    def show(self, parts: Iterable[Text | Padding]) -> str:
        """Lay parts out and return them as text with, where colour is wanted, the terminal's own colour codes."""
        console = Console(
            file=io.StringIO(),
            width=max(NARROWEST, min(self.width, WIDEST)),
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )
        for part in parts:
            console.print(part)
        assert isinstance(console.file, io.StringIO)
        lines = (line.rstrip() for line in console.file.getvalue().split("\n"))
        return self.encodable("\n".join(lines))

    def encodable(self, text: str) -> str:
        """Return text that the terminal's encoding can carry, plain substitutes for what it cannot."""
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            encoding = "ascii" if not _known(self.encoding) else self.encoding
            return text.translate(_SUBSTITUTES).encode(encoding, "replace").decode(encoding)
        return text


def render(record: Record, screen: Screen) -> str:
    """Return the account of one document as it is to appear on a screen, ending in an empty line."""
    told = account(record)
    return screen.show([*_heading(told), *_body(told), *_footer(told), Text()])


def indented(part: Text, columns: int) -> Padding:
    """Return a part moved to the right, its wrapped lines included."""
    return Padding(part, (0, 0, 0, columns))


def section(title: str, note: str = "") -> Text:
    """Return the heading of a section."""
    return Text.assemble("\n", (title, "bold"), (f"  {note}" if note else "", "dim"))


def quoted(passage: Passage) -> Text:
    """Return a passage as a quotation in which the words that matter stand out."""
    opening, closing = passage.quotation_marks
    text = Text(opening, style="italic dim")
    for words, marked in passage.pieces():
        text.append(words, style="not dim underline" if marked else "")
    return text.append(closing)


def _heading(told: Account) -> Iterable[Text | Padding]:
    yield Text(told.title, style="bold")
    yield Text(" · ".join(told.particulars), style="dim")
    if told.lineage:
        yield Text(" · ".join(told.lineage), style="dim")


def _body(told: Account) -> Iterable[Text | Padding]:
    if told.error:
        yield Text.assemble("\n", ("Not coded: ", "bold red"), told.error)
        return
    if told.voices:
        yield section("Who said what")
    for voice in told.voices:
        yield from _voice(voice)
    if told.reports:
        yield section("Who did what to whom")
    for report in told.reports:
        yield from _report(report)
    if not told.voices and not told.reports:
        yield Text("\nNobody is quoted and no political event is reported.")


def _voice(voice: Voice) -> Iterable[Text | Padding]:
    yield Text()
    about = f" · {voice.about}" if voice.about else " · as written"
    yield Text.assemble((voice.name, "bold cyan"), (about, "dim"))
    for telling in voice.tellings:
        yield from _telling(telling)


def _telling(telling: Telling) -> Iterable[Text | Padding]:
    line = Text.assemble((f"{telling.id:<4}", "dim"), (telling.act, "bold"))
    if telling.addressee:
        line.append(f" to {telling.addressee}")
    within = f", within {telling.within}" if telling.within else ""
    line.append(f"  {telling.manner}{within}, confidence {telling.confidence}", style="dim")
    yield indented(line, 2)
    yield indented(Text(telling.content), 6)
    if telling.attribution:
        yield indented(Text(f"— {telling.attribution}", style="italic dim"), 6)


def _report(report: Report) -> Iterable[Text | Padding]:
    yield Text()
    line = Text.assemble((f"{report.id:<4}", "dim"), (report.actors or "somebody", "bold"))
    line.append(" → ").append(report.type, style="bold cyan").append(f"/{report.mode}" if report.mode else "")
    if report.recipients:
        line.append(" → ").append(report.recipients, style="bold")
    yield indented(line, 2)
    details = Text()
    for word in report.standing:
        details.append(word, style=_STANDING.get(word, "yellow")).append(" · ")
    details.append(
        " · ".join(part for part in (*report.categories, report.place, report.date, *report.numbers) if part)
    )
    if details.plain.endswith(" · "):
        details.right_crop(3)
    yield indented(details, 6)
    within = f" ({report.within})" if report.within else ""
    yield indented(Text(f"on the word of {report.voucher}{within}, confidence {report.confidence}", style="dim"), 6)
    yield indented(quoted(report.evidence), 6)


def _footer(told: Account) -> Iterable[Text | Padding]:
    yield Text()
    yield Text(told.tally, style="dim")
    if told.left_out:
        yield Text(f"Left out: {told.left_out}", style="dim")


def _known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True
