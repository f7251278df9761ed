"""Copies: which documents repeat another one, and which of them is the original.

A wire story that forty papers print is one report, not forty. Documents are compared by their sketches: a document is a
copy of another where the smaller of the two stands for the most part in the other, more than independent reports of one
event ever share (quotations, an agency's paragraph of background). Of two that match, the original is the one that does
not credit somebody else, then the one published first, then the longest, then the first to arrive, then by id.

The links are a function of the documents alone. Documents of the same text are one, which ranks with the best of them.
In the order of that ranking, a text that matches an original before it is a copy, of the one that has most of it; any
other is an original itself. So every copy matches its original itself, there are no chains, and ``CopyFinder`` comes to
the same links in whatever order the documents arrive: a newcomer that ranks before originals that match it takes over
their copies, and those that it does not match are placed anew. Nothing outside its group is touched. (Where more than
``sketch_index.MOST`` documents share a run of words, only the first of them are looked at, and the order may then
decide between two originals.)
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from sayso.ledger.copies import FEWEST, Match, match
from sayso.ledger.publications import Publication, Rank
from sayso.ledger.sketch import Sketch, pack, unpack
from sayso.ledger.sketch_index import SketchIndex
from sayso.ledger.translations import Member, Translations
from sayso.records import CopyOf, CopyReason


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a newcomer belongs, and the links of other documents that change for it."""

    copy_of: CopyOf | None
    changed: dict[str, CopyOf | None]


def assign(documents: Iterable[Publication]) -> dict[str, CopyOf]:
    """Return the links of all copies among documents, by id; of two documents with one id the later counts."""
    finder = CopyFinder()
    for document in sorted({d.id: d for d in documents}.values(), key=Publication.rank):  # so that no link changes
        finder.add(document)
    return dict(finder.links())


class CopyFinder:
    """The documents so far, the texts they have, and the original of each text.

    ``add`` takes a document in, or in place of the one with its id; ``remove`` takes one out. Both cost about the same
    however many there are.
    """

    def __init__(self) -> None:
        self._index = SketchIndex()
        self._texts: dict[int, _Text] = {}
        self._key_of_hash: dict[str, int] = {}
        self._key_of_id: dict[str, int] = {}
        self._next_key = 0
        self._originals: set[int] = set()
        self._matches: dict[int, dict[int, Match]] = {}  # of a copy: every original that it matches
        self._copies: dict[int, set[int]] = {}
        self._open: list[tuple[Rank, int]] = []  # a heap of the texts to be placed
        self._moved: set[int] = set()
        self._links: dict[str, _Link] = {}
        self._translations = Translations()

    @classmethod
    def restored(cls, documents: Iterable[tuple[Publication, CopyOf | None]]) -> Self:
        """Return a finder of documents, each id once, whose links are known: far cheaper than to find them again.

        What the links say is believed as far as it can be: where one leads to no original, the copy is placed anew. Of
        two originals that a copy matches only the one that its link names is known again.
        """
        finder = cls()
        known: dict[int, CopyOf | None] = {}
        for document, link in documents:
            member = Member.of(document)
            if finder._take_in(document, member) is member:
                known[finder._key_of_id[member.id]] = link
        finder._index.extend((key, text.sketch) for key, text in finder._texts.items())
        finder._believe(known)
        finder._settle([m for text in finder._texts.values() for m in text.members])
        return finder

    def add(self, document: Publication) -> Placed:
        """Place a document, and say whose links change for it."""
        before = self._take_out(document.id)
        member = Member.of(document)
        known = self._key_of_hash.get(document.text_hash)
        if known is not None and member < self._texts[known].members[0]:
            self._lift(known)
        if self._take_in(document, member) is member:
            key = self._key_of_id[document.id]
            if known is None:
                self._index.add(key, document.sketch)
            self._place(key)
        changed = self._changed(self._settle([member]) | before)
        changed.pop(document.id, None)
        return Placed(self.link(document.id), changed)

    def remove(self, document_id: str) -> dict[str, CopyOf | None]:
        """Take a document out, and say whose links change for it; an unknown one changes nothing."""
        changed = self._changed(self._take_out(document_id))
        changed.pop(document_id, None)
        return changed

    def link(self, document_id: str) -> CopyOf | None:
        """Return whose copy a document is; None for an original and for an unknown one."""
        link = self._links.get(document_id)
        return link.copy_of() if link else None

    def links(self) -> Iterator[tuple[str, CopyOf]]:
        """Yield every copy's id with its link."""
        for document_id, link in self._links.items():
            yield document_id, link.copy_of()

    def _take_in(self, document: Publication, member: Member) -> Member:
        """Put a document with the others of its text, and return the first of these."""
        key = self._key_of_hash.get(document.text_hash)
        if key is None:
            key, self._next_key = self._next_key, self._next_key + 1
            self._key_of_hash[document.text_hash] = key
            self._texts[key] = _Text(document.text_hash, pack(document.sketch), document.words, [])
        insort(self._texts[key].members, member)
        self._key_of_id[document.id] = key
        self._translations.add(member)
        return self._texts[key].members[0]

    def _take_out(self, document_id: str) -> dict[str, _Link | None]:
        """Undo ``_take_in``, and return the links before of all whose link changes."""
        key = self._key_of_id.pop(document_id, None)
        if key is None:
            return {}
        text = self._texts[key]
        member = next(m for m in text.members if m.id == document_id)
        first = text.members[0] is member
        if first:
            self._lift(key)
        text.members.remove(member)
        self._translations.remove(member)
        if not text.members:
            del self._texts[key], self._key_of_hash[text.text_hash]
        elif first:
            self._place(key)
        return self._settle([member])

    def _place(self, key: int) -> None:
        heapq.heappush(self._open, (self._texts[key].rank, key))

    def _lift(self, key: int) -> None:
        """Take a text out of its group; copies that are left without an original are to be placed."""
        for original in self._matches.pop(key, ()):
            self._copies[original].discard(key)
        self._originals.discard(key)
        for copy in self._copies.pop(key, ()):
            del self._matches[copy][key]
            self._moved.add(copy)
            if not self._matches[copy]:
                self._place(copy)

    def _attach(self, copy: int, original: int, how: Match) -> None:
        self._matches.setdefault(copy, {})[original] = how
        self._copies.setdefault(original, set()).add(copy)
        self._moved.add(copy)

    def _believe(self, known: dict[int, CopyOf | None]) -> None:
        """Attach the texts whose links lead to an original, and place the others that have a link."""
        linked = {key: link.id for key, link in known.items() if link and link.id and link.reason != "translation"}
        self._originals.update(self._texts.keys() - linked.keys())
        for key, original_id in linked.items():
            original = self._key_of_id.get(original_id, key)
            how = self._texts[key].match(self._texts[original]) if original in self._originals else None
            if how and self._texts[original].rank < self._texts[key].rank:
                self._attach(key, original, how)
            else:
                self._place(key)

    def _settle(self, causes: Sequence[Member]) -> dict[str, _Link | None]:
        """Place what is open, and return the links before of all whose link changes.

        The best comes first, so that all that a text may be a copy of stands when its turn comes.
        """
        while self._open:
            _, key = heapq.heappop(self._open)
            if key in self._texts and key not in self._originals:  # one that became an original may have it already
                self._moved.add(key)
                near = self._near(key)
                if not self._find_originals(key, near):
                    self._make_original(key, near)
        return self._relink(causes)

    def _near(self, key: int) -> set[int]:
        """Return the texts that share words with one, and the originals of those."""
        found = self._index.candidates(self._texts[key].sketch, FEWEST)
        near = {other for other in found.shared if other in self._texts}
        if not found.complete:
            near |= {original for copy in near for original in self._matches.get(copy, ())}
        return near - {key}

    def _find_originals(self, key: int, near: set[int]) -> bool:
        text = self._texts[key]
        for other in near & self._originals:
            if self._texts[other].rank < text.rank and (how := text.match(self._texts[other])):
                self._attach(key, other, how)
        return bool(self._matches.get(key))

    def _make_original(self, key: int, near: set[int]) -> None:
        """Make a text an original, and copies of the texts after it that match it."""
        text = self._texts[key]
        self._originals.add(key)
        for other in near:
            if self._texts[other].rank > text.rank and (how := self._texts[other].match(text)):
                if other in self._originals:
                    self._lift(other)
                self._attach(other, key, how)

    def _relink(self, causes: Sequence[Member]) -> dict[str, _Link | None]:
        """Bring the links up to date, and return what those were that changed."""
        moved = [m for key in self._moved if key in self._texts for m in self._texts[key].members]
        self._moved.clear()
        waiting = [m for member in (*causes, *moved) for m in self._translations.after(member)]
        before: dict[str, _Link | None] = {}
        for member in (*causes, *moved, *waiting):
            old, new = self._links.get(member.id), self._link_of(member)
            if new:
                self._links[member.id] = new
            else:
                self._links.pop(member.id, None)
            if new != old:
                before.setdefault(member.id, old)
        return before

    def _changed(self, before: dict[str, _Link | None]) -> dict[str, CopyOf | None]:
        return {i: self.link(i) for i, link in before.items() if self._links.get(i) != link}

    def _link_of(self, member: Member) -> _Link | None:
        key = self._key_of_id.get(member.id)
        if key is None:
            return None
        if matches := self._matches.get(key):
            best = min(matches, key=lambda original: (-matches[original].owed, self._texts[original].rank))
            return _Link(self._texts[best].members[0].id, matches[best].similarity, matches[best].reason)
        first = self._texts[key].members[0]
        if first is not member:
            return _Link(first.id, 1.0, "same text")
        original = self._translations.original(member, self._stands_alone)
        return _Link(original, 0.0, "translation") if original or member.says_whose else None

    def _stands_alone(self, member: Member) -> bool:
        key = self._key_of_id[member.id]
        return key in self._originals and self._texts[key].members[0] is member


class _Link(NamedTuple):
    id: str | None
    similarity: float
    reason: CopyReason

    def copy_of(self) -> CopyOf:
        return CopyOf(id=self.id, similarity=self.similarity, reason=self.reason)


@dataclass(slots=True)
class _Text:
    """The documents that have one text, sorted: the first of them stands for the text."""

    text_hash: str
    packed: bytes  # of the sketch: an array of its own would take half as much again
    words: int
    members: list[Member]

    @property
    def sketch(self) -> Sketch:
        return unpack(self.packed)

    @property
    def rank(self) -> Rank:
        return self.members[0].rank

    def match(self, original: _Text) -> Match | None:
        return match(self.sketch, self.words, original.sketch, original.words)
