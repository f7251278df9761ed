"""An occurrence as its page tells it: the voices by the position that each takes, with their exact words.

However many reports and voices there are, only so many are told on the page; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sayso.corroboration import wording
from sayso.corroboration.occurrence import Change, Contest, Occurrence, Position, Report, Voice
from sayso.explorer.address import Address, to
from sayso.rendering.evidence import Passage, sentence_around

MOST_VOICES = 12
"""Voices of a position that are told with their words; of the others there are the names."""
MOST_NAMES = 100
MOST_QUOTES = 8
"""Reports of a voice whose words are shown."""
MOST_CHANGES = 60
_FOUND_BY = 8
"""Words of a sentence by which a browser finds it in an article."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of one report, and where in the reader they stand."""

    report: Report
    passage: Passage
    address: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One voice: its words, first the originals, and how many reports and copies of them it has."""

    voice: Voice
    name: str
    address: Address | None
    tally: str
    quotes: list[Quoted]
    reports: int
    copies: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A position with the voices that take it, and the names of those that there is no room for."""

    position: Position
    independent: int
    voices: list[Heard]
    others: list[str]
    beyond: int


@dataclass(frozen=True, slots=True)
class Side:
    """A side of what is contested: whose it is, what it says, and the words of the first report that says so."""

    names: list[str]
    beyond: int
    value: str
    quoted: Quoted | None
    wording: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """An aspect that is contested, with its sides, and two documents to compare."""

    aspect: str
    sides: list[Side]
    documents: list[str]


def stands(occurrence: Occurrence) -> list[Stand]:
    """Return the voices by position, from those who say so to those who deny it; independent ones first."""
    reports = {report.id: report for report in occurrence.reports}
    return [_stand(position, voices, reports) for position, voices in wording.of_position(occurrence)]


def _stand(position: Position, voices: Sequence[Voice], reports: Mapping[str, Report]) -> Stand:
    others = voices[MOST_VOICES:]
    return Stand(
        position=position,
        independent=sum(voice.independent for voice in voices),
        voices=[_heard(voice, reports) for voice in voices[:MOST_VOICES]],
        others=[wording.name(voice) for voice in others[:MOST_NAMES]],
        beyond=max(0, len(others) - MOST_NAMES),
    )


def _heard(voice: Voice, reports: Mapping[str, Report]) -> Heard:
    own = [reports[name] for name in voice.reports if name in reports]
    own.sort(key=lambda report: (report.is_copy, report.published is None, report.published or ""))
    shown = [report for report in own if not report.is_copy][:MOST_QUOTES] or own[:1]
    return Heard(
        voice=voice,
        name=wording.name(voice),
        address=to("/actors", voice.id) if voice.id.startswith("actor:") else None,
        tally=wording.tally(voice),
        quotes=[quoted(report) for report in shown],
        reports=len(own),
        copies=sum(report.is_copy for report in own),
    )


def quoted(report: Report) -> Quoted:
    """Return the words of a report with that which tells of the occurrence marked."""
    begins = report.passage[0]
    start, end = (min(max(at - begins, 0), len(report.sentence)) for at in report.anchor)
    return Quoted(report, sentence_around(report.sentence, (start, end), []), reader_address(report))


def reader_address(report: Report) -> str:
    """Return where in the reader a report stands: its event, or the words of a mention that is none."""
    address = str(to("/documents", report.document))
    if report.event.startswith("e"):
        return f"{address}#{report.event}"
    words = " ".join(report.sentence.split()[:_FOUND_BY])[:200]
    return f"{address}#:~:text={quote(words.encode('utf-8', 'replace'), safe='').replace('-', '%2D')}"


def disputes(occurrence: Occurrence) -> list[Dispute]:
    """Return what is contested, side by side, in the wording of each side."""
    reports = {report.id: report for report in occurrence.reports}
    names = {voice.id: wording.name(voice) for voice in occurrence.voices}
    return [_dispute(contest, reports, names) for contest in occurrence.contests]


def _dispute(contest: Contest, reports: Mapping[str, Report], names: Mapping[str, str]) -> Dispute:
    documents = dict.fromkeys(reports[side.report].document for side in contest.sides if side.report in reports)
    return Dispute(contest.aspect, list(_sides(contest, reports, names)), list(documents)[:2])


def _sides(contest: Contest, reports: Mapping[str, Report], names: Mapping[str, str]) -> Iterator[Side]:
    for side in contest.sides:
        said_by = list(dict.fromkeys(names.get(voice, voice) for voice in side.voices))
        report = reports.get(side.report)
        yield Side(
            names=said_by[:MOST_VOICES],
            beyond=max(0, len(said_by) - MOST_VOICES),
            value=side.value,
            quoted=quoted(report) if report else None,
            wording=side.wording,
        )


def changes(occurrence: Occurrence) -> list[tuple[Change, str]]:
    """Return what became different, in words, the first change first; so many at most."""
    names = {voice.id: wording.name(voice) for voice in occurrence.voices}
    return [(change, wording.change(change, names)) for change in occurrence.changes[:MOST_CHANGES]]


def figures(occurrence: Occurrence) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the figures of each kind: the range in words, and what each independent voice says."""
    found = []
    for told in occurrence.figures:
        by_voice = []
        for voice in occurrence.voices:
            own = [figure for figure in voice.figures if figure.kind == told.kind]
            if own and voice.independent:
                by_voice.append((wording.name(voice), "; ".join(dict.fromkeys(figure.words for figure in own))))
        found.append((wording.figure(told), by_voice[:MOST_VOICES]))
    return found
