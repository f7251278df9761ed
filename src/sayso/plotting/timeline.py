"""The timeline: when what is reported is said to have happened, or when what is said was published."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

from sayso.errors import PlotError
from sayso.plotting.heading import ON_WHOSE_WORD, Chart, Heading, Scope, not_shown, number_of
from sayso.plotting.periods import Moment, Range, moment, range_of
from sayso.plotting.standing import STANDING_SQL
from sayso.plotting.tables import Rows, counted, taken
from sayso.plotting.theme import WIDTH
from sayso.plotting.timeline_bars import AXIS, bar_key, bar_rows, bars, differ_much
from sayso.plotting.timeline_groups import GROUPINGS, WHENS, By, Kind, Subject, When, cells, columns, groups
from sayso.plotting.timeline_marks import FEW, mark_key, mark_rows, marks, room_for_words, told_event, told_statement

_BY_WORDS: dict[By, str] = {
    "quad": "by class",
    "type": "by type",
    "actor": "by who acts",
    "act": "by act",
    "kind": "by kind of quotation",
    "speaker": "by who speaks",
}


def timeline(
    rows: Rows,
    of: Kind = "events",
    by: By | None = None,
    when: When | None = None,
    scope: Scope | None = None,
    width: int = WIDTH,
) -> Chart:
    """Return events by their date or that of publication, or statements by that of publication.

    ``rows`` are rows of the view ``events`` or ``statements`` as ``of`` says; ``by`` is what has a row of its own:
    "quad", "type" or "actor" of events, "kind", "act" or "speaker" of statements. ``when`` is "date", when events
    are said to have happened, or "published": many events have no date of their own. Up to sixteen are told one by one,
    more are counted in days, weeks, months, years or decades. Raises PlotError where there is nothing to show.
    """
    subject = _subject(of, by, when)
    scope = scope or Scope()
    table = taken(rows, columns(subject), f"timeline of {of}")
    if not table.num_rows:
        raise scope.nothing(of)
    dates = _dates(table, subject)
    known = {at: count for at, count in dates.items() if at}
    over = range_of(known)
    if over is None:
        raise _undated(subject, table.num_rows)
    if sum(known.values()) <= FEW:
        return _few(table, subject, scope, width)
    return _many(table, subject, scope, width, dates, over)


def _subject(of: Kind, by: By | None, when: When | None) -> Subject:
    by = by or GROUPINGS[of][0]
    when = when or WHENS[of][0]
    if by not in GROUPINGS[of]:
        raise PlotError(f"A timeline of {of} goes by {', '.join(GROUPINGS[of])}, not by {by}.")
    if when not in WHENS[of]:
        raise PlotError(f"{of.capitalize()} have no {when} of their own: a timeline of them goes by {WHENS[of][0]}.")
    return Subject(of, by, when)


def _undated(subject: Subject, total: int) -> PlotError:
    none = f"None of the {number_of(total, subject.noun)} has a date, so there is no timeline to show: "
    if subject.when == "date":
        return PlotError(f"{none}count them by their date of publication, or plot a map or a network.")
    return PlotError(f"{none}code the documents with a date of publication (sayso code --published).")


def _dates(table: pa.Table, subject: Subject) -> Counter[Moment | None]:
    """Return how many there are of each date."""
    query = f"SELECT left({subject.when}, 10) AS date, count(*) AS count FROM t GROUP BY 1"  # noqa: S608 - our column
    found: Counter[Moment | None] = Counter()
    for row in counted(table, query):
        found[moment(row["date"])] += row["count"]
    return found


def _few(table: pa.Table, subject: Subject, scope: Scope, width: int) -> Chart:
    room = room_for_words(width)
    standing = STANDING_SQL if subject.of == "events" else "'told'"
    tell = told_event if subject.of == "events" else told_statement
    query = f"""SELECT *, {standing} AS standing FROM t
                WHERE regexp_matches({subject.when}, '^[12][0-9]{{3}}')"""  # noqa: S608 - all parts are ours
    told = ((row[subject.when], tell(row, room)) for row in counted(table, query))
    rows = mark_rows(told, room)
    without = table.num_rows - len(rows)
    left_out = not_shown(without, table.num_rows, subject.noun, f"{_has(without)} no date and")
    heading = _heading(table, subject, rows[0]["date"], rows[-1]["date"], "", (left_out,))
    return heading.around(marks(rows, width), scope, width, mark_key(rows))


def _many(
    table: pa.Table, subject: Subject, scope: Scope, width: int, dates: Counter[Moment | None], over: Range
) -> Chart:
    found = cells(table, subject)
    placed = [cell for cell in found if (at := moment(cell.date)) and over.holds(at)]
    shown = groups(table, subject, placed, width * 0.7)
    if not shown:
        who = _NOBODY.get(subject.by, f"a {subject.by}").removeprefix("no ")
        raise PlotError(
            f"None of the {number_of(table.num_rows, subject.noun)} names {who}: plot them by another field."
        )
    rows = bar_rows(placed, shown, over)
    nobody = sum(cell.count for cell in placed if cell.group is None)
    left_out = _left_out(subject, dates, over, table.num_rows, nobody)
    own_scales = subject.by not in {"quad", "kind"} and differ_much(rows)
    how = f", {_BY_WORDS[subject.by]}, each bar a {over.period.name}"
    how += ", each row on a scale of its own" if own_scales else ""
    first, last = over.ends_in_words(at.day for at in dates if at and over.holds(at))
    heading = _heading(table, subject, first, last, how, left_out)
    entries = bar_key(rows, shown, subject.by)
    return heading.around(bars(rows, shown, over, width, own_scales), scope, width, entries, AXIS - 8)


_NOBODY: dict[By, str] = {"actor": "nobody who acts", "speaker": "no speaker"}


def _left_out(subject: Subject, dates: Counter[Moment | None], over: Range, total: int, nobody: int) -> tuple[str, ...]:
    vague = sum(n for at, n in dates.items() if at and at.precision > over.period)
    outside = sum(n for at, n in dates.items() if at and at.precision <= over.period and not over.holds(at))
    who = _NOBODY.get(subject.by, f"no {subject.by}")
    return (
        not_shown(dates[None], total, subject.noun, f"{_has(dates[None])} no date and"),
        not_shown(vague, total, subject.noun, f"{_has(vague)} a date less precise than a {over.period.name} and"),
        not_shown(outside, total, subject.noun, f"{_has(outside)} a date far from all others and"),
        not_shown(nobody, total, subject.noun, f"{'names' if nobody == 1 else 'name'} {who} and"),
    )


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def _heading(table: pa.Table, subject: Subject, first: str, last: str, how: str, left_out: tuple[str, ...]) -> Heading:
    documents = counted(table, "SELECT count(DISTINCT document) AS n FROM t")[0]["n"]
    what = "Reported events" if subject.of == "events" else "Statements"
    by_publication = " by date of publication" if subject.when == "published" else ""
    return Heading(
        title=f"{what}{by_publication}, {first if first == last else f'{first} to {last}'}",
        shown=f"{number_of(table.num_rows, subject.noun)} in {number_of(documents, 'document')}{how}",
        left_out=tuple(line for line in left_out if line),
        notes=(ON_WHOSE_WORD[subject.of],),
    )
