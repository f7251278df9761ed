"""The cast of a document: its actors by id, their mentions, and which actors each noun phrase denotes."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc

from sayso.reading.annotations import Actor, Mention
from sayso.records import ActorKind

MentionForm = Literal["name", "description", "pronoun"]


class Cast:
    """Collects actors while a document is read; one actor for one id."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.actors: dict[str, Actor] = {actor.id: actor for actor in doc._.actors}
        self.heads: dict[int, tuple[Actor, ...]] = dict(doc._.actor_heads)

    def actor(
        self,
        id: str,  # noqa: A002 - the name that the Record gives it
        name: str,
        kind: ActorKind,
        country: str | None,
        sector: str | None,
        office: str | None = None,
        *,
        confidence: float,
        rule: str,
    ) -> Actor:
        """Return the actor of an id; a later mention adds what was not known before."""
        found = self.actors.get(id)
        if found is None:
            found = self.actors[id] = Actor(id, name, kind, country, sector, office, confidence, rule)
            return found
        found.country = found.country or country
        found.sector = found.sector or sector
        found.office = found.office or office
        found.confidence = max(found.confidence, confidence)
        return found

    def mention(self, actor: Actor, start: int, end: int, head: int, form: MentionForm) -> None:
        """Let a phrase denote an actor, beside others where it denotes several."""
        here = self.heads.get(head, ())
        if any(other is actor for other in here):
            return
        first, last = self.doc[start], self.doc[end - 1]
        actor.mentions.append(Mention(start, end, head, (first.idx, last.idx + len(last)), form))
        self.heads[head] = (*here, actor)

    def store(self) -> None:
        """Leave actors that are mentioned on the document, in order of their first mention."""
        actors = [actor for actor in self.actors.values() if actor.mentions]
        for actor in actors:
            actor.mentions.sort(key=lambda mention: mention.chars)
        actors.sort(key=lambda actor: actor.mentions[0].chars)
        self.doc._.actors = actors
        self.doc._.actor_heads = self.heads
