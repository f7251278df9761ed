"""From reports of one announcement to the list of utterances, who left out what, and a dossier."""

from __future__ import annotations

import csv
import io
import json

import pytest

from doc_pages import DOCS, generator
from sample_ledgers import Ask, asking, coded
from sayso.cli.utterance_dossier import dossier
from sayso.corroboration import Utterance
from sayso.rendering.terminal import Screen


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return coded("utterances/orle.jsonl", tmp_path_factory.mktemp("ledger"))


@pytest.fixture
def ask(ledger: str) -> Ask:
    return asking(ledger)


@pytest.fixture
def announcement(ask: Ask) -> Utterance:
    found = [Utterance.model_validate_json(line) for line in ask("utterances", "--omitted").stdout.splitlines()]
    return max(found, key=lambda utterance: len(utterance.variants))


def test_a_pipe_gets_whole_utterances_one_a_line(ask: Ask, announcement: Utterance) -> None:
    assert announcement.speaker == "Ada Brenn"
    assert announcement.first_publisher == "Harbour Gazette"
    assert len(ask("utterances").stdout.splitlines()) == 3


def test_the_table_says_who_left_out_what(ask: Ask, announcement: Utterance) -> None:
    done = ask("utterances", "--omitted", "--format", "table")
    told = " ".join(done.stdout.split())
    assert announcement.id[:12] in told
    assert "Meridian Post leaves out the condition “unless the divers find new cracks”" in told
    assert "2 utterances found" in done.stderr


def test_csv_has_a_row_for_each_variant(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("utterances", "--format", "csv").stdout)))
    assert {row["speaker"] for row in rows} == {"Ada Brenn", "Tom Quist"}
    (lean,) = [row for row in rows if row["publisher"] == "Lowland Courier"]
    assert lean["omits"] == "condition: unless the divers find new cracks"
    assert lean["relayed_by"] == "Harbour Gazette"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--speaker", "Tom Quist"], 1),
        (["--speaker", "Tom Quist", "--omitted"], 0),
        (["--omitted-by", "Meridian Post"], 2),
        (["--publisher", "River Times", "--min-documents", "4"], 1),
        (["--since", "2025-05-07"], 1),
        (["--single", "--limit", "1"], 1),
    ],
)
def test_filters_select(ask: Ask, filters: list[str], found: int) -> None:
    assert len(ask("utterances", *filters).stdout.splitlines()) == found


def test_nothing_found_says_what_else_there_is(ask: Ask) -> None:
    assert "--single" in ask("utterances", "--format", "table", "--speaker", "Nobody").stderr


def test_a_dossier_has_the_variants_side_by_side(ask: Ask, announcement: Utterance) -> None:
    told = ask("show", announcement.id[:12], "--format", "pretty").stdout
    assert "*unless the divers" in told
    assert "Who left out what" in told
    assert "left out by Lowland Courier, 2025-05-06" in told
    assert "relayed by Harbour Gazette" in told
    assert "the same speaker" in told


def test_show_finds_the_utterance_of_a_statement(ask: Ask, announcement: Utterance) -> None:
    variant = announcement.variants[0]
    done = ask("show", f"{variant.document}#{variant.statement}", "--format", "json")
    assert json.loads(done.stdout)["id"] == announcement.id


def test_show_says_where_ids_are_listed(ask: Ask) -> None:
    done = ask("show", "u00000000")
    assert done.exit_code != 0
    assert "sayso utterances lists them" in done.stderr


def test_hostile_words_do_nothing(announcement: Utterance) -> None:
    first = announcement.variants[0]
    hostile = first.model_copy(update={"publisher": "\x1b[2Jx\u202e", "source": "a\nb"})
    shown = Screen().show(dossier(announcement.model_copy(update={"variants": [hostile]})))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "a b" in shown


def test_the_outputs_on_the_page_are_current() -> None:
    text = (DOCS / "utterances.md").read_text(encoding="utf-8")
    assert generator("utterances").page(text) == text, "run: python docs/utterances.py"
