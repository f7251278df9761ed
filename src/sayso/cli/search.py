"""``sayso search``: documents of a ledger by their words and by what was found in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import filters, parameters
from sayso.cli.messages import Messages, explained
from sayso.cli.output import Listing, Sink, screen
from sayso.rendering.wording import counted

if TYPE_CHECKING:
    from sayso.ledger.search import Found, Hit

Row = dict[str, Any]


@filters.takes(*filters.OF_STATEMENTS, *filters.OF_EVENTS, *filters.OF_ALL)
def search(
    path: parameters.LedgerPath,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            help='Words that the document holds, in any form: grain deal, "grain deal" as a phrase, grain OR wheat, '
            "ukrain* for what begins so, and after -- also -deal for what is not to be there.",
            show_default=False,
        ),
    ] = None,
    *,
    given: filters.Given,
    copies: filters.Copies = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Show so many documents.")] = 10,
    offset: Annotated[int, typer.Option(metavar="N", min=0, help="Pass over so many before.")] = 0,
    format_: Annotated[Listing | None, typer.Option("--format", help="table or jsonl.", show_default=False)] = None,
    as_of: parameters.AsOf = None,
) -> None:
    """Find documents by words, speaker, actor, recipient, type, place and date, with the items that fit.

    A filter that is given several times takes any of its values. Filters on
    speakers ask for statements, those on actors, types and places for events:
    one item must fit them all. The first search of new documents indexes them.

    [bold]Examples[/bold]

    sayso search grain deal --ledger news

    sayso search --actor RUS --type ASSAULT --since 2024-10 --ledger news

    sayso search sanctions --speaker "Vladimir Putin" --ledger news --format jsonl
    """
    from sayso.ledger import Ledger
    from sayso.ledger.search import search as found_in

    layout = format_ or (Listing.table if sys.stdout.isatty() else Listing.jsonl)
    messages = Messages()
    with explained():
        opened = Ledger(path, as_of=as_of)
        found = found_in(opened, " ".join(words or ()), limit=limit, offset=offset, copies=copies, **given)
    Sink(None).write(_json(found) if layout is Listing.jsonl else screen().encodable(_text(found)))
    messages.note(f"{counted(found.total, 'document')} found" + _range(found, offset))


def _range(found: Found, offset: int) -> str:
    if len(found.hits) == found.total:
        return ""
    return f", {offset + 1:,} to {offset + len(found.hits):,} shown" if found.hits else ", none shown"


def _json(found: Found) -> str:
    return "".join(json.dumps(_as_object(hit), ensure_ascii=False, default=str) + "\n" for hit in found.hits)


def _as_object(hit: Hit) -> Row:
    document = {name: value for name, value in hit.document.items() if name != "text"}
    return document | {
        "score": hit.score,
        "snippet": hit.snippet,
        "statements": hit.statements,
        "events": hit.events,
    }


def _text(found: Found) -> str:
    from sayso.rendering.neutral import neutral

    return "".join(f"{neutral(line)}\n" for hit in found.hits for line in (*_lines(hit), ""))


def _lines(hit: Hit) -> Iterator[str]:
    document = hit.document
    yield " · ".join(_flat(part) for part in (document["title"] or document["origin"] or "untitled",) if part)
    told = (
        document["publisher"],
        document["published"] or "undated",
        _copies(document),
        document["document"][:23] + "…",
    )
    yield "  " + " · ".join(_flat(part) for part in told if part)
    if hit.snippet:
        yield f"  {_flat(hit.snippet)}"
    for statement in hit.statements:
        who = statement["speaker_name"] or statement["source"] or "somebody"
        yield f"  {statement['statement']}  {_flat(who)} · {statement['act']}: {_flat(statement['content'])}"
    for event in hit.events:
        yield f"  {_event(event)}"


def _copies(document: Row) -> str:
    if document["copy_of"]:
        return f"copy of {_short(document['copy_of'])}"
    return f"+ {counted(document['copies'], 'copy', 'copies')}" if document["copies"] else ""


def _short(document: str) -> str:
    """Return the beginning of an id, which names a document as well as the whole does."""
    return document[: len("sha256:") + 12]


def _event(event: Row) -> str:
    kind = f"{event['type']}/{event['mode']}" if event["mode"] else event["type"]
    actors = ", ".join(map(_flat, event["actor_names"])) or _flat(event["actor_words"]) or "?"
    recipients = ", ".join(map(_flat, event["recipient_names"])) or _flat(event["recipient_words"]) or "?"
    told = [event["date"], event["place_name"], event["factuality"], _word_of(event["voucher_name"])]
    return f"{event['event']}  {actors} → {kind} → {recipients} ({', '.join(_flat(t) for t in told if t)})"


def _word_of(voucher: str | None) -> str:
    return f"on the word of {voucher}" if voucher else "voucher unknown"


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())
