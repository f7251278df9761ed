"""Who did it and to whom: the arguments that a frame names, found in the dependency tree."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from sayso.knowledge.frames import Frame, Lexicon
from sayso.reading.event_parties import Parties, is_anaphoric
from sayso.reading.event_syntax import Clauses, after_preposition, complements, is_nominal, is_one_of

_PLACES = ("in", "at", "near", "outside", "inside", "across", "around", "throughout", "on", "into")
_MUTUAL_FROM = {"object", "with", "between", "and", "of", "subject"}
_WHOSE = {"of", "by", "from", "between", "among", "than", "including", "within"}
_DEEPEST_CONTENT = 5
_PREPOSITIONAL = {"carry", "engage", "embark", "participate", "take", "respond", "begin", "join", "proceed"}
_WIDEST_CONTENT = 40


@dataclass(slots=True)
class Sides:
    """The nouns that name the parties of an event."""

    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()


class Roles:
    """Finds the sides of events in one document."""

    def __init__(self, clauses: Clauses, parties: Parties, lexicon: Lexicon) -> None:
        self._clauses, self._parties = clauses, parties
        self._support, self._suffer = lexicon.words("support"), lexicon.words("suffer")
        self._publish = lexicon.words("publish")

    def of(self, token: Token, frame: Frame, inner: Sides | None) -> Sides:
        """Return the sides of the event that a frame sees in a word; ``inner`` are those of what it embeds."""
        if is_nominal(token):
            return self._of_noun(token, frame, inner)
        return self._of_verb(token, frame, inner)

    def support(self, noun: Token) -> Token | None:
        """Return the verb that lends an event noun its subject: "launched an attack", "faces sanctions"."""
        if noun.dep_ == "conj":
            noun = noun.head
        verb = noun.head
        if noun.dep_ not in ("dobj", "nsubjpass", "attr", "pobj"):
            return None
        if noun.dep_ == "pobj":
            if noun.head.lower_ not in ("out", "with", "in", "on") or verb.head.lemma_ not in _PREPOSITIONAL:
                return None
            verb = verb.head
        suffers = is_one_of(verb, self._suffer) and not any(child.dep_ == "prt" for child in verb.rights)
        return verb if suffers or is_one_of(verb, self._support) else None

    def _of_verb(self, verb: Token, frame: Frame, inner: Sides | None) -> Sides:
        actors: tuple[Token, ...] = ()
        for source in frame.actor:
            actors = self._at(verb, source, frame, inner)
            if actors:
                break
        if not actors and self._clauses.of(verb).passive:
            actors = self._further(verb, "by")
        several = frame.mutual and self._parties.count(actors) > 1
        recipients: tuple[Token, ...] = ()
        found_in = ""
        for source in frame.recipient:
            if several and source in ("content", "clause", "for", "to"):
                continue
            recipients = self._parties.others(self._at(verb, source, frame, inner), actors)
            if frame.mutual:
                recipients = tuple(token for token in recipients if not self._parties.is_venue(token))
            if recipients:
                found_in = source
                break
        return self._mutual(frame, Sides(actors, recipients), found_in)

    def _mutual(self, frame: Frame, sides: Sides, found_in: str) -> Sides:
        """Put every party on both sides where the event is mutual."""
        if not frame.mutual:
            return sides
        both = tuple(dict.fromkeys(sides.actors + sides.recipients))
        if sides.recipients and (found_in not in _MUTUAL_FROM or (found_in == "with" and not sides.actors)):
            return sides
        return Sides(both, both) if self._parties.count(both) > 1 else sides

    def _at(self, verb: Token, source: str, frame: Frame, inner: Sides | None) -> tuple[Token, ...]:
        clause = self._clauses.of(verb)
        if source == "subject":
            return self._doers(clause.doer, frame)
        if source == "object":
            return self.named(clause.undergoer)
        if source == "patient":
            return self.named(clause.surface)
        if source == "dative":
            return self.named(clause.dative)
        if source == "clause":
            return self._complement_subject(verb)
        if source == "content":
            return (inner.recipients or inner.actors) if inner else self._content(verb)
        if source == "place":
            return self._place(verb, clause.undergoer)
        if source == "condition":
            return self._condition(verb)
        found = self.named(after_preposition(verb, source))
        found = found or self._below(clause.undergoer, source) or self._below(clause.surface, source)
        return found or self._further(verb, source)

    def _doers(self, subject: Token | None, frame: Frame) -> tuple[Token, ...]:
        """Return who acts; of an attack that does harm whoever made it, and not whom or where it hit."""
        found = self.named(subject)
        if subject is None or subject.pos_ != "NOUN" or subject in found or self._parties.standing(subject) != "none":
            return found
        found = tuple(t for t in found if not _is_only_concerned(t, subject)) or self._owners(subject, frame)
        if not found and self._parties.is_paper(subject) and self._is_published(subject):
            found = self.named(self._clauses.owner(subject))
        return tuple(t for t in found if not self._parties.is_scene(t))

    def _is_published(self, paper: Token) -> bool:
        """Say whether a paper is what the subject of its verb makes known: "issued a statement", "said in a letter"."""
        verb = paper.head.head if paper.dep_ == "pobj" else paper.head
        return is_one_of(verb, self._publish)

    def _further(self, verb: Token, prep: str) -> tuple[Token, ...]:
        """Look under what other prepositions of a verb introduce: "is ready for talks with South Korea"."""
        for child in verb.rights:
            if child.dep_ == "prep":
                for noun in child.rights:
                    if noun.dep_ == "pobj" and (found := self._below(noun, prep)):
                        return found
        return ()

    def _below(self, noun: Token | None, prep: str) -> tuple[Token, ...]:
        return self.named(after_preposition(noun, prep)) if noun is not None else ()

    def _complement_subject(self, verb: Token) -> tuple[Token, ...]:
        for child in verb.rights:
            if child.dep_ in ("ccomp", "xcomp"):
                return self.named(self._clauses.of(child).surface)
        return ()

    def _condition(self, verb: Token) -> tuple[Token, ...]:
        """Return whom a threat or demand is aimed at by its condition: "unless Israel withdraws"."""
        waiting = [verb, *(c for c in verb.rights if c.dep_ in ("xcomp", "ccomp", "dobj"))]
        for clause in (c for token in waiting for c in token.children if c.dep_ == "advcl"):
            if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "until") for c in clause.lefts):
                return self.named(self._clauses.of(clause).surface)
        return ()

    def _place(self, verb: Token, patient: Token | None) -> tuple[Token, ...]:
        for prep in _PLACES:
            found = self.named(after_preposition(verb, prep)) or self._below(patient, prep)
            if found:
                return found
        return ()

    def _content(self, verb: Token) -> tuple[Token, ...]:
        """Return the first party named in what a verb embeds, searching breadth first."""
        own = {token.i for token in self.named(self._clauses.of(verb).surface)}
        level, seen = list(complements(verb)), 0
        for _ in range(_DEEPEST_CONTENT):
            below: list[Token] = []
            for token in level:
                seen += 1
                found = tuple(t for t in self._parties.within(token) if t.i not in own) if token.pos_ != "VERB" else ()
                if found:
                    return found
                if seen < _WIDEST_CONTENT:
                    below += [c for c in token.children if c.dep_ not in ("relcl", "advcl", "punct", "aux", "conj")]
            level = below
        return ()

    def _of_noun(self, noun: Token, frame: Frame, inner: Sides | None) -> Sides:
        verb = self.support(noun)
        clause = self._clauses.of(verb) if verb is not None else None
        suffers = verb is not None and is_one_of(verb, self._suffer)
        actors = self._owners(noun, frame)
        if not actors and clause is not None and not suffers:
            actors = self.named(clause.doer)
        if not actors and frame.mutual and noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB":
            actors = self.named(self._clauses.of(noun.head.head).surface)
        if not actors and frame.mode == "visit":
            actors = self._traveller(noun)
        recipients: tuple[Token, ...] = ()
        found_in = ""
        if suffers and clause is not None:
            actors = actors or self.named(after_preposition(noun, "from"))
            recipients = self._parties.others(self.named(clause.surface), actors)
        for source in frame.recipient:
            if recipients:
                break
            content = inner if source == "content" else None
            found = (content.recipients or content.actors) if content else self._noun_source(noun, verb, source, frame)
            recipients = self._parties.others(found, actors)
            found_in = source
        return self._mutual(frame, Sides(actors, recipients), found_in)

    def _traveller(self, noun: Token) -> tuple[Token, ...]:
        """Return the subject of the clause in which a journey stands: "said on a trip to Kenya"."""
        for _ in range(_DEEPEST_CONTENT):
            if noun.dep_ not in ("pobj", "prep", "dobj"):
                return ()
            noun = noun.head
            if noun.pos_ == "VERB":
                return self.named(self._clauses.of(noun).surface)
        return ()

    def _owners(self, noun: Token, frame: Frame) -> tuple[Token, ...]:
        """Return whose an event noun is: possessor, nationality before it, by-phrase, or of-phrase."""
        for child in noun.lefts:
            if child.dep_ == "poss" and (found := self.named(child)):
                return found
        if frame.modifier_is == "actor":
            for child in noun.lefts:
                if child.dep_ in ("amod", "compound", "nmod") and (found := self._parties.within(child)):
                    return found
        whose = after_preposition(noun, "of")
        found = self.named(after_preposition(noun, "by")) or self._below(whose, "by")
        if not found and frame.of == "actor":
            found = self.named(whose)
        found = found or self.named(after_preposition(noun, "between")) or self._expressed_by(noun)
        if not found and noun.dep_ == "nsubj":
            found = self.named(after_preposition(noun.head, "between"))
        return found

    def _expressed_by(self, noun: Token) -> tuple[Token, ...]:
        """Return who makes what a participle lends to an event noun: "demands expressed by", "raids launched by"."""
        for child in noun.rights:
            if child.dep_ == "acl" and child.tag_ == "VBN" and is_one_of(child, self._support):
                return self.named(self._clauses.of(child).agent)
        return ()

    def _noun_source(self, noun: Token, verb: Token | None, source: str, frame: Frame) -> tuple[Token, ...]:
        if source in ("object", "of"):
            wanted = "of" if frame.of == "recipient" else ""
            return self.named(after_preposition(noun, wanted)) if wanted else ()
        if source in ("subject", "patient", "dative", "clause", "content", "speaker"):
            return ()
        preps = _PLACES if source == "place" else (source,)
        for prep in preps:
            found = self.named(after_preposition(noun, prep))
            if not found and verb is not None:
                found = self.named(after_preposition(verb, prep))
            if found:
                return found
        return ()

    def named(self, token: Token | None) -> tuple[Token, ...]:
        """Return the parties that an argument names; a pronoun stands for the subject around it."""
        if token is None:
            return ()
        if token.pos_ == "PRON" or (is_anaphoric(token) and self._parties.standing(token) == "none"):
            other = self._antecedent(token)
            return self._parties.within(other) if other is not None else self._parties.within(token)
        return self._parties.within(token)

    def _antecedent(self, pronoun: Token) -> Token | None:
        """Return the subject of the clause around: "NATO said it ...", unless coreference knows better."""
        if pronoun.lower_ in ("we", "i", "you", "us", "me", "who", "what", "this", "that", "there"):
            return None
        verb = pronoun.head
        known = {actor.id for actor in self._parties.actors([pronoun])}
        for _ in range(_DEEPEST_CONTENT):
            subject = self._clauses.of(verb).surface if verb.pos_ in ("VERB", "AUX") else None
            if subject is not None and subject.i < pronoun.i and subject.pos_ != "PRON":
                if not self._parties.agrees(pronoun, subject):
                    return None
                same = known & {actor.id for actor in self._parties.actors([subject])}
                return subject if same or not known else None
            if verb.dep_ == "ROOT" or verb.head is verb:
                return None
            verb = verb.head
        return None


def _is_only_concerned(party: Token, noun: Token) -> bool:
    """Say whether a party is not who does what a noun names, but to, at, on, for or with whom it is done."""
    token = party
    for _ in range(_DEEPEST_CONTENT):
        if token.i == noun.i or token.dep_ == "conj":
            return False
        if token.dep_ == "prep" and token.lower_ not in _WHOSE and token.head.i == noun.i:
            return True
        token = token.head
    return False
