"""Occurrences and disputes: what many reports are of, who says so and who denies it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query, Request
from pydantic import BeforeValidator, Field

from sayso.corroboration import Casebook, wording
from sayso.corroboration.occurrence import Occurrence, Status
from sayso.corroboration.wording import STATUSES, VERBS
from sayso.explorer import hearing
from sayso.explorer.asked import Drawn, Paged, without_empty
from sayso.explorer.charts import Charts
from sayso.explorer.cursors import Order
from sayso.explorer.grouped import because, looked_up
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.occurring import (
    HAPPENED,
    Question,
    conditions,
    contested,
    position_counts,
    status_counts,
    words_of,
)
from sayso.explorer.results import Selected, page_of
from sayso.explorer.sheets import Pages, Sheet
from sayso.explorer.shelf import Row
from sayso.plotting import Chart, Scope, dispute

pages = Pages(tags=["occurrences"])
charts = Charts()

ORDERS = {
    "newest": Order((HAPPENED, "occurrence")),
    "voices": Order(("independent", HAPPENED, "occurrence")),
}
_AS_PUBLISHED = Order(("coalesce(published, '9')", "document", "start", "report"), descending=False)
_AT_ODDS: tuple[Status, ...] = ("disputed", "denied")


class Asked(Question):
    """Which occurrences, and in what order: what happened last, or what most independent voices speak of, first."""

    order: Literal["newest", "voices"] = "newest"


class AskedForDisputes(Question):
    """The same, of those that are disputed or denied."""

    status: Annotated[list[Literal["disputed", "denied"]], BeforeValidator(without_empty)] = Field([], max_length=2)  # type: ignore[assignment]
    order: Literal["newest", "voices"] = "voices"


@pages.page("/occurrences")
def occurrences(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """What reports are of, with how many independent voices say so or deny it."""
    return _listed(holdings, asked, asked.order, "occurrences", status_counts(holdings, asked))


@pages.page("/disputes")
def disputes(request: Request, asked: Annotated[AskedForDisputes, Query()], holdings: Reading) -> Sheet:
    """What voices contest, with what each of them says."""
    counts = {status: n for status, n in status_counts(holdings, asked).items() if status in _AT_ODDS}
    at_odds = asked if asked.status else asked.model_copy(update={"status": list(_AT_ODDS)})
    return _listed(holdings, at_odds, asked.order, "disputes", counts)


def _listed(holdings: Holdings, asked: Question, order: str, page: str, counts: dict[Status, int]) -> Sheet:
    where, parameters = conditions(asked)
    found = page_of(
        holdings, "occurrences", where, parameters, after=asked.after, limit=asked.limit, order=ORDERS[order]
    )
    told = {
        "page": page,
        "order": order,
        "items": _items(holdings, found),
        "total": found.total,
        "counts": counts,
        "statuses": STATUSES,
        "verbs": VERBS,
        "untyped": asked.untyped,
    }
    return Sheet("occurrences.html", told, found.table, found.total, found.after, {"status": counts})


def _items(holdings: Holdings, found: Selected) -> list[dict[str, Any]]:
    differing, words = contested(holdings, found.rows), words_of(holdings, found.rows)
    return [
        {
            "row": row,
            "word": words.get(row["occurrence"]),
            "contested": differing.get(row["occurrence"], []),
            "positions": position_counts(row),
        }
        for row in found.rows
    ]


@pages.page("/occurrences/{occurrence}")
def occurrence(request: Request, occurrence: str, asked: Annotated[Paged, Query()], holdings: Reading) -> Sheet:
    """How the voices of an occurrence stand to one another, with their exact words; its reports."""
    found = _occurrence(holdings, occurrence)
    reports = page_of(
        holdings,
        "reports",
        ["occurrence = $occurrence"],
        {"occurrence": found.id},
        after=asked.after,
        limit=asked.limit,
        order=_AS_PUBLISHED,
    )
    told = {
        "occurrence": found,
        "headline": wording.headline(found),
        "told": [wording.where(found), wording.when(found), wording.counts(found)],
        "positions": wording.positions(found),
        "statuses": STATUSES,
        "verbs": VERBS,
        "reports": [] if not reports.rows else _reports(found, reports.rows),
        **holdings.cached(("hearing", found.id), lambda: _hearing(found)),
    }
    about = {"occurrence": found.model_dump(mode="json", exclude={"reports"})}
    return Sheet("occurrence.html", told, reports.table, reports.total, reports.after, about)


@charts.chart("/occurrences/{occurrence}")
def drawn(request: Request, occurrence: str, asked: Annotated[Drawn, Query()], holdings: Reading) -> Chart:
    """Draw the voices of an occurrence over time."""
    scope = Scope(ledger=holdings.name, version=holdings.version)
    return dispute(_occurrence(holdings, occurrence), scope=scope, width=asked.width)


def _occurrence(holdings: Holdings, name: str) -> Occurrence:
    """Return an occurrence by the id of any of its reports, or the beginning of that; 404 where there is none."""
    return looked_up(holdings, holdings.casebook, Casebook.occurrence, name)


def _hearing(found: Occurrence) -> dict[str, Any]:
    return {
        "stands": hearing.stands(found),
        "disputes": hearing.disputes(found),
        "figures": hearing.figures(found),
        "changes": hearing.changes(found),
    }


def _reports(found: Occurrence, rows: list[Row]) -> list[dict[str, Any]]:
    """Return the reports of a page with their words, whose they are, and why each belongs to the others."""
    reports = {report.id: report for report in found.reports}
    names = {voice.id: wording.name(voice) for voice in found.voices}
    return [
        {
            "row": row,
            "quoted": hearing.quoted(reports[row["report"]]),
            "voice": names.get(row["voice"], row["voice"]),
            "because": because(reports[row["report"]].links, reports, lambda report: report.word),
        }
        for row in rows
        if row["report"] in reports
    ]
