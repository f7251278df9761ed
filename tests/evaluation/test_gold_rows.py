from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from examples import ROAD, said

from sayso.evaluation import predictions
from sayso.evaluation.attribution import Attribution, GoldDocument, read
from sayso.records import Document

FINE = {"id": "a", "text": ROAD, "statements": []}


def written(tmp_path: Path, *rows: Any, name: str = "gold.jsonl") -> str:
    path = tmp_path / name
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return str(path)


def test_a_row_is_a_document_with_its_statements(tmp_path: Path) -> None:
    statement = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 23], [24, 31]], "note": "own fields are left"}
    row = {"id": 7, "text": ROAD, "published": "2024-10-25", "publisher": "Stern", "statements": [statement, {}]}
    found = read(written(tmp_path, row, "", FINE | {"id": None, "statements": [{"source": None, "content": []}]}))
    assert found.problems == []
    first, second = found.documents
    document = first.document
    assert (document.ref, document.text, document.published, document.publisher) == ("7", ROAD, "2024-10-25", "Stern")
    assert first.statements == (Attribution(((0, 9),), ((10, 14),), ((15, 23), (24, 31))), Attribution())
    assert second.name == "line 3"


def test_offsets_count_characters(tmp_path: Path) -> None:
    text = "🗳 e\u0301 “No,” Ann said."
    start = text.index("“No")
    found = read(written(tmp_path, {"id": "a", "text": text, "statements": [{"content": [[start, len(text)]]}]}))
    assert found.documents[0].statements == (Attribution(content=((start, len(text)),)),)


BROKEN = [
    (FINE | {"text": None}, 'no text; give it in "text"'),
    (FINE | {"text": 5}, 'no text; give it in "text"'),
    (FINE | {"text": " \n"}, "the text is empty"),
    ({"id": "a", "text": ROAD}, 'no "statements"; give a list'),
    (FINE | {"statements": "none"}, "\"statements\" is 'none', not a list; write"),
    (FINE | {"statements": {}}, "not a list"),
    (FINE | {"statements": [{}, 5]}, "statement 2 is 5; write {"),
    (FINE | {"statements": [{"cue": 5}]}, "statement 1, cue: 5 is not a list of spans; write [["),
    (FINE | {"statements": [{"cue": [0, 5]}]}, "statement 1, cue: 0 is not a span; write [start, end]"),
    (FINE | {"statements": [{"cue": [[0, 5, 6]]}]}, "[0, 5, 6] is not a span"),
    (FINE | {"statements": [{"cue": [[0, 5.0]]}]}, "[0, 5.0] is not a span"),
    (FINE | {"statements": [{"cue": [[False, 5]]}]}, "[False, 5] is not a span"),
    (FINE | {"statements": [{"cue": [[0, 58]]}]}, "the span 0 to 58 lies outside the text, which has 57 characters"),
    (FINE | {"statements": [{"cue": [[-1, 5]]}]}, "lies outside the text"),
    (FINE | {"statements": [{"cue": [[5, 5]]}]}, "the span 5 to 5 covers nothing; write the start first"),
    (FINE | {"statements": [{"cue": [[6, 5]]}]}, "covers nothing"),
    (FINE | {"statements": [{"confidence": 2}]}, "statement 1, confidence: 2 is not a probability"),
    (FINE, "the id a is that of line 1; give every document an id of its own"),
    ("{broken", "not valid JSON"),
    ("[]", "a JSON list; write one JSON object per line"),
    ('{"id": "b", "text": "x", "statements": [{"cue": ' + "[" * 500 + "]" * 500 + "}]}", "is not a span"),
]


@pytest.mark.parametrize(("row", "problem"), BROKEN)
def test_a_row_that_cannot_be_used_is_named_and_the_others_are_kept(tmp_path: Path, row: Any, problem: str) -> None:
    path = written(tmp_path, FINE, row, FINE | {"id": "z"})
    found = read(path)
    assert [annotated.name for annotated in found.documents] == ["a", "z"]
    [told] = found.problems
    assert told.startswith(f"{path}, line 2: ")
    assert problem in told


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "the file is empty"), (bytes(range(256)) * 9, "this is binary data"), (b"PK\x03\x04 and so on", "ZIP")],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "gold.jsonl").write_bytes(content)
    found = read(str(tmp_path / "gold.jsonl"))
    assert found.documents == []
    assert len(found.problems) == 1
    assert problem in found.problems[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "No such file" in read(str(tmp_path / "gold.jsonl")).problems[0]


def record(**fields: Any) -> dict[str, Any]:
    return {"ref": "a", "text": ROAD, "error": None, "statements": []} | fields


def test_records_are_matched_by_ref_and_those_without_by_text(tmp_path: Path) -> None:
    statement = {"source": [[0, 9]], "content": [[15, 31]], "confidence": 0.5, "act": "say"}
    rows = [record(ref=7, statements=[statement]), record(ref=None, text="Others."), record(ref="b", error="too long")]
    found = predictions.read(written(tmp_path, *rows))
    expected = said(ROAD, "Anna Bell", None, "the road is shut", 0.5)
    by_ref, by_text, failed, neither = (
        found.of(GoldDocument(Document(text=text, ref=ref), ()))
        for text, ref in ((ROAD, "7"), ("Others.", "x"), (ROAD, "b"), (ROAD, "x"))
    )
    assert by_ref is not None
    assert by_ref.statements == (expected,)
    assert by_text is not None
    assert by_text.statements == ()
    assert failed is not None
    assert failed.error == "too long"
    assert neither is None
    assert found.problems == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{", "not valid JSON"),
        (FINE, 'not a Record (it has no "ref" or no "text"); make it with sayso code'),
        (record(text=None), "not a Record"),
        (record(statements=[{"content": [[0, 99]]}]), "statement 1, content: the span 0 to 99 lies outside"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, row: Any, problem: str) -> None:
    path = written(tmp_path, record(ref="z"), row)
    found = predictions.read(path)
    assert list(found.by_ref) == ["z"]
    assert found.problems[0].startswith(f"{path}, line 2: ")
    assert problem in found.problems[0]
