"""Acronyms: what the letters mean in this document, before what they mean elsewhere.

"The Rapid Support Forces (RSF)" defines an acronym; a full name anywhere in the document whose initials are the letters
explains one. Only acronyms that the document leaves unexplained are read as our own lists have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from sayso.knowledge.actor_contexts import Contexts
from sayso.knowledge.actor_names import pieces, slug
from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actor_sectors import Sectors
from sayso.knowledge.actors import Known, Sense
from sayso.reading.actor_marks import Mark

_SMALL = {"of", "for", "the", "and", "on", "in", "de", "du", "des", "to", "&", "-", "against"}
_LONGEST_NAME = 9
_LETTERS = range(2, 7)
_UNDEFINED_LETTERS = 3
_ENTITIES = {"ORG", "NORP", "GPE", "LOC", "FAC"}


@dataclass(slots=True, frozen=True)
class _FullName:
    start: int
    end: int
    defined: bool


def explain_acronyms(doc: Doc, marks: dict[int, Mark], sectors: Sectors, contexts: Contexts) -> None:
    """Let the acronyms of a document, and the names that explain them, be marks of one actor."""
    places = _acronyms(doc)
    if not places:
        return
    names: dict[str, _FullName] = {}
    for letters, name in _full_names(doc, set(places)):
        known = names.get(letters)
        if known is None or (name.defined and not known.defined):
            names[letters] = name
    for letters, name in names.items():
        sense = _meaning(doc, name, marks, places[letters], sectors, contexts)
        if sense:
            _rename(name, places[letters], sense, marks)


def _acronyms(doc: Doc) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for token in doc:
        if token.is_upper and token.is_alpha and len(token) in _LETTERS:
            found.setdefault(token.text, []).append(token.i)
    return found


def _full_names(doc: Doc, wanted: set[str]) -> Iterator[tuple[str, _FullName]]:
    """Yield the wanted acronyms with names whose initials they are; small words count or not."""
    for start, end in _capitalised(doc):
        words = [i for i in range(start, end) if doc[i].text[0].isupper()]
        for n, first in enumerate(words):
            short = ""
            for last in words[n : n + _LETTERS.stop]:
                full = "".join(doc[i].text[0].upper() for i in range(first, last + 1) if doc[i].is_alpha)
                short += doc[last].text[0]
                for letters in {short, full} & wanted:
                    defined = _is_defined(doc, last + 1, letters)
                    if defined or len(short) >= _UNDEFINED_LETTERS:
                        yield letters, _FullName(first, last + 1, defined)


def _capitalised(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield stretches of capitalised words that small words may join."""
    start = end = -1
    for token in doc:
        text = token.text
        if text[0].isupper() and not (token.is_upper and len(text) > 1):
            start, end = (token.i if start < 0 else start), token.i + 1
        elif start >= 0 and (text not in _SMALL or token.i - end > 1):
            yield start, min(end, start + 2 * _LONGEST_NAME)
            start = -1
    if start >= 0:
        yield start, min(end, start + 2 * _LONGEST_NAME)


def _is_defined(doc: Doc, i: int, letters: str) -> bool:
    return i + 2 < len(doc) and doc[i].text == "(" and doc[i + 1].text == letters


def _meaning(
    doc: Doc, name: _FullName, marks: dict[int, Mark], places: list[int],
    sectors: Sectors, contexts: Contexts,
) -> Sense | None:  # fmt: skip
    """Return whom a full name denotes: somebody known, else a body of that name; None where it is no name."""
    mark = marks.get(name.start)
    if mark and mark.end == name.end:
        return mark.sense
    before = next((marks[i].sense.known for i in places if i in marks and marks[i].end == i + 1), None)
    if isinstance(before, Person) or not (name.defined or _is_body(doc, name, contexts)):
        return None
    text = " ".join(doc[name.start : name.end].text.split())
    if before and len(set(pieces(before.name)) & set(pieces(text))) > 1:
        return Sense(before, "name")
    if name.defined and doc[name.end - 1].ent_type_ == "PERSON":
        return None
    known = Known("actor:" + slug(text), text, "organization", None, _sector(doc, name, sectors), section="document")
    return Sense(known, "name")


def _is_body(doc: Doc, name: _FullName, contexts: Contexts) -> bool:
    """Say whether an unknown name that happens to fit is a body's, and no headline's."""
    first, last = doc[name.start], doc[name.end - 1]
    heads = {first.lower_, last.lower_}
    return not heads.isdisjoint(contexts.body_endings) or first.ent_type_ == last.ent_type_ == "ORG"


def _sector(doc: Doc, name: _FullName, sectors: Sectors) -> str | None:
    for i in reversed(range(name.start, name.end)):
        for noun in sectors.nouns.get(doc[i].lower_, ()):
            if noun.form == "body" and noun.sector and len(noun.words) == 1:
                return noun.sector
    return None


def _rename(name: _FullName, places: list[int], sense: Sense, marks: dict[int, Mark]) -> None:
    if not any(i in marks for i in range(name.start, name.end)):
        marks[name.start] = Mark(name.start, name.end, (sense,))
    for i in places:
        here = marks.get(i)
        if here is None or (here.end == i + 1 and here.sense.known is not sense.known):
            marks[i] = Mark(i, i + 1, (sense,))
