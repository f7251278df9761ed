"""Who speaks: the source of a cue, found through the syntax around it.

A verb that has no subject of its own borrows one: a conjunct from the verb before it, an adverbial ("..., adding
that") from its main clause, a participle ("a report saying that") from its noun, an infinitive from what controls it.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.reading.attribution_candidate import Range, after_dateline, subtree, trim

_SUBJECTS = frozenset(("nsubj", "csubj"))
_PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
_BORROWS_FROM_HEAD = frozenset(("conj", "advcl", "ccomp", "pcomp", "parataxis", "dep", "xcomp", "prep"))
_OBJECT_RULES = frozenset(("promise", "vow", "threaten", "pledge"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_ACTIVE = frozenset(("aux", "dobj", "ccomp"))
_FARTHEST = 6
_LONGEST = 60


def _child(token: Token, deps: frozenset[str]) -> Token | None:
    for child in token.children:
        if child.dep_ in deps:
            return child
    return None


def _agent(verb: Token) -> Token | None:
    """Return the noun after ``by`` of a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return _child(child, frozenset(("pobj",)))
    return None


def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive, participles after a noun ("opposed by") included."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not _child(verb, _ACTIVE)


def _governor(verb: Token) -> Token | None:
    """Return the verb whose subject an infinitive after a noun shares: "held contests to choose"."""
    noun = verb.head
    if verb.tag_ == "VB" and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return noun.head
    return None


def subject_of(verb: Token) -> Token | None:
    """Return the head of who does what a verb says, None where the text leaves it out."""
    token = verb
    for _ in range(_FARTHEST):
        if is_passive(token):
            return _agent(token) if token is verb else _child(token, _PASSIVE_SUBJECTS)
        subject = _child(token, _SUBJECTS)
        if subject is not None:
            return subject
        if token.dep_ in ("acl", "relcl") and token.head.pos_ in _NOMINAL:
            governor = _governor(token)
            if governor is None:
                return token.head
            token = governor
            continue
        if token.dep_ not in _BORROWS_FROM_HEAD or token.head.i == token.i or (token is verb and token.dep_ == "ccomp"):
            return None
        head = token.head
        if token.dep_ == "xcomp" and head.lemma_ not in _OBJECT_RULES:
            controller = _child(head, frozenset(("dobj", "dative")))
            if controller is not None:
                return controller
        if head.pos_ in _NOMINAL:
            return _child(head, frozenset(("poss",)))
        token = head
    return None


def source_range(doc: Doc, head: Token, cue: int) -> Range:
    """Return the noun phrase of a source, cut where it would swallow the cue, a quotation mark or a line."""
    start, end = subtree(head)
    if start <= cue < end:
        start, end = (start, cue) if cue > head.i else (cue + 1, end)
    start, end = max(start, head.i - _LONGEST), min(end, head.i + _LONGEST)
    for i in range(head.i, start - 1, -1):
        if "\n" in doc[i].text:
            start = i + 1
            break
    for i in range(head.i, end):
        if "\n" in doc[i].text or doc[i].text in ("“", "``"):
            end = i
            break
    start = min(after_dateline(doc, start, cue), head.i)
    start, end = trim(doc, start, max(end, head.i + 1))
    if doc[start].dep_ in ("cc", "preconj", "mark") and start < head.i:
        start += 1
    while end - 1 > head.i and doc[end - 1].dep_ in ("mark", "advmod", "cc"):
        end -= 1
    end = trim(doc, start, end)[1]
    return start, max(end, start + 1)


def phrase_head(doc: Doc, part: Range) -> Token | None:
    """Return the noun that heads a range, for clauses that the parser did not understand."""
    nouns = [doc[i] for i in range(*part) if doc[i].pos_ in _NOMINAL]
    for token in nouns:
        if not part[0] <= token.head.i < part[1] or token.head.pos_ not in _NOMINAL:
            return token
    return nouns[0] if nouns else None
