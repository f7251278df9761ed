"""The timeline: when events are said to have happened, or when it was published, as a chart and as numbers."""

from __future__ import annotations

from typing import Annotated, Any

import pyarrow as pa
from fastapi import Query, Request

from sayso.errors import PlotError
from sayso.explorer.address import Address, of, to
from sayso.explorer.asked import Drawn, Filters
from sayso.explorer.charts import Charts, here_of, scope_of
from sayso.explorer.holdings import Reading
from sayso.explorer.searching import search_of, selected
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row
from sayso.explorer.texts import texts
from sayso.explorer.timelines import Column, Counts, Line, counts
from sayso.plotting import Chart
from sayso.plotting import timeline as picture
from sayso.plotting.timeline_groups import GROUPINGS, WHENS, By, Kind, Subject, When, columns

pages = Pages(tags=["timeline"])
charts = Charts()

_SCHEMA = pa.schema(
    [
        ("period", pa.string()), ("since", pa.string()), ("until", pa.string()), ("group", pa.string()),
        ("name", pa.string()), ("told", pa.int64()), ("open", pa.int64()), ("denied", pa.int64()),
        ("count", pa.int64()),
    ]
)  # fmt: skip


class Asked(Filters):
    """What the timeline is of, what has a row of its own in it, and by which date it goes."""

    of: Kind = "events"
    by: By | None = None
    when: When | None = None

    def subject(self) -> Subject:
        """Return what the timeline is of. Raises PlotError for what does not go together."""
        by, when = self.by or GROUPINGS[self.of][0], self.when or WHENS[self.of][0]
        if by not in GROUPINGS[self.of] or when not in WHENS[self.of]:
            raise PlotError(
                f"A timeline of {self.of} goes by {', '.join(GROUPINGS[self.of])}, and by {', '.join(WHENS[self.of])}."
            )
        return Subject(self.of, by, when)


class AskedToDraw(Asked, Drawn):
    """The same, as a picture."""


@pages.page("/timeline")
def timeline(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """How many events or statements there are of each group in each period."""
    subject = asked.subject()
    name = ("timeline", asked.model_copy(update={"after": "", "limit": 1}).model_dump_json())
    found = holdings.cached(name, lambda: counts(holdings, search_of(asked, holdings, subject.of), subject))
    told = {
        "asked": asked,
        "subject": subject,
        "found": found,
        "groupings": [(by, texts().timeline.by.get(by, by)) for by in GROUPINGS[subject.of]],
        "whens": [(when, texts().timeline.when.get(when, when)) for when in WHENS[subject.of]],
        "searched": _searched(of("/search", request.query_params.multi_items()), subject),
    }
    about = {"period": found.period, "undated": found.undated, "beyond": found.beyond, "nobody": found.nobody}
    rows = _rows(found)
    return Sheet("timeline.html", told, table_of(rows, _SCHEMA), len(rows), about=about)


@charts.chart("/timeline")
def drawn(request: Request, asked: Annotated[AskedToDraw, Query()], holdings: Reading) -> Chart:
    """Draw the timeline."""
    subject = asked.subject()
    rows = selected(holdings, asked, subject.of, columns(subject))
    scope = scope_of(holdings, here_of(request), copies=asked.copies)
    return picture(rows, subject.of, subject.by, subject.when, scope, asked.width)


def _searched(search: Address, subject: Subject) -> Any:
    """Return what gives the search for a period, and for a group in it; None where search has no such filter."""
    asked = search.having(by=None, when=None, limit=None, of=subject.of)
    is_by_date = subject.of == "statements" or subject.when == "date"

    def searched(line: Line, column: Column | None) -> Address | None:
        if not is_by_date:
            return to("/search", of="documents", since=line.since, until=line.until) if column is None else None
        if column is None:
            return asked.having(since=line.since, until=line.until)
        return asked.having(since=line.since, until=line.until, **{subject.by: column.key}) if column.key else None

    return searched


def _rows(found: Counts) -> list[Row]:
    return [
        {
            "period": line.name,
            "since": line.since,
            "until": line.until,
            "group": column.key,
            "name": column.name,
            **{standing: line.of(column.key, standing) for standing in ("told", "open", "denied")},
            "count": line.total(column.key),
        }
        for line in found.lines
        for column in [*found.columns, *found.rest]
        if line.total(column.key)
    ]
