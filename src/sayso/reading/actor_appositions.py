"""Names and descriptions that stand beside each other: "Maria Lind, the mayor", "the mayor, Maria Lind"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

_CLIMB = 2


def beside(name: Token) -> list[Token]:
    """Return the nouns in apposition to a name, on either side."""
    found = [child for child in name.rights if child.dep_ == "appos"]
    return [*found, described(name)] if name.dep_ == "appos" else found


def described(name: Token) -> Token:
    """Return the noun that a name in apposition goes with: the envoy in "Her envoy in Phnom Penh, Anders Holmgren"."""
    noun = name.head
    for _ in range(_CLIMB):
        if noun.pos_ != "PROPN" or noun.dep_ != "pobj" or noun.head.dep_ != "prep":
            break
        noun = noun.head.head
    return noun


def is_set_off(doc: Doc, start: int, end: int) -> bool:
    """Say whether nothing or a comma parts a description from a name, and not "for": "a spokesman for John Smith"."""
    return doc[end - 1].text == "," or all(doc[i].pos_ != "ADP" for i in range(start, end))
