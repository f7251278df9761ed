"""``sayso plot``: pictures of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import filters, parameters
from sayso.cli.messages import complain
from sayso.errors import SaysoError

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
    """Draw what a ledger holds: when, where, who towards whom, who is quoted.

    [bold]Examples[/bold]

    sayso plot timeline -o timeline.svg --ledger news --actor RUS --since 2024

    sayso plot map -o map.html --ledger news --type ASSAULT
    """


@app.command()
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
    actor: filters.Actor = None,
    recipient: filters.Recipient = None,
    type_: filters.Type = None,
    place: filters.Place = None,
    country: filters.Country = None,
    voucher: filters.Voucher = None,
    speaker: filters.Speaker = None,
    act: filters.Act = None,
    publisher: filters.Publisher = None,
    since: filters.Since = None,
    until: filters.Until = None,
    min_confidence: filters.MinConfidence = None,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw events, or statements, over time.

    [bold]Example[/bold]

    sayso plot timeline -o timeline.svg --by type --when published --ledger news
    """
    given = {
        "actor": actor, "recipient": recipient, "type": type_, "place": place, "country": country, "voucher": voucher,
        "speaker": speaker, "act": act, "publisher": publisher, "since": since, "until": until,
        "min_confidence": min_confidence,
    }  # fmt: skip

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import timeline as drawn

        options: dict[str, Any] = {"by": by.value if by else None, "when": when.value if when else None}
        return drawn(rows, of=of.value, scope=scope, width=width, **options)

    _save(path, as_of, of.value, given, copies, draw, output)


@app.command("map")
def place_map(
    path: parameters.LedgerPath,
    output: File,
    actor: filters.Actor = None,
    recipient: filters.Recipient = None,
    type_: filters.Type = None,
    place: filters.Place = None,
    country: filters.Country = None,
    voucher: filters.Voucher = None,
    publisher: filters.Publisher = None,
    since: filters.Since = None,
    until: filters.Until = None,
    min_confidence: filters.MinConfidence = None,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw events on a map, each place as precisely as it is known.

    [bold]Example[/bold]

    sayso plot map -o map.png --type ASSAULT --since 2024 --ledger news
    """
    given = {
        "actor": actor, "recipient": recipient, "type": type_, "place": place, "country": country, "voucher": voucher,
        "publisher": publisher, "since": since, "until": until, "min_confidence": min_confidence,
    }  # fmt: skip

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import place_map as drawn

        return drawn(rows, scope, width)

    _save(path, as_of, "events", given, copies, draw, output)


@app.command()
def network(
    path: parameters.LedgerPath,
    output: File,
    most: Annotated[int, typer.Option(metavar="N", min=2, max=60, help="Show so many actors, the strongest.")] = 30,
    actor: filters.Actor = None,
    recipient: filters.Recipient = None,
    type_: filters.Type = None,
    place: filters.Place = None,
    country: filters.Country = None,
    voucher: filters.Voucher = None,
    publisher: filters.Publisher = None,
    since: filters.Since = None,
    until: filters.Until = None,
    min_confidence: filters.MinConfidence = None,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw who acts towards whom.

    [bold]Example[/bold]

    sayso plot network -o network.pdf --most 20 --ledger news
    """
    given = {
        "actor": actor, "recipient": recipient, "type": type_, "place": place, "country": country, "voucher": voucher,
        "publisher": publisher, "since": since, "until": until, "min_confidence": min_confidence,
    }  # fmt: skip

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import network as drawn

        return drawn(rows, most, scope, width)

    _save(path, as_of, "events", given, copies, draw, output)


@app.command()
def quotes(
    path: parameters.LedgerPath,
    output: File,
    split: Annotated[Split, typer.Option(help="How quotations are told apart.")] = Split.kind,
    most: Annotated[int, typer.Option(metavar="N", min=1, max=60, help="Show so many speakers.")] = 20,
    speaker: filters.Speaker = None,
    act: filters.Act = None,
    publisher: filters.Publisher = None,
    since: filters.Since = None,
    until: filters.Until = None,
    min_confidence: filters.MinConfidence = None,
    copies: filters.Copies = False,
    width: Width = 720,
    as_of: parameters.AsOf = None,
) -> None:
    """Draw who is quoted how often.

    [bold]Example[/bold]

    sayso plot quotes -o quotes.html --split publisher --ledger news
    """
    given = {
        "speaker": speaker, "act": act, "publisher": publisher, "since": since, "until": until,
        "min_confidence": min_confidence,
    }  # fmt: skip

    def draw(rows: Selection, scope: Scope) -> Chart:
        from sayso.plotting import quotes as drawn

        return drawn(rows, split.value, most, scope, width)

    _save(path, as_of, "statements", given, copies, draw, output)


def _save(
    path: Path,
    as_of: str | None,
    view: str,
    given: dict[str, Any],
    copies: bool,
    draw: Callable[[Selection, Scope], Chart],
    output: Path,
) -> None:
    from sayso.ledger import Ledger
    from sayso.plotting import Scope, save

    with _explained():
        ledger = Ledger(path, as_of=as_of)
        set_ = {name: value for name, value in given.items() if value is not None}
        told = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in set_.items()}
        scope = Scope(filters=told, ledger=path.resolve().name, version=ledger.version, copies=copies)
        save(draw(_rows(ledger, view, set_, copies), scope), output)


def _rows(ledger: Ledger, view: str, given: dict[str, Any], copies: bool) -> Selection:
    return ledger.statements(**given, copies=copies) if view == "statements" else ledger.events(**given, copies=copies)


@contextmanager
def _explained() -> Iterator[None]:
    """End the command with a message where there is nothing to draw, or no place for it."""
    try:
        yield
    except SaysoError as error:
        complain(str(error))
        raise typer.Exit(2) from error
