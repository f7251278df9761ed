"""Accounts: what a book makes of its groups, stored to be asked for, made anew where a group has changed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any, Generic, TypeVar

import numpy as np
from pydantic import BaseModel

from sayso.corroboration.filing import Filing
from sayso.corroboration.occurrence import Link
from sayso.corroboration.questions import Asking
from sayso.corroboration.ties import document_of

LINKS = 5
"""So many links are told of each item, the likeliest."""

Links = Mapping[str, list[Link]]
"""The likeliest links of items to those that came before them in their group, by id."""
Roles = Mapping[str, Iterable[str | None]]
"""What an account can be asked for by, in each role; None is nobody."""

_Made = TypeVar("_Made", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class AccountKind(Generic[_Made]):
    """What the accounts of a book are.

    ``word`` is what one is called, and ``part`` what that is made of. ``columns`` are those by which accounts are
    chosen and put in order, with their types: of an account ``row`` returns their values. The last by the column
    ``when`` comes first. Of an account ``roles`` returns by whom or what it can be asked for.
    """

    model: type[_Made]
    word: str
    part: str
    when: str
    columns: Mapping[str, str]
    make: Callable[[Sequence[Any], Links], _Made]
    row: Callable[[_Made], tuple[object, ...]]
    roles: Callable[[_Made], Roles]

    @property
    def table(self) -> str:
        """The name of their table."""
        return f"{self.word}s"

    @property
    def tables(self) -> str:
        """The SQL that makes the tables."""
        columns = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
        return f"""
CREATE TABLE {self.table} (grouping INTEGER PRIMARY KEY, {self.word} TEXT, {columns}, account BLOB);
CREATE INDEX {self.table}_{self.when} ON {self.table} ({self.when});
CREATE TABLE named (name TEXT, role TEXT, grouping INTEGER, PRIMARY KEY (name, role, grouping)) WITHOUT ROWID;
CREATE INDEX named_of ON named (grouping)
"""


class Accounts(Generic[_Made]):
    """The accounts of the groups of a filing."""

    def __init__(self, database: Connection, filing: Filing[Any], kind: AccountKind[_Made]) -> None:
        self._db, self._filing, self._kind = database, filing, kind

    def make(self, grouping: int) -> bool:
        """Make the account of a group anew; return False where the group has gone, and its account with it."""
        self._db.execute(f"DELETE FROM {self._kind.table} WHERE grouping = ?", (grouping,))
        self._db.execute("DELETE FROM named WHERE grouping = ?", (grouping,))
        members = sorted(self._filing.members([grouping]))
        if members:
            told = [self._filing.telling(key) for key in members]
            self._store(grouping, self._kind.make(told, self._links(members)))
        return bool(members)

    def told(self, question: Asking) -> Iterator[bytes]:
        """Yield the accounts that a question asks for, as JSON."""
        condition, values = question.condition()
        when, order = self._kind.when, self._kind.word
        query = f"SELECT account FROM {self._kind.table} {condition} ORDER BY {when} IS NULL, {when} DESC, {order}"
        yield from (zlib.decompress(account) for (account,) in self._db.execute(query, values))

    def count(self, question: Asking) -> int:
        """Return how many accounts a question asks for."""
        condition, values = question.condition()
        return int(self._db.execute(f"SELECT count(*) FROM {self._kind.table} {condition}", values).fetchone()[0])

    def of(self, grouping: int) -> _Made | None:
        """Return the account of a group, None where it is not made yet."""
        query = f"SELECT account FROM {self._kind.table} WHERE grouping = ?"
        found = self._db.execute(query, (grouping,)).fetchone()
        return self._kind.model.model_validate_json(zlib.decompress(found[0])) if found else None

    def _links(self, members: list[int]) -> Links:
        keys = np.array(members, np.int64)
        found: dict[str, list[Link]] = {}
        for document in sorted({document_of(key) for key in members}):
            ties = self._filing.ties(document)
            rows = ties.within(keys)
            for row in rows[np.argsort(-ties.likelihood[rows], kind="stable")].tolist():
                links = found.setdefault(self._filing.telling(int(ties.own[row])).id, [])
                if ties.reasons[row] and len(links) < LINKS:
                    to, likelihood = self._filing.telling(int(ties.other[row])).id, float(ties.likelihood[row])
                    reasons = self._filing.reasons(int(ties.reasons[row]))
                    links.append(Link(to=to, likelihood=round(likelihood, 4), reasons=reasons))
        return found

    def _store(self, grouping: int, made: Any) -> None:
        account = zlib.compress(made.model_dump_json().encode("utf-8", "surrogatepass"), 1)
        row = (grouping, made.id, *self._kind.row(made), account)
        self._db.execute(f"INSERT INTO {self._kind.table} VALUES ({', '.join('?' * len(row))})", row)
        self._db.executemany(
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
            (
                (name.lower(), role, grouping)
                for role, names in self._kind.roles(made).items()
                for name in names
                if name
            ),
        )
