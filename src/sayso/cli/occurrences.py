"""``sayso occurrences`` and ``sayso disputes``: what many reports are of, and who contests it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import casebooks, filters, parameters
from sayso.cli.listing import SHORT, Form, Layout, Limit, listed, wrapped
from sayso.cli.messages import explained
from sayso.rendering.wording import counted

if TYPE_CHECKING:
    from sayso.corroboration import Occurrence
    from sayso.rendering.terminal import Screen

Format = Annotated[
    Form | None,
    typer.Option(
        "--format",
        help="table for people, jsonl (whole occurrences) and csv for programs. Without it: what the name of the "
        "output suggests, else table on a terminal and jsonl elsewhere.",
        show_default=False,
    ),
]
Untyped = Annotated[
    bool, typer.Option("--untyped", help="Those too of which no report has a PLOVER type: meetings, floods, remarks.")
]


@filters.takes(*filters.OF_OCCURRENCES)
def occurrences(
    path: parameters.LedgerPath,
    *,
    given: filters.Given,
    untyped: Untyped = False,
    limit: Limit = None,
    format_: Format = None,
    output: parameters.Output = None,
    as_of: parameters.AsOf = None,
) -> None:
    """List what the reports of a ledger are of, with how many independent voices say so or deny it.

    Those that happened last come first. A filter that is given several times
    takes any of its values. New documents are grouped first.

    [bold]Examples[/bold]

    sayso occurrences --ledger news --country UKR --since 2024-10 --min-voices 2

    sayso occurrences --ledger news --status corroborated --format jsonl -o corroborated.jsonl
    """
    _list(path, as_of, given | {"untyped": untyped}, limit, format_, output, _table)


@filters.takes(*filters.OF_DISPUTES)
def disputes(
    path: parameters.LedgerPath,
    *,
    given: filters.Given,
    untyped: Untyped = False,
    limit: Limit = None,
    format_: Format = None,
    output: parameters.Output = None,
    as_of: parameters.AsOf = None,
) -> None:
    """List what is disputed or denied, with each side: who says so, who denies it, in what numbers.

    [bold]Example[/bold]

    sayso disputes --ledger news --actor RUS --since 2024-10
    """
    asked = given | {"untyped": untyped, "status": [filters.Status.disputed, filters.Status.denied]}
    _list(path, as_of, asked, limit, format_, output, _sides)


Table = Callable[[Iterable["Occurrence"], "Screen"], Iterator[str]]


def _list(
    path: Path,
    as_of: str | None,
    asked: filters.Given,
    limit: int | None,
    form: Form | None,
    output: Path | None,
    table: Table,
) -> None:
    from sayso.corroboration import Question
    from sayso.ledger import Ledger

    with explained(), casebooks.current(Ledger(path, as_of=as_of)) as casebook:
        question = Question.of(asked)
        more = None if question.untyped else "--untyped has those without a PLOVER type as well"
        listed(casebook, question, Layout(table, _csv_lines, more), limit, form, output)


def _csv_lines(accounts: Iterable[bytes]) -> Iterator[str]:
    from sayso.export.occurrences import VIEW, rows
    from sayso.export.tables import csv_line

    names = [column.name for column in VIEW.columns]
    yield csv_line(names)
    for account in accounts:
        yield from (csv_line(row[name] for name in names) for row in rows(json.loads(account)))


def _table(found: Iterable[Occurrence], shown_on: Screen) -> Iterator[str]:
    """Yield a few lines for each, so that the first can be read before the last is known."""
    for occurrence in found:
        lines = [_standing(occurrence), *wrapped(_what(occurrence), shown_on.width)]
        yield shown_on.encodable("".join(f"{line}\n" for line in lines))


def _standing(occurrence: Occurrence) -> str:
    from sayso.corroboration.wording import positions, when

    told = f"{positions(occurrence)} · {counted(occurrence.document_count, 'document')}"
    return f"{occurrence.id[:SHORT]}  {when(occurrence)[:10]:<10}  {occurrence.status:<13}  {told}"


def _what(occurrence: Occurrence) -> str:
    from sayso.corroboration.wording import figure, headline, where

    parts = [headline(occurrence), where(occurrence), *map(figure, occurrence.figures)]
    return " · ".join(part for part in parts if part)


def _sides(found: Iterable[Occurrence], shown_on: Screen) -> Iterator[str]:
    from sayso.cli.dossier import sides

    yield from (shown_on.show(sides(occurrence)) for occurrence in found)
