"""A report as one JSON object, for programs; in ASCII, so that nothing in a text can act on a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sayso.evaluation.attribution import Report
from sayso.evaluation.attribution_mistakes import Fault, Mistake
from sayso.evaluation.attribution_spans import ROLES, Attribution
from sayso.evaluation.figures import Figure


def render(report: Report, settings: Mapping[str, object], problems: Sequence[str]) -> str:
    """Return a report with how it was made and what of the input could not be used."""
    told = {
        "settings": settings,
        "problems": problems,
        "documents": report.documents,
        "statements": report.statements,
        "statements_without_source": report.sourceless,
        "statements_without_content": report.empty,
        "predicted": report.predicted,
        "figures": {figure.name: _figure(figure) for figure in report.figures},
        "calibration": asdict(report.calibration),
        "errors": {fault.value: _errors(report, fault) for fault in Fault},
    }
    return json.dumps(told, indent=2) + "\n"


def _figure(figure: Figure) -> dict[str, Any]:
    quotients = {"precision": figure.precision, "recall": figure.recall, "f1": figure.f1}
    return quotients | {"f1_interval": figure.interval} | figure.counts._asdict()


def _errors(report: Report, fault: Fault) -> dict[str, Any]:
    listed = [_mistake(mistake) for mistake in report.mistakes if mistake.fault is fault]
    return {"total": report.faults[fault], "listed": listed}


def _mistake(mistake: Mistake) -> dict[str, Any]:
    start, end = mistake.span
    return {
        "document": mistake.document,
        "start": start,
        "end": end,
        "overlap": mistake.overlap,
        "gold": _statement(mistake.gold, mistake.gold_excerpt),
        "predicted": _statement(mistake.predicted, mistake.predicted_excerpt),
    }


def _statement(statement: Attribution | None, excerpt: str) -> dict[str, Any] | None:
    if statement is None:
        return None
    spans = {role: statement.spans(role) for role in ROLES}
    return spans | {"confidence": statement.confidence, "excerpt": excerpt}
