"""The filters that commands on a ledger share, each with its help. Each may be given several times."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from sayso.cli.parameters import day

Several: TypeAlias = list[str] | None


def _option(name: str, metavar: str, told: str) -> object:
    return typer.Option(f"--{name}", metavar=metavar, help=told, show_default=False)


Speaker = Annotated[Several, _option("speaker", "WHO", "Who speaks: a name, an actor's id or a country (RUS).")]
Act = Annotated[Several, _option("act", "ACT", "Kind of utterance: say, deny, accuse, demand, promise, ...")]
Actor = Annotated[Several, _option("actor", "WHO", "Who acts: a name, an actor's id or a country.")]
Recipient = Annotated[Several, _option("recipient", "WHO", "Who is acted upon.")]
Type = Annotated[Several, _option("type", "TYPE", "PLOVER event type: ASSAULT, CONSULT, ...")]
Mode = Annotated[Several, _option("mode", "MODE", "PLOVER mode.")]
Place = Annotated[Several, _option("place", "WHERE", "Where it happened: a name, a region or geonames:ID.")]
Country = Annotated[Several, _option("country", "ISO3", "Country where it happened: UKR, SDN, ...")]
Factuality = Annotated[Several, _option("factuality", "VALUE", "CT+, PR+, PS+, CT-, PR-, PS- or Uu.")]
Voucher = Annotated[Several, _option("voucher", "WHO", "On whose word: a name, an actor's id or a publisher.")]
Publisher = Annotated[Several, _option("publisher", "NAME", "Who published it.")]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        callback=day,
        help="Events that happened, statements that were published on a day, month or year or later. "
        "What has no known date counts as of the day of its report.",
        show_default=False,
    ),
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", callback=day, help="The same, or earlier.", show_default=False)
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        metavar="P", min=0, max=1, help="Leave out items that are less certain to be right.", show_default=False
    ),
]
Copies = Annotated[bool, typer.Option("--copies", help="Count copies too, not originals only.")]
