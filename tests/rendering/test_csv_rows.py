from __future__ import annotations

import csv
import io

from sample_record import make_event, make_record

from sayso.records import Record
from sayso.rendering import table


def read(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.header() + table.render(record))))


def test_a_row_for_each_statement_and_event(record: Record) -> None:
    rows = read(record)
    assert [(row["kind"], row["item"]) for row in rows] == [
        ("statement", "s1"),
        ("statement", "s2"),
        ("statement", "s3"),
        ("event", "e1"),
        ("event", "e2"),
    ]
    assert list(rows[0]) == list(table.COLUMNS)


def test_a_row_says_everything(record: Record) -> None:
    event = read(record)[3]
    expected = {
        "origin": "brod.txt",
        "published": "2024-10-25",
        "evidence": "killed",
        "type": "ASSAULT",
        "intensity": "-9.0",
        "actor_names": "Sylvania",
        "recipient_names": "20 to 25 soldiers",
        "place_name": "Brod",
        "lat": "1.5",
        "factuality": "CT+",
        "hypothetical": "false",
        "quantities": "20 to 25 killed",
        "voucher": "actor:anna-kovar",
        "confidence": "0.6",
        "speaker": "",
    }
    assert {column: event[column] for column in expected} == expected


def test_evidence_stands_where_the_row_says(record: Record) -> None:
    for row in read(record):
        passage = record.text[int(row["start"]) : int(row["end"])]
        assert passage.startswith(row["evidence"][:10])


def test_a_failed_document_has_a_row() -> None:
    [row] = read(make_record("", error="the text is empty"))
    assert (row["kind"], row["error"]) == ("error", "the text is empty")


def test_a_document_without_items_has_none() -> None:
    assert read(make_record("All is well.")) == []


def test_no_cell_runs_in_a_spreadsheet_and_no_row_breaks() -> None:
    text = '=HYPERLINK("http://x")\r\n"quoted", and @more'
    record = make_record(text, title=text, origin="+1", publisher="-1", events=[make_event((0, len(text)))])
    lines = table.render(record).splitlines()
    assert len(lines) == 1
    [row] = read(record)
    assert row["evidence"] == '\'=HYPERLINK("http://x") "quoted", and @more'
    assert row["origin"] == "'+1"
    assert row["publisher"] == "'-1"
    assert row["intensity"] == "-9.0"
