"""The commands that write to a ledger, read it and keep it in order."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from coding import FEW, StandIn
from making import account, bare, story
from pyarrow import parquet
from typer.testing import CliRunner, Result

from sayso.cli import app
from sayso.engine.options import ReaderOptions
from sayso.ledger import Ledger
from sayso.ledger.columns import VIEWS
from sayso.ledger.verification import verify

Run = Callable[..., Result]
CODING = Path(__file__).with_name("coding.py")
PATIENCE = 60


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in a folder of its own, with a reader that takes no time to load."""
    monkeypatch.setattr(ReaderOptions, "make", lambda options: StandIn(options.coded_with()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_LEDGER", raising=False)
    runner = CliRunner()
    return lambda *arguments, **options: runner.invoke(app, list(arguments), **options)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder of two texts and one that is empty."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in {"a.txt": "Anna said so.", "b.txt": "Bert denied it.", "empty.txt": " "}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Return the path of a ledger of an account and a bare report."""
    ledger = Ledger(tmp_path / "ledger", create=True)
    ledger.append([account(), bare("Wheat is cheap.", title="=HYPERLINK(1)", publisher="@x", published="2024-11")])
    return ledger.path


def test_what_is_in_the_ledger_is_not_coded_again(run: Run, news: Path, tmp_path: Path) -> None:
    first = run("code", "news", "--ledger", "kept")
    assert (first.exit_code, first.stdout) == (1, "")
    assert "2 coded, 1 not coded" in first.stderr
    assert "3 added to the ledger kept" in first.stderr
    second = run("code", "news", "--ledger", "kept")
    assert (second.exit_code, second.stdout) == (0, "")
    assert "0 coded, 3 skipped, for the ledger has them" in second.stderr
    assert Ledger(tmp_path / "kept").version == 1
    (news / "c.txt").write_text("Carl was asked.")
    third = run("code", "news", "--ledger", "kept", "--format", "jsonl")
    assert third.exit_code == 0
    assert [Path(json.loads(line)["origin"]).name for line in third.stdout.splitlines()] == ["c.txt"]
    assert Ledger(tmp_path / "kept").documents().count() == 4


def test_what_could_not_be_coded_is_tried_again_where_that_is_asked_for(run: Run, news: Path, tmp_path: Path) -> None:
    run("code", "news", "--ledger", "kept")
    again = run("code", "news", "--ledger", "kept", "--again")
    assert again.exit_code == 1
    assert "0 coded, 1 not coded, 2 skipped" in again.stderr
    ledger = Ledger(tmp_path / "kept")
    assert (ledger.version, ledger.documents(copies=True).count()) == (2, 3)
    assert run("code", "news", "--again").exit_code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_what_was_coded_is_kept_where_the_output_fails(run: Run, news: Path, tmp_path: Path) -> None:
    told = run("code", str(news), "--ledger", str(tmp_path / "ledger"), "-o", "/dev/full")
    assert told.exit_code == 1
    assert "/dev/full cannot be written to" in told.stderr
    assert Ledger(tmp_path / "ledger").documents().count() == 1


def test_another_sayso_codes_everything_again(
    run: Run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "news", "--ledger", "kept")
    coded_with = ReaderOptions().coded_with().model_copy(update={"knowledge": "another"})
    monkeypatch.setattr(ReaderOptions, "coded_with", lambda _: coded_with)
    assert "2 coded" in run("code", "news", "--ledger", "kept").stderr
    ledger = Ledger(tmp_path / "kept")
    assert ledger.documents(copies=True).count() == 3
    assert {row["knowledge"] for row in ledger.documents(copies=True)} == {"another"}


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(CODING), *arguments], cwd=folder, stderr=subprocess.PIPE, start_new_session=True
    )


def wait_for_version(path: Path, version: int) -> None:
    until = time.monotonic() + PATIENCE
    while not (path / "records" / "_delta_log" / f"{version:020}.json").exists():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    lines = (json.dumps({"text": f"Report {n}: {story('a', 5)} {n}", "id": str(n)}) for n in range(60))
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    return tmp_path


def test_a_run_that_was_killed_goes_on_where_it_stopped(many: Path) -> None:
    for version in (2, 4):
        process = start(many, "0.03", "code", "many.jsonl", "--ledger", "kept")
        wait_for_version(many / "kept", version)
        process.kill()
        process.communicate(timeout=PATIENCE)
    kept = Ledger(many / "kept").documents(copies=True).count()
    assert 4 * FEW <= kept < 60
    process = start(many, "0", "code", "many.jsonl", "--ledger", "kept")
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert f"{60 - kept} coded, {kept} skipped" in told.decode()
    ledger = Ledger(many / "kept")
    assert sorted(int(row["ref"]) for row in ledger.documents(copies=True)) == list(range(60))
    assert ledger.sql("SELECT count(*) AS n FROM entries WHERE entry = 'record'").arrow()["n"][0].as_py() == 60
    assert verify(ledger).problems == []


def test_ctrl_c_keeps_all_that_was_coded(many: Path) -> None:
    process = start(many, "0.05", "code", "many.jsonl", "--ledger", "kept")
    wait_for_version(many / "kept", 2)
    time.sleep(0.12)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    [line] = [line for line in told.decode().splitlines() if line.startswith("stopped: ")]
    coded = int(line.split()[1])
    assert 2 * FEW <= coded < 60
    assert Ledger(many / "kept").documents(copies=True).count() in (coded, coded + 1)
    assert "Traceback" not in told.decode()


@pytest.mark.parametrize(
    "command",
    [
        ["query", "SELECT 1"],
        ["search", "wheat"],
        ["ledger", "history"],
        ["ledger", "verify"],
        ["ledger", "compact"],
        ["ledger", "retract", "sha256:1", "--reason", "x"],
        ["ledger", "restore", "sha256:1", "--reason", "x"],
        ["ledger", "relink"],
        ["ledger", "diff", "0", "1"],
    ],
)
def test_where_there_is_no_ledger_every_command_says_so(run: Run, tmp_path: Path, command: list[str]) -> None:
    told = run(*command, "--ledger", "none")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "sayso: none: there is no ledger here; sayso code ... --ledger makes one\n"
    assert run(*command).exit_code == 2
    (tmp_path / "file").write_text("x")
    assert run(*command, "--ledger", "file").exit_code == 2
    assert not (tmp_path / "none").exists()


def test_a_ledger_that_cannot_be_made_or_read_ends_the_coding_before_it_begins(
    run: Run, news: Path, tmp_path: Path, path: str
) -> None:
    (tmp_path / "file").write_text("x")
    told = run("code", "news", "--ledger", "file/kept")
    assert told.exit_code == 2
    assert "it is no folder; choose another name" in told.stderr
    next(Path(path, "records", "_delta_log").glob("*0.json")).write_text("{")
    told = run("code", "news", "--ledger", path)
    assert told.exit_code == 2
    assert "this entry of the log is damaged or empty" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "command",
    [[], ["history"], ["verify"], ["compact"], ["retract"], ["restore"], ["relink"], ["diff"], ["columns"]],
)
def test_help_shows_an_example(run: Run, command: list[str]) -> None:
    told = run("ledger", *command, "--help", env={"COLUMNS": "120"})
    assert told.exit_code == 0
    assert " ".join(["sayso ledger", *command]) in told.stdout


@pytest.mark.parametrize("command", ["query", "search"])
def test_help_of_questions_shows_an_example(run: Run, command: str) -> None:
    told = run(command, "--help", env={"COLUMNS": "120"})
    assert told.exit_code == 0
    assert f"sayso {command} " in told.stdout


ASKED = (
    "SELECT title, publisher, characters, [1.5, NULL] AS many, day FROM all_documents "
    "LEFT JOIN all_events USING (document, title, publisher) ORDER BY characters"
)


def test_answers_come_as_csv_without_formulas(run: Run, path: str) -> None:
    told = run("query", ASKED, "--ledger", path, "--format", "csv")
    assert told.exit_code == 0
    rows = list(csv.reader(io.StringIO(told.stdout)))
    assert rows[0] == ["title", "publisher", "characters", "many", "day"]
    assert rows[1] == ["'=HYPERLINK(1)", "'@x", "15", "1.5;", ""]
    assert rows[2] == ["Shells on El Fasher", "The Herald", "76", "1.5;", "2024-10-21"]
    assert run("query", ASKED, "--ledger", path).stdout == told.stdout
    hostile = run(
        "query", "SELECT '=1' AS a, '+1' AS b, '-1' AS c, '@x' AS d, ['=1'] AS e, -1 AS f, true AS g", "--ledger", path
    )
    assert hostile.stdout.splitlines()[1] == "'=1,'+1,'-1,'@x,'=1,-1,true"


def test_answers_come_as_jsonl_as_they_are(run: Run, path: str, tmp_path: Path) -> None:
    told = run("query", ASKED, "--ledger", path, "--format", "jsonl")
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [row["title"] for row in rows] == ["=HYPERLINK(1)", "Shells on El Fasher"]
    assert rows[1]["many"] == [1.5, None]
    assert rows[1]["day"] == "2024-10-21"
    assert run("query", ASKED, "--ledger", path, "-o", "out.jsonl").stdout == ""
    assert (tmp_path / "out.jsonl").read_text() == told.stdout


def test_answers_come_as_parquet_with_their_types(run: Run, path: str, tmp_path: Path) -> None:
    assert run("query", "SELECT * FROM events", "--ledger", path, "-o", "out.parquet").exit_code == 0
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == list(Ledger(path).events())
    piped = run("query", "SELECT * FROM events", "--ledger", path, "--format", "parquet")
    assert piped.stdout_bytes == (tmp_path / "out.parquet").read_bytes()


def test_answers_come_as_a_table_that_a_terminal_can_show(run: Run, path: str) -> None:
    told = run(
        "query", "SELECT chr(27) || '[31m' || title AS t, characters FROM documents ORDER BY 2", "--ledger", path
    )
    assert "\x1b" not in told.stdout
    told = run("query", ASKED, "--ledger", path, "--format", "table", env={"COLUMNS": "200"})
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert len(lines) == 3
    assert lines[2].split()[:4] == ["Shells", "on", "El", "Fasher"]


def test_an_empty_answer_takes_the_place_of_an_older_one(run: Run, path: str, tmp_path: Path) -> None:
    output = tmp_path / "answer.jsonl"
    output.write_text("an older answer")
    assert run("query", "SELECT * FROM events WHERE false", "--ledger", path, "-o", str(output)).exit_code == 0
    assert output.read_text() == ""


@pytest.mark.parametrize(
    ("format_", "answer"),
    [
        ("csv", "title,title_1,other\nx,y,z\n"),
        ("jsonl", '{"title": "x", "title_1": "y", "other": "z"}\n'),
        ("table", "title  title_1  other\nx      y        z\n"),
    ],
)
def test_columns_of_one_name_are_told_apart(run: Run, path: str, format_: str, answer: str) -> None:
    query = "SELECT 'x' AS title, 'y' AS title, 'z' AS other"
    assert run("query", query, "--ledger", path, "--format", format_).stdout == answer


def test_a_query_is_read_from_standard_input_and_from_the_past(run: Run, path: str) -> None:
    Ledger(path).append([bare("More.")])
    count = "SELECT count(*) AS n FROM documents"
    assert run("query", "-", "--ledger", path, input=count).stdout == "n\n3\n"
    assert run("query", count, "--ledger", path, "--as-of", "1").stdout == "n\n2\n"
    assert run("query", count, env={"SAYSO_LEDGER": path}).stdout == "n\n3\n"


@pytest.mark.parametrize("format_", ["csv", "jsonl", "table", "parquet"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT nothing FROM documents",
        "DROP VIEW documents",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT CASE WHEN i = 150000 THEN error('late') END AS x FROM range(200000) AS t(i)",
    ],
)
def test_a_query_that_fails_is_a_message(run: Run, path: str, query: str, format_: str, tmp_path: Path) -> None:
    told = run("query", query, "--ledger", path, "--format", format_, "-o", "out")
    assert told.exit_code == 2
    assert told.stderr.startswith("sayso: ")
    assert told.stderr.count("\n") == 1
    early = "late" not in query
    assert not (early and (tmp_path / "out").exists())


def test_numbers_are_numbers_in_jsonl(run: Run, path: str) -> None:
    asked = "SELECT sum(characters) AS a, 1.50 AS b, avg(characters) AS c, 12345678901234567890123 AS d FROM documents"
    told = run("query", asked, "--ledger", path, "--format", "jsonl")
    assert json.loads(told.stdout) == {"a": 91, "b": 1.5, "c": 45.5, "d": 12345678901234567890123}


def test_an_empty_answer_has_a_header_only(run: Run, path: str) -> None:
    assert run("query", "SELECT title FROM documents WHERE false", "--ledger", path).stdout == "title\n"
    assert run("query", "SELECT title FROM documents WHERE false", "--ledger", path, "--format", "jsonl").stdout == ""


def test_a_search_tells_people_and_programs(run: Run, path: str) -> None:
    told = run("search", "shelled", "--actor", "SDN", "--ledger", path, "--format", "table")
    assert told.exit_code == 0
    assert "Shells on El Fasher" in told.stdout
    assert "ASSAULT/artillery" in told.stdout
    assert "on the word of Anna Berg" in told.stdout
    assert told.stderr == "1 document found\n"
    [line] = run("search", "shelled", "--actor", "SDN", "--ledger", path).stdout.splitlines()
    hit = json.loads(line)
    assert (hit["title"], hit["statements"], len(hit["events"])) == ("Shells on El Fasher", [], 1)
    assert "text" not in hit


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["wheat"], 1),
        (["wheat", "shelled"], 0),
        (["wheat", "OR", "shelled"], 2),
        (["--", "-shelled", "wheat"], 1),
        (["--act", "say", "--act", "deny"], 1),
        (["--act", "say", "--actor", "SDN", "--since", "2024-10"], 1),
        (["--speaker", "Anna Berg", "--until", "2024-10"], 1),
        (["--type", "ASSAULT", "--mode", "artillery", "--place", "El Fasher", "--country", "SDN"], 1),
        (["--factuality", "CT+", "--voucher", "actor:anna-berg", "--min-confidence", "0.5"], 1),
        (["--recipient", "SDN"], 0),
        (["--publisher", "@x"], 1),
        ([], 2),
    ],
)
def test_a_search_takes_words_and_filters(run: Run, path: str, arguments: list[str], found: int) -> None:
    told = run("search", "--ledger", path, *arguments)
    assert told.exit_code == 0
    assert len(told.stdout.splitlines()) == found


def test_a_search_is_paged(run: Run, path: str) -> None:
    told = run("search", "--ledger", path, "--limit", "1", "--offset", "1")
    assert len(told.stdout.splitlines()) == 1
    assert told.stderr == "2 documents found, 2 to 2 shown\n"


@pytest.mark.parametrize(
    "arguments",
    [['"'], ["-"], ["--since", "yesterday"], ["x", "--as-of", "99"], ["x", "--limit", "0"], ["--min-confidence", "2"]],
)
def test_a_search_that_makes_no_sense_is_a_message(run: Run, path: str, arguments: list[str]) -> None:
    told = run("search", "--ledger", path, *arguments)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr


def test_bytes_that_are_no_text_do_no_harm(run: Run, path: str) -> None:
    assert run("search", "wheat\udcff", "--ledger", path).exit_code == 0
    for arguments in (["query", "SELECT '\udcff'"], ["search", "--speaker", "\udcff"]):
        told = run(*arguments, "--ledger", path)
        assert told.exit_code == 2
        assert "Traceback" not in told.stderr


def test_the_history_tells_what_was_done_in_one_line_each(run: Run, path: str) -> None:
    reason = "wrong\n      9  2030-01-01 00:00:00Z  append\x1b[2J"
    retracted = run("ledger", "retract", account().id[:23] + "…", "--reason", reason, "--by", "Anna", "--ledger", path)
    assert retracted.exit_code == 0
    assert "is retracted as of version 2" in retracted.stdout
    told = run("ledger", "history", "--ledger", path)
    assert told.exit_code == 0
    assert "\x1b" not in told.stdout
    lines = told.stdout.splitlines()
    assert len(lines) == 3
    assert lines[1].split()[3:] == ["append", "copies", "0,", "documents", "2"]
    assert lines[2].split()[3] == "retract"
    assert f"document {account().id}" in lines[2]
    assert "by Anna" in lines[2]
    rows = [
        json.loads(line) for line in run("ledger", "history", "--ledger", path, "--format", "jsonl").stdout.splitlines()
    ]
    assert [row["version"] for row in rows] == [0, 1, 2]
    assert rows[2]["details"]["reason"] == reason


def test_a_document_is_retracted_and_restored(run: Run, path: str) -> None:
    id_ = account().id
    assert run("ledger", "retract", id_, "--ledger", path, input="because\n").exit_code == 0
    assert run("search", "shelled", "--ledger", path).stdout == ""
    again = run("ledger", "retract", id_, "--reason", "x", "--ledger", path)
    assert again.exit_code == 2
    assert "there is no document" in again.stderr
    assert run("ledger", "restore", id_, "--reason", "x", "--ledger", path).exit_code == 0
    assert len(run("search", "shelled", "--ledger", path).stdout.splitlines()) == 1
    assert run("ledger", "restore", id_, "--reason", "x", "--ledger", path).exit_code == 2
    assert [commit.details.get("by") for commit in Ledger(path).history()[2:]] != [None, None]


def test_a_ledger_is_verified_compacted_and_relinked(run: Run, path: str) -> None:
    Ledger(path).append([bare("More.")])
    assert run("ledger", "compact", "--prune", "--ledger", path).stdout == "2 files are 1 now; 0 deleted\n"
    assert run("ledger", "relink", "--ledger", path).stdout == "0 links changed\n"
    told = run("ledger", "verify", "--ledger", path)
    assert told.exit_code == 0
    assert told.stdout.startswith("version ")
    assert "1 file, 3 rows, 3 accounts; 0 problems" in told.stdout
    [file] = Ledger(path).store.files()
    os.truncate(file, 100)
    told = run("ledger", "verify", "--ledger", path)
    assert told.exit_code == 1
    assert "restore it from a backup" in told.stderr


def test_a_diff_tells_what_changed(run: Run, path: str) -> None:
    Ledger(path).append([account(statement={"act": "deny"}, title="Two\nlines")])
    told = run("ledger", "diff", "1", "2", "--ledger", path)
    assert told.exit_code == 0
    first, gone, new = told.stdout.splitlines()
    assert first == f"recoded  {account().id}  The Herald · Two lines"
    assert gone.startswith("  - actor:anna-berg say: ")
    assert new.startswith("  + actor:anna-berg deny: ")
    [line] = run("ledger", "diff", "1", "2", "--ledger", path, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["kind"] == "recoded"
    assert run("ledger", "diff", "1", "9", "--ledger", path).exit_code == 2


def test_the_columns_are_listed(run: Run) -> None:
    told = run("ledger", "columns", "--format", "jsonl")
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    views = {view.name for view in VIEWS} | {"occurrences", "reports", "voices", "reviews"}
    views |= {"utterances", "utterance_variants"}
    assert {row["view"] for row in rows} == views
    assert all(row["meaning"] and row["type"] for row in rows)
    assert run("ledger", "columns").stdout.count("\n") == len(rows) + len(views)


def test_from_an_article_to_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real reader."""
    monkeypatch.chdir(tmp_path)
    article = "The defence minister of Norway said on Monday that Russia shelled Kharkiv. Russia denied the report.\n"
    (tmp_path / "a.txt").write_text(article)
    runner = CliRunner()
    coded = runner.invoke(
        app, ["code", "a.txt", "--published", "2024-10-22", "--publisher", "The Herald", "--ledger", "kept"]
    )
    assert coded.exit_code == 0
    again = runner.invoke(app, ["code", "a.txt", "--publisher", "The Herald", "--ledger", "kept"])
    assert "0 coded, 1 skipped" in again.stderr
    asked = (
        'SELECT act, publisher, substring(text, start + 1, "end" - start) = content AS same '
        "FROM statements JOIN documents USING (document, publisher) ORDER BY start"
    )
    told = runner.invoke(app, ["query", asked, "--ledger", "kept"])
    assert told.stdout.splitlines()[:2] == ["act,publisher,same", "say,The Herald,true"]
    assert runner.invoke(app, ["ledger", "verify", "--ledger", "kept"]).exit_code == 0
    assert len(runner.invoke(app, ["search", "kharkiv", "--ledger", "kept"]).stdout.splitlines()) == 1
