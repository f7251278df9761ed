"""The filters that commands on a ledger share, each with its help, and how a command takes them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from inspect import Parameter
from typing import Annotated, Any, TypeAlias

import typer

from sayso.cli.parameters import day

Several: TypeAlias = list[str] | None
Given: TypeAlias = dict[str, Any]
"""The filters that were given, by name."""


class Status(StrEnum):
    """How the voices of an occurrence stand to one another."""

    single_source = "single-source"
    corroborated = "corroborated"
    disputed = "disputed"
    denied = "denied"


def _option(name: str, metavar: str, told: str) -> object:
    return typer.Option(f"--{name}", metavar=metavar, help=told, show_default=False)


_Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        callback=day,
        help="Events that happened, statements that were published on a day, month or year or later. "
        "What has no known date counts as of the day of its report.",
        show_default=False,
    ),
]
_Until = Annotated[
    str | None, typer.Option(metavar="DATE", callback=day, help="The same, or earlier.", show_default=False)
]
_MinConfidence = Annotated[
    float | None,
    typer.Option(
        metavar="P", min=0, max=1, help="Leave out items that are less certain to be right.", show_default=False
    ),
]
Copies = Annotated[bool, typer.Option("--copies", help="Count copies too, not originals only.")]

_OPTIONS = {
    "speaker": Annotated[Several, _option("speaker", "WHO", "Who speaks: a name, an actor's id or a country (RUS).")],
    "act": Annotated[Several, _option("act", "ACT", "Kind of utterance: say, deny, accuse, demand, promise, ...")],
    "actor": Annotated[Several, _option("actor", "WHO", "Who acts: a name, an actor's id or a country.")],
    "recipient": Annotated[Several, _option("recipient", "WHO", "Who is acted upon.")],
    "type": Annotated[Several, _option("type", "TYPE", "PLOVER event type: ASSAULT, CONSULT, ...")],
    "mode": Annotated[Several, _option("mode", "MODE", "PLOVER mode.")],
    "place": Annotated[Several, _option("place", "WHERE", "Where it happened: a name, a region or geonames:ID.")],
    "country": Annotated[Several, _option("country", "ISO3", "Country where it happened: UKR, SDN, ...")],
    "factuality": Annotated[Several, _option("factuality", "VALUE", "CT+, PR+, PS+, CT-, PR-, PS- or Uu.")],
    "voucher": Annotated[Several, _option("voucher", "WHO", "On whose word: a name, an actor's id or a publisher.")],
    "publisher": Annotated[Several, _option("publisher", "NAME", "Who published it.")],
    "status": Annotated[
        list[Status] | None,
        typer.Option("--status", help="How the voices stand to one another.", show_default=False),
    ],
    "voice": Annotated[Several, _option("voice", "WHO", "Who says so, or denies it: a name or the id of a voice.")],
    "omitted_by": Annotated[
        Several, _option("omitted-by", "NAME", "Publisher who left out a qualifier that another has.")
    ],
    "min_voices": Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Leave out what fewer independent voices speak of.", show_default=False),
    ],
    "min_documents": Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Leave out what fewer documents report.", show_default=False),
    ],
    "since": _Since,
    "until": _Until,
    "min_confidence": _MinConfidence,
}
OF_STATEMENTS = ("speaker", "act")
OF_EVENTS = ("actor", "recipient", "type", "mode", "place", "country", "factuality", "voucher")
OF_DISPUTES = (
    "type", "actor", "recipient", "place", "country", "publisher", "voice", "min_voices", "min_documents", "since",
    "until",
)  # fmt: skip
OF_OCCURRENCES = ("status", *OF_DISPUTES)
OF_UTTERANCES = ("speaker", "act", "voice", "publisher", "omitted_by", "min_documents", "since", "until")
OF_ALL = ("publisher", "since", "until", "min_confidence")


def takes(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of filters, in the place of its parameter ``given``, which gets what they say."""

    def taking(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def called(**options: Any) -> None:
            told = {name: options.pop(name) for name in names}
            command(**options, given={name: value for name, value in told.items() if value is not None})

        own = inspect.signature(command, eval_str=True)
        options = [Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_OPTIONS[name]) for name in names]
        parameters: list[Parameter] = []
        for parameter in own.parameters.values():
            parameters += options if parameter.name == "given" else [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
        called.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
        return called

    return taking
