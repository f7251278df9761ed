from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso.reading.reader import Reader, shared_reader
from sayso.records import Document, Record, text_hash

SENTENCES = (
    "Foreign Minister Sergei Lavrov said on Tuesday that Russia had rejected Ukraine's demand.",
    "“At least 12 people were killed by Russian shelling in Kharkiv,” the mayor told reporters.",
    "French President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin last week.",
    "Kenyan police arrested dozens of protesters in Nairobi, the Interior Ministry said.",
    "Turkey denied that its troops had crossed the border into Syria in 2019.",
)
SEPARATORS = (
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\r\n\r\n",
    " \U0001f30d ",
    " e\u0301te\u0301. ",
    "\u200b",
    " \u2028",
    "\t",
    "\u00a0",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return shared_reader()


def one(reader: Reader, text: str, **more: str) -> Record:
    return next(reader.read([Document(text=text, **more)]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(SEPARATORS)), min_size=1, max_size=6),
    st.sampled_from(["", "\ufeff", "\U0001f4f0 ", "\r\n", "a\u0308 "]),
)
def test_every_span_lies_in_the_text_and_every_id_resolves(
    reader: Reader, parts: list[tuple[str, str]], prefix: str
) -> None:
    text = prefix + "".join(sentence + separator for sentence, separator in parts)
    record = one(reader, text, published="2024-10-25", publisher="Sample Wire")
    assert record.error is None
    assert record.text == text
    # The Record refuses spans outside the text and ids that lead nowhere: coming back from JSON checks it again.
    assert Record.model_validate_json(record.model_dump_json()) == record
    assert all(text[start:end].strip() == text[start:end] for s in record.statements for start, end in s.cue)
    assert all(record.text[a:b].strip() for a, b in record.spans())


@pytest.mark.parametrize("prefix", ["", "\ufeff", "\U0001f4f0\U0001f4f0\n", "E\u0301. ", "Headline\r\n\r\n"])
def test_offsets_are_code_points(reader: Reader, prefix: str) -> None:
    record = one(reader, prefix + SENTENCES[1], published="2024-10-25")
    assert [record.quote(s.content) for s in record.statements] == [
        "“At least 12 people were killed by Russian shelling in Kharkiv,”"
    ]
    assert [record.text[slice(*e.anchor)] for e in record.events][:1] == ["killed"]
    assert "Kharkiv" in [record.text[slice(*m)] for p in record.places for m in p.mentions]


def test_an_account_holds_together(reader: Reader) -> None:
    record = one(reader, SENTENCES[0], published="2024-10-23", publisher="Sample Wire")
    (statement,) = record.statements
    assert statement.speaker == "actor:sergei-lavrov"
    event = next(e for e in record.events if e.type == "REJECT")
    assert (event.actors, event.recipients) == (["actor:russia"], ["actor:ukraine"])
    assert (event.statement, event.voucher) == (statement.id, statement.speaker)
    assert event.factuality == "CT+"


def test_a_denied_event_did_not_happen_on_the_word_of_who_denies_it(reader: Reader) -> None:
    record = one(reader, "Kyiv denied that Russian forces had shelled Kharkiv.", publisher="Sample Wire")
    (event,) = record.events
    assert (event.type, event.factuality, event.voucher) == ("ASSAULT", "CT-", "actor:ukraine")
    assert event.recipients == ["actor:ukraine"]


def test_the_publisher_vouches_for_what_it_says_in_its_own_voice(reader: Reader) -> None:
    record = one(reader, SENTENCES[2], published="2024-10-25", publisher="Sample Wire")
    assert [(e.type, e.voucher, e.statement) for e in record.events] == [("CONSULT", "Sample Wire", None)]


def test_what_is_not_the_article_yields_no_items(reader: Reader) -> None:
    tail = "\n\nSource: Sample Wire\n\nJane Doe is a reporter in Nairobi who has covered Kenyan politics for ten years."
    record = one(reader, SENTENCES[3] + tail)
    end = len(SENTENCES[3])
    assert [(line.name, line.relation) for line in record.lineage] == [("Sample Wire", "source")]
    assert all(span[1] <= end for event in record.events for span in [event.anchor, *event.actor_spans])
    assert all(mention[1] <= end for place in record.places for mention in place.mentions)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (Document(text=""), "empty"),
        (Document(text=" \n\t "), "empty"),
        (
            Document(text="Der Minister sagte am Dienstag, die Regierung werde das Abkommen nicht unterzeichnen. " * 3),
            "de",
        ),
        (Document(text="x" * 200_000), "without a space"),
        (Document(text="word " * 300_000), "more than the limit of 1,000,000"),
        (Document(text="Kyiv agreed.", published="last week"), "not an ISO 8601 date"),
        (Document(text="Kyiv agreed.", published=date(2024, 1, 1)), "not an ISO 8601 date"),  # type: ignore[arg-type]
        (Document(text=None), "no text but NoneType"),  # type: ignore[arg-type]
        (Document(text="Kyiv agreed \ud800 to talks."), "lone surrogates"),
        (Document(text="", error="a.pdf is a PDF"), "a.pdf is a PDF"),
    ],
)
def test_what_cannot_be_read_gives_an_error_and_the_rest_goes_on(
    reader: Reader, document: Document, problem: str
) -> None:
    failed, read = reader.read([document, Document(text=SENTENCES[4])])
    assert problem in (failed.error or "")
    assert [failed.statements, failed.events, failed.actors, failed.places, failed.body] == [[], [], [], [], []]
    assert read.error is None
    assert read.events


def test_a_text_that_is_too_long_is_not_carried_along(reader: Reader) -> None:
    record = one(reader, "word " * 300_000)
    assert record.text == ""
    assert record.text_hash == text_hash("word " * 300_000)


def test_a_document_that_takes_too_long_costs_only_itself() -> None:
    reader = Reader(time_limit=0.2)
    long = " ".join(SENTENCES) * 1500
    slow, read = reader.read([Document(text=long), Document(text=SENTENCES[4])])
    assert "longer than 0.2 seconds" in (slow.error or "")
    assert read.error is None


def test_records_come_in_order_and_one_for_each(reader: Reader) -> None:
    documents = [Document(text=SENTENCES[i % 5], ref=str(i)) for i in range(40)]
    records = list(reader.read(iter(documents)))
    assert [record.ref for record in records] == [document.ref for document in documents]


def test_reading_is_a_stream(reader: Reader) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Document(text=SENTENCES[0] * 50)

    next(reader.read(endless()))  # type: ignore[arg-type]
    assert taken < 40


def test_the_same_text_gives_the_same_account(reader: Reader) -> None:
    text = "\n".join(SENTENCES)
    alone = one(reader, text, published="2024-10-25")
    together, _ = reader.read([Document(text=text, published="2024-10-25"), Document(text=SENTENCES[0])])
    assert alone == together


def test_reasons_cover_every_item(reader: Reader) -> None:
    explanation = reader.explain(Document(text="\n".join(SENTENCES), published="2024-10-25"))
    record = explanation.record
    items = {r.item for r in explanation.reasons}
    assert {s.id for s in record.statements} | {e.id for e in record.events} | {t.id for t in record.times} <= items
    assert {a.id for a in record.actors} | {p.id or p.name for p in record.places} <= items
    assert all(reason.rule for reason in explanation.reasons)


def test_the_public_names_are_there() -> None:
    assert set(sayso.__all__) == set(sayso._HOMES) | {"__version__", "code"}
    assert all(getattr(sayso, name) for name in sayso.__all__)
    assert sayso.code(SENTENCES[4]).events


def test_a_pipeline_takes_tokens_that_were_made_elsewhere() -> None:
    from spacy.tokens import Doc

    nlp = sayso.pipeline()
    doc = nlp(Doc(nlp.vocab, words=["The", "army", "denied", "that", "it", "had", "shelled", "the", "village", "."]))
    assert doc[6]._.factuality.value == "CT-"
    assert doc[0]._.factuality is None


@pytest.mark.parametrize("kept", [0, 10**9], ids=["every word is freed", "every word is kept"])
def test_what_is_remembered_of_words_does_not_change_accounts(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    texts = ["Kestrel Brandt denied that Borduria had attacked Zubrowka.", "Zubrowka said Borduria had attacked it."]
    documents = [Document(text=text, published="2024-10-25") for text in texts * 2]
    accounts = list(reader.read(documents))

    monkeypatch.setattr("sayso.reading.reader.WORDS_KEPT", kept)

    assert list(reader.read(documents)) == accounts
