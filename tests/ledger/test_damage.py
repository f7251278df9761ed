"""Full disks, missing rights, damaged and foreign files: an error that says what to do, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake
from making import account, bare

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.search import search
from sayso.ledger.verification import verify

LIMITED = Path(__file__).with_name("limited.py")


def told_by(*arguments: str, **environment: str) -> dict[str, str]:
    process = subprocess.run(
        [sys.executable, str(LIMITED), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | environment,
    )
    assert process.returncode == 0, process.stderr
    told: dict[str, str] = json.loads(process.stdout)
    return told


@pytest.fixture
def path(ledger: Ledger) -> Path:
    """Return the path of a ledger of three documents in three files."""
    ledger.append([account()])
    ledger.append([bare("There is room for a second report.")])
    ledger.append([bare("There is room for a third report.")])
    return Path(ledger.path)


def log_entry(path: Path, version: int) -> Path:
    return path / "records" / "_delta_log" / f"{version:020}.json"


def data_file(path: Path) -> Path:
    return Path(Ledger(path).store.files()[0])


@pytest.mark.parametrize("size", ["0", "200", "4000"])
def test_where_files_can_grow_no_more_an_error_says_so_and_all_goes_on_when_they_can(path: Path, size: str) -> None:
    told = told_by("full", str(path), size)
    assert "raise the limit" in told["error"]
    assert str(path) in told["error"]
    assert told["readable"] == 4
    assert told["version"] == 5
    assert Ledger(path).documents(copies=True).count() == 5
    assert verify(Ledger(path)).problems == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """Return the folder of a disk of a megabyte, where the system lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(4096))


def test_a_full_disk_is_an_error_that_says_so_and_all_goes_on_when_there_is_room(tiny_disk: Path) -> None:
    ballast = tiny_disk / "ballast"
    ledger = Ledger(tiny_disk / "ledger", create=True)
    ledger.append([account()])
    fill(ballast)
    with pytest.raises(LedgerError, match="the disk is full; make room and start again"):
        ledger.append([bare("No room for this.")])
    assert Ledger(ledger.path).events().count() == 1
    ballast.unlink()
    assert ledger.append([bare("There is room for this.")]).version == 2
    assert Ledger(ledger.path).documents().count() == 2
    assert verify(Ledger(ledger.path)).problems == []


def test_who_may_only_read_can_read_and_search_and_is_told_why_not_write(path: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o777)
    cache.chmod(0o777)
    places = [path, *path.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    for parent in path.parents:
        if parent.stat().st_uid == os.getuid() and parent != parent.parent:
            parent.chmod(parent.stat().st_mode | 0o055)
    told = told_by("nobody", str(path), XDG_CACHE_HOME=str(cache))
    for place in places:
        place.chmod(0o755 if place.is_dir() else 0o644)
    for what in ("append", "create", "compact"):
        assert "may not be written to or read; check who owns it" in told[what]
    assert (told["readable"], told["found"], told["beside"]) == (3, 2, False)
    assert list(cache.glob("sayso/*/search.sqlite"))


def test_a_file_is_no_ledger(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    for create in (False, True):
        with pytest.raises(LedgerError, match=r"no ledger here|it is a file, no folder; choose another name"):
            Ledger(file, create=create)
        with pytest.raises(LedgerError, match=r"no ledger here|it is no folder; choose another name"):
            Ledger(file / "within", create=create)
    assert file.read_text() == "x"


def test_opening_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger here; sayso code \.\.\. --ledger makes one"):
        Ledger(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("create", [False, True])
def test_a_table_of_another_program_is_refused(tmp_path: Path, create: bool) -> None:
    write_deltalake(tmp_path / "records", pa.table({"id": ["1"]}))
    with pytest.raises(LedgerError, match="not made by Sayso, for it has no column coded_with; choose another folder"):
        Ledger(tmp_path, create=create)
    assert DeltaTable(tmp_path / "records").version() == 0


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def garble(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[20:400] = bytes(range(200, 240)) * 9 + bytes(20)
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_off, garble, lambda f: f.write_text("[]\n"), lambda f: f.write_text("5")])
@pytest.mark.parametrize("version", [0, 1, 3])
def test_a_damaged_log_is_an_error_that_names_the_entry(
    path: Path, damage: Callable[[Path], object], version: int
) -> None:
    damage(log_entry(path, version))
    with pytest.raises(LedgerError, match=r"this entry of the log is damaged or empty; restore it from a backup") as e:
        Ledger(path)
    assert f"{version:020}.json" in str(e.value)
    assert "unknown" not in str(e.value)


@pytest.mark.parametrize("version", [0, 2])
def test_a_missing_entry_of_the_log_is_an_error_that_says_where(path: Path, version: int) -> None:
    log_entry(path, version).unlink()
    with pytest.raises(LedgerError, match=f"{version + 1:020}.json: an entry of the log before this one is missing"):
        Ledger(path)


def test_an_empty_entry_of_the_log_is_found_by_verification(path: Path) -> None:
    empty(log_entry(path, 2))
    verdict = verify(Ledger(path))
    assert len(verdict.problems) == 1
    assert f"{2:020}.json: this entry of the log is damaged or empty" in verdict.problems[0]
    assert len(verdict.orphans) == 1


def test_a_damaged_note_on_the_last_checkpoint_does_no_harm(path: Path) -> None:
    (path / "records" / "_delta_log" / "_last_checkpoint").write_text('{"version":')
    assert Ledger(path).documents().count() == 3
    assert Ledger(path).append([bare("A fourth.")]).version == 4


def spoil(file: Path) -> None:
    """Change the last bytes, which say what is where in the file."""
    content = bytearray(file.read_bytes())
    content[-300:-20] = bytes(byte ^ 0x5A for byte in content[-300:-20])
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [Path.unlink, cut_off, empty, garble, spoil])
def test_a_damaged_data_file_is_an_error_for_all_that_reads_it(path: Path, damage: Callable[[Path], object]) -> None:
    file = data_file(path)
    damage(file)
    for use in (
        lambda ledger: ledger.documents().count(),
        lambda ledger: list(ledger.records()),
        lambda ledger: search(ledger, "room"),
        lambda ledger: ledger.append([bare("A fourth.")]),
        lambda ledger: ledger.coded(),
        lambda ledger: ledger.store.compact(),
    ):
        with pytest.raises(LedgerError, match="sayso ledger verify tells"):
            use(Ledger(path))
    assert Ledger(path, as_of=2).documents().count() == 2
    assert len(Ledger(path).history()) == 4
    verdict = verify(Ledger(path))
    assert verdict.problems
    assert all(str(file) in problem and "restore it from a backup" in problem for problem in verdict.problems)


def test_a_ledger_without_its_table_is_an_error(path: Path) -> None:
    shutil.rmtree(path / "records")
    (path / "records").write_text("x")
    with pytest.raises(LedgerError, match="the folder records in it is gone, or no folder"):
        Ledger(path)
