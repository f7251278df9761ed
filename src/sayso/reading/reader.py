"""The reader: Documents in, Records out, one for one and in order, whatever the documents hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from sayso.batches import batches
from sayso.collection import lasting, uncollected
from sayso.intake.language import detect
from sayso.intake.lineage import Layout, examine
from sayso.knowledge.ontology import load as load_ontology
from sayso.reading.annotations import Rejection
from sayso.reading.assembly import Items, Reason, assemble
from sayso.reading.attribution_network import folder_of
from sayso.reading.deadline import DeadlineError, deadline
from sayso.reading.pipeline import pipeline
from sayso.reading.provenance import coded_with
from sayso.reading.threads import one_thread
from sayso.records import Document, Record, document_id, iso_date, text_hash

BATCH_CHARACTERS = 60_000
"""Documents are parsed together up to this much text: parsing many small ones at once is faster."""

WORDS_KEPT = 50_000
"""The words met first are kept, which are the common ones; once there are so many, each batch's new ones are freed."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNBROKEN = re.compile(r"\S{5000}")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A Record, why each of its items was coded, and what was not coded and why."""

    record: Record
    reasons: list[Reason]
    rejections: list[Rejection]


@dataclass(slots=True)
class _Task:
    """A Document on its way: its layout once it is known, or the reason why it cannot be read."""

    document: Document
    layout: Layout | None = None
    language: str | None = None
    problem: str | None = None


class Reader:
    """Reads documents in this process.

    ``reader`` is ``fast``, or ``accurate`` for more and better attributions in several times the time (it needs the
    extra ``sayso[accurate]``). ``knowledge`` is a directory that extends what Sayso knows, ``ontologies`` are files
    with categories of events of the user's own; ``time_limit`` is in seconds of clock time for one document,
    ``max_characters`` its greatest length in code points. What exceeds either, or cannot be read, becomes a Record with
    ``error`` and no items: a document never fails the batch. The text of one that
    is too long is left out of its Record too.
    """

    def __init__(
        self,
        reader: str = "fast",
        knowledge: str | None = None,
        time_limit: float = 60.0,
        max_characters: int = 1_000_000,
        ontologies: Sequence[str] = (),
    ) -> None:
        folder_of(reader)  # before anything is loaded
        with lasting(), one_thread():
            self.nlp: Language = pipeline(knowledge, reader=reader, ontologies=ontologies)
            self.ontology = load_ontology(knowledge)
        self.nlp.max_length = max_characters
        self.time_limit = time_limit
        self._knowledge = knowledge
        self.max_characters = max_characters
        self._coded_with = coded_with(reader, knowledge, list(map(str, ontologies)))

    def read(self, documents: Iterable[Document]) -> Iterator[Record]:
        """Yield the Record of each Document, in order, taking in no more than one batch ahead."""
        tasks = (self._task(document) for document in documents)
        for batch in batches(tasks, BATCH_CHARACTERS, lambda task: len(task.document.text)):
            yield from self._read_batch(batch)

    def explain(self, document: Document) -> Explanation:
        """Return the Record of a Document with the reasons for its items and for what was left out."""
        task = self._task(document)
        items = None if task.problem else self._read_one(task)
        record = self._record(task, items)
        return Explanation(record, items.reasons if items else [], items.rejections if items else [])

    def _task(self, document: Document) -> _Task:
        document = _legible(document)
        task = _Task(document, problem=document.error or _undated(document) or self._unreadable(document.text))
        if task.problem:
            return task
        task.language = document.language or detect(document.text, self._knowledge)
        if task.language and not task.language.lower().startswith("en"):
            task.problem = (
                f"the text is in another language than English ({task.language}); "
                "translate it first; if that is wrong, give a table with a column language, or Document(language='en')"
            )
            return task
        task.layout = examine(document.text, self._knowledge)
        return task

    def _unreadable(self, text: str) -> str | None:
        if not text.strip():
            return "the text is empty"
        if len(text) > self.max_characters:
            return (
                f"the text has {len(text):,} characters, more than the limit of {self.max_characters:,}; "
                "split it into articles or raise --max-characters"
            )
        if _UNBROKEN.search(text):
            return "the text holds 5,000 characters without a space: it is data rather than an article"
        return None

    def _read_batch(self, tasks: list[_Task]) -> Iterator[Record]:
        readable = [task for task in tasks if not task.problem]
        together = self._read_together(readable) if len(readable) > 1 else None
        found = iter(together if together is not None else map(self._read_one, readable))
        for task in tasks:
            yield self._record(task, None if task.problem else next(found))

    def _read_together(self, tasks: list[_Task]) -> list[Items] | None:
        """Read a batch at once, or return None where something in it fails: it is then read one by one."""
        try:
            with deadline(self.time_limit), self._at_full_speed():
                return [
                    assemble(doc, self.ontology) for doc in self.nlp.pipe(map(self._doc, tasks), batch_size=len(tasks))
                ]
        except (DeadlineError, Exception):  # noqa: BLE001 - whose fault it was is found by reading one by one
            return None

    def _read_one(self, task: _Task) -> Items | None:
        """Read one document; on failure set the task's problem and return None."""
        try:
            with deadline(self.time_limit), self._at_full_speed():
                return assemble(self.nlp(self._doc(task)), self.ontology)
        except DeadlineError:
            task.problem = f"reading took longer than {self.time_limit:g} seconds; raise --time-limit or split the text"
        except Exception as error:  # noqa: BLE001 - a document never fails the batch
            task.problem = f"reading failed ({type(error).__name__}: {error}); please report it with the text"
        return None

    @contextmanager
    def _at_full_speed(self) -> Iterator[None]:
        """Read with one thread, no collector of garbage, and rare words in a zone that is freed afterwards."""
        rare = self.nlp.memory_zone() if len(self.nlp.vocab) > WORDS_KEPT else nullcontext()
        with uncollected(), one_thread(), rare:
            yield

    def _doc(self, task: _Task) -> Doc:
        doc = self.nlp.make_doc(task.document.text)
        doc._.published, doc._.publisher = _day(task.document), task.document.publisher
        doc._.body = task.layout.body if task.layout else []
        return doc

    def _record(self, task: _Task, items: Items | None) -> Record:
        document, layout = task.document, task.layout
        account: dict[str, Any] = {}
        if items is not None and layout is not None:
            account = {
                "body": layout.body,
                "lineage": layout.lineage,
                "actors": items.actors,
                "places": items.places,
                "times": items.times,
                "statements": items.statements,
                "events": items.events,
                "event_mentions": items.event_mentions,
            }
        return Record(
            id=document_id(document),
            text_hash=text_hash(document.text),
            ref=document.ref,
            origin=document.origin,
            title=document.title or (layout.title if layout else None),
            publisher=document.publisher,
            authors=document.authors or (layout.authors if layout else []),
            published=None if _undated(document) else document.published,
            published_from=document.published_from if document.published and not _undated(document) else None,
            language=task.language,
            text=document.text if len(document.text) <= self.max_characters else "",
            coded_with=self._coded_with,
            error=task.problem,
            **account,
        )


@cache
def shared_reader(knowledge: str | None = None) -> Reader:
    """Return the process's own fast reader, loaded on first use."""
    return Reader(knowledge=knowledge)


def _legible(document: Document) -> Document:
    """Return a Document as it is, or without its text and with an error where that is no Unicode text."""
    if not isinstance(document.text, str):
        return replace(document, text="", error=f"the text is no text but {type(document.text).__name__}")
    if _SURROGATE.search(document.text):
        problem = "the text holds halves of characters (lone surrogates): decode it with the right encoding"
        return replace(document, text="", error=problem)
    return document


def _undated(document: Document) -> str | None:
    """Say what is wrong with the date of publication, if anything is."""
    try:
        iso_date(document.published or "2000-01-01")
    except (TypeError, ValueError):
        return f"the date of publication {document.published!r} is not an ISO 8601 date such as 2024-10-25"
    return None


def _day(document: Document) -> str | None:
    """Return the day of publication, time of day included, that "yesterday" counts from; a year or month is none."""
    published = document.published
    return published if published and len(published) >= len("2024-10-25") else None
