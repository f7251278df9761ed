"""The arguments and options that commands share, each with its help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files (.txt .md .html .jsonl .csv .tsv .parquet .xml .warc; packed .gz .bz2 .xz .zst; .zip .tar), "
        "folders, which are walked, s3://bucket/key, web addresses, or - for standard input.",
        show_default=False,
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Day, month or year of publication, as 2024-10-25, of documents that do not tell it: what “yesterday” "
        "counts from.",
        show_default=False,
    ),
]


def day(given: str | None) -> str | None:
    """Return a day, month or year as ISO 8601 has it; raise a usage error for anything else."""
    try:
        if given is not None:
            date.fromisoformat(f"{given}-01-01"[: len("2024-10-25")] if _DATE.fullmatch(given) else given)
    except ValueError:
        message = f"{given!r} is not a day, month or year such as 2024-10-25, 2024-10 or 2024"
        raise typer.BadParameter(message) from None
    return given


Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        callback=day,
        help="Leave out events that are dated before a day, month or year: what a report tells of the past. "
        "Events without a date stay.",
        show_default=False,
    ),
]
Publisher = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Publisher of documents that do not tell it: on whose word stands what nobody else is quoted for.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False),
]
Reader = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Which reader reads: fast, or accurate, which finds more attributions and takes "
        "two to four times as long (needs the extra sayso[accurate]).",
    ),
]
Knowledge = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder of your own that extends what Sayso knows: actors, places, events.",
        show_default=False,
    ),
]
Ontologies = Annotated[
    list[Path] | None,
    typer.Option(
        "--ontology",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Categories of events of your own, as YAML, coded beside PLOVER; may be given several times.",
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="OURS=YOURS,...",
        help="Names of columns in tables that differ from ours: text=body,published=date.",
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float, typer.Option(metavar="SECONDS", min=0.1, help="Longest that one document may take.", show_default=True)
]
MaxCharacters = Annotated[int, typer.Option(metavar="N", min=1, help="Longest text that is read.")]


def no_file(given: str | None) -> str | None:
    """Return the path of a folder, or of a place in an object store; raise a usage error for that of a file."""
    if given is not None and Path(given).is_file():
        raise typer.BadParameter(f"{given!r} is a file, no folder")
    return given


def _on_disk(given: Path) -> Path:
    """Return the path of a ledger on a disk; raise a usage error for one in an object store."""
    if given.parts and given.parts[0] == "s3:":
        address = "s3://" + "/".join(given.parts[1:])
        raise typer.BadParameter(
            f"{address}: this reads a ledger on a local disk only; copy it first: aws s3 sync {address} my-ledger"
        )
    return given


LedgerPath = Annotated[
    Path,
    typer.Option(
        "--ledger",
        metavar="DIR",
        envvar="SAYSO_LEDGER",
        file_okay=False,
        callback=_on_disk,
        help="The ledger.",
        show_default=False,
    ),
]
LedgerAddress = Annotated[
    str,
    typer.Option(
        "--ledger",
        metavar="DIR",
        envvar="SAYSO_LEDGER",
        callback=no_file,
        help="The ledger, a folder or s3://bucket/name.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="VERSION|TIME",
        help="The ledger as it was: at a version that sayso ledger history lists, or a time such as 2024-10-25T09:30.",
        show_default=False,
    ),
]


def files(paths: list[Path] | None) -> tuple[str, ...]:
    """Return the paths of an option that may be given several times."""
    return tuple(map(str, paths or []))


def columns_of(mappings: list[str] | None) -> dict[str, str]:
    """Return what ``--map`` says: our name of a column to that of the input."""
    return dict(sides_of(mappings, "text=body", "--map"))


def sides_of(mappings: list[str] | None, example: str, option: str) -> Iterator[tuple[str, str]]:
    """Yield what stands on either side of each equals sign."""
    for pair in (pair for mapping in mappings or [] for pair in mapping.split(",") if pair.strip()):
        ours, equals, yours = (part.strip() for part in pair.partition("="))
        if not (ours and equals and yours):
            raise typer.BadParameter(f"{pair!r} is not of the form {example}", param_hint=option)
        yield ours, yours
