"""``sayso ledger``: the history and the upkeep of a ledger."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import parameters
from sayso.cli.messages import complain, explained
from sayso.cli.output import Listing, Sink, screen
from sayso.rendering.wording import counted

if TYPE_CHECKING:
    from sayso.ledger.changes import Change

app = typer.Typer(no_args_is_help=True)

Document = Annotated[
    str, typer.Argument(metavar="ID", help="The document's id, sha256:..., as searches and queries show it.")
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; the history keeps it.", prompt="Reason")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who does it.", show_default="the user's name")]


Format = Annotated[Listing, typer.Option("--format", help="table for people, jsonl for programs.")]


@app.callback()
def ledger() -> None:
    """See what was done to a ledger, check it, and keep it in order.

    [bold]Examples[/bold]

    sayso ledger history --ledger news

    sayso ledger verify --ledger news
    """


@app.command()
def history(path: parameters.LedgerAddress, format_: Format = Listing.table) -> None:
    """List the versions of a ledger: when, what was done, to how many documents.

    Any version can be read later: --as-of 12 with most commands shows the ledger as it was.

    [bold]Example[/bold]

    sayso ledger history --ledger news
    """
    from sayso.ledger import Ledger

    with explained():
        commits = Ledger(path).history()
    if format_ is Listing.jsonl:
        _print(*(json.dumps(asdict(c) | {"time": c.time.isoformat()}, ensure_ascii=False) for c in commits))
        return
    for commit in commits:
        details = ", ".join(f"{name} {value}" for name, value in commit.details.items())
        _print(f"{commit.version:>7}  {commit.time:%Y-%m-%d %H:%M:%S}Z  {commit.operation:<12} {details}".rstrip())


@app.command()
def verify(path: parameters.LedgerAddress, as_of: parameters.AsOf = None) -> None:
    """Read a whole ledger and say whether it is sound: files, accounts, texts.

    The exit status is 1 where something is wrong.

    [bold]Example[/bold]

    sayso ledger verify --ledger news
    """
    from sayso.ledger import Ledger
    from sayso.ledger.verification import verify as verified

    with explained():
        verdict = verified(Ledger(path, as_of=as_of))
    for problem in verdict.problems:
        complain(problem)
    _print(
        f"version {verdict.version}: {counted(verdict.files, 'file')}, {counted(verdict.entries, 'row')}, "
        f"{counted(verdict.documents, 'account')}; {counted(len(verdict.problems), 'problem')}"
    )
    if verdict.orphans:
        leftover = (
            f"{counted(len(verdict.orphans), 'data file')} that no version uses, left by writers that were stopped"
        )
        _print(f"{leftover}; sayso ledger compact --prune removes them after a week")
    if verdict.problems:
        raise typer.Exit(1)


@app.command()
def compact(
    path: parameters.LedgerAddress,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help="Delete the files that only versions of more than a week ago use: these can no longer be read then.",
        ),
    ] = False,
) -> None:
    """Put the many small files of a ledger together into few, which are faster to read. Nothing is lost.

    Others may read and append meanwhile.

    [bold]Example[/bold]

    sayso ledger compact --ledger news
    """
    from sayso.ledger import Ledger

    with explained():
        opened = Ledger(path)
        before, after = opened.store.compact()
        pruned = opened.store.prune(timedelta(days=7)) if prune else []
    _print(f"{counted(before, 'file')} are {after:,} now" + (f"; {len(pruned):,} deleted" if prune else ""))


@app.command()
def retract(document: Document, path: parameters.LedgerAddress, reason: Reason, by: By = "") -> None:
    """Hide a document from searches, views and exports, with a reason.

    It stays in the history and in the versions before; sayso ledger restore shows it again.

    [bold]Example[/bold]

    sayso ledger retract sha256:0f3a... --reason "withdrawn by the publisher" --ledger news
    """
    from sayso.ledger import Ledger

    with explained():
        version = Ledger(path).retract(document, reason, by or _user())
    _print(f"{document} is retracted as of version {version}")


@app.command()
def restore(document: Document, path: parameters.LedgerAddress, reason: Reason, by: By = "") -> None:
    """Show a document again that was retracted.

    [bold]Example[/bold]

    sayso ledger restore sha256:0f3a... --reason "retracted by mistake" --ledger news
    """
    from sayso.ledger import Ledger

    with explained():
        version = Ledger(path).restore(document, reason, by or _user())
    _print(f"{document} is shown again as of version {version}")


@app.command()
def relink(path: parameters.LedgerAddress) -> None:
    """Find anew which documents are copies of which.

    Needed only where other programs wrote into the ledger, or many writers at once.

    [bold]Example[/bold]

    sayso ledger relink --ledger news
    """
    from sayso.ledger import Ledger

    with explained():
        links = Ledger(path).relink()
    _print(f"{counted(links, 'link')} changed")


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="V1", help="A version, or a time as ISO 8601.")],
    after: Annotated[str, typer.Argument(metavar="V2", help="A later one.")],
    path: parameters.LedgerAddress,
    format_: Format = Listing.table,
) -> None:
    """Show what changed between two versions: documents that came, went or were coded anew, item by item.

    [bold]Example[/bold]

    sayso ledger diff 12 15 --ledger news
    """
    from sayso.ledger import Ledger
    from sayso.ledger.changes import changes

    with explained():
        for change in changes(Ledger(path, as_of=before), Ledger(path, as_of=after)):
            if format_ is Listing.jsonl:
                _print(json.dumps(asdict(change), ensure_ascii=False))
            else:
                _print(*_lines(change))


@app.command()
def columns(format_: Format = Listing.table) -> None:
    """List the views of a ledger and their columns, with type and meaning: what a query may speak of.

    [bold]Example[/bold]

    sayso ledger columns
    """
    from sayso.corroboration.columns import VIEWS as OF_OCCURRENCES
    from sayso.corroboration.utterances.columns import VIEWS as OF_UTTERANCES
    from sayso.ledger.columns import VIEWS
    from sayso.ledger.views import columns_of
    from sayso.reviews.views import REVIEWS

    for view in (*VIEWS, *OF_OCCURRENCES, *OF_UTTERANCES, REVIEWS):
        if format_ is Listing.table:
            _print(f"{view.name}: {view.meaning}")
        for column in columns_of(view) if view in VIEWS else view.columns:
            if format_ is Listing.table:
                _print(f"  {column.name:<18} {_short(column.type):<10} {column.meaning}")
            else:
                told = {"view": view.name, "column": column.name, "type": column.type, "meaning": column.meaning}
                _print(json.dumps(told))


def _short(type_: str) -> str:
    return type_ if len(type_) <= len("TIMESTAMPTZ") else "STRUCT[]"


def _lines(change: Change) -> Iterator[str]:
    title = " · ".join(filter(None, (change.publisher, change.title)))
    yield f"{change.kind}  {change.document}  {title}".rstrip()
    yield from (f"  - {item}" for item in change.gone)
    yield from (f"  + {item}" for item in change.new)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user, as in some containers
        return "unknown"


def _print(*lines: str) -> None:
    from sayso.rendering.neutral import neutral

    told = (neutral(line).replace("\n", " ") for line in lines)  # a title or reason is to fake no other line
    Sink(None).write("".join(f"{screen().encodable(line)}\n" for line in told))
