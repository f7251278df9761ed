from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.intake import table
from sayso.records import Document

TRICKY = 'One\r\nline, "quoted" – tab\t🗳 e\u0301 \u2028 end\n\n'


def read(path: Path, **columns: str) -> list[Document]:
    return list(table.read_table(str(path), columns))


def write_jsonl(path: Path, rows: list[dict[str, Any]], *, ascii_only: bool = False) -> Path:
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows), encoding="utf-8", newline=""
    )
    return path


def write_csv(path: Path, rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize("ascii_only", [True, False])
def test_jsonl_text_comes_through_to_the_character(tmp_path: Path, ascii_only: bool) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": TRICKY, "events": [1, 2]}], ascii_only=ascii_only)
    assert [d.text for d in read(path)] == [TRICKY]


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")])
def test_csv_text_comes_through_to_the_character(tmp_path: Path, name: str, delimiter: str) -> None:
    path = write_csv(tmp_path / name, [["id", "text", "more"], ["7", TRICKY, "x"], ["8", "b", ""]], delimiter)
    assert [(d.ref, d.text, d.error) for d in read(path)] == [("7", TRICKY, None), ("8", "b", None)]


def test_parquet_text_comes_through_to_the_character(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    columns = {"text": [TRICKY, None], "published": [date(2024, 10, 25), None], "id": [7, 8], "blob": [b"x", b"y"]}
    pq.write_table(pa.table(columns), path)
    first, second = read(path)
    assert (first.text, first.published, first.ref) == (TRICKY, "2024-10-25", "7")
    assert "row 2" in (second.error or "")


def test_every_column_has_its_place(tmp_path: Path) -> None:
    row = {
        "text": "The talks ended.",
        "id": 7,
        "published": "25 Oct 2024",
        "title": "Talks\nend",
        "publisher": "Example Times",
        "url": "https://example.org/7",
        "language": "en",
        "date": "1999-01-01",
    }
    (document,) = read(write_jsonl(tmp_path / "a.jsonl", [row]))
    assert document == Document(
        text="The talks ended.",
        ref="7",
        published="2024-10-25",
        published_from="column",
        title="Talks end",
        publisher="Example Times",
        origin="https://example.org/7",
        language="en",
    )


def test_columns_can_be_renamed(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"body": "The talks ended.", "text": 5, "date": "2024-10-25"}])
    (document,) = read(path, text="body", published="date")
    assert (document.text, document.published, document.error) == ("The talks ended.", "2024-10-25", None)


BAD_LINES = [
    ('{"text": "cut off', "not valid JSON"),
    ("[1, 2]", "a JSON list"),
    ('"a string"', "a JSON str"),
    ('{"body": "no text"}', "--map text=COLUMN"),
    ('{"text": 5}', "'text' holds a int"),
    ('{"text": ["a"]}', "'text' holds a list"),
    ('{"text": "  "}', "is empty"),
    ('{"text": NaN}', "'text' holds a float"),
    ("[" * 100_000, "nested too deep"),
    ('{"text": ' + "9" * 5000 + "}", "number too long"),
    (b'{"text": "caf\xe9"}', "not UTF-8"),
    ("\x00\x01garbage", "not valid JSON"),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES, ids=[said for _, said in BAD_LINES])
def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path, line: str | bytes, said: str) -> None:
    path = tmp_path / "a.jsonl"
    bad = line if isinstance(line, bytes) else line.encode()
    path.write_bytes(b'{"text": "first \xc3\xa9"}\n\n' + b'{"text": "more"}\n' * 2000 + bad + b'\n{"text": "last"}\n')
    *_, broken, last = read(path)
    assert broken.error is not None
    assert broken.error.startswith(f"{path}, line 2003: ")
    assert said in broken.error
    assert (last.text, last.error) == ("last", None)


def test_lone_surrogates_are_replaced_and_that_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "half \\ud83d and whole \\ud83d\\uddf3", "title": "\\udc80"}\n')
    (document,) = read(path)
    assert document.text == "half \ufffd and whole 🗳"
    assert document.title == "\ufffd"
    assert "line 1" in caplog.text


@pytest.mark.parametrize("given", ["soon", "2931-01-01", "5/10/2024"])
def test_an_impossible_date_is_left_out_and_that_is_said(
    tmp_path: Path, given: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "sayso.intake")
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "a"}, {"text": "b", "published": given}])
    assert [(d.text, d.published, d.error) for d in read(path)] == [("a", None, None), ("b", None, None)]
    assert f"{path}, line 2: the date {given}".replace("date s", "date 's").replace("date 5", "date '5") in caplog.text


def test_a_missing_date_is_nothing_to_mention(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "a", "published": None}, {"text": "b", "published": ""}])
    assert [d.published for d in read(path)] == [None, None]
    assert caplog.text == ""


def test_csv_without_a_text_column(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["id", "body"], ["1", "x"], ["2", "y"]])
    (document,) = read(path)
    assert document.error == (
        f"{path}: there is no column 'text' (columns: id, body); "
        "name the one that holds the text with --map text=COLUMN"
    )


def test_parquet_without_a_text_column(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "a.parquet")
    (document,) = read(tmp_path / "a.parquet")
    assert "there is no column 'text' (columns: body)" in (document.error or "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b'2,"open "inner" quote"\n', "line 3: broken CSV"),
        (b"2,two,three\n", "line 3: 3 fields, but the header has 2"),
        (b"2,\n", "line 3: the text is empty"),
        (b"2,caf\xe9\n", "line 3: bytes in another encoding"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_is_read(tmp_path: Path, row: bytes, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n1,caf\xc3\xa9\n" + row + b"4,last\n" + b"5,plenty \xc3\xa9\xc3\xa9\xc3\xa9\n" * 60)
    first, broken, last, *_ = read(path)
    assert (first.text, last.text, last.error) == ("café", "last", None)
    assert said in (broken.error or "")


def test_an_open_quotation_mark_is_an_error_and_not_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,good\n2,"never closed\n3,swallowed\n')
    good, broken = read(path)
    assert good.text == "good"
    assert "line 3: broken CSV (unexpected end of data)" in (broken.error or "")


def test_large_fields_and_other_encodings_of_csv(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["text"], ["word " * 100_000]])
    assert [len(d.text) for d in read(path)] == [500_000]
    western = write_csv(tmp_path / "b.csv", [["text"], ["The café’s owner said so."]] * 20, encoding="cp1252")
    assert read(western)[0].text == "The café’s owner said so."
    marked = write_csv(tmp_path / "c.csv", [["text"], ["Łódź"]], encoding="utf-8-sig")
    assert read(marked)[0].text == "Łódź"
    wide = write_csv(tmp_path / "d.csv", [["text"], ["Łódź"]], encoding="utf-16")
    assert read(wide)[0].text == "Łódź"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl", b"", "the file is empty"),
        ("a.csv", b"", "the file is empty"),
        ("a.csv", bytes(range(256)) * 20, "binary"),
        ("a.jsonl", b"\x1f\x8b\x08\x00 zipped", "gzip"),
        ("a.parquet", b"PAR1 but then nonsense", "not a sound Parquet file"),
        ("a.parquet", b"", "not a sound Parquet file"),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (document,) = read(path)
    assert (document.error or "").startswith(str(path))
    assert said in (document.error or "")


class Endless(io.RawIOBase):
    """A table that never ends, and that counts what was taken from it."""

    def __init__(self, line: bytes) -> None:
        self.line, self.taken = line, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        skip = self.taken % len(self.line)
        buffer[:] = (self.line * (len(buffer) // len(self.line) + 2))[skip : skip + len(buffer)]
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize(
    ("reader", "line"),
    [(table.read_jsonl, b'{"text": "a b c d"}\n'), (table.read_csv, b"text\n")],
    ids=["jsonl", "csv"],
)
def test_tables_are_streamed(reader: Any, line: bytes) -> None:
    source = Endless(line)
    documents = reader(source, "endless", {})
    assert [next(documents).error for _ in range(1000)] == [None] * 1000
    assert source.taken < 1_000_000


def test_a_line_beyond_the_limit_is_skipped_without_being_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROW", 1000)
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "x" * 10_000}, {"text": "short"}])
    long, short = read(path)
    assert "line 1: more than 1,000 characters" in (long.error or "")
    assert short.text == "short"


def test_rows_are_counted_or_estimated(tmp_path: Path) -> None:
    few = write_jsonl(tmp_path / "few.jsonl", [{"text": "a"}] * 7)
    many = write_jsonl(tmp_path / "many.jsonl", [{"text": f"{n:020}" * 5} for n in range(30_000)])
    quoted = write_csv(tmp_path / "a.csv", [["text"], ["one\ntwo"], ["three"]])
    pq.write_table(pa.table({"text": ["a"] * 9}), tmp_path / "a.parquet")
    assert table.count_rows(str(few)) == 7
    assert table.count_rows(str(many)) == pytest.approx(30_000, rel=0.01)
    assert table.count_rows(str(quoted)) == 2
    assert table.count_rows(str(tmp_path / "a.parquet")) == 9


def test_a_row_group_of_parquet_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = [hashlib.sha512(str(n).encode()).hexdigest() * 8 for n in range(20_000)]
    pq.write_table(pa.table({"text": texts}), path, use_dictionary=False, compression="none")
    documents = table.read_table(str(path), {})
    before = pa.total_allocated_bytes()
    assert next(documents).text == texts[0]
    assert pa.total_allocated_bytes() - before < path.stat().st_size / 2
    documents.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("given", "expected"), [("2024-10", "2024-10"), (2024, "2024"), ("October 2024", "2024-10")])
def test_a_column_may_give_a_month_or_a_year(tmp_path: Path, given: str | int, expected: str) -> None:
    (document,) = read(write_jsonl(tmp_path / "a.jsonl", [{"text": "a", "published": given}]))
    assert (document.published, document.published_from) == (expected, "column")
