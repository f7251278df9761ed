from __future__ import annotations

from pathlib import Path

import pytest

from sayso.export.output import json_line, tab_line, text_file


def test_a_file_keeps_its_content_when_the_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    path.write_text("before")
    with pytest.raises(KeyError):
        _broken_off(path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, real = tmp_path / "link", tmp_path / "real"
    real.write_text("old")
    link.symlink_to(real)
    with text_file(link) as file:
        file.write("new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def _broken_off(path: Path) -> None:
    with text_file(path) as file:
        file.write("half")
        raise KeyError


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-3.5, "-3.5"),
        (2**63 - 1, "9223372036854775807"),
        (-97.74306, "-97.74306"),
        ("a\tb\nc\r\n d\u2028e", "a b c d e"),
        ("=1+1", "'=1+1"),
        ("-5", "-5"),
        ("-cmd", "'-cmd"),
        ("@x", "'@x"),
        ("“Über”  alles", "“Über” alles"),
        ("x\x00\x1b[2J", "x␀␛[2J"),
        ("abc\u202edef", "abc\ufffddef"),
    ],
)
def test_a_cell_stays_one_cell_and_does_nothing(value: object, cell: str) -> None:
    assert tab_line(["first", value, "last"]) == f"first\t{cell}\tlast\n"


def test_a_line_of_json_has_no_other_line_breaks() -> None:
    line = json_line({"text": "a\n\u2028\u2029\x85b"})
    assert line.splitlines() == [line.removesuffix("\n")]
