"""A small account to judge, and judgements of its items."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sayso.records import (
    Actor,
    CodedWith,
    Document,
    Event,
    EventMention,
    Place,
    Record,
    Statement,
    Time,
    document_id,
    text_hash,
)
from sayso.reviews import Judgement, judge

TEXT = "Anna Berg said on Monday, citing Bert Holm, that rebels shelled Port Ada and looted it. The visit was short."


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    """Return where words first stand in the text."""
    start = text.index(words)
    return start, start + len(words)


def actor(name: str, **given: Any) -> Actor:
    """Return an actor whose mention is the name, if that stands in the text."""
    mentions = [span(name)] if name in TEXT else []
    id_ = "actor:" + name.lower().replace(" ", "-")
    return Actor(**{"id": id_, "name": name, "kind": "person", "mentions": mentions, "confidence": 0.9} | given)


def statement(id_: str = "s1", **given: Any) -> Statement:
    """Return what Anna Berg says."""
    content = (span("rebels")[0], span("looted it")[1])
    told = {"source": [span("Anna Berg")], "cue": [span("said")], "content": [content], "speaker": "actor:anna-berg"}
    return Statement(**{"id": id_, "kind": "indirect", "act": "say", "confidence": 0.8} | told | given)


def event(id_: str = "e1", words: str = "shelled", **given: Any) -> Event:
    """Return an event of the rebels, told by what Bert Holm says within what Anna Berg says."""
    coded = {"type": "ASSAULT", "mode": "heavy-weapons", "quad": 4, "cameo": "19", "intensity": -9.0}
    roles = {"actors": ["actor:rebels"], "actor_spans": [span("rebels")], "place": "geonames:1", "time": "t1"}
    told = {"date": "2024-10-21", "factuality": "CT+", "tense": "past", "hypothetical": False}
    word = {"statement": "s2", "voucher": "actor:bert-holm", "confidence": 0.6}
    return Event(**{"id": id_, "anchor": span(words)} | coded | roles | told | word | given)


def account(text: str = TEXT, **given: Any) -> Record:
    """Return an account of two statements, one within the other, and two events, with some fields changed."""
    inner = {"source": [span("Bert Holm")], "cue": [span("citing")], "speaker": "actor:bert-holm", "parent": "s1"}
    mention = EventMention(
        id="m1", anchor=span("looted"), lemma="loot", factuality="CT+", tense="past", hypothetical=False,
        statement="s2", voucher="actor:bert-holm",
    )  # fmt: skip
    port = Place(id="geonames:1", name="Port Ada", lat=1.0, lon=2.0, mentions=[span("Port Ada")], confidence=0.8)
    fields: dict[str, Any] = {
        "id": document_id(Document(text=text)),
        "text_hash": text_hash(text),
        "text": text,
        "publisher": "The Herald",
        "published": "2024-10-22",
        "actors": [actor("Anna Berg"), actor("Bert Holm"), actor("rebels", kind="group")],
        "places": [port],
        "times": [Time(id="t1", span=span("Monday"), type="DATE", value="2024-10-21")],
        "statements": [statement(), statement("s2", content=[span("rebels shelled Port Ada")], **inner)],
        "events": [event(), event("e2", "looted", mode="destroy")],
        "event_mentions": [mention],
        "coded_with": CodedWith(sayso="1", pipeline="fast", knowledge="k1", ontology="PLOVER"),
    }
    return Record(**fields | given)


def said(item: str = "e1", verdict: str = "right", by: str = "Ana", *, of: Record | None = None, **given: Any) -> Any:
    """Return a judgement of an item of the account; ``fixes`` make it one that fixes."""
    verdict = "fixed" if "fixes" in given else verdict
    given.setdefault("at", datetime(2026, 5, 1, 12, tzinfo=UTC))
    judgement = judge(of or account(), item, verdict, by, **given)  # type: ignore[arg-type]
    assert isinstance(judgement, Judgement)
    return judgement


def valid(record: Record) -> Record:
    """Return a Record that was checked anew: its spans lie within the text, its ids refer to something."""
    return Record.model_validate(record.model_dump())
