"""Versions, times and places of a ledger."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from deltalake import DeltaTable
from making import account, bare

from sayso.errors import LedgerError
from sayso.ledger import Ledger, shape
from sayso.ledger.store import Store
from sayso.ledger.verification import verify


class Clock(datetime):
    """A clock that shows what ``time`` says."""

    time: datetime

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.time


def log_entry(ledger: Ledger, version: int) -> Path:
    return Path(ledger.path, "records", "_delta_log", f"{version:020}.json")


def date_commits(ledger: Ledger, times: list[str]) -> None:
    """Write into the log of a ledger when its commits were made."""
    for version, time in enumerate(times):
        path = log_entry(ledger, version)
        actions = [json.loads(line) for line in path.read_text().splitlines()]
        for action in actions:
            if "commitInfo" in action:
                action["commitInfo"]["timestamp"] = int(datetime.fromisoformat(time).timestamp() * 1000)
        path.write_text("".join(json.dumps(action) + "\n" for action in actions))


@pytest.fixture
def dated(ledger: Ledger) -> str:
    """Return the path of a ledger of three commits, whose clock went back an hour before the last but one."""
    for number in range(3):
        ledger.append([bare(f"Report {number}.")])
    date_commits(
        ledger, ["2024-09-30T10:00+00:00", "2024-10-25T22:30+00:00", "2024-10-25T21:30+00:00", "2024-10-27T08:00+00:00"]
    )
    return ledger.path


@pytest.mark.parametrize(
    ("as_of", "version"),
    [
        (0, 0),
        (2, 2),
        ("1", 1),
        ("3", 3),
        ("2024-09", 0),
        ("2024-10-24", 0),
        ("2024-10-25", 2),
        ("2024-10-25T22:00", 0),
        ("2024-10-25T22:30", 2),
        ("2024-10-26T00:30+02:00", 2),
        ("2024-10-26T00:29+02:00", 0),
        ("2024-10", 3),
        ("2024-10-27T08:00:00Z", 3),
        ("2030-01-01", 3),
    ],
)
def test_a_version_is_found_by_number_and_by_time(dated: str, as_of: int | str, version: int) -> None:
    ledger = Ledger(dated, as_of=as_of)
    assert ledger.version == version
    assert ledger.documents().count() == version


@pytest.mark.parametrize(
    ("as_of", "problem"),
    [
        (4, "there is no version 4; the newest is 3"),
        (-1, "there is no version -1"),
        ("99", "there is no version 99"),
        ("2024", "there is no version 2024"),
        ("2024-08", "did not exist at 2024-08"),
        ("0001-01-01T00:00+14:00", "did not exist at"),
        ("2024-13", "neither a version nor a time"),
        ("9999-12-31", "neither a version nor a time"),
        ("yesterday", "neither a version nor a time"),
        ("", "neither a version nor a time"),
        ("9" * 5000, "neither a version nor a time"),
    ],
)
def test_a_version_that_never_was_is_an_error(dated: str, as_of: int | str, problem: str) -> None:
    with pytest.raises(LedgerError, match=problem) as error:
        Ledger(dated, as_of=as_of)
    assert len(str(error.value)) < 500


def test_times_in_the_history_never_go_back(dated: str) -> None:
    commits = Ledger(dated).history()
    assert [commit.version for commit in commits] == [0, 1, 2, 3]
    assert [commit.time.isoformat() for commit in commits[1:3]] == ["2024-10-25T22:30:00+00:00"] * 2
    assert [commit.operation for commit in commits[1:]] == ["append"] * 3
    assert commits[1].details == {"documents": "1", "copies": "0"}
    assert commits[1].entries == 1


def test_a_commit_of_unknown_time_is_as_old_as_the_one_before(dated: str) -> None:
    path = log_entry(Ledger(dated), 3)
    actions = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(action) + "\n" for action in actions if "commitInfo" not in action))
    commits = Ledger(dated).history()
    assert commits[-1].version == 3
    assert commits[-1].time == commits[2].time


def test_the_newest_account_wins_where_clocks_run_backwards(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "datetime", Clock)
    for days, title in enumerate(["first", "second", "third"]):
        Clock.time = datetime(2024, 10, 25, tzinfo=UTC) - timedelta(days=days)
        Ledger(ledger.path).append([account(title=title)])
    [row] = Ledger(ledger.path).documents()
    assert row["title"] == "third"
    assert row["coded"] == datetime(2024, 10, 23, tzinfo=UTC)
    [before] = Ledger(ledger.path, as_of=2).documents()
    assert before["title"] == "second"


def test_entries_differ_where_the_clock_stands_still(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "datetime", Clock)
    Clock.time = datetime(2024, 10, 25, tzinfo=UTC)
    one, other = Store(ledger.path), Store(ledger.path)
    for store in (one, other):  # neither sees the other
        rows = [shape.row_of(account(), 1, 0, b"")]
        store.append(shape.table_of(rows), "append")
    ledger.refresh()
    assert ledger.documents().count() == 1
    assert ledger.events().count() == 1
    assert len(list(ledger.records())) == 1


def test_of_two_accounts_of_a_document_in_one_append_the_later_counts(ledger: Ledger) -> None:
    appended = ledger.append([account(title="first"), bare("Another."), account(title="second")])
    assert appended.documents == 2
    assert [row["title"] for row in ledger.documents(publisher="The Herald")] == ["second"]


def test_the_past_cannot_be_written_to(dated: str) -> None:
    past = Ledger(dated, as_of=1)
    for write in (
        lambda: past.append([bare("Late.")]),
        lambda: past.retract("sha256", "no"),
        lambda: past.restore("sha256", "no"),
        past.relink,
    ):
        with pytest.raises(LedgerError, match="as it was at version 1; open the newest"):
            write()
    past.refresh()
    assert past.version == 1
    assert Ledger(dated).version == 3


def test_nothing_appended_makes_no_version(ledger: Ledger) -> None:
    appended = ledger.append([])
    assert (appended.version, appended.documents) == (0, 0)
    assert Ledger(ledger.path).version == 0


@pytest.mark.parametrize("name", ["two words", "Bücher", "it's 5 o'clock; \"now\" #1", "a,b{c}", "𝄞", "~"])
def test_a_ledger_may_be_called_what_people_call_folders(tmp_path: Path, name: str) -> None:
    ledger = Ledger(tmp_path / name, create=True)
    ledger.append([account()])
    ledger.append([bare("Another report.")])
    ledger.store.compact()
    again = Ledger(tmp_path / name)
    assert again.events().count() == 1
    assert again.append([bare("A third report.")]).version == 4
    verdict = verify(Ledger(tmp_path / name))
    assert (verdict.problems, verdict.orphans, verdict.documents) == ([], [], 3)


@pytest.mark.parametrize("name", ["we[i]rd", "st*r", "what?", "50%20", "back\\slash", "new\nline", "a|b", "a^b"])
def test_what_cannot_be_the_name_of_a_ledger_is_refused_before_anything_is_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(LedgerError, match="choose another name"):
        Ledger(tmp_path / name, create=True)
    assert list(tmp_path.iterdir()) == []


def test_an_address_is_no_path_of_a_ledger() -> None:
    with pytest.raises(LedgerError, match="a ledger lies in a folder, or at s3"):
        Ledger("ftp://news/ledger", create=True)


def test_a_relative_path_stays_where_it_was_when_the_process_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    ledger = Ledger("news", create=True)
    monkeypatch.chdir("elsewhere")
    ledger.append([account()])
    assert ledger.events().count() == 1
    assert Ledger(tmp_path / "news").documents().count() == 1


def test_compaction_keeps_everything_and_every_version(ledger: Ledger) -> None:
    for number in range(4):
        ledger.append([account(f"{account().text} Number {number}.", ref=str(number))])
    kept = [record.id for record in ledger.records()]
    rows = sorted(str(sorted(row.items())) for row in ledger.sql("SELECT * FROM all_events").rows())
    assert ledger.store.compact() == (4, 1)
    ledger = Ledger(ledger.path)
    assert [record.id for record in ledger.records()] == kept
    assert sorted(str(sorted(row.items())) for row in ledger.sql("SELECT * FROM all_events").rows()) == rows
    for version in range(5):
        assert Ledger(ledger.path, as_of=version).documents(copies=True).count() == version
    assert ledger.history()[-1].operation == "compact"
    assert ledger.store.compact() == (1, 1)


def test_appends_go_on_beside_a_compaction(ledger: Ledger) -> None:
    for number in range(3):
        ledger.append([bare(f"Report {number}.")])
    beside = Ledger(ledger.path)
    beside.append([bare("One more.")])  # so that it is under way
    ledger.store.compact()
    beside.append([bare("After the compaction, by one who had not seen it.")])
    assert Ledger(ledger.path).documents().count() == 5


def test_two_compactions_double_nothing(ledger: Ledger) -> None:
    for number in range(3):
        ledger.append([bare(f"Report {number}.")])
    one, other = Store(ledger.path), Store(ledger.path)
    assert one.compact() == (3, 1)
    assert other.compact() == (1, 1)
    assert Ledger(ledger.path).documents(copies=True).count() == 3
    assert verify(Ledger(ledger.path)).problems == []


def test_a_compaction_beside_another_is_refused(ledger: Ledger) -> None:
    ledger.append([account()])
    with sqlite3.connect(Path(ledger.path, "compaction.lock"), isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerError, match="somebody else is compacting it; try again when that is done"):
            ledger.store.compact()
        ledger.append([bare("Appends go on.")])
    lock.close()
    assert ledger.store.compact() == (2, 1)


def test_pruning_spares_what_is_young_and_deletes_what_only_old_versions_use(ledger: Ledger) -> None:
    for number in range(3):
        ledger.append([bare(f"Report {number}.")])
    ledger.store.compact()
    assert ledger.store.prune(timedelta(days=7)) == []
    assert Ledger(ledger.path, as_of=2).documents().count() == 2
    assert len(ledger.store.prune(timedelta(0))) == 3
    assert Ledger(ledger.path).documents().count() == 3
    with pytest.raises(LedgerError, match="compact --prune"):
        Ledger(ledger.path, as_of=2).documents().count()
    assert verify(Ledger(ledger.path)).problems == []


def test_old_entries_of_the_log_are_kept_for_ever(ledger: Ledger) -> None:
    assert DeltaTable(f"{ledger.path}/records").metadata().configuration["delta.enableExpiredLogCleanup"] == "false"
    ledger.append([bare("x y z")])
    DeltaTable(f"{ledger.path}/records").cleanup_metadata()
    assert len(Ledger(ledger.path).history()) == 2
