"""``sayso utterances``: what was said, in whose words it is told, and who left out the condition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import casebooks, filters, parameters
from sayso.cli.listing import SHORT, Form, Layout, Limit, listed, wrapped
from sayso.cli.messages import explained

if TYPE_CHECKING:
    from sayso.corroboration import Utterance
    from sayso.rendering.terminal import Screen

Format = Annotated[
    Form | None,
    typer.Option(
        "--format",
        help="table for people, jsonl (whole utterances) and csv (a row for each variant) for programs. Without it: "
        "what the name of the output suggests, else table on a terminal and jsonl elsewhere.",
        show_default=False,
    ),
]
Omitted = Annotated[
    bool,
    typer.Option(
        "--omitted",
        help="Only those of which a report leaves out a condition, a hedge, an approximation or a limit that another "
        "has; the table shows who left out what.",
    ),
]
Single = Annotated[bool, typer.Option("--single", help="Those too that one document alone tells, copies aside.")]


@filters.takes(*filters.OF_UTTERANCES)
def utterances(
    path: parameters.LedgerPath,
    *,
    given: filters.Given,
    omitted: Omitted = False,
    single: Single = False,
    limit: Limit = None,
    format_: Format = None,
    output: parameters.Output = None,
    as_of: parameters.AsOf = None,
) -> None:
    """List what was said, each act of speaking once, however many reports tell it and in whatever words.

    What was said last comes first. A filter that is given several times takes any
    of its values. New documents are grouped first.

    [bold]Examples[/bold]

    sayso utterances --ledger news --speaker "Lena Orsk" --since 2024-02

    sayso utterances --ledger news --omitted --format csv -o omitted.csv
    """
    from sayso.corroboration import UtteranceQuestion
    from sayso.ledger import Ledger

    question = UtteranceQuestion.of(given | {"omitted": omitted, "single": single})
    more = None if single or omitted else "--single has those that one document alone tells as well"
    layout = Layout(partial(_table, omitted=omitted), _csv_lines, more)
    with explained(), casebooks.utterances(Ledger(path, as_of=as_of)) as found:
        listed(found, question, layout, limit, format_, output)


def _csv_lines(accounts: Iterable[bytes]) -> Iterator[str]:
    from sayso.corroboration.utterances.columns import ROWS, UTTERANCE_VARIANTS
    from sayso.export.tables import csv_line

    names = [column.name for column in UTTERANCE_VARIANTS.columns]
    yield csv_line(["speaker", *names])
    for account in accounts:
        told = json.loads(account)
        for row in ROWS[UTTERANCE_VARIANTS.name](told):
            yield csv_line([told["speaker"], *(row[name] for name in names)])


def _table(found: Iterable[Utterance], shown_on: Screen, *, omitted: bool) -> Iterator[str]:
    """Yield a few lines for each, so that the first can be read before the last is known."""
    from sayso.corroboration.utterances import wording
    from sayso.corroboration.wording import outlet

    for utterance in found:
        lines = [f"{utterance.id[:SHORT]}  {(utterance.said or '')[:10]:<10}  {wording.counts(utterance)}"]
        lines += wrapped(f"{wording.heading(utterance)}: {wording.wording(utterance)}", shown_on.width)
        if omitted:
            for variant in utterance.variants:
                if variant.omits:
                    told = f"{outlet(variant)} leaves out the {wording.omitted(variant.omits)}"
                    lines += wrapped(told, shown_on.width)
        yield shown_on.encodable("".join(f"{line}\n" for line in lines))
