from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sayso.cli import app
from sayso.engine.options import ReaderOptions
from sayso.errors import SaysoError
from sayso.records import CodedWith, Document, Record, Statement, document_id, text_hash

Run = Callable[..., Result]
MODEL = CodedWith(sayso="0", pipeline="stand-in", knowledge="", ontology="")
ROAD = "Anna said the road is shut. Carl claimed that it was."
EMPTY = "Carl said so."


class StandIn:
    """Finds "X said Y." and no other statement, without a parser."""

    def read(self, documents: Iterable[Document]) -> Iterator[Record]:
        for document in documents:
            problem = document.error or ("it is too long" if "too long" in document.text else None)
            found = [] if problem else re.finditer(r"(\w+) (said) ([^.]+)\.", document.text)
            yield Record(
                id=document_id(document),
                text_hash=text_hash(document.text),
                ref=document.ref,
                origin=document.origin,
                text=document.text,
                statements=[statement(number, match) for number, match in enumerate(found, 1)],
                coded_with=MODEL,
                error=problem,
            )


def statement(number: int, match: re.Match[str]) -> Statement:
    source, cue, content = ([match.span(group)] for group in (1, 2, 3))
    return Statement(
        id=f"s{number}",
        source=source,
        cue=cue,
        content=content,
        speaker=None,
        kind="indirect",
        act="say",
        confidence=0.75,
    )


def spans(text: str, words: str) -> list[list[int]]:
    return [[text.index(words), text.index(words) + len(words)]]


def row(ref: str, text: str, *statements: tuple[str, str, str]) -> dict[str, Any]:
    roles = ("source", "cue", "content")
    return {
        "id": ref,
        "text": text,
        "statements": [{role: spans(text, words) for role, words in zip(roles, s, strict=True)} for s in statements],
    }


ROWS = [
    row("a", ROAD, ("Anna", "said", "the road is shut"), ("Carl", "claimed", "that it was")),
    row("b", EMPTY),
]


def write(name: str, *rows: Any) -> None:
    lines = (one if isinstance(one, str) else json.dumps(one) for one in rows)
    Path(name).write_text("".join(f"{line}\n" for line in lines))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``sayso evaluate attribution`` in a folder with gold, with a reader that takes no time to load."""
    monkeypatch.setattr(ReaderOptions, "make", lambda _: StandIn())
    monkeypatch.chdir(tmp_path)
    write("gold.jsonl", *ROWS)
    runner = CliRunner()
    return lambda *arguments, **options: runner.invoke(app, ["evaluate", "attribution", *arguments], **options)


def figures(result: Result) -> dict[str, list[str]]:
    """Return the rows of a table: of each the figures P, R and F1."""
    return {line[:17].strip(): line[17:].split()[:3] for line in result.stdout.splitlines()[3:14]}


def code(*arguments: str) -> None:
    assert CliRunner().invoke(app, ["code", *arguments]).exit_code == 0


def test_gold_is_coded_and_scored(run: Run) -> None:
    result = run("gold.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("2 documents, 2 gold statements, 2 predicted\n")
    assert figures(result)["linked"] == ["0.500", "0.500", "0.500"]
    assert figures(result)["token source"] == ["0.500", "0.500", "0.500"]
    assert "Calibration: expected error 0.250" in result.stdout
    assert "Missed" not in result.stdout


def test_records_made_before_give_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code("gold.jsonl", "-o", "pred.jsonl")
    coded = run("gold.jsonl")
    monkeypatch.setattr(ReaderOptions, "make", lambda _: pytest.fail("nothing is to be coded"))
    scored = run("gold.jsonl", "pred.jsonl")
    assert (scored.exit_code, scored.stderr) == (0, "")
    assert scored.stdout == coded.stdout


def test_a_brat_folder(run: Run) -> None:
    Path("brat/sub").mkdir(parents=True)
    Path("brat/sub/a.txt").write_text(ROAD)
    Path("brat/sub/a.ann").write_text(
        "T1\tSpeaker 0 4\tAnna\nT2\tCue 5 9\tsaid\nT3\tQuote 10 26\tthe road is shut\nE1\tCue:T2 Speaker:T1 Quote:T3\n"
        "T4\tCue 33 40\tclaimed\n"
    )
    labels = ("--labels", "source=Speaker,content=Quote", "--errors", "1")
    result = run("brat", *labels)
    assert result.exit_code == 0
    assert figures(result)["linked"] == ["1.000", "1.000", "1.000"]
    assert result.stderr == "note: 1 gold statement without a content left out\n"
    code("brat", "-o", "pred.jsonl")
    assert run("brat", "pred.jsonl", *labels).stdout == result.stdout
    refused = run("brat")
    assert refused.exit_code == 2
    assert "brat: nothing is labelled content (the labels are Quote, Speaker)" in refused.stderr


def test_the_json_holds_everything(run: Run) -> None:
    result = run("gold.jsonl", "--format", "json", "--errors", "1", "--resamples", "50", "--seed", "3")
    told = json.loads(result.stdout)
    assert result.stdout.isascii()
    assert told["settings"] == {
        "gold": "gold.jsonl",
        "predicted": None,
        "reader": "fast",
        "knowledge": None,
        "min_confidence": 0.0,
        "resamples": 50,
        "seed": 3,
    }
    assert (told["documents"], told["statements"], told["predicted"], told["problems"]) == (2, 2, 2, [])
    linked = told["figures"]["linked"]
    assert [linked[name] for name in ("precision", "recall", "f1", "found", "right", "predicted", "gold")] == [
        0.5, 0.5, 0.5, 1, 1, 2, 2,
    ]  # fmt: skip
    low, high = linked["f1_interval"]
    assert low <= 0.5 <= high
    assert len(told["figures"]) == 11
    assert told["calibration"]["bins"][7] == {"low": 0.7, "high": 0.8, "items": 2, "confidence": 0.75, "right": 0.5}
    assert {fault: errors["total"] for fault, errors in told["errors"].items()} == {
        "wrong source": 0,
        "overlap below half": 0,
        "missed": 1,
        "false": 1,
    }
    [missed], [false] = (told["errors"][fault]["listed"] for fault in ("missed", "false"))
    assert (missed["document"], missed["predicted"], missed["gold"]["source"]) == ("a", None, spans(ROAD, "Carl"))
    assert (false["document"], false["start"], false["end"]) == ("b", 0, len(EMPTY) - 1)
    assert false["predicted"]["excerpt"] == "[source Carl] [cue said] [content so]."
    assert run("gold.jsonl", "--format", "json").stdout == run("gold.jsonl", "--format", "json").stdout


def test_errors_are_listed_with_their_words(run: Run) -> None:
    write("gold.jsonl", *ROWS, row("c", "Ann said no. Bo was there.", ("Bo", "said", "no")))
    result = run("gold.jsonl", "--errors", "3")
    listed = result.stdout[result.stdout.index("\nRight content, wrong source: 1\n") :]
    assert listed == (
        "\nRight content, wrong source: 1\n\n"
        "  c, characters 0 to 15, overlap 100%\n"
        "    gold       Ann [cue said] [content no]. [source Bo] was there.\n"
        "    predicted  [source Ann] [cue said] [content no]. Bo was there.\n"
        "\nMissed: 1\n\n"
        "  a, characters 28 to 52\n"
        "    gold       … said the road is shut. [source Carl] [cue claimed] [content that it was].\n"
        "\nFalse: 1\n\n"
        "  b, characters 0 to 12\n"
        "    predicted  [source Carl] [cue said] [content so].\n"
    )


def test_texts_and_names_cannot_write_on_the_terminal(run: Run) -> None:
    text = "Anna \x1b[2J\u202esaid no\x07."
    write("gold.jsonl", row("\x1b]0;x\x07", text, ("Anna", "said", "no")), row("\x1b[31m", ""), ROWS[0])
    for layout in ("table", "json"):
        result = run("gold.jsonl", "--errors", "9", "--format", layout)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", result.stdout + result.stderr)


def test_uncertain_statements_can_be_left_out(run: Run) -> None:
    assert "2 predicted" in run("gold.jsonl", "--min-confidence", "0.75").stdout
    assert "0 predicted" in run("gold.jsonl", "--min-confidence", "0.8").stdout


def test_the_output_may_be_a_file_whose_name_suggests_the_format(run: Run) -> None:
    assert run("gold.jsonl", "-o", "scores.json").stdout == ""
    assert json.loads(Path("scores.json").read_text())["documents"] == 2
    run("gold.jsonl", "-o", "scores.txt")
    assert Path("scores.txt").read_text() == run("gold.jsonl").stdout


def test_rows_that_cannot_be_used_are_named_and_the_others_are_scored(run: Run) -> None:
    write("gold.jsonl", "{broken", *ROWS, {"id": "c", "text": ROAD, "statements": [{"cue": [[9, 5]]}]})
    result = run("gold.jsonl")
    assert result.exit_code == 1
    assert figures(result)["linked"] == ["0.500", "0.500", "0.500"]
    first, second, last = result.stderr.splitlines()
    assert first.startswith("not used: gold.jsonl, line 1: not valid JSON")
    assert second == (
        "not used: gold.jsonl, line 4: statement 1, cue: the span 9 to 5 covers nothing; "
        "write the start first, then the end, exclusive"
    )
    assert last == "2 documents scored, 2 problems"
    assert len(json.loads(run("gold.jsonl", "--format", "json").stdout)["problems"]) == 2


def test_a_file_of_another_kind_does_not_fill_the_screen(run: Run) -> None:
    write("gold.jsonl", *["not json"] * 1000)
    result = run("gold.jsonl")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 22
    assert "not used: 980 more like these" in result.stderr


def test_a_text_that_cannot_be_coded_counts_as_coded_empty(run: Run) -> None:
    text = "Anna said it was too long."
    write("gold.jsonl", *ROWS, row("c", text, ("Anna", "said", "it was too long")))
    result = run("gold.jsonl")
    assert result.exit_code == 1
    assert "3 documents, 3 gold statements, 2 predicted" in result.stdout
    assert result.stderr.splitlines() == [
        "not coded: gold.jsonl, c: it is too long",
        "warning: 1 document could not be coded, taken as coded empty",
    ]


def test_predictions_that_are_not_what_they_seem_are_told(run: Run) -> None:
    rows = [*ROWS, row("c", "Anna said no."), row("d", "Anna said it was too long.")]
    write("gold.jsonl", *rows)
    CliRunner().invoke(app, ["code", "gold.jsonl", "-o", "pred.jsonl"])
    kept = Path("pred.jsonl").read_text().replace("Anna said no.", "Anna said NO.").splitlines()
    write("pred.jsonl", kept[0], *kept[2:])
    result = run("gold.jsonl", "pred.jsonl")
    assert result.exit_code == 0
    assert result.stdout.startswith("4 documents, 2 gold statements, 2 predicted\n")
    assert result.stderr.splitlines() == [
        "warning: no record, which counts as coded empty: 1 document: b",
        "warning: a record with an error, which counts as coded empty: 1 document: d",
        "warning: a record of another text, whose offsets may be wrong: 1 document: c",
    ]


def test_a_broken_record_is_named(run: Run) -> None:
    code("gold.jsonl", "-o", "pred.jsonl")
    write("pred.jsonl", *Path("pred.jsonl").read_text().splitlines(), '{"ref": "a"}')
    result = run("gold.jsonl", "pred.jsonl")
    assert result.exit_code == 1
    assert "not used: pred.jsonl, line 3: not a Record" in result.stderr


USELESS = [
    (["missing.jsonl"], "does not exist"),
    (["empty.jsonl"], "empty.jsonl: the file is empty"),
    (["empty.jsonl"], "there is no document to score"),
    (["binary.jsonl"], "binary data"),
    (["."], "there is no document to score"),
    (["gold.jsonl", "missing.jsonl"], "does not exist"),
    (["gold.jsonl", "."], "is a directory"),
    (["gold.jsonl", "empty.jsonl"], "no record is of a document in gold.jsonl; make it with sayso code"),
    (["gold.jsonl", "gold.jsonl"], "not a Record"),
    (["gold.jsonl", "-o", "gold.jsonl"], "is one of the inputs"),
    (["gold.jsonl", "-o", "no/such/place.json"], "No such file"),
    (["gold.jsonl", "-o", "."], "is a folder"),
    ([".", "-o", "a.ann"], "among them"),
    (["gold.jsonl", "--labels", "source"], "is not of the form source=Speaker"),
    (["gold.jsonl", "--labels", "verb=said"], "no role is called verb: choose from source, cue, content"),
    (["gold.jsonl", "--labels", "source=X,cue=x"], "x cannot stand for two roles"),
    (["gold.jsonl", "--min-confidence", "2"], "less than or equal to"),
    (["gold.jsonl", "--errors", "-1"], "greater than or equal to"),
    (["gold.jsonl", "--resamples", "x"], "an integer"),
    (["gold.jsonl", "--format", "xml"], "xml"),
    ([], "GOLD"),
]


@pytest.mark.parametrize(("arguments", "message"), USELESS)
def test_what_makes_no_sense_is_refused(run: Run, arguments: list[str], message: str) -> None:
    Path("empty.jsonl").touch()
    Path("binary.jsonl").write_bytes(bytes(range(256)) * 9)
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in re.sub(r"[\s│]+", " ", result.stderr)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_a_reader_that_cannot_be_loaded_is_told_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: ReaderOptions) -> None:
        raise SaysoError("no reader is called x: choose fast")

    monkeypatch.setattr(ReaderOptions, "make", fail)
    result = run("gold.jsonl", "--reader", "x")
    assert (result.exit_code, result.stderr) == (2, "sayso: no reader is called x: choose fast\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to offer")
def test_a_full_disk(run: Run) -> None:
    result = run("gold.jsonl", "-o", "/dev/full")
    assert result.exit_code == 1
    assert "/dev/full cannot be written to" in result.stderr


@pytest.mark.parametrize("command", [["evaluate"], ["evaluate", "attribution"]])
def test_help_has_an_example(command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert "sayso evaluate attribution gold.jsonl" in result.stdout


def test_every_option_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "evaluate.md").read_text(encoding="utf-8")
    options = re.findall(r"(--[a-z-]+)  ", CliRunner().invoke(app, ["evaluate", "attribution", "--help"]).stdout)
    assert len(options) > 8
    assert [option for option in options if option not in text and option != "--help"] == []
