"""A judgement: what a reviewer says of one coded item, with who, when and why, and of the item as it was seen.

Judgements are only ever added. What a reviewer says later of the same item takes the place of what they said before.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sayso.errors import ReviewError
from sayso.records import Act, Event, EventType, FactualityValue, Record, Span, Statement, StatementKind

Verdict = Literal["right", "wrong", "fixed"]
ItemKind = Literal["statement", "event"]

_Name = Annotated[str, Field(min_length=1, max_length=300)]
_Spans = Annotated[list[Span], Field(max_length=50)]
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EventFixes(_Strict):
    """What is right of an event instead; a field that is not given is right as it is. Actors by id or by name."""

    type: EventType | None = None
    mode: Annotated[str, Field(max_length=60)] | None = None
    actors: Annotated[list[_Name], Field(max_length=20)] | None = None
    recipients: Annotated[list[_Name], Field(max_length=20)] | None = None
    place: Annotated[str, Field(max_length=300)] | None = None
    date: Annotated[str, Field(pattern=_DATE)] | None = None
    factuality: FactualityValue | None = None
    anchor: Span | None = None


class StatementFixes(_Strict):
    """What is right of a statement instead. The speaker by id or by name, None where the text does not tell."""

    speaker: _Name | None = None
    act: Act | None = None
    kind: StatementKind | None = None
    source: _Spans | None = None
    cue: _Spans | None = None
    content: _Spans | None = None


class Seen(_Strict):
    """An item as the reviewer saw it: its words in the text, and its type or act, by which it is found again."""

    span: Span
    words: Annotated[str, Field(max_length=1_000)]
    label: Annotated[str, Field(max_length=60)]


class Judgement(_Strict):
    """One judgement. ``at`` is when, ISO 8601 in UTC; ``fixes`` says what is right where the verdict is "fixed"."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    document: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    item: Annotated[str, Field(pattern=r"^[se][1-9][0-9]{0,8}$")]
    kind: ItemKind
    verdict: Verdict
    fixes: dict[str, Any] = Field(default_factory=dict)
    reviewer: Annotated[str, Field(min_length=1, max_length=100)]
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    why: Annotated[str, Field(max_length=2_000)] = ""
    seen: Seen

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if (self.verdict == "fixed") != bool(self.fixes):
            raise ValueError("fixes say what is right: they go with the verdict 'fixed', and with no other")
        if (self.kind == "event") != self.item.startswith("e"):
            raise ValueError(f"{self.item} is no {self.kind}")
        _ = self.fixed
        return self

    @property
    def fixed(self) -> EventFixes | StatementFixes:
        """What is right instead, as the model of the item's kind; ``model_fields_set`` names what was given."""
        model = EventFixes if self.kind == "event" else StatementFixes
        return model.model_validate(self.fixes)


def judge(
    record: Record,
    item: str,
    verdict: Verdict,
    reviewer: str,
    *,
    why: str = "",
    fixes: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Judgement:
    """Return a judgement of an item of a Record, given now. Raises ReviewError where it makes no sense."""
    found = item_of(record, item)
    if found is None:
        raise ReviewError(f"{record.id[:19]} has no item {item!r}: statements are s1, s2 ..., events e1, e2 ...")
    try:
        judgement = Judgement(
            id=secrets.token_hex(8),
            document=record.id,
            item=item,
            kind=kind_of(found),
            verdict=verdict,
            fixes=fixes or {},
            reviewer=" ".join(reviewer.split()),
            at=(at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            why=why.strip(),
            seen=seen_of(record, found),
        )
    except ValueError as error:
        raise ReviewError(f"{item}: {_first(error)}") from error
    for name in judgement.fixed.model_fields_set:
        _check_spans(getattr(judgement.fixed, name), len(record.text), name)
    return judgement


def item_of(record: Record, name: str) -> Statement | Event | None:
    """Return the statement or event of a Record that has an id."""
    items: list[Statement | Event] = [*record.statements, *record.events]
    return next((item for item in items if item.id == name), None)


def kind_of(item: Statement | Event) -> ItemKind:
    """Return whether an item is a statement or an event."""
    return "event" if isinstance(item, Event) else "statement"


def span_of(item: Statement | Event) -> Span:
    """Return where the words stand that name an item: an event's anchor, what a statement says, else its cue."""
    if isinstance(item, Event):
        return item.anchor
    spans = item.content or item.cue or item.source
    return (min(spans)[0], max(end for _, end in spans)) if spans else (0, 0)


def seen_of(record: Record, item: Statement | Event) -> Seen:
    """Return an item as it is seen now."""
    start, end = span_of(item)
    label = item.type if isinstance(item, Event) else item.act
    return Seen(span=(start, end), words=record.text[start : min(end, start + 1_000)], label=label)


def _check_spans(value: object, length: int, name: str) -> None:
    spans = [value] if isinstance(value, tuple) else value if isinstance(value, list) else []
    for span in spans:
        if isinstance(span, tuple) and not 0 <= span[0] < span[1] <= length:
            raise ReviewError(f"{name}: {span[0]} to {span[1]} is no part of a text of {length} characters")


def _first(error: ValueError) -> str:
    """Return the first thing that is wrong, in a line."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return str(error)
    first = errors()[0]
    where = ".".join(map(str, first["loc"]))
    return re.sub(r"^: ", "", f"{where}: {first['msg'].removeprefix('Value error, ')}")
