"""The record: the whole account of one document, tied to the characters that support it.

Offsets are Unicode code points into ``Record.text``, end exclusive. A span is ``[start, end]``; a role is a list of
spans because it may be broken ("...", he said, "..."). Lists are in text order. Ids are local to the Record ("s1")
except ``Record.id``, actor ids and place ids, which are global.

Nothing here imports from the rest of Sayso, so that the same classes serve the command line, the ledger and the API.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Span = tuple[int, int]
"""Code-point offsets into the text, end exclusive."""

OBJECT_STORE = "s3://"
"""What the path of an object in a store begins with."""

_YEAR_OR_MONTH = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?")

Probability = Annotated[float, Field(ge=0.0, le=1.0)]

Relation = Literal["source", "agency", "translation", "republished"]
ActorKind = Literal["person", "organization", "country", "group", "role"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "say", "confirm", "deny", "accuse", "criticize", "praise", "demand", "ask", "promise", "threaten", "warn",
    "predict", "propose", "agree", "reject", "believe", "doubt", "want", "fear",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
FactualityValue = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"]
Tense = Literal["past", "present", "future", "none"]
QuantityKind = Literal[
    "killed", "wounded", "arrested", "displaced", "missing", "forces", "people", "money", "weapons", "crowd",
]  # fmt: skip
DateSource = Literal["option", "column", "page", "address", "feed", "sitemap", "text"]
"""Where a date of publication was found: given for all documents, in a table's column, in what a page says of itself,
in its URL, in a feed's entry, in a sitemap, in a date line of the text."""
CopyReason = Literal["same text", "near copy", "excerpt", "translation"]
"""Why a document is taken for a copy of another: the words are the same, or nearly; a part of them; it says so."""


@dataclass(slots=True, kw_only=True)
class Document:
    """One publication as it comes in, before it is read.

    ``text`` is the decoded text to the character; ``published`` an ISO 8601 date or datetime, or its year or month
    where no more is known, or None; ``published_from`` says where that was found;
    ``origin`` the path or URL it came from; ``ref`` the id that the input gave it. ``error`` is set by an intake
    module that could not make a text of an item: the reader turns it into a Record with that error.
    """

    text: str
    published: str | None = None
    published_from: DateSource | None = None
    publisher: str | None = None
    title: str | None = None
    origin: str | None = None
    ref: str | None = None
    authors: list[str] = field(default_factory=list)
    language: str | None = None
    error: str | None = None


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Lineage(_Item):
    """Where a text says it comes from: an agency, a republished source, a translation note."""

    name: str
    relation: Relation
    span: Span


class CopyOf(_Item):
    """The document that this one repeats: ``id`` its Record's id, null where only its publisher is known."""

    id: str | None
    similarity: Probability = Field(description="share of the shorter text's word sequences that the other has")
    reason: CopyReason


class Actor(_Item):
    """Somebody who speaks, acts or is acted upon, with every place in the text that mentions them."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    sector: str | None = Field(default=None, description="PLOVER sector code, or kind of international body")
    office: str | None = None
    mentions: list[Span]
    confidence: Probability


class Place(_Item):
    """A place on the map, with its mentions; ``id`` and coordinates are null where it could not be resolved."""

    id: str | None
    name: str
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    admin1: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    feature: str | None = Field(default=None, description="GeoNames feature code")
    mentions: list[Span]
    confidence: Probability


class Time(_Item):
    """A time expression with its TIMEX3 type and value."""

    id: str
    span: Span
    type: TimexType
    value: str


class Statement(_Item):
    """One attribution: ``source`` (who), ``cue`` (how), ``content`` (what), each as the spans that say so."""

    id: str
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    speaker: str | None
    kind: StatementKind
    act: Act
    addressee: str | None = None
    parent: str | None = None
    confidence: Probability


class Quantity(_Item):
    """A number that belongs to an event; a bound that the text leaves open is null."""

    kind: QuantityKind
    low: float | None
    high: float | None
    span: Span


class Event(_Item):
    """One report of one event, PLOVER-coded, with how certain the text is of it and on whose word it stands."""

    id: str
    anchor: Span
    type: EventType
    mode: str | None = None
    contexts: list[str] = Field(default_factory=list)
    categories: list[str] = Field(default_factory=list, description="of the ontologies of the user's own")
    quad: Literal[1, 2, 3, 4]
    cameo: str = Field(description="CAMEO root code, two digits")
    intensity: float = Field(ge=-10, le=10, description="PLOVER score")
    actors: list[str] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    actor_spans: list[Span] = Field(default_factory=list)
    recipient_spans: list[Span] = Field(default_factory=list)
    place: str | None = Field(default=None, description="id of a place, or its name where it has none")
    time: str | None = None
    date: str | None = Field(default=None, description="resolved ISO 8601 prefix, as precise as known")
    factuality: FactualityValue
    tense: Tense
    hypothetical: bool
    quantities: list[Quantity] = Field(default_factory=list)
    statement: str | None = None
    voucher: str | None = None
    confidence: Probability


class EventMention(_Item):
    """A word that tells of something that happens and is no coded event: one of no PLOVER type, or named in passing.

    Events are recognised by it in other sentences and other documents ("the attack on Tuesday").
    """

    id: str
    anchor: Span
    lemma: str
    actors: list[str] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    actor_spans: list[Span] = Field(default_factory=list)
    recipient_spans: list[Span] = Field(default_factory=list)
    place: str | None = Field(default=None, description="id of a place, or its name where it has none")
    time: str | None = None
    date: str | None = Field(default=None, description="resolved ISO 8601 prefix, as precise as known")
    factuality: FactualityValue
    tense: Tense
    hypothetical: bool
    quantities: list[Quantity] = Field(default_factory=list)
    statement: str | None = None
    voucher: str | None = None


class CodedWith(_Item):
    """What made the account: enough to make it again."""

    sayso: str
    pipeline: str
    models: dict[str, str] = Field(default_factory=dict, description="model name -> digest")
    knowledge: str
    ontology: str


class Record(_Item):
    """The whole account of one document."""

    id: str
    text_hash: str
    ref: str | None = None
    origin: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: list[str] = Field(default_factory=list)
    published: str | None = Field(default=None, description="ISO 8601, as precise as known")
    published_from: DateSource | None = None
    language: str | None = None
    copy_of: CopyOf | None = None
    text: str
    body: list[Span] = Field(default_factory=list)
    lineage: list[Lineage] = Field(default_factory=list)
    actors: list[Actor] = Field(default_factory=list)
    places: list[Place] = Field(default_factory=list)
    times: list[Time] = Field(default_factory=list)
    statements: list[Statement] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    event_mentions: list[EventMention] = Field(default_factory=list)
    coded_with: CodedWith
    error: str | None = None

    @field_validator("published")
    @classmethod
    def _published_is_iso(cls, value: str | None) -> str | None:
        return None if value is None else iso_date(value)

    @model_validator(mode="after")
    def _spans_and_ids_resolve(self) -> Self:
        for start, end in self.spans():
            if not 0 <= start < end <= len(self.text):
                raise ValueError(f"span [{start}, {end}] lies outside the text of {len(self.text)} characters")
        for kind, known, wanted in self._references():
            missing = sorted(set(wanted) - set(known))
            if missing:
                raise ValueError(f"{kind} {', '.join(missing)} is referred to but not in the record")
        return self

    def spans(self) -> Iterator[Span]:
        """Yield every span of every item, body and lineage included."""
        yield from self.body
        yield from (line.span for line in self.lineage)
        yield from (span for actor in self.actors for span in actor.mentions)
        yield from (span for place in self.places for span in place.mentions)
        yield from (time.span for time in self.times)
        for statement in self.statements:
            yield from statement.source + statement.cue + statement.content
        told: list[Event | EventMention] = [*self.events, *self.event_mentions]
        for event in told:
            yield event.anchor
            yield from event.actor_spans + event.recipient_spans
            yield from (quantity.span for quantity in event.quantities)

    def _references(self) -> Iterator[tuple[str, list[str], list[str]]]:
        speakers = [i for s in self.statements for i in (s.speaker, s.addressee) if i]
        told: list[Event | EventMention] = [*self.events, *self.event_mentions]
        acting = [i for e in told for i in e.actors + e.recipients]
        yield "actor", [a.id for a in self.actors], speakers + acting
        yield "place", [p.id or p.name for p in self.places], [e.place for e in told if e.place]
        yield "time", [t.id for t in self.times], [e.time for e in told if e.time]
        held = [i for i in [s.parent for s in self.statements] + [e.statement for e in told] if i]
        yield "statement", [s.id for s in self.statements], held

    def quote(self, spans: Iterable[Span]) -> str:
        """Return the words that spans cover, an ellipsis between broken ones."""
        return " … ".join(self.text[start:end] for start, end in spans)


def iso_date(value: str) -> str:
    """Return an ISO 8601 year, month, date or datetime unchanged; raise ValueError for anything else."""
    try:
        if _YEAR_OR_MONTH.fullmatch(value):
            return value
        date.fromisoformat(value)
    except ValueError:
        datetime.fromisoformat(value)
    return value


def canonical_text(text: str) -> str:
    """Return the text with the differences that copying makes taken out: composition, white space, byte order mark."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\ufeff", "")).split())


def text_hash(text: str) -> str:
    """Return "sha256:..." of the canonical text alone."""
    return _sha256(canonical_text(text))


def document_id(document: Document) -> str:
    """Return "sha256:..." of one publication: its canonical text and, where known, publisher, URL and ref.

    A path is not part of it: a file that is moved, to an object store too, stays the same publication. Only where
    there is no text to tell one from another, what could not be read is told apart by its path and its error.
    """
    url = document.origin if document.origin and is_url(document.origin) else ""
    if not document.text.strip():
        url = f"{document.origin or ''}\x1f{document.error or ''}"
    parts = (canonical_text(document.text), document.publisher or "", url, document.ref or "")
    return _sha256("\x1f".join(parts))


def is_url(origin: str) -> bool:
    """Say whether an origin is the URL of a publication, and not a path on a disk or in an object store."""
    return "://" in origin and not origin.startswith(OBJECT_STORE)


def _sha256(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a Record."""
    return Record.model_json_schema()
