"""``sayso reviews``: what people say of coded items."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import parameters
from sayso.cli.messages import Messages, explained
from sayso.cli.output import Sink, screen
from sayso.rendering.cells import csv_lines
from sayso.rendering.neutral import one_line
from sayso.rendering.wording import counted

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.records import Record
    from sayso.reviews import Docket, Judgement

app = typer.Typer(no_args_is_help=True)
_SHORT = len("sha256:") + 12
_SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "table"}


class Form(StrEnum):
    """How judgements are listed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class Items(StrEnum):
    """Items of which kind."""

    events = "events"
    statements = "statements"


class Verdict(StrEnum):
    """What a reviewer says of an item."""

    right = "right"
    wrong = "wrong"
    fixed = "fixed"


Reviewer = Annotated[
    str, typer.Option(metavar="NAME", envvar=["SAYSO_REVIEWER", "USER"], help="Who judges.", show_default=False)
]
Format = Annotated[
    Form | None,
    typer.Option("--format", help="Without it: table on a terminal, jsonl elsewhere.", show_default=False),
]


@app.callback()
def reviews() -> None:
    """Mark coded items right or wrong, or fix them; what was coded stays as it was.

    [bold]Examples[/bold]

    sayso reviews add 1a2b3c4d5e6f#e3 --wrong --why "a plan, not an event" --ledger news

    sayso evaluate --from-reviews news
    """


@app.command("list")
def list_(
    path: parameters.LedgerPath,
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="Of one document; the beginning of its id will do.")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(metavar="NAME", help="By one reviewer.")] = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Of one verdict.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", callback=parameters.day, help="Given on a day or later.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Also those in whose place a later one of the same reviewer stands.")
    ] = False,
    orphaned: Annotated[
        bool, typer.Option("--orphaned", help="Only those whose item is gone, as after its document was coded anew.")
    ] = False,
    format_: Format = None,
    output: parameters.Output = None,
) -> None:
    """List judgements, the oldest first.

    [bold]Example[/bold]

    sayso reviews list --verdict wrong --since 2024-10 --ledger news
    """
    with explained():
        ledger, docket = _opened(path), _docket(path)
        given = docket.judgements() if history else docket.standing()
        lost = _orphans(ledger, given) if orphaned else set()
    beginning = document if not document or document.startswith("sha256:") else f"sha256:{document}"
    found = [
        judgement
        for judgement in given
        if (not beginning or judgement.document.startswith(beginning))
        and (not reviewer or judgement.reviewer == reviewer)
        and (not verdict or judgement.verdict == verdict.value)
        and (not since or judgement.at >= since)
        and (not orphaned or judgement.id in lost)
    ]
    layout = format_ or _suggested(output)
    lines = {Form.table: _table, Form.jsonl: _jsonl, Form.csv: _csv}[layout](found)
    _write(lines, layout, output)
    Messages().note(f"{counted(len(found), 'judgement')}" + _damage(docket))


@app.command()
def add(
    path: parameters.LedgerPath,
    item: Annotated[
        str, typer.Argument(metavar="DOCUMENT#ITEM", help="The item: 1a2b3c4d5e6f#e3.", show_default=False)
    ],
    reviewer: Reviewer,
    right: Annotated[bool, typer.Option("--right", help="It is right.")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="It should not have been coded.")] = False,
    fix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE",
            help="It is right with this instead: type=ASSAULT, actors=[bold]actor:russia,Wagner[/bold], recipients=, "
            "date=2024-10-25, factuality=CT-, speaker=Dmitry Peskov, act=deny, content=10-52,60-71. "
            "May be given several times.",
            show_default=False,
        ),
    ] = None,
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why; kept with the judgement.")] = "",
) -> None:
    """Judge one item.

    [bold]Example[/bold]

    sayso reviews add 1a2b3c4d5e6f#e3 --fix type=PROTEST --fix recipients= --ledger news
    """
    if (right, wrong, bool(fix)).count(True) != 1:
        raise typer.BadParameter("give one of --right, --wrong and --fix")
    document, _, name = item.rpartition("#")
    if not (document.removeprefix("sha256:") and name):
        raise typer.BadParameter(f"{item!r} names no item; write DOCUMENT#ITEM: 1a2b3c4d5e6f#e3", param_hint="ITEM")
    from sayso.reviews import judge

    with explained():
        record = _record(_opened(path), document)
        fixes = dict(map(_fix, fix or ()))
        judgement = judge(
            record, name, "right" if right else "wrong" if wrong else "fixed", reviewer, why=why, fixes=fixes
        )
        _docket(path).append(judgement)
    Messages().note(f"{name}, “{one_line(judgement.seen.words[:80])}”: {judgement.verdict}")


@app.command()
def sample(
    path: parameters.LedgerPath,
    number: Annotated[int, typer.Argument(metavar="N", min=1, max=100_000, help="How many.")] = 50,
    of: Annotated[Items, typer.Option(help="Items of which kind.")] = Items.events,
    seed: Annotated[int, typer.Option(metavar="N", help="Where the chance begins: the same gives the same.")] = 0,
) -> None:
    """Print items drawn at random that nobody has judged: what reviewers choose themselves is no fair sample.

    [bold]Example[/bold]

    sayso reviews sample 100 --seed 7 --ledger news
    """
    with explained():
        ledger, docket = _opened(path), _docket(path)
        judged = {(judgement.document, judgement.item) for judgement in docket.judgements()}
        name = of.value.removesuffix("s")
        query = f"SELECT document, {name} AS item FROM {of.value} ORDER BY document, start, item"  # noqa: S608 - our own names
        rows = [(row["document"], row["item"]) for row in ledger.sql(query).rows()]
    fresh = [row for row in rows if row not in judged]
    drawn = random.Random(seed).sample(fresh, min(number, len(fresh)))  # noqa: S311 - a sample, no secret
    Sink(None).write("".join(f"{document.removeprefix('sha256:')[:16]}#{item}\n" for document, item in drawn))
    Messages().note(f"{counted(len(drawn), 'item')} of {len(fresh):,} that nobody has judged")


@app.command()
def precision(path: parameters.LedgerPath, format_: Format = None) -> None:
    """Tell how many of the judged items are right, by type, act and field, with 95 % intervals.

    [bold]Example[/bold]

    sayso reviews precision --ledger news
    """
    tell_precision(path, format_)


@app.command()
def export(
    path: parameters.LedgerPath,
    output: parameters.Output = None,
    everything: Annotated[
        bool, typer.Option("--partial", help="Also documents of which only some items were judged: those items alone.")
    ] = False,
    of: Annotated[
        Items | None, typer.Option(help="Items of one kind only; sayso evaluate attribution needs statements.")
    ] = None,
) -> None:
    """Write reviewed documents as gold: JSONL with the items that reviewers stand by.

    A document is gold where all its statements, or all its events, were judged.

    [bold]Examples[/bold]

    sayso reviews export -o gold.jsonl --ledger news

    sayso reviews export --of statements -o gold.jsonl --ledger news

    sayso evaluate attribution gold.jsonl
    """
    from sayso.reviews.gold import KINDS, documents

    kinds = (of.value,) if of else KINDS
    with explained():
        ledger, docket = _opened(path), _docket(path)
        given = docket.judgements()
        ids = sorted({judgement.document for judgement in given})
        rows = list(documents(ledger.records(ids), given, whole=not everything, kinds=kinds)) if ids else []
        _write((json.dumps(row, ensure_ascii=False) + "\n" for row in rows), Form.jsonl, output)
    Messages().note(f"{counted(len(rows), 'document')} of gold" + _damage(docket))


def tell_precision(path: Path, format_: Form | None = None) -> None:
    """Write the precision of what was judged in a ledger."""
    from dataclasses import asdict

    from sayso.reviews import precision as of
    from sayso.reviews.precision import contested

    with explained():
        _opened(path)
        docket = _docket(path)
        given = docket.standing()
        found, disagreed = of(given), contested(given)
    rows: list[dict[str, Any]] = [{**asdict(one), "precision": round(one.precision, 4)} for one in found]
    layout = format_ or _suggested(None)
    if layout is Form.table:
        lines: Iterable[str] = (
            f"{row['kind']:9} {row['of']:18} {row['precision']:.2f}  {row['low']:.2f} to {row['high']:.2f}  "
            f"of {row['judged']:,}\n"
            for row in rows
        )
    elif layout is Form.csv:
        lines = _csv_of(rows)
    else:
        lines = (json.dumps(row) + "\n" for row in rows)
    _write(lines, layout, None)
    disputed = f"; {counted(disagreed, 'item')} on which reviewers disagree left out" if disagreed else ""
    told = "what reviewers chose to judge is no fair sample: sayso reviews sample" if rows else "nothing to count"
    Messages().note(told + disputed + _damage(docket))


def _suggested(output: Path | None) -> Form:
    if output is not None:
        return Form(_SUFFIXES.get(output.suffix.lower(), "jsonl"))
    return Form.table if sys.stdout.isatty() else Form.jsonl


def _write(lines: Iterable[str], layout: Form, output: Path | None) -> None:
    """Write lines; a table in what the screen can show, all else in UTF-8."""
    shown_on = screen(output)
    text = "".join(lines)
    with explained():
        sink = Sink(output, shown_on.encoding if layout is Form.table else "utf-8")
        sink.write(shown_on.encodable(text) if layout is Form.table else text)
        sink.close()


def _opened(path: Path) -> Ledger:
    from sayso.ledger import Ledger

    return Ledger(path)


def _docket(path: Path) -> Docket:
    from sayso.reviews import Docket

    return Docket(path)


def _orphans(ledger: Ledger, given: list[Judgement]) -> set[str]:
    """Return the ids of judgements whose items are gone, or whose documents are."""
    from sayso.reviews import standings

    by_document: dict[str, list[Judgement]] = {}
    for judgement in given:
        by_document.setdefault(judgement.document, []).append(judgement)
    lost = {judgement.id for judgement in given}
    for record in ledger.records(sorted(by_document)) if given else ():
        of = by_document[record.id]
        lost -= {one.id for one in of} - {one.id for one in standings(record, of).orphans}
    return lost


def _record(ledger: Ledger, beginning: str) -> Record:
    """Return the account of the one document whose id begins so."""
    from sayso.errors import LedgerError

    beginning = beginning.rstrip("….")
    whole = beginning if beginning.startswith("sha256:") else f"sha256:{beginning}"
    rows = ledger.sql("SELECT id FROM live WHERE starts_with(id, $whole) LIMIT 2", {"whole": whole})
    found = [row["id"] for row in rows.rows()]
    if len(found) != 1:
        problem = "more than one document begins" if found else "no document begins"
        raise LedgerError(f"{problem} with {beginning!r}; sayso search finds documents")
    return next(ledger.records(found))


def _fix(given: str) -> tuple[str, Any]:
    """Return the field and value of FIELD=VALUE: lists by commas, spans as 10-52, nothing for null."""
    name, equals, value = (part.strip() for part in given.partition("="))
    if not (name and equals):
        raise typer.BadParameter(f"{given!r} is not of the form FIELD=VALUE", param_hint="--fix")
    if name in ("actors", "recipients"):
        return name, [one.strip() for one in value.split(",") if one.strip()]
    if name in ("source", "cue", "content", "anchor", "actor_spans", "recipient_spans"):
        spans = [_span(one) for one in value.split(",") if one.strip()]
        if name == "anchor" and len(spans) > 1:
            raise typer.BadParameter("an anchor is one span, such as 10-52", param_hint="--fix")
        return name, spans if name != "anchor" else next(iter(spans), None)
    return name, value or None


def _span(given: str) -> tuple[int, int]:
    start, _, end = given.strip().partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise typer.BadParameter(f"{given!r} is no span such as 10-52", param_hint="--fix")
    return int(start), int(end)


def _table(found: list[Judgement]) -> Iterator[str]:
    for one in found:
        fixes = ", ".join(f"{name}: {value}" for name, value in one.fixes.items())
        told = [
            f"{one.document[len('sha256:') : _SHORT]}#{one.item}", one.verdict, one.seen.label,
            f"“{one.seen.words[:60]}”", fixes, one.why, f"{one.reviewer}, {one.at}",
        ]  # fmt: skip
        yield "  ".join(one_line(part) for part in told if part) + "\n"


def _jsonl(found: list[Judgement]) -> Iterator[str]:
    return (judgement.model_dump_json() + "\n" for judgement in found)


def _csv(found: list[Judgement]) -> Iterator[str]:
    rows = [judgement.model_dump(mode="json") for judgement in found]
    return _csv_of([{**{k: v for k, v in row.items() if k != "seen"}, **row["seen"]} for row in rows])


def _csv_of(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield csv_lines([*rows[:1], *(row.values() for row in rows)])


def _damage(docket: Docket) -> str:
    if not docket.damaged:
        return ""
    lines = ", ".join(map(str, docket.damaged[:5]))
    return f"; {docket.path} has lines that are no judgements, which are passed over: {lines}"
