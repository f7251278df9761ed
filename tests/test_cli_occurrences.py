"""From four reports of one incident to the list of occurrences, the disputes and a dossier."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from pathlib import Path

import pytest
from rich.text import Text
from typer.testing import CliRunner

from doc_pages import DOCS, generator
from sample_ledgers import Ask, asking, coded
from sample_occurrences import relayed, remark, strike
from sayso.cli import app, casebooks
from sayso.cli.dossier import dossier, sides
from sayso.corroboration import Occurrence
from sayso.ledger import Ledger
from sayso.rendering.terminal import Screen


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return coded("occurrences/brest.jsonl", tmp_path_factory.mktemp("ledger"))


@pytest.fixture
def ask(ledger: str) -> Ask:
    return asking(ledger)


@pytest.fixture(scope="module")
def arrest(ledger: str) -> Occurrence:
    found = CliRunner().invoke(app, ["occurrences", "--type", "COERCE", "--ledger", ledger])
    (line,) = found.stdout.splitlines()
    return Occurrence.model_validate_json(line)


def shown(*parts: object) -> str:
    return Screen().show(part for part in parts if isinstance(part, Text) or part)  # type: ignore[misc]


def test_a_pipe_gets_whole_occurrences_one_a_line(ask: Ask, arrest: Occurrence) -> None:
    done = ask("occurrences", "--untyped")
    assert done.exit_code == 0, done.stderr
    found = [Occurrence.model_validate_json(line) for line in done.stdout.splitlines()]
    assert arrest in found
    assert len(found) > 1


def test_a_denial_and_two_voices_for_it_make_a_dispute(arrest: Occurrence) -> None:
    assert arrest.status == "disputed"
    assert (arrest.positions["asserts"], arrest.positions["denies"]) == (2, 1)
    assert arrest.copies == 1


def test_the_table_says_when_how_and_what(ask: Ask, arrest: Occurrence) -> None:
    done = ask("occurrences", "--format", "table")
    assert arrest.id[:12] in done.stdout
    assert "disputed       2 say so, 1 denies it · 4 documents" in done.stdout
    assert "9 to 14 arrested" in " ".join(done.stdout.split())
    assert "1 occurrence found" in done.stderr


def test_csv_has_a_row_for_each_with_its_voices(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert ask("occurrences", "-o", str(file)).exit_code == 0
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
    assert (row["independent"], row["asserting"], row["denying"], row["copies"]) == ("3", "2", "1", "1")
    assert row["figures"] == "arrested 9 to 14"
    assert "Belarus: government [state:BLR] denies, 3 reports" in row["voices"].split("; ")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--country", "BLR"], 1),
        (["--country", "FRA"], 0),
        (["--status", "disputed", "--min-voices", "3"], 1),
        (["--status", "corroborated"], 0),
        (["--voice", "state:blr", "--publisher", "Meridian Post"], 1),
        (["--since", "2025-04"], 0),
        (["--min-documents", "4", "--until", "2025-03"], 1),
        (["--untyped", "--limit", "1"], 1),
    ],
)
def test_filters_select(ask: Ask, filters: list[str], found: int) -> None:
    assert len(ask("occurrences", *filters).stdout.splitlines()) == found


def test_an_unknown_status_is_a_usage_error(ask: Ask) -> None:
    done = ask("occurrences", "--status", "confirmed")
    assert done.exit_code == 2
    assert "single-source" in done.stderr


def test_nothing_found_says_what_else_there_is(ask: Ask) -> None:
    assert "--untyped" in ask("occurrences", "--format", "table", "--type", "AID").stderr
    assert "1 occurrence found" in ask("occurrences", "--untyped", "--format", "table", "--type", "COERCE").stderr
    assert "shown" in ask("occurrences", "--untyped", "--format", "table", "--limit", "1").stderr


def test_disputes_show_each_side_with_its_figures(ask: Ask) -> None:
    told = " ".join(ask("disputes", "--format", "table").stdout.split())
    assert re.search(r"asserts Poland: government \(14 arrested, then 11 arrested\)", told)
    assert "denies Belarus: government" in told
    assert "“nine Polish lorry drivers”" in told


def test_disputes_leave_out_what_nobody_contests(ask: Ask) -> None:
    assert [json.loads(line)["status"] for line in ask("disputes", "--untyped").stdout.splitlines()] == ["disputed"]


def test_the_dossier_has_every_voice_with_its_words(ask: Ask, arrest: Occurrence) -> None:
    done = ask("show", arrest.id, "--format", "pretty")
    assert done.exit_code == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert "“Belarus *detained* 14 Polish lorry drivers in Brest on Monday" in told
    assert "copy in Lowland Courier" in told
    assert "denied or doubted by Belarus: government" in told
    assert "“14 Polish lorry drivers” (2025-03-11), then “11 drivers” (2025-03-14)" in told
    assert "Why the reports are taken for one occurrence" in told


@pytest.mark.parametrize("known", ["beginning", "another report", "event"])
def test_an_occurrence_is_found_by_its_reports(ask: Ask, arrest: Occurrence, known: str) -> None:
    last = arrest.reports[-1]
    name = {"beginning": arrest.id[:8], "another report": last.id, "event": f"{last.document}#{last.event}"}[known]
    done = ask("show", name)
    assert Occurrence.model_validate_json(done.stdout) == arrest


def test_an_id_that_is_none_is_told_with_what_lists_them(ask: Ask) -> None:
    done = ask("show", "ffffffffffff")
    assert done.exit_code == 2
    assert "sayso occurrences" in done.stderr


@pytest.mark.parametrize("command", ["occurrences", "disputes"])
def test_a_ledger_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [command, "--ledger", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert "none" in done.stderr
    assert not done.stdout


def test_a_ledger_is_shown_as_it_was(ask: Ask) -> None:
    assert not ask("occurrences", "--as-of", "0").stdout
    assert ask("occurrences", "--as-of", "1").stdout


def test_no_word_says_that_it_happened(ask: Ask, arrest: Occurrence) -> None:
    told = ask("show", arrest.id, "--format", "pretty", "--all").stdout + ask("disputes", "--format", "table").stdout
    assert not re.search(r"\b(true|false|confirmed|verified|fact|lie)\b", told, re.I)


def test_hostile_words_stand_for_themselves() -> None:
    told = Screen().show([*dossier(remark()), *sides(remark())])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    assert "</script>" in told


def test_markup_in_names_is_not_obeyed() -> None:
    occurrence = remark()
    occurrence.voices[0].name = "[bold red]Hill[/bold red]"
    assert "[bold red]Hill[/bold red]" in Screen(colour=True).show(dossier(occurrence))


def test_a_voice_with_many_reports_is_told_in_few_lines_unless_all_are_asked_for() -> None:
    occurrence = relayed(90)
    for number, report in enumerate(occurrence.reports):
        report.sentence = f"They struck it {number} times."
        report.anchor, report.passage = (5, 11), (0, len(report.sentence))
    few, every = (Screen().show(dossier(occurrence, everything=wanted)) for wanted in (False, True))
    assert "and 86 passages more, with --all" in few
    assert "They *struck* it 89 times." in every
    assert "They *struck* it 89 times." not in few


def test_a_long_sentence_is_cut_around_its_word() -> None:
    occurrence = strike()
    report = occurrence.reports[0]
    report.sentence = "x " * 5_000 + "attacked" + " y" * 5_000
    report.anchor, report.passage = (10_000, 10_008), (0, len(report.sentence))
    told = Screen().show(dossier(occurrence))
    assert "*attacked*" in told
    assert len(told) < 10_000


def test_a_voice_that_only_copies_have_is_said_not_to_count() -> None:
    told = Screen().show(dossier(strike()))
    assert "Hill News asserts · not counted: only copies have it" in told
    assert "(denies it there)" in told or "(asserts it there)" in told


def test_a_bar_comes_only_where_it_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[float] = []
    monkeypatch.setattr("rich.progress.Progress.start", lambda self: started.append(time.monotonic()))
    with casebooks.grouping() as progress:
        progress(1, 2)
    assert not started
    monkeypatch.setattr(casebooks, "SOON", 0.01)
    with casebooks.grouping() as progress:
        time.sleep(0.1)
        progress(1, 2)
    assert started


def test_what_is_grouped_once_is_not_grouped_again(ledger: str) -> None:
    done: list[int] = []
    with casebooks.current(Ledger(ledger)) as casebook:
        casebook.update(lambda some, total: done.append(some))
    assert not done


def test_the_outputs_on_the_page_are_current() -> None:
    text = (DOCS / "occurrences.md").read_text(encoding="utf-8")
    made = generator("occurrences").page(text)
    # Another processor may round a likelihood the other way.
    assert re.sub(r"(over )?\d+%", "%", made) == re.sub(r"(over )?\d+%", "%", text), "run: python docs/occurrences.py"
