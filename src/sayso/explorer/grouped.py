"""What pages of occurrences and of utterances have in common: their filters as conditions, and finding one by its name.

The filters are those of the books that have them, on the views of the shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Annotated, Any, TypeVar

from fastapi import HTTPException
from pydantic import BeforeValidator, Field

from sayso.corroboration.book import Book
from sayso.corroboration.occurrence import Link, Report
from sayso.corroboration.utterances.utterance import Variant
from sayso.errors import LedgerError
from sayso.explorer.asked import Paged, empty_is_none
from sayso.explorer.holdings import Holdings
from sayso.rendering.neutral import one_line

T = TypeVar("T")
B = TypeVar("B", bound=Book[Any, Any])
Part = TypeVar("Part", Report, Variant)

Least = Annotated[Annotated[int, Field(ge=1, le=1_000_000)] | None, BeforeValidator(empty_is_none)]
"""How many there must be."""
Because = tuple[Link, str, str | None]
"""Why something is taken for the same as another: the link, words of the other, and who published it."""

_MOST_LINKS = 5
_LONGEST = 90


def since(moment: str) -> str:
    """Return the condition that a moment, "" where it is not known, is of a day, month or year or later."""
    return f"{moment} >= left($since, length({moment})) AND {moment} <> ''"


def until(moment: str) -> str:
    """Return the same condition for earlier ones."""
    return f"left({moment}, length($until)) <= $until AND {moment} <> ''"


def has_one(group: str, view: str, condition: str) -> str:
    """Return the condition that a group has a row in another view which fits."""
    return f"{group} IN (SELECT {group} FROM {view} WHERE {condition})"


def conditions_of(asked: Paged, known: Mapping[str, str], *, leaving_out: str = "") -> tuple[list[str], dict[str, Any]]:
    """Return the filters that are set as conditions, with their parameters; ``known`` has that of each filter."""
    given = {name: value for name in known if (value := getattr(asked, name)) not in ([], None, False)}
    given.pop(leaving_out, None)
    return [known[name] for name in given], given


def looked_up(holdings: Holdings, opened: Callable[[], B], look_up: Callable[[B, str], T], name: str) -> T:
    """Return what is looked up in a book by a name, kept as long as nothing is added; 404 where there is none."""

    def found() -> T:
        with opened() as book:
            return look_up(book, name)

    try:
        return holdings.cached((look_up.__name__, name), found)
    except LedgerError as error:
        raise HTTPException(404, str(error)) from error


def because(links: Iterable[Link], others: Mapping[str, Part], words: Callable[[Part], str]) -> list[Because]:
    """Return some of the links of something to others, given these by id, with the words of the other."""
    known = ((link, others[link.to]) for link in links if link.to in others)
    return [(link, words(other), other.publisher) for link, other in islice(known, _MOST_LINKS)]


def shortened(words: str, most: int = _LONGEST) -> str:
    """Return words on one line, cut to so many characters."""
    words = one_line(words)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
