"""The reader: an article as it was written, with what it says, and what it reports, in the margin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pyarrow as pa
from fastapi import HTTPException, Query, Request

from sayso.explorer.asked import Paged
from sayso.explorer.desk import Because, Desk
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.margin import article
from sayso.explorer.pages.reviews import review_choices
from sayso.explorer.sheets import Pages, Sheet, table_of
from sayso.explorer.shelf import Row
from sayso.records import Document, Record
from sayso.rendering.account import left_out
from sayso.rendering.evidence import Passage, opening_of, sentence_around
from sayso.reviews import reviewed, standings
from sayso.reviews.judgement import coding_of

pages = Pages(tags=["documents"])

_ITEMS = pa.schema(
    [
        ("item", pa.string()), ("kind", pa.string()), ("start", pa.int64()), ("end", pa.int64()),
        ("words", pa.string()), ("speaker", pa.string()), ("act", pa.string()), ("type", pa.string()),
        ("mode", pa.string()),
        ("actors", pa.list_(pa.string())), ("recipients", pa.list_(pa.string())), ("place", pa.string()),
        ("date", pa.string()), ("factuality", pa.string()), ("within", pa.string()), ("voucher", pa.string()),
        ("confidence", pa.float64()), ("occurrence", pa.string()), ("utterance", pa.string()),
    ]
)  # fmt: skip
_REASONS = pa.schema(
    [("item", pa.string()), ("kind", pa.string()), ("rule", pa.string()), ("reason", pa.string()),
     ("start", pa.int64()), ("end", pa.int64()), ("words", pa.string())]
)  # fmt: skip
_MOST_COPIES = 50
_SHORTEST = 6
"""Characters of an id that may stand for the whole."""
_MOST_OTHERS = 8


@pages.page("/documents/{document}/why")
def why(request: Request, document: str, holdings: Reading) -> Sheet:
    """Why each item of a document was coded, by which rule or model; what was not coded, and why."""
    record = _record(holdings, document)
    desk: Desk = request.app.state.desk
    read = holdings.cached(("why", record.id), lambda: desk.read(_document(record)))
    text = read.record.text
    told = {
        "record": record,
        "reasons": [
            (reason, _around(text, reason)) for reason in read.reasons if reason.kind in ("statement", "event")
        ],
        "others": [(reason, _around(text, reason)) for reason in read.reasons if reason.kind in ("quantity", "time")],
        "rejections": [(rejection, _around(text, rejection)) for rejection in read.rejections],
        "outside": [opening_of(text, span) for span in left_out(read.record)],
        "differs": read.record.coded_with != record.coded_with,
    }
    rows = [_because(text, reason) for reason in (*read.reasons, *read.rejections)]
    return Sheet("why.html", told, table_of(rows, _REASONS), len(rows))


class Asked(Paged):
    """Whether items are shown as they were coded, as reviewers left them, or as coded with what reviewers say."""

    show: Literal["both", "coded", "reviewed"] = "both"


@pages.page("/documents/{document}")
def document(request: Request, document: str, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """An article as it was written, its statements and events tied to its words."""
    coded = _record(holdings, document)
    judgements = holdings.docket.judgements(coded.id)
    record = reviewed(coded, judgements) if asked.show == "reviewed" else coded
    occurrences, utterances = _occurrences(holdings, record.id), _utterances(holdings, record.id)
    told = {
        **article(record, {**occurrences, **utterances}),
        "copies": _copies(holdings, record.id),
        "original": _original(holdings, record),
        "others": _others(holdings, record.id, list({row["occurrence"] for row in occurrences.values()})),
        "standings": standings(coded, judgements) if asked.show != "coded" else None,
        "judged": len(judgements),
        "show": asked.show,
        "choices": review_choices(),
        "coding_of": coding_of,
    }
    rows = [*_statement_rows(record, utterances), *_event_rows(record, occurrences)]
    rows.sort(key=lambda row: (row["start"] or 0, row["item"]))
    about = {"document": record.model_dump(mode="json")}
    return Sheet("document.html", told, table_of(rows, _ITEMS), len(rows), about=about)


def _record(holdings: Holdings, name: str) -> Record:
    """Return the account of a document by its id, or the beginning of that; 404 where there is none."""
    record = holdings.record(name)
    if record is None:
        beginning = name.rstrip("….")
        beginning = beginning if beginning.startswith("sha256:") else f"sha256:{beginning}"
        if len(beginning) >= len("sha256:") + _SHORTEST:
            found = holdings.select(
                "SELECT document FROM live WHERE starts_with(document, $beginning) LIMIT 2", {"beginning": beginning}
            )
            record = holdings.record(found[0]["document"]) if len(found) == 1 else None
    if record is None:
        raise HTTPException(404)
    return record


def _document(record: Record) -> Document:
    return Document(
        text=record.text,
        published=record.published,
        published_from=record.published_from,
        publisher=record.publisher,
        title=record.title,
        origin=record.origin,
        ref=record.ref,
        authors=record.authors,
        language=record.language,
    )


def _occurrences(holdings: Holdings, document: str) -> dict[str, Row]:
    """Return for each event of a document the occurrence that it is a report of."""
    rows = holdings.select(
        """SELECT r.event, r.position, o.occurrence, o.status, o.independent, o.document_count
        FROM reports AS r JOIN occurrences AS o USING (occurrence) WHERE r.document = $document""",
        {"document": document},
    )
    return {row["event"]: row for row in rows}


def _utterances(holdings: Holdings, document: str) -> dict[str, Row]:
    """Return for each statement of a document the utterance that it is a variant of, and what it leaves out of it."""
    rows = holdings.select(
        """SELECT v.statement, v.omits, u.utterance, u.outlets, u.document_count
        FROM utterance_variants AS v JOIN utterances AS u USING (utterance) WHERE v.document = $document""",
        {"document": document},
    )
    return {row["statement"]: row for row in rows}


def _copies(holdings: Holdings, document: str) -> list[Row]:
    return holdings.select(
        f"""SELECT document, title, publisher, published, copy_similarity, copy_reason, copies FROM all_documents
        WHERE copy_of = $document ORDER BY published, document LIMIT {_MOST_COPIES}""",
        {"document": document},
    )


def _original(holdings: Holdings, record: Record) -> Row | None:
    if record.copy_of is None or record.copy_of.id is None:
        return None
    found = holdings.select(
        "SELECT document, title, publisher, published, copies FROM all_documents WHERE document = $document",
        {"document": record.copy_of.id},
    )
    return found[0] if found else None


def _others(holdings: Holdings, document: str, occurrences: list[str]) -> list[Row]:
    """Return other documents that report the same occurrences, those with most in common first."""
    if not occurrences:
        return []
    return holdings.select(
        f"""SELECT r.document, any_value(r.title) AS title, any_value(r.publisher) AS publisher,
            any_value(r.published) AS published, count(DISTINCT r.occurrence) AS shared, 0 AS copies
        FROM reports AS r WHERE r.occurrence IN (SELECT unnest($occurrences))
            AND r.document <> $document AND NOT r.is_copy
        GROUP BY 1 ORDER BY shared DESC, published DESC NULLS LAST, r.document LIMIT {_MOST_OTHERS}""",
        {"occurrences": occurrences, "document": document},
    )


def _statement_rows(record: Record, utterances: Mapping[str, Row]) -> list[Row]:
    return [
        {
            "item": s.id,
            "kind": "statement",
            "start": min(s.content)[0] if s.content else None,
            "end": max(s.content)[1] if s.content else None,
            "words": record.quote(s.content),
            "speaker": s.speaker,
            "act": s.act,
            "within": s.parent,
            "confidence": s.confidence,
            "utterance": utterances.get(s.id, {}).get("utterance"),
        }
        for s in record.statements
    ]


def _event_rows(record: Record, occurrences: Mapping[str, Row]) -> list[Row]:
    return [
        {
            "item": e.id,
            "kind": "event",
            "start": e.anchor[0],
            "end": e.anchor[1],
            "words": record.text[slice(*e.anchor)],
            "type": e.type,
            "mode": e.mode,
            "actors": e.actors,
            "recipients": e.recipients,
            "place": e.place,
            "date": e.date,
            "factuality": e.factuality,
            "within": e.statement,
            "voucher": e.voucher,
            "confidence": e.confidence,
            "occurrence": occurrences.get(e.id, {}).get("occurrence"),
        }
        for e in record.events
    ]


def _around(text: str, because: Because) -> Passage | None:
    spans = [(start, end) for start, end in because.spans]
    return sentence_around(text, spans[0], spans[1:]) if spans else None


def _because(text: str, because: Because) -> dict[str, Any]:
    start, end = because.spans[0] if because.spans else (None, None)
    words = text[start:end] if because.spans else None
    told = {"item": because.item, "kind": because.kind, "rule": because.rule, "reason": because.reason}
    return {**told, "start": start, "end": end, "words": words}
