from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sayso import __version__
from sayso.cli import app
from sayso.engine.options import ReaderOptions
from sayso.errors import KnowledgeError
from sayso.reading.annotations import Rejection
from sayso.reading.assembly import Reason
from sayso.reading.reader import Explanation
from sayso.records import CodedWith, Document, Record, Statement, document_id, json_schema, text_hash

Run = Callable[..., Result]
MODEL = CodedWith(sayso="0", pipeline="stand-in", knowledge="", ontology="")


class StandIn:
    """Reads every text as one statement of its first word, without a parser."""

    def read(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            problem = document.error or (None if document.text.strip() else "the text is empty")
            statement = Statement(
                id="s1",
                source=[(0, 1)],
                cue=[],
                content=[(0, len(document.text) or 1)],
                speaker=None,
                kind="indirect",
                act="say",
                confidence=0.5,
            )
            yield Record(
                id=document_id(document),
                text_hash=text_hash(document.text),
                ref=document.ref,
                origin=document.origin,
                title=document.title,
                publisher=document.publisher,
                published=document.published,
                text=document.text,
                statements=[] if problem else [statement],
                coded_with=MODEL,
                error=problem,
            )

    def explain(self, document: Document) -> Explanation:
        [record] = self.read([document])
        return Explanation(
            record, [Reason("s1", "statement", "stand-in", [(0, 1)])], [Rejection((0, 1), "r", "why not")]
        )


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in a folder of its own, with a reader that takes no time to load."""
    monkeypatch.setattr(ReaderOptions, "make", lambda _: StandIn())
    monkeypatch.chdir(tmp_path)
    for name, text in {"a.txt": "Anna said so.", "b.txt": "Bert said so.", "empty.txt": " "}.items():
        (tmp_path / name).write_text(text)
    runner = CliRunner()
    return lambda *arguments, **options: runner.invoke(app, list(arguments), **options)


def origins(jsonl: str) -> list[str]:
    return [json.loads(line)["origin"] for line in jsonl.splitlines()]


def test_documents_become_lines_in_order(run: Run) -> None:
    result = run("code", "b.txt", "a.txt", "--published", "2024-10-25", "--publisher", "The Herald")
    assert result.exit_code == 0
    assert origins(result.stdout) == ["b.txt", "a.txt"]
    record = Record.model_validate_json(result.stdout.splitlines()[0])
    assert (record.published, record.publisher) == ("2024-10-25", "The Herald")
    assert result.stderr == ""


def test_what_fails_is_named_and_the_rest_is_coded(run: Run) -> None:
    result = run("code", "a.txt", "missing.txt", "empty.txt", "b.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 4
    notes = result.stderr.splitlines()
    assert notes[0].startswith("not coded: missing.txt: there is no such file")
    assert notes[1].startswith("not coded: empty.txt: ")
    assert notes[-1] == "2 coded, 2 not coded"


def test_standard_input(run: Run) -> None:
    result = run("code", "-", input=b"Carl said so.")
    assert json.loads(result.stdout)["text"] == "Carl said so."


def test_columns_can_have_other_names(run: Run) -> None:
    Path("t.csv").write_text("body,day\nAnna said so.,2024-10-25\n")
    result = run("code", "t.csv", "--map", "text=body, published=day")
    assert json.loads(result.stdout)["published"] == "2024-10-25"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.jsonl", '{"id":'),
        ("out.csv", "kind,document"),
        ("out.html", "<!doctype html>"),
        ("out.dat", '{"id":'),
        ("out.txt", "a.txt"),
    ],
)
def test_the_name_of_the_output_suggests_the_format(run: Run, tmp_path: Path, name: str, begins: str) -> None:
    result = run("code", "a.txt", "-o", name)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (tmp_path / name).read_text().startswith(begins)


def test_a_format_that_is_asked_for_wins(run: Run) -> None:
    run("code", "a.txt", "--format", "csv", "-o", "out.jsonl")
    [row] = csv.DictReader(Path("out.jsonl").read_text().splitlines())
    assert row["evidence"] == "Anna said so."


def test_the_output_replaces_what_was_there(run: Run) -> None:
    Path("out.jsonl").write_text("x" * 10_000)
    run("code", "a.txt", "-o", "out.jsonl")
    assert origins(Path("out.jsonl").read_text()) == ["a.txt"]


def test_pretty_says_what_failed_on_standard_error_alone(run: Run) -> None:
    result = run("code", "a.txt", "empty.txt", "--format", "pretty")
    assert "Who said what" in result.stdout
    assert "empty" not in result.stdout
    assert "not coded: empty.txt" in result.stderr


@pytest.mark.parametrize(("confidence", "statements"), [("0.5", 1), ("0.6", 0)])
def test_uncertain_items_can_be_left_out(run: Run, confidence: str, statements: int) -> None:
    result = run("code", "a.txt", "--min-confidence", confidence)
    assert len(json.loads(result.stdout)["statements"]) == statements


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "--published", "yesterday"], "'yesterday' cannot be read"),
        (["a.txt", "--published", "2999-01-01"], "in the future"),
        (["a.txt", "--map", "body"], "not of the form"),
        (["a.txt", "--map", "words=body"], "no column is called words"),
        (["a.txt", "--knowledge", "nowhere"], "does not exist"),
        (["a.txt", "--min-confidence", "2"], "less than or equal to"),
        (["a.txt", "--workers", "0"], "greater than or equal to"),
        (["a.txt", "--since", "last May"], "'last May' is not a day, month or year"),
        (["a.txt", "--ontology", "nowhere.yaml"], "does not exist"),
        (["a.txt", "--format", "xml"], "xml"),
        (["a.txt", "-o", "."], "it is a folder"),
        (["a.txt", "-o", "no/such/place.jsonl"], "No such file"),
        (["t.jsonl", "-o", "t.jsonl"], "would be read"),
        ([".", "-o", "t.jsonl"], "would be read"),
        ([], "PATH"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_read(run: Run, arguments: list[str], message: str) -> None:
    result = run("code", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_knowledge_error_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: ReaderOptions) -> None:
        raise KnowledgeError("my/actors.yaml", "line 3", "no id")

    monkeypatch.setattr(ReaderOptions, "make", fail)
    result = run("code", "a.txt")
    assert result.exit_code == 2
    assert result.stderr == "sayso: my/actors.yaml: line 3: no id\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to offer")
@pytest.mark.parametrize("format_", ["jsonl", "csv", "html", "pretty"])
def test_a_full_disk(run: Run, format_: str) -> None:
    result = run("code", "a.txt", "--format", format_, "-o", "/dev/full")
    assert result.exit_code == 1
    assert "/dev/full cannot be written to" in result.stderr


def test_hostile_names_cannot_write_on_the_terminal(run: Run) -> None:
    result = run("code", "\x1b[2Jmissing\n.txt")
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 2


def test_explain(run: Run) -> None:
    result = run("explain", "a.txt", "b.txt")
    assert result.exit_code == 0
    assert result.stdout.count("by stand-in") == 2
    assert "why not" in result.stdout
    assert run("explain", "a.txt", "missing.txt").exit_code == 1


def test_schema(run: Run) -> None:
    assert json.loads(run("schema").stdout) == json_schema()


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"sayso {__version__}\n"


@pytest.mark.parametrize("command", [[], ["code"], ["explain"], ["schema"], ["knowledge"], ["knowledge", "validate"]])
def test_every_command_has_help_with_an_example(run: Run, command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert " ".join(["sayso", *command]) in result.stdout


def test_the_knowledge_that_ships_is_valid(run: Run) -> None:
    result = run("knowledge", "validate")
    assert (result.exit_code, result.stderr) == (0, "")


def test_knowledge_that_is_broken_is_named(run: Run) -> None:
    Path("mine").mkdir()
    Path("mine/language.yaml").write_text("{broken")
    result = run("knowledge", "validate", "--knowledge", "mine")
    assert result.exit_code == 1
    assert "mine/language.yaml" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_ontology_that_is_broken_is_named(run: Run) -> None:
    Path("mine.yaml").write_text("name: mine\nversion: '1'\ncategories: [{name: x, definition: y, parent: CRICKET}]")
    result = run("ontology", "test", "mine.yaml")
    assert result.exit_code == 2
    assert "mine.yaml: categories.0.parent" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_ontology_that_does_not_do_as_it_says_is_told(run: Run) -> None:
    Path("mine.yaml").write_text(
        "name: mine\nversion: '1'\n"
        "categories: [{name: raid, definition: y, parent: ASSAULT, within: [{words: [camp]}], "
        "examples: [[Rebels attacked a camp in Chad., Rebels], [Rebels attacked a town in Chad., Rebels]]}]"
    )
    result = run("ontology", "test", "mine.yaml")
    assert (result.exit_code, result.stdout) == (1, "mine 1: 1 of 2 examples come out as they say\n")
    assert "'Rebels attacked a town in Chad.' is not coded; coded as ASSAULT/attack" in result.stderr


def test_help_loads_no_parser() -> None:
    heavy = ("spacy", "pydantic", "trafilatura", "jinja2")
    program = f"import sys, sayso.cli; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_coding_a_text_loads_nothing_for_tables_ledgers_pages_or_the_web(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rebels attacked a camp in Chad, the army said.", encoding="utf-8")
    heavy = {"duckdb", "deltalake", "pyarrow", "pandas", "polars", "lxml", "trafilatura", "jinja2", "altair", "fastapi"}
    heavy |= {"requests", "httpx", "urllib3", "weasel", "onnxruntime", "tokenizers", "fastwarc", "feedparser"}
    program = (
        "import sys; from sayso.cli import app\n"
        f"app(['code', {str(tmp_path / 'a.txt')!r}, '--format', 'jsonl'], standalone_mode=False)\n"
        f"print(sorted({heavy} & {{*sys.modules}}))"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    account, loaded = shown.stdout.splitlines()
    assert json.loads(account)["events"]
    assert loaded == "[]"
