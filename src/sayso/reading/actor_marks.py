"""Known names in a text, in one pass: at each token the longest name that begins there."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_names import NameIndex, is_acronym, pieces
from sayso.knowledge.actor_offices import Person
from sayso.knowledge.actors import Sense

_PIECES_KEPT = 100_000
_PARTS_OF_NAMES = {"surname", "adjective", "people"}


@dataclass(slots=True, eq=False)
class Mark:
    """A known name at tokens ``start`` to ``end``, and what it may denote."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    @property
    def sense(self) -> Sense:
        """What the name denotes, once it is settled."""
        return self.senses[0]

    @property
    def country(self) -> str | None:
        """The country of what is named."""
        return self.senses[0].known.country


def capitals_agree(name: str, first: str, last: str) -> bool:
    """Say whether the first and last word of a name in the text are written with the name's own capitals."""
    if is_acronym(name):
        return first.isupper() if len(name) <= 3 or first == last else last[0].isupper()
    end = name.split()[-1].rsplit("-", 1)[-1]
    return (first[0].isupper() or not name[0].isupper()) and (
        last[0].isupper() or not end[:1].isupper() or first == last
    )


class MarkFinder:
    """Finds known names; decisions about a word form are made once and kept."""

    def __init__(self, names: NameIndex[Sense]) -> None:
        self.names = names
        self.kept: dict[int, tuple[str, ...]] = {}

    def __call__(self, doc: Doc, day: str | None) -> list[Mark]:
        """Return the known names in a document, each with the senses that are possible on its day."""
        flat, owner, first = self._flatten(doc)
        marks: list[Mark] = []
        free = 0
        for i, at in enumerate(first):
            if i < free or at < 0:
                continue
            mark = self._longest(doc, i, at, flat, owner, day)
            if mark:
                marks.append(mark)
                free = mark.end
        return marks

    def _flatten(self, doc: Doc) -> tuple[list[str], list[int], list[int]]:
        """Return all pieces, the token of each, and the first piece of every token (-1 where it has none)."""
        if len(self.kept) > _PIECES_KEPT:
            self.kept.clear()
        flat: list[str] = []
        owner: list[int] = []
        first: list[int] = []
        for token in doc:
            parts = self.kept.get(token.orth)
            if parts is None:
                parts = self.kept[token.orth] = pieces(token.text)
            first.append(len(flat) if parts else -1)
            flat.extend(parts)
            owner.extend([token.i] * len(parts))
        owner.append(len(doc))
        return flat, owner, first

    def _longest(self, doc: Doc, i: int, at: int, flat: list[str], owner: list[int], day: str | None) -> Mark | None:
        best, senses = 0, []
        initialled = at + 1 < len(flat) and len(flat[at + 1]) == 1
        for key, name, sense in self.names.starting(flat[at]):
            n = len(key)
            if n < best:
                break
            if n > 1 and tuple(flat[at : at + n]) != key:
                # "John F. Kerry": a person's name with an initial behind the first
                person = initialled and isinstance(sense.known, Person)
                if not person or tuple(flat[at + 2 : at + 1 + n]) != key[1:]:
                    continue
                n += 1
            if at + n > len(flat) or owner[at + n] == owner[at + n - 1]:
                continue
            if sense.how in _PARTS_OF_NAMES and _goes_on_from(doc, i, sense.how):
                continue
            if capitals_agree(name, doc[i].text, doc[owner[at + n - 1]].text) and _possible(sense, day):
                best = n
                senses.append(sense)
        if not senses:
            return None
        return Mark(i, owner[at + best - 1] + 1, tuple(_by_likelihood(senses, day)))


def _possible(sense: Sense, day: str | None) -> bool:
    """Say whether a name may be used in its sense on a day: a lost state's capital no longer stands for it."""
    known = sense.known
    if isinstance(known, Person):
        return sense.how != "surname" or day is None or known.tenure_at(day) is not None
    if sense.how not in {"capital", "seat"}:
        return True
    if day is None:
        return known.until is None
    return (known.until is None or day < known.until) and (known.since is None or day >= known.since)


def _goes_on_from(doc: Doc, i: int, how: str) -> bool:
    """Say whether a word is the end of somebody's name: "Brian O'Connor", "Poston-O'Connor", "Mark Cuban"."""
    before = doc[i - 1] if i else None
    if before is None:
        return False
    hyphened = how == "surname" and before.text == "-" and not before.whitespace_
    return hyphened or (before.ent_type_ == doc[i].ent_type_ == "PERSON" and before.text[:1].isupper())


def _by_likelihood(senses: list[Sense], day: str | None) -> list[Sense]:
    """Put who is in office on the day first, and what has its own dates before what has none."""

    def rank(sense: Sense) -> tuple[int, int]:
        known = sense.known
        if isinstance(known, Person):
            tenure = known.tenure_at(day)
            return (0, tenure.office.rank) if tenure else (1, 0)
        return (0 if known.until else 1, 0)

    return sorted(senses, key=rank)


def head_of(doc: Doc, start: int, end: int) -> Token:
    """Return the token of a span that the others hang on; the last capitalised one where the parse parts them."""
    found: Token | None = None
    for i in range(end - 1, start - 1, -1):
        head = doc[i].head.i
        if not start <= head < end or head == i:
            if doc[i].text[0].isupper():
                return doc[i]
            found = found or doc[i]
    return found or doc[end - 1]
