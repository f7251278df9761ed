"""What the surroundings of a cue say for or against an attribution, as named features.

Each feature is a line of ``context`` in ``data/cues.yaml``: how much it adds to the log-odds of the cue in its frame.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from sayso.knowledge.cues import ESTIMATE
from sayso.reading.attribution_candidate import Candidate

_PRONOUNS = {
    "he": "he", "she": "he", "him": "he", "his": "he", "her": "he", "they": "they", "them": "they", "their": "they",
    "i": "i", "me": "i", "my": "i", "we": "we", "us": "we", "our": "we", "you": "you",
    "your": "you", "it": "it", "its": "it",
    "who": "who", "which": "which", "that": "that", "this": "that", "these": "that", "those": "that", "what": "which",
}  # fmt: skip
_NAMES = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_CLAUSES = frozenset(
    ("clause", "trailing", "wh", "whether", "fragment", "parenthetical", "infinitive_object", "raised")
)
_BUCKETS = (2, 4, 8, 16, 40)
_FARTHEST = 5


def family(candidate: Candidate) -> str:
    """Return the family of a frame: context weighs differently in direct speech, clauses and the rest."""
    if candidate.part != "verb":
        return candidate.part
    if candidate.frame.startswith("quote"):
        return "quote"
    if candidate.frame == ESTIMATE:
        return ESTIMATE
    return "clause" if candidate.frame in _CLAUSES else "object"


def source_class(doc: Doc, candidate: Candidate) -> str:
    """Return what kind of source a candidate has."""
    if candidate.source_head is None:
        return "none"
    head = doc[candidate.source_head]
    pronoun = _PRONOUNS.get(head.lower_)
    if pronoun is not None:
        return pronoun
    if head.ent_type_ in _NAMES:
        return head.ent_type_.lower()
    if head.pos_ == "PROPN":
        return "name"
    if head.pos_ == "PRON":
        return "pronoun"
    if head.pos_ == "NOUN":
        return "people" if head.tag_ == "NNS" else "noun"
    return "other"


def form(token: Token) -> str:
    """Return the form of a verb: tense, infinitive, participle, after a modal."""
    tag = token.tag_
    if tag == "VB":
        for child in token.lefts:
            if child.tag_ == "MD":
                return "modal"
            if child.tag_ == "TO":
                return "infinitive"
        return "bare"
    if tag in ("VBG", "VBN"):
        aux = [c for c in token.lefts if c.dep_ in ("aux", "auxpass")]
        return f"{tag}{'+' if aux else ''}{'passive' if any(c.dep_ == 'auxpass' for c in aux) else ''}"
    return tag


def content_class(doc: Doc, candidate: Candidate) -> str:
    """Return what kind of word heads the content of a candidate."""
    if candidate.content_head is None:
        return "none"
    head = doc[candidate.content_head]
    if head.ent_type_ in _NAMES:
        return head.ent_type_.lower()
    return _PRONOUNS.get(head.lower_, head.pos_ if head.pos_ != "NOUN" else head.tag_)


def within_speech(cue: Token) -> bool:
    """Say whether a cue is part of a clause that completes another verb ("said he may be willing")."""
    token = cue
    for _ in range(_FARTHEST):
        if token.head.i == token.i:
            return False
        if token.dep_ == "ccomp" and token.head.pos_ == "VERB" and token is not cue:
            return True
        if token is cue and token.dep_ == "ccomp" and token.head.i < token.i:
            return True
        token = token.head
    return False


def features_of(doc: Doc, candidate: Candidate, inside_quotation: bool, act: str | None, told: bool) -> Iterator[str]:
    """Yield the features of a candidate."""
    kind = family(candidate)
    cue = doc[candidate.cue_head]
    length = sum(b - a for a, b in candidate.content)
    yield f"{kind} source {source_class(doc, candidate)}"
    yield f"{kind} form {'VBD' if candidate.misparsed else form(cue)}"
    yield f"{kind} act {act or 'none'}"
    yield f"{kind} {'listed' if act else 'unlisted'} {candidate.frame}"
    if within_speech(cue):
        yield f"{kind} within speech" + (", told" if told and candidate.source_head is not None else "")
    yield f"{kind} length {bisect(_BUCKETS, length)}"
    if kind in ("clause", "object", "noun", "adjective"):
        yield f"{kind} content {content_class(doc, candidate)}"
        yield f"{kind} under {'ROOT' if candidate.misparsed else cue.dep_}"
    if inside_quotation:
        yield f"{kind} inside quotation"
    elif candidate.quotations:
        yield f"{kind} has quotation"
    if any(c.dep_ == "neg" for c in cue.lefts):
        yield f"{kind} negated"
    if candidate.source_head is not None:
        yield f"{kind} source {'before' if candidate.source_head < candidate.cue_head else 'behind'}"
        if doc[candidate.source_head].head.i != candidate.cue_head:
            yield f"{kind} source borrowed"
