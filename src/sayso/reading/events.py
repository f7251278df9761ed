"""Political events: which words of a document report one, of what type, by whom and to whom.

Coding is by frame and syntax, after PLOVER. Words are looked up by lemma and tested against the dependency tree; what
stands over them may change their type; what fits no frame is no event. Near misses are kept in ``doc._.rejections``,
at most 200 a document, so that it can be asked why something was not coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.knowledge import frames, ontology
from sayso.knowledge.actors import load_actors
from sayso.knowledge.frames import Lexicon, Trigger
from sayso.reading.annotations import Event, Rejection
from sayso.reading.event_circumstances import Circumstances
from sayso.reading.event_confidence import load_confidence
from sayso.reading.event_contexts import Contexts
from sayso.reading.event_grounds import Grounds
from sayso.reading.event_parties import Parties
from sayso.reading.event_roles import Roles, Sides
from sayso.reading.event_scope import COOPERATIVE, FORCEFUL, Scope, Scopes, announced, asked, governors, threatened
from sayso.reading.event_sentences import Sentences
from sayso.reading.event_syntax import Clauses, is_nominal, is_one_of
from sayso.reading.event_triggers import Fit, Triggers
from sayso.records import EventType

_MOST_REJECTIONS = 200
_USUAL_CONFIDENCE = 0.5
_BETWEEN = {"CONSULT", "COOPERATE"}
_IN_WHICH = {"in", "by", "with", "through"}
_DESCRIBED = {"AGREE", "SUPPORT", "CONCEDE"}
_WRITTEN = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT"}
_SPOKEN = {"AGREE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "CONCEDE"}


@dataclass(slots=True, eq=False)
class _Candidate:
    """A word that fits at least one frame."""

    token: Token
    options: list[Trigger]
    above: list[int] = field(default_factory=list)
    below: list[_Candidate] = field(default_factory=list)
    trigger: Trigger | None = None
    inner: _Candidate | None = None
    type: EventType | None = None
    mode: str | None = None
    sides: Sides = field(default_factory=Sides)
    scope: Scope = field(default_factory=lambda: Scope("none", False, None))


class EventCoder:
    """Codes the events of a Doc; ``doc._.events`` and ``doc._.rejections`` hold the result."""

    def __init__(self, nlp: Language, knowledge: str | None, lexicon: Lexicon | None = None) -> None:
        """Load PLOVER's frames, or take those of a user's own ontology instead."""
        self._lexicon = lexicon or frames.load(knowledge)
        self._own = lexicon is not None
        self.confidence = load_confidence()
        self._types = ontology.load(knowledge).types
        self._triggers = Triggers(self._lexicon, nlp.vocab)
        self._contexts = Contexts(knowledge)
        self._actors = load_actors(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Code the events of a document."""
        doc._.events, doc._.rejections = [], []
        words = [token for token in doc if token.lemma in self._triggers.all]
        if words:
            _Reading(self, doc).code(words)
        return doc


class _Reading:
    """The coding of one document."""

    def __init__(self, coder: EventCoder, doc: Doc) -> None:
        self._doc, self._lexicon, self._types, self._own = doc, coder._lexicon, coder._types, coder._own
        self._sentences, self._confidence = Sentences(doc), coder.confidence
        self._contexts = coder._contexts.of(doc, self._sentences)
        self._clauses = Clauses()
        self._grounds = Grounds(doc, coder._actors)
        self._parties = Parties(doc, self._lexicon, self._grounds)
        self._fit = Fit(self._sentences, coder._triggers, self._clauses, self._parties)
        self._roles = Roles(self._clauses, self._parties, self._lexicon)
        self._scopes = Scopes(*map(self._lexicon.words, ("transparent", "wish", "prospect")))

    def code(self, words: list[Token]) -> None:
        """Fill ``doc._.events`` and ``doc._.rejections``."""
        found = {token.i: _Candidate(token, options) for token in words if (options := list(self._fit.matches(token)))}
        for candidate in found.values():
            candidate.above = [t.i for t in governors(candidate.token) if t.i in found]
            for i in candidate.above:
                found[i].below.append(candidate)
        for candidate in sorted(found.values(), key=lambda c: -len(c.above)):
            self._choose(candidate)
        chosen = [c for c in found.values() if c.trigger is not None]
        kept = [c for c in chosen if not self._is_part_of_another(c, found) and not self._names_again(c, found)]
        for candidate in kept:
            self._serve(candidate, found)
        events = list(self._merged([c for c in kept if self._is_event(c)]))
        for candidate in events:
            self._leave_home(candidate)
        self._grounds.add([t for c in events for t in self._parties.unnamed(c.sides.actors + c.sides.recipients)])
        circumstances = Circumstances(self._doc, self._sentences)
        self._doc._.events = [self._event(c, circumstances) for c in events]
        self._confidence.rate(self._doc, [self._sentences.number(c.token.i) for c in events])

    def _choose(self, candidate: _Candidate) -> None:
        """Take the most demanding frame that what the word embeds allows."""
        below = sorted((c for c in candidate.below if c.type is not None), key=lambda c: len(c.above))
        for option in candidate.options:
            frame = option.frame
            inner = below[0] if below else None
            if (frame.inner and (inner is None or inner.type not in frame.inner)) or (
                frame.modal and not self._has_modal(candidate.token, frame.modal)
            ):
                continue
            candidate.trigger, candidate.inner = option, inner if frame.absorbs else None
            candidate.sides = self._sides(candidate, option)
            self._set_type(candidate)
            if candidate.sides.recipients or not self._needs_recipient(option):
                return

    def _needs_recipient(self, option: Trigger) -> bool:
        return option.frame.requires in ("recipient", "both") or self._types[option.type].requires_recipient

    def _sides(self, candidate: _Candidate, option: Trigger) -> Sides:
        """Return who did it to whom; what somebody asks for is asked of whoever is to do it."""
        inner = candidate.inner.sides if candidate.inner else None
        if inner is not None and option.type == "REQUEST" and inner.actors:
            inner = Sides((), inner.actors)
        return self._roles.of(candidate.token, option.frame, inner)

    def _set_type(self, candidate: _Candidate) -> None:
        trigger = candidate.trigger
        assert trigger is not None
        inner = candidate.inner
        candidate.scope = self._scopes.over(self._verb(candidate.token))
        kind, mode = trigger.type, trigger.frame.mode
        if kind in ("REQUEST", "REJECT") and mode is None and inner is not None:
            mode = asked(inner.type, inner.mode)
        elif kind == "THREATEN" and mode is None and inner is not None:
            mode = threatened(inner.type, inner.mode, _takes_territory(inner))
        turned = announced(kind, mode, candidate.scope, self._is_own(candidate))
        if turned and turned[0] == "REJECT" != kind and trigger.frame.mutual:
            # both would have done it; it is one of them who will not
            candidate.sides = self._roles.of(candidate.token, trigger.frame.model_copy(update={"mutual": False}), None)
        candidate.type, candidate.mode = turned or (None, None)
        if candidate.type == "THREATEN" and kind != "THREATEN" and _takes_territory(candidate):
            candidate.mode = "territory"

    def _verb(self, token: Token) -> Token:
        return (self._roles.support(token) or token) if is_nominal(token) else token

    def _is_own(self, candidate: _Candidate) -> bool:
        """Say whether whoever speaks of a future may be the one to act: no speaker, the same, or of the same side."""
        verb = self._verb(candidate.token)
        speech = next((t for t in governors(verb) if t.lemma_ in self._lexicon.words("speech")), None)
        if speech is None:
            return True
        sides = candidate.sides
        speakers = self._parties.actors(self._roles.named(self._clauses.of(speech).doer))
        cooperative = candidate.trigger is not None and candidate.trigger.type in COOPERATIVE
        doers = self._parties.actors(sides.actors + (sides.recipients if cooperative else ()))
        said, done = {a.country or a.id for a in speakers}, {a.country or a.id for a in doers}
        return not said or not done or bool(said & done)

    def _has_modal(self, token: Token, modals: list[str]) -> bool:
        for child in token.children:
            if child.dep_ == "ccomp":
                if any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ in modals for c in child.lefts):
                    return True
                if (
                    child.lemma_ in ("have", "need")
                    and child.lemma_ in modals
                    and any(c.dep_ == "xcomp" for c in child.rights)
                ):
                    return True
        return False

    def _is_part_of_another(self, candidate: _Candidate, found: dict[int, _Candidate]) -> bool:
        """Say whether a governing frame absorbs an event or uses its noun up as its object."""
        for i in candidate.above:
            other = found[i]
            if other.trigger is None or other.type is None:
                continue
            if other.trigger.frame.absorbs:
                return True
            if other.trigger.after and i < candidate.token.i <= i + len(other.trigger.after):
                return True
            direct = candidate.token.head.i == i or candidate.token.head.head.i == i
            if direct and (other.trigger.objects or other.trigger.pobjects):
                return True
        return False

    def _names_again(self, candidate: _Candidate, found: dict[int, _Candidate]) -> bool:
        """Say whether an event noun names what its verb does: "died in an attack", "an attack killed two"."""
        token = candidate.token
        above = token.head.head if token.dep_ == "pobj" and token.head.lower_ in _IN_WHICH else token.head
        other = found.get(above.i)
        if other is None or other.type != candidate.type or not is_nominal(token) or is_nominal(above):
            return False
        if token.dep_ not in ("nsubj", "dobj", "pobj"):
            return False
        mine, theirs = candidate.sides, other.sides
        if token.dep_ == "nsubj" and candidate.mode is not None:
            other.mode, theirs.recipients = candidate.mode, tuple(dict.fromkeys(theirs.recipients + mine.recipients))
        theirs.actors = theirs.actors or mine.actors
        theirs.recipients = theirs.recipients or mine.recipients
        return True

    def _serve(self, candidate: _Candidate, found: dict[int, _Candidate]) -> None:
        """Let what is only the purpose or the slogan of another event give that one its recipient, and end there."""
        token = candidate.token
        main = found.get(token.head.i)
        if main is None or main.type is None or token.pos_ != "VERB" or token.dep_ not in ("advcl", "acl", "xcomp"):
            return
        slogan = main.type == "PROTEST" and candidate.type in ("REQUEST", "ACCUSE", "PROTEST")
        purpose = token.dep_ != "xcomp" and token.tag_ == "VB" and any(c.dep_ == "aux" for c in token.lefts)
        if not slogan and not purpose:
            return
        doers = {t.i for t in main.sides.actors}
        given = candidate.sides.recipients or candidate.sides.actors
        if not main.sides.recipients:
            main.sides.recipients = tuple(t for t in given if t.i not in doers)
        candidate.scope = Scope(candidate.scope.modality, candidate.scope.negated, "a part of another event")

    def _is_event(self, candidate: _Candidate) -> bool:
        reason = self._objection(candidate)
        if reason is not None and len(self._doc._.rejections) < _MOST_REJECTIONS:
            token, trigger = candidate.token, candidate.trigger
            assert trigger is not None
            chars = (token.idx, token.idx + len(token.text))
            self._doc._.rejections.append(Rejection(chars, trigger.rule, reason))
        return reason is None

    def _objection(self, candidate: _Candidate) -> str | None:
        """Return why a candidate is no event, None where it is one."""
        if candidate.type is None:
            return "a promise not to do it"
        if candidate.scope.unreal:
            return candidate.scope.unreal
        if self._own:
            return self._lacks_required(candidate)
        if candidate.scope.negated and candidate.trigger is not None and candidate.trigger.rule == "ASSAULT/claim":
            return "nobody claims it"
        return (
            self._mere_description(candidate)
            or self._forecast(candidate)
            or self._missing_party(candidate)
            or self._contexts.objection(candidate.token)
        )

    def _forecast(self, candidate: _Candidate) -> str | None:
        """Object to warnings of what others or things will do: "warned that the bridge may fall"."""
        trigger = candidate.trigger
        if trigger is None or trigger.type != "THREATEN" or not trigger.frame.absorbs or candidate.inner is not None:
            return None
        told = self._clauses.of(candidate.token)
        foretold = [c for c in candidate.token.rights if c.dep_ == "ccomp"]
        if not foretold or told.object is not None or told.dative is not None:
            return None
        doers = {a.id for a in self._parties.actors(self._roles.named(self._clauses.of(foretold[0]).surface))}
        own = {a.id for a in self._parties.actors(candidate.sides.actors)}
        return None if doers & own else "a forecast, not a threat"

    def _mere_description(self, candidate: _Candidate) -> str | None:
        """Object to what only says which thing is meant: "the resolutions that it adopted"."""
        verb = candidate.token
        clause = self._clauses.of(verb)
        named_by_pronoun = clause.surface is not None and clause.surface.pos_ == "PRON"
        if verb.dep_ == "relcl" and named_by_pronoun and clause.object == verb.head and candidate.type in _DESCRIBED:
            return "mentioned in passing"
        return None

    def _missing_party(self, candidate: _Candidate) -> str | None:
        trigger, sides, kind = candidate.trigger, candidate.sides, candidate.type
        assert trigger is not None
        assert kind is not None
        if kind == "PROTEST" and sides.actors:
            return None
        if (
            kind in _SPOKEN
            and not sides.actors
            and not (kind == "CONCEDE" and self._clauses.of(candidate.token).passive)
        ):
            return "nobody is named who said it"
        standings = {self._parties.standing(token) for token in sides.actors + sides.recipients}
        if kind in FORCEFUL and any(map(self._is_taken_place, sides.recipients)):
            standings.add("political")
        if self._is_violent_death(candidate):
            standings.add("political")
        if "political" not in standings:
            return "nobody political is party to it"
        empty = trigger.frame.absorbs and candidate.inner is None and not sides.recipients and not trigger.objects
        if empty and not any(map(self._parties.is_power, sides.actors)):
            return "nothing political is said to be in it"
        if (
            kind in _BETWEEN
            and candidate.mode not in ("visit", "multilateral", "third-party")
            and not self._are_two(sides)
        ):
            return "only one of them is political"
        if kind == "AID" and not any(self._parties.standing(t) == "political" for t in sides.actors):
            return "nobody political gives it"
        if self._types[kind].requires_recipient and not sides.recipients:
            return f"{kind} needs a recipient"
        return self._lacks_required(candidate) or self._bare_noun(candidate)

    def _lacks_required(self, candidate: _Candidate) -> str | None:
        trigger, sides = candidate.trigger, candidate.sides
        requires = trigger.frame.requires if trigger else "none"
        if requires in ("actor", "both") and not sides.actors:
            return "nobody is named who did it"
        if requires in ("recipient", "both") and not sides.recipients:
            return "nobody is named to whom it was done"
        return None

    def _is_violent_death(self, candidate: _Candidate) -> bool:
        """Say whether people came to harm where the text speaks of fighting: nobody need be named who did it."""
        if candidate.type != "ASSAULT" or is_nominal(candidate.token):
            return False
        people = any(not self._grounds.is_place(t) for t in candidate.sides.recipients)
        return people and self._contexts.speaks_of_fighting(candidate.token)

    def _are_two(self, sides: Sides) -> bool:
        """Say whether at least two of the parties are political."""
        tokens = dict.fromkeys(sides.actors + sides.recipients)
        return self._parties.count(filter(self._parties.is_somebody, tokens)) > 1

    def _is_taken_place(self, token: Token) -> bool:
        """Say whether a place is itself what something is done to, not only the scene of it."""
        scene = token.dep_ == "pobj" and token.head.lower_ != "of"
        return not scene and self._grounds.is_place(token)

    def _bare_noun(self, candidate: _Candidate) -> str | None:
        """Ask more of event nouns that no verb supports: in passing much is mentioned that is not reported."""
        token, sides = candidate.token, candidate.sides
        if token.tag_ in ("VBN", "VBG") and token.dep_ == "acl":
            complete = sides.actors and sides.recipients and candidate.type in FORCEFUL
            written = sides.actors and candidate.type in _WRITTEN and self._parties.is_paper(token.head)
            return None if complete or written else "mentioned in passing"
        if not is_nominal(token):
            return None
        if any(is_one_of(t, self._lexicon.words("prospect")) for t in governors(token) if t.pos_ == "NOUN"):
            return "only asked for, planned or feared"
        if self._roles.support(token) is not None:
            return None
        if candidate.type in ("AGREE", "SUPPORT"):
            return "mentioned in passing"
        if token.dep_ in ("nsubj", "nsubjpass", "ROOT") or candidate.type == "ASSAULT":
            return None if sides.actors or sides.recipients else "mentioned in passing"
        return None if sides.actors and sides.recipients else "mentioned in passing"

    def _merged(self, candidates: list[_Candidate]) -> Iterator[_Candidate]:
        """Yield candidates in text order, one for each (sentence, type, actors, recipients): the most specific."""
        best: dict[tuple[object, ...], _Candidate] = {}
        for candidate in sorted(candidates, key=lambda c: c.token.i):
            sides = candidate.sides
            key = (self._sentences.number(candidate.token.i), candidate.type, sides.actors, sides.recipients)
            known = best.get(key)
            if known is None or (known.mode is None and candidate.mode is not None and candidate.type in FORCEFUL):
                best[key] = candidate
        return iter(sorted(best.values(), key=lambda c: c.token.i))

    def _leave_home(self, candidate: _Candidate) -> None:
        """Drop a recipient who is the actor again, or a place at home: nobody asks or promises that of himself."""
        sides = candidate.sides
        if candidate.type in _SPOKEN - {"THREATEN", "CONCEDE"} and sides.recipients != sides.actors:
            sides.recipients = self._parties.elsewhere(sides.recipients, sides.actors)

    def _event(self, candidate: _Candidate, circumstances: Circumstances) -> Event:
        token, trigger, kind = candidate.token, candidate.trigger, candidate.type
        assert trigger is not None
        assert kind is not None
        sides, parties = candidate.sides, self._parties
        given = circumstances.of(token, self._verb(token), candidate.scope)
        return Event(
            anchor=token.i,
            chars=(token.idx, token.idx + len(token.text)),
            type=kind,
            mode=candidate.mode if kind == trigger.type or kind in ("REJECT", "THREATEN") else None,
            contexts=self._contexts.of_event(token, trigger.frame.contexts),
            actors=parties.actors(sides.actors),
            recipients=parties.actors(sides.recipients),
            actor_spans=parties.spans(sides.actors),
            recipient_spans=parties.spans(sides.recipients),
            factuality=given.factuality,
            confidence=_confidence(candidate, trigger, self._lexicon.confidence.get(trigger.type, _USUAL_CONFIDENCE)),
            rule=trigger.rule,
            place=given.place,
            time=given.time,
            date=given.date,
            quantities=given.quantities,
            statement=given.statement,
        )


def _takes_territory(candidate: _Candidate) -> bool:
    return candidate.trigger is not None and candidate.trigger.rule in ("ASSAULT/occupy", "ASSAULT/invade")


def _confidence(candidate: _Candidate, trigger: Trigger, usual: float) -> float:
    """Return the measured precision of the frame, lowered where a side or the verb is missing."""
    estimate = trigger.frame.confidence or usual
    if not (candidate.sides.actors and candidate.sides.recipients):
        estimate *= 0.9
    if is_nominal(candidate.token):
        estimate *= 0.9
    return round(min(estimate, 0.95), 3)
