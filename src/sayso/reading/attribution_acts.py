"""What a speaker does with words: the act of a cue, its negation, and the promises hidden in "he said he would"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.cues import Cues
from sayso.reading.attribution_candidate import Candidate
from sayso.records import Act

_FUTURE = frozenset(("will", "would", "'ll", "’ll", "'d", "’d", "shall"))
_FIRST = frozenset(("i", "we", "he", "she", "they"))
_NEGATIONS = frozenset(("no", "never", "not", "n't", "n’t"))


def act_of(doc: Doc, candidate: Candidate, cues: Cues) -> Act:
    """Return the act that a candidate performs; ``say`` for a cue that no act lists."""
    cue = doc[candidate.cue_head]
    act = _listed(doc, candidate, cues)
    if _negated(cue, candidate):
        return cues.rules.negated.get(act, act)
    if act == "ask" and cue.tag_ == "VBN" and candidate.frame == "quote_after_cue":
        return "say"  # "asked about the plan, he: ..." is an answer
    if act == "say" and candidate.frame in ("quote_before_cue", "quote_after_cue"):
        return "ask" if _asks(doc, candidate) else act
    if act == "say" and candidate.lemma in cues.rules.promises and _promises(doc, candidate):
        return "promise"
    return act


def _listed(doc: Doc, candidate: Candidate, cues: Cues) -> Act:
    lemma = candidate.lemma
    in_frame = cues.rules.objects.get(lemma, {}).get(candidate.frame)
    if in_frame is not None:
        return in_frame
    if candidate.part == "phrase":
        noun = doc[candidate.cue[0][0]].lemma_.lower()
        return cues.acts.get(("noun", noun), "say")
    found = cues.acts.get((candidate.part, lemma)) or cues.acts.get((candidate.part, lemma.split(" ")[0]))
    return found or "say"


def _negated(cue: Token, candidate: Candidate) -> bool:
    verb = cue.head if candidate.part in ("adjective", "noun") and cue.dep_ in ("acomp", "dobj") else cue
    here = (*cue.lefts, *verb.children) if verb is not cue else tuple(cue.lefts)
    return any(child.lower_ in _NEGATIONS for child in here)


def _asks(doc: Doc, candidate: Candidate) -> bool:
    """Say whether all that is quoted is one question."""
    last = candidate.content[-1][1] - 1
    marks = [doc[i].text for i in range(max(candidate.content[-1][0], last - 1), last + 1)]
    return "?" in marks and sum(b - a for a, b in candidate.content) < 40


def _promises(doc: Doc, candidate: Candidate) -> bool:
    """Say whether speakers say what they themselves will do."""
    if candidate.content_head is None or candidate.source_head is None:
        return False
    verb = doc[candidate.content_head]
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in _FIRST or verb.pos_ == "AUX":
        return False
    future = any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in verb.lefts)
    have = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.lefts)
    return future and not have and not any(c.dep_ == "neg" for c in verb.lefts)
