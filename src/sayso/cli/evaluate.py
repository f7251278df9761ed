"""``sayso evaluate``: how good Sayso is on gold of your own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import parameters
from sayso.cli.messages import Messages, complain, explained
from sayso.cli.output import Sink, screen
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.evaluation.attribution import Report


class Layout(StrEnum):
    """How a report is written."""

    table = "table"
    json = "json"


app = typer.Typer()


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    from_reviews: Annotated[
        Path | None,
        typer.Option(
            metavar="LEDGER",
            help="Tell how many of the items of a ledger that reviewers judged are right, by type and field.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Measure how good Sayso is, on gold of your own, or by what reviewers said.

    [bold]Examples[/bold]

    sayso evaluate attribution gold.jsonl

    sayso evaluate --from-reviews news
    """
    if context.invoked_subcommand is not None:
        if from_reviews is not None:
            raise typer.BadParameter("it goes without a command after it", param_hint="--from-reviews")
        return
    if from_reviews is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)
    from sayso.cli.reviews import tell_precision

    tell_precision(from_reviews)


@app.command()
def attribution(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            exists=True,
            help="Annotated documents: a JSONL file with id, text and statements, or a folder of BRAT files.",
            show_default=False,
        ),
    ],
    predicted: Annotated[
        Path | None,
        typer.Argument(
            metavar="PRED",
            exists=True,
            dir_okay=False,
            help="Records that [bold]sayso code GOLD -o PRED[/bold] made. Without them Sayso codes the texts now.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        Layout | None,
        typer.Option(
            "--format",
            help="table for people, json for programs. Without it: json where the output is called so, else table.",
            show_default=False,
        ),
    ] = None,
    output: parameters.Output = None,
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="List so many errors of each sort.")] = 0,
    min_confidence: Annotated[
        float, typer.Option(metavar="P", min=0, max=1, help="Leave out predicted statements less certain to be right.")
    ] = 0.0,
    labels: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE=LABEL,...",
            help="What a BRAT folder calls source, cue and content: source=Speaker,content=Quote.",
            show_default=False,
        ),
    ] = None,
    resamples: Annotated[
        int, typer.Option(metavar="N", min=0, max=1_000_000, help="Samples for the intervals; 0 for none.")
    ] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Where the chance of the samples begins.")] = 0,
    reader: parameters.Reader = "fast",
    knowledge: parameters.Knowledge = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Read in so many processes at a time.")] = 1,
) -> None:
    """Score who said what against gold: precision, recall and F1 with intervals, calibration, and what went wrong.

    What cannot be used is named on standard error, with what to do about it;
    the rest is scored, and the exit status is 1.

    [bold]Examples[/bold]

    sayso evaluate attribution gold.jsonl --errors 5

    sayso evaluate attribution brat/ --labels source=Speaker,content=Quote

    sayso evaluate attribution gold.jsonl accounts.jsonl -o scores.json
    """
    from sayso.cli import pairs
    from sayso.engine.options import ReaderOptions
    from sayso.evaluation.attribution import evaluate as score

    roles = pairs.labels_of(labels)
    _refuse_overwriting(output, gold, predicted)
    options = ReaderOptions(reader, str(knowledge) if knowledge else None)
    messages = Messages()
    with explained():
        inputs = pairs.read(str(gold), str(predicted) if predicted else None, roles, messages)
        sink = Sink(output, screen(output).encoding)
        with pairs.paired(inputs, options, workers, messages) as both:
            report = score(both, min_confidence=min_confidence, resamples=resamples, seed=seed, mistakes=errors)
    settings = {
        "gold": str(gold),
        "predicted": str(predicted) if predicted else None,
        "reader": None if predicted else reader,
        "knowledge": None if predicted else options.knowledge,
        "min_confidence": min_confidence,
        "resamples": resamples,
        "seed": seed,
    }
    text = _rendered(report, format_ or _suggested(output), settings, inputs.problems)
    try:
        sink.write(screen(output).encodable(text))
        sink.close()
    except SaysoError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    pairs.conclude(report, inputs, messages)
    if inputs.problems or messages.failed:
        raise typer.Exit(1)


def _rendered(report: Report, layout: Layout, settings: Mapping[str, object], problems: list[str]) -> str:
    from sayso.evaluation import attribution_json, attribution_table

    if layout is Layout.json:
        return attribution_json.render(report, settings, problems)
    return attribution_table.render(report)


def _suggested(output: Path | None) -> Layout:
    return Layout.json if output is not None and output.suffix.lower() == ".json" else Layout.table


def _refuse_overwriting(output: Path | None, gold: Path, predicted: Path | None) -> None:
    """Raise a usage error where the report would take the place of what it is about, or lie among it."""
    if output is None:
        return
    written = output.resolve()
    annotation = written.suffix.lower() in (".txt", ".ann") and written.is_relative_to(gold.resolve())
    if annotation or written in (gold.resolve(), predicted.resolve() if predicted else None):
        raise typer.BadParameter(
            f"{output} is one of the inputs, or among them; write to another place", param_hint="-o"
        )
