"""What a reader remembers while reading on: who was mentioned lately, how, and whether "he" or "it" can be them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_pronouns import Anaphora, Gender
from sayso.knowledge.actors import ActorKnowledge
from sayso.reading.annotations import Actor, Mention

_KEPT = 48
_SUBJECTS = {"nsubj", "nsubjpass"}
_ARGUMENTS = _SUBJECTS | {"dobj", "pobj", "conj"}
_TIMES = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}
_TITLES_BEFORE = 4


@dataclass(slots=True, eq=False)
class Recent:
    """A mention that a later word may point back to; a ``single`` one is one person of a group: "a police officer"."""

    actor: Actor
    head: int
    sentence: int
    subject: bool
    form: str
    plural: bool
    single: bool


class Memory:
    """The latest mentions, and what the text has said of each actor so far."""

    def __init__(self, doc: Doc, knowledge: ActorKnowledge, anaphora: Anaphora) -> None:
        self.doc, self.knowledge, self.anaphora = doc, knowledge, anaphora
        self.recent: deque[Recent] = deque(maxlen=_KEPT)
        self.people: dict[str, Actor] = {}
        self.words: dict[str, set[str]] = {}
        self.genders: dict[str, Gender | None] = {}
        self.counts: dict[str, int] = {}
        self.last_by_sector: dict[str, Actor] = {}
        self.last_thing = -1
        self.last_thing_sentence = -1
        self.last_things = -1

    def note(self, actor: Actor, mention: Mention, sentence: int) -> None:
        """Remember a mention."""
        token = self.doc[mention.head]
        plural = actor.kind == "group" and (token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "police"})
        subject = _is_subject(token)
        single = actor.kind == "group" and token.tag_ == "NN" and self._is_person(token.lower_)
        self.recent.append(Recent(actor, mention.head, sentence, subject, mention.form, plural, single))
        self.counts[actor.id] = self.counts.get(actor.id, 0) + 1
        if actor.kind == "person":
            self.people.pop(actor.id, None)
            self.people[actor.id] = actor
            self._learn_words(actor, mention)
        elif actor.sector and actor.country and actor.kind != "country":
            self.last_by_sector[actor.sector] = actor
        if mention.form != "pronoun" and self.genders.get(actor.id) is None:
            self.genders[actor.id] = self._gender(actor, mention)

    def note_unnamed(self, actor: Actor, token: Token, sentence: int) -> None:
        """Remember somebody without a name who acts: "she" after "a waitress" is nobody named before."""
        self.recent.append(Recent(actor, token.i, sentence, True, "description", False, True))
        self.genders[actor.id] = self.anaphora.genders.get(token.lower_)

    def _is_person(self, noun: str) -> bool:
        if noun in self.knowledge.sectors.uncounted:
            return False
        return any(known.form == "person" for known in self.knowledge.sectors.nouns.get(noun, ()))

    def note_thing(self, token: Token, sentence: int) -> None:
        """Remember a noun that is nobody: "it" after the subject "the treaty" is the treaty."""
        if token.tag_ in {"NNS", "NNPS"}:
            if token.dep_ in _ARGUMENTS and token.ent_type_ not in _TIMES:
                self.last_things = token.i
        elif token.dep_ in _SUBJECTS:
            self.last_thing, self.last_thing_sentence = token.i, sentence

    def _learn_words(self, actor: Actor, mention: Mention) -> None:
        """Keep the titles and descriptions under which a person went: "general", "spokesman"."""
        words = self.words.setdefault(actor.id, set((actor.office or "").lower().split()))
        first = mention.start
        while first > max(0, mention.start - _TITLES_BEFORE) and self.doc[first - 1].pos_ in {"NOUN", "PROPN", "ADJ"}:
            first -= 1
        words.update(self.doc[i].lower_ for i in range(first, mention.start))
        if mention.form == "description":
            words.update(self.doc[i].lower_ for i in range(mention.start, min(mention.end, mention.start + 8)))
        for noun in _predicated(self.doc[mention.head]):
            words.update(self.doc[i].lower_ for i in range(noun.left_edge.i, noun.i + 1)[-_TITLES_BEFORE:])

    def _gender(self, actor: Actor, mention: Mention) -> Gender | None:
        known = self.knowledge.people.get(actor.id)
        if known:
            return "f" if known.woman else "m"
        genders = self.anaphora.genders
        if actor.kind == "role":
            return genders.get(self.doc[mention.head].lower_)
        if actor.kind != "person":
            return None
        before = self.doc[mention.start - 1].lower_ if mention.start else ""
        said = {genders[word] for word in self.words.get(actor.id, ()) if word in genders}
        # Words of both ("brother" of somebody's "mother") tell nothing.
        agreed = said.pop() if len(said) == 1 else None
        return genders.get(before) or agreed or self._first_name_gender(actor)

    def _first_name_gender(self, actor: Actor) -> Gender | None:
        names = actor.name.lower().split()
        return self.anaphora.genders.get(names[0]) if len(names) > 1 else None

    def learn_gender(self, actor: Actor, gender: Gender | None) -> None:
        """Remember that the text called a person he or she."""
        if actor.kind in {"person", "role"} and self.genders.get(actor.id) is None:
            self.genders[actor.id] = gender

    def gender(self, actor: Actor) -> Gender | None:
        """Return a person's gender, None where the text and our knowledge do not tell."""
        return self.genders.get(actor.id)

    def within(self, sentence: int, reach: int) -> list[Recent]:
        """Return the mentions of this sentence and the ones before it, the latest first."""
        return [recent for recent in reversed(self.recent) if sentence - recent.sentence <= reach]


def _predicated(name: Token) -> Iterator[Token]:
    """Yield the nouns that a sentence says somebody is: "Retno Wulandari, a hydrologist", "she is a hydrologist"."""
    yield from (child for child in name.rights if child.dep_ == "appos" and child.pos_ == "NOUN")
    if name.dep_ == "appos" and name.head.pos_ == "NOUN":
        yield name.head
    if name.dep_ == "nsubj" and name.head.lemma_ == "be":
        yield from (child for child in name.head.rights if child.dep_ == "attr" and child.pos_ == "NOUN")


def _is_subject(token: Token) -> bool:
    dep, head, steps = token.dep_, token, 0
    while dep == "conj" and steps < 4:
        head, steps = head.head, steps + 1
        dep = head.dep_
    return dep in _SUBJECTS
