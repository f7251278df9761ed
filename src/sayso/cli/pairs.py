"""What ``sayso evaluate`` scores: gold documents, each with what was predicted of it, now or in a file of Records."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass

import typer

from sayso.cli.messages import Messages
from sayso.cli.parameters import sides_of
from sayso.engine.local import code
from sayso.engine.options import ReaderOptions
from sayso.errors import GoldError
from sayso.evaluation import gold as gold_files
from sayso.evaluation import predictions as prediction_files
from sayso.evaluation.attribution import Pair, Report, attributions_of
from sayso.evaluation.gold import OWN_LABELS, GoldDocument, Labels
from sayso.evaluation.predictions import Predictions
from sayso.records import Record
from sayso.rendering.wording import counted

MOST_TOLD = 20
"""So many problems of a file are told one by one; a file of another kind may have one in every line."""

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read and can be used, and one message for each item that cannot."""

    gold: list[GoldDocument]
    predictions: Predictions | None
    problems: list[str]


def labels_of(mappings: list[str] | None) -> Labels:
    """Return what ``--labels`` says; a role that is given no label keeps its own name."""
    labels: dict[str, str] = {}
    for role, label in sides_of(mappings, "source=Speaker", "--labels"):
        if role.lower() not in OWN_LABELS:
            known = ", ".join(OWN_LABELS)
            raise typer.BadParameter(f"no role is called {role}: choose from {known}", param_hint="--labels")
        if labels.setdefault(label.lower(), role.lower()) != role.lower():
            raise typer.BadParameter(f"{label} cannot stand for two roles", param_hint="--labels")
    given = labels.values()
    return {label: role for label, role in OWN_LABELS.items() if role not in given and label not in labels} | labels


def read(gold: str, predicted: str | None, labels: Labels, messages: Messages) -> Inputs:
    """Read gold and predictions and say what of them cannot be used; raise GoldError where nothing can."""
    annotated = gold_files.read(gold, labels)
    _tell(annotated.problems, messages)
    if not annotated.documents:
        raise GoldError(f"{gold}: there is no document to score; give JSONL with text and statements, or a BRAT folder")
    if predicted is None:
        return Inputs(annotated.documents, None, annotated.problems)
    found = prediction_files.read(predicted)
    _tell(found.problems, messages)
    if not any(map(found.of, annotated.documents)):
        raise GoldError(f"{predicted}: no record is of a document in {gold}; make it with sayso code GOLD -o PRED")
    return Inputs(annotated.documents, found, annotated.problems + found.problems)


@contextmanager
def paired(inputs: Inputs, options: ReaderOptions, workers: int, messages: Messages) -> Iterator[Iterator[Pair]]:
    """Give the pairs, coding the texts meanwhile where there are no predictions."""
    if inputs.predictions is not None:
        _warn(inputs.gold, inputs.predictions, messages)
        yield _matched(inputs.gold, inputs.predictions)
        return
    documents = (annotated.document for annotated in inputs.gold)
    bar = messages.progress(len(inputs.gold)) if sys.stderr.isatty() else nullcontext()
    with bar, closing(code(documents, options, workers)) as records:
        yield _coded(inputs.gold, records, messages)


def conclude(report: Report, inputs: Inputs, messages: Messages) -> None:
    """Say what the figures do not hold."""
    if report.empty:
        messages.note(f"note: {counted(report.empty, 'gold statement')} without a content left out")
    if messages.failed:
        messages.note(f"warning: {counted(messages.failed, 'document')} could not be coded, taken as coded empty")
    if inputs.problems:
        messages.note(f"{counted(report.documents, 'document')} scored, {counted(len(inputs.problems), 'problem')}")


def _coded(gold: list[GoldDocument], records: Iterator[Record], messages: Messages) -> Iterator[Pair]:
    for annotated, record in zip(gold, records, strict=True):
        messages.count(record)
        yield annotated, attributions_of(record)


def _matched(gold: list[GoldDocument], predictions: Predictions) -> Iterator[Pair]:
    for annotated in gold:
        prediction = predictions.of(annotated)
        yield annotated, prediction.statements if prediction else ()


def _warn(gold: list[GoldDocument], predictions: Predictions, messages: Messages) -> None:
    """Say of which documents the predictions are not what they seem."""
    both = [(annotated, predictions.of(annotated)) for annotated in gold]
    missing = [a.name for a, prediction in both if prediction is None]
    failed = [a.name for a, prediction in both if prediction and prediction.error]
    altered = [a.name for a, p in both if p and not p.error and p.text != a.text]
    for names, problem in (
        (missing, "no record, which counts as coded empty"),
        (failed, "a record with an error, which counts as coded empty"),
        (altered, "a record of another text, whose offsets may be wrong"),
    ):
        if names:
            more = ", ..." if len(names) > _NAMED else ""
            messages.note(f"warning: {problem}: {counted(len(names), 'document')}: {', '.join(names[:_NAMED])}{more}")


def _tell(problems: Sequence[str], messages: Messages) -> None:
    for problem in problems[:MOST_TOLD]:
        messages.note(f"not used: {problem}")
    if len(problems) > MOST_TOLD:
        messages.note(f"not used: {len(problems) - MOST_TOLD:,} more like these")
