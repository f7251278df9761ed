"""Comparing: what two articles, or two outlets, tell of the same occurrences, side by side in their exact words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sayso.explorer.exact import with_words
from sayso.explorer.holdings import Holdings
from sayso.explorer.results import part_of
from sayso.explorer.shelf import Row

Aspect = Literal["position", "type", "date", "voice", "figure", "word"]
MOST_TELLINGS = 3
"""Tellings of one occurrence that are shown of a side, coded events before mere mentions."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An occurrence with the tellings of each side, and the aspects in which the sides differ."""

    occurrence: Row
    sides: tuple[list[Row], list[Row]]
    differing: list[Aspect] = field(default_factory=list)

    @property
    def is_of_both(self) -> bool:
        """Whether both sides tell of it."""
        return all(self.sides)


def of_documents(holdings: Holdings, one: str, other: str, *, untyped: bool = False) -> list[Shared]:
    """Return the occurrences of two documents: those of both first, in the order of the first document.

    ``untyped``: those too of which no report has a PLOVER type.
    """
    where = f"r.document IN ($one, $other) AND {_typed(untyped)}"
    tellings = _tellings(holdings, where, {"one": one, "other": other})
    sides = [[row for row in tellings if row["document"] == document] for document in (one, other)]
    found = _aligned(holdings, sides)
    return sorted(found, key=lambda shared: (not shared.is_of_both, _first(shared)))


def of_publishers(
    holdings: Holdings, one: str, other: str, *, after: str, limit: int, untyped: bool = False
) -> tuple[list[Shared], str | None, int]:
    """Return occurrences that two publishers tell of, the last first, the cursor of the next page, and how many."""
    both = holdings.select(
        f"""SELECT r.occurrence, max(r.published) AS last FROM reports AS r
        WHERE r.publisher IN ($one, $other) AND NOT r.is_copy AND {_typed(untyped)}
        GROUP BY 1 HAVING count(DISTINCT r.publisher) = 2 ORDER BY last DESC NULLS LAST, r.occurrence""",
        {"one": one, "other": other},
    )
    shown, further = part_of([row["occurrence"] for row in both], str, after, limit)
    where = "r.publisher IN ($one, $other) AND NOT r.is_copy AND r.occurrence IN (SELECT unnest($shown))"
    tellings = _tellings(holdings, where, {"one": one, "other": other, "shown": shown})
    sides = [[row for row in tellings if row["publisher"] == publisher] for publisher in (one, other)]
    found = sorted(_aligned(holdings, sides), key=lambda shared: shown.index(shared.occurrence["occurrence"]))
    return found, further, len(both)


def differing(one: Sequence[Row], other: Sequence[Row]) -> list[Aspect]:
    """Return the aspects in which the tellings of two sides have nothing in common, though both have something."""
    found: list[Aspect] = []
    for aspect in ("position", "type", "date", "voice", "figure", "word"):
        mine, theirs = _values(one, aspect), _values(other, aspect)
        if mine and theirs and not any(_agree(a, b, aspect) for a in mine for b in theirs):
            found.append(aspect)
    return found


def _agree(one: str, other: str, aspect: Aspect) -> bool:
    """Say whether two values are the same; a date less precise than another is the same where it can be."""
    return one == other or (aspect == "date" and (one.startswith(other) or other.startswith(one)))


def _values(tellings: Iterable[Row], aspect: Aspect) -> set[str]:
    if aspect == "figure":
        return {
            f"{q['kind']} {q['low']} {q['high']}" for row in tellings for q in row["quantities"] or [] if q is not None
        }
    return {str(row[aspect]).lower() for row in tellings if row[aspect] is not None}


def _tellings(holdings: Holdings, where: str, parameters: dict[str, object]) -> list[Row]:
    return holdings.select(
        f"""WITH chosen AS MATERIALIZED (SELECT * FROM reports AS r WHERE {where})
        SELECT r.*, v.name AS voice_name, e.quantities FROM chosen AS r
        LEFT JOIN (
            SELECT occurrence, voice, name FROM voices WHERE occurrence IN (SELECT occurrence FROM chosen)
        ) AS v ON v.occurrence = r.occurrence AND v.voice = r.voice
        LEFT JOIN (
            SELECT document, event, quantities FROM all_events WHERE document IN (SELECT document FROM chosen)
        ) AS e ON e.document = r.document AND e.event = r.event
        ORDER BY r.type IS NULL, r.start""",
        parameters,
    )


def _typed(untyped: bool) -> str:
    """Return the condition that an occurrence has a type, or none."""
    return "true" if untyped else "r.occurrence IN (SELECT occurrence FROM occurrences WHERE type IS NOT NULL)"


def _aligned(holdings: Holdings, sides: Sequence[Sequence[Row]]) -> list[Shared]:
    by_occurrence: dict[str, tuple[list[Row], list[Row]]] = {}
    for number, side in enumerate(sides):
        for row in side:
            tellings = by_occurrence.setdefault(row["occurrence"], ([], []))[number]
            if len(tellings) < MOST_TELLINGS:
                tellings.append(row)
    occurrences = holdings.select(
        "SELECT * EXCLUDE (spot) FROM occurrences WHERE occurrence IN (SELECT unnest($ids))",
        {"ids": list(by_occurrence)},
    )
    shown = [row for both in by_occurrence.values() for side in both for row in side]
    with_words(holdings, shown)
    return [Shared(row, both, differing(*both)) for row in occurrences for both in [by_occurrence[row["occurrence"]]]]


def _first(shared: Shared) -> tuple[int, int, str]:
    mine, theirs = shared.sides
    at = (mine or theirs)[0]["start"]
    return (0 if mine else 1), at, shared.occurrence["occurrence"]
