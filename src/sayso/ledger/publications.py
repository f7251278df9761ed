"""What of a document decides whose copy it is, and which of two is the original."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Self

from sayso.ledger.sketch import Sketch, body_text, sketch, words
from sayso.records import Lineage, Record, iso_date

_LATEST = math.inf
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GENERIC = frozenset(["the", "of", "www", "com", "org", "net", "co", "uk", "news", "agency", "online"])

Rank = tuple[bool, float, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What of a document decides whose copy it is.

    ``words`` is the length of its article, ``arrived`` its place in the order of arrival, ``speakers`` the ids of those
    whom it quotes.
    """

    id: str
    text_hash: str
    sketch: Sketch
    words: int
    published: str | None = None
    publisher: str | None = None
    lineage: Sequence[Lineage] = ()
    arrived: int = 0
    speakers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record, arrived: int = 0) -> Self:
        """Return what counts of a record."""
        text = body_text(record)
        return cls(
            id=record.id,
            text_hash=record.text_hash,
            sketch=sketch(text),
            words=len(text.split()),
            published=record.published,
            publisher=record.publisher,
            lineage=record.lineage,
            arrived=arrived,
            speakers=frozenset(s.speaker for s in record.statements if s.speaker),
        )

    def rank(self) -> Rank:
        """Return what the originals of a group are sorted by, the best first."""
        credits_another = any(not same_outlet(line.name, self.publisher) for line in self.lineage)
        return credits_another, last_moment(self.published), -self.words, self.arrived, self.id


def last_moment(published: str | None) -> float:
    """Return the last moment that an ISO 8601 prefix allows, in seconds since 1970; infinite where none is known.

    So an imprecise date is no earlier than any date within it. A time without a zone is taken for UTC.
    """
    try:
        return (_end(published) - _EPOCH).total_seconds() if published else _LATEST
    except (ValueError, OverflowError):
        return _LATEST


def same_outlet(name: str, publisher: str | None) -> bool:
    """Say whether two names are of one outlet: "The Associated Press" is "AP News", "Reuters" is "reuters.com"."""
    one, other = outlet_words(name), outlet_words(publisher or "")
    if not one or not other:
        return False
    return "".join(one) in ("".join(other), _initials(other)) or "".join(other) == _initials(one)


def day_of(published: str | None) -> int | None:
    """Return the day of a date that names one, as a number."""
    moment = last_moment(published)
    return int(moment // 86_400) if published and len(published) > 7 and moment < _LATEST else None


def outlet_words(outlet: str) -> list[str]:
    """Return the words of an outlet's name that tell it from others."""
    every = words(outlet)
    return [word for word in every if word not in _GENERIC] or every


def _initials(name: list[str]) -> str:
    return "".join(word[0] for word in name) if len(name) > 1 else ""


def _end(published: str) -> datetime:
    """Return the end of the year, month, day or moment that an ISO 8601 prefix names."""
    iso_date(published)
    try:
        return datetime.combine(date.fromisoformat(published), time.max, tzinfo=UTC)
    except ValueError:
        if len(published) <= len("2024-05"):
            year, month = int(published[:4]), int(published[5:] or 12)
            return datetime.combine(date(year, month, monthrange(year, month)[1]), time.max, tzinfo=UTC)
    moment = datetime.fromisoformat(published)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
