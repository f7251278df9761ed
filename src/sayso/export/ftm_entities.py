"""A document of the ledger as entities of FollowTheMoney: an Article, its Events, its statements, and who is in it.

A statement is a ``Note`` on its speaker, with the words said as the description: of the schemata, a Note alone is a
remark that applies to somebody, has a text, and can name its proof. Who acts in an event is its ``organizer``, who is
acted upon is ``involved``, so that the direction is kept. What has no property stands in ``notes``, each as
"name: value".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sayso.export.codes import DATA, country_codes
from sayso.export.dates import days, moment
from sayso.export.occurrences import OF_AN_EVENT
from sayso.export.plover import url_of
from sayso.export.selection import Row, Story
from sayso.export.utterances import OF_A_STATEMENT
from sayso.knowledge.country_names import country_name
from sayso.knowledge.files import load_mapping
from sayso.rendering.wording import CERTAINTY

_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_LONGEST_ID = 190
_PREFIX = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(slots=True)
class Entity:
    """One entity; ``originals`` has the value in the ledger of those that were converted."""

    id: str
    schema: str
    properties: dict[str, list[str]]
    originals: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what stands in a line of JSON."""
        return {"id": self.id, "schema": self.schema, "properties": self.properties}


def actor(row: Row) -> Entity:
    """Return the entity of an actor, as one document has it."""
    schema = _schema(row)
    code = country_codes(row["country"]).iso2
    entity = Entity(
        actor_id(row["actor"]),
        schema,
        _filled(
            name=[row["name"]],
            country=[code.lower() if code else None],
            position=[row["office"] if schema == "Person" else None],
            sector=[row["sector"]],
        ),
    )
    if code:
        entity.originals[code.lower()] = row["country"]
    return entity


def _schema(row: Row) -> str:
    if row["kind"] == "person":
        return "Person"
    if row["kind"] == "country" or (row["kind"] == "organization" and row["sector"] in _STATE):
        return "PublicBody"
    return "Organization" if row["kind"] == "organization" else "LegalEntity"


def article(document: Row) -> Entity:
    """Return the entity of a document."""
    coded = moment(document["coded"])
    language = _languages().get(document["language"] or "")
    entity = Entity(
        article_id(document["document"]),
        "Article",
        _filled(
            title=[document["title"]],
            author=document["authors"] or [],
            publisher=[document["publisher"]],
            publishedAt=[_date(document["published"])],
            language=[language],
            sourceUrl=[url_of(document)],
            processingAgent=[f"sayso {document['sayso']}"],
            processedAt=[_written(coded)],
            processingError=[document["error"]],
            notes=_notes(
                ref=document["ref"],
                text_hash=document["text_hash"],
                copies=document.get("copies") or None,
                copy_of=document.get("copy_of"),
            ),
        ),
    )
    if language:
        entity.originals[language] = document["language"]
    return entity


def event(row: Row, document: Row) -> Entity:
    """Return the entity of one report of an event."""
    code = country_codes(row["place_country"]).iso2
    kind = f"{row['type']}/{row['mode']}" if row["mode"] else row["type"]
    place = dict.fromkeys((row["place_name"], row["place_admin1"], country_name(row["place_country"])))
    entity = Entity(
        _item_id(row["document"], row["event"]),
        "Event",
        _filled(
            name=[_title(row, kind)],
            date=[_date(row["date"])],
            location=[", ".join(part for part in place if part) or None],
            country=[code.lower() if code else None],
            organizer=[actor_id(id_) for id_ in row["actors"]],
            involved=[actor_id(id_) for id_ in row["recipients"]],
            summary=[_summary(row)],
            keywords=[row["type"], kind, *row["contexts"], *row["categories"]],
            recordId=[f"{row['document']}#{row['event']}"],
            sourceUrl=[url_of(document)],
            publisher=[row["publisher"]],
            proof=[article_id(row["document"])],
            notes=_notes(
                voucher=row["voucher"],
                factuality=row["factuality"],
                tense=row["tense"],
                hypothetical=str(row["hypothetical"]).lower(),
                confidence=row["confidence"],
                quantities="; ".join(quantity(one) for one in row["quantities"]) or None,
                statement=_item_id(row["document"], row["statement"]) if row["statement"] else None,
                span=f"{row['start']}-{row['end']}",
                **{column.name: row.get(column.name) for column in OF_AN_EVENT},
            ),
        ),
    )
    if code:
        entity.originals[code.lower()] = row["place_country"]
    return entity


def note(row: Row, document: Row) -> Entity:
    """Return the entity of a statement."""
    said = " ".join(part for part in (row["source"], row["cue"]) if part)
    return Entity(
        _item_id(row["document"], row["statement"]),
        "Note",
        _filled(
            entity=[actor_id(row["speaker"]) if row["speaker"] else None],
            description=[row["content"]],
            summary=[said],
            keywords=[row["act"], row["kind"]],
            createdAt=[_date(row["published"])],
            sourceUrl=[url_of(document)],
            publisher=[row["publisher"]],
            proof=[article_id(row["document"])],
            notes=_notes(
                act=row["act"],
                kind=row["kind"],
                addressee=actor_id(row["addressee"]) if row["addressee"] else None,
                parent=_item_id(row["document"], row["parent"]) if row["parent"] else None,
                confidence=row["confidence"],
                span=f"{row['start']}-{row['end']}",
                **{column.name: row.get(column.name) for column in OF_A_STATEMENT},
            ),
        ),
    )


def items(story: Story) -> Iterator[Entity]:
    """Yield the entities of a document but for its actors, which other documents share."""
    yield article(story.document)
    yield from (event(row, story.document) for row in story.items["events"])
    yield from (note(row, story.document) for row in story.items["statements"])


def actor_id(id_: str) -> str:
    """Return the id of an actor's entity; one that is too long for the libraries is cut, and stays unique."""
    name = id_.removeprefix("actor:")
    if len(name) > _LONGEST_ID:
        name = f"{name[:100]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    return f"sayso-actor-{name}"


def article_id(document: str) -> str:
    """Return the id of a document's entity: 160 bits of its hash are enough, and ids stand in every statement."""
    return f"sayso-{document.removeprefix('sha256:')[:40]}"


def _item_id(document: str, item: str) -> str:
    return f"{article_id(document)}-{item}"


def quantity(one: Row) -> str:
    """Return a number of an event in words: "killed 10 to 20 (“between ten and twenty”)"."""
    low, high = ("?" if bound is None else f"{bound:.15g}" for bound in (one["low"], one["high"]))
    words = f" (“{one['words']}”)" if "words" in one else ""
    return f"{one['kind']} {low if low == high else f'{low} to {high}'}{words}"


def _title(row: Row, kind: str) -> str:
    acting = ", ".join(row["actor_names"]) or row["actor_words"]
    acted_upon = ", ".join(row["recipient_names"]) or row["recipient_words"]
    return f"{kind}: {acting or '?'}" + (f" → {acted_upon}" if acted_upon else "")


def _summary(row: Row) -> str:
    words = " … ".join(part for part in (row["actor_words"], row["anchor"], row["recipient_words"]) if part)
    certainty = CERTAINTY.get(row["factuality"], row["factuality"])
    word = f", on the word of {row['voucher_name']}" if row["voucher_name"] else ""
    return f"“{words}”: {certainty}{word}"


def _notes(**said: Any) -> list[str]:
    return [f"{name}: {value}" for name, value in said.items() if value is not None]


def _filled(**properties: Iterable[Any]) -> dict[str, list[str]]:
    """Return properties without empty and repeated values, and without those that have none."""
    kept = {
        name: list(dict.fromkeys(str(v) for v in values if v not in (None, ""))) for name, values in properties.items()
    }
    return {name: values for name, values in kept.items() if values}


def _date(value: str | None) -> str | None:
    """Return an ISO prefix as FollowTheMoney has dates: times of the clock in UTC, without saying so."""
    if value is None or _PREFIX.fullmatch(value):
        return value
    exact = moment(value) if "T" in value else None
    day = days(value, None)
    return _written(exact) or (day.first.isoformat() if day else None)


def _written(value: datetime | None) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%S") if value else None


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = load_mapping(DATA / "languages.yaml")["languages"]
    return found
