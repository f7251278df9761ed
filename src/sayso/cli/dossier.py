"""An occurrence laid out for reading: who stands where, in whose words, in what numbers, what changed, what is linked.

Words come from reports and are hostile: everything goes through ``neutral`` on its way here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.cli.dossier_links import FEW, links
from sayso.corroboration import wording
from sayso.corroboration.occurrence import Contest, Figure, Occurrence, Report, Side, Voice
from sayso.rendering.evidence import Passage
from sayso.rendering.neutral import one_line
from sayso.rendering.terminal import indented, section
from sayso.rendering.wording import counted

Part = Text | Padding

_FEW = 4
"""Passages of a voice, and names in a list, that are shown unless everything is asked for."""
_HEAD = 9
_REACH = 200
"""Characters of a sentence on either side of the word that tells of the occurrence."""
_POSITION_STYLES = {"asserts": "green", "predicts": "cyan", "reports": "", "doubts": "yellow", "denies": "red"}
_MANY = 10**9


def dossier(occurrence: Occurrence, *, everything: bool = False) -> Iterator[Part]:
    """Yield the parts of a dossier; without ``everything`` no more than the first few passages and links."""
    yield from _heading(occurrence)
    yield from _voices(occurrence, _MANY if everything else _FEW)
    if occurrence.figures:
        yield from _figures(occurrence)
    if occurrence.contests:
        yield from _contests(occurrence)
    if occurrence.changes:
        yield from _changes(occurrence)
    yield from links(occurrence.reports, _place, "report", "occurrence", _MANY if everything else FEW)


def sides(occurrence: Occurrence) -> Iterator[Part]:
    """Yield an occurrence in a list of disputes: what it is, who says so, who denies it, in what numbers."""
    yield Text.assemble((occurrence.id[:12], "dim"), "  ", (wording.headline(occurrence), "bold"))
    told = (wording.where(occurrence), wording.when(occurrence), occurrence.status)
    yield indented(Text(" · ".join(part for part in (*told, wording.counts(occurrence)) if part), style="dim"), 2)
    for position, voices in wording.of_position(occurrence):
        yield _beside(Text(position, style=_POSITION_STYLES[position]), _listed(map(_with_numbers, voices), "; "))
    for contest in occurrence.contests:
        if contest.aspect != "happening":
            against = " / ".join(f"“{one_line(side.value)}”" for side in contest.sides)
            yield _beside(Text("contested"), f"{contest.aspect}: {against}")
    yield Text()


def _beside(head: Text, told: str) -> Padding:
    """Return words beside a short heading, all their lines."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_HEAD)
    grid.add_column()
    grid.add_row(head, Text(told))
    return Padding(grid, (0, 0, 0, 2))


def _heading(occurrence: Occurrence) -> Iterator[Part]:
    yield Text(wording.headline(occurrence), style="bold")
    told = [wording.where(occurrence), wording.when(occurrence)]
    yield Text(" · ".join(part for part in told if part))
    yield Text.assemble((occurrence.status, "bold"), f": {wording.STATUSES[occurrence.status]}")
    yield Text(wording.counts(occurrence), style="dim")
    if occurrence.first_reported:
        last = f", last {occurrence.last_reported}" if occurrence.last_reported != occurrence.first_reported else ""
        yield Text(f"first reported {occurrence.first_reported}{last}", style="dim")
    if len(occurrence.dates) > 1:
        yield Text(f"dates that reports give: {_listed(occurrence.dates)}", style="dim")
    yield Text(f"id {occurrence.id}", style="dim")


def _voices(occurrence: Occurrence, most: int) -> Iterator[Part]:
    yield section("Who says what")
    for position, voices in wording.of_position(occurrence):
        for voice in voices:
            yield Text()
            yield from _voice(occurrence, voice, position, most)


def _voice(occurrence: Occurrence, voice: Voice, position: str, most: int) -> Iterator[Part]:
    line = Text.assemble((wording.name(voice), "bold cyan"), " ", (position, f"bold {_POSITION_STYLES[position]}"))
    counts = "" if voice.independent else "not counted: "
    yield line.append(f" · {counts}{one_line(voice.because)}", style="dim")
    passages = _by_sentence(wording.reports_of(occurrence, voice))
    for reports in passages[:most]:
        yield indented(_quoted(reports[0]), 4)
        yield indented(Text(_sources(reports, position), style="dim"), 6)
    if len(passages) > most:
        yield indented(Text(f"and {counted(len(passages) - most, 'passage')} more, with --all", style="dim"), 4)
    if voice.relayed_by:
        yield indented(Text(f"relayed by {_listed(map(one_line, voice.relayed_by))}", style="dim"), 4)


def _by_sentence(reports: Iterable[Report]) -> list[list[Report]]:
    """Return reports whose sentences are the same together: copies beside their original."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(one_line(report.sentence), []).append(report)
    return list(found.values())


def _quoted(report: Report) -> Text:
    """Return the sentence, cut around the word that tells of the occurrence, which stands out: *detained*."""
    at = report.anchor[0] - report.passage[0]
    length = report.anchor[1] - report.anchor[0]
    start, stop = max(0, at - _REACH), min(len(report.sentence), at + length + _REACH)
    passage = Passage(
        report.sentence[start:stop],
        start,
        [(at, at + length)] if 0 <= at <= at + length <= len(report.sentence) else [],
        cut_before=start > 0,
        cut_after=stop < len(report.sentence),
    )
    opening, closing = passage.quotation_marks
    text = Text(opening, style="italic")
    for words, marked in passage.pieces():
        text.append(f"*{words}*" if marked else words, style="bold underline" if marked else "")
    return text.append(closing)


def _sources(reports: Sequence[Report], position: str) -> str:
    """Return where a passage stands, and who is said there to say so."""
    first = reports[0]
    said = [
        f"— {one_line(first.source)}, in" if first.source else "— in",
        f"{wording.outlet(first)}, {wording.day(first)}",
    ]
    if first.position != position:
        said.append(f"({first.position} it there)")
    said.append(f"· {wording.item(first.document, first.event)}")
    copies = [wording.outlet(report) for report in reports[1:] if report.is_copy]
    others = [f"{wording.outlet(report)}, {wording.day(report)}" for report in reports[1:] if not report.is_copy]
    if others:
        said.append(f"· also in {_listed(dict.fromkeys(others))}")
    if copies:
        said.append(f"· {'copy' if len(copies) == 1 else 'copies'} in {_listed(dict.fromkeys(copies))}")
    return " ".join(said)


def _figures(occurrence: Occurrence) -> Iterator[Part]:
    yield section("In what numbers")
    for whole in occurrence.figures:
        yield indented(Text(wording.figure(whole), style="bold"), 2)
        for voice in occurrence.voices:
            for figures in wording.moved(f for f in voice.figures if f.kind == whole.kind):
                yield indented(Text(f"{wording.name(voice)}: {', then '.join(map(_dated, figures))}"), 4)


def _dated(figure: Figure) -> str:
    return f"“{one_line(figure.words)}” ({(figure.published or 'undated')[:10]})"


def _contests(occurrence: Occurrence) -> Iterator[Part]:
    names = _names(occurrence)
    yield section("What is contested")
    for contest in occurrence.contests:
        yield indented(Text(contest.aspect, style="bold"), 2)
        for side in contest.sides:
            yield indented(Text(_side(contest, side, names)), 4)


def _side(contest: Contest, side: Side, names: dict[str, str]) -> str:
    who, value = _listed(names.get(voice, one_line(voice)) for voice in side.voices), one_line(side.value)
    if contest.aspect == "happening":
        return f"{value} by {who}"
    if contest.aspect == "figure":
        return f"{who}: “{value}”"
    return f"{who}: {value}, ‘{_cut(one_line(side.wording))}’"


def _changes(occurrence: Occurrence) -> Iterator[Part]:
    names, reports = _names(occurrence), {report.id: report for report in occurrence.reports}
    yield section("How it changed")
    for told in occurrence.changes:
        report = reports.get(told.report or "")
        outlet = f", in {wording.outlet(report)}" if report else ""
        yield indented(Text(f"{(told.published or 'undated')[:10]}  {wording.change(told, names)}{outlet}"), 2)


def _names(occurrence: Occurrence) -> dict[str, str]:
    return {voice.id: wording.name(voice) for voice in occurrence.voices}


def _with_numbers(voice: Voice) -> str:
    told = wording.tally(voice)
    return f"{wording.name(voice)} ({told})" if told else wording.name(voice)


def _place(report: Report) -> str:
    return f"{wording.outlet(report)} {wording.item(report.document, report.event)}"


def _listed(names: Iterable[str], separator: str = ", ") -> str:
    told = list(names)
    more = len(told) - 2 * _FEW
    return separator.join(told[: 2 * _FEW]) + (f" and {more:,} others" if more > 0 else "")


def _cut(text: str) -> str:
    return text if len(text) <= _REACH else f"{text[:_REACH].rstrip()} …"
