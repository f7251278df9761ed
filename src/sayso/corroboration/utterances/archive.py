"""The archive of utterances: documents with their renditions, and the words under which these are looked up.

A rendition is compared with those that share some of its weightiest words, and with those of one speaker of about that
day: both are looked up, so that no rendition is ever compared with all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from pydantic import TypeAdapter

from sayso.corroboration import filing
from sayso.corroboration.filing import Filing, Heading, keys_of
from sayso.corroboration.likeness import Pair
from sayso.corroboration.ties import Ties, document_of, key_of
from sayso.corroboration.traits import hash_of
from sayso.corroboration.utterances.agreement import agreed
from sayso.corroboration.utterances.rendition import Rendition, renditions
from sayso.records import Record

TABLES = f"""
{filing.TABLES};
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, document TEXT UNIQUE, generation INTEGER, copy_of TEXT, is_copy INTEGER,
    tellings BLOB, near BLOB, pairs BLOB
);
CREATE TABLE keys (key INTEGER, telling INTEGER, PRIMARY KEY (key, telling)) WITHOUT ROWID
"""

COMPARED = 300
"""Of a document so many renditions are compared, the first ones. The others stay alone."""
_KEYS = 14
"""A rendition is looked up under so many of its words, the weightiest."""
_SHARING = 300
"""So many renditions that came last are looked at for each key: what thousands share tells nothing."""
_DAYS = 3
"""A speaker's statements are looked up that were reported so many days before or after."""
_FEWEST = 2
"""Renditions that share fewer words are not compared, unless one speaker has made them within those days."""
_CANDIDATES = 40
"""A rendition is compared with at most so many that came before it."""

_RENDITIONS = TypeAdapter(list[Rendition])


class Renditions(Filing[Rendition]):
    """The documents of one ledger's utterances. Only ``enter``, ``leave``, ``copy`` and ``group`` change it."""

    def __init__(self, database: Connection) -> None:
        super().__init__(database, _RENDITIONS)

    def enter(self, record: Record, heading: Heading) -> int:
        """Put a document in and return its number; it is tied to those before it, each rendition a group of its own."""
        number = self.next_number()
        told = renditions(record, number)
        keys = keys_of((each.id for each in told), number)
        compared = [(each, key_of(number, place)) for place, each in enumerate(told[:COMPARED])]
        near = {each.id: self._candidates(each) for each, _ in compared}
        pairs = list(self._pairs(compared, near, keys))
        documents = sorted({document_of(key) for found in near.values() for key in found})
        ties = Ties.of(documents, pairs, keys, self.bits_of(reason for pair in pairs for reason in pair.reasons))
        packed = (self.packed(told), *ties.pack())
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, record.id, *heading, *packed)
        )
        self.list_items(number, told)
        self._db.executemany(
            "INSERT OR IGNORE INTO keys VALUES (?, ?)", ((k, place) for each, place in compared for k in _keys(each))
        )
        self._ties.put(number, ties)
        return number

    def unlist(self, number: int) -> None:
        """Take out the keys of a document's renditions."""
        for place, each in self.tellings(number).items():
            self._db.executemany(
                "DELETE FROM keys WHERE key = ? AND telling = ?", ((key, place) for key in _keys(each))
            )

    def _pairs(
        self, compared: Sequence[tuple[Rendition, int]], near: dict[str, list[int]], keys: dict[str, int]
    ) -> Iterator[Pair]:
        """Yield the pairs that are likely enough, within the document and beyond, and note the keys of the others."""
        within = _Within()
        for each, _ in compared:
            before = within.candidates(each)
            for key in near[each.id]:
                other = self.telling(key)
                keys[other.id] = key
                before.append(other)
            yield from filter(None, (agreed(other, each) for other in before))

    def _candidates(self, each: Rendition) -> list[int]:
        """Return the keys of what a rendition is compared with: first those that share most."""
        words: Counter[int] = Counter()
        for key in _words(each):
            words.update(found for (found,) in self._look_up(key))
        speaking = {found for key in _speaking(each, _DAYS) for (found,) in self._look_up(key)}
        chosen = {key for key, shared in words.items() if shared >= _FEWEST or key in speaking}
        return sorted(chosen, key=lambda key: (-words[key] - (key in speaking), -key))[:_CANDIDATES]

    def _look_up(self, key: int) -> list[tuple[int]]:
        query = "SELECT telling FROM keys WHERE key = ? ORDER BY telling DESC LIMIT ?"
        return self._db.execute(query, (key, _SHARING)).fetchall()


class _Within:
    """The renditions of one document that came before another, by their words."""

    def __init__(self) -> None:
        self._by_word: defaultdict[int, list[Rendition]] = defaultdict(list)

    def candidates(self, each: Rendition) -> list[Rendition]:
        """Return those before it that a rendition is compared with, and take it in."""
        shared: Counter[str] = Counter()
        found: dict[str, Rendition] = {}
        for word in _words(each):
            for other in self._by_word[word][-_SHARING:]:
                shared[other.id] += 1
                found[other.id] = other
            self._by_word[word].append(each)
        fewest = min(_FEWEST, len(each.content.bag.stems))
        return [found[name] for name, count in shared.most_common(_CANDIDATES) if count >= fewest]


def _keys(each: Rendition) -> list[int]:
    return [*_words(each), *_speaking(each, 0)]


def _words(each: Rendition) -> list[int]:
    return [hash_of(stem) for stem in each.content.bag.stems[:_KEYS]]


def _speaking(each: Rendition, around: int) -> list[int]:
    """Return the keys of a speaker, who is named, on the day of the report and so many before and after."""
    voice, day = each.voice, each.occasion.published
    if voice is None or voice.kind == "unnamed" or not day:
        return []
    return [hash_of(f"{voice.id}\x1f{day + more}") for more in range(-around, around + 1)]
