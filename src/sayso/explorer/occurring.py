"""Occurrences as lists show them: which are asked for, and what is contested of each in a line.

The filters are those of ``sayso.corroboration.Question``, on the views of the shelf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sayso.corroboration import Casebook, wording
from sayso.corroboration.occurrence import Contest, Occurrence, Position, Status, Voice
from sayso.errors import LedgerError
from sayso.explorer.asked import Day, Paged, Several, without_empty
from sayso.explorer.grouped import Least, conditions_of, has_one, shortened, since, until
from sayso.explorer.holdings import Holdings
from sayso.explorer.shelf import Row
from sayso.knowledge.country_names import country_name
from sayso.ledger.filters import has_any, is_any
from sayso.rendering.neutral import one_line

_MOST_NAMES = 3
_MOST_SIDES = 6
"""Names of a side, and sides, that the line of what is contested has."""


class Question(Paged):
    """Which occurrences are asked for. Of several values of one filter one must fit."""

    type: Several = Field([], description="PLOVER event type")
    status: Annotated[list[Status], BeforeValidator(without_empty)] = Field([], max_length=4)
    actor: Several = Field([], description="who acts: a name, an actor's id or a country")
    recipient: Several = Field([], description="who is acted upon")
    place: Several = Field([], description="where it happened: a name or a GeoNames id")
    country: Several = Field([], description="country where it happened, ISO 3166-1 alpha-3")
    publisher: Several = Field([], description="who published a report of it")
    voice: Several = Field([], description="on whose word: a name, an actor's id or outlet:NAME")
    since: Day = None
    until: Day = None
    min_voices: Least = Field(None, description="independent voices at least")
    min_documents: Least = Field(None, description="documents at least")
    untyped: bool = Field(False, description="those too of which no report has a PLOVER type")


HAPPENED = "coalesce(date, first_reported, '')"

_CONDITIONS: Mapping[str, str] = {
    "type": is_any("type", "type"),
    "status": "list_contains($status, status)",
    "actor": has_any("actor", "actors", "actor_names", "actor_countries"),
    "recipient": has_any("recipient", "recipients", "recipient_names", "recipient_countries"),
    "place": is_any("place", "place", "place_name"),
    "country": is_any("country", "place_country"),
    "publisher": has_one("occurrence", "reports", is_any("publisher", "publisher")),
    "voice": has_one("occurrence", "voices", is_any("voice", "voice", "name")),
    "since": since(HAPPENED),
    "until": until(HAPPENED),
    "min_voices": "independent >= $min_voices",
    "min_documents": "document_count >= $min_documents",
}


def conditions(asked: Question, *, leaving_out: str = "") -> tuple[list[str], dict[str, Any]]:
    """Return what is asked as conditions on the view ``occurrences``, with their parameters."""
    where, given = conditions_of(asked, _CONDITIONS, leaving_out=leaving_out)
    typed = [] if asked.untyped else ["type IS NOT NULL"]
    return [*typed, *where], given


def status_counts(holdings: Holdings, asked: Question) -> dict[Status, int]:
    """Return how many occurrences there are of each status, whichever is asked for."""
    where, parameters = conditions(asked, leaving_out="status")
    rows = holdings.select(
        f"SELECT status, count(*) AS n FROM occurrences WHERE {' AND '.join(['true', *where])} GROUP BY 1", parameters
    )
    found = {row["status"]: row["n"] for row in rows}
    return {status: found.get(status, 0) for status in wording.STATUSES}


@dataclass(frozen=True, slots=True)
class Contested:
    """An aspect on which voices differ, with what each side says: (who, what)."""

    aspect: str
    sides: list[tuple[str, str]]


def contested(holdings: Holdings, rows: Iterable[Row]) -> dict[str, list[Contested]]:
    """Return by id what is contested of some occurrences, given their rows."""
    with holdings.casebook() as casebook:
        return {
            name: holdings.cached(("contested", name), partial(_contested, casebook, name))
            for name in (row["occurrence"] for row in rows if row["contested"])
        }


def _contested(casebook: Casebook, name: str) -> list[Contested]:
    try:
        return contests_of(casebook.occurrence(name))
    except LedgerError:
        return []  # it has just become part of another: the next page has that


def contests_of(occurrence: Occurrence) -> list[Contested]:
    """Return what is contested of an occurrence, each side in few words."""
    voices = {voice.id: voice for voice in occurrence.voices}
    return [Contested(contest.aspect, list(_sides(contest, voices))) for contest in occurrence.contests]


def _sides(contest: Contest, voices: Mapping[str, Voice]) -> Iterator[tuple[str, str]]:
    for side in contest.sides[:_MOST_SIDES]:
        found = [voices[name] for name in side.voices if name in voices]
        who = _listed([wording.name(voice) for voice in found])
        if contest.aspect == "happening":
            position = found[0].position if len({voice.position for voice in found}) == 1 else None
            says = wording.VERBS[position or _MIXED[side.value]][len(found) != 1]
        elif contest.aspect == "actor":
            says = ", ".join(country_name(code) or code for code in side.value.split(", "))
        else:
            says = shortened(side.value)
        yield who, says


_MIXED: Mapping[str, Position] = {"asserted": "asserts", "denied or doubted": "denies"}
"""What voices of a side say that do not all say the same."""


def words_of(holdings: Holdings, rows: Iterable[Row]) -> dict[str, str]:
    """Return the word that tells of those occurrences that have no type."""
    untyped = [row["occurrence"] for row in rows if row["type"] is None]
    if not untyped:
        return {}
    found = holdings.select(
        "SELECT occurrence, min_by(word, (report <> occurrence, report)) AS word FROM reports "
        "WHERE occurrence IN (SELECT unnest($ids)) GROUP BY 1",
        {"ids": untyped},
    )
    return {row["occurrence"]: one_line(row["word"] or "") for row in found}


def _listed(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" + {more}" if more > 0 else "")


def position_counts(row: Row) -> list[tuple[Position, int]]:
    """Return how many independent voices take each position, those that none takes left out."""
    columns: dict[Position, str] = {
        "asserts": "asserting",
        "predicts": "predicting",
        "reports": "reporting",
        "doubts": "doubting",
        "denies": "denying",
    }
    return [(position, row[columns[position]]) for position in wording.POSITIONS if row[columns[position]]]
