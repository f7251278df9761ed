"""``sayso plot``: pictures of a ledger."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import casebooks, filters, parameters
from sayso.cli.messages import explained

if TYPE_CHECKING:
    from sayso.ledger import Ledger, Selection
    from sayso.plotting import Chart, Scope

app = typer.Typer(no_args_is_help=True)

File = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to; the ending says how: .svg .png .pdf .html .json (Vega-Lite).",
        show_default=False,
    ),
]
Width = Annotated[int, typer.Option(metavar="PIXELS", min=300, max=4000, help="How wide the picture is.")]


class Of(StrEnum):
    """What a timeline counts."""

    events = "events"
    statements = "statements"


class By(StrEnum):
    """What the rows of a timeline stand for."""

    quad = "quad"
    type = "type"
    actor = "actor"
    kind = "kind"
    act = "act"
    speaker = "speaker"


class When(StrEnum):
    """Which date of an event counts."""

    date = "date"
    published = "published"


class Split(StrEnum):
    """How quotations are told apart."""

    kind = "kind"
    act = "act"
    publisher = "publisher"


@app.callback()
def plot() -> None:
    """Draw what a ledger holds: when, where, who towards whom, who is quoted, who contests what.

    [bold]Examples[/bold]

    sayso plot timeline -o timeline.svg --ledger news --actor RUS --since 2024

    sayso plot map -o map.html --ledger news --type ASSAULT
    """


@app.command()
@filters.takes(*filters.OF_EVENTS, *filters.OF_STATEMENTS, *filters.OF_ALL)
def timeline(
    path: parameters.LedgerPath,
    output: File,
    of: Annotated[Of, typer.Option(help="What is counted.")] = Of.events,
    by: Annotated[
        By | None,
        typer.Option(
            help="What the rows are: quad, type or actor for events; kind, act or speaker for statements.",
            show_default="quad, kind",
        ),
    ] = None,
    when: Annotated[
        When | None,
        typer.Option(
            help="The date on which an event happened, or on which it was published: most texts date few events.",
            show_default="date; statements have published alone",
        ),
    ] = None,
    *,
    given: filters.Given,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw events, or statements, over time.

    [bold]Example[/bold]

    sayso plot timeline -o timeline.svg --by type --when published --ledger news
    """

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import timeline as drawn

        options: dict[str, Any] = {"by": by.value if by else None, "when": when.value if when else None}
        return drawn(rows, of=of.value, scope=scope, width=width, **options)

    _save(path, as_of, of.value, given, copies, draw, output)


@app.command("map")
@filters.takes(*filters.OF_EVENTS, *filters.OF_ALL)
def place_map(
    path: parameters.LedgerPath,
    output: File,
    *,
    given: filters.Given,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw events on a map, each place as precisely as it is known.

    [bold]Example[/bold]

    sayso plot map -o map.png --type ASSAULT --since 2024 --ledger news
    """

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import place_map as drawn

        return drawn(rows, scope, width)

    _save(path, as_of, "events", given, copies, draw, output)


@app.command()
@filters.takes(*filters.OF_EVENTS, *filters.OF_ALL)
def network(
    path: parameters.LedgerPath,
    output: File,
    most: Annotated[int, typer.Option(metavar="N", min=2, max=60, help="Show so many actors, the strongest.")] = 30,
    *,
    given: filters.Given,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw who acts towards whom.

    [bold]Example[/bold]

    sayso plot network -o network.pdf --most 20 --ledger news
    """

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import network as drawn

        return drawn(rows, most, scope, width)

    _save(path, as_of, "events", given, copies, draw, output)


@app.command()
@filters.takes(*filters.OF_STATEMENTS, *filters.OF_ALL)
def quotes(
    path: parameters.LedgerPath,
    output: File,
    split: Annotated[Split, typer.Option(help="How quotations are told apart.")] = Split.kind,
    most: Annotated[int, typer.Option(metavar="N", min=1, max=60, help="Show so many speakers.")] = 20,
    *,
    given: filters.Given,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw who is quoted how often.

    [bold]Example[/bold]

    sayso plot quotes -o quotes.html --split publisher --ledger news
    """

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import quotes as drawn

        return drawn(rows, split.value, most, scope, width)

    _save(path, as_of, "statements", given, copies, draw, output)


@app.command()
def dispute(
    path: parameters.LedgerPath,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of an occurrence or of one of its reports, or DOCUMENT#e3 for an event.",
            show_default=False,
        ),
    ],
    output: File,
    most: Annotated[
        int, typer.Option(metavar="N", min=1, max=60, help="Show so many voices, and at least one of each position.")
    ] = 24,
    *,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw an occurrence: who says so, who denies it, when, and in what numbers.

    [bold]Example[/bold]

    sayso plot dispute 3ab5ce04a33f -o dispute.svg --ledger news
    """
    from sayso.ledger import Ledger
    from sayso.plotting import Scope, save
    from sayso.plotting import dispute as drawn

    with explained():
        ledger = Ledger(path, as_of=as_of)
        with casebooks.current(ledger) as casebook:
            occurrence = casebook.occurrence(name)
        scope = Scope(ledger=path.resolve().name, version=ledger.version)
        save(drawn(occurrence, most, scope, width), output)


def _save(
    path: Path,
    as_of: str | None,
    view: str,
    given: filters.Given,
    copies: bool,
    draw: Callable[[Selection, Scope], Chart],
    output: Path,
) -> None:
    from sayso.ledger import Ledger
    from sayso.plotting import Scope, save

    with explained():
        ledger = Ledger(path, as_of=as_of)
        told = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in given.items()}
        scope = Scope(filters=told, ledger=path.resolve().name, version=ledger.version, copies=copies)
        save(draw(_rows(ledger, view, given, copies), scope), output)


def _rows(ledger: Ledger, view: str, given: filters.Given, copies: bool) -> Selection:
    return ledger.statements(**given, copies=copies) if view == "statements" else ledger.events(**given, copies=copies)
