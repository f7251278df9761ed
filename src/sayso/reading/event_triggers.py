"""Which frames a word can trigger: the look-up by lemma and the tests on what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token
from spacy.vocab import Vocab

from sayso.knowledge.frames import Heads, Lexicon, Trigger
from sayso.reading.event_parties import Parties
from sayso.reading.event_sentences import Sentences
from sayso.reading.event_syntax import Clauses, after_preposition, conjuncts, is_nominal, is_one_of

_QUESTIONS = {"whether", "if", "what", "why", "how", "who", "whom", "when", "where", "which"}
_PRONOUNS = {"he", "she", "it", "they", "we", "i", "you", "who"}


class Triggers:
    """The lexicon as one look-up per token, by the hash of its lemma."""

    def __init__(self, lexicon: Lexicon, vocab: Vocab) -> None:
        add = vocab.strings.add
        self._lexicon = lexicon
        self._verbs = {add(lemma): triggers for lemma, triggers in lexicon.verbs.items()}
        self._shortened = {add(v[:-1]): v for v in lexicon.verbs if v.endswith("e") and v[:-1] not in lexicon.verbs}
        self._nouns = {add(lemma): triggers for lemma, triggers in lexicon.nouns.items()}
        self._adjectives = {add(lemma): triggers for lemma, triggers in lexicon.adjectives.items()}
        self._heads: dict[tuple[str, ...], frozenset[str]] = {}
        self._shortened |= {add(v[:-1] + "ie"): v for v in lexicon.verbs if v.endswith("y")}
        self.all = self._verbs.keys() | self._nouns.keys() | self._adjectives.keys()
        self.all |= self._shortened.keys()

    def candidates(self, token: Token) -> list[Trigger]:
        """Return every trigger that the word could be, by its part of speech."""
        pos, dep = token.pos_, token.dep_
        if pos in ("VERB", "AUX"):
            if dep in ("amod", "compound"):
                return []
            found = self._verbs.get(token.lemma) or self._restored(token)
            return found + self._adjectives.get(token.lemma, []) if dep in ("acomp", "oprd") else found
        if is_nominal(token):
            return self._nouns.get(token.lemma, []) if dep not in ("compound", "poss", "nmod", "amod") else []
        if pos == "ADJ":
            return self._adjectives.get(token.lemma, []) if dep != "amod" else []
        return self._verbs.get(token.lemma) or self._restored(token)

    def _restored(self, verb: Token) -> list[Trigger]:
        lemma = self._shortened.get(verb.lemma)
        if lemma is None or not (lemma.endswith("y") or is_one_of(verb, (lemma,))):
            return []
        return self._lexicon.verbs[lemma]

    def expand(self, heads: list[str]) -> frozenset[str]:
        """Return the words of a list of heads, worked out once."""
        key = tuple(heads)
        if key not in self._heads:
            self._heads[key] = self._lexicon.expand(heads)
        return self._heads[key]


class Fit:
    """The tests of one document's words against triggers."""

    def __init__(self, sentences: Sentences, triggers: Triggers, clauses: Clauses, parties: Parties) -> None:
        self._sentences, self._triggers, self._clauses, self._parties = sentences, triggers, clauses, parties
        self._partitive, self._support = triggers.expand(["$partitive"]), triggers.expand(["$support"])

    def matches(self, token: Token) -> Iterator[Trigger]:
        """Yield the triggers that fit a word, the most demanding first; what they embed is not yet looked at."""
        candidates = self._triggers.candidates(token)
        for trigger in sorted(candidates, key=lambda t: -t.weight):
            fits = self._fits_noun if is_nominal(token) else self._fits_verb
            if fits(token, trigger) and not self._ruled_out(token, trigger):
                yield trigger

    def _fits_verb(self, verb: Token, trigger: Trigger) -> bool:
        clause = self._clauses.of(verb)
        patient = clause.undergoer or _complement_subject(verb)
        if not _has_particles(verb, trigger.particles):
            return False
        if trigger.objects and verb.lemma_ == "call" and _calls_names(verb):
            return False
        if trigger.objects and not self._names(patient, trigger.objects):
            return False
        if trigger.prep and not self._follows(verb, patient, trigger):
            return False
        if trigger.type == "REQUEST" and verb.lemma_ == "ask" and _asks_a_question(verb):
            return False
        frame = trigger.frame
        by_pronoun = clause.surface is not None and clause.surface.lower_ in _PRONOUNS
        by_class = any(head.startswith("$") for head in frame.subject.any)
        subject_may_lack = clause.passive or clause.surface is None or (by_pronoun and by_class)
        return self._allows(frame.object, patient, may_lack=False) and self._allows(
            frame.subject, clause.doer, may_lack=subject_may_lack
        )

    def _fits_noun(self, noun: Token, trigger: Trigger) -> bool:
        if trigger.before and not _stands_before(noun, trigger.before):
            return False
        if trigger.after and not _stands_after(noun, trigger.after):
            return False
        if trigger.follow and trigger.follow.isdisjoint(self._after(noun)):
            return False
        modifier = trigger.frame.modifier
        words = {child.lower_ for child in noun.lefts}
        if modifier.none and words & self._triggers.expand(modifier.none):
            return False
        return not modifier.any or bool(words & self._triggers.expand(modifier.any))

    def _after(self, noun: Token) -> Iterator[str]:
        """Yield the words that open what follows a noun, of a participle between them too: "demands made for"."""
        for child in noun.rights:
            yield child.lower_
            if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in self._support:
                yield from (below.lower_ for below in child.rights)

    def _follows(self, verb: Token, patient: Token | None, trigger: Trigger) -> bool:
        prep = trigger.prep or ""
        found = after_preposition(verb, prep) or (after_preposition(patient, prep) if patient is not None else None)
        return self._names(found, trigger.pobjects)

    def _names(self, token: Token | None, wanted: frozenset[str]) -> bool:
        """Say whether a noun, or one coordinated with it, is one of those wanted; it may be one of several words."""
        if token is None:
            return "$none" in wanted
        if "$party" in wanted and any(self._parties.is_somebody(noun) for noun in conjuncts(token)):
            return True
        if "$person" in wanted and self._parties.is_person(token):
            return True
        return any(name in wanted for noun in conjuncts(token) for name in _names_of(noun, self._partitive))

    def _allows(self, heads: Heads, token: Token | None, may_lack: bool) -> bool:
        if heads.none and token is not None and self._names(token, self._triggers.expand(heads.none)):
            return False
        if not heads.any:
            return True
        return may_lack or self._names(token, self._triggers.expand(heads.any))

    def _ruled_out(self, token: Token, trigger: Trigger) -> bool:
        frame = trigger.frame
        if frame.near and self._sentences.lemmas(token.i).isdisjoint(self._triggers.expand(frame.near)):
            return True
        return bool(frame.without) and not self._sentences.lemmas(token.i).isdisjoint(frame.without)


def _names_of(noun: Token, partitive: frozenset[str]) -> Iterator[str]:
    """Yield the names by which a pattern may call a noun: its lemma, with its compound, with its of-phrase.

    Of a quantity ("one third of the rebels", "700 kg of medicine") it is what is counted that is named.
    """
    if noun.lemma_.lower() in partitive and (counted := after_preposition(noun, "of")) is not None:
        yield from _names_of(counted, frozenset())
    lemma = noun.lemma_.lower()
    yield lemma
    if noun.i > 0:
        before = noun.nbor(-1).lower_
        yield f"{noun.nbor(-2).lower_}-{lemma}" if before == "-" and noun.i > 1 else f"{before} {lemma}"
    if noun.i + 2 < len(noun.doc) and noun.nbor(1).lower_ == "of":
        yield f"{lemma} of {noun.nbor(2).lemma_.lower()}"


def _complement_subject(verb: Token) -> Token | None:
    """Return the subject of a complement clause: "allowed inspectors to return"."""
    for child in verb.rights:
        if child.dep_ == "ccomp":
            return next((c for c in child.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    return None


def _has_particles(verb: Token, particles: tuple[str, ...]) -> bool:
    if not particles:
        return True
    if particles == ("to",) and any(child.dep_ == "xcomp" for child in verb.rights):
        return True
    near = {
        child.lower_
        for child in verb.children
        if child.dep_ in ("prep", "prt", "advmod", "dative", "npadvmod") and (child.dep_ != "prep" or child.i > verb.i)
    }
    if len(particles) > 1:
        near |= {below.lower_ for child in verb.rights if child.lower_ in near for below in child.rights}
    return all(particle in near for particle in particles)


def _calls_names(verb: Token) -> bool:
    """Say whether somebody is called something: "called the senator a liar" is no telephone call."""
    return any(child.dep_ in ("oprd", "ccomp", "attr", "dative") for child in verb.rights)


def _stands_before(noun: Token, words: tuple[str, ...]) -> bool:
    start = noun.i - len(words)
    return start >= 0 and all(
        word in (noun.doc[start + k].lower_, noun.doc[start + k].lemma_.lower()) for k, word in enumerate(words)
    )


def _stands_after(noun: Token, words: tuple[str, ...]) -> bool:
    if noun.i + len(words) >= len(noun.doc):
        return False
    following = [noun.doc[noun.i + 1 + k] for k in range(len(words))]
    return all(word in (t.lower_, t.lemma_.lower()) for word, t in zip(words, following, strict=True))


def _asks_a_question(verb: Token) -> bool:
    """Say whether something is only asked about: "asked whether the deal holds", "asked what he knew"."""
    return any(clause.dep_ == "ccomp" and clause.left_edge.lower_ in _QUESTIONS for clause in verb.rights)
