"""The words for what a Record holds in codes: acts, degrees of certainty, numbers, dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records import Act, Event, FactualityValue, Quantity, QuantityKind, Relation

ACTS: dict[Act, str] = {
    "say": "says",
    "confirm": "confirms",
    "deny": "denies",
    "accuse": "accuses",
    "criticize": "criticizes",
    "praise": "praises",
    "demand": "demands",
    "ask": "asks",
    "promise": "promises",
    "threaten": "threatens",
    "warn": "warns",
    "predict": "predicts",
    "propose": "proposes",
    "agree": "agrees",
    "reject": "rejects",
    "believe": "believes",
    "doubt": "doubts",
    "want": "wants",
    "fear": "fears",
}

CERTAINTY: dict[FactualityValue, str] = {
    "CT+": "certain",
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "negated",
    "PR-": "probably not so",
    "PS-": "possibly not so",
    "Uu": "uncertain",
}

RELATIONS: dict[Relation, str] = {
    "source": "source",
    "agency": "agency",
    "translation": "translated from",
    "republished": "republished from",
}

_COUNTED: dict[QuantityKind, str] = {
    "killed": "killed",
    "wounded": "wounded",
    "arrested": "arrested",
    "displaced": "displaced",
    "missing": "missing",
    "forces": "troops",
    "people": "people",
    "money": "in money",
    "weapons": "weapons",
    "crowd": "in the crowd",
}

HISTORY = timedelta(days=365)
"""What ended longer than this before publication is told as history, not as news."""


def certainty(event: Event, published: str | None) -> list[str]:
    """Return how an event stands, most important word first: negated, hypothetical, expected, historical ..."""
    words = [] if event.factuality == "CT+" else [CERTAINTY[event.factuality]]
    if event.hypothetical:
        words.insert(0, "hypothetical")
    if event.tense == "future":
        words.append("expected")
    if is_history(event.date, published):
        words.append("historical")
    return words or ["certain"]


def is_history(happened: str | None, published: str | None) -> bool:
    """Say whether a resolved date lies more than a year before publication; unknown dates do not."""
    if not happened or not published:
        return False
    first_day = f"{published}-01-01"[: len("2024-10-25")]
    turn = (date.fromisoformat(first_day) - HISTORY).isoformat()
    return happened < turn[: len(happened)]


def quantity_in_words(quantity: Quantity) -> str:
    """Return a number with what it counts, its open or wide bounds in words: "at least 20 killed"."""
    return f"{number_in_words(quantity)} {_COUNTED[quantity.kind]}"


def number_in_words(quantity: Quantity) -> str:
    """Return a number without what it counts: "at least 20"."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None:
        return _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    if low is not None:
        return f"at least {_number(low)}"
    if high is not None:
        return f"up to {_number(high)}"
    return "an unknown number"


def percent(confidence: float) -> str:
    """Return a probability as a whole percentage."""
    return f"{confidence:.0%}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the singular for one: "1 event", "3 events"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() and value < 1e15 else f"{value:,g}"
