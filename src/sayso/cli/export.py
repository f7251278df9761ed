"""``sayso export``: a ledger in the formats of others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import casebooks, filters, parameters
from sayso.cli.messages import Messages, explained
from sayso.rendering.wording import counted


class Target(StrEnum):
    """The formats."""

    gdelt = "gdelt"
    polecat = "polecat"
    plover = "plover"
    ftm = "ftm"
    csv = "csv"
    parquet = "parquet"


class View(StrEnum):
    """The views, one of which may go to a file of its own."""

    documents = "documents"
    statements = "statements"
    events = "events"
    actors = "actors"
    places = "places"
    times = "times"
    occurrences = "occurrences"
    utterances = "utterances"


@filters.takes(
    *filters.OF_EVENTS, *filters.OF_STATEMENTS, "status", "voice", "min_voices", "omitted_by", *filters.OF_ALL
)
def export(
    path: parameters.LedgerPath,
    to: Annotated[Target, typer.Option("--to", help="The format.", show_default=False)],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="PATH", help="A file or folder, see docs/export.md.", show_default=False
        ),
    ],
    view: Annotated[
        View | None, typer.Option(help="csv, parquet: one view alone, into a file.", show_default=False)
    ] = None,
    unreal: Annotated[
        bool,
        typer.Option(
            "--unreal",
            help="Events that are denied, uncertain, planned or imagined too; csv and parquet have them in any case.",
        ),
    ] = False,
    copies: filters.Copies = False,
    *,
    given: filters.Given,
    as_of: parameters.AsOf = None,
) -> None:
    """Write a ledger, or what filters select of it, in the format of others: GDELT, CSV and so on.

    What a format cannot carry is said on standard error. The formats of events
    take what is reported as having happened; --unreal takes everything.

    [bold]Examples[/bold]

    sayso export --to polecat -o events.tsv --since 2024-10 --ledger news

    sayso export --to gdelt -o gdelt/ --actor RUS --ledger news

    sayso export --to parquet --view statements -o statements.parquet --ledger news

    sayso export --to csv --view occurrences -o disputed.csv --status disputed --ledger news

    sayso export --to csv --view utterances -o said.csv --speaker "Lena Orsk" --ledger news
    """
    from sayso.export import EXPORTERS
    from sayso.export import export as exported
    from sayso.ledger import Ledger

    messages = Messages()
    with explained():
        ledger = Ledger(path, as_of=as_of)
        for grouping in EXPORTERS[to.value].needs(view.value if view else None):
            if not ledger.is_past:
                with casebooks.up_to_date(grouping.open, ledger):
                    pass  # the export finds it up to date
        done = exported(
            to.value, ledger, output, view=view.value if view else None, unreal=unreal, copies=copies, **given
        )
    messages.note(f"{counted(done.rows, 'row')} of version {ledger.version}: {', '.join(map(str, done.files))}")
    for reason, count in done.left_out.items():
        messages.note(f"left out: {count:,}, {reason}")
    messages.note(f"{to.value} cannot carry: {'; '.join(EXPORTERS[to.value].lost)}")
