"""The formats by name: what each is, which files it writes, what it cannot carry; and the one function that exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.errors import ExportError
from sayso.export import ftm, gdelt, plover, polecat, tables
from sayso.export.grouping import Grouping, groups_of
from sayso.export.occurrences import OCCURRENCES
from sayso.export.selection import GROUPINGS, Exported, LedgerSource, known_filters
from sayso.export.tables import VIEWS

if TYPE_CHECKING:
    from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format. ``is_of_events`` ones take events that happened, unless told otherwise; the others take views.

    ``groupings`` are those of which it has a place to tell: which occurrence an event is a report of, and of which
    utterance a statement is a variant.
    """

    name: str
    description: str
    files: tuple[str, ...]
    lost: tuple[str, ...]
    write: Callable[..., Exported]
    is_of_events: bool = True
    groupings: tuple[Grouping, ...] = (OCCURRENCES,)

    def needs(self, view: str | None) -> list[Grouping]:
        """Return the groupings of a ledger that have to be known for an export, of one view or of all."""
        return [grouping for grouping in self.groupings if grouping.concerns(view)]


EXPORTERS: Mapping[str, Exporter] = {
    one.name: one
    for one in (
        Exporter(
            "gdelt",
            "GDELT 2.0: event table of 61 columns, mentions table of 16, without headers",
            ("PATH/YYYYMMDDHHMMSS.export.CSV.zip", "PATH/YYYYMMDDHHMMSS.mentions.CSV.zip"),
            (
                "on whose word: voucher, statement, speaker",
                "factuality, tense, hypothetical",
                "PLOVER type, mode, contexts and score: CAMEO roots and Goldstein's scores of them stand instead",
                "quantities",
                "precision of dates: a month or a year becomes its first day, an unknown date that of the report",
                "events without a date whose document has none either",
                "offices, and sectors that CAMEO lacks (PTY, PRE, REL, SOC, UNK)",
                "GeoNames ids; places without coordinates",
                "the text, spans of the parties; confidence finer than tens (in mentions alone)",
                "statements that hold no event",
                "status and voices of occurrences; the id of an event's occurrence stands in Extras of its mentions",
            ),
            gdelt.write,
        ),
        Exporter(
            "polecat",
            "POLECAT: 40 columns between tabs, with a header",
            ("PATH",),
            (
                "on whose word: voucher, statement, speaker",
                "factuality, tense, hypothetical, confidence",
                "quantities",
                "precision of dates: a month or a year becomes its first day, an unknown date that of the report",
                "actor ids; there are no Wikipedia ids to put in their place",
                "URL of the document, spans, copies",
                "statements that hold no event",
                "which occurrence an event is a report of",
            ),
            polecat.write,
            groupings=(),
        ),
        Exporter(
            "plover",
            "PLOVER JSON Lines: one event a line",
            ("PATH",),
            (
                "statements: who said what, in which words; of an event's own statement only the id",
                "spans other than that of the event's word",
                "kinds of actors; confidence of actors and places",
                "events without a date whose document has none either",
                "voucher, factuality, tense, confidence, quantities, occurrence: they have no field and are in comment",
            ),
            plover.write,
        ),
        Exporter(
            "ftm",
            "FollowTheMoney: entities as JSON lines, and statements of provenance as CSV",
            ("PATH/entities.ftm.json", "PATH/statements.csv"),
            (
                "voucher, factuality, tense, confidence, quantities, spans as values: they are in notes",
                "occurrences and utterances, but for id, status and counts, which are in notes as well",
                "nesting of statements, and whom they address, as links: they are text in notes",
                "coordinates, GeoNames ids, features and regions of places; places and times without an event",
                "confidence of actors and places",
                "which document said which office of an actor: in statements.csv only the first",
            ),
            ftm.write,
            groupings=GROUPINGS,
        ),
        Exporter(
            "csv",
            "CSV: the views of the ledger with all their columns, its occurrences and utterances",
            tuple(f"PATH/{view.name}.csv" for view in VIEWS),
            (
                "types of cells; semicolons within lists, which become commas; line breaks",
                "bounds of quantities as numbers: they are in words",
            ),
            tables.write_csv,
            is_of_events=False,
            groupings=GROUPINGS,
        ),
        Exporter(
            "parquet",
            "Parquet: the views of the ledger with all their columns and types, its occurrences and utterances",
            tuple(f"PATH/{view.name}.parquet" for view in VIEWS),
            ("what the views lack: spans of mentions and parties, body, kinds of credit; the Records have them",),
            tables.write_parquet,
            is_of_events=False,
            groupings=GROUPINGS,
        ),
    )
}
"""Name -> exporter."""


def export(
    to: str,
    ledger: Ledger,
    path: str | Path,
    *,
    view: str | None = None,
    unreal: bool = False,
    copies: bool = False,
    **filters: Any,
) -> Exported:
    """Write what a ledger holds in another format; return the files, the number of rows, and what was left out.

    ``to`` is a name in EXPORTERS. ``filters`` are those of ``Ledger.events``; where a single ``view`` goes to a file of
    CSV or Parquet, those of that view. Formats of events take only those that are reported as having happened, unless
    ``unreal``; ``copies`` exports what copies of other documents hold as well. Where the format tells of occurrences
    or utterances, these are brought up to date first, which takes its time after many new documents. Files appear when
    they are complete.
    Raises ExportError where the format, a filter or the place is not to be had.
    """
    exporter = EXPORTERS.get(to)
    if exporter is None:
        raise ExportError(f"there is no format {to!r}: choose from {', '.join(EXPORTERS)}")
    wanted = known_filters(filters, _views(exporter, view))
    with ExitStack() as opened:
        groups = [opened.enter_context(groups_of(ledger, grouping)) for grouping in exporter.needs(view)]
        if exporter.is_of_events:
            return exporter.write(LedgerSource(ledger, wanted, "events", copies, groups), Path(path), unreal=unreal)
        return exporter.write(LedgerSource(ledger, wanted, view, copies, groups), Path(path), view=view)


def _views(exporter: Exporter, view: str | None) -> list[str]:
    """Return the views that filters are for; raise ExportError for one that there is not."""
    if exporter.is_of_events:
        if view is not None:
            raise ExportError(f"{exporter.name} has no views; leave --view out, or export to csv or parquet")
        return ["events"]
    names = [one.name for one in VIEWS]
    if view is not None and view not in names:
        raise ExportError(f"there is no view {view!r}: choose from {', '.join(names)}")
    return [view] if view else names
