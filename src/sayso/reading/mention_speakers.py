"""Speakers: which actor stands behind the source of a statement, and whom it is addressed to."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_pronouns import Anaphora
from sayso.reading.annotations import Actor, Statement

_BEHIND = {"of", "from", "by"}
_RELATIVE = {"who", "which", "that", "whom"}
_ONE_OF_MANY = {"one", "another", "neither", "either"}
"""Heads of sources that pick somebody out of a group: what one of the generals says is not what the army says."""
_MAX_DEPTH = 3
_LONGEST_LIST = 8


def fill_speakers(doc: Doc, anaphora: Anaphora, bodies: set[str]) -> None:
    """Set speaker and addressee of every statement whose source can be told.

    A statement has one speaker: of a coordinated source ("the USA and Canada warned") it is the first that is an actor.
    What somebody's statement or body (``bodies``: "office", "campaign") says is theirs; what their niece says is not.
    """
    text, starts = doc.text, [token.idx for token in doc]
    telling = anaphora.speech_nouns | bodies
    last_document: Actor | None = None
    previous: Statement | None = None
    for statement in doc._.statements:
        if statement.speaker is None:
            statement.speaker = _speaker(doc, statement, starts, last_document, anaphora, telling)
        if statement.speaker is None and not statement.source:
            statement.speaker = _continued(text, statement, previous)
        if statement.addressee is None and statement.addressee_head is not None:
            statement.addressee = _first(doc, statement.addressee_head)
        head = statement.source_head
        if head is not None and doc[head].lemma_.lower() in anaphora.speech_nouns and statement.speaker:
            last_document = statement.speaker
        previous = statement


def _first(doc: Doc, head: int) -> Actor | None:
    found: tuple[Actor, ...] = doc._.actor_heads.get(head, ())
    return found[0] if found else None


def _speaker(
    doc: Doc,
    statement: Statement,
    starts: list[int],
    last_document: Actor | None,
    anaphora: Anaphora,
    telling: set[str],
) -> Actor | None:
    head = statement.source_head
    if head is None:
        return None
    token = _first_conjunct(doc[head], statement)
    is_document = token.lemma_.lower() in anaphora.speech_nouns
    found = None if is_document else _first(doc, token.i)
    if token.lower_ in _RELATIVE:
        return _antecedent(token.head.head if token.head.dep_ == "relcl" else _before(token))
    if token.lower_ in _ONE_OF_MANY:
        return found
    found = found or _behind(token, 0, telling) or _inside(doc, statement, starts)
    return found or (last_document if is_document else None)


def _antecedent(noun: Token) -> Actor | None:
    """Return whom a relative clause is about: the noun it hangs on or the one that this belongs to."""
    found = _first(noun.doc, noun.i)
    if found is None and noun.dep_ == "pobj" and noun.head.lower_ == "of":
        found = _first(noun.doc, noun.head.head.i)
    return found


def _before(relative: Token) -> Token:
    """Return the word that a relative clause follows, where the parser hung it elsewhere."""
    i = relative.i - 1
    while i > 0 and relative.doc[i].is_punct:
        i -= 1
    return relative.doc[max(i, 0)]


def _first_conjunct(token: Token, statement: Statement) -> Token:
    """Return the first of several that a source names, where a later one was taken for its head."""
    first, begin = token, statement.source[0][0] if statement.source else token.idx
    for _ in range(_LONGEST_LIST):
        if first.dep_ != "conj" or not begin <= first.head.idx < first.idx:
            break
        first = first.head
    return first if first.i in token.doc._.actor_heads else token


def _behind(token: Token, depth: int, telling: set[str]) -> Actor | None:
    """Return who stands behind a noun: "a statement released by the minister", "the Kremlin's reply"."""
    if depth > _MAX_DEPTH:
        return None
    doc = token.doc
    for child in token.children:
        if child.dep_ in {"poss", "compound", "nmod", "amod"} and child.i in doc._.actor_heads:
            if child.dep_ == "poss" and token.lemma_.lower() not in telling:
                continue
            return _first(doc, child.i)
        reached = child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in _BEHIND)
        if reached or child.dep_ in {"acl", "pobj"}:
            found = _first(doc, child.i) or _behind(child, depth + 1, telling)
            if found:
                return found
    return None


def _inside(doc: Doc, statement: Statement, starts: list[int]) -> Actor | None:
    """Return the first actor that is mentioned inside the source itself, and not only as whose or near whom it is."""
    for start, end in statement.source:
        for i in range(bisect_left(starts, start), min(bisect_left(starts, end), len(doc))):
            if i in doc._.actor_heads and not _is_aside(doc[i]):
                return _first(doc, i)
    return None


def _is_aside(token: Token) -> bool:
    """Say whether a word only tells whose or near whom somebody is: "Smith's niece", "those close to him"."""
    return token.dep_ == "poss" or (token.dep_ == "pobj" and token.head.lower_ not in _BEHIND)


def _continued(text: str, statement: Statement, previous: Statement | None) -> Actor | None:
    """Return the speaker of the statement before, where a quotation goes on in the same paragraph."""
    if previous is None or previous.speaker is None or not statement.content or not previous.content:
        return None
    if statement.kind == "indirect" or statement.parent is not None:
        return None
    between = text[previous.content[-1][1] : statement.content[0][0]]
    return previous.speaker if len(between) < 300 and "\n" not in between else None
