"""A timeline as numbers: how many of each group there are in each period, told, left open and denied.

Periods, groups and their order are those of the picture that ``sayso plot timeline`` draws of the same rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sayso.explorer.holdings import Holdings
from sayso.explorer.results import used
from sayso.explorer.searching import Search
from sayso.plotting.periods import Moment, Period, Range, moment, range_of
from sayso.plotting.standing import Standing
from sayso.plotting.theme import QUADS
from sayso.plotting.timeline_groups import MOST_KINDS, MOST_ROWS, By, Cell, Subject, cells_query, names_query
from sayso.rendering.wording import ACTS

NAMED: tuple[By, ...] = ("actor", "speaker")
"""Groups that are persons and bodies: of these only the most frequent have a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A group: its key in the rows and its name; None is all the rest."""

    key: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A period: its name, its first and last day as a filter writes them, and the counts by column and standing."""

    name: str
    since: str
    until: str
    counts: dict[str | None, Counter[Standing]]

    def total(self, key: str | None) -> int:
        """Return how many of a group there are in the period."""
        return self.counts[key].total() if key in self.counts else 0

    def of(self, key: str | None, standing: str) -> int:
        """Return how many of a group stand so: "told", "open" or "denied"."""
        return self.counts[key][Standing[standing]] if key in self.counts else 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The lines of a timeline, the newest first, and what is not among them."""

    columns: list[Column]
    lines: list[Line]
    period: str
    total: int
    undated: int = 0
    beyond: int = 0
    nobody: int = 0
    rest: list[Column] = field(default_factory=list)


def counts(holdings: Holdings, looked_for: Search, subject: Subject) -> Counts:
    """Count the rows that are looked for."""
    where = " AND ".join(["true", *looked_for.where(subject.of)])
    rows = f"(SELECT * FROM {looked_for.view(subject.of)} WHERE {where})"
    parameters = used(where, looked_for.parameters)
    found = [
        Cell(row["group"], row["date"], row["standing"], row["count"])
        for row in holdings.select(cells_query(subject, rows), parameters, looked_for.tables)
    ]
    days = {cell.date: moment(cell.date) for cell in found}
    over = range_of(_by_moment(found, days))
    dated = [(cell, at) for cell in found if (at := days[cell.date]) and over and over.holds(at)]
    keys = _keys(subject.by, [cell for cell, _ in dated])
    names = _names(holdings, subject.by, keys, rows, parameters, looked_for)
    lines = _lines(dated, over, set(keys)) if over else []
    has_rest = any(None in line.counts for line in lines)
    undated = sum(cell.count for cell in found if not days[cell.date])
    shown = sum(cell.count for cell, _ in dated)
    return Counts(
        columns=[Column(key, names[key]) for key in keys],
        lines=lines,
        period=over.period.name if over else "",
        total=sum(cell.count for cell in found),
        undated=undated,
        beyond=sum(cell.count for cell in found) - undated - shown,
        nobody=sum(cell.count for cell, _ in dated if cell.group is None),
        rest=[Column(None, "")] if has_rest else [],
    )


def _by_moment(found: Iterable[Cell], days: dict[str | None, Moment | None]) -> Counter[Moment]:
    known: Counter[Moment] = Counter()
    for cell in found:
        if at := days[cell.date]:
            known[at] += cell.count
    return known


def _keys(by: By, found: Iterable[Cell]) -> list[str]:
    """Return the groups that have a column: quad classes in their own order, all else the most frequent first."""
    totals: Counter[str] = Counter()
    for cell in found:
        if cell.group is not None:
            totals[cell.group] += cell.count
    if by == "quad":
        return [str(quad) for quad in QUADS if str(quad) in totals]
    return sorted(totals, key=lambda key: (-totals[key], key))[: MOST_ROWS if by in NAMED else MOST_KINDS]


def _names(
    holdings: Holdings, by: By, keys: Sequence[str], rows: str, parameters: dict[str, object], looked_for: Search
) -> dict[str, str]:
    if by == "quad":
        return {key: QUADS[int(key)][0] for key in keys}
    if by == "act":
        told = {str(act): words for act, words in ACTS.items()}
        return {key: told.get(key, key) for key in keys}
    if by not in NAMED:
        return {key: key for key in keys}
    named = holdings.select(names_query(by, rows), {**parameters, "keys": list(keys)}, looked_for.tables)
    found = {row["key"]: row["name"] for row in named}
    return {key: found.get(key) or key for key in keys}


def _lines(dated: Iterable[tuple[Cell, Moment]], over: Range, keys: set[str]) -> list[Line]:
    starts: dict[date, date] = {}
    found: dict[date, dict[str | None, Counter[Standing]]] = defaultdict(lambda: defaultdict(Counter))
    for cell, at in dated:
        start = starts.get(at.day) or starts.setdefault(at.day, over.period.start(at.day))
        if cell.group is not None:
            found[start][cell.group if cell.group in keys else None][Standing[cell.standing]] += cell.count
    return [_line(over.period, start, dict(found[start])) for start in sorted(found, reverse=True)]


def _line(period: Period, start: date, counted: dict[str | None, Counter[Standing]]) -> Line:
    last = period.after(start) - timedelta(days=1)
    length = {Period.month: 7, Period.year: 4, Period.decade: 4}.get(period, 10)
    return Line(period.in_words(start), start.isoformat()[:length], last.isoformat()[:length], counted)
