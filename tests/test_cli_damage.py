"""Commands on a ledger whose derived files are damaged: one line says that they are made again, and all is answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sample_damage import DAMAGES, Damage, flipped
from sample_ledgers import asking, coded

COMMANDS = {
    "occurrences": ("occurrences", "--untyped"),
    "disputes": ("disputes",),
    "show": ("show", "ID"),
    "utterances": ("utterances",),
    "search": ("search", "drivers"),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return a ledger with all its derived files, and what each command answers."""
    path = coded("occurrences/brest.jsonl", tmp_path_factory.mktemp("damaged"))
    ask = asking(path)
    answers = {name: ask(*command).stdout for name, command in COMMANDS.items() if name != "show"}
    disputed = answers["disputes"][7:23]
    return Path(path), answers | {"show": ask("show", disputed).stdout, "ID": disputed}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_makes_a_damaged_file_again_says_so_in_one_line_and_answers(
    asked: tuple[Path, dict[str, str]], tmp_path: Path, name: str, damage: Damage
) -> None:
    whole, answers = asked
    ledger = tmp_path / "news"
    shutil.copytree(whole, ledger)
    file = ledger / "index" / f"{name if name in ('utterances', 'search') else 'occurrences'}.sqlite"
    damage(file)
    command = [answers["ID"] if word == "ID" else word for word in COMMANDS[name]]
    done = asking(str(ledger))(*command)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == answers[name]
    assert done.stderr.count(f"note: {file} is damaged; it is made again\n") == 1
    assert done.stderr.count("\n") == 1 + (name == "search")  # which says how many were found
    again = asking(str(ledger))(*command)
    assert again.stdout == answers[name]
    assert "damaged" not in again.stderr


def test_a_damaged_data_file_is_an_error_that_names_what_finds_out_which(
    asked: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    ledger = tmp_path / "news"
    shutil.copytree(asked[0], ledger)
    shutil.rmtree(ledger / "index")
    [data, *_] = (ledger / "records").glob("*.parquet")
    data.write_bytes(data.read_bytes()[:100])
    for name in ("occurrences", "disputes", "utterances", "search"):
        done = asking(str(ledger))(*COMMANDS[name])
        assert done.exit_code == 2
        assert "sayso ledger verify tells" in done.stderr
        assert done.stderr.count("\n") == 1
    assert "restore it from a backup" in asking(str(ledger))("ledger", "verify").output


def test_a_file_that_is_damaged_while_it_is_read_does_not_spoil_the_list(
    asked: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    whole, answers = asked
    ledger = tmp_path / "news"
    shutil.copytree(whole, ledger)
    flipped(ledger / "index" / "occurrences.sqlite")
    output = tmp_path / "all.jsonl"
    done = asking(str(ledger))("occurrences", "--untyped", "-o", str(output))
    assert done.exit_code == 0, done.stderr
    assert output.read_text(encoding="utf-8") == answers["occurrences"]
