"""What stands around a time expression: which way its sentence looks, and whether it is a time at all.

A bare "Wednesday" is the last one where the verb that governs it is past, the coming one where the verb looks ahead.
Names and counts that only look like times are told by their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from sayso.knowledge.times import TimeKnowledge

PAST, OPEN, FUTURE = -1, 0, 1

_CLIMB = 12
_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "should", "must", "'d"})
_IS = frozenset({"is", "are", "am", "be", "being", "'s", "'re", "’s", "’re"})
_WAS = frozenset({"was", "were", "had", "did", "has", "have", "been", "got", "'ve", "’ve"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_COUNTED = frozenset({"NNS", "NNPS"})
_MONEY = frozenset("$£€¥")


def head_of(doc: Doc, start: int, end: int) -> Token:
    """Return the token of a span whose head lies outside it."""
    token = doc[end - 1]
    for _ in range(end - start):
        head = token.head
        if head.i == token.i or not start <= head.i < end:
            break
        token = head
    return token


def climb(token: Token, steps: int = _CLIMB) -> Iterator[Token]:
    """Yield the heads above a token, nearest first, no more than so many."""
    for _ in range(steps):
        head = token.head
        if head.i == token.i:
            return
        yield head
        token = head


def direction(doc: Doc, start: int, end: int, knowledge: TimeKnowledge) -> int:
    """Say whether the clause around a span looks back (-1), ahead (1), or does not tell (0)."""
    if start > 1 and doc[start - 1].lower_ == "as" and doc[start - 2].lower_ in ("early", "soon"):
        return FUTURE
    head = head_of(doc, start, end)
    owned = head.head if head.dep_ == "poss" else None
    if owned is not None and owned.dep_ not in ("nsubj", "nsubjpass") and owned.lemma_ not in knowledge.scheduled:
        return OPEN  # "they would appeal Wednesday's ruling": the verb tells nothing of the ruling
    for above in climb(head):
        if above.lemma_ in knowledge.scheduled:
            return FUTURE
        if above.pos_ in ("VERB", "AUX"):
            looks = _verb_looks(above, knowledge)
            if looks is not None:
                return looks
    return OPEN


def _verb_looks(verb: Token, knowledge: TimeKnowledge) -> int | None:
    """Say which way a verb looks; None where only the verb above it tells."""
    helpers = {child.lower_ for child in verb.lefts if child.dep_ in ("aux", "auxpass")}
    if helpers & _WILL:
        return FUTURE
    if helpers & _WAS or verb.tag_ in ("VBD", "VBN"):
        return OPEN if helpers & _IS else PAST
    if verb.tag_ == "VBG":
        return FUTURE if helpers & _IS else None
    if verb.tag_ == "VB":
        return _infinitive_looks(verb, knowledge) if "to" in helpers else OPEN
    return FUTURE


def _infinitive_looks(verb: Token, knowledge: TimeKnowledge) -> int | None:
    head = verb.head
    if head.i != verb.i and (head.lemma_ in knowledge.ahead or head.tag_ in ("VBZ", "VBP")):
        return FUTURE
    return None


def is_count(doc: Doc, position: int, knowledge: TimeKnowledge) -> bool:
    """Say whether the number at a place counts things or labels one: "2000 soldiers", "page 12", "$2000"."""
    before = doc[position - 1] if position else None
    if before is not None and (before.lower_ in knowledge.numbered or before.text[-1:] in _MONEY):
        return True
    after = _after(doc, position + 1)
    if _in_digits(doc, position, after):
        return True
    if after is None:
        return False
    if after.text == "%" or after.lower_ in ("percent", "million", "billion", "degrees"):
        return True
    if after.tag_ not in _COUNTED or after.text[0].isupper():
        return False
    return before is None or before.tag_ not in ("DT", "PRP$", "POS", "JJ", "NNP", "IN") or before.lower_ in _APPROX


def _in_digits(doc: Doc, position: int, after: Token | None) -> bool:
    """Say whether a number is one group of a longer one, such as a telephone number."""
    before = doc[position - 1].text if position else ""
    if before == "-" and position > 1:
        before = doc[position - 2].text
    return before[-1:].isdigit() or (after is not None and after.text[0].isdigit())


_APPROX = frozenset({"about", "around", "over", "than", "some", "nearly", "least", "with", "of", "by", "for"})


def is_month(doc: Doc, position: int, knowledge: TimeKnowledge) -> bool:
    """Say whether a month's name that stands alone is a month, not a person, a verb or an auxiliary."""
    token, before, after = doc[position], doc[position - 1] if position else None, _after(doc, position + 1)
    if token.tag_ in ("MD", "VB", "VBP", "VBD"):
        return False
    if before is not None and before.lower_ in knowledge.before_month:
        return not (token.lower_.rstrip(".") in knowledge.also_names and _is_name(after))
    if before is not None and before.lower_ == "the" and token.dep_ == "compound":
        return after is not None and after.text[0].islower()
    if token.lower_.rstrip(".") in knowledge.also_names:
        return False
    return not (_is_name(before) or _is_name(after))


def _is_name(token: Token | None) -> bool:
    return token is not None and token.text[0].isupper() and token.tag_ in ("NNP", "NNPS")


def in_name(doc: Doc, end: int) -> bool:
    """Say whether the word before a place is part of a capitalised name, as "Friday" is of "Friday Agreement"."""
    after = doc[end] if end < len(doc) else None
    if after is None or not doc[end - 1].text[0].isupper():
        return False
    fits = after.is_title and after.tag_ in _NOUNS and doc[end - 1].dep_ in ("compound", "nmod", "amod", "nummod")
    return fits and doc[end - 1].head.i >= end and not _headline(doc, after)


def is_title(doc: Doc, start: int, end: int) -> bool:
    """Say whether the words of a span are capitalised as only names are in the middle of a sentence."""
    words = [doc[i] for i in range(start, end) if doc[i].is_alpha]
    return (
        bool(words)
        and all(word.is_title for word in words)
        and not (words[0].i == start and doc[start].is_sent_start and len(words) == 1)
        and not (start and doc[start].is_sent_start and not doc[end - 1].is_title)
        and not _headline(doc, words[-1])
    )


def _headline(doc: Doc, token: Token) -> bool:
    """Say whether the words around are capitalised as in a headline, so that capitals tell nothing."""
    near = [doc[i] for i in range(max(0, token.i - 6), min(len(doc), token.i + 7))]
    words = [word for word in near if word.is_alpha and len(word) > 3]
    return sum(word.text[0].isupper() for word in words) >= 0.8 * len(words) and len(words) > 4


def follows(doc: Doc, position: int) -> Token | None:
    """Return the next token that is no white space."""
    return _after(doc, position)


def _after(doc: Doc, position: int) -> Token | None:
    for i in range(position, min(position + 3, len(doc))):
        if not doc[i].is_space:
            return doc[i]
    return None
