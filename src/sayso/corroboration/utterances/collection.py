"""The utterances of a ledger: what its statements tell of, kept beside it and brought up to date with it.

with Utterances(ledger) as utterances:
    utterances.update()
    for utterance in utterances.told(speaker="Lena Orsk", omitted=True):
        ...
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from sqlite3 import Connection
from typing import Any, ClassVar

from sayso.corroboration.accounts import AccountKind, Roles
from sayso.corroboration.book import Book
from sayso.corroboration.utterances import archive
from sayso.corroboration.utterances.agreement import WEIGHTS
from sayso.corroboration.utterances.archive import Renditions
from sayso.corroboration.utterances.assembly import utterance
from sayso.corroboration.utterances.questions import UtteranceQuestion
from sayso.corroboration.utterances.utterance import Utterance
from sayso.corroboration.vocabulary import TABLE
from sayso.knowledge.files import DATA
from sayso.ledger import Ledger
from sayso.version import __version__

_FORM = 3
"""Another one where the tables, or what is made of the same records, are not what they were."""
_WORDS = DATA / "qualifiers.yaml"


def _row(made: Utterance) -> tuple[object, ...]:
    return made.said or made.first_reported, made.documents, made.copies, made.omitting


def _roles(made: Utterance) -> Roles:
    return {
        "voice": (made.voice,),
        "speaker": (made.speaker, *made.speaker_ids),
        "country": (made.country,),
        "act": (variant.act for variant in made.variants),
        "publisher": (variant.publisher for variant in made.variants),
        "omitting": (variant.publisher for variant in made.variants if variant.omits),
    }


_UTTERANCES = AccountKind(
    model=Utterance,
    word="utterance",
    part="variant",
    when="said",
    columns={"said": "TEXT", "documents": "INTEGER", "copies": "INTEGER", "omitting": "INTEGER"},
    make=utterance,
    row=_row,
    roles=_roles,
)


class Utterances(Book[Renditions, Utterance]):
    """The utterances of one ledger."""

    kind: ClassVar[AccountKind[Utterance]] = _UTTERANCES
    asks: ClassVar[type[UtteranceQuestion]] = UtteranceQuestion

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger, _version(), archive.TABLES)

    def _filing(self, database: Connection) -> Renditions:
        return Renditions(database)

    def told(self, question: UtteranceQuestion | None = None, /, **asked: Any) -> Iterator[Utterance]:
        """Yield the utterances that a question asks for, those that were made last first.

        The question, or its fields by name: see ``UtteranceQuestion``. Raises LedgerError for a field that it does not
        have.
        """
        return self.made(question, **asked)

    def everything(self) -> Iterator[bytes]:
        """Yield all utterances as JSON."""
        return self.accounts(UtteranceQuestion(single=True))

    def utterance(self, name: str) -> Utterance:
        """Return an utterance by its id, that of any of its variants, or "DOCUMENT#s3"; the beginning of an id will do.

        Raises LedgerError where there is none, or several begin so.
        """
        return self._named(name)


@cache
def _version() -> int:
    """Return the number of what utterances of this Sayso are made by: another Sayso or other words make them anew."""
    made_by = f"{_FORM} {__version__} {sorted(WEIGHTS.items())}".encode() + TABLE.read_bytes() + _WORDS.read_bytes()
    return zlib.crc32(made_by) >> 1 or 1
