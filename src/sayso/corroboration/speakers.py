"""Who speaks in each statement of a Record: whom a pronoun, a paper or a bare role is the voice of, of what country.

"The ministry", "a spokesman", "it" and "the statement" name nobody. They are the body that was named so before, else
that of the town from which an agency's text was filed or for which the outlet is called, else of who spoke last.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.corroboration.narrators import Narrator
from sayso.knowledge.country_names import country_in
from sayso.knowledge.voices import head_of, load, singular
from sayso.records import Actor, Record, Statement

_BARE = re.compile(
    r"(?:[Tt]he |[Aa]n? )?(?!its |their )[a-z][a-z’'-]*(?: [a-z][a-z’'-]*)* ?|[A-Z][a-z]+|[Tt]he [A-Z][a-z]+"
)
"""A source that names nobody by name: "the army", "Officials", "the Ministry"."""
_OF_WHOM = re.compile(r"(?:its|their)\b", re.IGNORECASE)
_ONE = frozenset({"he", "she", "him", "her"})
_SEVERAL = frozenset({"it", "they", "them"})
_BEGINS = re.compile(r"(?:^|[.!?\n]) *(?:In |But |And |Yet )?(?:[Tt]he )?$")
_BEFORE = 12
_CAPITALS = frozenset({"PPLC", "PCLI"})
"""Features of GeoNames: the capital of a country, and the country itself."""
_QUOTED = re.compile(r"(?:quot|cit)(?:es?|ed|ing)\b")
"""A cue whose object is who said it: "media quoted the prosecutor as saying"."""
_AS_SAYING = re.compile(r" ([^,.;:\n]+?) as (?:saying|telling|warning|denying|confirming|adding)\b")
_QUOTING = re.compile(r"\b((?:quot|cit)(?:es?|ed|ing)) [^,.;:\n]+ as $")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a statement, the country whose voice that is, the words for it and those that name it.

    ``naming`` is another's or an earlier statement's source where the words for it are a pronoun or a paper.
    ``guessed``: nothing in the text says of what country they are; it is that of who spoke last, or the scene's.
    """

    actor: Actor | None
    country: str | None
    source: str
    naming: str
    guessed: bool = False


class Speakers:
    """The speakers of one Record, by the id of the statement."""

    def __init__(self, record: Record, narrator: Narrator) -> None:
        self._record = record
        self._words = load()
        self._narrator = narrator
        self._actors = {actor.id: actor for actor in record.actors}
        self._topics = sorted(_topics(record, self._words.state))
        speaking = (self._actors[s.speaker] for s in record.statements if s.speaker)
        self._usual = _most(actor.country for actor in speaking if actor.country and self._is_state(actor))
        self._bodies: dict[str, str] = {}
        self._said: list[Speaker] = []
        self._named_so: dict[str, Speaker] = {}
        self._found: dict[str, Speaker] = {}
        for statement in record.statements:
            speaker = self._of(statement)
            self._found[statement.id] = speaker
            if speaker.actor is not None or speaker.country is not None:
                self._said.append(speaker)
        self.country = narrator.filed or narrator.home or self._usual or narrator.scene

    def of(self, statement: str) -> Speaker:
        """Return who speaks in a statement."""
        return self._found[statement]

    def _of(self, statement: Statement) -> Speaker:
        source = self._record.quote(statement.source)
        at = statement.source[0][0] if statement.source else 0
        actor = self._named(source, self._actors.get(statement.speaker or ""))
        cue = self._record.quote(statement.cue)
        if _QUOTED.search(cue):
            actor, source = self._quoted(statement.cue[-1][1], statement) or (actor, source)
        elif cue.endswith("saying"):
            start = statement.cue[-1][1] - len("saying")
            quoting = _QUOTING.search(self._record.text, max(start - _LONGEST_NAME, 0), start)
            actor, source = (self._quoted(quoting.end(1), statement) if quoting else None) or (actor, source)
        before = self._before(source, actor)
        if before is not None:
            return replace(before, source=source)
        earlier = self._named_so.get(actor.id) if actor is not None and _is_pronoun(source) else None
        if earlier is not None:
            return replace(earlier, source=source)
        country, guessed = self._country(actor, source, at)
        speaker = Speaker(actor, country, source, source, guessed)
        if actor is not None and not _is_pronoun(source):
            self._named_so[actor.id] = speaker
        return speaker

    def _named(self, source: str, actor: Actor | None) -> Actor | None:
        """Return the body whose last word alone a source gives: "the Guards", after the Revolutionary Guards."""
        last = source.rsplit(" ", 1)[-1]
        if actor is None or actor.country or not last[:1].isupper():
            return actor
        bodies = (a for a in self._actors.values() if a.kind == "organization" and a.country)
        return next((a for a in bodies if a.name.rsplit(" ", 1)[-1] == last), actor)

    def _quoted(self, after: int, statement: Statement) -> tuple[Actor | None, str] | None:
        """Return who is quoted: whom the words after the cue begin with, and else those that a statement holds."""
        named = _AS_SAYING.match(self._record.text, after, after + _LONGEST_NAME)
        starts = [after + 1, *(start for start, _ in statement.content[:1])]
        for start in starts:
            for actor in self._record.actors:
                for a, b in actor.mentions:
                    if 0 <= a - start <= len("the "):
                        return actor, named[1] if named and start == starts[0] else self._record.text[start:b]
        return (None, named[1]) if named else None

    def _before(self, source: str, actor: Actor | None) -> Speaker | None:
        """Return who spoke before, where a source only points back to them."""
        pointing = source.lower()
        if actor is None and pointing in _ONE:
            return next((s for s in reversed(self._said) if s.actor and s.actor.kind in ("person", "role")), None)
        if actor is None and pointing in _SEVERAL:
            return self._said[-1] if self._said else None
        if self._words.is_paper(source):
            named = country_in(source)
            if named is None and self._words.is_issued(source):
                return self._said[-1] if self._said else None
            return Speaker(None, named, source, source)
        of_whom = actor is None or (
            actor.country is None and (actor.sector in self._words.media or self._words.is_role(source))
        )
        own = of_whom and _OF_WHOM.match(source) is not None and (actor is not None or self._words.is_role(source))
        return self._said[-1] if own and self._said else None

    def _country(self, actor: Actor | None, source: str, at: int) -> tuple[str | None, bool]:
        """Return the country whose voice a source is, its own or that of the text, and whether it is guessed."""
        known = (actor.country if actor is not None else None) or country_in(source)
        body = self._words.body_in(source) or self._words.apart_in(source)
        listed = body is not None or self._words.is_role(source)
        if body is None and (self._is_role(actor, source) or self._is_official(actor, source)):
            body = head_of(source)
        if body is None:
            return known, False
        keys = singular(body)
        bare = listed and _BARE.fullmatch(source) is not None and not (actor and actor.kind == "person")
        if known is None or (bare and self._narrator.filed):
            told_from = self._narrator.filed or known or self._narrator.home
            known = self._echo(keys) or self._topic(at) or told_from
        if known:
            self._bodies.update(dict.fromkeys(keys, known))
        return known or self._latest(), known is None

    def _is_role(self, actor: Actor | None, source: str) -> bool:
        """Say whether somebody speaks for a state, or for a body that is not named."""
        return self._is_state(actor) or ((actor is None or actor.sector is None) and self._words.is_role(source))

    def _is_official(self, actor: Actor | None, source: str) -> bool:
        return actor is not None and actor.sector in self._words.media and self._words.is_official(source)

    def _is_state(self, actor: Actor | None) -> bool:
        return actor is not None and (actor.sector or "")[:3] in self._words.state

    def _echo(self, keys: Iterable[str]) -> str | None:
        return next((self._bodies[key] for key in keys if key in self._bodies), None)

    def _topic(self, at: int) -> str | None:
        """Return the country with which a sentence before, in the same paragraph, begins."""
        paragraph = self._record.text.rfind("\n", 0, at) + 1
        before = bisect_left(self._topics, (at, ""))
        topic = self._topics[before - 1] if before else None
        return topic[1] if topic and topic[0] >= paragraph else None

    def _latest(self) -> str | None:
        last = next((s.country for s in reversed(self._said) if s.country and self._is_state(s.actor)), None)
        return last or self._usual or self._narrator.scene


def _topics(record: Record, sectors: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield where sentences begin with a country, its capital or a body of its state, and that country."""
    for place in record.places:
        if place.country and place.feature in _CAPITALS:
            yield from ((start, place.country) for start, _ in place.mentions if _begins(record, start))
    for actor in record.actors:
        state = actor.kind == "country" or (actor.kind != "person" and (actor.sector or "")[:3] in sectors)
        if actor.country and state:
            for start, _ in actor.mentions:
                if _begins(record, start):
                    yield start, actor.country


def _begins(record: Record, start: int) -> bool:
    """Say whether a sentence begins with what stands at a place of the text."""
    return _BEGINS.search(record.text, max(start - _BEFORE, 0), start) is not None


def _most(countries: Iterable[str]) -> str | None:
    counts = Counter(countries)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else None


def _is_pronoun(source: str) -> bool:
    return source.lower() in _ONE | _SEVERAL | {"who", "which"}
