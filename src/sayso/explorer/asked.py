"""What a page is asked for, as its address says it: the filters of the ledger, words, a page of the result.

They are models, so that FastAPI checks them, refuses what is unknown, and describes them in the API's documentation.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sayso.corroboration.occurrence import Status
from sayso.plotting.theme import WIDTH
from sayso.records import Act, FactualityValue, StatementKind

MOST = 1_000
"""Rows that one page of a result may have."""


def without_empty(values: Any) -> Any:
    """Drop what a form sends for fields that were left empty."""
    return [value for value in values if value != ""] if isinstance(values, list) else values


def empty_is_none(value: Any) -> Any:
    """Take a field of a form that was left empty for none."""
    return None if value == "" else value


_Word = Annotated[str, Field(min_length=1, max_length=200)]
Several = Annotated[list[_Word], BeforeValidator(without_empty), Field(max_length=20)]
_Day = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        description="a day, month or year: 2024-10-25, 2024-10, 2024",
    ),
]
Day = Annotated[_Day | None, BeforeValidator(empty_is_none)]
Share = Annotated[Annotated[float, Field(ge=0, le=1)] | None, BeforeValidator(empty_is_none)]


class Paged(BaseModel):
    """A page of a result: where it begins, as the page before said, and how many rows it has at most."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: str = Field("", max_length=500, description="where to go on: the cursor of the page before")
    limit: int = Field(25, ge=1, le=MOST, description="rows of a page at most")


class Drawn(BaseModel):
    """What a chart is asked for besides: how wide it may be."""

    width: int = Field(WIDTH, ge=240, le=1_200, description="pixels between the edges of what is drawn")


class Named(Paged):
    """Whose names hold some letters."""

    q: str = Field("", max_length=200, description="letters of the name")


class When(Paged):
    """A stretch of time and whether copies count."""

    since: Day = None
    until: Day = None
    copies: bool = Field(False, description="whether copies of other documents count")


class Filters(When):
    """Filters of statements, events and the documents that hold them. Of several values of one, one must fit."""

    q: str = Field("", max_length=300, description="words that the document must hold")
    speaker: Several = Field([], description="who speaks: a name, an actor's id or a country")
    act: Annotated[list[Act], BeforeValidator(without_empty)] = Field([], max_length=20)
    kind: Annotated[list[StatementKind], BeforeValidator(without_empty)] = Field([], max_length=3)
    actor: Several = Field([], description="who acts: a name, an actor's id or a country")
    recipient: Several = Field([], description="who is acted upon")
    type: Several = Field([], description="PLOVER event type")
    mode: Several = Field([], description="PLOVER mode")
    category: Several = Field([], description="category of an ontology of one's own")
    quad: Annotated[list[Literal["1", "2", "3", "4"]], BeforeValidator(without_empty)] = Field([], max_length=4)
    place: Several = Field([], description="where it happened: a name, a region or a GeoNames id")
    country: Several = Field([], description="country where it happened, ISO 3166-1 alpha-3")
    factuality: Annotated[list[FactualityValue], BeforeValidator(without_empty)] = Field([], max_length=7)
    voucher: Several = Field([], description="on whose word: a name, an actor's id or a publisher")
    status: Annotated[list[Status], BeforeValidator(without_empty)] = Field(
        [], max_length=4, description="how the voices of the occurrence stand to one another"
    )
    publisher: Several = Field([], description="who published it")
    language: Several = Field([], description="ISO 639-1")
    min_confidence: Share = None

    def given(self, *names: str) -> dict[str, Any]:
        """Return those of the named filters that were given, as ``sayso.ledger.filters.condition`` takes them."""
        return {name: value for name in names if (value := getattr(self, name)) not in ([], None)}
