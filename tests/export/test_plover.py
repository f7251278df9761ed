from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.errors import ExportError
from sayso.export import checks, export, read_plover
from sayso.export.output import json_line
from sayso.export.plover import entry_of
from sayso.ledger import Ledger


def entries(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_file_follows_the_list_of_fields(ledger: Ledger, target: Path) -> None:
    export("plover", ledger, target, unreal=True)
    assert checks.plover(target) == []


def test_what_was_exported_comes_back_and_goes_out_the_same(ledger: Ledger, target: Path) -> None:
    export("plover", ledger, target, unreal=True)
    again = "".join(json_line(entry_of(row, row)) for row in read_plover(target))
    assert again == target.read_text(encoding="utf-8")


def test_rows_that_are_read_are_those_of_the_ledger(ledger: Ledger, target: Path) -> None:
    done = export("plover", ledger, target, unreal=True)
    kept = {(row["document"], row["event"]): row for row in ledger.events().rows()}
    carried = [
        "type", "mode", "contexts", "categories", "quad", "cameo", "intensity", "actors", "actor_names",
        "actor_countries", "actor_sectors", "recipients", "place", "place_name", "place_admin1", "lat", "lon", "date",
        "factuality", "tense", "hypothetical", "quantities", "anchor", "start", "end", "statement", "voucher",
        "confidence", "publisher", "published", "title", "copies",
    ]  # fmt: skip
    rows = list(read_plover(target))
    assert len(rows) == done.rows == 4
    for row in rows:
        original = kept[row["document"], row["event"]]
        assert {name: row[name] for name in carried} == {name: original[name] for name in carried}


def test_an_event_without_any_date_is_left_out_and_counted(ledger: Ledger, target: Path) -> None:
    done = export("plover", ledger, target)
    assert done.left_out["neither the event nor its document has a date"] == 1


def test_a_month_lasts_to_its_end_and_a_party_without_a_name_keeps_its_words(ledger: Ledger, target: Path) -> None:
    export("plover", ledger, target, type="ASSAULT")
    (entry,) = entries(target)
    assert (entry["date"], entry["enddate"]) == ("2021-03-01", "2021-03-31")
    assert entry["actor"] == [{"entity_text": "Gunmen"}]


def test_on_whose_word_stands_in_the_comment(ledger: Ledger, target: Path) -> None:
    export("plover", ledger, target, type="THREATEN", unreal=True)
    comment = json.loads(str(entries(target)[0]["comment"]))
    assert (comment["voucher"], comment["factuality"]) == ("actor:germany", "CT-")


def test_plover_of_other_making_is_read_with_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(
        '{"id": "x", "date": "2016-07-24", "actor": [{"code": "USA"}], "recipient": [{"code": "EUR"}],'
        ' "event": ["CONSULT"], "comment": "by hand"}\n\n'
    )
    (row,) = read_plover(path)
    assert (row["type"], row["date"], row["actor_countries"], row["voucher"]) == (
        "CONSULT",
        "2016-07-24",
        ["USA"],
        None,
    )
    assert (row["recipient_countries"], row["recipient_sectors"]) == ([None], ["IGO"])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 1 is not JSON"),
        ("[" * 100_000, "line 1 is not JSON"),
        ("{}", "line 1 is not a PLOVER event"),
        ("[]", "line 1 is not a PLOVER event"),
        ('{"id": "x", "date": "soon", "actor": [], "event": ["AID"]}', "line 1 is not a PLOVER event"),
    ],
)
def test_what_is_not_plover_is_refused_with_its_line(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "other.jsonl"
    path.write_text(line)
    with pytest.raises(ExportError, match=problem):
        list(read_plover(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"none\.jsonl cannot be read"):
        list(read_plover(tmp_path / "none.jsonl"))
