"""Predictions: the statements that Sayso found in the documents of a gold set, as a file of Records tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.errors import GoldError, IntakeError
from sayso.evaluation.attribution_spans import Attribution, attributions
from sayso.evaluation.gold import GoldDocument
from sayso.intake.table import json_rows


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a Record says of the document that it is about."""

    text: str
    statements: tuple[Attribution, ...]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Predictions:
    """The Records of a file: by the id that the input gave, and those without one by their text."""

    by_ref: dict[str, Prediction] = field(default_factory=dict)
    by_text: dict[str, Prediction] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def of(self, gold: GoldDocument) -> Prediction | None:
        """Return the prediction for a document, if there is one."""
        by_ref = self.by_ref.get(gold.document.ref or "")
        return by_ref or self.by_text.get(gold.text)


def read(path: str) -> Predictions:
    """Return the Records in a JSONL file as predictions, with one message for each line that is none."""
    found = Predictions()
    for item in _rows(path):
        try:
            if isinstance(item, IntakeError):
                raise GoldError(str(item))
            _keep(item[1], found, f"{path}, {item[0]}")
        except GoldError as error:
            found.problems.append(str(error))
    return found


def _rows(path: str) -> Iterator[tuple[str, Mapping[str, Any]] | IntakeError]:
    try:
        with Path(path).open("rb") as stream:
            yield from json_rows(stream, path)
    except OSError as error:
        yield IntakeError(f"{path} cannot be read ({error.strerror or error})")


def _keep(row: Mapping[str, Any], found: Predictions, place: str) -> None:
    ref, text, problem = (row.get(name) for name in ("ref", "text", "error"))
    # A row of the gold itself has a text and statements too; taking it for a Record would score the gold with itself.
    if "ref" not in row or not isinstance(text, str):
        raise GoldError(f'{place}: not a Record (it has no "ref" or no "text"); make it with sayso code GOLD -o PRED')
    try:
        statements = attributions(row, len(text))
    except GoldError as error:
        raise GoldError(f"{place}: {error}") from error
    prediction = Prediction(text, statements, str(problem) if problem else None)
    if ref is None:
        found.by_text[text] = prediction
    else:
        found.by_ref[" ".join(str(ref).split())] = prediction
