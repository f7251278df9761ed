"""A rendition: one statement of one document, with all that the utterance is recognised by of which it tells."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sayso.corroboration.narrators import Narrator
from sayso.corroboration.sentences import Sentences
from sayso.corroboration.speakers import Speakers
from sayso.corroboration.telling import Publication, Saying
from sayso.corroboration.utterances.content import Content, Piece
from sayso.corroboration.utterances.occasion import Occasion, Occasions
from sayso.corroboration.voices import SURE_ENOUGH, Word, voice_of
from sayso.knowledge.voices import load
from sayso.records import Record, Span, Statement

_QUOTED = re.compile(r"[\"“«]([^\"”»]+)[\"”»]?")
_MARKS = " \t\n\"“”«»‘’'"
_RELAYED = 0.8
"""A statement so much of whose content is another one with its speaker only relays that."""
_DEEPEST = 8
_ID = "u"
"""Ids of renditions, and so of utterances, begin so: those of reports and occurrences never do."""


@dataclass(frozen=True)
class Rendition:
    """One statement of one document. ``item`` is the id of the statement in its Record.

    ``voice`` is whose voice it counts as, None where that cannot be told; ``called`` are all words by which the
    document calls the speaker. ``pieces`` is the content as written, ``quoted`` those of its characters that stand in
    quotation marks. ``context`` are the sentences around. ``relays`` are those who stand between speaker and outlet.
    """

    id: str
    item: str
    publication: Publication
    saying: Saying
    voice: Word | None
    called: tuple[str, ...]
    pieces: tuple[Piece, ...]
    quoted: tuple[Span, ...]
    context: Piece
    occasion: Occasion
    relays: tuple[str, ...]

    @cached_property
    def content(self) -> Content:
        """The words of what is said."""
        return Content(self.pieces)

    @cached_property
    def around(self) -> Content:
        """The words of the sentences in which it stands and of those before and after."""
        return Content([self.context])

    @property
    def person(self) -> str | None:
        """The name of the person who speaks, None where no person is named."""
        actor = self.saying.speaker
        return actor.name if actor is not None and actor.kind == "person" else None

    @property
    def words(self) -> str:
        """What is said, as written, an ellipsis between broken pieces."""
        return " … ".join(text for _, text in self.pieces)

    def is_quoted(self, span: Span) -> bool:
        """Say whether some characters stand within quotation marks."""
        return any(start <= span[0] and span[1] <= end for start, end in self.quoted)


def rendition_id(document: str, content: Sequence[Span]) -> str:
    """Return the id of a rendition: the same for the same words of the same document, however often it is coded."""
    named = "\x1f".join([document, *(f"{start}\x1f{end}" for start, end in content)])
    return _ID + hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def is_rendition(name: str) -> bool:
    """Say whether an id, or its beginning, or DOCUMENT#s3, is that of a rendition or an utterance."""
    return name.rpartition("#")[2].startswith("s") if "#" in name else name.startswith(_ID)


def renditions(record: Record, order: int) -> list[Rendition]:
    """Return what a Record tells of utterances, in text order; ``order`` is its place among those of the ledger."""
    return list(_Reading(record, order).renditions())


class _Reading:
    """One Record on its way to renditions."""

    def __init__(self, record: Record, order: int) -> None:
        self._record = record
        self._speakers = Speakers(record, Narrator.of(record))
        self._sentences = Sentences(record.text)
        self._occasions = Occasions(record, self._sentences)
        self._statements = {statement.id: statement for statement in record.statements}
        self._sayings = {s.id: Saying.of(s, self._speakers.of(s.id), record) for s in record.statements}
        self._publication = Publication.of(record, order, self._speakers.country)
        self._called: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for saying in self._sayings.values():
            if saying.speaker is not None:
                self._called[saying.speaker.id][saying.source] = None
                self._called[saying.speaker.id][saying.naming] = None

    def renditions(self) -> Iterator[Rendition]:
        dated: dict[str, Occasion] = {}
        relaying = self._relaying()
        for statement in self._record.statements:
            if statement.id not in relaying and self._is_told(statement):
                made = self._rendition(statement)
                yield self._dated(made, dated)

    def _is_told(self, statement: Statement) -> bool:
        """Say whether somebody is said to have said something."""
        source = self._sayings[statement.id].source
        told = statement.content and statement.source and statement.confidence >= SURE_ENOUGH
        return bool(told) and not load().is_nobody(source)

    def _relaying(self) -> set[str]:
        """Return the statements that tell only what another one says: "Sample Wire quoted her as saying that ..."."""
        return {
            child.parent
            for child in self._record.statements
            if child.parent and self._relays(self._statements[child.parent], child)
        }

    def _relays(self, parent: Statement, child: Statement) -> bool:
        one, other = (voice_of(self._sayings[statement.id]) for statement in (parent, child))
        if one is not None and other is not None and one.id == other.id:
            return True
        inner = [*child.source, *child.cue, *child.content]
        size = sum(end - start for start, end in parent.content)
        held = max((end for _, end in inner), default=0) - min((start for start, _ in inner), default=0)
        return size > 0 and held / size >= _RELAYED

    def _rendition(self, statement: Statement) -> Rendition:
        text, saying = self._record.text, self._sayings[statement.id]
        whole = min(s for s, _ in statement.content), max(e for _, e in statement.content)
        start, end = self._sentences.of(whole, beyond=1)
        called = self._called[saying.speaker.id] if saying.speaker else {saying.naming: None}
        return Rendition(
            id=rendition_id(self._record.id, statement.content),
            item=statement.id,
            publication=self._publication,
            saying=saying,
            voice=voice_of(saying),
            called=tuple(called),
            pieces=tuple((s, text[s:e]) for s, e in statement.content),
            quoted=tuple(_quoted(statement, text)),
            context=(start, text[start:end]),
            occasion=self._occasions.of(statement),
            relays=tuple(self._between(statement, saying)),
        )

    def _between(self, statement: Statement, saying: Saying) -> Iterator[str]:
        """Yield who stands between the speaker and the outlet: those who quote him, and whom the text credits."""
        own = {*self._called[saying.speaker.id]} if saying.speaker else {saying.source}
        for _ in range(_DEEPEST):
            if not statement.parent:
                break
            statement = self._statements[statement.parent]
            quoting = self._record.quote(statement.source)
            if quoting and quoting not in own:
                yield quoting
        yield from self._publication.credits

    def _dated(self, made: Rendition, dated: dict[str, Occasion]) -> Rendition:
        """Return a rendition, where it has no date, with that of its speaker's last one in the document."""
        if made.voice is None or made.occasion.earlier:
            return made
        known = dated.get(made.voice.id)
        if made.occasion.known:
            dated[made.voice.id] = made.occasion
        elif known is not None:
            return replace(made, occasion=known)
        return made


def _quoted(statement: Statement, text: str) -> Iterator[Span]:
    """Yield the characters of a content that stand in quotation marks, without these."""
    for start, end in statement.content:
        if statement.kind == "direct":
            words = text[start:end]
            kept = words.strip(_MARKS)
            if kept:
                at = start + words.index(kept)
                yield at, at + len(kept)
        else:
            yield from ((start + m.start(1), start + m.end(1)) for m in _QUOTED.finditer(text[start:end]))
