"""Utterances as lists show them: which are asked for, and who leaves what out of each in a line.

The filters are those of ``sayso.corroboration.UtteranceQuestion``, on the views of the shelf.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sayso.explorer.asked import Day, Paged, Several, without_empty
from sayso.explorer.grouped import Least, conditions_of, has_one, shortened, since, until
from sayso.explorer.holdings import Holdings
from sayso.explorer.shelf import Row
from sayso.ledger.filters import has_any, is_any
from sayso.records import Act

_MOST_SIDES = 6
"""Outlets that the line of what is left out has."""


class Question(Paged):
    """Which utterances are asked for. Of several values of one filter one must fit."""

    speaker: Several = Field([], description="who speaks: a name, an actor's id or a country")
    voice: Several = Field([], description="whose voice it counts as: the id of a voice")
    act: Annotated[list[Act], BeforeValidator(without_empty)] = Field([], max_length=20)
    publisher: Several = Field([], description="who published a variant of it")
    omitted_by: Several = Field([], description="whose variant leaves out a qualifier that another has")
    since: Day = None
    until: Day = None
    min_documents: Least = Field(None, description="documents at least")
    omitted: bool = Field(False, description="only those of which something is left out")
    single: bool = Field(False, description="those too that one document alone tells, copies aside")


SAID = "coalesce(said, first_reported, '')"

_CONDITIONS: Mapping[str, str] = {
    "speaker": f"({is_any('speaker', 'voice', 'speaker', 'country')} OR {has_any('speaker', 'speaker_ids')})",
    "voice": is_any("voice", "voice"),
    "act": has_one("utterance", "utterance_variants", is_any("act", "act")),
    "publisher": has_one("utterance", "utterance_variants", is_any("publisher", "publisher")),
    "omitted_by": has_one("utterance", "utterance_variants", f"{is_any('omitted_by', 'publisher')} AND len(omits) > 0"),
    "since": since(SAID),
    "until": until(SAID),
    "min_documents": "document_count >= $min_documents",
    "omitted": "omitting > 0",
}


def conditions(asked: Question, *, leaving_out: str = "") -> tuple[list[str], dict[str, Any]]:
    """Return what is asked as conditions on the view ``utterances``, with their parameters."""
    where, given = conditions_of(asked, _CONDITIONS, leaving_out=leaving_out)
    several = [] if asked.single else ["(document_count - copies > 1 OR omitting > 0)"]
    return [*several, *where], given


def counts(holdings: Holdings, asked: Question) -> dict[str, int]:
    """Return how many utterances there are, and of how many something is left out, whichever is asked for."""
    where, parameters = conditions(asked, leaving_out="omitted")
    query = "SELECT count(*) AS everything, count(*) FILTER (omitting > 0) AS omitted FROM utterances WHERE "
    [found] = holdings.select(query + " AND ".join(["true", *where]), parameters)
    return dict(found)


def left_out(holdings: Holdings, rows: Iterable[Row]) -> dict[str, list[tuple[str, str]]]:
    """Return by id who leaves what out of some utterances, given their rows."""
    omitting = [row["utterance"] for row in rows if row["omitting"]]
    if not omitting:
        return {}
    told = holdings.select(
        "SELECT utterance, publisher, omits FROM utterance_variants "
        "WHERE utterance IN (SELECT unnest($ids)) AND len(omits) > 0 "
        "ORDER BY utterance, is_copy, coalesce(published, '9'), document, start",
        {"ids": omitting},
    )
    found: dict[str, dict[tuple[str, str], None]] = {}
    for row in told:
        line = row["publisher"] or "", shortened("; ".join(row["omits"]))
        found.setdefault(row["utterance"], {})[line] = None
    return {name: list(lines)[:_MOST_SIDES] for name, lines in found.items()}
