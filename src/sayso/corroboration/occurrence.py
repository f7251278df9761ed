"""An occurrence: what several reports are of, whose word it rests on, who denies it, and how the figures differ.

Sayso does not say whether it happened. ``status`` says how voices stand to one another, and every item names the
reports that it was made from, whose ``anchor`` and ``passage`` are the characters that support it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sayso.records import FactualityValue, Probability, QuantityKind, Span

Position = Literal["asserts", "denies", "doubts", "predicts", "reports"]
"""How a voice stands to an occurrence: it says that it is so; that it is not; that it is uncertain; that it will be;
or it speaks of it and commits itself to nothing."""

Status = Literal["single-source", "corroborated", "disputed", "denied"]
"""``single-source``: one independent voice asserts it. ``corroborated``: two or more do, none denies or contests it.
``disputed``: voices assert and others deny it, or they contest what it was, who did it, or its figures. ``denied``: all
who speak of it deny it, but for those whose claim it is that they deny."""

VoiceKind = Literal["actor", "outlet", "unnamed"]
ContestedAspect = Literal["happening", "type", "actor", "recipient", "place", "date", "figure"]
ChangeKind = Literal["first", "position", "figure", "status"]


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Link(_Item):
    """Why a report is taken for one of the same occurrence as another: how likely that is, and what they share."""

    to: str = Field(description="id of the other report")
    likelihood: Probability
    reasons: list[str]


class Report(_Item):
    """One place in one document where the occurrence is told of."""

    id: str
    ref: str | None
    document: str
    event: str = Field(description="id of the event (e3) or mention (m3) in its Record")
    anchor: Span
    word: str
    passage: Span
    sentence: str
    type: str | None
    mode: str | None
    publisher: str | None
    title: str | None
    published: str | None
    date: str | None
    factuality: FactualityValue
    position: Position
    voice: str = Field(description="id of the voice on whose word it stands")
    source: str | None = Field(description="who is said to say so, as written; null for the outlet's own word")
    copy_of: str | None = Field(description="id of the document that its document is a copy of")
    is_copy: bool
    links: list[Link] = Field(default_factory=list)


class Figure(_Item):
    """A number as one voice gives it in one report; a bound that it leaves open is null."""

    kind: QuantityKind
    low: float | None
    high: float | None
    words: str
    voice: str
    report: str
    published: str | None


class Range(_Item):
    """The least and the greatest figure of a kind that any voice gives, and those voices."""

    kind: QuantityKind
    low: float | None
    high: float | None
    voices: list[str]


class Voice(_Item):
    """Somebody on whose word the occurrence stands or falls, counted once, whoever relays it.

    ``independent`` says whether it counts as a voice of its own, ``because`` why or why not. ``position`` is the last
    one that it took by date of publication. ``wording`` are its own words for what happened, the first few.
    """

    id: str = Field(description="an actor's or body's id, 'outlet:NAME', or 'unnamed:WORDS'")
    name: str
    kind: VoiceKind
    position: Position
    independent: bool
    because: str
    reports: list[str]
    relayed_by: list[str] = Field(description="publishers in whose reports it speaks")
    first: str | None = Field(description="when it was first heard, by date of publication")
    figures: list[Figure] = Field(default_factory=list)
    wording: list[str] = Field(default_factory=list)


class Side(_Item):
    """What some voices make of a contested aspect, in the words of the first of their reports."""

    value: str
    voices: list[str]
    wording: str
    report: str


class Contest(_Item):
    """An aspect of the occurrence on which voices differ, with each side's wording.

    There is one side alone where a report tells that others blame each other for it.
    """

    aspect: ContestedAspect
    sides: list[Side]


class Change(_Item):
    """Something that became different: a voice's position or figure, or the status; ``published`` says when."""

    kind: ChangeKind
    published: str | None
    voice: str | None
    before: str | None
    after: str
    report: str | None


class Where(_Item):
    """Where it happened, as precisely as the reports agree."""

    place: str | None
    name: str
    country: str | None
    lat: float | None = None
    lon: float | None = None


class Occurrence(_Item):
    """What one or several reports are of.

    ``id`` is that of the report that came into the ledger first; any report's id finds the occurrence.
    """

    id: str
    type: str | None = Field(description="PLOVER type of most of its reports, null where none has one")
    types: dict[str, int] = Field(default_factory=dict)
    modes: list[str] = Field(default_factory=list)
    status: Status
    date: str | None = Field(description="when it happened, ISO 8601 prefix that most precise reports agree on")
    dates: list[str] = Field(default_factory=list, description="all dates that reports give, the earliest first")
    where: Where | None
    actors: list[str] = Field(default_factory=list)
    actor_names: list[str] = Field(default_factory=list)
    actor_countries: list[str] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    recipient_names: list[str] = Field(default_factory=list)
    recipient_countries: list[str] = Field(default_factory=list)
    independent: int = Field(description="how many independent voices speak of it")
    positions: dict[Position, int] = Field(default_factory=dict, description="independent voices by position")
    copies: int = Field(description="how many of its reports stand in copies")
    first_reported: str | None
    last_reported: str | None
    figures: list[Range] = Field(default_factory=list)
    contests: list[Contest] = Field(default_factory=list)
    changes: list[Change] = Field(default_factory=list)
    voices: list[Voice]
    reports: list[Report]

    @property
    def document_count(self) -> int:
        """How many documents its reports stand in."""
        return len({report.document for report in self.reports})
