"""Reviewing from the shell: ``sayso reviews``, ``sayso evaluate --from-reviews``, ``sayso query``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from judging import TEXT, account, said
from typer.testing import CliRunner, Result

from sayso.cli import app
from sayso.ledger import Ledger
from sayso.reviews import Docket

Run = Callable[..., Result]
SHORT = account().id.removeprefix("sha256:")[:12]


@pytest.fixture
def run(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of ``sayso reviews`` on the ledger."""
    monkeypatch.setenv("SAYSO_LEDGER", ledger.path)
    monkeypatch.setenv("SAYSO_REVIEWER", "Ana")
    monkeypatch.delenv("USER", raising=False)
    return lambda *arguments: CliRunner().invoke(app, ["reviews", *arguments])


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize("document", [SHORT, account().id, f"{SHORT}…", SHORT[:4]])
def test_an_item_is_judged_by_its_documents_id_or_the_beginning_of_it(run: Run, docket: Docket, document: str) -> None:
    done = run("add", f"{document}#e1", "--wrong", "--why", "a drill")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "e1, “shelled”: wrong" in done.stderr
    (judgement,) = docket.judgements()
    assert (judgement.item, judgement.verdict, judgement.why, judgement.reviewer) == ("e1", "wrong", "a drill", "Ana")


def test_the_reviewer_is_who_is_named(run: Run, docket: Docket) -> None:
    assert run("add", f"{SHORT}#e1", "--right", "--reviewer", "Ben").exit_code == 0
    assert docket.judgements()[0].reviewer == "Ben"


def test_somebody_must_judge(run: Run, docket: Docket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_REVIEWER")
    assert run("add", f"{SHORT}#e1", "--right").exit_code == 2
    assert docket.judgements() == []


def test_fields_are_fixed(run: Run, docket: Docket) -> None:
    fixes = ["type=PROTEST", "mode=", "actors=actor:rebels, Cem Okur", "recipients=", "date=2024-10", "anchor=0-4"]
    given = [part for fix in fixes for part in ("--fix", fix)]
    assert run("add", f"{SHORT}#e1", *given).exit_code == 0
    assert run("add", f"{SHORT}#s1", "--fix", "content=0-4,6-9", "--fix", "speaker=").exit_code == 0
    first, second = docket.judgements()
    assert first.fixes == {
        "type": "PROTEST", "mode": None, "actors": ["actor:rebels", "Cem Okur"], "recipients": [], "date": "2024-10",
        "anchor": [0, 4],
    }  # fmt: skip
    assert second.fixes == {"content": [[0, 4], [6, 9]], "speaker": None}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([f"{SHORT}#e1"], "give one of --right, --wrong and --fix"),
        ([f"{SHORT}#e1", "--right", "--wrong"], "give one of --right, --wrong and --fix"),
        ([SHORT, "--right"], "names no item; write DOCUMENT#ITEM"),
        (["#e1", "--right"], "names no item"),
        ([f"{SHORT}#", "--right"], "names no item"),
        ([f"{SHORT}#e9", "--right"], "has no item 'e9'"),
        (["ffffffffffff#e1", "--right"], "no document begins with 'ffffffffffff'"),
        (["sha256:#e1", "--right"], "names no item"),
        ([f"{SHORT}#e1", "--fix", "type"], "is not of the form FIELD=VALUE"),
        ([f"{SHORT}#e1", "--fix", "=PROTEST"], "is not of the form FIELD=VALUE"),
        ([f"{SHORT}#e1", "--fix", "type=WAR"], "type: Input should be"),
        ([f"{SHORT}#e1", "--fix", "colour=red"], "colour: Extra inputs"),
        ([f"{SHORT}#e1", "--fix", "mode=riot"], "modes of ASSAULT are"),
        ([f"{SHORT}#e1", "--fix", "anchor=4"], "is no span such as 10-52"),
        ([f"{SHORT}#e1", "--fix", "anchor=1-2,3-4"], "an anchor is one span"),
        ([f"{SHORT}#e1", "--fix", "anchor=0-9999"], "no part of a text of"),
        ([f"{SHORT}#e1", "--right", "--why", "x" * 2_001], "why: String should have at most 2000"),
        ([f"{SHORT}#e1", "--right", "--reviewer", " "], "reviewer: String should have at least"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(
    run: Run, docket: Docket, arguments: list[str], problem: str
) -> None:
    refused = run("add", *arguments)
    assert refused.exit_code == 2
    assert problem in " ".join(refused.stderr.replace("│", " ").split())
    assert docket.judgements() == []


def test_judgements_are_listed_oldest_first(run: Run, docket: Docket) -> None:
    docket.append(said("e1", "wrong", why="a drill"))
    docket.append(said("s1", by="Ben", fixes={"act": "deny"}))
    first, second = map(json.loads, lines(run("list")))
    assert (first["item"], first["why"], second["fixes"]) == ("e1", "a drill", {"act": "deny"})


@pytest.mark.parametrize(
    ("arguments", "items"),
    [
        ([], ["e1", "s1"]),
        (["--document", SHORT], ["e1", "s1"]),
        (["--document", "ffff"], []),
        (["--reviewer", "Ben"], ["s1"]),
        (["--verdict", "wrong"], ["e1"]),
        (["--since", "2026-05-01"], ["e1", "s1"]),
        (["--since", "2026-06"], []),
        (["--history"], ["e1", "e1", "s1"]),
        (["--history", "--verdict", "right"], ["e1", "s1"]),
    ],
)
def test_the_list_is_of_what_is_asked_for(run: Run, docket: Docket, arguments: list[str], items: list[str]) -> None:
    for judgement in (said("e1"), said("e1", "wrong"), said("s1", by="Ben")):
        docket.append(judgement)
    assert [json.loads(line)["item"] for line in lines(run("list", *arguments))] == items


def test_judgements_whose_items_are_gone_are_told(run: Run, ledger: Ledger, docket: Docket) -> None:
    for judgement in (said("e1"), said("e2"), said("e1", of=account(TEXT + " Not in the ledger."))):
        docket.append(judgement)
    assert len(lines(run("list", "--orphaned"))) == 1
    ledger.append([account(events=account().events[:1])])
    assert [json.loads(line)["item"] for line in lines(run("list", "--orphaned"))] == ["e2", "e1"]


def test_a_table_has_no_signs_that_a_terminal_obeys(run: Run, docket: Docket) -> None:
    docket.append(said("e1", "wrong", by="\x1b[31mAna", why="\x1b]0;x\x07\u202eno\nline"))
    (line,) = lines(run("list", "--format", "table"))
    assert SHORT in line
    assert line.isprintable()


def test_a_csv_has_no_formulas(run: Run, docket: Docket) -> None:
    docket.append(said("e1", "wrong", by="@Ana", why='=HYPERLINK("x")'))
    (row,) = csv.DictReader(io.StringIO("\n".join(lines(run("list", "--format", "csv")))))
    assert not row["why"].startswith("=")
    assert not row["reviewer"].startswith("@")
    assert row["words"] == "shelled"


def test_a_list_goes_to_a_file_in_the_form_of_its_name(run: Run, docket: Docket, tmp_path: Path) -> None:
    docket.append(said("e1", "wrong", why="ä"))
    assert run("list", "-o", str(tmp_path / "list.csv")).stdout == ""
    assert (tmp_path / "list.csv").read_text(encoding="utf-8").splitlines()[0].startswith("id,document,item")


def test_lines_that_are_no_judgements_are_told(run: Run, docket: Docket) -> None:
    docket.append(said())
    with docket.path.open("ab") as file:
        file.write(b"{")
    listed = run("list")
    assert len(lines(listed)) == 1
    assert "has lines that are no judgements, which are passed over: 2" in " ".join(listed.stderr.split())


@pytest.mark.parametrize("command", ["list", "precision", "export", "sample"])
def test_a_ledger_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["reviews", command, "--ledger", str(tmp_path / "none")])
    assert refused.exit_code == 2
    assert "no ledger" in refused.stderr


@pytest.mark.parametrize("of", ["events", "statements"])
def test_a_sample_is_of_what_nobody_judged_and_the_same_for_the_same_seed(
    run: Run, ledger: Ledger, docket: Docket, of: str
) -> None:
    ledger.append([account(TEXT[::-1])])
    docket.append(said(f"{of[0]}1"))
    drawn = lines(run("sample", "2", "--of", of, "--seed", "3"))
    assert len(set(drawn)) == 2
    assert lines(run("sample", "2", "--of", of, "--seed", "3")) == drawn
    everything = lines(run("sample", "100", "--of", of))
    assert len(everything) == 3
    assert not any(one.startswith(SHORT) and one.endswith("1") for one in everything)


def test_what_is_drawn_can_be_judged(run: Run, docket: Docket) -> None:
    for item in lines(run("sample", "2")):
        assert run("add", item, "--right").exit_code == 0
    assert {one.item for one in docket.judgements()} == {"e1", "e2"}
    assert lines(run("sample", "2")) == []


def test_precision_is_told_with_a_warning_of_what_it_is_of(run: Run, docket: Docket) -> None:
    for judgement in (said("e1"), said("e2", "wrong"), said("s1"), said("s1", "wrong", by="Ben")):
        docket.append(judgement)
    told = run("precision")
    first = json.loads(lines(told)[0])
    assert (first["kind"], first["of"], first["right"], first["judged"], first["precision"]) == (
        "event", "all", 1, 2, 0.5,
    )  # fmt: skip
    assert "no fair sample" in told.stderr
    assert "1 item on which reviewers disagree" in told.stderr
    assert lines(run("precision", "--format", "csv"))[0] == "kind,of,right,judged,low,high,precision"
    assert lines(run("precision", "--format", "table"))[0].split() == [
        "event", "all", "0.50", "0.09", "to", "0.91", "of", "2",
    ]  # fmt: skip


def test_evaluate_tells_the_same_from_reviews(run: Run, ledger: Ledger, docket: Docket) -> None:
    docket.append(said("e1"))
    told = CliRunner().invoke(app, ["evaluate", "--from-reviews", ledger.path])
    assert lines(told) == lines(run("precision"))


def test_evaluate_from_reviews_goes_without_a_command(ledger: Ledger, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "text": "x", "statements": []}\n')
    refused = CliRunner().invoke(app, ["evaluate", "--from-reviews", ledger.path, "attribution", str(gold)])
    assert refused.exit_code == 2


def test_nothing_judged_is_no_failure(run: Run) -> None:
    assert lines(run("list")) == lines(run("precision")) == lines(run("export")) == []


def test_evaluate_measures_against_what_was_exported(run: Run, docket: Docket, tmp_path: Path) -> None:
    for judgement in (said("s1"), said("s2", "wrong"), said("e1"), said("e2")):
        docket.append(judgement)
    gold, accounts = tmp_path / "gold.jsonl", tmp_path / "accounts.jsonl"
    exported = run("export", "--of", "statements", "-o", str(gold))
    assert "1 document of gold" in exported.stderr
    accounts.write_text(account(ref=account().id).model_dump_json() + "\n")
    scored = CliRunner().invoke(app, ["evaluate", "attribution", str(gold), str(accounts), "--format", "json"])
    assert scored.exit_code == 0, scored.stderr
    linked = json.loads(scored.stdout)["figures"]["linked"]
    assert (linked["precision"], linked["recall"]) == (0.5, 1.0)


def test_an_export_of_all_has_events_too_and_a_partial_one_what_there_is(run: Run, docket: Docket) -> None:
    docket.append(said("e1"))
    assert lines(run("export")) == []
    (row,) = map(json.loads, lines(run("export", "--partial")))
    assert [event["id"] for event in row["events"]] == ["e1"]
    docket.append(said("e2", "wrong"))
    (row,) = map(json.loads, lines(run("export")))
    assert [event["id"] for event in row["events"]] == ["e1"]


def test_a_query_may_name_reviews_and_what_was_reviewed(ledger: Ledger, docket: Docket) -> None:
    docket.append(said("e1", "wrong"))
    query = """SELECT (SELECT count(*) FROM reviews) AS judged, (SELECT count(*) FROM reviewed_events) AS reviewed,
        (SELECT count(*) FROM events) AS coded"""
    told = CliRunner().invoke(app, ["query", query, "--ledger", ledger.path, "--format", "jsonl"])
    assert [json.loads(line) for line in lines(told)] == [{"judged": 1, "reviewed": 1, "coded": 2}]


@pytest.mark.parametrize("command", ["list", "add", "sample", "precision", "export"])
def test_every_command_has_an_example_in_its_help(run: Run, command: str) -> None:
    assert f"sayso reviews {command}" in run(command, "--help").stdout
