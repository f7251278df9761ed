"""The margin beside an article: its statements and events in text order, what is said within what is said nested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sayso.explorer.shelf import Row
from sayso.records import Event, Record, Statement
from sayso.rendering.account import Account, Report, Telling, account
from sayso.rendering.highlights import paragraphs
from sayso.reviews.judgement import span_of

_DEEPEST = 8
"""A statement that is held by more than so many others stands beside them."""


@dataclass(slots=True)
class Entry:
    """A statement or an event: as the Record has it, in words, and what it holds.

    ``group`` is the occurrence that an event is a report of, the utterance that a statement is a variant of.
    """

    item: Statement | Event
    told: Telling | Report
    group: Row | None = None
    within: list[Entry] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Whether it is a statement or an event."""
        return "statement" if isinstance(self.item, Statement) else "event"

    @property
    def start(self) -> int:
        """Where its first words stand in the text."""
        return span_of(self.item)[0]


def article(record: Record, groups: Mapping[str, Row]) -> dict[str, Any]:
    """Return what a page that shows an article tells of it: its text in pieces, and its margin.

    ``groups`` has by id what its events and statements belong to.
    """
    told_of = account(record)
    return {
        "record": record,
        "account": told_of,
        "paragraphs": [] if record.error else paragraphs(record),
        "entries": margin(record, told_of, groups),
        "actors": {actor.id: actor for actor in record.actors},
    }


def margin(record: Record, account: Account, groups: Mapping[str, Row]) -> list[Entry]:
    """Return the entries that no other holds, each with those that it holds."""
    told: dict[str, Telling | Report] = {telling.id: telling for voice in account.voices for telling in voice.tellings}
    told |= {report.id: report for report in account.reports}
    items: Iterator[Statement | Event] = chain(record.statements, record.events)
    entries = {item.id: Entry(item, told[item.id], groups.get(item.id)) for item in items}
    holders = {entry.item.id: holder for entry in entries.values() if (holder := _holder(entry.item)) in entries}
    outermost = []
    for name, entry in sorted(entries.items(), key=lambda pair: (pair[1].start, pair[1].kind == "event")):
        holder = holders.get(name)
        if holder is None or not _ends(name, holders):
            outermost.append(entry)
        else:
            entries[holder].within.append(entry)
    return outermost


def _holder(item: Statement | Event) -> str | None:
    return item.statement if isinstance(item, Event) else item.parent


def _ends(name: str, holders: Mapping[str, str]) -> bool:
    """Say whether one comes to an end by going from holder to holder."""
    at: str | None = name
    for _ in range(_DEEPEST):
        at = holders.get(at) if at else None
    return at is None
