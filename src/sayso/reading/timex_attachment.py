"""Which time dates a predicate: by dependency, and at the start of a sentence for all that its main clause says."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from sayso.knowledge.times import load_times
from sayso.reading.annotations import Timex
from sayso.reading.timex_context import climb, head_of

REACH = 60
"""A time further away than this many tokens dates nothing."""

_CALENDAR = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=T|$)")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?$")
_PART_OF_YEAR = re.compile(r"(\d{4})-(?:Q[1-4]|H[12]|SP|SU|FA)$")
_NOT_THEN = frozenset({"before", "until", "till", "by", "after"})
_OWN, _VERB, _OPENING = 0, 20, 40
"""A time of the predicate's own is preferred to that of the verb over it, and this to one that opens the sentence."""


def event_date(doc: Doc, anchor_token_index: int) -> tuple[Timex | None, str | None]:
    """Return the time expression that dates a predicate, and the calendar prefix that it resolves to.

    It is a DATE or TIME that depends on the predicate without another clause between them; for the subject or object
    of a verb that only says that something takes place, the time of that verb; and for clauses joined by "and", the
    time with which their sentence begins. Without one both are None. The prefix is like "2024-10-23", "2022-02" or
    "2014"; a week gives its month where it lies within one, a quarter or season its year. It is None where the value is
    no part of the calendar, and after "before", "after", "until" and "by", which say when it was not.
    """
    anchor = doc[anchor_token_index]
    ranked = [
        (rank + (prefix is None), abs(timex.start - anchor.i), timex.start, timex, prefix)
        for timex in _times_near(doc, anchor.i)
        if (rank := _rank(doc, timex, anchor)) is not None
        for prefix in [_prefix(doc, timex)]
    ]
    if not ranked:
        return None, None
    *_, timex, prefix = min(ranked, key=lambda item: item[:3])
    return timex, prefix


def _times_near(doc: Doc, position: int) -> Iterator[Timex]:
    times: list[Timex] = doc._.times
    first = bisect_left(times, position - REACH, key=lambda timex: timex.start)
    for timex in times[first : first + REACH]:
        if timex.start > position + REACH:
            return
        if timex.type in ("DATE", "TIME"):
            yield timex


def _rank(doc: Doc, timex: Timex, anchor: Token) -> int | None:
    """Return how well a time attaches to a predicate, the lower the better; None where it does not."""
    head = head_of(doc, timex.start, timex.end)
    path = [head, head.head] if head.dep_ == "poss" else [head, *climb(head)]
    steps = _steps(path, anchor)
    if steps is not None:
        return _OWN + steps
    over = _verb_over(anchor)
    if over is not None:
        steps = _steps(path, over)
        if steps is not None:
            return _VERB + steps
    if _opens_sentence(doc, timex):
        verb = next((token for token in path if token.pos_ in ("VERB", "AUX")), None)
        if verb is not None and any(token.i == verb.i for token in _joined(over if over is not None else anchor)):
            return _OPENING
    return None


def _steps(path: list[Token], wanted: Token) -> int | None:
    """Return how far up the path a token is, if no other clause lies between."""
    for steps, token in enumerate(path):
        if token.i == wanted.i:
            return steps
        if token.pos_ in ("VERB", "AUX") and not (token.dep_ == "xcomp" and _takes_place(token.head)):
            return None
    return None


def _verb_over(anchor: Token) -> Token | None:
    """Return the verb that says no more of a predicate than that it takes place."""
    fits = anchor.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "xcomp")
    return anchor.head if fits and _takes_place(anchor.head) else None


def _takes_place(verb: Token) -> bool:
    return verb.lemma_ in load_times(verb.doc.user_data.get("sayso_knowledge")).holding


def _opens_sentence(doc: Doc, timex: Timex) -> bool:
    first = max(0, timex.start - 3)
    return any(doc[i].is_sent_start for i in range(first, timex.start + 1))


def _joined(token: Token) -> Iterator[Token]:
    """Yield a predicate and those before it that "and" joins it to."""
    yield token
    for above in climb(token):
        if token.dep_ != "conj":
            return
        yield above
        token = above


def _prefix(doc: Doc, timex: Timex) -> str | None:
    if timex.start and doc[timex.start - 1].lower_ in _NOT_THEN:
        return None
    found = _CALENDAR.match(timex.value)
    if found:
        return found.group()
    part = _PART_OF_YEAR.match(timex.value)
    if part:
        return part.group(1)
    week = _WEEK.match(timex.value)
    return _month_of_week(int(week[1]), int(week[2])) if week else None


def _month_of_week(year: int, week: int) -> str | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    within = monday.day + 6 <= monthrange(monday.year, monday.month)[1]
    return (monday + timedelta(days=6)).isoformat()[:7] if within else None
