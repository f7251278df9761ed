"""A judgement: what a reviewer says of one coded item, with who, when and why, and of the item as it was seen.

Judgements are only ever added. What a reviewer says later of the same item takes the place of what they said before.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from sayso.errors import ReviewError
from sayso.knowledge import ontology
from sayso.records import Act, Event, EventType, FactualityValue, Record, Span, Statement, StatementKind, iso_date

Verdict = Literal["right", "wrong", "fixed"]
ItemKind = Literal["statement", "event"]

LABEL: Mapping[ItemKind, str] = {"event": "type", "statement": "act"}
"""The field by which an item is called."""
_WORDS = 1_000
"""So many characters of an item's words are kept."""
_LATEST = 2**31 - 1
_NEEDED = frozenset({"type", "factuality", "anchor", "act", "kind"})
"""Fields that no item can be without."""

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
_Offset = Annotated[int, Field(ge=0, le=_LATEST)]
_Span = tuple[_Offset, _Offset]
_Spans = Annotated[list[_Span], Field(max_length=50), AfterValidator(sorted)]
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Fixes(_Strict):
    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        for name in sorted(_NEEDED & self.model_fields_set):
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be nothing: no item is without")
        return self


class EventFixes(_Fixes):
    """What is right of an event instead; a field that is not given is right as it is. Actors and place by id or name.

    Spans are code points of the text, end exclusive.
    """

    type: EventType | None = None
    mode: Annotated[str, Field(max_length=60)] | None = None
    actors: Annotated[list[_Name], Field(max_length=20)] | None = None
    recipients: Annotated[list[_Name], Field(max_length=20)] | None = None
    actor_spans: _Spans | None = None
    recipient_spans: _Spans | None = None
    place: _Name | None = None
    date: Annotated[str, Field(pattern=_DATE), AfterValidator(iso_date)] | None = None
    factuality: FactualityValue | None = None
    anchor: _Span | None = None


class StatementFixes(_Fixes):
    """What is right of a statement instead. The speaker by id or by name, None where the text does not tell."""

    speaker: _Name | None = None
    act: Act | None = None
    kind: StatementKind | None = None
    source: _Spans | None = None
    cue: _Spans | None = None
    content: _Spans | None = None


class Seen(_Strict):
    """An item as the reviewer saw it, by which it is found again.

    ``words`` are those of its span, the first 1,000 characters; ``label`` is its type or act, ``coding`` a digest of
    all that can be judged of it, ``length`` that of the text in code points.
    """

    span: _Span
    words: Annotated[str, Field(max_length=_WORDS)]
    label: Annotated[str, Field(max_length=60)]
    coding: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    length: _Offset


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

    @field_validator("fixes")
    @classmethod
    def _are_sound(cls, fixes: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        """Keep fixes as JSON has them, so that a judgement is the same before and after it was kept."""
        if info.data.get("kind") is None:
            return fixes
        try:
            model = _fixes_of(info.data["kind"]).model_validate(fixes)
        except ValueError as error:
            raise ValueError(_first(error)) from None
        return model.model_dump(mode="json", exclude_unset=True)

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if (self.verdict == "fixed") != bool(self.fixes):
            raise ValueError("fixes say what is right: they go with the verdict 'fixed', and with no other")
        if (self.kind == "event") != self.item.startswith("e"):
            raise ValueError(f"{self.item} is no {self.kind}")
        return self

    @property
    def fixed(self) -> EventFixes | StatementFixes:
        """What is right instead, as the model of the item's kind; ``model_fields_set`` names what was given."""
        return _fixes_of(self.kind).model_validate(self.fixes)

    @property
    def spans(self) -> Iterator[tuple[str, Span]]:
        """The spans among the fixes, each with the name of its field."""
        for name in sorted(self.fixed.model_fields_set):
            value = getattr(self.fixed, name)
            for span in [value] if isinstance(value, tuple) else value if isinstance(value, list) else ():
                if isinstance(span, tuple):
                    yield name, span


def judge(
    record: Record,
    item: str,
    verdict: Verdict,
    reviewer: str,
    *,
    why: str = "",
    fixes: dict[str, Any] | None = None,
    at: datetime | None = None,
    coding: str | None = None,
) -> Judgement:
    """Return a judgement of an item of a Record, given now. Raises ReviewError where it makes no sense.

    ``coding`` is what ``coding_of`` said of the item when the reviewer looked at it: what is coded otherwise now
    is not what they judged.
    """
    found = item_of(record, item)
    if found is None:
        raise ReviewError(f"{record.id[:19]} has no item {item!r}: statements are s1, s2 ..., events e1, e2 ...")
    if coding and coding != coding_of(found):
        raise ReviewError(f"{item}: the document was coded anew meanwhile; look at the item again")
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
    for name, (start, end) in judgement.spans:
        if not 0 <= start < end <= len(record.text):
            raise ReviewError(f"{name}: {start} to {end} is no part of a text of {len(record.text)} characters")
    if isinstance(found, Event):
        _check_mode(found, judgement.fixes)
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
    return Seen(
        span=(start, end),
        words=words_at(record.text, (start, end)),
        label=getattr(item, LABEL[kind_of(item)]),
        coding=coding_of(item),
        length=len(record.text),
    )


def words_at(text: str, span: Span) -> str:
    """Return the words of a span as a judgement keeps them."""
    start, end = span
    return text[start : min(end, start + _WORDS)]


def coding_of(item: Statement | Event) -> str:
    """Return a digest of all that can be judged of an item: the same as long as it is coded the same."""
    fields = item.model_dump(mode="json", include=set(_fixes_of(kind_of(item)).model_fields))
    told = json.dumps(fields, sort_keys=True).encode()
    return hashlib.blake2b(told, digest_size=8).hexdigest()


def _fixes_of(kind: ItemKind) -> type[EventFixes] | type[StatementFixes]:
    return EventFixes if kind == "event" else StatementFixes


def _check_mode(event: Event, fixes: Mapping[str, Any]) -> None:
    """Refuse a mode that the codebook does not have for the type; that of the event itself may be of a user's own."""
    kind, mode = fixes.get("type", event.type), fixes.get("mode")
    modes = codebook().types[kind].modes
    if mode is None or mode in modes or (kind, mode) == (event.type, event.mode):
        return
    known = f"modes of {kind} are {', '.join(modes)}" if modes else f"{kind} has no modes"
    raise ReviewError(f"mode: {mode!r} is not in the codebook; {known}")


@cache
def codebook() -> ontology.Ontology:
    """Return the codebook that fixes are held against: the one that ships with Sayso."""
    return ontology.load()


def _first(error: ValueError) -> str:
    """Return the first thing that is wrong, in a line."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return str(error)
    first = errors()[0]
    where = ".".join(map(str, first["loc"]))
    return re.sub(r"^: ", "", f"{where}: {first['msg'].removeprefix('Value error, ')}")
