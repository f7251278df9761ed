"""A timeline as numbers: how many of each group there are in each period, told, left open and denied.

Periods, groups and their order are those of the picture that ``sayso plot timeline`` draws of the same rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sayso.explorer.holdings import Holdings
from sayso.explorer.searching import Search
from sayso.explorer.shelf import Row
from sayso.plotting.periods import Moment, Period, Range, moment, range_of
from sayso.plotting.standing import Standing
from sayso.plotting.theme import QUADS
from sayso.plotting.timeline_groups import MOST_KINDS, MOST_ROWS, NAMED, Subject, grouped, names_query
from sayso.rendering.wording import ACTS


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
    rows = _Rows(holdings, looked_for, subject)
    dates = rows.dates()
    known = _by_moment(dates)
    over = range_of(known)
    total = sum(dates.values())
    undated = total - known.total()
    if over is None:
        return Counts([], [], "", total, undated)
    keys = rows.keys(over)
    names = rows.names(keys)
    lines, nobody = _lines(rows.cells(over, keys), over)
    return Counts(
        columns=[Column(key, names.get(key) or key) for key in keys],
        lines=lines,
        period=over.period.name,
        total=total,
        undated=undated,
        beyond=sum(n for at, n in known.items() if not over.holds(at)),
        nobody=nobody,
        rest=[Column(None, "")] if any(None in line.counts for line in lines) else [],
    )


def _by_moment(dates: Mapping[str | None, int]) -> Counter[Moment]:
    found: Counter[Moment] = Counter()
    for date_, count in dates.items():
        if at := moment(date_):
            found[at] += count
    return found


_NEEDED = {Period.day: 10, Period.week: 10, Period.month: 7}
"""Characters of a date that is precise enough for a period; a year is enough for all others."""
_STARTS = {
    Period.day: "day",
    Period.week: "date_trunc('week', day)",
    Period.month: "date_trunc('month', day)",
    Period.year: "date_trunc('year', day)",
    Period.decade: "date_trunc('decade', day)",
}


class _Rows:
    """The rows that a timeline counts, counted where they are."""

    def __init__(self, holdings: Holdings, looked_for: Search, subject: Subject) -> None:
        self._holdings, self._tables, self._subject = holdings, looked_for.tables, subject
        self._rows = f"(SELECT * FROM {looked_for.view(subject.of)} WHERE {looked_for.condition(subject.of)})"

    def dates(self) -> dict[str | None, int]:
        """Return how many there are of each date."""
        found = self._select(
            f"SELECT left({self._subject.when}, 10) AS date, count(*) AS n FROM {self._rows} GROUP BY 1"
        )
        return {row["date"]: row["n"] for row in found}

    def keys(self, over: Range) -> list[str]:
        """Return the groups with a column: quad classes in their own order, all else the most frequent first."""
        most = MOST_ROWS if self._subject.by in NAMED else MOST_KINDS
        found = self._select(
            f"""SELECT "group" FROM {self._dated(over)} WHERE "group" IS NOT NULL
            GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {most}""",
            _ends(over),
        )
        keys = [row["group"] for row in found]
        return sorted(keys) if self._subject.by == "quad" else keys

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """Return what groups are called."""
        if self._subject.by == "quad":
            return {key: QUADS[int(key)][0] for key in keys}
        if self._subject.by == "act":
            return {str(act): words for act, words in ACTS.items()}
        if self._subject.by not in NAMED:
            return {}
        named = self._select(names_query(self._subject.by, self._rows), {"keys": list(keys)})
        return {row["key"]: row["name"] for row in named}

    def cells(self, over: Range, keys: Sequence[str]) -> list[Row]:
        """Return how many there are in each period of each group and standing; all other groups are one."""
        return self._select(
            f"""SELECT CAST({_STARTS[over.period]} AS DATE) AS start, "group" IS NULL AS is_nobody, standing,
                CASE WHEN list_contains($keys, "group") THEN "group" END AS "group", count(*) AS n
            FROM {self._dated(over)} GROUP BY ALL""",
            {**_ends(over), "keys": list(keys)},
        )

    def _dated(self, over: Range) -> str:
        day = "try_cast(CASE length(date) WHEN 4 THEN date || '-01-01' WHEN 7 THEN date || '-01' ELSE date END AS DATE)"
        return f"""(SELECT * FROM (SELECT *, {day} AS day FROM ({grouped(self._subject, self._rows)}))
            WHERE day >= $first AND day < $end AND length(date) >= {_NEEDED.get(over.period, 4)})"""

    def _select(self, query: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        return self._holdings.select(query, parameters, self._tables)


def _ends(over: Range) -> dict[str, date]:
    return {"first": over.first, "end": over.end}


def _lines(cells: Iterable[Row], over: Range) -> tuple[list[Line], int]:
    """Return the periods, the newest first, and how many name nobody."""
    found: dict[date, dict[str | None, Counter[Standing]]] = defaultdict(lambda: defaultdict(Counter))
    nobody = 0
    for cell in cells:
        if cell["is_nobody"]:
            nobody += cell["n"]
        else:
            found[cell["start"]][cell["group"]][Standing[cell["standing"]]] += cell["n"]
    return [_line(over.period, start, dict(found[start])) for start in sorted(found, reverse=True)], nobody


def _line(period: Period, start: date, counted: dict[str | None, Counter[Standing]]) -> Line:
    last = period.after(start) - timedelta(days=1)
    length = {Period.month: 7, Period.year: 4, Period.decade: 4}.get(period, 10)
    return Line(period.in_words(start), start.isoformat()[:length], last.isoformat()[:length], counted)
