"""What changed between two versions of a ledger: documents that came, went or were coded anew, and their items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sayso.ledger.ledger import Ledger
from sayso.records import Event, Record, Statement

_AT_ONCE = 200
"""Documents that are compared at a time."""

Kind = Literal["added", "removed", "recoded", "relinked"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one document, and the items that are gone or new, each in words."""

    kind: Kind
    document: str
    title: str | None
    publisher: str | None
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def changes(before: Ledger, after: Ledger) -> Iterator[Change]:
    """Yield the changes from one version to another, in order of arrival, so that each data file is read but once.

    An item is the same if it covers the same words and says the same of them: ids, which count items, and confidence do
    not matter. A document that is retracted is removed; one whose original is another now is relinked.
    """
    old, new = _entries(before), _entries(after)
    entries = {document: entry for document, entry in (old | new).items() if old.get(document) != new.get(document)}
    differing = sorted(entries, key=lambda document: (entries[document].generation, document))
    for start in range(0, len(differing), _AT_ONCE):
        some = differing[start : start + _AT_ONCE]
        was, is_ = ({record.id: record for record in ledger.records(some)} for ledger in (before, after))
        for document in some:
            yield _change(was.get(document), is_.get(document))


class _Entry(NamedTuple):
    """Which account of a document counts, and what the document is a copy of."""

    generation: int
    row: int
    copy_of: str | None


def _entries(ledger: Ledger) -> dict[str, _Entry]:
    rows = ledger.sql("SELECT id, generation, row, copy_of FROM live").rows()
    return {row.pop("id"): _Entry(**row) for row in rows}


def _change(old: Record | None, new: Record | None) -> Change:
    if new is None:
        assert old is not None
        return Change("removed", old.id, old.title, old.publisher, gone=_items(old))
    if old is None:
        return Change("added", new.id, new.title, new.publisher, new=_items(new))
    was, is_ = _items(old), _items(new)
    kind: Kind = "relinked" if _account(old) == _account(new) else "recoded"
    return Change(
        kind,
        new.id,
        new.title,
        new.publisher,
        _without(was, is_),
        _without(is_, was),
    )


def _without(items: list[str], others: list[str]) -> list[str]:
    known = set(others)
    return [item for item in items if item not in known]


def _account(record: Record) -> Record:
    return record.model_copy(update={"copy_of": None})


def _items(record: Record) -> list[str]:
    statements = [_statement(statement, record) for statement in record.statements]
    return statements + [_event(event, record) for event in record.events]


def _statement(statement: Statement, record: Record) -> str:
    who = statement.speaker or _words(record, statement.source) or "?"
    return f"{who} {statement.act}: {_words(record, statement.content)} [{_extent(statement.content)}]"


def _event(event: Event, record: Record) -> str:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    parties = f"{', '.join(event.actors) or '?'} → {', '.join(event.recipients) or '?'}"
    told = ", ".join(filter(None, (event.date, event.place, event.factuality, event.voucher)))
    return f"{kind} {parties} ({told}): {record.quote([event.anchor])} [{_extent([event.anchor])}]"


def _words(record: Record, spans: list[tuple[int, int]]) -> str:
    return " ".join(record.quote(spans).split())


def _extent(spans: list[tuple[int, int]]) -> str:
    return f"{spans[0][0]}-{spans[-1][1]}" if spans else ""
