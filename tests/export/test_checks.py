from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.export import checks, columns, export
from sayso.ledger import Ledger


def changed(path: Path, line: int, column: int, value: str) -> Path:
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[line].split("\t")
    cells[column : column + 1] = [value]
    lines[line] = "\t".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("Intensity", "-11", "is not between -10 and 10"),
        ("Intensity", "much", "is no number"),
        ("Event Date", "tomorrow", "is no code of its kind"),
        ("Quad Code", "4", "is no code of its kind"),
        ("Actor Name", "one\ttwo", "41 cells, not 40"),
    ],
)
def test_a_wrong_cell_is_found(ledger: Ledger, target: Path, column: str, value: str, problem: str) -> None:
    export("polecat", ledger, target)
    found = checks.polecat(changed(target, 1, columns.names("polecat").index(column), value))
    assert len(found) == 1
    assert found[0].startswith("line 2: ")
    assert problem in found[0]


def test_a_wrong_header_is_found(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target)
    assert checks.polecat(changed(target, 0, 4, "Event Intensity")) == ["line 1: the header is not that of polecat"]


def test_wrong_fields_of_plover_are_found(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    entry = {"id": "x", "date": "2024", "actor": [{"nickname": "Bo"}], "event": "AID", "quad_code": 7}
    path.write_text(json.dumps(entry) + "\n" + json.dumps(entry) + "\n{\n")
    found = "\n".join(checks.plover(path))
    for problem in (
        "actor.nickname is no field", "event: 'AID' is no list", "7 is not between 1 and 4", "not YYYY-MM-DD",
        "line 2: the id x is there already", "line 3: Expecting",
    ):  # fmt: skip
        assert problem in found


def test_wrong_values_of_entities_are_found(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    properties = {"country": ["RUS"], "email": ["x"], "name": [""]}
    path.write_text(json.dumps({"id": "x", "schema": "Person", "properties": properties}) + '\n{"id": "y"}\n')
    assert len(checks.ftm_entities(path)) == 4


def test_no_more_than_a_hundred_problems_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("wrong\n" * 500)
    assert len(checks.gdelt_events(path)) == 100
