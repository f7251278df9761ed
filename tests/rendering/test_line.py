from __future__ import annotations

import json

from sample_record import make_record

from sayso.records import Record
from sayso.rendering.line import render


def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert Record.model_validate_json(render(record)) == record


def test_every_program_sees_one_line() -> None:
    record = make_record("a\nb\r\nc\u2028d\u2029e\x85f\x0bg")
    line = render(record)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == record.text


def test_file_names_that_are_not_unicode() -> None:
    line = render(make_record("a", origin="caf\udce9.txt"))
    assert line.encode()
    assert json.loads(line)["origin"] == "caf\ufffd.txt"
