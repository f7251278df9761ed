"""Coreference: pronouns and descriptions join the actors they point to, and statements get their speakers.

Reading goes forward once with a bounded memory. A word points back only where number, gender, kind and title agree
and one candidate is clearly ahead; otherwise nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.knowledge.actor_pronouns import PairTarget, load_anaphora
from sayso.knowledge.actors import load_actors
from sayso.reading.actor_cast import Cast
from sayso.reading.actor_groups import ONLY_COUNTRY, article, is_definite
from sayso.reading.actor_scene import collective_of
from sayso.reading.annotations import Actor, Statement
from sayso.reading.mention_continuity import Continuity
from sayso.reading.mention_descriptions import by_age, by_nationality, by_title, collective
from sayso.reading.mention_epithets import by_epithet, harks_back, is_of_trade, is_person
from sayso.reading.mention_memory import Memory
from sayso.reading.mention_pairs import Pairs
from sayso.reading.mention_pronouns import antecedent, is_empty
from sayso.reading.mention_speakers import fill_speakers

_NAMED = {"person", "organization"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_KNOWN = {"the", "these", "those", "our", "their"}
_NEW = {"a", "an", "another", "one"}
_INTERNATIONAL = {"IGO", "NGO", "NGM", "IMG"}
_UNOWNED = {"agent noun", ONLY_COUNTRY, "country + office", "country + agent noun"}


class CoreferenceResolver:
    """The step ``sayso_coreference``: completes ``doc._.actors`` and the speakers of ``doc._.statements``."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:  # noqa: ARG002
        self.knowledge = load_actors(knowledge)
        self.anaphora = load_anaphora(knowledge)
        nouns = self.knowledge.sectors.nouns
        self.bodies = {last for last, known in nouns.items() if any(noun.form == "body" for noun in known)}
        pronouns = self.anaphora.pronouns.items()
        self.first_person = {form for form, pronoun in pronouns if pronoun.person == "first"}

    def __call__(self, doc: Doc) -> Doc:
        """Resolve what can be resolved, in one pass, then fill in speakers and the first person."""
        cast = Cast(doc)
        reading = _Reading(doc, cast, Memory(doc, self.knowledge, self.anaphora))
        for token, sentence in _words(doc):
            reading.read(token, sentence)
        cast.store()
        fill_speakers(doc, self.anaphora, self.bodies)
        _first_persons(doc, cast, self.first_person)
        cast.store()
        return doc


def _words(doc: Doc) -> Iterator[tuple[Token, int]]:
    sentence = 0
    for token in doc:
        if token.is_sent_start and token.i:
            sentence += 1
        if not token.is_space:
            yield token, sentence


class _Reading:
    """One pass over one document."""

    def __init__(self, doc: Doc, cast: Cast, memory: Memory) -> None:
        self.doc, self.cast, self.memory = doc, cast, memory
        self.mentions = {m.head: m for actor in cast.actors.values() for m in actor.mentions}
        self.quoted = _quoted(doc)
        self.sources = {s.source_head for s in doc._.statements if s.source_head is not None}
        self.continuity = Continuity(doc)
        self.pairs = Pairs(memory)

    def read(self, token: Token, sentence: int) -> None:
        """Resolve a word that points back, then remember whoever it mentions."""
        self._resolve(token, sentence)
        here = self.cast.heads.get(token.i, ())
        if not here and token.pos_ in {"NOUN", "PROPN"}:
            self.memory.note_thing(token, sentence)
        for actor in here:
            self._adopt(token, actor)
            self.memory.note(actor, self.mentions.get(token.i) or actor.mentions[-1], sentence)
            self.pairs.note(actor, token.i, sentence)

    def _resolve(self, token: Token, sentence: int) -> None:
        here = self.cast.heads.get(token.i)
        if here is None:
            pronoun = self.memory.anaphora.pronouns.get(token.lower_)
            if pronoun is not None and pronoun.person == "third":
                self._pronoun(token, sentence)
            elif token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                self._description(token, sentence)
        elif len(here) == 1 and here[0].rule in _UNOWNED and token.tag_ not in {"NNP", "NNPS"}:
            self._rebind(token, here[0], sentence)

    def _pronoun(self, token: Token, sentence: int) -> None:
        anaphora = self.memory.anaphora
        if is_empty(token, anaphora):
            return
        pronoun = anaphora.pronouns[token.lower_]
        speaker = self.continuity.speaker(token, pronoun, self.memory)
        found = (
            speaker.actor
            if speaker
            else antecedent(token, pronoun, sentence, self.memory, self._speakers_of_quotation(token))
        )
        if found:
            self.cast.mention(found, token.i, token.i + 1, token.i, "pronoun")
            self.memory.learn_gender(found, pronoun.gender)

    def _speakers_of_quotation(self, token: Token) -> set[str]:
        """Return whoever says the quotation that a word stands in: they do not call themselves "he"."""
        statement = self.quoted.get(token.i)
        if statement is None or statement.source_head is None:
            return set()
        return {actor.id for actor in self.cast.heads.get(statement.source_head, ())}

    def _description(self, token: Token, sentence: int) -> None:
        if token.lower_ == "old" and token.i > 2 and self.doc[token.i - 2].lower_ == "year" and is_definite(token):
            aged = by_age(sentence, self.memory)
            self._bind(
                token, aged or by_epithet(token, None, sentence, self.memory, self._speakers_of_quotation(token))
            )
            return
        lemma = token.lemma_.lower()
        target = self.memory.anaphora.pairs.get(lemma)
        if target and token.tag_ == "NNS" and _is_pair(token):
            for actor in self._pair(target, token, sentence):
                self._bind(token, actor)
            return
        if token.i in self.sources and token.pos_ == "NOUN" and is_person(token, self.memory):
            self._speaking(token, sentence)
            return
        if not is_definite(token):
            if token.dep_ in _SUBJECTS and article(token) in _NEW and is_person(token, self.memory):
                self.memory.note_unnamed(self._unnamed(token), token, sentence)
            return
        body = self.memory.anaphora.collectives.get(lemma)
        if body and token.tag_ == "NN" and not _is_qualified(token):
            self._bind(token, collective(body, sentence, self.memory))
        elif token.text[:1].isupper() and token.lower_ not in self.memory.anaphora.collectives:
            self._bind(token, by_nationality(token, sentence, self.memory))

    def _speaking(self, token: Token, sentence: int) -> None:
        """Resolve a person who speaks under a noun that no list knows; an indefinite one is somebody new."""
        found = self._named_beside(token)
        if found is None and is_definite(token) and self._points_back(token):
            found = by_title(token, None, sentence, self.memory)
            found = found or by_epithet(token, None, sentence, self.memory, self._speakers_of_quotation(token))
        self._bind(token, found or self._unnamed(token))

    def _unnamed(self, token: Token) -> Actor:
        """Return the actor for somebody of whom the text gives no name; one without a mention is not kept."""
        noun = token.lower_
        return self.cast.actor(f"actor:{noun}", noun, "role", None, None, confidence=0.5, rule="person without a name")

    def _pair(self, target: PairTarget, token: Token, sentence: int) -> list[Actor]:
        found = self.pairs.find(target, token, sentence)
        return [self._country(one) if isinstance(one, str) else one for one in found]

    def _country(self, code: str) -> Actor:
        state = self.memory.knowledge.states[code]
        return self.cast.actor(
            state.id, state.name, state.kind, code, state.sector, confidence=0.6, rule="one of two sides"
        )

    def _rebind(self, token: Token, actor: Actor, sentence: int) -> None:
        """Give a description that the tagger could not place to somebody already spoken of."""
        lemma = token.lemma_.lower()
        target = self.memory.anaphora.pairs.get(lemma)
        if target and token.tag_ == "NNS" and _is_pair(token):
            found = self._pair(target, token, sentence)
            if found:
                self._release(token, actor)
            for one in found:
                self._bind(token, one)
            return
        beside = self._named_beside(token)
        if beside:
            self._release(token, actor)
            self._bind(token, beside)
            beside.country = beside.country or actor.country
            beside.sector = beside.sector or actor.sector
            return
        owned = self._owned(token, actor)
        if owned is None and not (self._points_back(token) or (is_definite(token) and harks_back(token))):
            return
        known = owned or self._known_as(token, actor, sentence) or self._epithet(token, actor, sentence)
        if known and known is not actor:
            self._release(token, actor)
            self._bind(token, known)

    def _named_beside(self, token: Token) -> Actor | None:
        """Return the person or body whose name follows a description: "the neighbour, Maria Lind, said"."""
        for child in token.rights:
            if child.dep_ == "appos":
                return next((actor for actor in self.cast.heads.get(child.i, ()) if actor.kind in _NAMED), None)
        return None

    def _points_back(self, token: Token) -> bool:
        complements = (child for child in token.rights if child.dep_ == "prep")
        return is_definite(token) and all(child.lower_ not in {"of", "for"} for child in complements)

    def _adopt(self, token: Token, named: Actor) -> None:
        """Give a person what was said under a description alone, once it gets a name: "his spokeswoman said"."""
        unnamed = self.cast.actors.get(f"actor:{token.lower_}")
        if named.kind != "person" or unnamed is None or unnamed.kind != "role" or not is_definite(token):
            return
        for mention in unnamed.mentions:
            self.cast.heads.pop(mention.head, None)
            self.cast.mention(named, mention.start, mention.end, mention.head, mention.form)
        unnamed.mentions = []

    def _owned(self, token: Token, actor: Actor) -> Actor | None:
        """Return a country's own, where a word before has told which country: "its army", "the country's police"."""
        owners = [a for child in token.lefts if child.dep_ == "poss" for a in self.cast.heads.get(child.i, ())]
        codes = {owner.country for owner in owners if owner.country and _governs(owner)}
        if len(codes) != 1 or actor.country or actor.sector is None:
            return None
        code = codes.pop()
        return collective_of(self.cast, self.memory.knowledge, code, actor.sector, 0.7, "possessor + agent noun")

    def _known_as(self, token: Token, actor: Actor, sentence: int) -> Actor | None:
        if token.tag_ == "NN" and actor.kind in {"role", "group"}:
            country = actor.country if actor.rule == "country + office" else None
            person = by_title(token, country, sentence, self.memory)
            if person:
                return person
            body = self.memory.anaphora.collectives.get(token.lemma_.lower())
            if body:
                found = collective(body, sentence, self.memory)
                return found if found and is_of_trade(found, token, self.memory) else None
        if actor.country is None and actor.sector not in {None, "CVL"} and actor.kind == "group":
            return self.memory.last_by_sector.get(actor.sector or "")
        return None

    def _epithet(self, token: Token, actor: Actor, sentence: int) -> Actor | None:
        """Return the person whom a speaker's description means, though the text has not called them that before."""
        speaks = token.i in self.sources or (token.dep_ in _SUBJECTS and harks_back(token))
        if not speaks or token.tag_ != "NN" or not is_person(token, self.memory):
            return None
        country = None if actor.rule == ONLY_COUNTRY else actor.country
        return by_epithet(token, country, sentence, self.memory, self._speakers_of_quotation(token))

    def _bind(self, token: Token, actor: Actor | None) -> None:
        if actor:
            start = min(token.left_edge.i, token.i)
            self.cast.mention(actor, start, token.i + 1, token.i, "description")

    def _release(self, token: Token, actor: Actor) -> None:
        gone = self.mentions.pop(token.i, None)
        actor.mentions = [mention for mention in actor.mentions if mention is not gone]
        self.cast.heads.pop(token.i, None)


def _governs(owner: Actor) -> bool:
    """Say whether what is somebody's is a country's; an international official's country is only a birthplace."""
    return owner.kind == "country" or (owner.kind == "person" and owner.sector not in _INTERNATIONAL)


def _is_pair(token: Token) -> bool:
    """Say whether two that are known are meant: "both sides", "the two states", not "at least two states"."""
    words = {child.lower_ for child in token.lefts}
    return "both" in words or ("two" in words and not words.isdisjoint(_KNOWN))


def _is_qualified(token: Token) -> bool:
    """Say whether more than an article says which one is meant."""
    return any(child.dep_ in {"amod", "compound", "nmod", "poss", "nummod"} for child in token.lefts) or any(
        child.dep_ in {"relcl", "prep"} and child.lower_ in {"of", "for"} for child in token.rights
    )


def _quoted(doc: Doc) -> dict[int, Statement]:
    """Return the statement whose quotation each quoted word stands in, the innermost last."""
    inside: dict[int, Statement] = {}
    ranges = [(q.start, q.end) for q in doc._.quotations]
    statements = [s for s in doc._.statements if s.kind != "indirect"]
    position = 0
    statements.sort(key=lambda s: s.content[0] if s.content else (0, 0))
    for start, end in ranges:
        while position + 1 < len(statements) and statements[position + 1].content[0][0] <= doc[start].idx + 1:
            position += 1
        for statement in statements[position : position + 2]:
            if any(a <= doc[start].idx + 1 < b for a, b in statement.content):
                inside.update(dict.fromkeys(range(start, end), statement))
    return inside


def _first_persons(doc: Doc, cast: Cast, forms: set[str]) -> None:
    """Let "I" and "we" inside a quotation be its speaker."""
    for i, statement in _quoted(doc).items():
        token = doc[i]
        if statement.speaker is None or token.lower_ not in forms or i in cast.heads:
            continue
        if token.text == "I" or not token.is_upper:
            cast.mention(statement.speaker, i, i + 1, i, "pronoun")
