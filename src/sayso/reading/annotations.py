"""What the steps of reading leave on a spaCy Doc, before it becomes a Record.

Steps talk to one another through the extension attributes declared here and through nothing else:

    doc._.published, .publisher, .body         given by the reader, before the first step
    doc._.quotations                           sayso_quotes
    doc._.statements                           sayso_attribution (speakers are filled in by sayso_coreference)
    doc._.times                                sayso_times
    doc._.toponyms                             sayso_places
    doc._.actors, token._.actors               sayso_actors, completed by sayso_coreference
    doc._.quantities                           sayso_quantities
    token._.factuality                         sayso_factuality (computed when it is asked for)
    doc._.events, doc._.rejections             sayso_events
    doc._.event_mentions                       sayso_event_mentions

Token positions are indexes into the Doc; ``chars`` are code-point offsets, end exclusive. Every annotation carries
``rule``, the name of the rule, lexicon entry or model that made it, for ``sayso explain``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from sayso.records import (
    Act,
    ActorKind,
    EventType,
    FactualityValue,
    QuantityKind,
    Span,
    StatementKind,
    Tense,
    TimexType,
)


@dataclass(slots=True, eq=False)
class Quotation:
    """A passage between quotation marks; ``chars`` includes the marks, ``start`` to ``end`` are its tokens."""

    start: int
    end: int
    chars: Span
    closed: bool
    nested: bool = False


@dataclass(slots=True, eq=False)
class Mention:
    """A place in the text that names, describes or points to an actor; ``head`` is the token that heads it."""

    start: int
    end: int
    head: int
    chars: Span
    form: Literal["name", "description", "pronoun"]


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody who speaks, acts or is acted upon."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    office: str | None
    confidence: float
    rule: str
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Place:
    """A gazetteer entry."""

    id: str | None
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    feature: str | None


@dataclass(slots=True, eq=False)
class Toponym:
    """One mention of a place, under the ``name`` that the text gives it; ``place`` is None where unresolved."""

    start: int
    end: int
    chars: Span
    name: str
    place: Place | None
    confidence: float
    rule: str


@dataclass(slots=True, eq=False)
class Timex:
    """A time expression with its TIMEX3 type and value."""

    start: int
    end: int
    chars: Span
    type: TimexType
    value: str
    rule: str


@dataclass(slots=True, eq=False)
class Quantity:
    """A number of people or things; an open bound is None.

    ``head`` is the word that stands for it in its sentence: the noun that is counted, or what holds it ("dozens of
    people", "a crowd of 3,000").
    """

    start: int
    end: int
    head: int
    chars: Span
    kind: QuantityKind
    low: float | None
    high: float | None
    rule: str


@dataclass(slots=True, eq=False)
class Statement:
    """One attribution. ``source_head`` and ``cue_head`` are tokens, None where the text leaves them out."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    source_head: int | None
    cue_head: int | None
    kind: StatementKind
    act: Act
    confidence: float
    rule: str
    addressee_head: int | None = None
    parent: Statement | None = None
    speaker: Actor | None = None
    addressee: Actor | None = None

    def holds(self, position: int) -> bool:
        """Say whether a character offset lies in the content."""
        return any(start <= position < end for start, end in self.content)


@dataclass(slots=True, frozen=True)
class Factuality:
    """How certain the text is of a predicate, after FactBank (Saurí & Pustejovsky 2009).

    ``value`` is what the sentence commits its voucher to, ``scale`` the same from -3 (certainly not) to 3 (certain).
    """

    value: FactualityValue
    scale: float
    tense: Tense
    hypothetical: bool
    rule: str


@dataclass(slots=True, eq=False)
class Event:
    """One report of one event; ``anchor`` is the token that names it."""

    anchor: int
    chars: Span
    type: EventType
    mode: str | None
    contexts: list[str]
    actors: list[Actor]
    recipients: list[Actor]
    actor_spans: list[Span]
    recipient_spans: list[Span]
    factuality: Factuality
    confidence: float
    rule: str
    place: Toponym | None = None
    time: Timex | None = None
    date: str | None = None
    quantities: list[Quantity] = field(default_factory=list)
    statement: Statement | None = None
    categories: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class EventMention:
    """A word that tells of something that happens and is no coded event; ``anchor`` is its token."""

    anchor: int
    chars: Span
    lemma: str
    actors: list[Actor]
    recipients: list[Actor]
    actor_spans: list[Span]
    recipient_spans: list[Span]
    factuality: Factuality
    place: Toponym | None = None
    time: Timex | None = None
    date: str | None = None
    quantities: list[Quantity] = field(default_factory=list)
    statement: Statement | None = None


@dataclass(slots=True, frozen=True)
class Rejection:
    """Something that looked like an event and was not coded, and why."""

    chars: Span
    rule: str
    reason: str


def _actors_of(token: Token) -> tuple[Actor, ...]:
    found: dict[int, tuple[Actor, ...]] = token.doc._.actor_heads
    return found.get(token.i, ())


def declare() -> None:
    """Declare the extension attributes; safe to call again."""
    if Doc.has_extension("statements"):
        return
    for name in ("published", "publisher"):
        Doc.set_extension(name, default=None)
    for name in (
        "body",
        "quotations",
        "statements",
        "times",
        "toponyms",
        "actors",
        "quantities",
        "events",
        "rejections",
        "event_mentions",
    ):
        Doc.set_extension(name, default=[])
    Doc.set_extension("actor_heads", default={})
    Token.set_extension("actors", getter=_actors_of)


declare()
