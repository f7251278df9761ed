"""An utterance: one act of speaking, the variants in which reports tell it, and what some of them leave out.

Sayso does not say what was really said. Every variant has the characters that support it; what is said to be omitted is
shown as another variant has it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sayso.corroboration.occurrence import Link, VoiceKind
from sayso.records import Act, Probability, Span, StatementKind

QualifierKind = Literal["condition", "hedge", "approximation", "limit"]
"""``condition``: what is said holds only then ("unless the ice clears"). ``hedge``: the speaker keeps it uncertain
("possibly"). ``approximation``: a number that is not exact ("about 40"). ``limit``: a bound of a number ("up to 40"),
or of what is said ("so far")."""


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Qualifier(_Item):
    """Words by which a variant limits what is said; ``span`` are their characters in its document."""

    kind: QualifierKind
    words: str
    span: Span


class Omission(_Item):
    """A qualifier that a variant lacks though it tells what is limited, and the fuller variant that has it.

    ``words`` and ``span`` are those of the qualifier in ``document``, that of the fuller ``variant``; ``limits`` are
    the words that it limits there. ``covered`` is the share of these, by weight, that the lacking variant tells.
    """

    kind: QualifierKind
    words: str
    variant: str
    document: str
    span: Span
    limits: str
    covered: Probability


class Quote(_Item):
    """Words of the speaker that a variant has in quotation marks."""

    words: str
    span: Span


class Variant(_Item):
    """One statement of one document: the utterance as that tells it."""

    id: str
    ref: str | None
    document: str
    statement: str = Field(description="id of the statement (s3) in its Record")
    publisher: str | None
    title: str | None
    published: str | None
    said: str | None = Field(description="when it was said according to this report, ISO 8601 prefix")
    source: str = Field(description="who is said to say so, as written")
    cue: str
    act: Act
    kind: StatementKind
    words: str = Field(description="what is said, as written; an ellipsis between broken pieces")
    content: list[Span]
    quotes: list[Quote] = Field(default_factory=list, description="the words in quotation marks")
    relayed_by: list[str] = Field(default_factory=list, description="who stands between the speaker and the outlet")
    copy_of: str | None
    is_copy: bool
    confidence: Probability
    carries: list[Qualifier] = Field(default_factory=list)
    omits: list[Omission] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)


class Utterance(_Item):
    """One act of speaking, by one source, to the effect of one content, as one or several reports tell it.

    ``id`` is that of the variant that came into the ledger first; any variant's id finds the utterance.
    """

    id: str
    voice: str | None = Field(description="id of the voice, as of occurrences; null where it cannot be told")
    voice_kind: VoiceKind | None
    speaker: str = Field(description="who speaks, by the fullest name that reports give")
    speaker_ids: list[str] = Field(default_factory=list, description="ids of the actors that reports name")
    country: str | None = Field(description="whose voice it is, ISO 3166-1 alpha-3")
    act: Act = Field(description="the act of most variants")
    said: str | None = Field(description="when it was said, ISO 8601 prefix that most reports agree on")
    wording: str = Field(description="the fullest words in quotation marks, else the fullest paraphrase")
    is_quoted: bool = Field(description="whether these are the speaker's own words, as quoted")
    first_reported: str | None
    first_publisher: str | None = Field(description="who published the first report, copies aside")
    last_reported: str | None
    documents: int = Field(description="how many documents tell it")
    outlets: int = Field(description="how many outlets tell it other than by a copy")
    independent: int = Field(description="how many of these relay no other outlet that they quote or credit")
    copies: int = Field(description="how many of its documents are copies")
    omitting: int = Field(description="how many documents leave out a qualifier that another has")
    variants: list[Variant]
