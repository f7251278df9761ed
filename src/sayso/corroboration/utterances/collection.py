"""The utterances of a ledger: what its statements tell of, kept beside it and brought up to date with it.

with Utterances(ledger) as utterances:
    utterances.update()
    for utterance in utterances.told(speaker="Lena Orsk", omitted=True):
        ...
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from sqlite3 import Connection
from typing import Any, ClassVar

import numpy as np

from sayso.corroboration.book import Book
from sayso.corroboration.occurrence import Link
from sayso.corroboration.ties import document_of
from sayso.corroboration.utterances import archive
from sayso.corroboration.utterances.agreement import WEIGHTS
from sayso.corroboration.utterances.archive import Renditions
from sayso.corroboration.utterances.assembly import utterance
from sayso.corroboration.utterances.questions import UtteranceQuestion
from sayso.corroboration.utterances.utterance import Utterance
from sayso.corroboration.vocabulary import TABLE
from sayso.errors import LedgerError
from sayso.knowledge.files import DATA
from sayso.ledger import Ledger
from sayso.version import __version__

_FORM = 2
"""Another one where the tables, or what is made of the same records, are not what they were."""
_TABLES = f"""
{archive.TABLES};
CREATE TABLE utterances (
    grouping INTEGER PRIMARY KEY, utterance TEXT, said TEXT, documents INTEGER, copies INTEGER, omitting INTEGER,
    account BLOB
);
CREATE INDEX utterances_said ON utterances (said);
CREATE TABLE named (name TEXT, role TEXT, grouping INTEGER, PRIMARY KEY (name, role, grouping)) WITHOUT ROWID;
CREATE INDEX named_of ON named (grouping)
"""
_WORDS = DATA / "qualifiers.yaml"
LINKS = 5
"""So many links are told of each variant, the likeliest."""


class Utterances(Book[Renditions]):
    """The utterances of one ledger."""

    makes: ClassVar[str] = "utterance"
    reports: ClassVar[str] = "variant"

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger, "utterances.sqlite", _version(), _TABLES)

    def told(self, question: UtteranceQuestion | None = None, /, **asked: Any) -> Iterator[Utterance]:
        """Yield the utterances that a question asks for, those that were made last first.

        The question, or its fields by name: see ``UtteranceQuestion``. Raises LedgerError for a field that it does not
        have.
        """
        for account in self.accounts(question or UtteranceQuestion.of(asked)):
            yield Utterance.model_validate_json(account)

    def accounts(self, question: UtteranceQuestion) -> Iterator[bytes]:
        """Yield the same as JSON, an utterance at a time."""
        condition, values = question.condition()
        query = f"SELECT account FROM utterances {condition} ORDER BY said IS NULL, said DESC, utterance"
        with self._derived.explained():
            yield from (zlib.decompress(account) for (account,) in self._db.execute(query, values))

    def everything(self) -> Iterator[bytes]:
        """Yield all utterances as JSON."""
        yield from self.accounts(UtteranceQuestion(single=True))

    def count(self, question: UtteranceQuestion | None = None, /, **asked: Any) -> int:
        """Return how many utterances a question asks for."""
        condition, values = (question or UtteranceQuestion.of(asked)).condition()
        with self._derived.explained():
            return int(self._db.execute(f"SELECT count(*) FROM utterances {condition}", values).fetchone()[0])

    def utterance(self, name: str) -> Utterance:
        """Return an utterance by its id, that of any of its variants, or "DOCUMENT#s3"; the beginning of an id will do.

        Raises LedgerError where there is none, or several begin so.
        """
        with self._derived.explained():
            group = self._group_of(name)
            rows = self._db.execute("SELECT account FROM utterances WHERE grouping = ?", (group,)).fetchall()
        if not rows:
            raise LedgerError(f"the utterance of {name} is just being made; ask again in a moment")
        return Utterance.model_validate_json(zlib.decompress(rows[0][0]))

    def _filing(self, database: Connection) -> Renditions:
        return Renditions(database)

    def _make(self, grouping: int) -> bool:
        self._db.execute("DELETE FROM utterances WHERE grouping = ?", (grouping,))
        self._db.execute("DELETE FROM named WHERE grouping = ?", (grouping,))
        members = sorted(self._archive.members([grouping]))
        if members:
            told = [self._archive.telling(key) for key in members]
            self._store(grouping, utterance(told, self._links(members)))
        return bool(members)

    def _links(self, members: list[int]) -> dict[str, list[Link]]:
        """Return the likeliest links of each variant to those before it in its group, with what they share."""
        keys = np.array(members, np.int64)
        found: dict[str, list[Link]] = {}
        for document in sorted({document_of(key) for key in members}):
            ties = self._archive.ties(document)
            rows = ties.within(keys)
            for row in rows[np.argsort(-ties.likelihood[rows], kind="stable")].tolist():
                links = found.setdefault(self._archive.telling(int(ties.own[row])).id, [])
                if ties.reasons[row] and len(links) < LINKS:
                    to, likelihood = self._archive.telling(int(ties.other[row])).id, float(ties.likelihood[row])
                    reasons = self._archive.reasons(int(ties.reasons[row]))
                    links.append(Link(to=to, likelihood=round(likelihood, 4), reasons=reasons))
        return found

    def _store(self, grouping: int, made: Utterance) -> None:
        account = zlib.compress(made.model_dump_json().encode("utf-8", "surrogatepass"), 1)
        said = made.said or made.first_reported
        row = (grouping, made.id, said, made.documents, made.copies, made.omitting, account)
        self._db.execute("INSERT INTO utterances VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._db.executemany(
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
            ((name.lower(), role, grouping) for role, name in _named(made)),
        )


def _named(made: Utterance) -> Iterator[tuple[str, str]]:
    """Yield what an utterance can be asked for by: who speaks, of what country, who published, who left out what."""
    several: Iterable[tuple[str, Iterable[str | None]]] = (
        ("voice", (made.voice,)),
        ("speaker", (made.speaker, *made.speaker_ids)),
        ("country", (made.country,)),
        ("act", (variant.act for variant in made.variants)),
        ("publisher", (variant.publisher for variant in made.variants)),
        ("omitting", (variant.publisher for variant in made.variants if variant.omits)),
    )
    yield from ((role, name) for role, names in several for name in names if name)


@cache
def _version() -> int:
    """Return the number of what utterances of this Sayso are made by: another Sayso or other words make them anew."""
    made_by = f"{_FORM} {__version__} {sorted(WEIGHTS.items())}".encode() + TABLE.read_bytes() + _WORDS.read_bytes()
    return zlib.crc32(made_by) >> 1 or 1
