from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import ExportError
from sayso.export import EXPORTERS, export
from sayso.export.selection import happened
from sayso.ledger import Ledger

OF_EVENTS = [name for name, exporter in EXPORTERS.items() if exporter.is_of_events]


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_format_says_what_it_writes_and_loses(name: str) -> None:
    exporter = EXPORTERS[name]
    assert exporter.name == name
    assert exporter.description
    assert exporter.files
    assert exporter.lost


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_files_of_a_format_are_those_it_announces(name: str, ledger: Ledger, target: Path) -> None:
    done = export(name, ledger, target)
    announced = [pattern.rpartition("/")[2].replace("YYYYMMDDHHMMSS", "") for pattern in EXPORTERS[name].files]
    assert done.rows > 0
    assert all(file.stat().st_size > 0 for file in done.files)
    if announced != ["PATH"]:
        assert [any(file.name.endswith(name) for name in announced) for file in done.files] == [True] * len(announced)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_export_made_again_is_the_same_to_the_byte(name: str, ledger: Ledger, tmp_path: Path) -> None:
    first, second = export(name, ledger, tmp_path / "one"), export(name, ledger, tmp_path / "two")
    assert [file.read_bytes() for file in first.files] == [file.read_bytes() for file in second.files]


@pytest.mark.parametrize("name", EXPORTERS)
def test_nothing_is_left_beside_the_files(name: str, ledger: Ledger, target: Path) -> None:
    done = export(name, ledger, target)
    left = {path for path in target.parent.rglob("*") if path.is_file()}
    assert left == set(done.files)


@pytest.mark.parametrize("name", OF_EVENTS)
def test_what_did_not_happen_is_left_out_and_counted(name: str, ledger: Ledger, tmp_path: Path) -> None:
    real = export(name, ledger, tmp_path / "real")
    everything = export(name, ledger, tmp_path / "all", unreal=True)
    assert real.left_out["not reported as having happened"] == 2
    assert "not reported as having happened" not in everything.left_out
    assert everything.rows == real.rows + 2


@pytest.mark.parametrize(
    ("factuality", "hypothetical", "tense", "is_real"),
    [
        ("CT+", False, "past", True),
        ("PR+", False, "present", True),
        ("PS+", False, "none", True),
        ("CT-", False, "past", False),
        ("PR-", False, "past", False),
        ("PS-", False, "past", False),
        ("Uu", False, "past", False),
        ("CT+", True, "past", False),
        ("CT+", False, "future", False),
    ],
)
def test_an_event_happened_if_somebody_says_so(factuality: str, hypothetical: bool, tense: str, is_real: bool) -> None:
    assert happened({"factuality": factuality, "hypothetical": hypothetical, "tense": tense}) is is_real


def test_filters_select_events(ledger: Ledger, target: Path) -> None:
    assert export("polecat", ledger, target, actor="FRA").rows == 1
    assert export("polecat", ledger, target, actor=None, since="2024").rows == 1


def test_copies_are_exported_where_they_are_wanted(ledger: Ledger, target: Path) -> None:
    assert export("polecat", ledger, target, copies=True).rows == export("polecat", ledger, target).rows + 1


def test_an_unknown_format_is_refused_with_those_there_are(ledger: Ledger, target: Path) -> None:
    with pytest.raises(ExportError, match="choose from gdelt, polecat"):
        export("acled", ledger, target)


def test_an_unknown_view_is_refused(ledger: Ledger, target: Path) -> None:
    with pytest.raises(ExportError, match="choose from documents"):
        export("csv", ledger, target, view="quotes")


def test_a_view_is_refused_where_the_format_has_none(ledger: Ledger, target: Path) -> None:
    with pytest.raises(ExportError, match="gdelt has no views"):
        export("gdelt", ledger, target, view="events")


def test_a_filter_that_a_view_lacks_is_refused_before_anything_is_written(ledger: Ledger, target: Path) -> None:
    with pytest.raises(ExportError, match="cannot be selected by actor"):
        export("csv", ledger, target, actor="FRA")
    assert not target.exists()


def test_a_place_that_cannot_be_written_to_is_named(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(ExportError, match=r"file.* must be a folder"):
        export("gdelt", ledger, tmp_path / "file")
    with pytest.raises(ExportError, match="it is a folder"):
        export("polecat", ledger, tmp_path)
    with pytest.raises(ExportError, match="cannot be written to"):
        export("polecat", ledger, tmp_path / "missing" / "events.tsv")
    assert (tmp_path / "file").read_text() == "kept"


def test_an_empty_ledger_gives_files_without_rows(tmp_path: Path) -> None:
    empty = Ledger(tmp_path / "empty", create=True)
    for name in EXPORTERS:
        assert export(name, empty, tmp_path / name).rows == 0
